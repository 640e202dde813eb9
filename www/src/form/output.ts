// A value that nobody types: computed from other fields, or not for this person to change.

import { fill, focusOn, h, type Child } from "../dom.js";
import { shown } from "../input/shown.js";
import { dong } from "../input/words.js";
import { service } from "../portal/portal.js";
import { holdsAnswer } from "../schema/furnish.js";
import { idOf } from "../schema/pointer.js";
import { sources } from "../schema/sources.js";
import { t } from "../words/index.js";
import { hasError, type Context, type Control } from "./control.js";
import { frame, mark } from "./frame.js";

export function outputControl(context: Context, pointer: string): Control {
  const id = idOf(pointer);
  const around = frame({
    id,
    label: context.model.label(pointer, context.language),
    hint: context.model.hint(pointer, context.language),
    isOptional: false,
    kind: "one",
    class: "total",
  });
  const output = h("output", { id, class: "total-value" });
  const update = (): void => fill(output, content(context, pointer));
  around.body.append(output);
  update();
  mark(output, false, around.describe(), false);
  return {
    pointer,
    element: around.element,
    read: () => undefined,
    show: (issues) => {
      around.show(issues);
      around.element.classList.toggle("has-error", hasError(issues));
      mark(output, false, around.describe(), false);
    },
    focus: () => focusOn(output),
    update,
  };
}

function content(context: Context, pointer: string): Child {
  const value = context.value(pointer);
  if (value === undefined || value === null) return missing(context, pointer);
  const { model, language } = context;
  const unit = service.after[pointer]?.[language];
  const text = shown(model, pointer, value, language, { yes: t("yes"), no: t("no") });
  const words = unit === "đồng" && typeof value === "number" ? dong(value) : "";
  return [h("strong", {}, unit ? `${text} ${unit}` : text), words && h("span", { class: "total-words", lang: "vi" }, words)];
}

/** Says that there is no value yet, and where to go for one. */
function missing(context: Context, pointer: string): Child {
  if (!context.form.field(pointer).computed) return t("review.empty");
  const first = sources(context.model, pointer, context.model.at(pointer)["x-calculate"]).find((place) => isOpen(context, place));
  const why = first && t("not-computed-for", { label: context.model.label(first, context.language) });
  return [h("strong", {}, t("not-computed")), why && h("span", {}, why)];
}

function isOpen(context: Context, place: string): boolean {
  return !holdsAnswer(context.model, context.value(place), place) || hasError(context.form.field(place).issues);
}
