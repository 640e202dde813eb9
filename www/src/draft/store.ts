// Drafts and signed dossiers in IndexedDB. Files are kept as Blobs of their own, so that saving a changed letter does not
// write megabytes again.

import type { Attachment } from "hoso";
import type { Kept } from "../state.js";

/** A draft as it is stored; its files' bytes lie apart. Later rules of the same procedure find it: it is kept by the procedure's code. */
export interface Draft {
  readonly procedure: string;
  readonly savedAt: string;
  /** What `form.draft()` gave. */
  readonly form: string;
  readonly done: readonly string[];
  readonly page: string;
  readonly sample: boolean;
  readonly files: readonly StoredFile[];
}

export interface StoredFile {
  readonly id: string;
  readonly field: string;
  readonly name: string;
  readonly renamedFrom: string | null;
  readonly size: number;
  /** What was measured, without the bytes; nothing while it was being read. */
  readonly attachment: Omit<Attachment, "file"> | null;
}

/** Days a draft or a signed dossier is kept. */
export const DAYS = 7;

const STORES = ["drafts", "files", "signed"] as const;
type Store = (typeof STORES)[number];

let opening: Promise<IDBDatabase> | null = null;

export const saveDraft = (draft: Draft): Promise<void> => write("drafts", draft.procedure, draft);
export const loadDraft = (procedure: string): Promise<Draft | undefined> => read<Draft>("drafts", procedure);

export const saveFile = (procedure: string, id: string, blob: Blob): Promise<void> => write("files", `${procedure} ${id}`, blob);
export const loadFile = (procedure: string, id: string): Promise<Blob | undefined> => read<Blob>("files", `${procedure} ${id}`);
export const deleteFile = (procedure: string, id: string): Promise<void> => write("files", `${procedure} ${id}`, undefined);

/** Takes away a draft with all its files. */
export async function deleteDraft(procedure: string): Promise<void> {
  const database = await open();
  await done(database, ["drafts", "files"], "readwrite", (transaction) => {
    transaction.objectStore("drafts").delete(procedure);
    transaction.objectStore("files").delete(IDBKeyRange.bound(`${procedure} `, `${procedure} \uffff`));
  });
}

/** Takes away every draft past its days, also of procedures that are no longer served. */
export async function sweep(): Promise<void> {
  const database = await open();
  let request: IDBRequest<Draft[]> | undefined;
  await done(database, ["drafts"], "readonly", (transaction) => (request = transaction.objectStore("drafts").getAll()));
  for (const draft of request?.result ?? []) if (isOld(draft.savedAt)) await deleteDraft(draft.procedure);
}

export const saveSigned = (kept: Kept): Promise<void> => write("signed", "last", kept);
export const loadSigned = (): Promise<Kept | undefined> => read<Kept>("signed", "last");
export const deleteSigned = (): Promise<void> => write("signed", "last", undefined);

/** Whether something kept since this moment is past its days. */
export const isOld = (since: string, now = Date.now()): boolean => now - Date.parse(since) > DAYS * 86_400_000;

function open(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open("hoso-portal", 2);
    request.onupgradeneeded = ({ oldVersion }) => {
      // Drafts of the first version hold no live form, and were never of anything but the demo.
      if (oldVersion === 1) for (const store of ["drafts", "files"]) request.result.deleteObjectStore(store);
      for (const store of STORES) if (!request.result.objectStoreNames.contains(store)) request.result.createObjectStore(store);
    };
    request.onsuccess = () => {
      // Another tab with a later version must be able to go on.
      request.result.onversionchange = () => request.result.close();
      request.result.onclose = () => (opening = null);
      resolve(request.result);
    };
    request.onerror = () => reject(request.error ?? new Error("indexedDB"));
    request.onblocked = () => reject(new Error("blocked"));
  }).catch((error: unknown) => {
    opening = null;
    throw error;
  });
  return opening;
}

async function write(store: Store, key: string, value: unknown): Promise<void> {
  const database = await open();
  await done(database, [store], "readwrite", (transaction) => {
    if (value === undefined) transaction.objectStore(store).delete(key);
    else transaction.objectStore(store).put(value, key);
  });
}

async function read<T>(store: Store, key: string): Promise<T | undefined> {
  const database = await open();
  let request: IDBRequest | undefined;
  await done(database, [store], "readonly", (transaction) => (request = transaction.objectStore(store).get(key)));
  return request?.result as T | undefined;
}

function done(
  database: IDBDatabase,
  stores: Store[],
  mode: IDBTransactionMode,
  work: (transaction: IDBTransaction) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    // `strict`: a phone that dies a second later must still have it.
    const transaction = database.transaction(stores, mode, { durability: "strict" });
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
    work(transaction);
  });
}
