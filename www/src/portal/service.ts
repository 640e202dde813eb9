// What the portal adds to one procedure's form: whose signature it wants, who takes the dossier in, the dress of a few fields, and
// its own sentences. The rest of the page knows no procedure.

import type { Language } from "hoso";
import type { Data } from "../schema/pointer.js";
import type { OwnWords } from "../words/own.js";

export interface Service {
  /** The code of the procedure, by which the address of the page names it. */
  readonly code: string;
  readonly schema: string;
  /** The start of every dossier's code. */
  readonly dossiers: string;
  /** The field whose choices are the communes that have an office. */
  readonly commune: string;
  /** The field that holds the number of whoever has to sign. */
  signer(data: Data): string;
  /** What fields are filled in for by browsers: WCAG 2.2, 1.3.5 asks it of the person's own data. */
  readonly autocomplete: { readonly [pointer: string]: string };
  /** Fixed words before a field. */
  readonly before: { readonly [pointer: string]: { readonly [language in Language]: string } };
  /** Units after a field. */
  readonly after: { readonly [pointer: string]: { readonly [language in Language]: string } };
  /** A field that holds another one in words. */
  readonly inWords: { readonly [pointer: string]: string };
  readonly words: OwnWords;
  readonly sample: Sample;
}

/** A dossier of somebody who does not exist, to try the page with. */
export interface Sample {
  readonly values: string;
  /** The papers of the sample, by the names they have in it. */
  readonly papers: { readonly [name: string]: string };
  /** Makes the sample the dossier of whoever holds the throw-away key. */
  adopt(values: Data): void;
  /** Puts two mistakes in. */
  spoil(values: Data): void;
}
