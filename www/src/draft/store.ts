// Drafts and signed dossiers in IndexedDB. Files are kept as Blobs of their own, so that saving a changed letter does not
// write megabytes again.

import type { Attachment } from "hoso";
import type { Kept } from "../state.js";
import { Database } from "./database.js";

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

const database = new Database<Store>("hoso-portal", 2, (made, oldVersion) => {
  // Drafts of the first version hold no live form, and were never of anything but the demo.
  if (oldVersion === 1) for (const store of ["drafts", "files"]) made.deleteObjectStore(store);
  for (const store of STORES) if (!made.objectStoreNames.contains(store)) made.createObjectStore(store);
});

export const saveDraft = (draft: Draft): Promise<void> => database.write("drafts", draft.procedure, draft);
export const loadDraft = (procedure: string): Promise<Draft | undefined> => database.read<Draft>("drafts", procedure);

export const saveFile = (procedure: string, id: string, blob: Blob): Promise<void> => database.write("files", `${procedure} ${id}`, blob);
export const loadFile = (procedure: string, id: string): Promise<Blob | undefined> => database.read<Blob>("files", `${procedure} ${id}`);
export const deleteFile = (procedure: string, id: string): Promise<void> => database.write("files", `${procedure} ${id}`, undefined);

/** Takes away a draft with all its files. */
export async function deleteDraft(procedure: string): Promise<void> {
  await database.change(["drafts", "files"], (transaction) => {
    transaction.objectStore("drafts").delete(procedure);
    transaction.objectStore("files").delete(IDBKeyRange.bound(`${procedure} `, `${procedure} \uffff`));
  });
}

/** Takes away every draft past its days, also of procedures that are no longer served. */
export async function sweep(): Promise<void> {
  for (const draft of await database.all<Draft>("drafts")) if (isOld(draft.savedAt)) await deleteDraft(draft.procedure);
}

export const saveSigned = (kept: Kept): Promise<void> => database.write("signed", "last", kept);
export const loadSigned = (): Promise<Kept | undefined> => database.read<Kept>("signed", "last");
export const deleteSigned = (): Promise<void> => database.write("signed", "last", undefined);

/** Whether something kept since this moment is past its days. */
export const isOld = (since: string, now = Date.now()): boolean => now - Date.parse(since) > DAYS * 86_400_000;
