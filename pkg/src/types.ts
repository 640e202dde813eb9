// The public types, written by hand and held against the module's real answers by the tests.

/** The languages of every sentence. */
export type Language = "vi" | "en";

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** The facts of a sentence, by name. */
export type Params = { readonly [name: string]: string | number };

/** `error` blocks; `warning` is for the citizen to look at; `review` is for an official. */
export type Level = "error" | "warning" | "review";

/** One mistake, at the place where a person can mend it. */
export interface Issue {
  /** RFC 6901 pointer into the data, for example `/owner/personalId`. */
  readonly path: string;
  /** Stable; docs/issues.md lists them all. */
  readonly code: string;
  /** The keyword of the schema that found it. */
  readonly keyword: string;
  /** RFC 6901 pointer to that keyword in the schema. */
  readonly schemaPath: string;
  /** The `id` of the rule of `x-rules` that found it. */
  readonly rule: string | null;
  readonly level: Level;
  /** The facts of the sentence. `normalized` is the value as its format has it, to be offered; `suggestion` is what was probably meant. */
  readonly params: Params;
  /** What to do, in the language asked for. */
  readonly message: string;
  /** What the rule rests on, where it says so. */
  readonly legalBasis: string | null;
}

/** The answer of a validation. */
export interface Report {
  /** No issue of level `error`. */
  readonly valid: boolean;
  /** The moment it was made for, RFC 3339. */
  readonly now: string;
  /** The schema's identity, `sha-256:` and 64 hexadecimal digits. */
  readonly schema: string;
  /** In the order of the form, 1,000 at most. */
  readonly issues: readonly Issue[];
  /** There were more issues than are written. */
  readonly truncated?: true;
}

/** Where the bytes of a WebAssembly module come from. An address is fetched: in Node, which fetches no files, give the bytes. */
export type WasmSource = string | URL | Request | Response | Promise<Response> | ArrayBuffer | ArrayBufferView | WasmModule;

/** `WebAssembly.Module`, where the types of the environment have it: those of Node may not. */
export type WasmModule = typeof globalThis extends { WebAssembly: { Module: { prototype: infer T } } } ? T & object : never;

export interface CompileOptions {
  /** The language of sentences; Vietnamese where nothing is said. */
  lang?: Language;
  /** Treat the schema as a rule schema even without `x-procedure`: nothing unknown compiles. */
  strict?: boolean;
  /** `"assert"` checks `format` in a plain schema too, where it is an annotation otherwise. In a rule schema it is always checked. */
  formats?: "annotate" | "assert";
  /** The draft of a schema whose `$schema` does not name one: `"2020-12"` where nothing is said. */
  dialect?: "2020-12" | "2019-09" | "7";
  /** Other documents that references of a plain schema lead to, by their addresses: texts, or what `JSON.parse` gives. Nothing is ever fetched. */
  refs?: Readonly<Record<string, string | object | boolean>>;
  /** The code lists that `x-options` of a rule schema names, by these names: texts, or what `JSON.parse` gives. Those of `hoso/data/` are such. */
  codeLists?: CodeLists;
}

/** Code lists by the names under which `x-options` asks for them. */
export type CodeLists = Readonly<Record<string, string | CodeList>>;

/** A code list. Its JSON Schema is forms/meta/code-list.schema.json. */
export interface CodeList {
  readonly $schema?: string;
  readonly title: Texts;
  /** Where the codes come from, and the day of that source, `2026-11-24`. */
  readonly source: string;
  readonly date: string;
  /** The name of the list that `parent` takes its codes from; this one where nothing is said. */
  readonly parents?: string;
  readonly codes: readonly CodeEntry[];
}

/** One code. */
export interface CodeEntry {
  readonly code: string;
  readonly label: Texts;
  /** The code above it, for example the province of a commune. */
  readonly parent?: string;
  /** In a calendar, whose codes are days: whether the day is off, as where nothing is said, or worked. */
  readonly kind?: "holiday" | "workday";
  /** The first and the last day on which it is in force. */
  readonly from?: string;
  readonly to?: string;
}

/** A text in Vietnamese and, where there is one, in English. */
export interface Texts {
  readonly vi: string;
  readonly en?: string;
}

export interface ValidateOptions {
  /** The moment to validate for: RFC 3339 or a Date. The clock's where nothing is said. */
  now?: string | Date;
  /** Instead of the language the schema was compiled with. */
  lang?: Language;
}

