// Lenient input: people type spaces, paste hidden characters, keep a keyboard on full width. What enters the data is the
// one form that the schema knows; what cannot be read stays as typed, so that its sentence can say what to mend.

/** Soft hyphen, zero-width and direction controls, the byte order mark, variation selectors. */
const HIDDEN =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]/gu;
const SPACES = /[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+/gu;
const DASHES = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/gu;

/** One line of text in Unicode's composed form, without what nobody sees. */
export function canonicalText(text: string): string {
  return text.normalize("NFC").replace(HIDDEN, "").replace(SPACES, " ").trim();
}

/** Digits of full width and of other scripts that keyboards write. */
function asciiDigits(text: string): string {
  return text.replace(/[\uff10-\uff19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0)).replaceAll("\uff0b", "+");
}

const separated = (text: string): string => asciiDigits(canonicalText(text)).replace(DASHES, "-");

/** Texts of a format, without the separators that people write into them. */
const FORMATS: { readonly [format: string]: (text: string) => string } = {
  "vn-personal-id": digits,
  "vn-old-id": digits,
  "vn-vsic": digits,
  "vn-commune": digits,
  "vn-province": digits,
  "vn-phone": (text) => digits(text).replace(/^(?:\+|00)84\(?0?\)?/, "0"),
  // The hyphen before a branch is part of the code.
  "vn-tax-code": (text) => separated(text).replace(/[ .]/g, ""),
  email: (text) => separated(text).replace(/ /g, ""),
  uri: (text) => canonicalText(text).replace(/ /g, ""),
};

function digits(text: string): string {
  return separated(text).replace(/[ .()-]/g, "");
}

/** A text field's value, in the form that its format asks for. */
export function canonicalFormat(text: string, format: string): string {
  return (FORMATS[format] ?? canonicalText)(text);
}

/** A number without its unit, and a whole one without the marks between its groups, in whichever language: hoso reads the rest. */
export function canonicalNumber(text: string, isInteger: boolean): string {
  const plain = separated(text)
    .replace(/(?:đồng|vnđ|vnd|đ|₫)$/iu, "")
    .trim();
  return isInteger && /^[+-]?\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*$/.test(plain) ? plain.replace(/[., +]/g, "") : plain;
}

/** A date from its three fields: `2026-11-24` where all are numbers, else what was typed, so that nothing is lost. */
export function canonicalDate(day: string, month: string, year: string): string | undefined {
  const [d, m, y] = [day, month, year].map((part) =>
    digits(part)
      .replace(/^th(?:á|a)?ng/iu, "")
      .replaceAll("/", ""),
  ) as [string, string, string];
  if (d === "" && m === "" && y === "") return undefined;
  return `${pad(y, 4)}-${pad(m, 2)}-${pad(d, 2)}`;
}

// A year of two digits stays one: nobody knows the century.
const pad = (part: string, width: number): string => (/^\d+$/.test(part) && width === 2 ? part.padStart(2, "0") : part);

/** The three fields of a date, as `canonicalDate` wrote them. */
export function dateParts(value: string): { day: string; month: string; year: string } {
  const [year = "", month = "", day = ""] = value.split("-");
  const short = (part: string): string => part.replace(/^0(?=\d)/, "");
  return { day: short(day), month: short(month), year };
}
