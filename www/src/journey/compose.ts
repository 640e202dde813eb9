// The dossier's data as it stands, and what hoso says of it.

import type { Checked, Form, Issue, Json } from "hoso";
import { inParts } from "../form/date.js";
import { knownList } from "../portal/lists.js";
import { tidy } from "../schema/furnish.js";
import { valueAt } from "../schema/place.js";
import { app, type Session } from "../state.js";
import { t } from "../words/index.js";

/** Checks the form as it would be sealed now: no hidden field, every file that was read. */
export function check({ form }: Session): Checked {
  tidy(app.model, form);
  return form.check();
}

/** The issues of a check, in words that fit the fields of this page. */
export function issuesOf(checked: Checked): Issue[] {
  const form = app.session?.form;
  return form ? checked.report.issues.map((issue) => worded(form, issue)) : [...checked.report.issues];
}

/** An issue in words that fit the field of this page. */
export function worded(form: Form, issue: Issue): Issue {
  const { model, language } = app;
  const value = (pointer: string): Json | undefined => valueAt(form, pointer);
  if (model.kind(issue.path) === "date") return inParts(issue, value(issue.path));
  // hoso asks for a code; here it is chosen by its name.
  const isChosen = issue.code === "required.missing" && knownList({ model, language, value }, issue.path) !== null;
  return isChosen ? { ...issue, message: t("commune-missing") } : issue;
}

/** What the row of a place is called, where there are several: they ask for the same in the same words. */
export function rowName(form: Form, pointer: string): string {
  const [row, list = "", index] = /^(.*)\/(\d+)(?=\/|$)/.exec(pointer) ?? [""];
  const rows = row === "" ? null : valueAt(form, list);
  if (!Array.isArray(rows) || rows.length < 2) return "";
  return t("row", { label: app.model.label(row, app.language), row: Number(index) + 1 });
}
