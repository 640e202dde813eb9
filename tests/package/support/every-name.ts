// Every public name of the package, used as its type says.

import { HosoError, compile, init, version } from "hoso";
import type { InitOptions } from "hoso";
import { accept, attach, cosign, countersign, extend, init as initSign, inspect, keys, measure, seal, verify, verifyFile } from "hoso/sign";
import type {
  Accepted,
  Algorithm,
  Attachment,
  AttachmentPart,
  BrowserWorker,
  CertificateInfo,
  Change,
  CheckOptions,
  Checked,
  CheckedForm,
  Claim,
  CodeEntry,
  CodeList,
  CodeLists,
  CodeOption,
  CompileOptions,
  DocumentPart,
  Dropped,
  Field,
  FileContent,
  FileVerdict,
  Format,
  GenerateOptions,
  GeneratedKey,
  ImportOptions,
  ImportedKey,
  FieldChange,
  FieldState,
  Form,
  FormSnapshot,
  InitOptions as InitSignOptions,
  Inspection,
  Issue,
  Json,
  Key,
  KeyFile,
  KeyOptions,
  Language,
  Level,
  LookupResult,
  MeasureOptions,
  OpenOptions,
  OutsideSigner,
  PackageSource,
  Params,
  Part,
  PemOptions,
  Pkcs12Options,
  Procedure,
  Reason,
  Report,
  RevocationStatus,
  TimestampVerdict,
  Schema,
  SealOptions,
  Sealed,
  SignOptions,
  SignatureVerdict,
  Signed,
  StampOptions,
  StandardSchema,
  Submission,
  Texts,
  ToBeSigned,
  ToBeSignedOptions,
  TrustedScriptURL,
  ValidateOptions,
  Verdict,
  VerifyFileOptions,
  VerifyOptions,
  WasmModule,
  WasmSource,
  WebCryptoKey,
  WebCryptoKeyPair,
  WorkOptions,
  WorkerSource,
} from "hoso/sign";
import type { CosignOptions, CountersignOptions, Evidence, ExtendOptions, OwnPolicy, PackageFile, Policy } from "hoso/sign";
import { evaluate, evaluateJson, flag, flagJson, init as initTools, lint, list, listJson } from "hoso/tools";
import type { Finding, Findings, Flag, InitOptions as InitToolsOptions, List, Unit } from "hoso/tools";
import type { StandardSchemaV1 } from "@standard-schema/spec";

const checkingNow: ValidateOptions = { now: "2026-11-24T09:00:00+07:00" };

