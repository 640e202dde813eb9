// A signed dossier is kept on this device first, and sent then. Sending it twice is harmless: the office knows its nonce.

import type { Sealed, Signed } from "hoso";
import { discard } from "../draft/autosave.js";
import { deleteSigned, isOld, loadSigned, saveSigned } from "../draft/store.js";
import { office, portal } from "../portal/portal.js";
import type { Data } from "../schema/pointer.js";
import { app, type Kept, type Opened } from "../state.js";

/** Longer than a slow phone needs for a large dossier; a connection that hangs must end. */
const PATIENCE = 120_000;

export type Sent = "sent" | "refused" | "offline" | "no-office";

/** Keeps what was signed, before anything else happens to it. */
export async function keep(sealed: Sealed, signed: Signed, { key }: Opened, isStamped: boolean): Promise<Kept> {
  const form = JSON.parse(sealed.document("form.json")) as Data;
  const files = new Map(signed.submission.attachments.map((file) => [file.name, file.fileName]));
  const kept: Kept = {
    dossier: signed.submission.dossier.id,
    procedure: signed.submission.procedure.code,
    ...(app.schema.procedure && { title: app.schema.procedure.title }),
    fileName: signed.fileName,
    office: { vi: office(form, "vi"), en: office(form, "en") },
    package: signed.package,
    view: sealed.view,
    signedAt: new Date().toISOString(),
    signer: { name: key.certificate.name, issuer: commonName(key.certificate.issuer) },
    parts: signed.parts.map((part) => ({ ...part, fileName: files.get(part.name) ?? null })),
    sent: null,
    refused: null,
    downloaded: false,
    isStamped,
  };
  await update(kept);
  return kept;
}

/** Changes what is known of the signed dossier. */
export async function update(kept: Kept): Promise<void> {
  app.kept = kept;
  await saveSigned(kept).catch(() => (app.storage = "none"));
}

/** The signed dossier of an earlier visit, if it is not too old. */
export async function recall(): Promise<void> {
  const kept = await loadSigned().catch(() => undefined);
  if (kept && isOld(kept.signedAt)) await deleteSigned().catch(() => undefined);
  else app.kept = kept ?? null;
}

export async function forget(): Promise<void> {
  app.kept = null;
  await deleteSigned().catch(() => undefined);
}

/** Sends it to the office, and ends the draft once the office has it. */
export async function send(kept: Kept): Promise<Sent> {
  let response: Response;
  try {
    response = await fetch(portal.intake, {
      method: "POST",
      body: kept.package,
      headers: { "content-type": "application/zip", "accept-language": app.language },
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    return "offline";
  }
  const answer = (await response.json().catch(() => null)) as Answer | null;
  // 409: the office has it already, from a first try whose answer was lost.
  if (answer && (response.ok || response.status === 409) && typeof answer.reference === "string") {
    await update({
      ...kept,
      sent: { at: String(answer.receivedAt ?? new Date().toISOString()), reference: answer.reference },
      refused: null,
    });
    // A draft of another procedure is another dossier.
    if (kept.procedure === app.schema.procedure?.code) await discard();
    return "sent";
  }
  const isNoOffice = response.status === 404 || response.status === 405 || response.status === 501;
  if (!answer?.message || isNoOffice || response.status >= 500) return isNoOffice || response.ok ? "no-office" : "offline";
  await update({ ...kept, refused: answer.message });
  return "refused";
}

interface Answer {
  readonly reference?: string;
  readonly receivedAt?: string;
  readonly message?: string;
}

/** `CN=…` of a distinguished name, else all of it. */
export function commonName(name: string): string {
  return /(?:^|[,+])\s*CN=((?:\\.|[^,+\\])+)/i.exec(name)?.[1]?.replace(/\\(.)/g, "$1") ?? name;
}
