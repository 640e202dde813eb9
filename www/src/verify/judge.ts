// Verifying a package on this device, and sorting what hoso found under the questions that people ask.

import { compile, HosoError, type Accepted, type Inspection, type Json, type Reason, type SignatureVerdict, type Verdict } from "hoso";
import { portal, service, services } from "../portal/portal.js";
import { signing } from "../journey/signing.js";
import { found } from "../portal/samples.js";
import { app } from "../state.js";

export interface Chosen {
  readonly name: string;
  readonly blob: Blob;
}

/** What is known of a package after verification. */
export interface Judged {
  readonly chosen: Chosen;
  readonly verdict: Verdict;
  /** The data, where the package was accepted: before that nothing of it can be believed. */
  readonly form: Json | null;
  /** What the container holds; nothing where it is no package. */
  readonly inspection: Inspection | null;
  /** The page had a root certificate to trust. */
  readonly hasTrust: boolean;
}

/** Verifies a package with the root and the revocation list of this portal. */
export async function judge(chosen: Chosen, onProgress: (done: number, total: number) => void): Promise<Judged> {
  const module = await signing();
  const [root, crl] = await Promise.all([text(portal.trust.root), text(portal.trust.crl)]);
  const options = {
    trust: root ? [root] : [],
    crls: crl ? [crl] : [],
    codeLists: app.codeLists,
    schemas: await schemas(),
    audience: portal.audience,
    lang: app.language,
    onProgress,
  };
  const accepted: Accepted = await module.accept(chosen.blob, options);
  const inspection = await module.inspect(chosen.blob, { lang: app.language }).catch((error: unknown) => {
    if (error instanceof HosoError) return null;
    throw error;
  });
  return {
    chosen,
    verdict: accepted.verdict,
    form: accepted.type === "accepted" ? accepted.form : null,
    inspection,
    hasTrust: root !== null,
  };
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

/** What was found, by the question it answers. */
export interface Findings {
  readonly content: readonly Reason[];
  readonly signature: readonly Reason[];
  readonly certificate: readonly Reason[];
  /** What the portal does not take, though nothing was changed: another portal's dossier, an old form, a wrong clock. */
  readonly other: readonly Reason[];
}

const CONTENT = /^(?:package\.|gate\.(?:part|not-canonical|attachment|form-unreadable|procedure|verdict|view)|signature\.part)/;
const CERTIFICATE = /^(?:certificate\.|path\.|crl\.|crypto\.|signature\.revoked)/;

export function findings({ gate, signatures }: Verdict): Findings {
  const reasons = signatures.flatMap((signature) => signature.reasons);
  const all: readonly Reason[] = [...gate, ...reasons];
  const isContent = ({ code }: Reason): boolean => CONTENT.test(code);
  return {
    content: all.filter(isContent),
    signature: reasons.filter((reason) => !isContent(reason) && !CERTIFICATE.test(reason.code)),
    certificate: reasons.filter(({ code }) => CERTIFICATE.test(code)),
    other: gate.filter((reason) => !isContent(reason)),
  };
}

/** The one signature that a package of this version has. */
export const signatureOf = (verdict: Verdict): SignatureVerdict | null => verdict.signatures[0] ?? null;

/** The parts that are not what was signed, with both digests. */
export function changedParts({ verdict, inspection }: Judged): { name: string; fileName: string | null; signed: string; now: string }[] {
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
