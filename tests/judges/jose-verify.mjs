// node jose-verify.mjs FILE: does npm's `jose` accept this JSON JWS, whose parts sigD names?
// The payload is empty and not encoded (ETSI TS 119 182-1 5.2.8, RFC 7797); the key is that of x5c[0].
// Exit code 0 accepted, 1 refused, 2 could not judge.
import { readFileSync } from "node:fs";
import { answer, judge } from "./packages.mjs";

/** The certificate in x5c[0] is missing or damaged: the signature's fault, not the judge's. */
class KeyUnreadable extends Error {
  code = "x5c";
}

await answer(async () => {
  const jose = await judge("jose");
  const jws = JSON.parse(readFileSync(process.argv[2], "utf8"));
  const signatures = jws.signatures ?? [jws];
  if (signatures.length === 0) return "no signature";
  try {
    // One by one: `generalVerify` is content with any one of them.
    for (const one of signatures) {
      await jose.flattenedVerify({ ...one, payload: new Uint8Array() }, keyOf(jose), { crit: { sigD: true } });
    }
    return null;
  } catch (error) {
    if (error instanceof jose.errors.JOSEError || error instanceof KeyUnreadable) return `${error.code}: ${error.message}`;
    throw error;
  }
});

function keyOf(jose) {
  return async (header) => {
    try {
      const lines = header.x5c[0].match(/.{1,64}/g).join("\n");
      return await jose.importX509(`-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----`, header.alg);
    } catch (error) {
      throw new KeyUnreadable(error.message);
    }
  };
}
