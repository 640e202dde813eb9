// The dossier's data as it stands, and what hoso says of it.

import type { Attachment, Checked, Issue } from "hoso";
import { inParts } from "../form/date.js";
import { prune } from "../schema/prune.js";
import { get, set, type Data } from "../schema/pointer.js";
import { standing } from "../schema/standing.js";
import { app } from "../state.js";
import { relevantFiles } from "./attach.js";
import { signing } from "./signing.js";

/** Checks the form as it would be sealed now: no hidden field, every file that was read. */
export async function check(): Promise<Checked> {
  const [data, attachments] = [pruned(), read()];
  if (attachments.length === 0) return app.schema.open(data).check();
  const { attach } = await signing();
  return app.schema.open(await attach(data, attachments, { lang: app.language })).check();
}

/** Checks one page. That needs no second module, so that filling in goes on when the network does not. */
export function checkPage(page: string): Checked {
  const data = pruned();
  for (const field of app.model.fileFields()) {
    const files = read().filter((file) => file.field === field);
    // Only sealing gives a part its name.
    const facts = files.map(({ name, mediaType, size, sha256 }, at) => ({ name, mediaType, size, sha256, part: `att/${at + 1}` }));
    if (facts.length > 0) set(data, field, facts);
  }
  return app.schema.open(data).check({ page });
}

function pruned(): Data {
  const values = app.session?.values ?? {};
  return prune(app.model, standing(app.model, values), values);
}

const read = (): Attachment[] =>
  relevantFiles().flatMap((file) => (file.state === "ready" && file.attachment ? [file.attachment] : []));

/** The issues of a check, in words that fit the fields of this page. */
export function issuesOf(checked: Checked): Issue[] {
  const values: Data = app.session?.values ?? {};
  return checked.report.issues.map((issue) => (app.model.kind(issue.path) === "date" ? inParts(issue, get(values, issue.path)) : issue));
}
