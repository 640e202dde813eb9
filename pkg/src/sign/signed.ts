import type { Signed } from "../types.js";

const PACKAGE = { ending: ".hoso.zip", type: "application/zip" };
const CONTAINER = { ending: ".asice", type: "application/vnd.etsi.asic-e+zip" };

/** A signed dossier whose package is made of these pieces. */
export function signedOf(told: Pick<Signed, "submission" | "parts" | "format" | "signature">, pieces: readonly (Blob | Uint8Array)[]): Signed {
  const { submission, parts, format, signature } = told;
  const { ending, type } = format === "asice" ? CONTAINER : PACKAGE;
  return {
    submission,
    parts,
    format,
    signature,
    package: new Blob(pieces as BlobPart[], { type }),
    fileName: submission.dossier.id.replace(/[^\w.-]+/g, "-") + ending,
  };
}
