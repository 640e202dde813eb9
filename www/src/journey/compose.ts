// The dossier's data as it stands, and what hoso says of it.

import type { Checked, Issue, Json } from "hoso";
import { inParts } from "../form/date.js";
import { prune } from "../schema/prune.js";
import { get, type Data } from "../schema/pointer.js";
import { standing } from "../schema/standing.js";
import { app } from "../state.js";
import { relevantFiles } from "./attach.js";
import { signing } from "./signing.js";

/** Everything that would be sealed now: no hidden field, every file that was read. */
export async function composed(): Promise<Json> {
  const values = app.session?.values ?? {};
  const data = prune(app.model, standing(app.model, values), values);
  const attachments = relevantFiles().flatMap((file) => (file.state === "ready" && file.attachment ? [file.attachment] : []));
  if (attachments.length === 0) return data;
  const { attach } = await signing();
  return attach(data, attachments, { lang: app.language });
}

/** Checks the whole form, or one page of it. */
export async function check(page?: string): Promise<Checked> {
  const form = app.schema.open(await composed());
  return form.check(page === undefined ? {} : { page });
}

/** The issues of a check, in words that fit the fields of this page. */
export function issuesOf(checked: Checked): Issue[] {
  const values: Data = app.session?.values ?? {};
  return checked.report.issues.map((issue) => (app.model.kind(issue.path) === "date" ? inParts(issue, get(values, issue.path)) : issue));
}
