// The verdict as a person reads it: the answer first, then what was checked, who signed, and what the signatures cover.

import type { Reason } from "hoso";
import { h, type Child } from "../dom.js";
import { shortDigest } from "../form/digest.js";
import { icon } from "../icons.js";
import { civilDay, inGroups, longDate } from "../input/shown.js";
import { download } from "../journey/download.js";
import { partFacts } from "../journey/receipt.js";
import { commonName } from "../journey/send.js";
import { fact } from "../journey/sheet.js";
import { serviceOf } from "../portal/portal.js";
import type { Service } from "../portal/service.js";
import { get, type Data } from "../schema/pointer.js";
import { app } from "../state.js";
import { inWordsOf, t, type Key } from "../words/index.js";
import type { OwnKey } from "../words/own.js";
import { changedParts, findings, lacksContent, type Answer, type Dossier, type Findings, type Judged, type SignatureFindings } from "./judge.js";
import { at, proven, signatureCards } from "./signatures.js";

/** What can be done about a verdict. */
export interface Acts {
  again(): void;
  /** Chooses what was signed, where it stands beside the signature. */
  add(): void;
}

export function verdictView(judged: Judged, acts: Acts): HTMLElement {
  const found = findings(judged);
  const report = (): void =>
    download(
      new Blob([JSON.stringify(judged.report, null, 2)], { type: "application/json" }),
      t("verify.report-name", { name: judged.chosen.name.replace(/\.hoso\.zip$/, "") }),
    );
  return h(
    "div",
    { class: "result" },
    answerBox(judged, found),
    judged.outcome === "undetermined" && h("div", { class: "actions no-print" }, wayOn(judged, acts)),
    (judged.dossier || isSigned(found)) && [
      h("section", {}, h("h2", {}, t("verify.checks")), h("ul", { class: "checks" }, checks(judged, found))),
      signatureCards(
        found.signatures,
        (each, index) => isSeveral(found) && h("ul", { class: "checks" }, signatureChecks(judged, found, each, index)),
      ),
      judged.outcome === "refused" ? broken(judged) : found.signatures.every(({ isRead }) => isRead) && covered(judged),
    ],
    uncovered(judged),
    h(
      "p",
      { class: "no-print" },
      h("button", { type: "button", class: "link", id: "download-verdict", on: { click: report } }, t("verify.report")),
    ),
  );
}

/** A file in which no signature can be read is not “failed”: there is nothing that could. */
const isSigned = ({ content, other, signatures }: Findings): boolean =>
  content.length > 0 || other.length > 0 || signatures.some(({ verdict }) => verdict.algorithm !== null || verdict.signer !== null);

function wayOn(judged: Judged, { again, add }: Acts): HTMLElement {
  return lacksContent(judged)
    ? h("button", { type: "button", class: "button", id: "add-content", on: { click: add } }, t("verify.add-content"))
    : h("button", { type: "button", class: "button", id: "check-again", on: { click: again } }, t("verify.retry"));
}

function answerBox(judged: Judged, found: Findings): HTMLElement {
  const answer = answerOf(judged);
  return h(
    "section",
    { class: `verdict verdict-${answer}`, id: "verdict", "aria-labelledby": "verdict-title" },
    icon(answer, "large"),
    h(
      "div",
      {},
      h("h2", { id: "verdict-title" }, title(judged, found, answer)),
      answer === "passed" ? passedWords(judged).map((words) => h("p", {}, words)) : why(judged, found, answer),
      !judged.hasTrust && h("p", {}, t("verify.no-trust")),
      h("p", { class: "codes" }, codes(judged, answer)),
    ),
  );
}

function title(judged: Judged, found: Findings, answer: Answer): string {
  if (isOtherSigner(judged)) return inWordsOf(packed(judged).words, "verify.signer-differs-title");
  if (judged.dossier) return t(`verify.result-${answer}`);
  return t(isSigned(found) ? `verify.file-${answer}` : "verify.not-signed");
}

/** The reasons, and what to do where hoso's own sentences are for whoever runs the check. */
function why(judged: Judged, found: Findings, answer: Answer): Child {
  if (!judged.dossier && !isSigned(found)) return h("p", {}, t("verify.not-signed-more"));
  const reasons = [...found.content, ...byKind(found, "signature"), ...byKind(found, "certificate"), ...found.other, ...formReasons(judged)];
  const outside = judged.uncovered.length > 0 ? [t("verify.uncovered", { names: judged.uncovered.join(", ") })] : [];
  const other = isOtherSigner(judged) ? [inWordsOf(packed(judged).words, "verify.signer-differs", app.language, signerFacts(judged))] : [];
  const words = [...new Set([...reasons.map(({ message }) => message), ...outside, ...other])];
  return [
    sentences(words, answer === "undecided" && h("strong", {}, `${t("verify.not-yes")} `)),
    answer === "undecided" && remedies(judged).map((remedy) => h("p", {}, t(remedy))),
  ];
}

