// The sentences that every procedure says in its own words.

import type { Word } from "./index.js";

export type OwnKey =
  | "start.title"
  | "start.lead"
  | "start.fill-time"
  | "start.result-time"
  | "start.office-name"
  | "start.signer-name"
  | "start.need-1"
  | "start.need-1-more"
  | "start.need-2"
  | "start.need-2-more"
  | "start.need-3"
  | "start.need-3-more"
  | "start.need-4"
  | "start.need-4-more"
  | "start.need-5"
  | "start.need-5-more"
  | "start.case"
  | "start.case-more"
  | "start.who-1"
  | "start.who-2"
  | "start.not-more"
  | "start.fee-more"
  | "start.offline-more"
  | "office-any"
  | "office-of"
  | "sign.matches"
  | "sign.other-person"
  | "sign.no-person"
  | "sign.undertaking-text"
  | "receipt.next-3"
  | "receipt.next-3-more"
  | "verify.signer-matches"
  | "verify.signer-differs"
  | "verify.signer-differs-title";

export type OwnWords = { readonly [key in OwnKey]: Word };
