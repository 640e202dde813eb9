// What happens when WebAssembly traps. The traps are real: all memory of the present instance is overwritten, after
// which no call can end well.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const memories = [];
let refuseAtOnce = false;
const real = { instantiate: WebAssembly.instantiate, Instance: WebAssembly.Instance };
WebAssembly.instantiate = async (...args) => {
  const instance = await real.instantiate(...args);
  memories.push(instance.exports.memory);
  return instance;
};
WebAssembly.Instance = new Proxy(real.Instance, {
  construct(target, args) {
    if (refuseAtOnce) throw new RangeError("WebAssembly.Instance is disallowed on the main thread, if the buffer size is larger than 4KB.");
    const instance = new target(...args);
    memories.push(instance.exports.memory);
    return instance;
  },
});
/** Overwrites the memory of every instance: whichever is the present one is among them. */
const wreck = (byte = 0xff) => memories.forEach((memory) => new Uint8Array(memory.buffer).fill(byte));

const { esm, invalid, password, pkcs12, schemaText, sealed, thrown, trusted, valid } = await import("./support/dossier.mjs");
const { NOW, keys } = await import("./support/world.mjs");
const { core, sign } = await esm();
await core.init();
await sign.init();

/** Wrecks the memory each time a text is written for the module, so that calls with texts trap whatever is tried. */
function wreckAlways() {
  const encode = TextEncoder.prototype.encodeInto;
  TextEncoder.prototype.encodeInto = function (...args) {
    wreck();
    return encode.apply(this, args);
  };
  return () => (TextEncoder.prototype.encodeInto = encode);
}

beforeEach(() => (refuseAtOnce = false));

test("a report after a trap is the report before it, from a fresh instance", () => {
  const [household, plain] = [core.compile(schemaText), core.compile('{"type":"string","minLength":3}')];
  const ask = () => JSON.stringify([household.validate(invalid("six-mistakes-at-once"), { now: NOW }), plain.validate("x", { now: NOW }), household.isValid({})]);
  const before = ask();
  for (const byte of [0xff, 0x00, 0x01, 0x7f, 0x80]) {
    const made = memories.length;
    wreck(byte);
    assert.equal(ask(), before, `filled with ${byte}`);
    assert.ok(memories.length > made);
  }
  assert.equal(household.open(valid("sole-owner")).check({ now: NOW }).type, "valid");
});

test("disposing of what a lost instance held does nothing to the next one", () => {
  const [first, second] = [core.compile("true"), core.compile("false")];
  wreck();
  assert.equal(second.isValid(1), false);
  first.dispose();
  assert.deepEqual([second.isValid(1), first.isValid(1)], [false, true]);
  wreck();
  first.dispose();
  assert.deepEqual([second.isValid(1), first.isValid(1)], [false, true]);
});

test("a sealed dossier still signs, byte for byte what was sealed", async () => {
  const dossier = await sealed({ core, sign });
  const before = [dossier.view, JSON.stringify(dossier.parts), dossier.document("submission.json")];
  wreck();
  assert.deepEqual([dossier.view, JSON.stringify(dossier.parts), dossier.document("submission.json")], before);
  wreck();
  const key = await sign.keys.fromPkcs12(pkcs12(), password());
  const slow = { ...key, sign: async (...args) => ((await new Promise((resolve) => setTimeout(resolve, 5))), wreckSign(), key.sign(...args)) };
  // Between the message and the signature the instance that sealed is lost.
  const wreckSign = () => memories.forEach((memory, at) => at < opened && new Uint8Array(memory.buffer).fill(0xff));
  const opened = memories.length - 1;
  const signed = await dossier.sign(slow, { format: "jades" });
  assert.equal((await sign.verify(signed, trusted())).outcome, "accepted");
});

