// The files that were read, as facts in the form. `form.attach` is to take the place of this.

import type { Json } from "hoso";
import { valueAt } from "../schema/place.js";
import { app } from "../state.js";
import { filesOf } from "./attach.js";

/** Enters the files of a field as they are now. */
export function enter(field: string): void {
  const form = app.session?.form;
  const facts = filesOf(field).flatMap(({ state, attachment }) => (state === "ready" && attachment ? [attachment] : []));
  // Only sealing gives a part its name.
  const value = facts.map(({ name, mediaType, size, sha256 }, at) => ({ name, mediaType, size, sha256, part: `att/${at + 1}` }));
  const wanted: Json | undefined = value.length > 0 ? value : undefined;
  if (form && JSON.stringify(valueAt(form, field)) !== JSON.stringify(wanted)) form.field(field).set(wanted);
}

/** Enters all files. */
export function enterAll(): void {
  for (const field of app.model.fileFields()) enter(field);
}
