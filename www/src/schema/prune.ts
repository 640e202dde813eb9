// From what was typed to the data that is checked and sealed.

import type { Json } from "hoso";
import { canonicalText } from "../input/canonical.js";
import type { Model } from "./model.js";
import { child, isObject, member, type Data } from "./pointer.js";
import type { Standing } from "./standing.js";

/** The data as the form stands: nothing of hidden fields, no empty texts, and every object that a field is asked for in. */
export function prune(model: Model, standing: Standing, values: Data): Data {
  return (object(model, standing, values, "") ?? {}) as Data;
}

function object(model: Model, standing: Standing, value: Json | undefined, at: string): Json | undefined {
  const kept: Data = {};
  const named = model.fields(at);
  const others = isObject(value) ? Object.keys(value).filter((name) => !named.includes(name)) : [];
  for (const name of [...named, ...others]) {
    const place = child(at, name);
    if (!standing.isRelevant(place)) continue;
    const inner = pruned(model, standing, member(value, name), place);
    if (inner !== undefined) kept[name] = inner;
  }
  return kept;
}

function pruned(model: Model, standing: Standing, value: Json | undefined, at: string): Json | undefined {
  const isRequired = standing.required.has(at);
  switch (model.kind(at)) {
    case "group": {
      const inner = object(model, standing, value, at);
      // A group that was left empty was not filled in, unless it is asked for: then each of its fields says so.
      return isRequired || holdsAnswer(model, inner, at) ? inner : undefined;
    }
    case "list":
      return list(model, standing, value, at, isRequired);
    case "files":
      return undefined;
    case "fixed":
      return model.choices(at, "vi")[0]?.value;
    case "boolean":
      return value ?? model.at(at)["default"];
    case "text":
      return typeof value === "string" ? canonicalText(value) || undefined : value;
    default:
      return value === "" ? undefined : value;
  }
}

function list(model: Model, standing: Standing, value: Json | undefined, at: string, isRequired: boolean): Json | undefined {
  const rows = Array.isArray(value) ? value : [];
  if (rows.length === 0) return isRequired ? [] : undefined;
  return rows.map((row, index) => {
    const place = child(at, index);
    return model.kind(place) === "group"
      ? (object(model, standing, row as Json, place) ?? {})
      : (pruned(model, standing, row as Json, place) ?? "");
  });
}

/** Choices that the schema makes for everybody are no answer. */
function holdsAnswer(model: Model, value: Json | undefined, at: string): boolean {
  if (!isObject(value)) return false;
  return Object.entries(value).some(([name, inner]) => {
    const place = child(at, name);
    if (isObject(inner)) return holdsAnswer(model, inner, place);
    return model.kind(place) !== "fixed" && model.kind(place) !== "boolean" ? true : inner === true;
  });
}
