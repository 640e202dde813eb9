// How a value of the data is shown: in a field, and on the sheet that is signed. The rules are those of the reading copy.

import type { Json, Language } from "hoso";
import type { Model } from "../schema/model.js";
import { dateParts } from "./canonical.js";

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** A value that is neither object nor list, in the words of the form. */
export function shown(model: Model, pointer: string, value: Json, language: Language, words: { yes: string; no: string }): string {
  const choice = model.choices(pointer, language).find((each) => each.value === value);
  if (choice) return choice.label;
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if (typeof value === "number") return grouped(value, language);
  if (typeof value !== "string") return String(value);
  return model.format(pointer) === "date" ? longDate(value, language) : inGroups(value, model.format(pointer));
}

/** A day as people write it; anything else as it is. */
export function longDate(value: string, language: Language): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (!match) return value;
  const { day, month, year } = dateParts(value);
  return language === "vi" ? `${day}/${month}/${year}` : `${day} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

/** 320000000 as 320.000.000 in Vietnamese and 320,000,000 in English; four digits stand together. */
export function grouped(value: number, language: Language): string {
  const [whole = "", decimals] = String(value).split(".");
  if (whole.includes("e")) return String(value);
  const [dot, comma] = language === "vi" ? [".", ","] : [",", "."];
  const groups = whole.replace("-", "").length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, dot) : whole;
  return decimals === undefined ? groups : `${groups}${comma}${decimals}`;
}

/** A personal identity number in groups of three. */
export function inGroups(value: string, format: string): string {
  return format === "vn-personal-id" && /^\d{12}$/.test(value) ? value.replace(/(\d{3})(?=\d)/g, "$1 ") : value;
}

/** Bytes as people say them. */
export function bytes(size: number, language: Language): string {
  const one = (value: number): string =>
    value
      .toFixed(value < 10 ? 1 : 0)
      .replace(/\.0$/, "")
      .replace(".", language === "vi" ? "," : ".");
  // The space is one that does not break.
  if (size < 1_000) return `${size}\u00a0byte`;
  return size < 1_000_000 ? `${one(size / 1_000)}\u00a0kB` : `${one(size / 1_000_000)}\u00a0MB`;
}

/** A moment in Vietnam's time: `21:10 ngày 22/11/2026`. */
export function moment(at: Date, language: Language, seconds = false): string {
  const zone = { timeZone: "Asia/Ho_Chi_Minh" } as const;
  const clock = new Intl.DateTimeFormat("en-GB", {
    ...zone,
    hour: "2-digit",
    minute: "2-digit",
    ...(seconds && { second: "2-digit" }),
  }).format(at);
  const day = longDate(
    new Intl.DateTimeFormat("en-CA", { ...zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(at),
    language,
  );
  return language === "vi" ? `${clock} ngày ${day}` : `${clock} on ${day}`;
}

/** The day of a moment in Vietnam, `2026-11-24`. */
export const civilDay = (at: Date): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Ho_Chi_Minh", year: "numeric", month: "2-digit", day: "2-digit" }).format(at);

/** A digest in sixteen groups of four. */
export const digestGroups = (sha256: string): string[] => sha256.match(/.{4}/g) ?? [];
