// Making elements without a framework. Text is always text: no function here parses markup, so that the page works
// under `require-trusted-types-for 'script'`.

export type Child = Node | string | number | null | undefined | false | readonly Child[];

type Value = string | number | boolean | null | undefined;

/** Attributes as they are written in HTML, and listeners under `on`. `true` is an empty attribute; `false` and nothing are none. */
export interface Attributes {
  readonly on?: { readonly [event: string]: (event: Event) => void };
  readonly [name: string]: Value | { readonly [event: string]: (event: Event) => void };
}

export function h<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[T] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") {
      for (const [event, listener] of Object.entries(value as NonNullable<Attributes["on"]>)) element.addEventListener(event, listener);
    } else {
      attribute(element, name, value as Value);
    }
  }
  append(element, /^h[1-3]$/.test(tag) ? children.map(bound) : children);
  return element;
}

/** Words of two or more syllables, which a heading does not break. */
const COMPOUNDS =
  /biểu mẫu|chữ ký|chứng thư|chỗ ở|chủ hộ|đăng ký|địa chỉ|gia đình|giấy tờ|hình thức|hồ sơ|hộ kinh doanh|kèm theo|kết luận|kiểm tra|kinh doanh|số định danh|tạm trú|thành lập|thành viên|thường trú|thông tin|trụ sở|ủy quyền/gi;

function bound(child: Child): Child {
  if (Array.isArray(child)) return child.map(bound);
  return typeof child === "string" ? child.replace(COMPOUNDS, (words) => words.replaceAll(" ", "\u00a0")) : child;
}

/** Sets an attribute, or removes it for `false` and nothing. */
export function attribute(element: Element, name: string, value: Value): void {
  if (value === undefined || value === null || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : String(value));
}

export function append(parent: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(parent, child as readonly Child[]);
    else parent.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/** Puts new children in the place of all others. */
export function fill(parent: Element, ...children: Child[]): void {
  parent.replaceChildren();
  append(parent, children);
}

export function byId(id: string): HTMLElement | null {
  return document.getElementById(id);
}

/** Text for screen readers alone. */
export function hidden(...children: Child[]): HTMLElement {
  return h("span", { class: "visually-hidden" }, children);
}

/** Moves focus to something that does not take it by itself, for as long as it has it. */
export function focusOn(element: HTMLElement): void {
  element.setAttribute("tabindex", "-1");
  element.addEventListener("blur", () => element.removeAttribute("tabindex"), { once: true });
  element.focus({ preventScroll: true });
}

/** Says something to screen readers without moving anybody. */
export function announce(text: string): void {
  const region = byId("status");
  if (!region) return;
  // The same sentence twice in a row would not be said again.
  region.textContent = region.textContent === text ? `${text}\u00a0` : text;
}
