// RFC 6901 pointers into a form's data.

import type { Json } from "hoso";

/** Data while it is filled in. */
export type Data = { [name: string]: Json };

export const child = (pointer: string, token: string | number): string =>
  `${pointer}/${String(token).replaceAll("~", "~0").replaceAll("/", "~1")}`;

export const tokens = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));

export const parent = (pointer: string): string => pointer.slice(0, Math.max(0, pointer.lastIndexOf("/")));

export const lastToken = (pointer: string): string => tokens(pointer).at(-1) ?? "";

/** Whether a place is another or stands inside it. */
export const within = (pointer: string, outer: string): boolean => pointer === outer || pointer.startsWith(`${outer}/`);

/** The id of the element that shows a place, for example `owner-personalId`. */
export const idOf = (pointer: string): string => tokens(pointer).join("-") || "form";

export function get(data: Json | undefined, pointer: string): Json | undefined {
  let value = data;
  for (const token of tokens(pointer)) value = member(value, token);
  return value;
}

export function member(value: Json | undefined, name: string): Json | undefined {
  if (value === null || typeof value !== "object" || !Object.hasOwn(value, name)) return undefined;
  return (value as Data)[name];
}

/** Puts a value at a place, making the objects on the way; `undefined` takes the place away. Rows are never made. */
export function set(data: Data, pointer: string, value: Json | undefined): void {
  const path = tokens(pointer);
  const last = path.pop();
  if (last === undefined) return;
  let owner = data as Data;
  for (const token of path) {
    const next = member(owner, token);
    // A name such as `__proto__` must become an own member, never reach the prototype.
    if (next === null || typeof next !== "object") define(owner, token, {});
    owner = member(owner, token) as Data;
  }
  if (value !== undefined) define(owner, last, value);
  else if (!Array.isArray(owner)) delete owner[last];
}

function define(owner: Data, name: string, value: Json): void {
  Object.defineProperty(owner, name, { value, writable: true, enumerable: true, configurable: true });
}

export const isObject = (value: unknown): value is Data => typeof value === "object" && value !== null && !Array.isArray(value);

/** All values inside a value, with their places. */
export function leaves(value: Json, pointer: string): [pointer: string, value: Json][] {
  if (value === null || typeof value !== "object") return [[pointer, value]];
  return Object.entries(value as Data).flatMap(([name, inner]) => leaves(inner, child(pointer, name)));
}
