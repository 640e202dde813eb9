// Each signature for itself: who, when by their own word and when as it is proven, how much it proves, and the signatures over it.

import type { SignatureVerdict, TimestampVerdict } from "hoso";
import { h, type Child } from "../dom.js";
import { icon } from "../icons.js";
import { moment } from "../input/shown.js";
import { commonName } from "../journey/send.js";
import { fact } from "../journey/sheet.js";
import { numberFacts } from "../journey/signer.js";
import { app } from "../state.js";
import { t, type Key } from "../words/index.js";
import { sort, type SignatureFindings } from "./judge.js";

/** `checks` is what else stands with a signature, by its place among all. */
export function signatureCards(signatures: readonly SignatureFindings[], checks: (each: SignatureFindings, index: number) => Child): Child {
  const named = signatures.filter(({ verdict }) => verdict.signer !== null);
  if (named.length === 0) return null;
  const card = (each: SignatureFindings): HTMLElement =>
    h("li", { class: `card signature-${each.answer}` }, signature(each, "h3", checks(each, signatures.indexOf(each))));
  return h(
    "section",
    {},
    h("h2", {}, named.length === 1 ? t("verify.who") : t("verify.who-all", { n: named.length })),
    h("ul", { class: "signatures" }, named.map(card)),
  );
}

function signature(findings: SignatureFindings, heading: "h3" | "h4", checks: Child): Child {
  const { verdict, answer } = findings;
  return [
    h(
      "div",
      { class: "signature-head" },
      icon(answer),
      h("div", {}, h(heading, {}, verdict.signer?.name), h("p", { class: `state-${answer}` }, t(`verify.signature-${answer}`))),
    ),
    checks,
    answer === "undecided" && h("p", { class: "hint" }, t("verify.as-certificate-says")),
    h("dl", { class: "facts-list" }, facts(verdict)),
    verdict.timestamps.filter(({ valid }) => !valid).map(unproven),
    verdict.counterSignatures.length > 0 &&
      h("ul", { class: "receipts", "aria-label": t("verify.receipts") }, verdict.counterSignatures.map(receipt)),
  ];
}

function facts(verdict: SignatureVerdict): Child {
  const { signer, signingTime, level, indication } = verdict;
  const isPassed = indication === "TOTAL-PASSED";
  return [
    signer && numberFacts(signer),
    signer && fact(t("sign.issuer"), commonName(signer.issuer)),
    signingTime !== null && fact(t("verify.claimed"), [at(signingTime), h("p", { class: "hint" }, t("verify.claimed-more"))]),
    fact(t("verify.proven"), proven(verdict) ?? t("verify.proven-none")),
    (isPassed || level !== null) && fact(t("verify.level"), t(LEVELS[level ?? "none"])),
  ];
}

const LEVELS: { readonly [level in "B-B" | "B-T" | "B-LT" | "none"]: Key } = {
  "B-B": "verify.level-b",
  "B-T": "verify.level-t",
  "B-LT": "verify.level-lt",
  none: "verify.level-none",
};

/** Before when it was there, and who says so. */
export function proven({ provenTime, timestamps }: SignatureVerdict): string | null {
  if (provenTime === null) return null;
  const stamp = timestamps.find(({ valid, time }) => valid && time === provenTime);
  return t("verify.proven-at", { when: at(provenTime), authority: stamp?.authority?.name ?? "" });
}

/** With seconds: claim and proof are often in one minute. */
export const at = (time: string): string => moment(new Date(time), app.language, true);

/** A timestamp that is there and proves nothing. */
function unproven({ time, authority, reasons }: TimestampVerdict): HTMLElement {
  const facts = { authority: authority?.name ?? "", when: time === null ? "" : at(time) };
  return h(
    "div",
    { class: "signature-note" },
    icon("undecided"),
    h(
      "div",
      {},
      h("strong", {}, authority === null || time === null ? t("verify.stamp-unread") : t("verify.stamp-unproven", facts)),
      reasons.map(({ message }) => h("p", {}, message)),
    ),
  );
}

/** A signature over the signature: the office's word that it came in. */
function receipt(verdict: SignatureVerdict): HTMLElement {
  const why = verdict.reasons.map(({ message }) => h("p", {}, message));
  return h("li", { class: "receipt" }, h("p", { class: "receipt-mark" }, t("verify.receipt")), signature(sort(verdict), "h4", why));
}
