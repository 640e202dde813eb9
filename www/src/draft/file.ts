// A draft as a file: for a device that keeps nothing, or to go on elsewhere. Attached files are not in it.

import { HosoError } from "hoso";
import { isObject } from "../schema/pointer.js";
import { app } from "../state.js";
import { t } from "../words/index.js";
import type { Draft, StoredFile } from "./store.js";

export const draftName = (draft: Draft): string => t("draft-file-name", { code: draft.procedure });

/** The draft that a text holds; nothing where it is none. Whether its form is whole is for hoso to say. */
export function draftOf(text: string): Draft | null {
  try {
    const draft: unknown = JSON.parse(text);
    if (!isObject(draft) || typeof draft["form"] !== "string" || typeof draft["procedure"] !== "string") return null;
    const { procedure, form, page, done, files, savedAt } = draft;
    return {
      procedure,
      form,
      page: String(page),
      done: Array.isArray(done) ? done.map(String) : [],
      files: Array.isArray(files) ? (files as unknown[]).filter(isFile) : [],
      savedAt: typeof savedAt === "string" && !Number.isNaN(Date.parse(savedAt)) ? savedAt : new Date().toISOString(),
      sample: draft["sample"] === true,
    };
  } catch {
    return null;
  }
}

function isFile(file: unknown): file is StoredFile {
  if (!isObject(file)) return false;
  return (
    ["id", "field", "name"].every((name) => typeof file[name] === "string") &&
    typeof file["size"] === "number" &&
    app.model.fileFields().includes(String(file["field"]))
  );
}

/** Why a file cannot be taken up; nothing where it can. */
export function unusable(draft: Draft | null): string | null {
  if (!draft) return t("draft-not-one");
  if (draft.procedure !== app.schema.procedure?.code) return t("draft-of-other", { code: draft.procedure });
  return damage(draft);
}

/** What hoso says of a form that is damaged. */
export function damage(draft: Draft): string | null {
  try {
    app.schema.restore(draft.form).dispose();
    return null;
  } catch (error) {
    if (error instanceof HosoError) return error.message;
    throw error;
  }
}