test("measuring and verifying start over when a trap takes their instance away", async () => {
  const file = new File([new Uint8Array(5_000_000).fill(0x25)], "a.txt");
  const measured = async (onProgress) => sign.measure(file, { field: "/a", ...(onProgress && { onProgress }) }).catch((error) => error.code);
  const expected = await measured();
  let wrecked = 0;
  const starts = [];
  // Without WebCrypto the module digests what is read, and tells how far it is.
  Object.defineProperty(crypto, "subtle", { value: undefined, configurable: true });
  const found = await measured((done) => {
    if (done === 0) starts.push(done);
    if (done > 2_000_000 && wrecked === 0) wreck((wrecked = 0xff));
  });
  delete crypto.subtle;
  assert.deepEqual(found, expected);
  assert.deepEqual([starts.length, wrecked > 0], [2, true]);

  const dossier = await (await sealed({ core, sign })).sign(await sign.keys.fromPkcs12(pkcs12(), password()), { format: "jades" });
  wrecked = 0;
  const onProgress = (done) => {
    if (done > 0 && wrecked === 0) wreck((wrecked = 0xff));
  };
  assert.equal((await sign.verify(dossier, { ...trusted(), onProgress })).outcome, "accepted");
  assert.ok(wrecked > 0);

  // A stream cannot be read twice: then it is told.
  wrecked = 0;
  const error = await thrown(() => sign.verify(dossier.package.stream(), { ...trusted(), onProgress, lang: "en" }));
  assert.deepEqual([error.code, wrecked > 0], ["internal.panic", true]);
  assert.match(error.message, /^Try again/);
  assert.equal((await sign.verify(dossier.package.stream(), trusted())).outcome, "accepted");
});

test("two traps in a row are told, and the next call works", async () => {
  const schema = core.compile('{"type":"string"}', { lang: "en" });
  const restore = wreckAlways();
  const error = await thrown(() => schema.validate("é")).finally(restore);
  assert.equal(error.code, "internal.panic");
  assert.ok(error instanceof core.HosoError && error.cause instanceof WebAssembly.RuntimeError, error.stack);
  assert.match(error.message, /^Try again/);
  assert.equal(schema.isValid("é"), true);
});

test("where no instance can be made at once, the next one comes a little later", async () => {
  const schema = core.compile('{"type":"string"}');
  wreck();
  refuseAtOnce = true;
  assert.equal((await thrown(() => schema.isValid("x"))).code, "internal.panic");
  assert.equal((await thrown(() => schema.isValid("x"))).code, "init.first");
  await core.init();
  assert.equal(schema.isValid("x"), true);
  // And again: the instance made later is replaced like the first.
  wreck();
  assert.equal((await thrown(() => schema.isValid("x"))).code, "internal.panic");
  await core.init();
  assert.equal(schema.isValid(5), false);
});

test("a key that a trap took away is gone, and says so", async () => {
  const pem = (name) => readFileSync(join(keys, name), "utf8");
  const opened = () => sign.keys.fromPem(pem("citizen-ec.key"), pem("citizen-ec.pem"));
  const key = await opened();
  wreck();
  assert.equal((await thrown(() => key.sign(new Uint8Array([1]), "ES256"))).code, "key.used");
  assert.equal((await (await opened()).sign(new Uint8Array([1]), "ES256")).length, 64);
  // A key that WebCrypto holds is in no memory of a module.
  const held = await sign.keys.fromPkcs12(pkcs12(), password());
  wreck();
  assert.equal((await held.sign(new Uint8Array([1]), "ES256")).length, 64);
});

test("memory goes with the objects, though nobody disposes of them", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  const rest = () => new Promise((resolve) => setTimeout(resolve, 1));
  wreck();
  const schemas = [core.compile(schemaText)];
  const memory = memories.at(-1);
  const sizes = [];
  for (let round = 0; round < 12; round += 1) {
    for (let time = 0; time < 25; time += 1) core.compile(schemaText);
    collect();
    await rest();
    sizes.push(memory.buffer.byteLength);
  }
  assert.equal(schemas[0].isValid({}), false);
  // 25 schemas make it grow once. 300 that are kept would make it grow on and on.
  assert.ok(sizes.at(-1) < 1.25 * sizes[1], String(sizes));
});
