// Fields that belong together, and the slots in which conditional fields come and go.

import { announce, h, hidden } from "../dom.js";
import { isFilledByList } from "../portal/lists.js";
import { child, get, idOf, isObject } from "../schema/pointer.js";
import { t } from "../words/index.js";
import { focusControl, type Context, type Control, type MakeOptions } from "./control.js";
import { frame } from "./frame.js";

/** A nested object: its own part of the page, headed by its label. */
export function groupControl(context: Context, pointer: string, options: MakeOptions): Control {
  const around = frame({
    id: idOf(pointer),
    label: context.model.label(pointer, context.language),
    hint: context.model.hint(pointer, context.language),
    isOptional: !context.standing().required.has(pointer),
    kind: "several",
    heading: options.heading,
    class: "group",
  });
  const body = new GroupBody(context, pointer, options, around.body);
  if (context.standing().required.has(pointer) || isObject(get(context.data, pointer))) body.open();
  else body.close();
  return {
    pointer,
    element: around.element,
    read: () => undefined,
    show: (issues) => around.show(issues),
    focus: () => {
      const first = around.element.querySelector<HTMLElement>("input:not([disabled]), select:not([disabled]), textarea, button");
      if (first) focusControl(first, around.element.querySelector("legend"));
    },
  };
}

/** A group that nobody asks for is a button until somebody wants it: on a phone, five empty fields are a screen. */
class GroupBody {
  constructor(
    readonly context: Context,
    readonly pointer: string,
    readonly options: MakeOptions,
    readonly body: HTMLElement,
  ) {}

  open(): void {
    const { context, pointer } = this;
    const fields = context.model.fields(pointer).map((name) => child(pointer, name));
    const remove = h(
      "button",
      { type: "button", class: "link", id: `${idOf(pointer)}-remove`, on: { click: () => this.#remove() } },
      t("group-remove"),
      hidden(` ${this.#label()}`),
    );
    this.body.replaceChildren(slots(context, fields, deeper(this.options)).element);
    if (!context.standing().required.has(pointer)) this.body.append(remove);
  }

  close(): void {
    const label = this.#label();
    const words = t("group-add", { label: `${label.charAt(0).toLowerCase()}${label.slice(1)}` });
    this.body.replaceChildren(
      h("button", { type: "button", class: "button outline", id: `${idOf(this.pointer)}-add`, on: { click: () => this.#add() } }, words),
    );
  }

  #add(): void {
    this.open();
    this.body.querySelector<HTMLElement>("input, select, textarea")?.focus();
  }

  #remove(): void {
    this.context.forget(`${this.pointer}/`);
    this.context.change(this.pointer, undefined);
    this.close();
    announce(t("group-removed", { label: this.#label() }));
    this.body.querySelector("button")?.focus();
  }

  #label(): string {
    return this.context.model.label(this.pointer, this.context.language);
  }
}

export interface Slots {
  readonly element: HTMLElement;
  /** Shows and hides fields after a change; says what came and went. */
  update(): void;
  /** Draws a field again: what it offers has changed. */
  redraw(pointer: string): void;
}

/** The live slots on the page. */
const live = new Set<Slots>();

export const updateSlots = (): void => live.forEach((slots) => (slots.element.isConnected ? slots.update() : live.delete(slots)));
export const redrawField = (pointer: string): void => live.forEach((slots) => slots.redraw(pointer));

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
    update: () => {
      for (const place of places) {
        const wasShown = !place.holder.hidden;
        if (wasShown === isShown(context, place.pointer)) continue;
        draw(place);
        const label = context.model.label(place.pointer, context.language);
        announce(t(wasShown ? "disappeared" : "appeared", { label }));
      }
    },
    redraw: (pointer) => {
      const place = places.find((each) => each.pointer === pointer);
      if (!place || !found.element.isConnected) return;
      draw(place);
      context.refresh(pointer);
    },
  };
  places.forEach(draw);
  live.add(found);
  return found;
}

function isShown(context: Context, pointer: string): boolean {
  return context.standing().isRelevant(pointer) && !isFilledByList(context.model, pointer, context.data);
}

export const deeper = ({ heading }: MakeOptions): MakeOptions => ({ heading: heading === 4 ? 4 : ((heading + 1) as 3 | 4) });
