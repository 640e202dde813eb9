// One line or one number: typed freely, kept in the one form the schema knows.

import type { Issue, Json } from "hoso";
import { announce, h, type Attributes } from "../dom.js";
import { canonicalFormat, canonicalNumber } from "../input/canonical.js";
import { grouped, inGroups } from "../input/shown.js";
import { dong } from "../input/words.js";
import { service } from "../portal/portal.js";
import { idOf } from "../schema/pointer.js";
import { t } from "../words/index.js";
import { focusControl, hasError, type Context, type Control } from "./control.js";
import { frame, mark } from "./frame.js";
import { offers } from "./offer.js";

type Input = HTMLInputElement | HTMLTextAreaElement;

export function textControl(context: Context, pointer: string): Control {
  const id = idOf(pointer);
  const around = frame({
    id,
    label: context.model.label(pointer, context.language),
    hint: context.model.hint(pointer, context.language),
    isOptional: !context.isAsked(pointer),
    kind: "one",
    class: `field-${width(context, pointer)}`,
    offers: (issues) => offersFor(context, pointer, input, issues),
  });
  const input = textInput(context, pointer);
  const [before, after] = [service.before[pointer]?.[context.language], service.after[pointer]?.[context.language]];
  around.body.append(
    before || after
      ? h(
          "div",
          { class: `affixed${before ? " affixed-before" : ""}` },
          before && h("span", { class: "affix", id: `${id}-before` }, before),
          input,
          after && h("span", { class: "affix affix-after", id: `${id}-after` }, after),
        )
      : input,
  );
  if (service.inWords[pointer]) around.body.append(wordsOffer(context, pointer, input));
  const affixes = [before && `${id}-before`, after && `${id}-after`].filter(Boolean).join(" ");
  const describe = (): string => [around.describe(), affixes].filter(Boolean).join(" ");
  mark(input, false, describe());
  return {
    pointer,
    element: around.element,
    read: () => readInput(context, pointer, input),
    show: (issues: readonly Issue[]) => {
      around.show(issues);
      mark(input, hasError(issues), describe());
    },
    focus: () => focusControl(input, around.element.querySelector("label")),
    ask: around.ask,
  };
}

/** What hoso offers to write into an input. */
export function offersFor(context: Context, pointer: string, input: Input, issues: readonly Issue[]): HTMLElement[] {
  const shown = (text: string): string => inGroups(text, context.model.format(pointer));
  return offers(issues, shown, (text) => {
    input.value = shown(text);
    readInput(context, pointer, input);
    input.focus();
    announce(t("offer-taken", { text: shown(text) }));
  });
}

/** The input of a text or number, without a frame: a cell of a table has its own. */
export function textInput(context: Context, pointer: string): Input {
  const rules = context.model.at(pointer);
  const isLong = typeof rules["maxLength"] === "number" && rules["maxLength"] >= 300;
  const attributes: Attributes = {
    id: idOf(pointer),
    name: pointer,
    ...keyboard(context, pointer),
    ...(isLong ? { rows: 2 } : { type: "text" }),
  };
  const input: Input = isLong ? h("textarea", attributes) : h("input", attributes);
  input.value = written(context, pointer, context.value(pointer));
  // Between the start and the end of a composition the text is the keyboard's: reading it would tear letters apart.
  const changed = (event: Event): void => {
    if (!(event as InputEvent).isComposing) readInput(context, pointer, input);
  };
  input.addEventListener("input", changed);
  input.addEventListener("change", changed);
  input.addEventListener("compositionend", () => readInput(context, pointer, input));
  return input;
}

function readInput(context: Context, pointer: string, input: Input): void {
  const isText = context.model.kind(pointer) === "text";
  const typed = isText
    ? canonicalFormat(input.value, context.model.format(pointer))
    : canonicalNumber(input.value, context.model.kind(pointer) === "integer");
  const value = context.value(pointer);
  // What stands there already is no edit: the form counts each, and may have been asked about its own value.
  const isKnown = typeof value === "number" ? typed !== "" && Number(typed) === value : typed === String(value ?? "");
  if (!isKnown) context.input(pointer, typed);
}

function written(context: Context, pointer: string, value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "number" ? grouped(value, context.language) : inGroups(String(value), context.model.format(pointer));
}

const KEYBOARDS: { readonly [format: string]: Attributes } = {
  "vn-personal-id": { inputmode: "numeric", autocomplete: "off" },
  "vn-old-id": { inputmode: "numeric", autocomplete: "off" },
  "vn-vsic": { inputmode: "numeric", autocomplete: "off" },
  "vn-commune": { inputmode: "numeric", autocomplete: "off" },
  "vn-tax-code": { inputmode: "numeric", autocomplete: "off" },
  "vn-phone": { inputmode: "tel" },
  "vn-name": { autocapitalize: "words", spellcheck: "false" },
  email: { inputmode: "email", autocapitalize: "none", spellcheck: "false" },
  uri: { inputmode: "url", autocapitalize: "none", spellcheck: "false" },
};

/** Which keyboard a phone shows. Never `type=email` or `number`: browsers change what is typed into those. */
function keyboard(context: Context, pointer: string): Attributes {
  const kind = context.model.kind(pointer);
  const own =
    kind === "integer"
      ? { inputmode: "numeric" }
      : kind === "number"
        ? { inputmode: "decimal" }
        : (KEYBOARDS[context.model.format(pointer)] ?? {});
  return {
    autocomplete: service.autocomplete[pointer] ?? "off",
    enterkeyhint: "next",
    ...own,
    ...(service.autocomplete[pointer] && { autocomplete: service.autocomplete[pointer] }),
  };
}

/** How long an answer is likely to be. */
function width(context: Context, pointer: string): "tiny" | "short" | "full" {
  const [rules, format, kind] = [context.model.at(pointer), context.model.format(pointer), context.model.kind(pointer)];
  if (
    format === "vn-vsic" ||
    format === "vn-commune" ||
    (kind === "integer" && typeof rules["maximum"] === "number" && rules["maximum"] < 1e7)
  )
    return "tiny";
  const isShort =
    kind !== "text" ||
    /^vn-(personal-id|phone|tax-code|old-id)$/.test(format) ||
    (typeof rules["maxLength"] === "number" && rules["maxLength"] <= 60);
  return isShort ? "short" : "full";
}

/** Offers the words of an amount, so that nobody has to spell them. */
function wordsOffer(context: Context, pointer: string, input: Input): HTMLElement {
  const target = service.inWords[pointer] ?? "";
  const output = h("output", { for: input.id, id: `${input.id}-words` });
  const take = h("button", { type: "button", class: "link" }, t("words-take", { label: context.model.label(target, context.language) }));
  const box = h("div", { class: "words-offer" }, output, take);
  const words = (): string => dong(Number(context.value(pointer)));
  const update = (): void => {
    output.value = words() && t("words-offer", { words: words() });
    box.hidden = words() === "";
  };
  take.addEventListener("click", () => {
    const field = document.getElementById(idOf(target)) as Input | null;
    if (!field) return;
    field.value = words();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
  input.addEventListener("input", update);
  update();
  return box;
}
