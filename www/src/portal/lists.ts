// Lists that the portal knows for a field whose schema only asks for a code: the communes of Hải Phòng, which the form
// itself lists for the place that the procedure is about. An address elsewhere is written as code and name.

import type { Json, Language } from "hoso";
import type { Choice, Model } from "../schema/model.js";
import { service } from "./portal.js";
import { isObject, parent } from "../schema/pointer.js";

const LISTED_PROVINCE = "31";

export type Known =
  /** Choose from these; the name goes into its own field. */
  | { readonly type: "list"; readonly choices: readonly Choice[]; readonly name: string }
  /** Another field has to be chosen first. */
  | { readonly type: "waiting"; readonly for: string };

/** What is asked of the form. */
interface Form {
  readonly model: Model;
  readonly language: Language;
  value(pointer: string): Json | undefined;
}

/** What the portal knows for a field. */
export function knownList(form: Form, pointer: string): Known | null {
  const { model, language } = form;
  if (model.format(pointer) !== "vn-commune") return null;
  const [address, name] = [parent(pointer), `${parent(pointer)}/communeName`];
  if (!hasField(model, address, "province") || !hasField(model, address, "communeName")) return null;
  const province = form.value(`${address}/province`);
  if (province === undefined) return { type: "waiting", for: `${address}/province` };
  if (province !== LISTED_PROVINCE) return null;
  const choices = model
    .choices(service.commune, language)
    .map(({ value, label }) => ({ value, label: `${label} (${String(value)})` }));
  return { type: "list", choices, name };
}

/** The name that goes with a listed code. It is part of the data, so in Vietnamese whatever the page speaks. */
export function nameOf(model: Model, code: string): string {
  return model.choices(service.commune, "vi").find((choice) => choice.value === code)?.label ?? "";
}

/** Whether a list fills this field, so that nobody has to. */
export function isFilledByList(form: Form, pointer: string): boolean {
  return pointer.endsWith("/communeName") && knownList(form, `${parent(pointer)}/commune`) !== null;
}

/** The fields that lose their meaning when this one changes. */
export function dependents(model: Model, pointer: string): string[] {
  if (!pointer.endsWith("/province")) return [];
  return ["commune", "communeName"]
    .filter((name) => hasField(model, parent(pointer), name) && model.format(`${parent(pointer)}/commune`) === "vn-commune")
    .map((name) => `${parent(pointer)}/${name}`);
}

function hasField(model: Model, pointer: string, name: string): boolean {
  const properties = model.at(pointer)["properties"];
  return isObject(properties) && Object.hasOwn(properties, name);
}
