// Dossiers signed in every format, by keys elsewhere, by keys of WebCrypto, and with timestamps; and files of others judged.

import assert from "node:assert/strict";
import { constants, createHash, createPrivateKey, privateEncrypt, sign as signNow } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { authority } from "./support/authority.mjs";
import { esm, password, pkcs12, sealed, thrown, trusted } from "./support/dossier.mjs";
import { NOW, command, keys, made, root, text } from "./support/world.mjs";

const { core, sign } = await esm();
const folder = join(made, "signing");
const FORMATS = { jades: "H24.15-261124-0001.hoso.zip", asice: "H24.15-261124-0001.asice", cades: "H24.15-261124-0001.hoso.zip" };
const chain = (kind) => [text(keys, `citizen-${kind}.pem`), text(keys, "ca.pem")];
const secret = (kind) => createPrivateKey(readFileSync(join(keys, `citizen-${kind}.key`)));
const dossier = () => sealed({ core, sign });

function openssl(...args) {
  const { code, out, err } = command("openssl", args, { cwd: folder });
  assert.equal(code, 0, out + err);
  return out;
}

let tsa;
before(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  tsa = authority(folder);
});

const stamp = (question) => tsa.stamp(question);

const stamped = () => ({ ...trusted(), trust: [...trusted().trust, tsa.root()], crls: [...trusted().crls, tsa.crl()], receivedAt: new Date(Date.now() + 2000) });

for (const [format, fileName] of Object.entries(FORMATS)) {
  for (const kind of ["ec", "rsa"]) {
    test(`a dossier signed as ${format} by the ${kind} key is accepted, and not when a byte of it changed`, async () => {
      const signed = await (await dossier()).sign(await sign.keys.fromPkcs12(pkcs12(kind), password()), { format });
      assert.deepEqual([signed.fileName, signed.format], [fileName, format]);
      const verdict = await sign.verify(signed, trusted());
      assert.deepEqual([verdict.outcome, verdict.signatures[0].format, verdict.signatures[0].level], ["accepted", format, "B-B"], JSON.stringify(verdict));
      assert.equal((await sign.inspect(signed)).signature, signed.signature);
      const bytes = new Uint8Array(await signed.package.arrayBuffer());
      bytes[Buffer.from(bytes.buffer).indexOf('"attachments"')] ^= 1;
      assert.equal((await sign.verify(bytes, trusted())).outcome, "refused");
    });
  }
}

test("openssl accepts the signed message of a dossier, and its content", async () => {
  const one = await dossier();
  const signed = await one.sign(await sign.keys.fromPkcs12(pkcs12(), password()), { format: "cades" });
  writeFileSync(join(folder, "signature.p7s"), Buffer.from(signed.signature, "base64"));
  writeFileSync(join(folder, "submission.json"), one.document("submission.json"));
  const args = ["cms", "-verify", "-cades", "-inform", "DER", "-in", "signature.p7s", "-content", "submission.json", "-binary", "-CAfile", join(keys, "root.pem"), "-out", "/dev/null"];
  openssl(...args);
  writeFileSync(join(folder, "submission.json"), `${one.document("submission.json")} `);
  assert.notEqual(command("openssl", args, { cwd: folder }).code, 0);
});

/** Signers elsewhere: what they are given, and what they make of it. */
const OUTSIDE = {
  "a message, in r and s": ["ec", "ES256", "message", (bytes) => signNow("sha256", bytes, { key: secret("ec"), dsaEncoding: "ieee-p1363" })],
  "a message, in DER": ["ec", "ES256", "message", (bytes) => signNow("sha256", bytes, secret("ec"))],
  "a message with PSS": ["rsa", "PS384", "message", (bytes) => signNow("sha384", bytes, { key: secret("rsa"), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 })],
  "a DigestInfo": ["rsa", "RS256", "digestInfo", (bytes) => privateEncrypt({ key: secret("rsa"), padding: constants.RSA_PKCS1_PADDING }, bytes)],
};

