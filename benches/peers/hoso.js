// The form by hoso, as one writes it by hand: native controls, and beside each the text of its mistake, changed where the answer to an edit says so.

import { compile, init } from "hoso";

const [answer] = await Promise.all([fetch("/form.json"), init()]);
const { schema, data } = await answer.json();
const form = compile(schema, { lang: "en" }).open(data);
const notes = new Map();
document.getElementById("form").append(part("", schema, data));

/** A group, or a control with its label and the place of its mistake. */
function part(path, given, value) {
  const inner = given.$ref ? schema.$defs[given.$ref.split("/").at(-1)] : given;
  if (typeof value !== "object") return control(path, inner, value);
  const group = element("fieldset", {}, element("legend", { textContent: path }));
  for (const [name, one] of Object.entries(value)) group.append(part(`${path}/${name}`, inner.items ?? inner.properties[name], one));
  return group;
}

function control(path, { enum: choices }, value) {
  const field = form.field(path);
  const note = element("strong", { id: `${path}#issue` });
  const ticked = typeof value === "boolean";
  const options = choices?.map((text) => element("option", { textContent: text })) ?? [];
  const input = element(choices ? "select" : "input", {}, ...options);
  Object.assign(input, { name: path }, ticked ? { type: "checkbox", checked: value } : { value });
  input.setAttribute("aria-describedby", note.id);
  input.addEventListener("input", () => tell(ticked ? field.set(input.checked) : field.input(input.value)));
  notes.set(field.id, { input, note });
  return element("p", {}, element("label", { textContent: path.slice(path.lastIndexOf("/") + 1) }, input), note);
}

/** Writes the mistakes that an edit brought or took away. */
function tell({ changed }) {
  for (const { id, issues } of changed) {
    const place = notes.get(id);
    if (!issues || !place) continue;
    place.note.textContent = issues.map(({ message }) => message).join(" ");
    place.input.setAttribute("aria-invalid", issues.length > 0);
  }
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
