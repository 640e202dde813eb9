// Which fields an expression reads, as far as its text tells: `root.capital.amount`, `parent.province`.

import type { Json } from "hoso";
import { text, type Model } from "./model.js";
import { child, isObject, parent } from "./pointer.js";

/** The fields that an expression of a field reads. */
export function sources(model: Model, pointer: string, expression: Json | undefined): string[] {
  const words = String(isObject(expression) ? Object.values(expression).join(" ") : expression);
  const found = [...words.matchAll(/\b(root|parent)((?:\.\??\w+)+)/g)].flatMap(([whole, from, names = ""]) => {
    // `option.parent` is of the list.
    if (words.includes(`option.${whole}`) && !words.replaceAll(`option.${whole}`, "").includes(whole)) return [];
    let at = from === "root" ? "" : parent(pointer);
    for (const name of names.replaceAll("?", "").split(".").slice(1)) {
      if (!model.fields(at).includes(name)) break;
      at = child(at, name);
    }
    return at === "" ? [] : [at];
  });
  return [...new Set(found)];
}

/** The list that a field takes its codes from. */
export function listOf(model: Model, pointer: string): { readonly name: string; readonly filter: Json | undefined } | null {
  const options = model.at(pointer)["x-options"];
  if (typeof options === "string") return { name: options, filter: undefined };
  return isObject(options) ? { name: text(options["list"], "vi") ?? "", filter: options["filter"] } : null;
}

/** The fields that have to be chosen before this one: its list hangs on them. */
export const before = (model: Model, pointer: string): string[] =>
  sources(model, pointer, listOf(model, pointer)?.filter).filter((place) => place !== pointer);

/** The names of all lists of a rule schema. */
export function listNames(rules: Json): string[] {
  if (typeof rules !== "object" || rules === null) return [];
  const own = isObject(rules) ? rules["x-options"] : undefined;
  const name = typeof own === "string" ? own : isObject(own) && typeof own["list"] === "string" ? own["list"] : null;
  return [...new Set([...(name === null ? [] : [name]), ...Object.values(rules).flatMap((inner) => listNames(inner as Json))])];
}