for (const [name, [kind, algorithm, signs, make]] of Object.entries(OUTSIDE)) {
  test(`a key elsewhere signs ${name}`, async () => {
    const signer = { chain: chain(kind), algorithms: [algorithm], signs, sign: async (bytes, told) => (assert.equal(told.algorithm, algorithm), new Uint8Array(make(bytes))) };
    const key = await sign.keys.outside(signer);
    assert.equal(key.certificate.personalId, kind === "ec" ? "031185000002" : key.certificate.personalId);
    for (const format of Object.keys(FORMATS)) {
      assert.equal((await sign.verify(await (await dossier()).sign(key, { format }), trusted())).outcome, "accepted");
      const asked = await (await dossier()).toBeSigned({ chain: chain(kind), algorithm, format });
      const given = { message: asked.message, digestInfo: asked.digestInfo }[signs];
      assert.equal((await sign.verify(await asked.attach(new Uint8Array(make(given))), trusted())).outcome, "accepted");
    }
  });
}

test("what is to be signed by its digest has that digest", async () => {
  for (const [kind, algorithm, hash] of [["ec", "ES256", "sha256"], ["rsa", "PS384", "sha384"]]) {
    const asked = await (await dossier()).toBeSigned({ chain: chain(kind), algorithm, format: "jades" });
    const expected = createHash(hash).update(asked.message).digest();
    assert.deepEqual(Buffer.from(asked.digest), expected);
    assert.deepEqual(Buffer.from(asked.digestInfo).subarray(-expected.length), expected);
    const key = await sign.keys.outside({ chain: chain(kind), algorithms: [algorithm], signs: "digest", sign: async (bytes) => bytes });
    assert.deepEqual(Buffer.from(await key.sign(asked.message, algorithm)), expected);
  }
});

test("an answer that comes when nobody waits any more changes nothing, and neither does a fault", async () => {
  const one = await dossier();
  const later = (end) => new Promise((resolve, reject) => setTimeout(() => end(resolve, reject), 150));
  const right = (bytes) => new Uint8Array(signNow("sha256", bytes, { key: secret("ec"), dsaEncoding: "ieee-p1363" }));
  let answers = 0;
  const ways = [(bytes) => later((resolve) => ((answers += 1), resolve(right(bytes)))), () => later((_, reject) => ((answers += 1), reject(new Error("no card"))))];
  for (const way of ways) {
    for (const timeout of [20, 60_000]) {
      const stop = new AbortController();
      // Who has begun to sign is left.
      const make = (bytes) => (timeout === 20 || setTimeout(() => stop.abort(), 20), way(bytes));
      const key = await sign.keys.outside({ chain: chain("ec"), algorithms: ["ES256"], signs: "message", sign: make, timeout, signal: stop.signal });
      const error = await thrown(() => one.sign(key, { format: "jades" }));
      assert.ok(timeout === 20 ? error.code === "key.no-answer" : error.name === "AbortError", error.stack);
    }
  }
  await later((resolve) => resolve());
  // A fault that nobody hears of would have ended Node.
  assert.equal(answers, ways.length * 2);
  const signed = await one.sign(await sign.keys.fromPkcs12(pkcs12(), password()), { format: "jades" });
  assert.equal((await sign.verify(signed, trusted())).outcome, "accepted");
});

