// More signers, counter-signatures, timestamps and evidence, added to a package that is signed; and policies.

import assert from "node:assert/strict";
import { readFileSync, rmSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { authority } from "./support/authority.mjs";
import { esm, password, pkcs12, sealed, thrown, trusted } from "./support/dossier.mjs";
import { command, keys, made, root, text } from "./support/world.mjs";

const { core, sign } = await esm();
const folder = join(made, "adding");
const FORMATS = ["jades", "asice", "cades"];
const key = (kind) => sign.keys.fromPkcs12(pkcs12(kind), password());

let tsa;
before(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  tsa = authority(folder);
});

const signed = async (format, kind = "ec") => (await sealed({ core, sign })).sign(await key(kind), { format });
/** What a portal believes that believes the timestamp authority too; the moment lies behind its last stamp. */
const believed = () => ({ trust: [...trusted().trust, tsa.root()], crls: [...trusted().crls, tsa.crl()], receivedAt: new Date(Date.now() + 2000) });
const later = (options) => ({ ...trusted(), receivedAt: new Date(Date.now() + 2000), ...options });
const bytesOf = async (one) => Buffer.from(await one.package.arrayBuffer());

function written(name, content) {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

function openssl(...args) {
  return command("openssl", args, { cwd: folder });
}

/** What OpenSSL says of the message of a package over what it holds. */
async function opensslJudges(one, content, ...more) {
  const message = written("message.p7s", Buffer.from(one.signature, "base64"));
  return openssl("cms", "-verify", "-cades", "-inform", "DER", "-in", message, "-content", written("content", content), "-binary", "-CAfile", join(keys, "root.pem"), ...more, "-out", "/dev/null");
}

/** What npm's `jose` says of all signatures of a file. */
function joseJudges(signature) {
  return command(process.execPath, [join(root, "tests/judges/jose-verify.mjs"), written("one.jose.json", signature)]).out.trim();
}

for (const format of FORMATS) {
  test(`a second person signs ${format} beside the first, whose signature stays as it is`, async () => {
    const one = await signed(format);
    const two = await sign.cosign(one, await key("rsa"));
    assert.deepEqual([two.format, two.fileName, two.submission, two.parts], [one.format, one.fileName, one.submission, one.parts]);
    const verdict = await sign.verify(two, later());
    assert.deepEqual([verdict.outcome, verdict.signatures.map(({ algorithm }) => algorithm).sort()], ["accepted", ["ES256", "PS256"]], JSON.stringify(verdict));
    // All before the signature file is the same.
    const [before, after] = [await bytesOf(one), await bytesOf(two)];
    assert.equal(before.subarray(0, before.length / 2).equals(after.subarray(0, before.length / 2)), true);
    assert.equal(two.package.type, one.package.type);
    // From bytes and from a Blob it comes to the same.
    for (const source of [before, one.package, before.buffer.slice(before.byteOffset, before.byteOffset + before.length)]) {
      assert.equal((await sign.verify(await sign.cosign(source, await key("rsa")), later())).signatures.length, 2);
    }
    const changed = Buffer.from(after);
    changed[changed.indexOf('"attachments"')] ^= 1;
    assert.equal((await sign.verify(changed, later())).outcome, "refused");
    assert.equal((await thrown(async () => sign.cosign(changed, await key("rsa")))).code !== undefined || format === "jades", true);
  });

  test(`a portal countersigns ${format}`, async () => {
    const one = await sign.cosign(await signed(format), await key("rsa"));
    const names = (await sign.verify(one, later())).signatures.map(({ signer }) => signer.name);
    for (const signature of [1, 2]) {
      const two = await sign.countersign(one, await key("rsa"), { signature });
      const verdict = await sign.verify(two, later());
      assert.equal(verdict.outcome, "accepted", JSON.stringify(verdict));
      const over = verdict.signatures.filter(({ counterSignatures }) => counterSignatures.length > 0);
      assert.deepEqual(over.map(({ signer, counterSignatures: [counter, ...more] }) => [signer.name, counter.indication, more]), [[names[signature - 1], "TOTAL-PASSED", []]]);
    }
    for (const signature of [0, 3, -1]) {
      const error = await thrown(async () => sign.countersign(one, await key("ec"), { signature }));
      assert.ok(error instanceof core.HosoError, error.stack);
    }
  });

  test(`${format} gets a timestamp, then what makes it last`, async () => {
    const one = await signed(format);
    const timestamp = async (question) => tsa.stamp(question);
    const stamped = await sign.extend(one, { level: "B-T", timestamp });
    const verdict = await sign.verify(stamped, believed());
    assert.deepEqual([verdict.outcome, verdict.signatures[0].level], ["accepted", "B-T"], JSON.stringify(verdict));
    let asked = 0;
    const lasting = await sign.extend(stamped, { level: "B-LT", timestamp: () => ((asked += 1), Promise.reject(new Error("no"))), ...believed() });
    assert.equal(asked, 0, "the timestamp that is there holds");
    // With the root alone.
    const alone = await sign.verify(lasting, { trust: believed().trust, receivedAt: believed().receivedAt });
    assert.deepEqual([alone.outcome, alone.signatures[0].level], ["accepted", "B-LT"], JSON.stringify(alone));
    assert.notEqual((await sign.verify(stamped, { trust: believed().trust, receivedAt: believed().receivedAt })).outcome, "accepted");
    // In one step, for two signers.
    const two = await sign.extend(await sign.cosign(one, await key("rsa")), { level: "B-LT", timestamp, ...believed() });
    assert.deepEqual((await sign.verify(two, believed())).signatures.map(({ level }) => level), ["B-LT", "B-LT"]);
    const both = await sign.cosign(one, await key("rsa"));
    const names = (await sign.verify(both, believed())).signatures.map(({ signer }) => signer.name);
    for (const signature of [1, 2]) {
      const { signatures } = await sign.verify(await sign.extend(both, { level: "B-LT", timestamp, signature, ...believed() }), believed());
      const lasting = signatures.filter(({ level }) => level === "B-LT").map(({ signer, timestamps }) => [signer.name, timestamps.length]);
      assert.deepEqual(lasting, [[names[signature - 1], 1]], JSON.stringify(signatures));
    }
    for (const signature of [0, 3]) assert.ok((await thrown(() => sign.extend(both, { level: "B-T", timestamp, signature }))) instanceof core.HosoError);
  });
}

test("openssl accepts two signers of a message, and needs no other list than those that came along", async () => {
  const dossier = await sealed({ core, sign });
  const content = dossier.document("submission.json");
  const one = await dossier.sign(await key("ec"), { format: "cades" });
  const two = await sign.cosign(one, await key("rsa"));
  assert.equal((await opensslJudges(two, content)).code, 0);
  assert.notEqual((await opensslJudges(two, `${content} `)).code, 0);
  assert.notEqual((await opensslJudges(two, content, "-crl_check_all")).code, 0, "no list came along");
  const lasting = await sign.extend(two, { level: "B-LT", timestamp: async (question) => tsa.stamp(question), ...believed() });
  const judged = await opensslJudges(lasting, content, "-crl_check_all");
  assert.equal(judged.code, 0, judged.err);
});

test("npm's jose accepts each of two signatures, with what was added to them", async () => {
  const two = await sign.cosign(await signed("jades"), await key("rsa"));
  assert.equal(joseJudges(two.signature), "accepted");
  const lasting = await sign.extend(two, { level: "B-LT", timestamp: async (question) => tsa.stamp(question), ...believed() });
  assert.equal(joseJudges(lasting.signature), "accepted");
  const wrong = JSON.parse(lasting.signature);
  wrong.signatures[1].signature = `${wrong.signatures[1].signature.startsWith("A") ? "B" : "A"}${wrong.signatures[1].signature.slice(1)}`;
  assert.match(joseJudges(JSON.stringify(wrong)), /^refused/);
});

test("the command accepts what JavaScript added, and the other way round", async () => {
  const hoso = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug/hoso");
  const file = written("two.hoso.zip", await bytesOf(await sign.cosign(await signed("jades"), await key("rsa"))));
  const trust = ["--trust", join(keys, "root.pem"), "--crl", join(keys, "crl.pem")];
  const judged = command(hoso, ["verify", file, ...trust]);
  assert.equal(judged.code, 0, judged.out + judged.err);
  const by = ["--p12", join(keys, "citizen-ec.p12"), "--password-file", join(keys, "password.txt")];
  const more = join(folder, "three.hoso.zip");
  const done = command(hoso, ["countersign", file, ...by, "--signature", "2", "-o", more]);
  assert.equal(done.code, 0, done.out + done.err);
  const verdict = await sign.verify(readFileSync(more), later());
  assert.deepEqual([verdict.outcome, verdict.signatures.map(({ counterSignatures }) => counterSignatures.length)], ["accepted", [0, 1]]);
});

test("evidence that is missing is asked for, once, and its absence is told", async () => {
  const timestamp = async (question) => tsa.stamp(question);
  const { crls, ...roots } = believed();
  const base = { level: "B-LT", timestamp, ...roots, lang: "en" };
  const one = await signed("jades");
  const asked = [];
  const evidence = async (verdict) => (asked.push(verdict), { crls });
  const lasting = await sign.extend(one, { ...base, receivedAt: believed().receivedAt, evidence });
  assert.deepEqual([asked.length, asked[0].indication], [1, "INDETERMINATE"]);
  assert.ok(asked[0].revocation.some(({ status }) => status === "unknown"), JSON.stringify(asked));
  assert.equal((await sign.verify(lasting, { ...roots, receivedAt: believed().receivedAt })).signatures[0].level, "B-LT");
  let left;
  const never = (_, { signal }) => new Promise(() => signal.addEventListener("abort", () => (left = signal.reason)));
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 50);
  const cases = [
    [/^crl\.missing$/, {}],
    [/^crl\.missing$/, { evidence: async () => ({}) }],
    [/^evidence\.failed$/, { evidence: () => Promise.reject(new Error("no network")) }],
    [/^evidence\.no-answer$/, { evidence: never, evidenceTimeout: 30 }],
    [/^timestamp\.missing$/, { timestamp: undefined }],
    [/^timestamp\.failed$/, { timestamp: () => Promise.reject(new Error("no network")) }],
    [/^timestamp\.no-answer$/, { timestamp: never, timestampTimeout: 30 }],
    [/^timestamp\.malformed$/, { timestamp: async () => new Uint8Array([1, 2, 3]) }],
    [/^crl\.malformed$/, { crls: ["no list"] }],
  ];
  for (const [code, more] of cases) {
    for (const lang of ["vi", "en"]) {
      const error = await thrown(() => sign.extend(one, { ...base, ...more, lang }));
      assert.match(error.code, code, error.stack);
      assert.ok(error.message.length > 20 && !/[{}]|undefined/.test(error.message), error.message);
    }
  }
  assert.ok(left instanceof Error, "whoever is asked hears that nobody waits");
  assert.equal((await thrown(() => sign.extend(one, { ...base, timestamp: never, signal: stop.signal }))).name, "AbortError");
});

