// Fields that belong together, and the slots in which conditional fields come and go.

import { announce, h, hidden } from "../dom.js";
import { isFilledByList } from "../portal/lists.js";
import { furnished, typed } from "../schema/furnish.js";
import { child, get, idOf, isObject } from "../schema/pointer.js";
import { t } from "../words/index.js";
import { focusControl, type Context, type Control, type MakeOptions, type Slots } from "./control.js";
import { frame } from "./frame.js";

/** A nested object: its own part of the page, headed by its label. */
export function groupControl(context: Context, pointer: string, options: MakeOptions): Control {
  const around = frame({
    id: idOf(pointer),
    label: context.model.label(pointer, context.language),
    hint: context.model.hint(pointer, context.language),
    isOptional: !context.isAsked(pointer),
    kind: "several",
    heading: options.heading,
    class: "group",
  });
  const body = new GroupBody(context, pointer, options, around.body);
  body.draw();
  return {
    pointer,
    element: around.element,
    read: () => undefined,
    show: (issues) => around.show(issues),
    focus: () => {
      const first = around.element.querySelector<HTMLElement>("input:not([disabled]), select:not([disabled]), textarea, button");
      if (first) focusControl(first, around.element.querySelector("legend"));
    },
    ask: (isAsked) => {
      around.ask(isAsked);
      body.draw();
    },
  };
}

/** A group that nobody asks for is a button until somebody wants it: on a phone, five empty fields are a screen. */
class GroupBody {
  #isOpen = false;

  constructor(
    readonly context: Context,
    readonly pointer: string,
    readonly options: MakeOptions,
    readonly body: HTMLElement,
  ) {}

  /** Draws what is there; the fields stay once they are, for nothing is taken from under the hands of whoever fills them in. */
  draw(): void {
    const isThere = isObject(get(typed(this.context.form), this.pointer));
    if (this.context.isAsked(this.pointer) || isThere || this.#isOpen) this.#open();
    else this.#close();
  }

  #open(): void {
    const { context, pointer } = this;
    const remove = h(
      "button",
      { type: "button", class: "link", id: `${idOf(pointer)}-remove`, on: { click: () => this.#remove() } },
      t("group-remove"),
      hidden(` ${this.#label()}`),
    );
    if (!this.#isOpen) {
      const fields = context.model.fields(pointer).map((name) => child(pointer, name));
      this.body.replaceChildren(slots(context, fields, deeper(this.options)).element);
    }
    this.#isOpen = true;
    document.getElementById(remove.id)?.remove();
    if (!context.isAsked(pointer)) this.body.append(remove);
  }

  #close(): void {
    const label = this.#label();
    const words = t("group-add", { label: `${label.charAt(0).toLowerCase()}${label.slice(1)}` });
    this.body.replaceChildren(
      h("button", { type: "button", class: "button outline", id: `${idOf(this.pointer)}-add`, on: { click: () => this.#add() } }, words),
    );
  }

  #add(): void {
    this.context.change(this.pointer, furnished(this.context.model, this.pointer));
    this.#open();
    this.body.querySelector<HTMLElement>("input, select, textarea")?.focus();
  }

  #remove(): void {
    this.context.forget(`${this.pointer}/`);
    this.context.change(this.pointer, undefined);
    this.#isOpen = false;
    this.#close();
    announce(t("group-removed", { label: this.#label() }));
    this.body.querySelector("button")?.focus();
  }

  #label(): string {
    return this.context.model.label(this.pointer, this.context.language);
  }
}

/** A place for each field, filled while the field is part of the form. */
export function slots(context: Context, pointers: readonly string[], options: MakeOptions): Slots {
  const places = pointers.map((pointer) => ({ pointer, holder: h("div", { class: "slot" }) }));
  const draw = ({ pointer, holder }: (typeof places)[number]): void => {
    context.forget(pointer);
    const control = isShown(context, pointer) ? context.make(pointer, options) : null;
    holder.replaceChildren(...(control ? [control.element] : []));
    holder.hidden = control === null;
  };
  const found: Slots = {
    element: h(
      "div",
      { class: "slots" },
      places.map((place) => place.holder),
    ),
    update: (changed) => {
      for (const place of places) {
        if (!changed.has(place.pointer)) continue;
        const wasShown = !place.holder.hidden;
        if (wasShown === isShown(context, place.pointer)) continue;
        draw(place);
        const label = context.model.label(place.pointer, context.language);
        announce(t(wasShown ? "disappeared" : "appeared", { label }));
      }
    },
    redraw: (pointer) => {
      const place = places.find((each) => each.pointer === pointer);
      if (!place) return;
      draw(place);
      context.refresh(pointer);
    },
  };
  places.forEach(draw);
  context.hold(found);
  return found;
}

function isShown(context: Context, pointer: string): boolean {
  return context.isRelevant(pointer) && !isFilledByList(context, pointer);
}

export const deeper = ({ heading }: MakeOptions): MakeOptions => ({ heading: heading === 4 ? 4 : ((heading + 1) as 3 | 4) });
