// The package in Node, from the tarball, as ES module and as CommonJS.

import assert from "node:assert/strict";
import { createReadStream, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { PAPER, cjs, esm, password, pkcs12, schemaText, sealed, signed, tampered, thrown, trusted, valid } from "./support/dossier.mjs";
import { AUDIENCE, NONCE, NOW, app, command, form, hoso, keys, made, root } from "./support/world.mjs";

const systems = { "an ES module": await esm(), CommonJS: cjs() };
const packages = {};

before(async () => {
  for (const [name, system] of Object.entries(systems)) packages[name] = await signed(system);
});

const cli = (...args) => command(hoso, args);
const verifyArgs = ["--trust", join(keys, "root.pem"), "--crl", join(keys, "crl.pem"), "--audience", AUDIENCE];

async function saved(dossier, name) {
  const file = join(made, `${name}.hoso.zip`);
  writeFileSync(file, Buffer.from(await dossier.package.arrayBuffer()));
  return file;
}

for (const [name, { core, sign }] of Object.entries(systems)) {
  test(`${name}: a form is checked, sealed, signed, verified and accepted`, async () => {
    const dossier = packages[name];
    assert.equal(dossier.fileName, "H24.15-261124-0001.hoso.zip");
    const accepted = await sign.accept(dossier, { ...trusted(), schemas: [core.compile(schemaText).id] });
    assert.equal(accepted.type, "accepted");
    assert.equal(accepted.verdict.signatures[0].indication, "TOTAL-PASSED");
    assert.equal(accepted.verdict.signatures[0].signer.personalId, "031185000002");
    assert.equal(accepted.form.owner.name, valid("family-members").owner.name);
    assert.deepEqual(accepted.schema, JSON.parse(core.compile(schemaText).canonical));
    assert.match(accepted.view, /^<!DOCTYPE html>/i);
    assert.deepEqual(accepted.submission, dossier.submission);
  });

  for (const kind of ["ec", "rsa"]) {
    test(`${name}: the command and npm's jose accept what the ${kind} key signed`, async () => {
      const dossier = kind === "ec" ? packages[name] : await signed({ core, sign }, { kind });
      const file = await saved(dossier, `${name.replaceAll(" ", "-")}-${kind}`);
      const verified = cli("verify", file, ...verifyArgs);
      assert.equal(verified.code, 0, verified.out + verified.err);
      const signature = join(made, `${name.replaceAll(" ", "-")}-${kind}.jose.json`);
      writeFileSync(signature, dossier.signature);
      const judged = command(process.execPath, [join(root, "tests/judges/jose-verify.mjs"), signature]);
      assert.equal(judged.out.trim(), "accepted", judged.err);
      const wrong = JSON.parse(dossier.signature);
      wrong.signature = `${wrong.signature.startsWith("A") ? "B" : "A"}${wrong.signature.slice(1)}`;
      writeFileSync(signature, JSON.stringify(wrong));
      assert.match(command(process.execPath, [join(root, "tests/judges/jose-verify.mjs"), signature]).out, /^refused/);
    });
  }

  test(`${name}: a package of the command is accepted, and both say the same of it`, async () => {
    const file = join(made, `cli-${name.replaceAll(" ", "-")}.hoso.zip`);
    const data = join(form, "examples/valid/family-members.json");
    const args = ["--schema", join(form, "schema.json"), "--data", data, "--attach", `/attachments/familyAuthorisation=${PAPER}`];
    const key = ["--p12", join(keys, "citizen-ec.p12"), "--password-file", join(keys, "password.txt"), "--format", "jades"];
    const done = cli("sign", ...args, ...key, "--audience", AUDIENCE, "--dossier", "H24.15-261124-0002", "-o", file);
    assert.equal(done.code, 0, done.err);
    const received = new Date(Date.now() + 1000);
    const ours = await sign.verify(createReadStream(file), { ...trusted(), receivedAt: received, lang: "en" });
    assert.equal(ours.accepted, true);
    const theirs = cli("verify", file, ...verifyArgs, "--received-at", ours.receivedAt, "--lang", "en", "--output", "json");
    assert.deepEqual(ours, JSON.parse(theirs.out));
    const inspection = await sign.inspect(createReadStream(file));
    assert.deepEqual(inspection, JSON.parse(cli("inspect", file, "--output", "json").out));
  });
}

const { core, sign } = systems["an ES module"];
const dossier = () => packages["an ES module"];

test("what is not right is not accepted, and gives no contents", async () => {
  const bytes = new Uint8Array(await dossier().package.arrayBuffer());
  const cases = [
    ["refused", await tampered(dossier().package, '{"attachments"'), trusted()],
    ["refused", bytes.subarray(0, bytes.length - 1), trusted()],
    ["refused", new Uint8Array(), trusted()],
    ["refused", bytes, { ...trusted(), audience: "https://other.example" }],
    ["refused", bytes, { ...trusted(), schemas: [`sha-256:${"0".repeat(64)}`] }],
    ["undetermined", bytes, { ...trusted(), crls: [] }],
    ["undetermined", bytes, { ...trusted(), trust: [] }],
    ["accepted", bytes, { ...trusted(), crls: [], revocation: "none" }],
  ];
  for (const [outcome, given, options] of cases) {
    const result = await sign.accept(given, options);
    assert.equal(result.type, outcome, JSON.stringify(result.verdict.gate));
    assert.equal(result.verdict.outcome, outcome);
    assert.deepEqual(Object.keys(result), outcome === "accepted" ? ["type", "verdict", "submission", "form", "schema", "view"] : ["type", "verdict"]);
  }
});

test("a package may come as bytes, Blob, stream or iterable, in pieces of any size", async () => {
  const bytes = new Uint8Array(await dossier().package.arrayBuffer());
  async function* pieces() {
    for (let from = 0; from < bytes.length; from += 7919) yield bytes.subarray(from, from + 7919);
  }
  const readable = { getReader: () => new Blob([bytes]).stream().getReader() };
  for (const given of [bytes, bytes.buffer, new Blob([bytes]), new Blob([bytes]).stream(), pieces(), readable, dossier(), Buffer.from(bytes)]) {
    assert.equal((await sign.verify(given, trusted())).outcome, "accepted");
  }
  for (const wrong of ["a path", 5, null, {}]) assert.equal((await thrown(() => sign.verify(wrong, trusted()))).code, "input.not-package");
});

test("a stream is read to its end, wrong from its start as it may be; bytes are not", async () => {
  // A server that breaks off an upload keeps a browser from its answer, for seconds or for good.
  let read = 0;
  async function* wrong() {
    for (read = 0; read < 20; read += 1) yield new Uint8Array(100_000).fill(7);
  }
  assert.equal((await sign.verify(wrong(), trusted())).outcome, "refused");
  assert.equal(read, 20);
  const steps = [];
  const onProgress = (done) => steps.push(done);
  assert.equal((await sign.verify(new Uint8Array(50_000_000).fill(7), { ...trusted(), onProgress })).outcome, "refused");
  assert.equal(steps.length, 2);
});

test("what a citizen or a programmer did wrong has its code, in the language asked for", async () => {
  const schema = core.compile(schemaText, { lang: "en" });
  const { form: checked } = schema.open(valid("sole-owner")).check();
  const options = { audience: AUDIENCE, dossier: { id: "x", nonce: NONCE } };
  const key = await sign.keys.fromPkcs12(pkcs12(), password());
  await key.sign(new Uint8Array([1]), "ES256");
  const pending = await sealed(systems["an ES module"]);
  const slow = { ...key, sign: () => new Promise(() => {}) };
  void pending.sign(slow, { format: "jades" });
  const paper = (bytes, more) => sign.measure(new File([bytes], "a.pdf"), { field: "/a", ...more });
  const changing = await paper("%PDF-1.4 x");
  const cases = [
    ["key.wrong-password", () => sign.keys.fromPkcs12(pkcs12(), "no")],
    ["key.not-pkcs12", () => sign.keys.fromPkcs12(new Uint8Array([1, 2, 3]), "no")],
    ["key.used", () => key.sign(new Uint8Array([1]), "ES256")],
    ["sign.pending", () => pending.sign(key, { format: "jades" })],
    ["sign.format", async () => (await sealed(systems["an ES module"])).sign(key, { format: "pades" })],
    ["seal.form-invalid", () => sign.seal({ ...checked, json: "{}" }, options)],
    ["file.empty", () => paper("")],
    ["file.changed", () => sign.seal(checked, { ...options, attachments: [{ ...changing, file: new File(["%PDF-1.4 y"], "a.pdf") }] })],
    ["input.page-unknown", () => schema.open({}).check({ page: "no-such" })],
    ["request.moment", () => schema.validate({}, { now: "yesterday" })],
    ["input.unsupported", () => schema.validate({}, { now: new Date(Number.NaN) })],
    ["json.empty", () => schema.validateJson("")],
    ["schema.keyword-unknown", () => core.compile({ typo: 1 }, { strict: true })],
  ];
  for (const [code, work] of cases) {
    const error = await thrown(work);
    assert.equal(error.code, code, error.stack);
    assert.ok(error instanceof core.HosoError && error instanceof systems.CommonJS.sign.HosoError && error instanceof Error);
    assert.ok(error.message.length > 10 && !/[{}]|undefined/.test(error.message), error.message);
    assert.equal(error.errors[0].code, code);
  }
  const { report } = await thrown(() => sign.seal({ ...checked, json: "{}" }, options));
  assert.equal(report.valid, false);
  assert.ok(report.issues.length > 3);
  assert.match((await thrown(() => schema.open({}).check({ page: "x" }))).message, /^Name a page/);
  assert.match((await thrown(() => schema.open({}).check({ page: "x", lang: "vi" }))).message, /^Chọn một trang/);
  // A language that hoso does not speak is Vietnamese, as in the engine.
  assert.match((await thrown(() => core.compile(schemaText, { lang: "fr" }).open({}).check({ page: "x" }))).message, /^Chọn một trang/);
});

test("two copies of the package work together, as after a hot reload", async () => {
  const dossier = await signed({ core: systems.CommonJS.core, sign });
  assert.equal((await systems.CommonJS.sign.verify(dossier, trusted())).outcome, "accepted");
  const key = await systems.CommonJS.sign.keys.fromPkcs12(pkcs12(), password());
  const other = await (await sealed({ core, sign })).sign(key, { format: "jades" });
  assert.equal((await sign.verify(other, trusted())).outcome, "accepted");
});

test("work ends early when its signal says so, and tells how far it is", async () => {
  const stop = new AbortController();
  stop.abort(new Error("enough"));
  const file = new File([new Uint8Array(3_000_000).fill(1)], "a.bin");
  assert.equal((await thrown(() => sign.measure(file, { field: "/a", signal: stop.signal }))).message, "enough");
  assert.equal((await thrown(() => sign.verify(dossier(), { ...trusted(), signal: stop.signal }))).message, "enough");
  const steps = [];
  await sign.verify(dossier(), { ...trusted(), onProgress: (done, total) => steps.push([done, total]) });
  const size = dossier().package.size;
  assert.deepEqual([steps.at(0), steps.at(-1)], [[0, size], [size, size]]);
});

test("a page of the form is checked alone", () => {
  const form = core.compile(schemaText).open({ ...valid("sole-owner"), owner: {} });
  assert.equal(form.check({ page: "capital", now: NOW }).type, "valid-page");
  const owner = form.check({ page: "owner", now: NOW });
  assert.equal(owner.type, "invalid");
  assert.ok(owner.issues.every(({ path }) => path.startsWith("/owner")), JSON.stringify(owner.issues));
  assert.equal(form.check({ now: NOW }).type, "invalid");
});

test("Standard Schema: a place in a list is a number, a right value is given back", () => {
  const standard = core.compile({ properties: { "a/b": { items: { type: "string" } } } })["~standard"];
  assert.deepEqual([standard.version, standard.vendor], [1, "hoso"]);
  const value = { "a/b": ["x", 5], 0: [1] };
  assert.deepEqual(standard.validate(value).issues.map(({ path }) => path), [["a/b", 1]]);
  const right = { "a/b": [] };
  assert.equal(standard.validate(right).value, right);
});

test("importing does nothing", () => {
  const watched = `
    const touched = [];
    const watch = (object, name) => {
      const was = object[name];
      if (typeof was !== "function") return;
      object[name] = new Proxy(was, { apply: (target, self, args) => (touched.push(name), Reflect.apply(target, self, args)), construct: (target, args) => (touched.push(name), Reflect.construct(target, args)) });
    };
    for (const name of ["fetch", "setTimeout", "setInterval", "queueMicrotask", "Worker", "addEventListener", "atob", "Blob"]) watch(globalThis, name);
    for (const name of ["compile", "instantiate", "Module", "Instance", "Memory", "compileStreaming"]) watch(WebAssembly, name);
    for (const method of ["log", "warn", "error"]) watch(console, method);
    const before = Reflect.ownKeys(globalThis).map(String).join();
    await import("hoso"); await import("hoso/sign"); await import("hoso/tools");
    const { createRequire } = await import("node:module");
    const require = createRequire(import.meta.url);
    require("hoso"); require("hoso/sign"); require("hoso/tools");
    process.stdout.write(JSON.stringify({ touched, same: before === Reflect.ownKeys(globalThis).map(String).join() }));
  `;
  // That the program ends of itself shows that nothing was left open.
  const { code, out, err } = command(process.execPath, ["--input-type=module", "--eval", watched], { cwd: app });
  assert.equal(code, 0, err);
  assert.deepEqual(JSON.parse(out), { touched: [], same: true });
});