test("what is no package, and what a key does wrong, is told", async () => {
  const one = await signed("jades");
  assert.match((await thrown(async () => sign.cosign(new Uint8Array([1, 2, 3]), await key("ec")))).code, /^package\./);
  const chain = [text(keys, "citizen-ec.pem"), text(keys, "ca.pem")];
  const outside = (make) => sign.keys.outside({ chain, algorithms: ["ES256"], signs: "message", sign: make });
  assert.equal((await thrown(async () => sign.cosign(one, await outside(async () => new Uint8Array(64).fill(1))))).code, "signature.rejected");
  assert.equal((await thrown(async () => sign.cosign(one, await outside(async () => { throw new Error("no card"); })))).code, "key.failed");
  assert.equal((await thrown(async () => sign.cosign(one, await key("ec"), { algorithm: "PS256" }))).code, "signature.algorithm-does-not-fit");
  const stop = new AbortController();
  stop.abort();
  assert.equal((await thrown(async () => sign.cosign(one, await key("ec"), { signal: stop.signal }))).name, "AbortError");
  assert.equal((await sign.verify(one, later())).outcome, "accepted");
});

test("a policy takes away, by its name or as an object, and never adds", async () => {
  const rs256 = await (await sealed({ core, sign })).sign(await key("rsa"), { format: "cades", algorithm: "RS256" });
  const es256 = await signed("jades");
  const of = (one, policy) => sign.verify(one, later({ policy, lang: "en" }));
  const found = async (one, policy) => {
    const { outcome, signatures } = await of(one, policy);
    return [outcome, signatures[0].reasons.map(({ code }) => code)];
  };
  assert.deepEqual(await found(es256, "default"), ["accepted", []]);
  assert.deepEqual(await found(es256, "vn-tt15"), ["accepted", []]);
  assert.deepEqual(await found(rs256, undefined), ["accepted", []]);
  assert.deepEqual(await found(rs256, "vn-tt15"), ["accepted", ["policy.algorithm"]]);
  assert.deepEqual(await found(rs256, { name: "office", algorithms: { ES256: "allow" } }), ["undetermined", ["policy.algorithm"]]);
  assert.deepEqual(await found(es256, { name: "archive", level: "B-T" }), ["undetermined", ["policy.level"]]);
  const refused = await sign.accept(es256, later({ policy: { name: "archive", level: "B-T" } }));
  assert.deepEqual([refused.type, "form" in refused], ["undetermined", false]);
  assert.equal((await sign.accept(es256, later({ policy: { name: "office", level: "B-B" } }))).type, "accepted");
  assert.notEqual((await sign.verify(es256, { trust: [], policy: { name: "all", algorithms: { ES256: "allow" } } })).outcome, "accepted");

  const { package: container } = await signed("asice");
  const file = (policy) => sign.verifyFile(container, later({ policy }));
  assert.equal((await file("vn-tt15")).outcome, "accepted");
  const strict = await file({ name: "archive", level: "B-LT" });
  assert.deepEqual([strict.accepted, strict.outcome, strict.signatures[0].reasons.map(({ code }) => code)], [false, "undetermined", ["policy.level"]]);

  const codes = [["eu", "request.policy"], ["{", "policy.unreadable"], [{}, "policy.member"], [{ name: "a", level: "B-X" }, "policy.member"], [{ name: "a", algorithms: {} }, "policy.member"], [{ name: "a", more: 1 }, "policy.member"]];
  for (const [policy, code] of codes) {
    for (const ask of [() => sign.verify(es256, later({ policy })), () => file(policy)]) assert.equal((await thrown(ask)).code, code);
  }
});
