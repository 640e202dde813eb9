// A JSON Schema and its data as SurveyJS has them: a panel for an object, a dynamic panel for a list of objects, a question with validators for all else.
// As much of the vocabulary as gov-form60 has.

/** The survey. */
export function surveyOf(schema) {
  const whole = { ...schema, allOf: undefined, conditions: [...conditional(schema), ...dependent(schema)] };
  return { showQuestionNumbers: "off", elements: members(whole, { schema, prefix: "", needed: () => undefined }) };
}

/** The data by the names of the questions. */
export function answersOf(data, prefix = "") {
  return Object.fromEntries(
    Object.entries(data).flatMap(([name, value]) =>
      typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(answersOf(value, `${prefix}${name}.`)) : [[`${prefix}${name}`, value]],
    ),
  );
}

/** What `allOf` of `if` and `then` requires, as `[name, condition]`. */
function conditional({ allOf = [] }) {
  return allOf.flatMap(({ if: { properties }, then: { required } }) => {
    const condition = Object.entries(properties).map(([name, { const: value }]) => `{${name}} = ${JSON.stringify(value)}`).join(" and ");
    return required.map((name) => [name, condition]);
  });
}

function dependent({ dependentRequired = {} }) {
  return Object.entries(dependentRequired).flatMap(([name, required]) => required.map((other) => [other, `{${name}} notempty`]));
}

function members({ properties, required = [], conditions = [] }, place) {
  return Object.entries(properties).map(([name, inner]) => {
    const condition = conditions.filter(([other]) => other === name).map(([, condition]) => condition).join(" or ");
    return element(name, inner, { ...place, required: required.includes(name), condition });
  });
}

function element(name, inner, place) {
  const { schema, prefix, required, condition, when } = place;
  const { type, properties, items, ...rest } = inner.$ref ? schema.$defs[inner.$ref.split("/").at(-1)] : inner;
  const full = `${prefix}${name}`;
  if (properties) {
    // What an object requires is required where the object is.
    const within = { schema, prefix: `${full}.`, when: required ? when : condition || `{${full}.${rest.required[0]}} notempty` };
    return { type: "panel", name: full, title: name, elements: members({ properties, ...rest }, within) };
  }
  if (items) {
    const { maxItems } = rest;
    return { type: "paneldynamic", name: full, title: name, maxPanelCount: maxItems, templateElements: members(items, { schema, prefix: "" }) };
  }
  const asked = when ? { requiredIf: required ? when : condition } : required ? { isRequired: true } : condition ? { requiredIf: condition } : {};
  return { name: full, title: name, ...asked, ...question(type, rest, full) };
}

/** The kind of question and its validators. */
function question(type, { enum: choices, const: only, pattern, minLength, maxLength, minimum, maximum, exclusiveMinimum }, full) {
  if (choices) return { type: "dropdown", renderAs: "select", choices };
  if (type === "boolean" || only === true) return { type: "boolean", renderAs: "checkbox", validators: only ? [expression(`{${full}} = true`)] : [] };
  const validators = [];
  if (only) validators.push(expression(`{${full}} = ${JSON.stringify(only)}`));
  if (pattern) validators.push({ type: "regex", regex: pattern, text: "Not in the form asked for" });
  if (minLength || maxLength) validators.push({ type: "text", minLength, maxLength });
  if (exclusiveMinimum !== undefined) validators.push(expression(`{${full}} empty or {${full}} > ${exclusiveMinimum}`));
  if (minimum !== undefined || maximum !== undefined) validators.push({ type: "numeric", minValue: minimum, maxValue: maximum });
  return { type: "text", ...(type === "number" || type === "integer" ? { inputType: "number" } : {}), validators };
}

function expression(text) {
  return { type: "expression", expression: text };
}
