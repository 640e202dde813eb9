import { failure } from "../failure.js";
import type { Algorithm, Language } from "../types.js";

/** What WebCrypto calls an algorithm, when a key is made or imported, and when it signs. */
interface Named {
  readonly key: EcKeyImportParams | RsaHashedImportParams;
  readonly sign: AlgorithmIdentifier | EcdsaParams | RsaPssParams;
}

const elliptic = (namedCurve: string, hash: string): Named => ({ key: { name: "ECDSA", namedCurve }, sign: { name: "ECDSA", hash } });
const pss = (hash: string, saltLength: number): Named => ({ key: { name: "RSA-PSS", hash }, sign: { name: "RSA-PSS", saltLength } });

const NAMES: Readonly<Record<Algorithm, Named>> = {
  ES256: elliptic("P-256", "SHA-256"),
  ES384: elliptic("P-384", "SHA-384"),
  PS256: pss("SHA-256", 32),
  PS384: pss("SHA-384", 48),
  RS256: { key: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }, sign: { name: "RSASSA-PKCS1-v1_5" } },
};

export function named(algorithm: string): Named | undefined {
  return Object.hasOwn(NAMES, algorithm) ? NAMES[algorithm as Algorithm] : undefined;
}

/** The one algorithm that a key of WebCrypto signs with; nothing where it is none of ours, or the key does not sign. */
export function algorithmOf(key: CryptoKey): Algorithm | undefined {
  if (key.type !== "private" || !key.usages.includes("sign")) return undefined;
  const has = key.algorithm as { name: string; namedCurve?: string; hash?: { name: string } };
  return (Object.keys(NAMES) as Algorithm[]).find((algorithm) => {
    const { name, namedCurve, hash } = NAMES[algorithm].key as { name: string; namedCurve?: string; hash?: string };
    return has.name === name && has.namedCurve === namedCurve && has.hash?.name === hash;
  });
}

/** A key that WebCrypto keeps, once for each algorithm: one of WebCrypto signs with one. */
export type Kept = ReadonlyMap<string, CryptoKey>;

/** Gives a key to WebCrypto for these algorithms and wipes it here; nothing where WebCrypto does not take it for all of them. */
export async function imported(pkcs8: Uint8Array<ArrayBuffer>, algorithms: readonly string[]): Promise<Kept | undefined> {
  const kept = new Map<string, CryptoKey>();
  try {
    for (const algorithm of algorithms) kept.set(algorithm, await crypto.subtle.importKey("pkcs8", pkcs8, named(algorithm)!.key, false, ["sign"]));
    return kept.size > 0 ? kept : undefined;
  } catch {
    return undefined;
  } finally {
    pkcs8.fill(0);
  }
}

/** Signs a message, in JOSE form. */
export async function signedBy(kept: Kept, message: Uint8Array, algorithm: string, lang: Language): Promise<Uint8Array> {
  const key = kept.get(algorithm);
  if (key === undefined) throw failure("key.algorithm", { algorithm, usable: [...kept.keys()].join(", ") }, lang);
  const signing = crypto.subtle.sign(named(algorithm)!.sign, key, message as Uint8Array<ArrayBuffer>);
  return new Uint8Array(await signing.catch((cause: unknown) => {
    throw failure("key.failed", {}, lang, { cause });
  }));
}