test("nothing comes of an answer that is late, wrong, missing or not wanted any more", async () => {
  const signer = (more) => sign.keys.outside({ chain: chain("ec"), algorithms: ["ES256"], signs: "message", ...more });
  const other = createPrivateKey(openssl("ecparam", "-genkey", "-name", "prime256v1", "-noout"));
  let left;
  const never = (_, { signal }) => new Promise(() => signal.addEventListener("abort", () => (left = signal.reason)));
  const cases = [
    ["key.no-answer", { sign: never, timeout: 50 }],
    ["key.failed", { sign: () => Promise.reject(new Error("no card")) }],
    ["key.failed", { sign: () => { throw new Error("no agent"); } }],
    ["key.bad-answer", { sign: async () => undefined }],
    ["key.bad-answer", { sign: async () => new Uint8Array() }],
    ["key.bad-answer", { sign: async () => "MEUCIQ" }],
    ["signature.rejected", { sign: async () => new Uint8Array(64).fill(1) }],
    ["signature.rejected", { sign: async (bytes) => new Uint8Array(signNow("sha256", bytes, other)) }],
    ["signature.rejected", { sign: async (bytes) => new Uint8Array(signNow("sha256", new Uint8Array([...bytes, 0]), secret("ec"))) }],
    ["key.algorithm", { algorithms: ["ES384"], sign: never }, { algorithm: "ES256" }],
    ["signature.algorithm-does-not-fit", { algorithms: ["RS256"], sign: never }],
  ];
  for (const [code, more, options = {}] of cases) {
    for (const lang of ["vi", "en"]) {
      const one = await dossier();
      const error = await thrown(async () => one.sign(await signer({ lang, ...more }), { format: "jades", lang, ...options }));
      assert.equal(error.code, code, error.stack);
      assert.ok(error.message.length > 20 && !/[{}]|undefined/.test(error.message), error.message);
      // The dossier can still be signed.
      assert.equal((await one.sign(await sign.keys.fromPkcs12(pkcs12(), password()), { format: "jades" })).format, "jades");
    }
  }
  assert.ok(left instanceof Error, "whoever signs hears that nobody waits");
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error("enough")), 20);
  assert.equal((await thrown(async () => (await dossier()).sign(await signer({ sign: never }), { format: "jades", signal: stop.signal }))).message, "enough");
  const away = new AbortController();
  const taken = await signer({ sign: never, signal: away.signal });
  setTimeout(() => away.abort(), 20);
  for (const left of [undefined, new AbortController().signal]) {
    assert.equal((await thrown(async () => (await dossier()).sign(taken, { format: "jades", signal: left }))).name, "AbortError");
  }
  const gone = await signer({ sign: never });
  gone.dispose();
  assert.equal((await thrown(() => gone.sign(new Uint8Array(1), "ES256"))).code, "key.used");
});

for (const [kind, algorithms] of [["ec", ["ES256"]], ["rsa", ["PS256", "PS384", "RS256"]]]) {
  for (const algorithm of algorithms) {
    test(`the ${kind} key of a file signs in WebCrypto with ${algorithm}, and does not come out`, async () => {
      const { key, chain, certificate } = await sign.keys.importPkcs12(pkcs12(kind), password(), { algorithm });
      assert.equal(key.extractable, false);
      await assert.rejects(crypto.subtle.exportKey("pkcs8", key));
      const lasting = await sign.keys.fromCryptoKey(key, chain);
      assert.deepEqual([lasting.certificate, lasting.algorithms], [certificate, [algorithm]]);
      for (const format of Object.keys(FORMATS)) {
        const verdict = await sign.verify(await (await dossier()).sign(lasting, { format }), trusted());
        assert.deepEqual([verdict.outcome, verdict.signatures[0].algorithm], ["accepted", algorithm]);
      }
    });
  }
}

test("a key of Java, which lacks its public point, is imported too", async () => {
  const store = ["-keystore", "java.p12", "-storetype", "PKCS12", "-storepass", "changeit", "-alias", "me", "-dname", "CN=Java"];
  const { code, err } = command("keytool", ["-genkeypair", ...store, "-keyalg", "EC", "-groupname", "secp384r1"], { cwd: folder });
  assert.equal(code, 0, err);
  const { key, chain } = await sign.keys.importPkcs12(readFileSync(join(folder, "java.p12")), "changeit");
  assert.deepEqual((await sign.keys.fromCryptoKey(key, chain)).algorithms, ["ES384"]);
});