export interface CheckOptions extends ValidateOptions {
  /** The id of one page of `x-pages`: only its fields are asked about. */
  page?: string;
  /** The pointer of a place, for example a row: only it, what it holds, and what is said of what holds it, is asked about. Instead of `page`. */
  part?: string;
}

/** The procedure of a rule schema. */
export interface Procedure {
  /** The code of the National Public Service Portal, for example `1.001612`. */
  readonly code: string;
  readonly version: string;
  readonly title: { readonly vi: string; readonly en: string };
  readonly evidence: "session" | "citizen-signature" | "organisation-signature";
}

/** A compiled schema. Synchronous; usable for as long as the page lives. */
export interface Schema {
  /** `sha-256:` and the digest of the schema's RFC 8785 form. */
  readonly id: string;
  /** The RFC 8785 form; empty for a plain schema that has none. */
  readonly canonical: string;
  readonly procedure: Procedure | null;
  readonly lang: Language;
  /** Every mistake of a value. */
  validate(value: unknown, options?: ValidateOptions): Report;
  /** Every mistake of a JSON text: the fastest way in. */
  validateJson(text: string | Uint8Array, options?: ValidateOptions): Report;
  /** Only whether a value is valid. */
  isValid(value: unknown): boolean;
  /** Only whether a JSON text is valid. */
  isValidJson(text: string | Uint8Array): boolean;
  /** A form with data, an empty object where there is none. */
  open(value?: unknown, options?: OpenOptions): Form;
  /**
   * Takes up a draft that `form.draft()` gave. One of another schema keeps what fits; `form.dropped` lists the rest.
   *
   * @throws HosoError `draft.damaged`, `draft.too-new`: nothing of it is used.
   */
  restore(draft: string, options?: OpenOptions): Form;
  /** The same schema answering in another language. */
  in(lang: Language): Schema;
  /** Frees the compiled schema at once rather than with the page. A later use compiles it again. */
  dispose(): void;
  /** Standard Schema V1, for React Hook Form, TanStack Form, Angular and others. */
  readonly "~standard": StandardSchema;
}

/** https://standardschema.dev, version 1. */
export interface StandardSchema {
  readonly version: 1;
  readonly vendor: "hoso";
  validate(value: unknown):
    | { readonly value: unknown; readonly issues?: undefined }
    | { readonly issues: readonly { readonly message: string; readonly path: readonly (string | number)[] }[] };
}

export interface OpenOptions {
  /** The moment that rules take for now: RFC 3339 or a Date. The clock's where nothing is said. `check` and `report` go on to theirs. */
  now?: string | Date;
  /** Instead of the language the schema was compiled with. */
  lang?: Language;
}

/**
 * A form while it is filled in. Each edit answers with only what changed besides what it wrote; one that changes nothing
 * else always answers with the same object. Places are named by RFC 6901 pointers.
 *
 * What is computed is computed when the form is opened, whatever the data holds there, and groups that must be there are
 * there, so that each of their fields says for itself that it is missing.
 */