/** EN 319 102-1's sub-indications of INDETERMINATE, by what a citizen can do about them. */
const REMEDIES: { readonly [subIndication: string]: Key } = {
  TRY_LATER: "verify.do-later",
  NO_CERTIFICATE_CHAIN_FOUND: "verify.do-issuer",
  REVOKED_NO_POE: "verify.do-proof",
  REVOKED_CA_NO_POE: "verify.do-proof",
  OUT_OF_BOUNDS_NO_POE: "verify.do-proof",
  SIGNED_DATA_NOT_FOUND: "verify.do-content",
};

/** That a page without a root knows no issuer is told apart. */
function remedies({ hasTrust, signatures }: Judged): readonly Key[] {
  const keys = signatures.flatMap(({ subIndication }) => REMEDIES[subIndication ?? ""] ?? []);
  return [...new Set(keys)].filter((key) => hasTrust || key !== "verify.do-issuer");
}

const byKind = ({ signatures }: Findings, kind: "signature" | "certificate"): readonly Reason[] => signatures.flatMap((each) => each[kind]);

/** The procedure of a package, whichever this page is about. */
const packed = ({ dossier }: Judged): Service => serviceOf(dossier?.verdict.submission?.procedure.code ?? null);

/** hoso proves who signed. That this person is the one who has to is for the portal to ask. */
function answerOf(judged: Judged): Answer {
  if (isOtherSigner(judged)) return "failed";
  const { outcome } = judged;
  return outcome === "accepted" ? "passed" : outcome === "refused" ? "failed" : "undecided";
}

/** Others may sign too, but somebody has to be the one on the form. */
function isOtherSigner(judged: Judged): boolean {
  const form = judged.dossier?.form ?? null;
  const ids = judged.signatures.map(({ signer }) => signer?.personalId ?? null).filter((id) => id !== null);
  return form !== null && ids.length > 0 && !ids.some((id) => matches(judged, id));
}

function matches(judged: Judged, id: string | null): boolean {
  const form = judged.dossier?.form ?? null;
  return form !== null && id !== null && get(form, packed(judged).signer(form as Data)) === id;
}

function signerFacts({ signatures }: Judged, index = 0): { name: string; id: string } {
  const signer = signatures[index]?.signer;
  return { name: signer?.name ?? "", id: inGroups(signer?.personalId ?? "", "vn-personal-id") };
}

