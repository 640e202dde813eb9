// node jose-verify.mjs FILE…: does npm's `jose` accept these JWS, compact or in JSON, with all their signatures?
// Without a FILE it reads their names from stdin, a line each, and answers each with a line.
// The payload is in the file, or else empty, since sigD names parts elsewhere (ETSI TS 119 182-1 5.2.8, RFC 7797); the key is that of x5c[0].
// Exit code 0 accepted, 1 refused, 2 could not judge.
import { readFileSync } from "node:fs";
import { answer, answerLines, judge } from "./packages.mjs";

/** The certificate in x5c[0] is missing or damaged: the signature's fault, not the judge's. */
class KeyUnreadable extends Error {
  code = "x5c";
}

/** The file is no JWS. */
class Unreadable extends Error {
  code = "form";
}

const jose = await judge("jose");
const files = process.argv.slice(2);
if (files.length > 0) await answer(() => refusalOfAny(files));
else await answerLines(refusal);

async function refusalOfAny(files) {
  for (const file of files) {
    const refused = await refusal(file);
    if (refused !== null) return refused;
  }
  return null;
}

async function refusal(file) {
  try {
    const { payload, signatures } = read(readFileSync(file, "utf8"));
    if (signatures.length === 0) return "no signature";
    // One by one: `generalVerify` is content with any one of them.
    for (const one of signatures) {
      await jose.flattenedVerify({ ...one, payload: payload ?? "" }, keyOf, { crit: { sigD: true } });
    }
    return null;
  } catch (error) {
    if (error instanceof jose.errors.JOSEError || error instanceof KeyUnreadable || error instanceof Unreadable) return `${error.code}: ${error.message}`;
    throw error;
  }
}

function read(text) {
  if (!text.startsWith("{")) {
    const parts = text.split(".");
    if (parts.length !== 3) throw new Unreadable("a compact JWS has three parts");
    return { payload: parts[1], signatures: [{ protected: parts[0], signature: parts[2] }] };
  }
  try {
    const { payload, signatures, ...one } = JSON.parse(text);
    return { payload, signatures: signatures ?? [one] };
  } catch (error) {
    throw new Unreadable(error.message);
  }
}

async function keyOf(header) {
  try {
    const lines = header.x5c[0].match(/.{1,64}/g).join("\n");
    return await jose.importX509(`-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----`, header.alg);
  } catch (error) {
    throw new KeyUnreadable(error.message);
  }
}
