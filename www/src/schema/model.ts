// What a rule schema tells the page: which fields there are, what they are called, which control each takes.

import type { Json, Language } from "hoso";
import { child, isObject, lastToken, tokens } from "./pointer.js";

/** A subschema, its `$ref` followed. */
export type Rules = { readonly [keyword: string]: Json };

export type Kind = "choice" | "fixed" | "code" | "text" | "integer" | "number" | "boolean" | "date" | "group" | "list" | "files";

export interface Choice {
  readonly value: Json;
  readonly label: string;
}

/** Fields of one object that follow one another on a page. */
export interface Group {
  readonly owner: string;
  readonly fields: readonly string[];
}

export interface Page {
  readonly id: string;
  readonly title: { readonly [language: string]: string };
  readonly groups: readonly Group[];
}

/** The bounds of an `x-attachment` field. */
export interface FileRules {
  readonly mediaTypes: readonly string[];
  readonly maxBytes: number | null;
  readonly maxFiles: number;
}

export class Model {
  readonly pages: readonly Page[];
  readonly #known = new Map<string, Rules>();

  /** A rule schema as JSON. Whether it is a good one is for `compile` to say. */
  constructor(readonly root: Rules) {
    this.pages = this.#readPages();
  }

  /** The subschema of a place; an empty one where the schema names no such place. */
  at(pointer: string): Rules {
    const known = this.#known.get(pointer);
    if (known) return known;
    let rules = this.resolve(this.root);
    for (const token of tokens(pointer)) rules = this.#inner(rules, token);
    this.#known.set(pointer, rules);
    return rules;
  }

  /** Follows `$ref`; what stands beside it wins, as a field's own label does over its type's. */
  resolve(rules: Json | undefined): Rules {
    let own: Rules = isObject(rules) ? rules : {};
    for (let steps = 0; typeof own["$ref"] === "string" && steps < 32; steps += 1) {
      const { $ref, ...rest } = own;
      const target = String($ref).startsWith("#/")
        ? tokens(String($ref).slice(1)).reduce<Json | undefined>((at, token) => (isObject(at) ? at[token] : undefined), this.root)
        : undefined;
      own = { ...(isObject(target) ? target : {}), ...rest };
    }
    return own;
  }

  kind(pointer: string): Kind {
    const rules = this.at(pointer);
    if (isObject(rules["x-attachment"])) return "files";
    if (rules["x-options"] !== undefined) return "code";
    const choices = choiceRules(rules);
    if (choices) return choices.length === 1 && this.isAlwaysRequired(pointer) ? "fixed" : "choice";
    if (rules["type"] === "array" || isObject(rules["items"])) return "list";
    if (rules["type"] === "object" || isObject(rules["properties"])) return "group";
    if (rules["type"] === "boolean" || rules["type"] === "integer" || rules["type"] === "number") return rules["type"];
    return rules["format"] === "date" ? "date" : "text";
  }

  /** The names of an object's fields: `x-order`, then `required`, then the others by name, as in the reading copy. */
  fields(pointer: string): string[] {
    const rules = this.at(pointer);
    const properties = isObject(rules["properties"]) ? rules["properties"] : {};
    // What a database answers is nothing to fill in.
    const named = Object.keys(properties).filter((name) => (properties[name] as Rules)["x-lookup"] !== true).sort();
    const listed = [...strings(rules["x-order"]), ...strings(rules["required"])].filter((name) => named.includes(name));
    return [...new Set([...listed, ...named])];
  }

  label(pointer: string, language: Language): string {
    const rules = this.at(pointer);
    const title = typeof rules["title"] === "string" ? rules["title"] : lastToken(pointer);
    return text(rules["x-label"], language) ?? title;
  }

  hint(pointer: string, language: Language): string {
    const rules = this.at(pointer);
    return text(rules["x-hint"], language) ?? (typeof rules["description"] === "string" && pointer !== "" ? rules["description"] : "");
  }

  choices(pointer: string, language: Language): Choice[] {
    return (choiceRules(this.at(pointer)) ?? []).map((choice) => ({
      value: choice["const"] as Json,
      label: text(choice["x-label"], language) ?? (typeof choice["title"] === "string" ? choice["title"] : String(choice["const"])),
    }));
  }