async function all(file: Blob, bytes: Uint8Array, response: Response, trusted: TrustedScriptURL, module: WasmModule, worker: BrowserWorker, webKey: WebCryptoKey): Promise<void> {
  const source: WasmSource[] = ["core.wasm", new URL("https://portal.example/core.wasm"), response, Promise.resolve(response), bytes, new ArrayBuffer(8), module];
  const options: InitOptions = { core: source[0]!, lang: "vi" };
  await init();
  await init(options);
  const workers: WorkerSource[] = ["worker.js", trusted, () => worker];
  const more: InitSignOptions = { sign: source[1]!, worker: workers[1]!, fileWorker: workers[0]! };
  await initSign(more);
  const number: string = version();

  const lang: Language = "en";
  const texts: Texts = { vi: "Hà Nội" };
  const entry: CodeEntry = { code: "01", label: texts, from: "2025-07-01" };
  const codeList: CodeList = { title: texts, source: "S", date: "2025-07-01", codes: [entry] };
  const codeLists: CodeLists = { provinces: codeList, communes: "{}" };
  const compiling: CompileOptions = { lang, strict: true, formats: "assert", dialect: "7", refs: { "https://portal.example/a": "{}", "https://portal.example/b": {} }, codeLists };
  const schema: Schema = compile({ type: "object" }, compiling);
  const others: Schema[] = [compile("{}"), compile(bytes), schema.in("vi")];
  const standard: StandardSchemaV1 = schema;
  const ours: StandardSchema = schema["~standard"];
  const procedure: Procedure | null = schema.procedure;
  const validating: ValidateOptions = { now: new Date() };
  const report: Report = schema.validate({}, validating);
  const same: Report = schema.validateJson("{}", { now: "2026-11-24T09:00:00+07:00", lang: "vi" });
  const yes: boolean = schema.isValid(1) && schema.isValidJson(bytes);
  const issue: Issue | undefined = report.issues[0];
  const level: Level | undefined = issue?.level;
  const params: Params = issue?.params ?? {};

  const opening1: OpenOptions = { now: new Date(), lang };
  const form: Form = schema.open({}, opening1);
  const field: Field = form.field("/owner");
  const found: LookupResult = { status: "match", source: "a", at: "b", asked: { id: "1" }, facts: {} };
  void [form.lookupResult("/check", found), field.lookupResult(null)];
  const row: Field = form.insert("/rows", 0, {});
  const change: Change = form.batch(() => form.set("/owner", "a"));
  const told: FieldChange | undefined = change.changed[0];
  const state: FieldState = field.getSnapshot();
  const offered: CodeOption | undefined = field.options[0];
  const snapshot: FormSnapshot = form.getSnapshot();
  const restored: Form = schema.restore(form.draft(), opening1);
  const dropped: Dropped | undefined = restored.dropped[0];
  const ends: (() => void)[] = [form.subscribe((one: Change) => void one), form.subscribe("/owner", (one) => void one), field.subscribe(() => {})];
  void [row.move(1), row.remove(), form.input("/n", "1"), form.move("/rows/0", 1), form.remove("/rows/0"), form.undo(), form.redo(), form.report(checkingNow)];
  void [told?.issues, state.value, offered?.label, snapshot.edits, dropped?.value, ends, form.typed, field.clear(), field.touch(), form.dispose()];
  const value: Json = form.value;
  const checking: CheckOptions = { page: "owner", lang: "en" };
  const checked: Checked = form.check(checking);
  if (checked.type !== "valid") throw new Error(checked.report.schema);
  const frozen: CheckedForm = checked.form;

  const working: WorkOptions = { signal: new AbortController().signal, onProgress: (done: number, total: number) => void (done / total) };
  const measuring: MeasureOptions = { field: "/papers", name: "a.pdf", ...working };
  const attachment: Attachment = await measure(file, measuring);
  const data: Json = await attach(value, [attachment], { lang });
  const sealing: SealOptions = { audience: "https://portal.example", dossier: { id: "1", nonce: "n" }, attachments: [attachment], ...working };
  const sealed: Sealed = await seal(frozen, sealing);
  const part: Part | undefined = sealed.parts[0];
  const submission: Submission = sealed.submission;
  const document: DocumentPart = submission.form;
  const attached: AttachmentPart | undefined = submission.attachments[0];
  const text: string = sealed.document("form.json") + sealed.view;

  const opening: KeyOptions = { lang };
  const chosen: Pkcs12Options = { ...opening, alias: "khóa ký", certificate: "0".repeat(64) };
  const key: Key = await keys.fromPkcs12(bytes, "password", chosen);
  const plain: KeyFile[] = ["-----BEGIN PRIVATE KEY-----", file, bytes, new ArrayBuffer(8)];
  const pem: PemOptions = { ...opening, password: "password" };
  const further: Key[] = [await keys.fromPem(plain[0]!, plain, pem), await keys.fromPem(bytes, "-----BEGIN CERTIFICATE-----")];
  further.forEach((other) => other.dispose());
  const algorithm: Algorithm | undefined = key.algorithms[0];
  const stamping: StampOptions = { timestamp: async (question, { signal }) => (signal.aborted ? question : question.slice()), timestampTimeout: 5_000, signal: new AbortController().signal };
  const formats: Format[] = ["jades", "asice", "cades"];
  const signing: SignOptions = { ...stamping, format: formats[0]!, algorithm: algorithm ?? "ES256", at: new Date(), lang };
  const elsewhere: OutsideSigner = { chain: ["pem", bytes], algorithms: ["RS256"], signs: "digestInfo", sign: async (given, { signal }) => (signal.aborted ? new ArrayBuffer(8) : given), timeout: 1, signal: new AbortController().signal, lang };
  const asking: ToBeSignedOptions = { chain: [bytes], algorithm: "ES256", format: "cades", at: new Date(), lang };
  const asked: ToBeSigned = await sealed.toBeSigned(asking);
  const returned: Signed = await asked.attach(asked.digest, stamping);
  void [returned.format, asked.message, asked.digestInfo, asked.algorithm];
  const importing: ImportOptions = { ...chosen, algorithm: "PS256" };
  const imported: ImportedKey = await keys.importPkcs12(file, "password", importing);
  const generating: GenerateOptions = { algorithm: "ES256", lang };
  const generated: GeneratedKey = await keys.generate(generating);
  const pair: WebCryptoKeyPair = generated.key;
  void [pair.publicKey, generated.publicKey, imported.certificate];
  const lasting: Key[] = [await keys.outside(elsewhere), await keys.fromCryptoKey(imported.key, imported.chain, opening), await keys.fromCryptoKey(webKey, ["pem"])];
  await lasting[0]!.sign(bytes, "RS256", { signal: new AbortController().signal });
  const signed: Signed = await sealed.sign(key, signing);
  key.dispose();

  const adding: CosignOptions = { algorithm: "ES256", at: new Date(), lang, ...working };
  const over: CountersignOptions = { ...adding, signature: 2 };
  const evidence: Evidence = { certificates: ["pem"], crls: [bytes], ocsps: [] };
  const lasts: ExtendOptions = { level: "B-LT", ...evidence, trust: ["pem"], receivedAt: new Date(), signature: 1, evidence: async (verdict, { signal }) => (signal.aborted || verdict.level ? evidence : {}), evidenceTimeout: 5_000, ...working };
  const packages: PackageFile[] = [signed, signed.package, bytes, new ArrayBuffer(8)];
  const added: Signed[] = [await cosign(packages[0]!, key), await cosign(bytes, key, adding), await countersign(signed, key, over), await extend(signed, lasts)];
  await extend(added[0]!, { level: "B-T", timestamp: async (question) => question, timestampTimeout: 5_000 });

  const own: OwnPolicy = { name: "office", algorithms: { ES256: "allow", RS256: "warn" }, level: "B-T" };
  const policies: Policy[] = ["default", "vn-tt15", own];
  const sources: PackageSource[] = [signed, signed.package, bytes, new ArrayBuffer(8), file.stream()];
  const verifying: VerifyOptions = { trust: ["pem", bytes], crls: [bytes], ocsps: [bytes], revocation: "require", schemas: [schema.id], audience: "https://portal.example", codeLists, receivedAt: new Date(), policy: policies[2]! };
  const verdict: Verdict = await verify(sources[0]!, verifying);
  const signature: SignatureVerdict | undefined = verdict.signatures[0];
  const claim: Claim | undefined = verdict.claims[0];
  void [claim?.path, claim?.status, claim?.source];
  const signer: CertificateInfo | null | undefined = signature?.signer;
  const timestamp: TimestampVerdict | undefined = signature?.timestamps[0];
  const revocation: RevocationStatus | undefined = signature?.revocation[0];
  const reason: Reason | undefined = signature?.reasons[0] ?? verdict.gate[0];
  const accepted: Accepted = await accept(signed, verifying);
  const contents: Json | string = accepted.type === "accepted" ? accepted.form : accepted.verdict.outcome;
  const inspection: Inspection = await inspect(signed);
  const contents2: FileContent[] = [file, bytes, new ArrayBuffer(8)];
  const judging: VerifyFileOptions = { trust: ["pem"], certificates: [bytes], content: contents2[0]!, crls: [], ocsps: [], revocation: "none", receivedAt: new Date(), policy: policies[0]!, lang };
  const judged: FileVerdict = await verifyFile(contents2[1]!, { ...judging, content: { "a.pdf": file } });
  void [judged.accepted, judged.outcome, judged.signatures, judged.uncovered, judged.issues];

  const tools: InitToolsOptions = { tools: source[1]!, lang };
  await initTools(tools);
  const findings: Findings = lint("{}", compiling);
  const finding: Finding | undefined = findings.findings[0];
  const flags: Flag[] = [flag({}, 1), flagJson(bytes, bytes, { lang })];
  const values: [unknown, string] = [evaluate("a + 1", { a: 1 }), evaluateJson("1", "{}", { lang: "en" })];
  const lists: List[] = [list("{}", value), listJson({}, "1", compiling)];
  const unit: Unit | undefined = lists[0]?.details[0];
  void [finding, flags, values, unit?.errors["type"]];

  const error: unknown = undefined;
  if (error instanceof HosoError) {
    const facts: [string, string, Params, readonly Reason[], Report | undefined, Signed | undefined] = [error.code, error.message, error.params, error.errors, error.report, error.signed];
    void facts;
  }
  schema.dispose();
  void [number, others, standard, ours, procedure, same, yes, level, params, data, part, document, attached, text, signer, timestamp, revocation, reason, contents, inspection];
}

void all;