/** Who signed, and when: as it is proven, else as the signer says. */
function passedWords(judged: Judged): string[] {
  const { signatures, dossier } = judged;
  const names = [...new Set(signatures.map(({ signer }) => signer?.name ?? ""))];
  const last = names.pop() ?? "";
  const name = names.length > 0 ? t("verify.and", { names: names.join(", "), last }) : last;
  const [only] = signatures;
  const one = only && signatures.length === 1 ? only : null;
  const when = one && (proven(one) ?? (one.signingTime && t("verify.claimed-at", { when: at(one.signingTime) })));
  const who = t(dossier ? "verify.result-passed-more" : "verify.file-passed-more", { name });
  return [who, when ?? "", dossier ? "" : t("verify.file-no-dossier")].filter((words) => words !== "");
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
function codes({ signatures, gate }: Judged, answer: Answer): string {
  const words = [...signatures.flatMap(({ indication, subIndication }) => [indication, subIndication]), ...gate.map(({ code }) => code)];
  // A signature that holds is no reason for anything but a yes.
  return [...new Set(words.filter((word) => word !== null && (answer === "passed" || word !== "TOTAL-PASSED")))].join(" · ");
}

function formReasons({ dossier }: Judged): Reason[] {
  const validation = dossier?.verdict.validation ?? null;
  return validation?.valid === false ? validation.issues.filter((issue) => issue.level === "error").slice(0, 5) : [];
}

const isSeveral = ({ signatures }: Findings): boolean => signatures.length > 1;

/** Those of a signature stand with it where there are several. */
function checks(judged: Judged, found: Findings): HTMLElement[] {
  const [only] = found.signatures;
  return [
    contentCheck(judged, found),
    ...(only && !isSeveral(found) ? signatureChecks(judged, found, only, 0) : []),
    judged.dossier && formCheck(judged, judged.dossier),
    ...found.other.map((reason) => check("failed", reason.message, null)),
  ].filter((line) => line !== null);
}

function signatureChecks(judged: Judged, { content }: Findings, each: SignatureFindings, index: number): HTMLElement[] {
  const isIntact = content.length === 0;
  return [signerCheck(judged, each, index, isIntact), certificateCheck(each, isIntact)].filter((line) => line !== null);
}

function contentCheck({ dossier, gate, uncovered }: Judged, { content, signatures }: Findings): HTMLElement | null {
  if (content.length > 0) {
    const isFailed = gate.length > 0 || signatures.some((each) => each.content.length > 0 && each.answer === "failed");
    return check(isFailed ? "failed" : "undecided", t(isFailed ? "verify.content-failed" : "verify.content-unknown"), list(content));
  }
  if (uncovered.length > 0) return check("failed", t("verify.content-outside"), t("verify.uncovered", { names: uncovered.join(", ") }));
  if (signatures.length === 0 || !signatures.every(({ isRead }) => isRead)) return null;
  const n = dossier?.inspection?.parts.length ?? 0;
  return check("passed", t("verify.content-passed"), dossier ? t("verify.content-passed-more", { n }) : t("verify.content-passed-file"));
}

function signerCheck(judged: Judged, each: SignatureFindings, index: number, isIntact: boolean): HTMLElement | null {
  const { verdict, answer, signature, certificate, isRead } = each;
  const isUndecided = answer === "undecided";
  if (signature.length > 0) {
    return check(isUndecided ? "undecided" : "failed", t(isUndecided ? "verify.signer-unknown" : "verify.signer-failed"), list(signature));
  }
  if (!verdict.signer || !isIntact || !isRead) return null;
  const facts = signerFacts(judged, index);
  const { words: own } = packed(judged);
  const inOwn = (key: OwnKey): string => inWordsOf(own, key, app.language, facts);
  if (isOtherSigner(judged)) return check("failed", inOwn("verify.signer-differs-title"), inOwn("verify.signer-differs"));
  const name = t(facts.id === "" ? "verify.signer-no-id" : "verify.signer-only", facts);
  const words = matches(judged, verdict.signer.personalId) ? inOwn("verify.signer-matches") : name;
  const isOpen = certificate.length > 0;
  return check(isOpen ? "undecided" : "passed", t(isOpen ? "verify.signer-unknown" : "verify.signer-passed"), words);
}

function certificateCheck({ verdict, answer, signature, certificate, isRead }: SignatureFindings, isIntact: boolean): HTMLElement | null {
  if (!verdict.signer) return null;
  const isUndecided = answer === "undecided";
  if (certificate.length > 0)
    return check(isUndecided ? "undecided" : "failed", t(isUndecided ? "verify.cert-unknown" : "verify.cert-failed"), list(certificate));
  if (!isIntact || signature.length > 0 || !isRead) return null;
  const issuer = commonName(verdict.signer.issuer);
  const made = verdict.revocation.find((status) => status.thisUpdate !== null)?.thisUpdate;
  return check(
    "passed",
    t("verify.cert-passed"),
    made
      ? t("verify.cert-passed-more", { issuer, day: longDate(civilDay(new Date(made)), app.language) })
      : t("verify.cert-plain", { issuer }),
  );
}

function formCheck(judged: Judged, { verdict }: Dossier): HTMLElement {
  const { validation, submission } = verdict;
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

/** What the signatures cover. The spine is hollow for as long as they are not confirmed. */
function covered({ outcome, dossier, chosen }: Judged): Child {
  const inspection = dossier?.inspection ?? null;
  const names = new Map(inspection?.submission.attachments.map((file) => [file.name, file.fileName]));
  const parts = inspection?.parts.map((part) => ({ ...part, fileName: names.get(part.name) ?? null }));
  const isPassed = outcome === "accepted";
  const mark = isPassed
    ? [t("verify.covered-mark"), h("span", { class: "plain" }, t("verify.covered-intact"))]
    : [t("verify.hollow-mark"), h("span", { class: "plain" }, t("verify.hollow-intact"))];
  const files = chosen.contents.length > 0 ? chosen.contents : [chosen];
  return [
    h(
      "section",
      { class: isPassed ? "sheet" : "sheet sheet-hollow", "aria-labelledby": "covered-title" },
      h("p", { class: "sheet-mark" }, mark),
      h("h2", { id: "covered-title" }, parts ? t("verify.covered", { n: parts.length }) : t("verify.covered-files")),
      parts ? h("dl", { class: "facts-list" }, partFacts(parts)) : h("ul", { class: "bullets" }, files.map(({ name }) => h("li", {}, name))),
    ),
    isPassed &&
      h(
        "section",
        { class: "sheet sheet-outside" },
        h("p", { class: "sheet-mark" }, t("verify.outside")),
        h("p", {}, t(dossier ? "verify.outside-none" : "verify.outside-none-file")),
      ),
  ];
}

/** What nobody signed, though it lies beside what somebody did. */
function uncovered({ uncovered }: Judged): Child {
  if (uncovered.length === 0) return null;
  return h(
    "section",
    { class: "sheet sheet-outside", id: "uncovered", "aria-labelledby": "uncovered-title" },
    h("h2", { class: "sheet-mark", id: "uncovered-title" }, t("verify.outside")),
    h("ul", { class: "bullets" }, uncovered.map((name) => h("li", {}, name))),
  );
}

/** What is not as it was signed, side by side. */
function broken({ dossier }: Judged): Child {
  const changed = dossier ? changedParts(dossier) : [];
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
