// Lists that the portal knows for a field whose schema only asks for a code: the communes of a province. Those of Hải Phòng stand in the
// form itself, for the place that the procedure is about; the others come with the first address. Without them code and name are written by hand.

import type { Json, Language } from "hoso";
import type { Choice, Model } from "../schema/model.js";
import { communesOf } from "./communes.js";
import { service } from "./portal.js";
import { child, isObject, parent } from "../schema/pointer.js";
import { before } from "../schema/sources.js";

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
  if (!isListed(model, pointer)) return null;
  const [address, name] = [parent(pointer), `${parent(pointer)}/communeName`];
  const province = form.value(`${address}/province`);
  if (province === undefined) return { type: "waiting", for: `${address}/province` };
  const listed = province === LISTED_PROVINCE ? model.choices(service.commune, language) : communesOf(String(province), language);
  const [choices, code] = [listed?.map(({ value, label }) => ({ value, label: `${label} (${String(value)})` })), form.value(pointer)];
  // A code that is not among them has to be seen to be mended.
  return choices && (code === undefined || choices.some(({ value }) => value === code)) ? { type: "list", choices, name } : null;
}

/** The name that goes with a listed code. It is part of the data, so in Vietnamese whatever the page speaks. */
export function nameOf(form: Form, pointer: string, code: string): string {
  const province = String(form.value(`${parent(pointer)}/province`));
  const listed = province === LISTED_PROVINCE ? form.model.choices(service.commune, "vi") : communesOf(province, "vi");
  return listed?.find((choice) => choice.value === code)?.label ?? "";
}

/** Whether this is a code of a list that may still have to come. */
export const isListed = (model: Model, pointer: string): boolean =>
  model.format(pointer) === "vn-commune" && hasField(model, parent(pointer), "province") && hasField(model, parent(pointer), "communeName");

/** Whether a list fills this field, so that nobody has to. */
export function isFilledByList(form: Form, pointer: string): boolean {
  return pointer.endsWith("/communeName") && knownList(form, `${parent(pointer)}/commune`) !== null;
}

/** The fields that lose their meaning when this one changes. */
export function dependents(model: Model, pointer: string): string[] {
  const siblings = model.fields(parent(pointer)).map((name) => child(parent(pointer), name));
  const coded = siblings.filter((place) => model.kind(place) === "code" && before(model, place).includes(pointer));
  const isProvince = pointer.endsWith("/province") && isListed(model, `${parent(pointer)}/commune`);
  return isProvince ? [`${parent(pointer)}/commune`, `${parent(pointer)}/communeName`] : coded;
}

function hasField(model: Model, pointer: string, name: string): boolean {
  const properties = model.at(pointer)["properties"];
  return isObject(properties) && Object.hasOwn(properties, name);
}
