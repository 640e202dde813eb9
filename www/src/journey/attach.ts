// Files on their way into the dossier: kept first, then judged by content, then measured while they stream by.

import { HosoError, type Attachment, type Json } from "hoso";
import { forgetFile, keepFile, restore, saveNow, saveSoon } from "../draft/autosave.js";
import type { Draft } from "../draft/store.js";
import { isRelevant } from "../schema/place.js";
import { child, set, within, type Data } from "../schema/pointer.js";
import { app, type FileEntry, type FileState } from "../state.js";
import { t } from "../words/index.js";
import { cleanName, freeName } from "./file-name.js";
import { enter, enterAll } from "./papers.js";
import { follow, settled, touch } from "./session.js";
import { signing, type Signing } from "./signing.js";

const running = new Map<string, AbortController>();
const listeners = new Set<(entry: FileEntry) => void>();

/** Calls this whenever a file gets on. */
export function onFile(call: (entry: FileEntry) => void): () => void {
  listeners.add(call);
  return () => void listeners.delete(call);
}

/** Whether a file is on its way: it will get on by itself. */
export const isBusy = ({ state }: FileEntry): boolean => state === "waiting" || state === "reading";

export const filesOf = (field: string): FileEntry[] => app.session?.files.filter((file) => file.field === field) ?? [];

/** The files of the form as it stands. */
export function relevantFiles(): FileEntry[] {
  const { session } = app;
  return session?.files.filter((file) => isRelevant(session.form, file.field)) ?? [];
}

/** Resolves once no file of the form is being read any more. */
export function atRest(): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (relevantFiles().some(isBusy)) return;
      stop();
      resolve();
    };
    const stop = onFile(look);
    look();
  });
}

/** Takes files for a field. */
export function addFiles(field: string, files: readonly File[]): void {
  const entries = files.map((file) => newEntry(field, file));
  for (const entry of entries) void take(entry);
  saveSoon();
}

/** Takes another file in the place of one. */
export function replaceFile(entry: FileEntry, file: File): void {
  const { session } = app;
  if (!session) return;
  const at = session.files.indexOf(entry);
  removeFile(entry);
  const next = newEntry(entry.field, file);
  session.files = session.files.filter((each) => each !== next);
  session.files.splice(Math.max(0, at), 0, next);
  void take(next);
}

export function removeFile(entry: FileEntry): void {
  running.get(entry.id)?.abort();
  if (!app.session) return;
  app.session.files = app.session.files.filter((file) => file !== entry);
  if (entry.state === "ready") app.session.aside.push(entry);
  enter(entry.field);
  touch(app.session);
  void saveNow().then(() => forgetFile(entry));
}

export function stopReading(entry: FileEntry): void {
  running.get(entry.id)?.abort();
}

/** Reads a file whose reading was stopped, or cut off by a reload or by a bad connection. */
export function readAgain(entry: FileEntry): Promise<void> {
  entry.state = "waiting";
  entry.done = 0;
  return take(entry);
}

/** Goes on with a draft, and reads what was cut off in it. */
export async function takeUp(draft: Draft): Promise<void> {
  const session = await restore(draft);
  follow(session);
  // A file that lost its bytes is no part of the form any more, and undoing must not bring it back.
  enterAll();
  if (session.revision > 0) follow({ ...session, form: settled(session.form), revision: 0, canUndo: false });
  for (const file of app.session?.files ?? []) if (file.state === "waiting") void readAgain(file);
}

/** Reads what waits for a connection, as soon as there is one. */
export function readWhenOnline(): void {
  addEventListener("online", () => {
    for (const file of app.session?.files ?? []) if (file.state === "unread") void readAgain(file);
  });
}

function newEntry(field: string, file: File): FileEntry {
  const name = freeName(cleanName(file.name), app.session?.files.map((each) => each.name) ?? []);
  const entry: FileEntry = {
    id: crypto.randomUUID(),
    field,
    name,
    renamedFrom: name === file.name.normalize("NFC") ? null : file.name,
    size: file.size,
    blob: file,
    state: "waiting",
    done: 0,
    reason: null,
    attachment: null,
  };
  app.session?.files.push(entry);
  return entry;
}

async function take(entry: FileEntry): Promise<void> {
  const { session } = app;
  if (!session || !entry.blob) return;
  tell(entry);
  const { maxFiles, mediaTypes } = app.model.files(entry.field);
  if (filesOf(entry.field).indexOf(entry) >= maxFiles) return refuse(entry, t("file.too-many", { most: maxFiles }));
  // What size alone decides is told before a gigabyte is read.
  const early = judge(entry, mediaTypes[0] ?? "application/pdf", "0".repeat(64));
  if (early) return refuse(entry, early);
  const controller = new AbortController();
  running.set(entry.id, controller);
  try {
    await Promise.race([read(entry, controller.signal), whenAborted(controller.signal)]);
  } catch (error) {
    if (!session.files.includes(entry)) return;
    if (controller.signal.aborted) settle(entry, "stopped");
    else refuse(entry, error instanceof HosoError ? error.message : t("file.unreadable"));
  } finally {
    running.delete(entry.id);
  }
}

async function read(entry: FileEntry, signal: AbortSignal): Promise<void> {
  // Kept before it is read: the phone may end this page at any moment, and with it the camera's picture.
  const [, module] = await Promise.all([keepFile(entry).then(saveNow), signing().catch(() => null)]);
  if (signal.aborted || !app.session?.files.includes(entry)) return;
  if (!module) return settle(entry, "unread");
  entry.state = "reading";
  const found = await measure(entry, module, signal);
  if (signal.aborted) return;
  const reason = judge(entry, found.mediaType, found.sha256);
  if (reason) return refuse(entry, reason);
  entry.attachment = found;
  settle(entry, "ready");
}

function measure(entry: FileEntry, module: Signing, signal: AbortSignal): Promise<Attachment> {
  const onProgress = (done: number): void => {
    if (signal.aborted) return;
    entry.done = done;
    tell(entry);
  };
  return module.measure(entry.blob as Blob, { field: entry.field, name: entry.name, signal, onProgress, lang: app.language });
}

/** Rejects once the signal is given: what is waited for may take its time to notice. */
function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as unknown), { once: true }));
}

function settle(entry: FileEntry, state: FileState): void {
  entry.state = state;
  // The draft names no such file, so nothing would ever take its bytes away. They come back with the next try.
  if (state === "stopped" || state === "refused") void forgetFile(entry);
  enter(entry.field);
  if (app.session) touch(app.session);
  tell(entry);
}

/** What hoso says of a file in its field; `null` when nothing is wrong. */
function judge(entry: FileEntry, mediaType: string, sha256: string): string | null {
  if (!app.session) return null;
  const data = app.session.form.value as Data;
  // It stands where the person sees it: a sentence may count the files.
  const at = Math.max(0, filesOf(entry.field).indexOf(entry));
  const facts = { name: entry.name, mediaType, size: entry.size, sha256, part: "att/01-x" };
  set(data, entry.field, Array.from({ length: at + 1 }, () => facts) as Json);
  const issues = app.schema.validate(data).issues.filter((issue) => issue.level === "error" && within(issue.path, child(entry.field, at)));
  return issues[0]?.message ?? null;
}

function refuse(entry: FileEntry, message: string): void {
  entry.reason = { message, language: app.language };
  settle(entry, "refused");
}

function tell(entry: FileEntry): void {
  for (const listener of [...listeners]) listener(entry);
}
