// The draft follows the form: within a second of a change, when the page is left or hidden, and before a picker opens,
// because a phone may end the page while its camera is in front.

import { sessionOf } from "../journey/session.js";
import { app, type FileEntry, type Session } from "../state.js";
import { draftOf } from "./file.js";
import { deleteDraft, deleteFile, loadDraft, loadFile, saveDraft, saveFile, sweep, type Draft, type StoredFile } from "./store.js";

/** From the first change that is not saved yet: whoever types on and on is saved all the same. */
const DELAY = 1_000;

let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Map<string, () => void>();
/** Saves run one after another, so that an old state never lands on a new one. */
let line: Promise<void> = Promise.resolve();

/** Calls this after every save, in place of what had the same name. */
export function onSaved(name: string, call: () => void): void {
  listeners.set(name, call);
}

function tell(): void {
  for (const call of listeners.values()) call();
}

/** Saves soon. */
export function saveSoon(): void {
  timer ??= setTimeout(() => void saveNow(), DELAY);
}

function wait(): void {
  clearTimeout(timer);
  timer = undefined;
}

/** Under which drafts of this page are kept. */
const code = (): string => app.schema.procedure?.code ?? "";

/** Saves what there is. Never fails: a device that keeps nothing is shown as such. */
export function saveNow(): Promise<void> {
  wait();
  const session = app.session;
  if (!session || isUntouched(session)) return line;
  const draft = snapshot(session);
  line = line.then(async () => {
    if (app.session !== session) return;
    try {
      await saveDraft(draft);
      session.savedAt = new Date(draft.savedAt);
      app.storage = session.files.some(({ isUnkept }) => isUnkept) ? "short" : "ready";
    } catch {
      app.storage = "none";
    }
    tell();
  });
  return line;
}

/** Keeps a file's bytes, before anything else is done with it. */
export async function keepFile(entry: FileEntry): Promise<void> {
  if (!entry.blob) return;
  try {
    await saveFile(code(), entry.id, entry.blob);
    entry.isUnkept = false;
  } catch {
    entry.isUnkept = true;
    app.storage = app.storage === "none" ? "none" : "short";
    tell();
  }
}

export function forgetFile(entry: FileEntry): Promise<void> {
  return deleteFile(code(), entry.id).catch(() => undefined);
}

/** The draft of this form, if this device has one that is not too old. */
export async function storedDraft(): Promise<Draft | null> {
  await saveNow();
  try {
    await sweep();
    return latest((await loadDraft(code())) ?? null);
  } catch {
    app.storage = "none";
    return latest(null);
  }
}

/**
 * Takes the draft up again, with the files whose bytes are still there.
 *
 * @throws HosoError `draft.…`: it is damaged, and left as it is.
 */
export async function restore(draft: Draft): Promise<Session> {
  const form = app.schema.restore(draft.form);
  const files = await Promise.all(draft.files.map(restoreFile));
  const { done, sample } = draft;
  const fresh = sessionOf(form);
  const page = app.model.pages.some(({ id }) => id === draft.page) ? draft.page : fresh.page;
  return { ...fresh, files, done: [...done], page, sample, savedAt: new Date(draft.savedAt) };
}

/** Ends the draft on this device. */
export async function discard(): Promise<void> {
  wait();
  app.session = null;
  app.waiting = null;
  remember(OPEN, null);
  remember(LAST, null);
  await line;
  await deleteDraft(code()).catch(() => undefined);
}

/** Set while this tab has the form open: a reload then goes on, while a new tab is asked first. */
const OPEN = "hoso-open";
const LAST = "hoso-last";

export const markOpen = (): void => remember(OPEN, code());
export const wasOpen = (): boolean => recall(OPEN) === code();

/** Saves whenever the page may be about to end. */
export function saveWhenLeft(): void {
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && saveAtLast());
  addEventListener("pagehide", saveAtLast);
}

/** A page that is reloaded does not wait for a database. What this tab remembers is written at once. */
function saveAtLast(): void {
  if (!app.session || isUntouched(app.session)) return;
  remember(LAST, JSON.stringify(snapshot(app.session)));
  void saveNow();
}

/** The draft of this tab's last moment, where it is later than the stored one. */
function latest(draft: Draft | null): Draft | null {
  const text = recall(LAST);
  if (text === null) return draft;
  const last = draftOf(text);
  return last?.procedure === code() && (draft === null || last.savedAt > draft.savedAt) ? last : draft;
}

function remember(name: string, value: string | null): void {
  try {
    if (value === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, value);
  } catch {
    // Some browsers keep nothing at all.
  }
}

function recall(name: string): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

const isUntouched = ({ revision, savedAt, files }: Session): boolean => revision === 0 && savedAt === null && files.length === 0;

/** The draft as it would be stored now. */
export function snapshot(session: Session): Draft {
  const files = session.files.filter((file) => file.state !== "refused" && file.state !== "stopped").map(stored);
  return {
    procedure: code(),
    savedAt: new Date().toISOString(),
    form: session.form.draft(),
    done: [...session.done],
    page: session.page,
    sample: session.sample,
    files,
  };
}

function stored({ id, field, name, renamedFrom, size, attachment }: FileEntry): StoredFile {
  if (!attachment) return { id, field, name, renamedFrom, size, attachment: null };
  const { file: _, ...facts } = attachment;
  return { id, field, name, renamedFrom, size, attachment: facts };
}

async function restoreFile(file: StoredFile): Promise<FileEntry> {
  const blob = await loadFile(code(), file.id).catch(() => undefined);
  // Browsers may drop a Blob and keep its name: a file without its bytes is no file.
  const isWhole = blob !== undefined && blob.size === file.size && (await canBeRead(blob));
  const attachment = isWhole && file.attachment ? { ...file.attachment, file: blob } : null;
  const state = !isWhole ? "lost" : attachment ? "ready" : "waiting";
  return { ...file, blob: isWhole ? blob : null, state, done: attachment ? file.size : 0, reason: null, attachment };
}

async function canBeRead(blob: Blob): Promise<boolean> {
  try {
    await blob.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
