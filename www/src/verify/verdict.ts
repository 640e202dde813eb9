// The verdict as a person reads it: the answer first, then what was checked, then what the signature covers.

import type { Reason } from "hoso";
import { h, type Child } from "../dom.js";
import { shortDigest } from "../form/digest.js";
import { icon } from "../icons.js";
import { civilDay, inGroups, longDate, moment } from "../input/shown.js";
import { download } from "../journey/download.js";
import { partFacts } from "../journey/receipt.js";
import { commonName } from "../journey/send.js";
import { fact } from "../journey/sheet.js";
import { serviceOf } from "../portal/portal.js";
import type { Service } from "../portal/service.js";
import { get, type Data } from "../schema/pointer.js";
import { app } from "../state.js";
import { inWordsOf, t } from "../words/index.js";
import type { OwnKey } from "../words/own.js";
import { changedParts, findings, signatureOf, type Answer, type Findings, type Judged } from "./judge.js";

export function verdictView(judged: Judged, again: () => void): HTMLElement {
  const found = findings(judged.verdict);
  const report = (): void =>
    download(
      new Blob([JSON.stringify(judged.verdict, null, 2)], { type: "application/json" }),
      t("verify.report-name", { name: judged.chosen.name.replace(/\.hoso\.zip$/, "") }),
    );
  const { outcome } = judged.verdict;
  return h(
    "div",
    { class: "result" },
    answerBox(judged, found),
    outcome === "undetermined" &&
      h(
        "div",
        { class: "actions no-print" },
        h("button", { type: "button", class: "button", id: "check-again", on: { click: again } }, t("verify.retry")),
      ),
    h("section", {}, h("h2", {}, t("verify.checks")), h("ul", { class: "checks" }, checks(judged, found))),
    outcome === "refused" ? broken(judged) : covered(judged),
    h(
      "p",
      { class: "no-print" },
      h("button", { type: "button", class: "link", id: "download-verdict", on: { click: report } }, t("verify.report")),
    ),
  );
}

function answerBox(judged: Judged, found: Findings): HTMLElement {
  const answer = answerOf(judged);
  const { words: own } = packed(judged);
  const other = isOtherSigner(judged) ? [inWordsOf(own, "verify.signer-differs", app.language, signerFacts(judged))] : [];
  const reasons = [...found.content, ...found.signature, ...found.certificate, ...found.other, ...formReasons(judged)];
  const words = [...new Set([...reasons.map(({ message }) => message), ...other])];
  return h(
    "section",
    { class: `verdict verdict-${answer}`, id: "verdict", "aria-labelledby": "verdict-title" },
    icon(answer, "large"),
    h(
      "div",
      {},
      h("h2", { id: "verdict-title" }, other.length > 0 ? inWordsOf(own, "verify.signer-differs-title") : t(`verify.result-${answer}`)),
      answer === "passed"
        ? h("p", {}, passedWords(judged))
        : sentences(words, answer === "undecided" && h("strong", {}, `${t("verify.not-yes")} `)),
      !judged.hasTrust && h("p", {}, t("verify.no-trust")),
      h("p", { class: "codes" }, codes(judged)),
    ),
  );
}

/** The procedure of a package, whichever this page is about. */
const packed = ({ verdict }: Judged): Service => serviceOf(verdict.submission?.procedure.code ?? null);

/** hoso proves who signed. That this person is the one who has to is for the portal to ask. */
function answerOf(judged: Judged): Answer {
  if (isOtherSigner(judged)) return "failed";
  const { outcome } = judged.verdict;
  return outcome === "accepted" ? "passed" : outcome === "refused" ? "failed" : "undecided";
}

function isOtherSigner(judged: Judged): boolean {
  const { verdict, form } = judged;
  const id = signatureOf(verdict)?.signer?.personalId ?? null;
  return form !== null && id !== null && get(form, packed(judged).signer(form as Data)) !== id;
}

function signerFacts({ verdict }: Judged): { name: string; id: string } {
  const signer = signatureOf(verdict)?.signer;
  return { name: signer?.name ?? "", id: inGroups(signer?.personalId ?? "", "vn-personal-id") };
}

function passedWords({ verdict }: Judged): string {
  const signature = signatureOf(verdict);
  return t("verify.result-passed-more", {
    name: signature?.signer?.name ?? "",
    when: signature?.signingTime ? moment(new Date(signature.signingTime), app.language) : "",
  });
}

/** The first reason opens the box; a long list stands under it. */
function sentences(words: readonly string[], before: Child): Child {
  const [first, ...others] = words;
  return [
    h("p", {}, before, first),
    others.length > 0 &&
      h(
        "ul",
        { class: "bullets" },
        others.map((each) => h("li", {}, each)),
      ),
  ];
}

/** The norm's own words, for those who know them. */
function codes({ verdict }: Judged): string {
  const signature = signatureOf(verdict);
  const words = [signature?.indication, signature?.subIndication, ...verdict.gate.map(({ code }) => code)];
  return [...new Set(words.filter((word) => word !== null && word !== undefined))].join(" · ");
}

function formReasons({ verdict }: Judged): Reason[] {
  return verdict.validation?.valid === false ? verdict.validation.issues.filter((issue) => issue.level === "error").slice(0, 5) : [];
}

function checks(judged: Judged, found: Findings): HTMLElement[] {
  return [
    contentCheck(judged, found),
    signerCheck(judged, found),
    certificateCheck(judged, found),
    formCheck(judged),
    ...found.other.map((reason) => check("failed", reason.message, null)),
  ].filter((line) => line !== null);
}

