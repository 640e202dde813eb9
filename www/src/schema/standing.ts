// Which fields the data so far asks for and which it rules out. Conditions (`if`) and expressions (`x-relevant`, `x-required`) are
// decided by hoso itself, so that the page and the verdict cannot disagree.

import { compile, type Json, type Schema } from "hoso";
import { strings, type Model, type Rules } from "./model.js";
import { child, isObject, member, type Data } from "./pointer.js";

export interface Standing {
  readonly required: ReadonlySet<string>;
  /** Whether a field is part of the form as it stands: shown, checked, sealed. */
  isRelevant(pointer: string): boolean;
}

const conditions = new WeakMap<object, Schema>();
const probes = new WeakMap<Model, Schema>();

/** Keywords that hold an expression, each with what its probe is called after the field. No field has such a name. */
const EXPRESSIONS = { "x-relevant": " is relevant", "x-required": " is required" } as const;

/** Where every field stands, for this data. */
export function standing(model: Model, data: Json): Standing {
  const walk: Walk = { model, true: answers(model, data), required: new Set(), sometimes: new Set(), forbidden: new Set() };
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
  /** The probes whose expressions are true. */
  readonly true: ReadonlySet<string>;
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
    const place = child(at, name);
    if (!isNever(inner)) collect(walk, inner, member(value, name), place, holds, conditional);
    else if (holds) walk.forbidden.add(place);
    const own = walk.model.resolve(inner);
    if ("x-relevant" in own && !walk.true.has(place + EXPRESSIONS["x-relevant"])) walk.forbidden.add(place);
    if ("x-required" in own && walk.true.has(place + EXPRESSIONS["x-required"])) walk.required.add(place);
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

/** The probes that hoso misses: those whose expressions are true for this data. */
function answers(model: Model, data: Json): ReadonlySet<string> {
  let schema = probes.get(model);
  if (!schema) {
    schema = compile(probed(model, model.root) as typeof model.root);
    probes.set(model, schema);
  }
  const missing = schema.validate(completed(model, data, "")).issues.filter(({ code }) => code === "required.missing");
  return new Set(missing.map(({ path }) => path));
}

/** The data with an empty object for each group that is asked for, so that the probes in it are looked at. */
function completed(model: Model, value: Json | undefined, at: string): Json {
  if (Array.isArray(value)) return value.map((row, index) => completed(model, row as Json, child(at, index)));
  if (value !== undefined && !isObject(value)) return value;
  const whole: Data = { ...value };
  for (const name of model.fields(at)) {
    const place = child(at, name);
    const isAsked = model.isAlwaysRequired(place) || "x-required" in model.at(place);
    const inner = member(whole, name);
    if (isObject(inner) || Array.isArray(inner) || (inner === undefined && isAsked && model.kind(place) === "group")) {
      whole[name] = completed(model, inner, place);
    }
  }
  return whole;
}

/** The rules with a probe beside each field that has an expression: a field that is never there, and required where the expression is true. */
function probed(model: Model, rules: Json): Json {
  if (Array.isArray(rules)) return rules.map((inner) => probed(model, inner as Json));
  if (!isObject(rules)) return rules;
  const inner = Object.entries(rules).map(([name, value]) => {
    const fields = probed(model, value);
    return [name, name === "properties" && isObject(fields) ? { ...fields, ...probesOf(model, fields) } : fields] as const;
  });
  return Object.fromEntries(inner);
}

function probesOf(model: Model, fields: Rules): { [name: string]: Json } {
  const probesHere: { [name: string]: Json } = {};
  for (const [name, rules] of Object.entries(fields)) {
    const own = model.resolve(rules);
    for (const [keyword, ending] of Object.entries(EXPRESSIONS)) {
      if (own[keyword] !== undefined) probesHere[name + ending] = { "x-label": { vi: name }, "x-required": own[keyword] };
    }
  }
  return probesHere;
}