export interface Form {
  readonly schema: Schema;
  /** The language of its sentences. Write it to go on in another one: those who listen at a place are called. */
  lang: Language;
  /** The data as JSON text, as it counts: without what is not relevant, with what is computed. */
  readonly json: string;
  /** The data, a fresh copy each time. */
  readonly value: Json;
  /** The data as it was typed, as JSON text: also what is not relevant now, and without what is computed. */
  readonly typed: string;
  /** What its draft held that its schema has no place for. */
  readonly dropped: readonly Dropped[];
  /** A place: the fast way to edit it and to read its state. It stays the same place when rows come, go or move. */
  field(pointer: string): Field;
  /**
   * Writes a field. Text is kept in NFC and without spaces around it; `""` and `undefined` empty the field.
   *
   * @throws HosoError `edit.…`, `limits.…`: the form is as it was.
   */
  set(pointer: string, value: unknown): Change;
  /** Writes what was typed into a control, such as a member of FormData: a field of numbers takes `1.500.000`, one of yes and no takes `on`. */
  input(pointer: string, text: string): Change;
  /** Puts a row into a list, before that of an index; an empty object where nothing is given. */
  insert(pointer: string, at: number, row?: unknown): Field;
  /** Takes a row out of its list. */
  remove(pointer: string): Change;
  /** Moves a row to another index of its list. */
  move(pointer: string, to: number): Change;
  /**
   * Enters a file that `measure` of `hoso/sign` has looked through, or is looking through, at the end of a field's list. Until it
   * is entered no check of the field's page or of the whole form passes, as long as the field is relevant. A file that the field lists already, as after a draft, is not listed again.
   *
   * @throws HosoError why it could not be read, `edit.…`: the form is as it was.
   */
  attach(pointer: string, file: Attachment | PromiseLike<Attachment>): Promise<Attachment>;
  /** The files that the data lists as it counts, each at the field where it stands now: what `seal` takes. */
  readonly attachments: readonly Attachment[];
  /**
   * Writes what a database answered into a place with `x-lookup`; null and undefined take it away. It is a claim: the portal must ask again.
   *
   * @throws HosoError `edit.not-a-lookup`: there is no `x-lookup` at the place.
   */
  lookupResult(pointer: string, result: LookupResult | null | undefined): Change;
  /** Takes the last step back: false where there is none. Writing one field again and again is one step. */
  undo(): boolean;
  /** Does again what was taken back last: false where there is nothing. */
  redo(): boolean;
  /** Several edits as one step. What they change besides is worked out and told at the end, or when a report is asked for. */
  batch(edits: () => void): Change;
  /** The report on the data as it counts. */
  report(options?: ValidateOptions): Report;
  /** Checks the whole form, or one page of it. Only a whole form that is valid can be sealed. */
  check(options?: CheckOptions): Checked;
  /** The form as it is, also what is not relevant now, to be put aside and taken up by `schema.restore`. */
  draft(): string;
  /** Calls back after every edit; what it gives ends that. */
  subscribe(listener: (change: Change) => void): () => void;
  /** Calls back after edits that concern one place. */
  subscribe(pointer: string, listener: (change: Change) => void): () => void;
  /** The same object until the next edit: for `useSyncExternalStore`. */
  getSnapshot(): FormSnapshot;
  /** Frees the form at once rather than with the page. A later use brings it back as it was. */
  dispose(): void;
}