function contentCheck({ inspection }: Judged, { content }: Findings): HTMLElement {
  if (content.length > 0) return check("failed", t("verify.content-failed"), list(content));
  return check("passed", t("verify.content-passed"), t("verify.content-passed-more", { n: inspection?.parts.length ?? 0 }));
}

function signerCheck(judged: Judged, { content, signature, certificate }: Findings): HTMLElement | null {
  const found = signatureOf(judged.verdict);
  const isUndecided = found?.indication === "INDETERMINATE";
  if (signature.length > 0) {
    return check(isUndecided ? "undecided" : "failed", t(isUndecided ? "verify.signer-unknown" : "verify.signer-failed"), list(signature));
  }
  if (!found?.signer || content.length > 0) return null;
  const facts = signerFacts(judged);
  const { words: own } = packed(judged);
  const inOwn = (key: OwnKey): string => inWordsOf(own, key, app.language, facts);
  if (isOtherSigner(judged)) return check("failed", inOwn("verify.signer-differs-title"), inOwn("verify.signer-differs"));
  const matches = facts.id !== "" && judged.form !== null;
  const words = matches ? inOwn("verify.signer-matches") : t(facts.id === "" ? "verify.signer-no-id" : "verify.signer-only", facts);
  const isOpen = certificate.length > 0;
  return check(isOpen ? "undecided" : "passed", t(isOpen ? "verify.signer-unknown" : "verify.signer-passed"), words);
}

function certificateCheck({ verdict }: Judged, { content, signature, certificate }: Findings): HTMLElement | null {
  const found = signatureOf(verdict);
  if (!found?.signer) return null;
  const isUndecided = found.indication === "INDETERMINATE";
  if (certificate.length > 0)
    return check(isUndecided ? "undecided" : "failed", t(isUndecided ? "verify.cert-unknown" : "verify.cert-failed"), list(certificate));
  if (content.length > 0 || signature.length > 0) return null;
  const issuer = commonName(found.signer.issuer);
  const made = found.revocation.find((status) => status.thisUpdate !== null)?.thisUpdate;
  return check(
    "passed",
    t("verify.cert-passed"),
    made
      ? t("verify.cert-passed-more", { issuer, day: longDate(civilDay(new Date(made)), app.language) })
      : t("verify.cert-plain", { issuer }),
  );
}

function formCheck(judged: Judged): HTMLElement {
  const { validation, submission } = judged.verdict;
  if (validation === null) return check("undecided", t("verify.form-unknown"), null);
  if (!validation.valid) return check("failed", t("verify.form-failed"), list(formReasons(judged)));
  return check("passed", t("verify.form-passed"), submission && t("verify.form-passed-more", submission.procedure));
}

function check(answer: Answer, title: string, more: Child): HTMLElement {
  return h("li", {}, icon(answer), h("div", {}, h("strong", {}, title), more && h("div", {}, more)));
}

const list = (reasons: readonly Reason[]): Child => unique(reasons).map((reason) => h("p", {}, reason.message));

function unique(reasons: readonly Reason[]): Reason[] {
  return reasons.filter((reason, index) => reasons.findIndex(({ message }) => message === reason.message) === index);
}

/** What the signature covers. The spine is hollow for as long as the signature is not confirmed. */
function covered({ verdict, inspection }: Judged): Child {
  if (!inspection) return null;
  const isPassed = verdict.outcome === "accepted";
  const names = new Map(inspection.submission.attachments.map((file) => [file.name, file.fileName]));
  const parts = inspection.parts.map((part) => ({ ...part, fileName: names.get(part.name) ?? null }));
  const mark = isPassed
    ? [t("verify.covered-mark"), h("span", { class: "plain" }, t("verify.covered-intact"))]
    : [t("verify.hollow-mark"), h("span", { class: "plain" }, t("verify.hollow-intact"))];
  return [
    h(
      "section",
      { class: isPassed ? "sheet" : "sheet sheet-hollow", "aria-labelledby": "covered-title" },
      h("p", { class: "sheet-mark" }, mark),
      h("h2", { id: "covered-title" }, t("verify.covered", { n: parts.length })),
      h("dl", { class: "facts-list" }, partFacts(parts)),
    ),
    isPassed &&
      h(
        "section",
        { class: "sheet sheet-outside" },
        h("p", { class: "sheet-mark" }, t("verify.outside")),
        h("p", {}, t("verify.outside-none")),
      ),
  ];
}

/** What is not as it was signed, side by side. */
function broken(judged: Judged): Child {
  const changed = changedParts(judged);
  if (changed.length === 0) return null;
  return h(
    "section",
    { class: "sheet sheet-outside", "aria-labelledby": "broken-title" },
    h("p", { class: "sheet-mark" }, t("verify.broken")),
    h("h2", { id: "broken-title" }, t("verify.broken-title")),
    changed.map((part) =>
      h(
        "dl",
        { class: "facts-list" },
        partFacts([{ ...part, sha256: part.now }]).map((line) =>
          h("div", { class: "fact" }, line.firstElementChild, h("dd", {}, part.fileName ?? part.name)),
        ),
        fact(t("verify.broken-signed"), shortDigest(part.signed, false)),
        fact(t("verify.broken-now"), shortDigest(part.now, false)),
      ),
    ),
  );
}
