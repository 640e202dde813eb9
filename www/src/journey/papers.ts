// The files that were read, as facts in the form. The page lists files before they are read and after they were refused too, so it
// keeps its own list and enters what is ready, where a simpler page calls `form.attach`.

import type { Json } from "hoso";
import { keepFile, saveNow } from "../draft/autosave.js";
import { get, isObject } from "../schema/pointer.js";
import { valueAt } from "../schema/place.js";
import { app, type FileEntry } from "../state.js";
import { filesOf } from "./attach.js";

/** Enters the files of a field as they are now. */
export function enter(field: string): void {
  const form = app.session?.form;
  const facts = filesOf(field).flatMap(({ state, attachment }) => (state === "ready" && attachment ? [attachment] : []));
  const value = facts.map(({ name, mediaType, size, sha256 }) => ({ name, mediaType, size, sha256 }));
  const wanted: Json | undefined = value.length > 0 ? value : undefined;
  if (form && JSON.stringify(valueAt(form, field)) !== JSON.stringify(wanted)) form.field(field).set(wanted);
}

/** Enters all files. */
export function enterAll(): void {
  for (const field of app.model.fileFields()) enter(field);
}

/** Brings the files to what the form says of them, after a step back or forth. */
export function reconcile(): void {
  const { session } = app;
  if (!session) return;
  const all = [...session.files, ...session.aside];
  const listed = (file: FileEntry): boolean => {
    const facts = valueAt(session.form, file.field);
    return (
      Array.isArray(facts) &&
      facts.some((fact) => isObject(fact) && get(fact, "/name") === file.name && get(fact, "/sha256") === file.attachment?.sha256)
    );
  };
  const isIn = (file: FileEntry): boolean => (file.state === "ready" ? listed(file) : session.files.includes(file));
  const back = session.aside.filter(isIn);
  session.files = all.filter(isIn);
  session.aside = all.filter((file) => !isIn(file));
  // Their bytes left the store when they were taken out.
  for (const file of back) void keepFile(file).then(saveNow);
}
