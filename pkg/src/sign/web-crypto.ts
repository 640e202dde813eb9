import type { Algorithm } from "../types.js";

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

/** Gives a key to WebCrypto and wipes it here; nothing where WebCrypto does not take it. */
export async function imported(pkcs8: Uint8Array<ArrayBuffer>, usable: readonly string[], algorithm: string | undefined): Promise<CryptoKey | undefined> {
  try {
    const chosen = algorithm ?? usable[0] ?? "";
    const params = usable.includes(chosen) ? named(chosen) : undefined;
    return params && (await crypto.subtle.importKey("pkcs8", pkcs8, params.key, false, ["sign"]));
  } catch {
    return undefined;
  } finally {
    pkcs8.fill(0);
  }
}
