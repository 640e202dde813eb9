// The dossier under way: one live form from its first letter to its signature.

import type { Form } from "hoso";
import { saveSoon } from "../draft/autosave.js";
import { furnished } from "../schema/furnish.js";
import type { Data } from "../schema/pointer.js";
import { app, type Session } from "../state.js";

let stop = (): void => undefined;

/** A dossier that nobody has filled in yet, or that holds these answers. */
export function newSession(values: Data = furnished(app.model, "")): Session {
  return sessionOf(app.schema.open(values));
}

/** A dossier of this form. */
export function sessionOf(form: Form): Session {
  const page = app.model.pages[0]?.id ?? "";
  const steps = { aside: [], dropped: form.dropped, canUndo: false, canRedo: false, isStepping: false };
  return { form, files: [], done: [], page, sample: false, savedAt: null, revision: 0, ...steps };
}

/** Makes a dossier the one under way: from now on each of its edits is saved. */
export function follow(session: Session): void {
  app.session = session;
  attend(session);
}

/** Takes a form of the same data with nothing to undo. */
export function settled(form: Form): Form {
  const fresh = app.schema.restore(form.draft());
  form.dispose();
  return fresh;
}

/** Says that the data changed. */
export function touch(session: Session): void {
  session.revision += 1;
  saveSoon();
}

function attend(session: Session): void {
  stop();
  stop = session.form.subscribe(() => {
    if (!session.isStepping) [session.canUndo, session.canRedo] = [true, false];
    touch(session);
  });
}
