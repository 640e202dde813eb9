// Verifying a dossier or a signed file on this device, and sorting what hoso found under the questions that people ask.

import { compile, HosoError, type FileVerdict, type Inspection, type Json, type Reason, type SignatureVerdict, type Verdict } from "hoso";
import { portal, service, services } from "../portal/portal.js";
import { signing, type Signing } from "../journey/signing.js";
import { found } from "../portal/samples.js";
import { app } from "../state.js";

export interface Named {
  readonly name: string;
  readonly blob: Blob;
}

/** What is to be checked: a dossier, or a signed file with what stands beside it. */
export interface Chosen extends Named {
  readonly contents: readonly Named[];
}

/** What is known after verification. */
export interface Judged {
  readonly chosen: Chosen;
  readonly outcome: Verdict["outcome"];
  readonly signatures: readonly SignatureVerdict[];
  /** What is wrong besides the signatures. */
  readonly gate: readonly Reason[];
  /** What no signature covers. */
  readonly uncovered: readonly string[];
  /** Nothing where it is a signed file and no dossier. */
  readonly dossier: Dossier | null;
  /** The page had a root certificate to trust. */
  readonly hasTrust: boolean;
  readonly report: Verdict | FileVerdict;
}

export interface Dossier {
  readonly verdict: Verdict;
  /** The data, where the package was accepted: before that nothing of it can be believed. */
  readonly form: Json | null;
  /** What the container holds; nothing where it is no package. */
  readonly inspection: Inspection | null;
}

type Trust = { readonly trust: string[]; readonly crls: string[]; readonly lang: typeof app.language };

/** Verifies with the root and the revocation lists of this portal. */
export async function judge(chosen: Chosen, onProgress: (done: number, total: number) => void): Promise<Judged> {
  const module = await signing();
  const [root, crl] = await Promise.all([text(portal.trust.root), text(portal.trust.crl)]);
  const trust: Trust = { trust: root ? [root] : [], crls: crl ? [crl] : [], lang: app.language };
  const hasTrust = root !== null;
  if (!(await isZip(chosen.blob)) && !isNamedPackage(chosen)) return { ...(await fileOf(module, chosen, trust)), hasTrust };
  const dossier = await dossierOf(module, chosen, trust, onProgress);
  const { verdict } = dossier;
  // A container of others is no dossier. What is meant for one, and is none, is not looked at more kindly.
  if (verdict.submission === null && dossier.inspection === null && !isNamedPackage(chosen)) {
    const file = await fileOf(module, chosen, trust);
    if (file.signatures.length > 0) return { ...file, hasTrust };
  }
  const { outcome, signatures, gate } = verdict;
  return { chosen, outcome, signatures, gate, uncovered: [], dossier, hasTrust, report: verdict };
}

const isNamedPackage = ({ name }: Named): boolean => /\.hoso\.zip$/i.test(name);

const isZip = async (blob: Blob): Promise<boolean> => (await blob.slice(0, 2).text()) === "PK";

async function dossierOf(module: Signing, { blob }: Chosen, trust: Trust, onProgress: (done: number, total: number) => void): Promise<Dossier> {
  const options = { ...trust, codeLists: app.codeLists, schemas: await schemas(), audience: portal.audience, onProgress };
  const accepted = await module.accept(blob, options);
  const inspection = await module.inspect(blob, { lang: app.language }).catch((error: unknown) => {
    if (error instanceof HosoError) return null;
    throw error;
  });
  return { verdict: accepted.verdict, form: accepted.type === "accepted" ? accepted.form : null, inspection };
}

async function fileOf(module: Signing, chosen: Chosen, trust: Trust): Promise<Omit<Judged, "hasTrust">> {
  const { blob, contents } = chosen;
  const named = Object.fromEntries(contents.map((each) => [each.name, each.blob]));
  let verdict = await module.verifyFile(blob, { ...trust, content: named });
  // A JWS without its payload names none: the one that stands beside it is meant.
  const [only] = contents;
  if (only && contents.length === 1 && verdict.uncovered.includes(only.name)) {
    const other = await module.verifyFile(blob, { ...trust, content: only.blob });
    if (other.uncovered.length === 0) verdict = other;
  }
  const { outcome, signatures, uncovered, issues } = verdict;
  return { chosen, outcome, signatures, gate: issues, uncovered, dossier: null, report: verdict };
}

