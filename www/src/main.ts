// The demo portal: loads hoso and the form, then shows the view that the address names.

import { compile, init, type CodeLists, type Language } from "hoso";
import { announce } from "./dom.js";
import { moment } from "./input/shown.js";
import { saveWhenLeft, storedDraft, wasOpen } from "./draft/autosave.js";
import { damage } from "./draft/file.js";
import { layFrame, place, retitle } from "./frame.js";
import { fillView } from "./journey/fill.js";
import { receiptView } from "./journey/receipt.js";
import { reviewView } from "./journey/review.js";
import { recall } from "./journey/send.js";
import { signView } from "./journey/sign.js";
import { readAgain, readWhenOnline, takeUp } from "./journey/attach.js";
import { startView } from "./journey/start.js";
import { fetchAhead } from "./journey/signing.js";
import { failed } from "./opening.js";
import { service } from "./portal/portal.js";
import { fetched, found } from "./portal/samples.js";
import { parse, to, type Route } from "./routes.js";
import { Model, type Rules } from "./schema/model.js";
import { listNames } from "./schema/sources.js";
import { app, start } from "./state.js";
import { onRender, type View } from "./view.js";
import { speak, speakOf, t } from "./words/index.js";
import { verifyView } from "./verify/verify.js";

const LANGUAGE = "hoso-language";

let current: View | null = null;
/** Counts drawings: one that was waiting for a draft must not replace a later one. */
let turn = 0;

void open();

async function open(): Promise<void> {
  const language = preferred();
  speak(language);
  speakOf(service.words);
  document.documentElement.lang = language;
  try {
    const [text] = await Promise.all([found(service.schema).then((response) => response.text()), init({ lang: language })]);
    const rules = JSON.parse(text) as Rules;
    const codeLists = await listsOf(rules);
    start(language, new Model(rules), compile(text, { lang: language, codeLists }), codeLists);
  } catch (error) {
    return failed(error, () => void open());
  }
  await recall();
  layFrame(() => void switchLanguage());
  onRender(
    (options) => void draw(options?.focus ?? false),
    (isWrong) => current && retitle(current, isWrong),
  );
  saveWhenLeft();
  readWhenOnline();
  addEventListener("hashchange", () => parse(location.hash) && void draw(true));
  await draw(false);
  fetchAhead();
}

/** The code lists that the rules name; none of the portal's present forms does. */
async function listsOf(rules: Rules): Promise<CodeLists> {
  const found = listNames(rules).map(
    async (name) => [name, await (await fetched(new URL(`list-${name}.json`, import.meta.url))).text()] as const,
  );
  return Object.fromEntries(await Promise.all(found));
}

function preferred(): Language {
  const asked = new URLSearchParams(location.search).get("lang") ?? stored();
  return asked === "en" ? "en" : "vi";
}

function stored(): string | null {
  try {
    return localStorage.getItem(LANGUAGE);
  } catch {
    return null;
  }
}

async function draw(takesFocus: boolean): Promise<void> {
  const mine = (turn += 1);
  const route = parse(location.hash) ?? { name: "start" };
  const view = await viewOf(route);
  if (mine !== turn || !view) return;
  current?.left?.();
  current = view;
  place(view, takesFocus);
}

/** The view of an address; nothing where the address had to be changed. */
async function viewOf(route: Route): Promise<View | null> {
  if (route.name === "start") return startView(await storedDraft());
  if (route.name === "verify") return verifyView();
  if (route.name === "receipt") return receiptView();
  // A reload goes on where it was; a link from elsewhere is first asked whether the draft is to be opened.
  if (!app.session && wasOpen()) await goOn();
  const { session } = app;
  if (!session) return redirect(to.start);
  if (route.name === "review") return reviewView(session);
  // What was sealed stays as it is, whatever language the page speaks by now.
  if (route.name === "sign") {
    return app.waiting?.revision === session.revision ? signView(session, app.waiting) : redirect(to.review);
  }
  const page = app.model.pages.find((each) => each.id === route.page);
  return page ? fillView(route, session, page) : redirect(to.page(session.page));
}

function redirect(address: string): null {
  history.replaceState(null, "", address);
  void draw(true);
  return null;
}

async function goOn(): Promise<void> {
  const draft = await storedDraft();
  // A damaged one is told on the start page, and left as it is.
  if (!draft || damage(draft) !== null) return;
  await takeUp(draft);
  announce(t("draft-restored", { when: moment(new Date(draft.savedAt), app.language) }));
}

/** Draws the same place in the other language, with every letter as typed and the focus where it was. */
async function switchLanguage(): Promise<void> {
  const typed = [
    ...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
      "main input:not([type=file], [type=radio], [type=checkbox]), main textarea",
    ),
  ].map((input) => [input.id, input.value] as const);
  const ticked = [...document.querySelectorAll<HTMLInputElement>("main input[type=checkbox]")].map(
    (input) => [input.id, input.checked] as const,
  );
  const at = scrollY;
  app.language = app.language === "vi" ? "en" : "vi";
  app.schema = app.schema.in(app.language);
  if (app.session) app.session.form.lang = app.language;
  speak(app.language);
  try {
    localStorage.setItem(LANGUAGE, app.language);
  } catch {
    // The choice then holds for this visit.
  }
  layFrame(() => void switchLanguage());
  await draw(false);
  // Their sentences are hoso's, so they are looked at again.
  for (const file of app.session?.files ?? []) if (file.state === "refused") void readAgain(file);
  for (const [id, value] of typed) {
    const input = document.getElementById(id);
    if (input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement) input.value = value;
  }
  for (const [id, checked] of ticked) {
    const input = document.getElementById(id);
    if (input instanceof HTMLInputElement) input.checked = checked;
  }
  scrollTo(0, at);
  document.getElementById("language")?.focus({ preventScroll: true });
}
