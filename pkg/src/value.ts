import type { HosoError } from "./error.js";
import { failure } from "./failure.js";
import type { Language } from "./types.js";

/** The engine refuses less depth by its own sentence. What is deeper than this holds itself, as far as we can see. */
const DEPTH = 100;

/**
 * A JavaScript value as JSON text. A member that is `undefined` is absent, as in `JSON.stringify`. Whatever else
 * `JSON.stringify` would change or drop in silence (NaN, dates, maps, functions, holes) is refused with its place.
 */
export function jsonOf(value: unknown, lang: Language): string {
  switch (look(value, 0)) {
    case Found.Plain:
      return JSON.stringify(value);
    case Found.BigInt:
      return write(value);
    default:
      throw refused(value, "", 0, lang) ?? failure("input.unsupported", { path: "", kind: typeof value }, lang);
  }
}

/** Documents by their names as one JSON text; nothing where there are none. */
export function together(documents: Readonly<Record<string, string | object | boolean>> | undefined, lang: Language): string | undefined {
  const members = Object.entries(documents ?? {}).map(([name, one]) => `${JSON.stringify(name)}:${typeof one === "string" ? one : jsonOf(one, lang)}`);
  return members.length > 0 ? `{${members.join()}}` : undefined;
}

const enum Found {
  Plain,
  BigInt,
  Unsupported,
}

function look(value: unknown, depth: number): Found {
  switch (typeof value) {
    case "string":
    case "boolean":
      return Found.Plain;
    case "number":
      return Number.isFinite(value) ? Found.Plain : Found.Unsupported;
    case "bigint":
      return Found.BigInt;
    case "object":
      return value === null ? Found.Plain : lookInside(value, depth);
    default:
      return Found.Unsupported;
  }
}

function lookInside(value: object, depth: number): Found {
  if (depth > DEPTH) return Found.Unsupported;
  let worst = Found.Plain;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1) {
      const found = look(value[at], depth + 1);
      if (found > worst) worst = found;
      if (worst === Found.Unsupported) return worst;
    }
    return worst;
  }
  if (!isPlain(value)) return Found.Unsupported;
  for (const name in value) {
    const member = (value as Record<string, unknown>)[name];
    if (member === undefined) continue;
    const found = look(member, depth + 1);
    if (found > worst) worst = found;
    if (worst === Found.Unsupported) return worst;
  }
  return worst;
}

/** An object literal of this realm or another. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** With integers beyond 2^53, which JSON.stringify does not write. */
function write(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return `[${value.map(write).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${write(member)}`).join(",")}}`;
}

/** The first place that is no JSON. */
function refused(value: unknown, path: string, depth: number, lang: Language): HosoError | undefined {
  const unsupported = (kind: string) => failure("input.unsupported", { path, kind }, lang);
  if (typeof value === "number") return Number.isFinite(value) ? undefined : unsupported(String(value));
  if (typeof value !== "object") return look(value, depth) === Found.Unsupported ? unsupported(typeof value) : undefined;
  if (value === null) return undefined;
  if (depth > DEPTH) return failure("input.nested", { path: path.split("/").slice(0, 2).join("/"), depth: DEPTH }, lang);
  if (!Array.isArray(value) && !isPlain(value)) return unsupported(value.constructor?.name ?? "object");
  for (const name of Array.isArray(value) ? value.keys() : Object.keys(value)) {
    const member = (value as Record<string | number, unknown>)[name];
    if (member === undefined && !Array.isArray(value)) continue;
    const token = String(name).replace(/~/g, "~0").replace(/\//g, "~1");
    const found = refused(member, `${path}/${token}`, depth + 1, lang);
    if (found) return found;
  }
  return undefined;
}
