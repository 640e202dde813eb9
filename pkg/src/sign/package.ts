import { bytesOf } from "../bytes.js";
import { moment } from "../clock.js";
import { core } from "../core.js";
import type {
  Accepted,
  FileContent,
  FileVerdict,
  Inspection,
  Json,
  Language,
  PackageSource,
  Verdict,
  VerifyFileOptions,
  VerifyOptions,
  WorkOptions,
} from "../types.js";
import { jsonOf, together } from "../value.js";
import { type SignGlue, engine } from "./engine.js";
import { files, intake } from "./intake.js";

/**
 * Verifies a package, read piece by piece. Whatever the bytes are, the answer is a verdict.
 *
 * @throws HosoError when a certificate, a list or an option cannot be read.
 */
export async function verify(source: PackageSource, options: VerifyOptions): Promise<Verdict> {
  const found = await judge(source, options, false);
  return JSON.parse(found.verdict) as Verdict;
}

/** Verifies a package and, when it is accepted, gives what it holds. */
export async function accept(source: PackageSource, options: VerifyOptions): Promise<Accepted> {
  const { verdict: text, form, schema, view } = await judge(source, options, true);
  const verdict = JSON.parse(text) as Verdict;
  if (verdict.outcome !== "accepted") return { type: verdict.outcome, verdict };
  const json = (part: string | undefined) => JSON.parse(part ?? "null") as Json;
  return { type: "accepted", verdict, submission: verdict.submission!, form: json(form), schema: json(schema), view: view ?? "" };
}

/**
 * What a package holds, as it says itself. Nothing is judged.
 *
 * @throws HosoError when it is no package.
 */
export async function inspect(source: PackageSource, options: WorkOptions = {}): Promise<Inspection> {
  const lang = options.lang ?? "vi";
  const text = await intake(source, options, (glue, id) => glue.intakeInspect(id, lang));
  return JSON.parse(text) as Inspection;
}

/**
 * Verifies a signed file of any maker: CMS (CAdES), JWS (JAdES) or an ASiC container. File and contents are held whole. For a package `verify` says
 * more.
 *
 * @throws HosoError when a certificate, a list or an option cannot be read.
 */
export async function verifyFile(file: FileContent, options: VerifyFileOptions): Promise<FileVerdict> {
  const lang = options.lang ?? "vi";
  await engine.init(undefined, lang);
  const given = options.content;
  const named = given === undefined ? [] : isContent(given) ? [["", given] as const] : Object.entries(given);
  const contents = await Promise.all(named.map(([, content]) => whole(content)));
  const names = named.map(([name]) => name);
  const request = jsonOf({
    receivedAt: moment(options.receivedAt, lang),
    revocation: options.revocation ?? "require",
    policy: policyOf(options, lang),
  }, lang);
  const [trust, certificates] = [files(options.trust), files(options.certificates ?? [])];
  const [crls, ocsps] = [files(options.crls ?? []), files(options.ocsps ?? [])];
  const signed = await whole(file);
  const verified = engine.call(lang, (glue) =>
    glue.fileVerify(signed, names, contents, bytesOf(request).slice(), trust, certificates, crls, ocsps, lang),
  );
  return JSON.parse(verified) as FileVerdict;
}

function isContent(given: NonNullable<VerifyFileOptions["content"]>): given is FileContent {
  return given instanceof Uint8Array || given instanceof ArrayBuffer || ("size" in given && "arrayBuffer" in given);
}

async function whole(file: FileContent): Promise<Uint8Array> {
  return file instanceof Uint8Array ? file : new Uint8Array(file instanceof ArrayBuffer ? file : await file.arrayBuffer());
}

async function judge(source: PackageSource, options: VerifyOptions, contents: boolean): Promise<ReturnType<SignGlue["intakeVerify"]>> {
  const lang = options.lang ?? "vi";
  const request = jsonOf({
    receivedAt: moment(options.receivedAt, lang),
    revocation: options.revocation ?? "require",
    schemas: options.schemas,
    audience: options.audience,
    policy: policyOf(options, lang),
  }, lang);
  const [trust, crls, ocsps] = [files(options.trust), files(options.crls ?? []), files(options.ocsps ?? [])];
  const lists = together(options.codeLists, lang);
  const codeLists = () => (lists === undefined ? undefined : bytesOf(lists).slice());
  const judged = (schema: Uint8Array, form: Uint8Array, now: string, language: string) =>
    core.call(lang, (glue) => glue.dossierJudge(schema, form, codeLists(), now, language, lang));
  await core.init(undefined, lang);
  return intake(source, options, (glue, id) => glue.intakeVerify(id, bytesOf(request), trust, crls, ocsps, codeLists(), judged, contents, lang));
}

/** A policy by its name, or its JSON text. */
function policyOf({ policy }: Pick<VerifyOptions, "policy">, lang: Language): string | undefined {
  return policy === undefined || typeof policy === "string" ? policy : jsonOf(policy, lang);
}