/** The forms that the portal takes: this page's, and the others as far as they can be had. */
async function schemas(): Promise<string[]> {
  const others = services.filter((each) => each !== service);
  const ids = others.map(async ({ schema }) => compile(await found(schema).then((response) => response.text())).id);
  const known = await Promise.allSettled(ids);
  return [app.schema.id, ...known.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []))];
}

/** A file of the portal; nothing where it cannot be had, which then leaves the verdict undecided. */
async function text(address: string): Promise<string | null> {
  try {
    const pem = await found(address).then((response) => response.text());
    return pem.includes("-----BEGIN") ? pem : null;
  } catch {
    return null;
  }
}

export type Answer = "passed" | "failed" | "undecided";

/** Whether what was signed lies beside the signature, and was not given. */
export const lacksContent = ({ signatures }: Judged): boolean => signatures.some(({ subIndication }) => subIndication === "SIGNED_DATA_NOT_FOUND");

/** What keeps from a yes, by the question it answers. */
export interface Findings {
  readonly content: readonly Reason[];
  /** What the portal does not take, though nothing was changed: another portal's dossier, an old form, a wrong clock. */
  readonly other: readonly Reason[];
  readonly signatures: readonly SignatureFindings[];
}

export interface SignatureFindings {
  readonly verdict: SignatureVerdict;
  readonly answer: Answer;
  /** The content was compared with what was signed. */
  readonly isRead: boolean;
  readonly content: readonly Reason[];
  readonly signature: readonly Reason[];
  readonly certificate: readonly Reason[];
}

const CONTENT =
  /^(?:package\.|zip\.|asic\.|gate\.(?:part|not-canonical|attachment|form-unreadable|procedure|verdict|view)|signature\.(?:part|content))/;
const CERTIFICATE = /^(?:certificate\.|path\.|crl\.|ocsp\.|crypto\.|signature\.revoked)/;
/** EN 319 102-1: what is said before the content was compared. */
const UNREAD = ["FORMAT_FAILURE", "NO_SIGNING_CERTIFICATE_FOUND", "SIGNED_DATA_NOT_FOUND", "SIG_CRYPTO_FAILURE", "SIG_CONSTRAINTS_FAILURE"];

export function findings({ gate, signatures }: Judged): Findings {
  const isContent = ({ code }: Reason): boolean => CONTENT.test(code);
  const sorted = signatures.map(sort);
  return {
    content: [...gate.filter(isContent), ...sorted.flatMap(({ content }) => content)],
    other: gate.filter((reason) => !isContent(reason)),
    signatures: sorted,
  };
}

export function sort(verdict: SignatureVerdict): SignatureFindings {
  const { reasons, indication, subIndication } = verdict;
  return {
    verdict,
    answer: indication === "TOTAL-PASSED" ? "passed" : indication === "TOTAL-FAILED" ? "failed" : "undecided",
    isRead: !UNREAD.includes(subIndication ?? ""),
    content: reasons.filter(({ code }) => CONTENT.test(code)),
    signature: reasons.filter(({ code }) => !CONTENT.test(code) && !CERTIFICATE.test(code)),
    certificate: reasons.filter(({ code }) => !CONTENT.test(code) && CERTIFICATE.test(code)),
  };
}

/** The parts that are not what was signed, with both digests. */
export function changedParts({ verdict, inspection }: Dossier): { name: string; fileName: string | null; signed: string; now: string }[] {
  const { submission } = verdict;
  if (!submission || !inspection) return [];
  const named = [submission.schema, submission.form, submission.view, ...submission.attachments];
  return named.flatMap((part) => {
    const now = inspection.parts.find((each) => each.name === part.name)?.sha256;
    return now === undefined || now === part.sha256
      ? []
      : [{ name: part.name, fileName: "fileName" in part ? String(part.fileName) : null, signed: part.sha256, now }];
  });
}
