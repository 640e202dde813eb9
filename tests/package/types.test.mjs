// The hand-written types: every public name, real answers, and the published JSON Schemas, held together by `tsc`.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { PAPER, esm, invalid, schemaText, sealed, signed, tampered, trusted, valid } from "./support/dossier.mjs";
import { NOW, app, command, json, root } from "./support/world.mjs";

const here = join(root, "tests/package");
const tsc = join(here, "node_modules/typescript/bin/tsc");
const { core, sign, tools } = await esm();

before(() => Promise.all([core.init(), tools.init()]));

/** What `tsc` says of files in the folder where the package is installed; nothing when all is well. */
function check(files, options = {}) {
  const names = Object.keys(files);
  for (const name of names) writeFileSync(join(app, name), files[name]);
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    target: "ES2022",
    module: "nodenext",
    skipLibCheck: false,
    types: [],
    typeRoots: [join(here, "node_modules/@types")],
    paths: { "@standard-schema/spec": [join(here, "node_modules/@standard-schema/spec/dist/index.d.ts")] },
    ...options,
  };
  const project = join(app, `${names[0]}.json`);
  writeFileSync(project, JSON.stringify({ compilerOptions, files: names }));
  return command(process.execPath, [tsc, "-p", project]).out;
}

const SETTINGS = {
  "Node, with the types of the browser": {},
  "Node, without them": { lib: ["ES2022"], types: ["node"] },
  "a bundler": { module: "esnext", moduleResolution: "bundler" },
  "a bundler, without the types of the browser": { module: "esnext", moduleResolution: "bundler", lib: ["ES2022"], types: ["node"] },
};

for (const [name, options] of Object.entries(SETTINGS)) {
  test(`every public name has its type: ${name}`, () => {
    const code = readFileSync(join(here, "support/every-name.ts"), "utf8");
    assert.equal(check({ "every-name.ts": code, "every-name.cts": code }, options), "");
  });
}

test("every name that is exported at run time stands in the file of every name", () => {
  const code = readFileSync(join(here, "support/every-name.ts"), "utf8");
  for (const name of [...Object.keys(core), ...Object.keys(sign), ...Object.keys(tools)]) assert.match(code, new RegExp(`\\b${name}\\b`));
  const types = readFileSync(join(root, "pkg/src/types.ts"), "utf8").matchAll(/^export (?:interface|type) (\w+)/gm);
  for (const [, name] of types) assert.match(code, new RegExp(`\\b${name}\\b`), `${name} is missing in every-name.ts`);
});

test("mistakes of a caller do not compile", () => {
  const lines = [
    'compile("{}", { language: "vi" });',
    'compile("{}", { lang: "fr" });',
    'compile("{}").validate({}, { now: 5 });',
    'verify(new Uint8Array(), {});',
    'verify("path", { trust: [] });',
    'const form: CheckedForm = compile("{}").open().check();',
    'checked.form;',
    'sealed.sign(key, { format: "pades" });',
    'sealed.toBeSigned({ algorithm: "ES256", format: "cades" });',
    'keys.outside({ chain: [], algorithms: [], signs: "hash", sign });',
    'verifyFile(new Uint8Array(), {});',
    'sealed.document("other.json");',
    'issue.code = "x";',
    'init({ core: 5 });',
    'initSign({ worker: 5 });',
    'initSign({ worker: new Worker("worker.js") });',
  ];
  const head = `import { compile, init, type Checked, type CheckedForm, type Issue } from "hoso";
    import { init as initSign, keys, verify, verifyFile, type Key, type OutsideSigner, type Sealed } from "hoso/sign"; declare const sign: OutsideSigner["sign"];
    declare const checked: Checked; declare const sealed: Sealed; declare const key: Key; declare const issue: Issue;`;
  const expected = lines.map((line) => `// @ts-expect-error\n${line}`);
  assert.equal(check({ "mistakes.ts": [head, ...expected].join("\n") }), "");
});

test("real answers have exactly the members of their types", async () => {
  const answers = await realAnswers();
  const lines = Object.entries(answers).flatMap(([type, list]) => list.map((answer) => `(${JSON.stringify(answer)}) satisfies ${type};`));
  const head = `import type { Accepted, Attachment, CertificateInfo, CheckedForm, Findings, Flag, Inspection, List, Part, Procedure, Reason, Report, Submission, Verdict } from "hoso/sign";\n`;
  assert.equal(check({ "answers.ts": head + lines.join("\n") }), "");
  // The check can fail: a member too many, one too few.
  const report = answers.Report[1];
  const wrong = [{ ...report, extra: 1 }, { ...report, issues: [{ ...report.issues[0], extra: 1 }] }, { ...report, now: undefined }, { ...report, valid: "no" }];
  const refused = wrong.map((answer) => `// @ts-expect-error\n(${JSON.stringify(answer)}) satisfies Report;`);
  assert.equal(check({ "wrong.ts": head + refused.join("\n") }), "");
});