test("WebCrypto makes a key for every algorithm; a key of another kind, and another password, are refused", async () => {
  for (const algorithm of ["ES256", "ES384", "PS256", "PS384", "RS256"]) {
    const { key, publicKey } = await sign.keys.generate({ algorithm });
    assert.equal(key.privateKey.extractable, false);
    const message = new Uint8Array([1, 2, 3]);
    const lasting = await sign.keys.fromCryptoKey(key.privateKey, chain("ec"));
    assert.deepEqual(lasting.algorithms, [algorithm]);
    const signature = await lasting.sign(message, algorithm);
    writeFileSync(join(folder, "public.der"), publicKey);
    assert.match(openssl("pkey", "-pubin", "-inform", "DER", "-in", "public.der", "-noout", "-text"), algorithm.startsWith("ES") ? /P-/ : /3072 bit/);
    assert.ok(signature.length > 60);
    // It is another key than the certificate's.
    const error = await thrown(async () => (await dossier()).sign(lasting, { format: "jades" }));
    assert.equal(error.code, algorithm === "ES256" ? "signature.rejected" : "signature.algorithm-does-not-fit");
  }
  const { privateKey, publicKey } = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-521" }, false, ["sign", "verify"]);
  for (const key of [privateKey, publicKey]) assert.equal((await thrown(() => sign.keys.fromCryptoKey(key, chain("ec")))).code, "key.not-usable");
  assert.equal((await thrown(() => sign.keys.generate({ algorithm: "EdDSA" }))).code, "key.not-usable");
  assert.equal((await thrown(() => sign.keys.importPkcs12(pkcs12(), "sai"))).code, "key.wrong-password");
  assert.equal((await thrown(() => sign.keys.importPkcs12(pkcs12(), password(), { algorithm: "PS256" }))).code, "key.not-importable");
});

for (const format of Object.keys(FORMATS)) {
  test(`a timestamp of an authority makes ${format} last: B-T`, async () => {
    const timestamp = async (question) => stamp(question);
    const signed = await (await dossier()).sign(await sign.keys.fromPkcs12(pkcs12(), password()), { format, timestamp });
    const verdict = await sign.verify(signed, stamped());
    assert.deepEqual([verdict.outcome, verdict.signatures[0].level], ["accepted", "B-T"], JSON.stringify(verdict));
    assert.ok(verdict.signatures[0].timestamps[0].valid);
  });
}

test("without a timestamp that is an answer to the question, the signed dossier is not lost", async () => {
  const refusal = Uint8Array.from([0x30, 5, 0x30, 3, 2, 1, 2]);
  const flipped = (bytes) => ((bytes[bytes.length - 5] ^= 1), bytes);
  const other = async (question) => stamp(Object.assign(new Uint8Array(question), { [question.length - 10]: question[question.length - 10] ^ 1 }));
  const old = openssl("ts", "-query", "-data", "tsa.pem", "-sha256", "-cert", "-out", "old.tsq") ?? "";
  assert.equal(old, "");
  const stop = new AbortController();
  const cases = [
    ["timestamp.rejected", async () => refusal],
    ["timestamp.nonce-differs", other],
    ["timestamp.imprint-differs", async () => stamp(readFileSync(join(folder, "old.tsq")))],
    ["timestamp.wrong", async (question) => flipped(stamp(question))],
    ["timestamp.malformed", async () => new Uint8Array([1, 2, 3])],
    ["timestamp.bad-answer", async () => "<html>"],
    ["timestamp.failed", () => Promise.reject(new Error("no network"))],
    ["timestamp.no-answer", () => new Promise(() => {})],
    ["timestamp.failed", () => (setTimeout(() => stop.abort(), 10), new Promise(() => {})), { timestampTimeout: 60_000, signal: stop.signal }],
  ];
  for (const [code, timestamp, more = { timestampTimeout: 5_000 }] of cases) {
    const options = { format: "jades", timestamp, lang: "en", ...more, ...(code === "timestamp.no-answer" ? { timestampTimeout: 50 } : {}) };
    const error = await thrown(async () => (await dossier()).sign(await sign.keys.fromPkcs12(pkcs12(), password()), options));
    assert.equal(error.code, code, error.stack);
    assert.ok(error instanceof core.HosoError && !/[{}]|undefined/.test(error.message), error.message);
    const verdict = await sign.verify(error.signed, trusted());
    assert.deepEqual([verdict.outcome, verdict.signatures[0].level], ["accepted", "B-B"]);
  }
});