/** What a database answered. */
export interface LookupResult {
  readonly status: "match" | "mismatch" | "unavailable";
  /** Who was asked, as people call it. */
  readonly source?: string;
  /** When, RFC 3339. */
  readonly at?: string;
  /** What was asked about: a rule compares it with what stands in the form now. */
  readonly asked?: Readonly<Record<string, unknown>>;
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** A form between two edits. */
export interface FormSnapshot {
  /** Counts edits. */
  readonly edits: number;
  /** The data as JSON text, as it counts. */
  readonly json: string;
}

/** What an edit changed besides what it wrote. To copy it, or to send it elsewhere, take `changed`. */
export interface Change {
  /** Read when it is first asked for, and then kept: look at it before the next edit. What is gone by then is not among it. */
  readonly changed: readonly FieldChange[];
}

/** What changed at a place: only what did is a member. */
export interface FieldChange {
  /** The place, as `Field.id`. */
  readonly id: number;
  readonly path: string;
  /** All issues that stand there now. */
  readonly issues?: readonly Issue[];
  readonly relevant?: boolean;
  readonly required?: boolean;
  readonly readonly?: boolean;
  /** The value that was computed, or that stands in place of another; null where there is none. */
  readonly value?: Json;
  /** Other codes are offered. */
  readonly options?: true;
  /** A list or group was replaced as a whole: nothing is said of what is inside. */
  readonly inside?: true;
}

/** How a place is. */
export interface FieldState {
  readonly path: string;
  /** Absent where there is none; of a place that is not relevant what stood there last. */
  readonly value?: Json;
  readonly relevant: boolean;
  readonly required: boolean;
  /** It must not be edited, because a rule says so or because it is computed. */
  readonly readonly: boolean;
  readonly computed: boolean;
  /** A person has been there: its issues may be shown. */
  readonly touched: boolean;
  readonly issues: readonly Issue[];
}

/** A place of a form: a field, there or not, a list, a row. */
export interface Field {
  /** Names the place as long as the form lives: a key for rows. */
  readonly id: number;
  readonly path: string;
  readonly value: Json | undefined;
  readonly relevant: boolean;
  readonly required: boolean;
  readonly readonly: boolean;
  readonly computed: boolean;
  readonly touched: boolean;
  readonly issues: readonly Issue[];
  /** The codes that its code list offers now; none where it takes none. */
  readonly options: readonly CodeOption[];
  set(value: unknown): Change;
  input(text: string): Change;
  clear(): Change;
  /** Of a place with `x-lookup`: writes what a database answered; null and undefined take it away. */
  lookupResult(result: LookupResult | null | undefined): Change;
  /** Notes that a person has been here. */
  touch(): void;
  /** Of a list: puts a row before that of an index. */
  insert(at: number, row?: unknown): Field;
  /** Of a row: takes it out. */
  remove(): Change;
  /** Of a row: moves it to another index. */
  move(to: number): Change;
  /** Calls back after edits that concern this place; what it gives ends that. */
  subscribe(listener: (change: Change) => void): () => void;
  /** The same object until something about the place changes: for `useSyncExternalStore`. */
  getSnapshot(): FieldState;
}

/** A code that a field offers. */
export interface CodeOption {
  readonly code: string;
  readonly label: string;
}

/** What a draft held that its form has no place for. */
export interface Dropped {
  readonly path: string;
  readonly value: Json;
}

/** The outcome of a check. */
export type Checked =
  | { readonly type: "valid"; readonly form: CheckedForm; readonly report: Report }
  | { readonly type: "valid-page"; readonly report: Report }
  | { readonly type: "valid-part"; readonly report: Report }
  | { readonly type: "invalid"; readonly issues: readonly Issue[]; readonly report: Report };

/** Valid data, frozen with all that the check depended on. Plain data: it may be posted to a worker or stored. */
export interface CheckedForm {
  /** The schema in RFC 8785 form. */
  readonly schema: string;
  /** The data as JSON text. */
  readonly json: string;
  /** The moment of the check, RFC 3339. */
  readonly now: string;
  readonly lang: Language;
  /** The code lists that the schema was compiled with, as JSON text; absent where there were none. */
  readonly codeLists?: string;
}

// hoso/tools -----------------------------------------------------------------------------------------------

/** What a schema that compiles probably does not mean. */
export interface Findings {
  /** The schema's identity, `sha-256:` and 64 hexadecimal digits. */
  readonly schema: string;
  /** In the order of the schema's text. */
  readonly findings: readonly Finding[];
}

export interface Finding {
  /** RFC 6901 pointer into the schema. */
  readonly path: string;
  /** Never changes its meaning. */
  readonly code: string;
  readonly params: Params;
  /** Why it is odd, and what to do. */
  readonly message: string;
}

/** The output format "Flag" of JSON Schema. */
export interface Flag {
  readonly valid: boolean;
}

/** The output format "List" of JSON Schema: of what failed alone. */
export interface List {
  readonly valid: boolean;
  /** In the order of the form, 1,000 at most. */
  readonly details: readonly Unit[];
}

/** A subschema that a value fails. */
export interface Unit {
  readonly valid: false;
  /** RFC 6901 pointer to the subschema in its document. References on the way to it are not written into it. */
  readonly evaluationPath: string;
  /** The address of the schema resource, which may be empty, and behind `#` the subschema in it. */
  readonly schemaLocation: string;
  /** RFC 6901 pointer into the data. */
  readonly instanceLocation: string;
  /** The keywords that failed, each with its sentence. */
  readonly errors: Readonly<Record<string, string>>;
}

// hoso/sign ------------------------------------------------------------------------------------------------

/**
 * Where a worker comes from: an address, one that a Trusted Types policy of the page let pass, or a
 * function that makes the worker, anew whenever one is started. Under `require-trusted-types-for 'script'` a plain address starts none.
 */
export type WorkerSource = string | URL | (TrustedScriptURL & object) | (() => BrowserWorker);

/** `Worker`, where the types of the environment have it. */
export type BrowserWorker = typeof globalThis extends { Worker: { prototype: infer T } } ? T : never;

/** The browser's type of that name, where it has one. */
export interface TrustedScriptURL {
  toString(): string;
  /** Every object has `toString`, a worker too: but that is given by a function. */
  postMessage?: never;
}

export interface WorkOptions {
  /** Ends the work early; the promise is rejected with the signal's reason. */
  signal?: AbortSignal;
  /** Called with the bytes done and all bytes, at least at the start and at the end. */
  onProgress?: (done: number, total: number) => void;
  lang?: Language;
}

export interface MeasureOptions extends WorkOptions {
  /** RFC 6901 pointer to the field of the form, for example `/attachments/others`. */
  field: string;
  /** Instead of the file's own name; needed for a Blob, which has none. */
  name?: string;
}

/** A file to attach, as its content is. */
export interface Attachment {
  readonly field: string;
  /** The original name in Unicode's composed form. */
  readonly name: string;
  /** By content, whatever the name says. */
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  readonly crc32: number;
  readonly file: Blob;
}

export interface SealOptions extends WorkOptions {
  /** The portal that the dossier is for, an absolute URI. */
  audience: string;
  /** What keeps the dossier from being filed twice: its id, and a value the portal gave for this filing only (22 to 86 base64url characters). */
  dossier: { id: string; nonce: string };
  /** The files the form lists, in any order. */
  attachments?: readonly Attachment[];
  /** The moment of sealing; the clock's where nothing is said. */
  createdAt?: string | Date;
  /** `sha-256:` and the digest of the `submission.json` that this one supplements; `inspect` tells that of an earlier package, in `parts`. */
  supersedes?: string;
}

/** A part of a package. */
export interface Part {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
}

/** `RS256` is for keys that can do nothing else: it is never used where nothing is said. */
export type Algorithm = "ES256" | "ES384" | "PS256" | "PS384" | "RS256";

/** What a certificate says of its holder. */
export interface CertificateInfo {
  /** The common name. */
  readonly name: string;
  /** The distinguished names, RFC 4514. */
  readonly subject: string;
  readonly issuer: string;
  /** Hexadecimal. */
  readonly serial: string;
  /** The 12-digit personal identity number it carries. */
  readonly personalId: string | null;
  /** The tax code it carries. */
  readonly taxCode: string | null;
  /** RFC 3339. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** The certificate's digest, hexadecimal. */
  readonly sha256: string;
}

/** How a dossier is signed: `jades` is what portals take; `cades` a detached CMS; `asice` a container that office programs open. */
export type Format = "jades" | "asice" | "cades";

/** `CryptoKey`, where the types of the environment have it. */
export type WebCryptoKey = typeof globalThis extends { CryptoKey: { prototype: infer T } } ? T : never;

/** A pair of WebCrypto. */
export interface WebCryptoKeyPair {
  readonly privateKey: WebCryptoKey;
  readonly publicKey: WebCryptoKey;
}

/** A key that WebCrypto made. Its private half cannot be taken out; both halves can stand in IndexedDB. */
export interface GeneratedKey {
  readonly key: WebCryptoKeyPair;
  /** SubjectPublicKeyInfo, DER: what a certificate request is made from. */
  readonly publicKey: Uint8Array;
}

/** The key of a file, which WebCrypto keeps now. All of it can stand in IndexedDB. */
export interface ImportedKey {
  /** It cannot be taken out, and signs with one algorithm. */
  readonly key: WebCryptoKey;
  readonly certificate: CertificateInfo;
  /** The signer's certificate first, then those above it without the root; DER. */
  readonly chain: readonly Uint8Array[];
}

/** A key that is elsewhere: on a token behind an agent, or at a signing service. */
export interface OutsideSigner {
  /** The signer's certificate first, then those above it in any order; PEM or DER. */
  chain: readonly (string | Uint8Array)[];
  /** What it signs with, the usual one first. */
  algorithms: readonly Algorithm[];
  /** What it wants: the message, its digest (SHA-256, or SHA-384 for `ES384` and `PS384`), or the digest as DigestInfo (RFC 8017 9.2), for `RS256`. */
  signs: "message" | "digest" | "digestInfo";
  /** Signs; for ECDSA `r` and `s`, or DER. The signal says that nobody waits any more. */
  sign(bytes: Uint8Array, options: { readonly algorithm: Algorithm; readonly signal: AbortSignal }): Promise<Uint8Array | ArrayBuffer>;
  /** Milliseconds to wait for the signature; 120,000 where nothing is said, since a person may have to confirm it. */
  timeout?: number;
  /** Ends every wait for this signer, as when a person puts the token away. That of `sign` ends one. */
  signal?: AbortSignal;
  lang?: Language;
}

/** A private key with its certificate, wherever it is. Implement it for keys of your own. */
export interface Key {
  readonly certificate: CertificateInfo;
  /** The signer's certificate first, then those above it without the root; DER. */
  readonly chain: readonly Uint8Array[];
  /** The first is used where nothing is said. */
  readonly algorithms: readonly Algorithm[];
  /** Signs a message; JOSE form (for ES256 `r` and `s`), or DER. */
  sign(message: Uint8Array, algorithm: Algorithm, options?: { readonly signal?: AbortSignal }): Promise<Uint8Array>;
  /** Forgets the key. One of a file is forgotten after a signature anyway. */
  dispose(): void;
}

/** Where a timestamp comes from (RFC 3161). */
export interface StampOptions {
  /**
   * Sends a question to a timestamp authority (`application/timestamp-query`) and gives its answer; the signature carries the timestamp then (B-T).
   * When it cannot, the error's `signed` is the dossier without one.
   */
  timestamp?: (question: Uint8Array, options: { readonly signal: AbortSignal }) => Promise<Uint8Array | ArrayBuffer>;
  /** Milliseconds to wait for the authority; 30,000 where nothing is said. */
  timestampTimeout?: number;
  /** Ends the wait. */
  signal?: AbortSignal;
  lang?: Language;
}

export interface SignOptions extends StampOptions {
  format: Format;
  algorithm?: Algorithm;
  /** The signer's claim of the time; the clock's where nothing is said. */
  at?: string | Date;
}

export interface ToBeSignedOptions {
  /** The signer's certificate first, then those above it in any order; PEM or DER. */
  chain: readonly (string | Uint8Array)[];
  algorithm: Algorithm;
  format: Format;
  /** The signer's claim of the time; the clock's where nothing is said. */
  at?: string | Date;
  lang?: Language;
}

/** Bytes of a package, which are read now and stand in what comes of them. */
export type PackageFile = Blob | Uint8Array | ArrayBuffer | Signed;

export interface CosignOptions extends WorkOptions {
  algorithm?: Algorithm;
  /** The signer's claim of the time; the clock's where nothing is said. */
  at?: string | Date;
}

export interface CountersignOptions extends CosignOptions {
  /** Which signature, from 1 on; the first where nothing is said. */
  signature?: number;
}

/** What is known of certificates and their status, PEM or DER. */
export interface Evidence {
  /** Certificates that may stand between a signer or an authority and those that are trusted. */
  readonly certificates?: readonly (string | Uint8Array)[];
  /** Revocation lists. */
  readonly crls?: readonly (string | Uint8Array)[];
  /** Answers of status responders (OCSP). */
  readonly ocsps?: readonly (string | Uint8Array)[];
}

export interface ExtendOptions extends WorkOptions, Pick<StampOptions, "timestamp" | "timestampTimeout">, Evidence {
  /** `B-T`: one more timestamp. `B-LT`: a timestamp where there is none that holds, and all that a verifier needs later who only has the root. */
  level: "B-T" | "B-LT";
  /** Which signature, from 1 on; each of them where nothing is said. */
  signature?: number;
  /** For `B-LT`: the only certificates that are believed of themselves, PEM or DER; the root of the timestamp authority too. */
  trust?: readonly (string | Uint8Array)[];
  /** For `B-LT`, where the lists given do not do: is told why a signature cannot be made to last, and gives what is missing. Asked once for a signature. */
  evidence?: (verdict: SignatureVerdict, options: { readonly signal: AbortSignal }) => Promise<Evidence>;
  /** Milliseconds to wait for the evidence; 30,000 where nothing is said. */
  evidenceTimeout?: number;
  /** For `B-LT`: the moment at which the signatures must be valid; the clock's where nothing is said. */
  receivedAt?: string | Date;
}

/** What a key elsewhere must sign. */
export interface ToBeSigned {
  readonly algorithm: Algorithm;
  /** For a key that hashes what it signs. */
  readonly message: Uint8Array;
  /** For a key that signs a digest: SHA-256, or SHA-384 for `ES384` and `PS384`. */
  readonly digest: Uint8Array;
  /** The digest as DigestInfo, for a token that pads for `RS256` and adds nothing of its own. */
  readonly digestInfo: Uint8Array;
  /**
   * The signed dossier, once the signature is verified; for ECDSA `r` and `s`, or DER.
   *
   * @throws HosoError `signature.rejected` when it is no signature of the certificate's key over the message.
   */
  attach(signature: Uint8Array | ArrayBuffer, options?: StampOptions): Promise<Signed>;
}

/** A dossier whose every byte is fixed. */
export interface Sealed {
  readonly submission: Submission;
  /** What the signature will cover, in package order. */
  readonly parts: readonly Part[];
  /** The reading copy, HTML: what the citizen reads is what is signed. */
  readonly view: string;
  /** The text of `submission.json`, `form.json`, `schema.json` or `view.html`. */
  document(name: "submission.json" | "form.json" | "schema.json" | "view.html"): string;
  /** Signs once. A second call while one is under way is refused with `sign.pending`. */
  sign(key: Key, options: SignOptions): Promise<Signed>;
  /** What a key must sign that is elsewhere, and how its signature comes back. */
  toBeSigned(options: ToBeSignedOptions): Promise<ToBeSigned>;
}

/** A signed dossier. */
export interface Signed {
  readonly submission: Submission;
  readonly parts: readonly Part[];
  readonly format: Format;
  /** The text of `signature.jose.json`; of the other formats the base64 of the CMS. */
  readonly signature: string;
  /** The package; attachments are not copied into memory. */
  readonly package: Blob;
  /** A name to save it under: `<dossier id>.hoso.zip`, or `<dossier id>.asice`. */
  readonly fileName: string;
}

/** What a dossier says of itself. Its JSON Schema is forms/meta/submission.schema.json. */
export interface Submission {
  readonly formatVersion: 1;
  readonly procedure: { readonly code: string; readonly version: string };
  readonly audience: string;
  readonly dossier: { readonly id: string; readonly nonce: string };
  readonly createdAt: string;
  readonly language: Language;
  readonly schema: DocumentPart & { readonly id: string };
  readonly form: DocumentPart;
  readonly view: DocumentPart;
  readonly attachments: readonly AttachmentPart[];
  readonly inputs: readonly { readonly kind: string; readonly name: string; readonly sha256: string }[];
  readonly engine: { readonly name: "hoso"; readonly version: string; readonly unicode: string; readonly renderer: string };
  readonly supersedes?: string;
  readonly verdict: {
    readonly valid: true;
    readonly now: string;
    readonly issues: readonly { readonly path: string; readonly code: string; readonly level: Exclude<Level, "error"> }[];
  };
}

export interface DocumentPart extends Part {
  readonly mediaType: string;
}

export interface AttachmentPart extends DocumentPart {
  readonly fileName: string;
  readonly field: string;
}

/** A code, its facts and its sentence. */
export interface Reason {
  readonly code: string;
  readonly params: Params;
  readonly message: string;
}

/** What the verification of a package answers. Its JSON Schema is forms/meta/verdict.schema.json. */
export interface Verdict {
  /** The gate is clean, the data valid, and every signature `TOTAL-PASSED`. */
  readonly accepted: boolean;
  /** In one word. `undetermined` is not a yes. */
  readonly outcome: "accepted" | "refused" | "undetermined";
  /** What keeps the package from being accepted, whatever its signature. */
  readonly gate: readonly (Reason & { readonly part: string | null })[];
  /** The form validated again at the sealed moment; null when it could not be. */
  readonly validation: Report | null;
  /** What the form says that databases answered: the signer's claims. Ask again before anything rests on them. */
  readonly claims: readonly Claim[];
  readonly signatures: readonly SignatureVerdict[];
  /** What the dossier says of itself. Believe it only when accepted. */
  readonly submission: Submission | null;
  readonly receivedAt: string;
}

/** What a form says that a database answered. */
export interface Claim {
  readonly path: string;
  /** `match`, `mismatch` or `unavailable`, where the form is valid. */
  readonly status: string;
  readonly source: string | null;
}

/** One signature, in the words of EN 319 102-1. */
export interface SignatureVerdict {
  readonly indication: "TOTAL-PASSED" | "TOTAL-FAILED" | "INDETERMINATE";
  readonly subIndication: string | null;
  readonly format: "jades" | "cades" | "asice" | "asics" | "xades";
  /**
   * `B-T` and above only with a timestamp that holds. `null` where the signature did not get so far, or lacks what the baseline asks for.
   */
  readonly level: "B-B" | "B-T" | "B-LT" | null;
  /** The name that JOSE gives it, such as `ES256`, also where the format names it otherwise. */
  readonly algorithm: string | null;
  /** The certificate that the signature names. Believe it only with `TOTAL-PASSED`. */
  readonly signer: CertificateInfo | null;
  /** What the signer claims. */
  readonly signingTime: string | null;
  /** The earliest moment at which a timestamp proves that the signature was there. */
  readonly provenTime: string | null;
  readonly commitment: string | null;
  readonly timestamps: readonly TimestampVerdict[];
  readonly revocation: readonly RevocationStatus[];
  readonly reasons: readonly Reason[];
  /** Signatures over this one, such as the receipt of a portal. */
  readonly counterSignatures: readonly SignatureVerdict[];
}

/** A timestamp (RFC 3161) of a signature. */
export interface TimestampVerdict {
  /** What it says, RFC 3339. */
  readonly time: string | null;
  readonly authority: CertificateInfo | null;
  /** Whether it proves its time. */
  readonly valid: boolean;
  readonly reasons: readonly Reason[];
}

/** Whether a certificate of the path was revoked. */
export interface RevocationStatus {
  readonly subject: string;
  readonly status: "good" | "revoked" | "unknown";
  /** Why it is not good. */
  readonly code: string | null;
  /** When the list was made, and when the next is due; RFC 3339. */
  readonly thisUpdate: string | null;
  readonly nextUpdate: string | null;
}

export interface VerifyOptions extends WorkOptions {
  /** The only certificates that are believed of themselves: PEM or DER. */
  trust: readonly (string | Uint8Array)[];
  /** Revocation lists: PEM or DER. */
  crls?: readonly (string | Uint8Array)[];
  /** Answers of status responders (OCSP): PEM or DER. */
  ocsps?: readonly (string | Uint8Array)[];
  /**
   * What must be known of revocation; `require` where nothing is said: of every certificate of the path. `if-available`:
   * of the signer's; of an authority only when a list is there. `none`: nothing.
   */
  revocation?: "require" | "if-available" | "none";
  /** The identities of the schemas that the portal takes. Without a list every schema is taken: then the signer chose it. */
  schemas?: readonly string[];
  /** The portal's own name, when it asks that the dossier be for it. */
  audience?: string;
  /** The code lists that schemas use, by their names. A dossier that was checked with another list stays undetermined. */
  codeLists?: CodeLists;
  /** When the package was received; the clock's where nothing is said. */
  receivedAt?: string | Date;
  /** What is asked of signatures beyond the norm; nothing where nothing is said. */
  policy?: Policy;
}

/**
 * A policy: `default` asks nothing more, `vn-tt15` what Circular 15/2025/TT-BKHCN does, or one of your own. It only takes away: what does not pass without it does
 * not pass with it.
 */
export type Policy = "default" | "vn-tt15" | OwnPolicy;

export interface OwnPolicy {
  /** For the sentences. */
  readonly name: string;
  /** By their names in JOSE; what is not named is not taken. Every algorithm that hoso verifies where nothing is said. `warn` changes no conclusion. */
  readonly algorithms?: Readonly<Record<string, "allow" | "warn">>;
  /** The lowest level. */
  readonly level?: "B-B" | "B-T" | "B-LT";
}

/** Bytes of a package, whole or in pieces. A Blob and a stream are never held whole. */
export type PackageSource = Blob | Uint8Array | ArrayBuffer | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> | Signed;

/** Bytes, or a file that is read whole. */
export type FileContent = Blob | Uint8Array | ArrayBuffer;

export interface VerifyFileOptions extends Pick<VerifyOptions, "trust" | "crls" | "ocsps" | "revocation" | "receivedAt" | "policy" | "lang"> {
  /** What was signed, where it is not in the file: one content, or several by the names that a JAdES signature gives them. */
  content?: FileContent | Readonly<Record<string, FileContent>>;
  /** Certificates that may stand between a signer and those that are trusted: PEM or DER. */
  certificates?: readonly (string | Uint8Array)[];
}

/** What the verification of a signed file answers. */
export interface FileVerdict {
  /** Every signature is `TOTAL-PASSED`, nothing is uncovered, and nothing is wrong with a container. */
  readonly accepted: boolean;
  /** In one word. `undetermined` is not a yes. */
  readonly outcome: "accepted" | "refused" | "undetermined";
  readonly signatures: readonly SignatureVerdict[];
  /** Contents, or files of a container, that no signature covers. */
  readonly uncovered: readonly string[];
  /** What is wrong with a container, whatever its signatures. */
  readonly issues: readonly Reason[];
}

/** A package after verification: its contents only where it was accepted. */
export type Accepted =
  | { readonly type: "accepted"; readonly verdict: Verdict; readonly submission: Submission; readonly form: Json; readonly schema: Json; readonly view: string }
  | { readonly type: "refused"; readonly verdict: Verdict }
  | { readonly type: "undetermined"; readonly verdict: Verdict };

/** What a package holds. Nothing is judged. */
export interface Inspection {
  readonly submission: Submission;
  readonly parts: readonly { readonly name: string; readonly sha256: string }[];
  /** The signature file, as text; of a CMS the base64. */
  readonly signature: string;
}
