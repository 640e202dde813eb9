// Which fields the data so far asks for and which it rules out. Conditions (`if`) are decided by hoso itself, so that the
// page and the verdict cannot disagree.

import { compile, type Json, type Schema } from "hoso";
import { strings, type Model } from "./model.js";
import { child, isObject, member } from "./pointer.js";

export interface Standing {
  readonly required: ReadonlySet<string>;
  /** Whether a field is part of the form as it stands: shown, checked, sealed. */
  isRelevant(pointer: string): boolean;
}

const conditions = new WeakMap<object, Schema>();

/** Where every field stands, for this data. */
export function standing(model: Model, data: Json): Standing {
  const walk: Walk = { model, required: new Set(), sometimes: new Set(), forbidden: new Set() };
  collect(walk, model.root, data, "", true);
  const isRelevant = (pointer: string): boolean => {
    for (let at = pointer; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
      if (walk.forbidden.has(at) || (walk.sometimes.has(at) && !walk.required.has(at))) return false;
    }
    return true;
  };
  return { required: walk.required, isRelevant };
}

interface Walk {
  readonly model: Model;
  readonly required: Set<string>;
  /** Required under some condition: outside it, such a field is not asked for. */
  readonly sometimes: Set<string>;
  readonly forbidden: Set<string>;
}

function collect(walk: Walk, raw: Json | undefined, value: Json | undefined, at: string, holds: boolean, conditional = false): void {
  const rules = walk.model.resolve(raw);
  for (const name of strings(rules["required"])) {
    if (holds) walk.required.add(child(at, name));
    if (conditional) walk.sometimes.add(child(at, name));
  }
  for (const [name, inner] of isObject(rules["properties"]) ? Object.entries(rules["properties"]) : []) {
    if (!isNever(inner)) collect(walk, inner, member(value, name), child(at, name), holds, conditional);
    else if (holds) walk.forbidden.add(child(at, name));
  }
  for (const part of Array.isArray(rules["allOf"]) ? rules["allOf"] : []) collect(walk, part, value, at, holds, conditional);
  if (rules["if"] !== undefined) {
    const met = isMet(walk.model, rules["if"], value);
    collect(walk, rules["then"], value, at, holds && met, true);
    collect(walk, rules["else"], value, at, holds && !met, true);
  }
  if (Array.isArray(value))
    value.forEach((item, index) => collect(walk, rules["items"], item as Json, child(at, index), holds, conditional));
}

/** `false` and `{"not": {}}` let nothing stand. */
function isNever(rules: Json): boolean {
  return rules === false || (isObject(rules) && isObject(rules["not"]) && Object.keys(rules["not"]).length === 0);
}

function isMet(model: Model, condition: Json, value: Json | undefined): boolean {
  if (!isObject(condition)) return condition === true;
  let schema = conditions.get(condition);
  if (!schema) {
    schema = compile({ $schema: "https://json-schema.org/draft/2020-12/schema", $defs: model.root["$defs"] ?? {}, ...condition });
    conditions.set(condition, schema);
  }
  return schema.isValid(value ?? {});
}
