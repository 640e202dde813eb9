// A dossier made with the package, whichever way it was loaded.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { AUDIENCE, NONCE, app, form, json, keys, text } from "./world.mjs";

/** The package as an ES module imports it by name. */
export const esm = () => import(pathToFileURL(join(app, "by-name.mjs")).href);

/** The package as CommonJS requires it by name. */
export function cjs() {
  const require = createRequire(join(app, "package.json"));
  return { core: require("hoso"), sign: require("hoso/sign"), tools: require("hoso/tools") };
}

export const schemaText = text(form, "schema.json");
export const valid = (name) => json(form, "examples/valid", `${name}.json`);
export const invalid = (name) => json(form, "examples/invalid", `${name}.json`);
export const PAPER = join(form, "examples/files/uy-quyen-thanh-vien.pdf");
export const password = () => text(keys, "password.txt");
export const pkcs12 = (kind = "ec") => readFileSync(join(keys, `citizen-${kind}.p12`));

/** What a portal trusts. */
export const trusted = () => ({ trust: [text(keys, "root.pem")], crls: [text(keys, "crl.pem")], audience: AUDIENCE });

/** A valid form with its paper, sealed. */
export async function sealed({ core, sign }, more = {}) {
  await core.init();
  const schema = core.compile(schemaText);
  const file = new File([readFileSync(PAPER)], "uy-quyen-thanh-vien.pdf");
  const attachments = [await sign.measure(file, { field: "/attachments/familyAuthorisation" })];
  const checked = schema.open(await sign.attach(valid("family-members"), attachments)).check();
  return sign.seal(checked.form, { audience: AUDIENCE, dossier: { id: "H24.15-261124-0001", nonce: NONCE }, attachments, ...more });
}

export async function signed(hoso, { kind = "ec", ...more } = {}) {
  const dossier = await sealed(hoso, more);
  return dossier.sign(await hoso.sign.keys.fromPkcs12(pkcs12(kind), password()), { format: "jades" });
}

/** The bytes of a Blob, with one byte changed where the text stands. */
export async function tampered(blob, text) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const at = Buffer.from(bytes.buffer).indexOf(text);
  if (at < 0) throw new Error(`${text} is not there`);
  bytes[at] ^= 1;
  return bytes;
}

/** The error that a call throws or its promise is rejected with. */
export async function thrown(work) {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
