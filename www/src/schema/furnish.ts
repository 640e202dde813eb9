// What a form holds before anybody answered, and which of its groups and lists hold an answer.

import type { Form, Json } from "hoso";
import type { Model } from "./model.js";
import { child, isObject, member, type Data } from "./pointer.js";

/** A new group, row or whole form: the choices that the schema makes for everybody, its defaults, and a first row of each list that is asked for. */
export function furnished(model: Model, pointer: string): Data {
  const data: Data = {};
  for (const name of model.fields(pointer)) {
    const place = child(pointer, name);
    const value = model.isAlwaysRequired(place) ? asked(model, place) : model.at(place)["default"];
    if (value !== undefined) data[name] = value;
  }
  return data;
}

function asked(model: Model, place: string): Json | undefined {
  switch (model.kind(place)) {
    case "fixed":
      return model.choices(place, "vi")[0]?.value;
    case "group":
      return furnished(model, place);
    case "list":
      return [furnished(model, child(place, 0))];
    default:
      return model.at(place)["default"];
  }
}

/** Whether a person answered anything there. What the schema chooses for everybody is no answer, and no more is a box that is not ticked. */
export function holdsAnswer(model: Model, value: Json | undefined, at: string): boolean {
  if (value === undefined || value === null || value === false || value === "") return false;
  if (Array.isArray(value)) return value.some((row, index) => holdsAnswer(model, row as Json, child(at, index)));
  if (isObject(value)) return Object.entries(value).some(([name, inner]) => holdsAnswer(model, inner, child(at, name)));
  return model.kind(at) !== "fixed";
}

/** Puts in the groups that are asked for by now, so that each of their fields says for itself that it is missing; takes out what was left empty. */
export function tidy(model: Model, form: Form): void {
  tidyGroup(model, form, typed(form), "");
}

function tidyGroup(model: Model, form: Form, group: Data, pointer: string): void {
  for (const name of model.fields(pointer)) {
    const [place, value] = [child(pointer, name), member(group, name)];
    const kind = model.kind(place);
    if ((kind !== "group" && kind !== "list") || !form.field(place).relevant) continue;
    const isAsked = form.field(place).required;
    if (kind === "list") {
      if (!isAsked && Array.isArray(value) && value.length === 0) form.field(place).clear();
    } else if (!isAsked && value !== undefined && !holdsAnswer(model, value, place)) {
      form.field(place).clear();
    } else if (isObject(value) || (isAsked && value === undefined)) {
      const inner = isObject(value) ? value : furnished(model, place);
      if (inner !== value) form.field(place).set(inner);
      tidyGroup(model, form, inner, place);
    }
  }
}

/** The data as it was typed. What a place of the live form says of all that is inside may be of before an edit there. */
export const typed = (form: Form): Data => JSON.parse(form.typed) as Data;