async function realAnswers() {
  const household = core.compile(schemaText);
  const plain = core.compile({ items: { type: "string" } }, { lang: "en" });
  const dossier = await signed({ core, sign }, { supersedes: `sha-256:${"a".repeat(64)}` });
  const checked = household.open(valid("sole-owner")).check();
  const key = await sign.keys.fromPkcs12(readFileSync(join(root, "target/package/keys/citizen-rsa.p12")), readFileSync(join(root, "target/package/keys/password.txt"), "utf8"));
  key.dispose();
  const bytes = new Uint8Array(await dossier.package.arrayBuffer());
  const verdicts = [
    sign.verify(dossier, trusted()),
    sign.verify(dossier, { ...trusted(), lang: "en", crls: [], audience: "https://other.example" }),
    sign.verify(dossier, { ...trusted(), trust: [] }),
    sign.verify(await tampered(dossier.package, '{"attachments"'), trusted()),
    sign.verify(new Uint8Array([1]), trusted()),
    sign.verify(bytes.subarray(0, 500), trusted()),
  ];
  const { file, ...attachment } = await sign.measure(new File([readFileSync(PAPER)], "a.pdf"), { field: "/a/0" });
  assert.ok(file instanceof Blob);
  const errors = await Promise.all([
    sign.keys.fromPkcs12(new Uint8Array([1]), "x").catch(({ errors }) => errors),
    Promise.resolve().then(() => core.compile({ typo: 1, minLength: -1 }, { strict: true })).catch(({ errors }) => errors),
  ]);
  const truncated = plain.validate(new Array(1_200).fill(1), { now: NOW });
  assert.equal(truncated.truncated, true);
  const odd = { properties: { a: { minLength: 5, maxLength: 3 } }, required: ["b"] };
  return {
    Findings: [tools.lint(odd), tools.lint({})],
    Flag: [tools.flag(odd, 1), tools.flag(odd, {})],
    List: [tools.list(odd, 1), tools.list(odd, { a: 1 }), tools.list({}, 1)],
    Report: [household.validate(valid("sole-owner")), household.validate(invalid("six-mistakes-at-once")), household.validate({}), { ...truncated, issues: truncated.issues.slice(0, 3) }],
    Procedure: [household.procedure],
    CheckedForm: [checked.form],
    Submission: [dossier.submission, (await sealed({ core, sign })).submission],
    "readonly Part[]": [dossier.parts],
    Verdict: await Promise.all(verdicts),
    Accepted: [await sign.accept(dossier, trusted()), await sign.accept(new Uint8Array([1]), trusted())],
    Inspection: [await sign.inspect(dossier)],
    CertificateInfo: [key.certificate],
    'Omit<Attachment, "file">': [attachment],
    "readonly Reason[]": errors,
  };
}

/** Each object of a published JSON Schema, and the type that it is here. */
const OBJECTS = {
  report: { "/$defs/report": "Report", "/$defs/issue": "Issue" },
  submission: {
    "/$defs/submission": "Submission",
    "/$defs/submission/properties/procedure": 'Submission["procedure"]',
    "/$defs/submission/properties/dossier": 'Submission["dossier"]',
    "/$defs/submission/properties/schema": 'Submission["schema"]',
    "/$defs/submission/properties/form": 'Submission["form"]',
    "/$defs/submission/properties/view": 'Submission["view"]',
    "/$defs/submission/properties/engine": 'Submission["engine"]',
    "/$defs/submission/properties/verdict": 'Submission["verdict"]',
    "/$defs/attachedFile": "AttachmentPart",
    "/$defs/input": 'Submission["inputs"][number]',
    "/$defs/sealedIssue": 'Submission["verdict"]["issues"][number]',
  },
  verdict: {
    "/$defs/verdict": "Verdict",
    "/$defs/gateIssue": 'Verdict["gate"][number]',
    "/$defs/signature": "SignatureVerdict",
    "/$defs/signer": "CertificateInfo",
    "/$defs/revocationStatus": "RevocationStatus",
    "/$defs/reason": "Reason",
    "/$defs/report": "Report",
    "/$defs/issue": "Issue",
    "/$defs/submission": "Submission",
  },
};

test("the types and the published JSON Schemas name the same members, optional where they are optional", () => {
  const head = `import type { AttachmentPart, CertificateInfo, Issue, Reason, Report, RevocationStatus, SignatureVerdict, Submission, Verdict } from "hoso/sign";
    type Shape<T> = { [K in keyof T]-?: {} extends Pick<T, K> ? "optional" : "required" };
    type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;\n`;
  const lines = Object.entries(OBJECTS).flatMap(([file, objects]) => {
    const schema = json(root, "forms/meta", `${file}.schema.json`);
    return Object.entries(objects).map(([pointer, type]) => {
      const { properties, required = [] } = pointer.split("/").slice(1).reduce((at, token) => at[token], schema);
      const shape = Object.keys(properties).map((name) => `${name}: "${required.includes(name) ? "required" : "optional"}"`);
      return `true satisfies Same<Shape<${type}>, { ${shape.join("; ")} }>; // ${file} ${pointer}`;
    });
  });
  assert.equal(check({ "members.ts": head + lines.join("\n") }), "");
  for (const [is, might] of [['rule: "required"', 'rules: "required"'], ['truncated: "optional"', 'truncated: "required"']]) {
    assert.match(check({ "members.ts": head + lines.join("\n").replace(is, might) }), /error TS/);
  }
});
