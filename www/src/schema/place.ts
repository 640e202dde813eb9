// Places of the live form, read so that a pointer to nowhere is an empty field and not an end.

import { HosoError, type Field, type Form, type Json } from "hoso";
import { child, tokens } from "./pointer.js";

/** What stands at a place; nothing where there is no such place, as in a row that is gone. */
export const valueAt = (form: Form, pointer: string): Json | undefined => fieldAt(form, pointer)?.value;

/** Whether a place is part of the form as it stands. What holds it is asked first: inside a place that does not count nothing does. */
export function isRelevant(form: Form, pointer: string): boolean {
  let at = "";
  for (const token of tokens(pointer)) {
    at = child(at, token);
    if (!(fieldAt(form, at)?.relevant ?? true)) return false;
  }
  return true;
}

/** A place; nothing where there is none. */
export function fieldAt(form: Form, pointer: string): Field | null {
  try {
    return form.field(pointer);
  } catch (error) {
    if (error instanceof HosoError && error.code.startsWith("edit.")) return null;
    throw error;
  }
}
