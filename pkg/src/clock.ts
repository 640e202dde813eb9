import { failure } from "./failure.js";
import type { Language } from "./types.js";

/** Việt Nam has one zone, UTC+7, all year. */
const OFFSET = 7 * 60 * 60 * 1000;

/** A moment as RFC 3339 text: what was given, or what the clock says. */
export function moment(given: string | Date | undefined, lang: Language): string {
  if (typeof given === "string") return given;
  const time = given === undefined ? Date.now() : Number(given);
  const local = new Date(time + OFFSET);
  if (Number.isNaN(local.getTime())) throw failure("input.unsupported", { path: "", kind: String(given) }, lang);
  return `${local.toISOString().slice(0, 19)}+07:00`;
}
