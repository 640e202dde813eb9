// node make-jades.mjs RECIPE: a JAdES signature by npm's `jose`, with headers made by hand, so that what hoso verifies was made by others.
// RECIPE is JSON: {"out", "form": "compact" | "flattened" | "general", "signers": [[KEY.pem, CERT.pem, ALG]…], "issuer": CERT.pem, and either
//   "payload": FILE, which it holds, or "parts": [[NAME, FILE]…], which sigD names (ETSI TS 119 182-1 5.2.8)
//   "b64": whether the empty payload of detached parts goes in as it is (RFC 7797); compact has no such way in `jose`}
import { createHash, createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { judge } from "./packages.mjs";

const { out, form, signers, issuer, payload, parts, b64 } = JSON.parse(process.argv[2]);
const jose = await judge("jose");
const understood = { crit: { sigD: true } };
const content = parts ? new Uint8Array() : readFileSync(payload);
const known = signers.map(([key, certificate, alg]) => [createPrivateKey(readFileSync(key)), header(certificate, alg)]);
writeFileSync(out, await made());

async function made() {
  const [[key, protectedHeader]] = known;
  if (form === "compact") return new jose.CompactSign(content).setProtectedHeader(protectedHeader).sign(key, understood);
  if (form === "flattened") {
    const one = await new jose.FlattenedSign(content).setProtectedHeader(protectedHeader).sign(key, understood);
    return JSON.stringify(parts ? detached(one) : one);
  }
  const general = new jose.GeneralSign(content);
  for (const [each, its] of known) general.addSignature(each, understood).setProtectedHeader(its);
  const whole = await general.sign();
  return JSON.stringify(parts ? detached(whole) : whole);
}

/** Without the member for the payload that is elsewhere. */
function detached({ payload: _, ...rest }) {
  return rest;
}

function header(certificateFile, alg) {
  const chain = [certificateFile, issuer].map((file) => new X509Certificate(readFileSync(file)).raw);
  const hash = (bytes) => createHash("sha256").update(bytes).digest("base64url");
  const common = { alg, iat: Math.floor(Date.now() / 1000), x5c: chain.map((one) => one.toString("base64")), "x5t#S256": hash(chain[0]) };
  if (!parts) return { ...common, cty: "application/octet-stream" };
  const sigD = {
    mId: "http://uri.etsi.org/19182/ObjectIdByURIHash",
    pars: parts.map(([name]) => encodeURI(name)),
    hashM: "S256",
    // 5.2.8.3.3: of the octets with b64 false, else of their base64url.
    hashV: parts.map(([, file]) => hash(b64 === false ? readFileSync(file) : readFileSync(file).toString("base64url"))),
    ctys: parts.map(() => "application/octet-stream"),
  };
  return b64 === false ? { ...common, sigD, b64: false, crit: ["sigD", "b64"] } : { ...common, sigD, crit: ["sigD"] };
}
