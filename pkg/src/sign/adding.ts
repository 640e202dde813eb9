import { bytesOf } from "../bytes.js";
import { moment } from "../clock.js";
import { Fleeting } from "../engine.js";
import { HosoError } from "../error.js";
import { failure } from "../failure.js";
import type { Algorithm, CosignOptions, CountersignOptions, Evidence, ExtendOptions, Key, Language, PackageFile, Signed, SignatureVerdict } from "../types.js";
import { jsonOf } from "../value.js";
import { type SignGlue, engine } from "./engine.js";
import { files, intake, isBlob } from "./intake.js";
import { signedOf } from "./signed.js";
import { askAuthority, newNonce, unstamped } from "./timestamp.js";
import { Late, answered, within } from "./wait.js";

/**
 * Signs a package beside those who signed it. Nothing that is there changes, and nothing is judged: verify first what you sign.
 *
 * @throws HosoError `package.…` when it is no package, `key.…` and `signature.…` as `sign` of a sealed dossier.
 */
export function cosign(source: PackageFile, key: Key, options: CosignOptions = {}): Promise<Signed> {
  return added(source, options, (held, lang) => sign(held, undefined, key, options, lang));
}

/**
 * Signs over a signature of a package, as a portal does that confirms what it received. Nothing that is there changes.
 *
 * @throws HosoError as `cosign`; there is no such signature.
 */
export function countersign(source: PackageFile, key: Key, options: CountersignOptions = {}): Promise<Signed> {
  return added(source, options, (held, lang) => sign(held, (options.signature ?? 1) - 1, key, options, lang));
}

/**
 * Adds to the signatures of a package what makes them last: a timestamp (B-T), and with it the certificates and the evidence of their status (B-LT).
 * Nothing that is there changes; the source is as it was when something is missing.
 *
 * @throws HosoError `timestamp.…`, `evidence.…`; for B-LT the reasons for which a signature is not valid, or not known to be, in `errors`.
 */
export function extend(source: PackageFile, options: ExtendOptions): Promise<Signed> {
  return added(source, options, async (held, lang) => {
    const { level, signature } = options;
    const all = marks(held, lang);
    for (const mark of signature === undefined ? all : [all[signature - 1]]) {
      const place = () => marks(held, lang).indexOf(mark!);
      if (level === "B-T" || !hasTimestamp(held, place(), options, lang)) await stamp(held, place(), options, lang);
      if (level === "B-LT") await last(held, place(), options, lang);
    }
  });
}

type Package = Fleeting<SignGlue>;

/** Opens a package, adds to it, and gives it back with what was added. */
async function added(source: PackageFile, options: CosignOptions, add: (held: Package, lang: Language) => Promise<void>): Promise<Signed> {
  const lang = options.lang ?? "vi";
  const given = "package" in source ? source.package : source;
  const open = (_: SignGlue, intake: number) =>
    new Fleeting(engine, lang, (glue) => glue.packageOpen(intake, lang), (glue, id) => glue.packageRelease(id));
  const held = await intake(given, options, open);
  try {
    await add(held, lang);
    const { kept, tail } = held.use(lang, (glue, id) => glue.packageWrite(id, lang));
    const file = isBlob(given) ? given : new Blob([given as BlobPart]);
    return signedOf(described(held, lang), [file.slice(0, kept), tail]);
  } finally {
    held.release();
  }
}

function described(held: Package, lang: Language): Omit<Signed, "package" | "fileName"> & { signatures: number } {
  return JSON.parse(held.use(lang, (glue, id) => glue.packageDescribe(id, lang)));
}

/** What tells signatures from each other wherever they stand: those of a message are in the order of their bytes (X.690 11.6), so what is added to one moves it. */
function marks(held: Package, lang: Language): string[] {
  const { signatures } = described(held, lang);
  const nonce = Uint8Array.of(1);
  return Array.from({ length: signatures }, (_, place) => held.use(lang, (glue, id) => glue.packageQuestion(id, place, nonce, lang)).join());
}

async function sign(held: Package, over: number | undefined, key: Key, options: CosignOptions, lang: Language): Promise<void> {
  const [chain, at] = [[...key.chain], moment(options.at, lang)];
  const algorithm = options.algorithm ?? key.algorithms[0] ?? "";
  const { message } = held.use(lang, (glue, id) => glue.packageToBeSigned(id, over, chain, algorithm, at, lang));
  const signature = answered(await within(Infinity, [options.signal], (signal) => key.sign(message, algorithm as Algorithm, { signal })));
  if (signature === undefined) throw failure("key.bad-answer", {}, lang);
  held.use(lang, (glue, id) => glue.packageAttach(id, over, chain, algorithm, at, signature, lang));
}

async function stamp(held: Package, place: number, options: ExtendOptions, lang: Language): Promise<void> {
  if (options.timestamp === undefined) throw failure("timestamp.missing", {}, lang);
  const nonce = newNonce();
  const question = held.use(lang, (glue, id) => glue.packageQuestion(id, place, nonce, lang));
  try {
    const reply = await askAuthority(question, options, lang);
    held.use(lang, (glue, id) => glue.packageStamp(id, place, nonce, reply, lang));
  } catch (error) {
    throw options.signal?.aborted ? error : unstamped(error, options, lang);
  }
}

function hasTimestamp(held: Package, place: number, options: ExtendOptions, lang: Language): boolean {
  const [request, ...lists] = known(options, [], lang);
  const verdicts = held.use(lang, (glue, id) => glue.packageVerdicts(id, request, ...lists, lang));
  const verdict = (JSON.parse(verdicts) as SignatureVerdict[])[place];
  return verdict?.timestamps.some(({ valid }) => valid) ?? false;
}

async function last(held: Package, place: number, options: ExtendOptions, lang: Language): Promise<void> {
  const missing = (more: Evidence[]): SignatureVerdict | undefined => {
    const [request, ...lists] = known(options, more, lang);
    const verdict = held.use(lang, (glue, id) => glue.packageLast(id, place, request, ...lists, lang));
    return verdict === undefined ? undefined : (JSON.parse(verdict) as SignatureVerdict);
  };
  const verdict = missing([]);
  if (verdict === undefined) return;
  const still = options.evidence && missing([await asked(verdict, options, lang)]);
  const failed = options.evidence ? still : verdict;
  if (failed !== undefined) throw new HosoError(failed.reasons);
}

const EVIDENCE_TIMEOUT = 30_000;

async function asked(verdict: SignatureVerdict, options: ExtendOptions, lang: Language): Promise<Evidence> {
  const { evidence, evidenceTimeout = EVIDENCE_TIMEOUT, signal } = options;
  try {
    return await within(evidenceTimeout, [signal], (signal) => evidence!(verdict, { signal }));
  } catch (error) {
    if (error instanceof Late) throw failure("evidence.no-answer", { seconds: evidenceTimeout / 1000 }, lang, { cause: error });
    throw signal?.aborted ? error : failure("evidence.failed", {}, lang, { cause: error });
  }
}

type Known = [request: Uint8Array, trust: Uint8Array[], certificates: Uint8Array[], crls: Uint8Array[], ocsps: Uint8Array[]];

/** What is believed and known of certificates. */
function known(options: ExtendOptions, more: readonly Evidence[], lang: Language): Known {
  const request = jsonOf({ receivedAt: moment(options.receivedAt, lang), revocation: "require" }, lang);
  const all = (kind: keyof Evidence) => [options, ...more].flatMap((given) => files(given[kind] ?? []));
  return [bytesOf(request).slice(), files(options.trust ?? []), all("certificates"), all("crls"), all("ocsps")];
}