  format(pointer: string): string {
    const format = this.at(pointer)["format"];
    return typeof format === "string" ? format : "";
  }

  files(pointer: string): FileRules {
    const rules = this.at(pointer)["x-attachment"] as Rules;
    const number = (name: string): number | null => (typeof rules[name] === "number" ? rules[name] : null);
    return { mediaTypes: strings(rules["mediaTypes"]), maxBytes: number("maxBytes"), maxFiles: number("maxFiles") ?? 20 };
  }

  /** Every field for files, in the order of the form. */
  fileFields(): string[] {
    return this.pages.flatMap((page) => page.groups.flatMap((group) => group.fields)).flatMap((pointer) => this.filesIn(pointer));
  }

  /** The fields for files at a place and in the groups below it. Rows hold none. */
  filesIn(pointer: string): string[] {
    const kind = this.kind(pointer);
    if (kind === "files") return [pointer];
    return kind === "group" ? this.fields(pointer).flatMap((name) => this.filesIn(child(pointer, name))) : [];
  }

  isAlwaysRequired(pointer: string): boolean {
    const path = tokens(pointer);
    const name = path.pop() ?? "";
    return strings(this.at(path.reduce<string>((at, token) => child(at, token), ""))["required"]).includes(name);
  }

  /** The flag of which exactly one row has `true`: such rows share one set of radio buttons. */
  soleFlag(list: string): string | null {
    const rules = this.at(list);
    const contains = this.resolve(rules["contains"]);
    if (rules["maxContains"] !== 1 || !isObject(contains["properties"])) return null;
    const [name, ...others] = Object.entries(contains["properties"]).filter(([, flag]) => isObject(flag) && flag["const"] === true);
    return name && others.length === 0 ? name[0] : null;
  }

  /** The page that shows a place. */
  pageOf(pointer: string): Page | undefined {
    const shows = (page: Page): boolean =>
      page.groups.some((group) => group.fields.some((field) => field === pointer || pointer.startsWith(`${field}/`)));
    return (
      this.pages.find(shows) ??
      this.pages.find((page) => page.groups.some((group) => group.fields.some((field) => field.startsWith(`${pointer}/`))))
    );
  }

  #inner(rules: Rules, token: string): Rules {
    const properties = rules["properties"];
    if (isObject(properties) && Object.hasOwn(properties, token)) return this.resolve(properties[token]);
    return /^\d+$/.test(token) && isObject(rules["items"]) ? this.resolve(rules["items"]) : {};
  }

  #readPages(): Page[] {
    const pages = Array.isArray(this.root["x-pages"]) ? (this.root["x-pages"] as readonly Json[]).filter(isObject) : [];
    if (pages.length === 0) {
      const fields = this.fields("").map((name) => child("", name));
      return [
        {
          id: "form",
          title: (isObject(this.root["x-label"]) ? this.root["x-label"] : { vi: String(this.root["title"] ?? "") }) as Page["title"],
          groups: groups(fields),
        },
      ];
    }
    return pages.map((page) => ({
      id: String(page["id"]),
      title: page["title"] as Page["title"],
      groups: groups(strings(page["fields"])),
    }));
  }
}

/** A text in a language, else in Vietnamese. */
export function text(texts: Json | undefined, language: Language): string | null {
  if (!isObject(texts)) return typeof texts === "string" ? texts : null;
  const found = texts[language] ?? texts["vi"];
  return typeof found === "string" ? found : null;
}

export const strings = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];

function groups(fields: readonly string[]): Group[] {
  const found: { owner: string; fields: string[] }[] = [];
  for (const field of fields) {
    const owner = field.slice(0, field.lastIndexOf("/"));
    const last = found.at(-1);
    if (last?.owner === owner) last.fields.push(field);
    else found.push({ owner, fields: [field] });
  }
  return found;
}

function choiceRules(rules: Rules): Rules[] | null {
  const list = rules["oneOf"] ?? rules["anyOf"];
  if (Array.isArray(list) && list.length > 0 && list.every((choice) => isObject(choice) && "const" in choice)) return list as Rules[];
  return Array.isArray(rules["enum"]) ? rules["enum"].map((value) => ({ const: value })) : null;
}