test("signed files of others are judged with the content beside them", async () => {
  const content = Buffer.from("Đơn đề nghị");
  writeFileSync(join(folder, "content.txt"), content);
  const by = ["-signer", join(keys, "citizen-ec.pem"), "-inkey", join(keys, "citizen-ec.key"), "-certfile", join(keys, "ca.pem")];
  openssl("cms", "-sign", "-cades", "-binary", "-in", "content.txt", "-outform", "DER", "-out", "theirs.p7s", ...by);
  openssl("cms", "-sign", "-cades", "-binary", "-nodetach", "-in", "content.txt", "-outform", "DER", "-out", "theirs.p7m", ...by);
  const { audience, ...trust } = trusted();
  await core.init();
  const published = core.compile(readFileSync(join(root, "forms/meta/verdict.schema.json"), "utf8"), { lang: "en" });
  const judge = async (file, options) => {
    const verdict = await sign.verifyFile(file, { ...trust, receivedAt: new Date(Date.now() + 2000), ...options });
    assert.deepEqual(published.validate(verdict, { now: NOW }).issues, []);
    return verdict;
  };
  const [p7s, p7m] = ["theirs.p7s", "theirs.p7m"].map((name) => readFileSync(join(folder, name)));
  for (const given of [content, new Blob([content]), { "content.txt": content }]) assert.equal((await judge(p7s, { content: given })).outcome, "accepted");
  assert.equal((await judge(new Blob([p7m]))).accepted, true);
  const changed = await judge(p7s, { content: Buffer.from("Đơn khác"), lang: "en" });
  assert.deepEqual([changed.outcome, changed.signatures[0].indication], ["refused", "TOTAL-FAILED"]);
  assert.notEqual((await judge(p7s)).outcome, "accepted");
  assert.equal((await judge(p7s, { content, trust: [] })).outcome, "undetermined");
  const more = await judge(p7s, { content: { "content.txt": content, "more.txt": content } });
  assert.deepEqual([more.outcome, more.uncovered], ["refused", ["more.txt"]]);
  for (const wrong of [new Uint8Array(), new Uint8Array([1, 2, 3]), Buffer.from("PK"), Buffer.from("{}"), Buffer.from("eyJ9..")]) assert.equal((await judge(wrong)).outcome, "refused");

  const one = await (await dossier()).sign(await sign.keys.fromPkcs12(pkcs12(), password()), { format: "asice" });
  assert.equal((await judge(one.package)).outcome, "accepted");
  const jades = await dossier();
  const { signature } = await jades.sign(await sign.keys.fromPkcs12(pkcs12(), password()), { format: "jades" });
  const file = Buffer.from(signature);
  const documents = Object.fromEntries(jades.parts.map(({ name }) => [name, Buffer.from(jades.document(name))]));
  const verdict = await judge(file, { content: { ...documents, "stray.pdf": content } });
  assert.equal(verdict.outcome, "refused");
  assert.ok(verdict.uncovered.includes("stray.pdf"), JSON.stringify(verdict));
  assert.equal((await thrown(() => judge(p7s, { trust: ["no certificate"] }))).code, "certificate.malformed");
});
