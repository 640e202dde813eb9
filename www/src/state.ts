// What the page knows: the form, the language, and the dossier under way. Views read it; only the journey changes it.

import type { Attachment, CodeLists, Dropped, Form, Key, Language, Report, Schema, Sealed } from "hoso";
import { Model } from "./schema/model.js";

/**
 * Waits for the module that reads files; is read; is part of the dossier; is not taken; has lost its bytes; was stopped by the
 * person; could not be read because the module did not come.
 */
export type FileState = "waiting" | "reading" | "ready" | "refused" | "lost" | "stopped" | "unread";

/** A file on its way into the dossier. */
export interface FileEntry {
  readonly id: string;
  /** The pointer of its field. */
  readonly field: string;
  /** The name in the dossier. */
  name: string;
  /** The name it came with, where the page had to give it another. */
  renamedFrom: string | null;
  readonly size: number;
  blob: Blob | null;
  state: FileState;
  /** Bytes read so far. */
  done: number;
  /** Why it was refused. */
  reason: Reason | null;
  attachment: Attachment | null;
  /** This device had no room for its bytes. */
  isUnkept?: boolean;
}

/** A sentence that can be said again in another language: from hoso by its code, or from the page. */
export interface Reason {
  readonly message: string;
  readonly language: Language;
}

/** The dossier while it is filled in. */
export interface Session {
  /** The live form: the data, and all that is known of it. */
  form: Form;
  files: FileEntry[];
  /** Files that were taken out, for as long as that can be undone. */
  aside: FileEntry[];
  /** What the draft held that the form has no place for, until Continue. */
  dropped: readonly Dropped[];
  /** There was an edit that can be taken back, or that was. */
  canUndo: boolean;
  canRedo: boolean;
  /** Steps back and forth are no new edits. */
  isStepping: boolean;
  /** The pages that were left by Continue. */
  done: string[];
  /** The page looked at last. */
  page: string;
  /** The visitor tries the demo with sample data. */
  sample: boolean;
  savedAt: Date | null;
  /** Grows with every change; what was sealed before is then no longer what is filled in. */
  revision: number;
}

/** A dossier that waits to be signed, and the revision it was made from. */
export interface Waiting {
  readonly sealed: Sealed;
  readonly report: Report;
  readonly revision: number;
  readonly language: Language;
}

/** A key that was opened, for as long as the signing page is. */
export interface Opened {
  readonly key: Key;
  /** The key file; nothing for a key that this device keeps. */
  readonly fileName: string | null;
}

/** A signed dossier, as it is kept on this device. */
export interface Kept {
  readonly dossier: string;
  readonly procedure: string;
  /** What the procedure is called, in both languages. Dossiers that were kept before have none. */
  readonly title?: { readonly [language in Language]: string };
  readonly fileName: string;
  /** Where it goes, in both languages. */
  readonly office: { readonly [language in Language]: string };
  readonly package: Blob;
  readonly view: string;
  readonly signedAt: string;
  readonly signer: { readonly name: string; readonly issuer: string };
  readonly parts: readonly { readonly name: string; readonly size: number; readonly sha256: string; readonly fileName: string | null }[];
  /** What the office answered, once it did. */
  sent: { readonly at: string; readonly reference: string } | null;
  /** What the office said when it refused. */
  refused: string | null;
  downloaded: boolean;
  /** A timestamp proves when it was there. Dossiers that were kept before do not say. */
  readonly isStamped?: boolean;
}

export interface App {
  language: Language;
  model: Model;
  /** The compiled form, speaking the page's language. */
  schema: Schema;
  /** The code lists it was compiled with. */
  readonly codeLists: CodeLists;
  session: Session | null;
  waiting: Waiting | null;
  opened: Opened | null;
  kept: Kept | null;
  /** Whether drafts can be kept on this device; `short`: without their files. */
  storage: "ready" | "short" | "none";
}

/** Set once, before the first view. */
export let app: App;

export function start(language: Language, model: Model, schema: Schema, codeLists: CodeLists): void {
  app = { language, model, schema, codeLists, session: null, waiting: null, opened: null, kept: null, storage: "ready" };
}
