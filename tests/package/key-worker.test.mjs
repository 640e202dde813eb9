// The key of a file lives in a worker that ends after use, and one of PKCS#12 there in WebCrypto. Where no worker starts it lives in the page, and is
// overwritten after use. Proven by looking for it in all the memory that the page's WebAssembly has, and in all that its JavaScript holds.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createPrivateKey } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { POLICY, launch, open, serve } from "./support/browser.mjs";
import { form, installed, keys, made, text } from "./support/world.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const PAGE = `<!doctype html><meta charset="utf-8" /><script src="/spy.js"></script><script type="module" src="/page.js"></script>`;

/** Keeps every memory there has been, so that none is forgotten with its instance, and knows every array of bytes that is made, without keeping it. */
const SPY = `
  globalThis.memories = [];
  const keep = (instance) => (memories.push(instance.exports.memory), instance);
  const instantiate = WebAssembly.instantiate;
  WebAssembly.instantiate = async (...args) => keep(await instantiate(...args));
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, { construct: (target, args) => keep(new target(...args)) });
  const at = (bytes, needle) => {
    let found = 0;
    for (let at = bytes.indexOf(needle[0]); at >= 0; at = bytes.indexOf(needle[0], at + 1)) {
      if (needle.every((byte, offset) => bytes[at + offset] === byte)) found += 1;
    }
    return found;
  };
  const Plain = Uint8Array;
  globalThis.count = (needle) => memories.reduce((sum, { buffer }) => sum + at(new Plain(buffer), needle), 0);
  const arrays = [];
  globalThis.Uint8Array = new Proxy(Plain, {
    construct(target, args) {
      const made = new target(...args);
      arrays.push(new WeakRef(made));
      return made;
    },
  });
  globalThis.held = (needles) => {
    // A view of a memory that has grown since is empty.
    const there = arrays.map((array) => array.deref()).filter((array) => array?.length > 0 && memories.every(({ buffer }) => buffer !== array.buffer));
    return there.filter((array) => needles.some((needle) => at(array, needle) > 0)).map(({ length }) => "bytes of " + length);
    };`;

const SCRIPT = `
  import { compile, init } from "/dist/index.js";
  import { accept, init as initSign, keys, seal } from "/dist/sign.js";
  const text = async (path) => (await fetch(path)).text();
  const asked = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const stored = async (mode, work) => {
    const opening = indexedDB.open("keys", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("keys");
    const base = await asked(opening);
    try {
      return await asked(work(base.transaction("keys", mode).objectStore("keys")));
    } finally {
      base.close();
    }
  };
  globalThis.steps = {
    async seal() {
      await init();
      const checked = compile(await text("/form/schema.json")).open(JSON.parse(await text("/form/examples/valid/sole-owner.json"))).check();
      globalThis.sealed = await seal(checked.form, { audience: "https://portal.example", dossier: { id: "H24.15-261124-0001", nonce: "AAECAwQFBgcICQoLDA0ODw" } });
    },
    async open(kind, worker) {
      await initSign({ worker });
      globalThis.key = await keys.fromPkcs12(await (await fetch("/keys/citizen-" + kind + ".p12")).blob(), await text("/keys/password.txt"));
    },
    async openPem(kind) {
      globalThis.key = await keys.fromPem(await text("/keys/citizen-" + kind + ".key"), [await text("/keys/citizen-" + kind + ".pem"), await text("/keys/ca.pem")]);
    },
    async sign() {
      const signed = await sealed.sign(key, { format: "jades" });
      return (await accept(signed, { trust: [await text("/keys/root.pem")], crls: [await text("/keys/crl.pem")] })).type;
    },
    async try(kind, path, password, options) {
      const file = await (await fetch(path)).blob();
      try {
        const key = kind === "pem" ? await keys.fromPem(file, await text(options.certificate), { password }) : await keys.fromPkcs12(file, password, options);
        const signature = await key.sign(new TextEncoder().encode("message"), key.algorithms[0]);
        return [key.certificate.name, key.algorithms.join(" "), signature.length];
      } catch (error) {
        return [error.code, error.errors?.[0].params.keys];
      }
    },
    async keep(kind) {
      const { key, chain } = await keys.importPkcs12(await (await fetch("/keys/citizen-" + kind + ".p12")).blob(), await text("/keys/password.txt"));
      await stored("readwrite", (store) => store.put({ key, chain }, "mine"));
    },
    async take() {
      const { key, chain } = await stored("readonly", (store) => store.get("mine"));
      const gone = await crypto.subtle.exportKey("pkcs8", key).then(() => "out", () => "kept");
      globalThis.key = await keys.fromCryptoKey(key, chain);
      return [gone, key.extractable];
    },
    fail: (work) => work().then(() => "nothing", (error) => error.code),
  };
  document.title = "ready";`;

const CURVE = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** The private key as it may lie in memory: as the file has it, and as ring has it, little-endian and in Montgomery's form. */
function needles(kind) {
  const jwk = createPrivateKey(readFileSync(join(keys, `citizen-${kind}.key`))).export({ format: "jwk" });
  const big = (name) => BigInt(`0x${Buffer.from(jwk[name], "base64url").toString("hex")}`);
  const little = (value, bytes) => Buffer.from(value.toString(16).padStart(2 * bytes, "0"), "hex").reverse();
  const secret = kind === "ec" ? [big("d"), (big("d") << 256n) % CURVE] : [big("p"), big("q"), big("d"), (big("qi") << 1024n) % big("p")];
  const bytes = kind === "ec" ? 32 : 128;
  const all = secret.flatMap((value) => [little(value, bytes), Buffer.from(little(value, bytes)).reverse()]);
  // Half of each will do: a copy may be cut.
  return [Buffer.from(text(keys, "password.txt")), ...all.map((needle) => needle.subarray(0, needle.length / 2))].map((needle) => [...needle]);
}

/** A key and its password as JavaScript may have them in a text: JWK's base64url, hexadecimal, the base64 of PKCS#8 from any byte on. */
function texts(kind) {
  const key = createPrivateKey(readFileSync(join(keys, `citizen-${kind}.key`)));
  const { d, p, q } = key.export({ format: "jwk" });
  const secret = Buffer.from(d, "base64url");
  const inner = [0, 1, 2].map((from) => secret.subarray(from, from + 24).toString("base64").slice(0, 30));
  return [text(keys, "password.txt"), d, secret.toString("hex"), ...inner, ...(kind === "rsa" ? [p, q] : [])];
}

/** Where the page's JavaScript still holds any of it, once what nobody holds is gone: texts, and arrays of bytes that were made there. */
async function held(page, kind) {
  const session = await page.context().newCDPSession(page);
  const chunks = [];
  session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => chunks.push(chunk));
  await session.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  await session.detach();
  const secrets = texts(kind);
  const { strings } = JSON.parse(chunks.join(""));
  const found = strings.filter((string) => secrets.some((secret) => string.includes(secret))).map((string) => `text of ${string.length}`);
  const wanted = [...needles(kind), ...secrets.map((secret) => [...Buffer.from(secret)])];
  // A snapshot has the bytes of no array.
  return [...found, ...(await page.evaluate((wanted) => globalThis.held(wanted), wanted))];
}

/** Key files as programs write them, made anew. */
const files = join(made, "key-files");

function makeFiles() {
  rmSync(files, { recursive: true, force: true });
  mkdirSync(files, { recursive: true });
  const password = ["-passout", `pass:${SECRET}`];
  const run = (program, ...args) => execFileSync(program, args, { cwd: files, stdio: ["ignore", "ignore", "pipe"] });
  const parts = (kind) => ["-inkey", join(keys, `citizen-${kind}.key`), "-in", join(keys, `citizen-${kind}.pem`), "-certfile", join(keys, "ca.pem")];
  const old = ["-legacy", "-certpbe", "PBE-SHA1-RC2-40", "-keypbe", "PBE-SHA1-RC2-40"];
  for (const kind of ["ec", "rsa"]) {
    for (const [name, options] of [["modern", []], ["legacy", ["-legacy"]], ["rc2-40", old]]) {
      run("openssl", "pkcs12", "-export", ...options, ...parts(kind), "-out", `${name}-${kind}.p12`, ...password);
    }
    run("openssl", "pkcs8", "-topk8", "-v2", "aes-256-cbc", "-in", join(keys, `citizen-${kind}.key`), "-out", `encrypted-${kind}.pem`, ...password);
    const algorithm = kind === "ec" ? ["-keyalg", "EC", "-groupname", "secp256r1"] : ["-keyalg", "RSA", "-keysize", "2048"];
    const store = (alias) => ["-genkeypair", "-keystore", `java-${kind}.p12`, "-storetype", "PKCS12", "-storepass", JAVA, "-alias", alias, "-dname", "CN=Java", ...algorithm];
    run("keytool", ...store("me"));
    if (kind === "ec") writeFileSync(join(files, "two.p12"), readFileSync(join(files, "java-ec.p12")));
  }
  run("keytool", "-genkeypair", "-keystore", "two.p12", "-storetype", "PKCS12", "-storepass", JAVA, "-alias", "you", "-dname", "CN=You", "-keyalg", "EC", "-groupname", "secp256r1");
}

const SECRET = "hồ sơ";
/** keytool takes its arguments in the encoding of the system, which may have no Vietnamese letters. */
const JAVA = "changeit";

test("key files of OpenSSL, new and old, and of Java open in the page, and so do keys in PEM", async () => {
  makeFiles();
  const { page, run, complaints, workers, close } = await visit();
  for (const [kind, algorithms, bytes] of [["ec", "ES256", 64], ["rsa", "PS256 PS384 RS256", 256]]) {
    for (const name of ["modern", "legacy", "rc2-40", "java"]) {
      const opened = await run("try", "p12", `/files/${name}-${kind}.p12`, name === "java" ? JAVA : SECRET, {});
      assert.deepEqual(opened.slice(1), [algorithms, bytes], `${name} ${kind}: ${opened}`);
      assert.deepEqual(await run("try", "p12", `/files/${name}-${kind}.p12`, "sai", {}), ["key.wrong-password", undefined], `${name} ${kind}`);
    }
    const pem = (file, password) => run("try", "pem", file, password, { certificate: `/keys/citizen-${kind}.pem` });
    assert.deepEqual((await pem(`/keys/citizen-${kind}.key`)).slice(1), [algorithms, bytes]);
    assert.deepEqual((await pem(`/files/encrypted-${kind}.pem`, SECRET)).slice(1), [algorithms, bytes]);
    assert.deepEqual(await pem(`/files/encrypted-${kind}.pem`, "sai"), ["key.wrong-password", undefined]);
  }
  assert.deepEqual(await run("try", "p12", "/files/two.p12", JAVA, {}), ["key.several-keys", "me; you"]);
  assert.deepEqual(await run("try", "p12", "/files/two.p12", JAVA, { alias: "he" }), ["key.not-found", "me; you"]);
  assert.deepEqual((await run("try", "p12", "/files/two.p12", JAVA, { alias: "you" }))[0], "You");
  assert.deepEqual(await run("try", "p12", "/files/two.p12", JAVA, { certificate: "short" }), ["request.digest", undefined]);
  assert.equal(await ended(page, workers), true);
  assert.deepEqual(complaints, []);
  await close();
});

async function visit({ policy = POLICY, answer = () => undefined } = {}) {
  const pages = { "/": { type: "text/html", body: PAGE }, "/spy.js": { type: "text/javascript", body: SPY }, "/page.js": { type: "text/javascript", body: SCRIPT } };
  const site = await serve({ "/dist/": join(installed, "dist"), "/form/": form, "/keys/": keys, "/files/": files }, { policy, answer: (path) => answer(path) ?? pages[path] });
  const { page, complaints, workers } = await open(browser);
  await page.goto(site.url);
  await page.waitForFunction(() => document.title === "ready");
  const run = (step, ...args) => page.evaluate(([step, args]) => globalThis.steps[step](...args), [step, args]);
  const hits = async (kind) => {
    let sum = 0;
    for (const needle of needles(kind)) sum += await page.evaluate((needle) => globalThis.count(needle), needle);
    return sum;
  };
  return { page, complaints, workers, run, hits, close: async () => (await page.close(), site.close()) };
}

/** Waits until the page has no worker any more. */
async function ended(page, workers) {
  for (let tries = 0; tries < 100 && page.workers().length > 0; tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  return page.workers().length === 0 && workers.every(({ closed }) => closed);
}

for (const kind of ["ec", "rsa"]) {
  test(`the ${kind} key is used in a worker that ends: the page's memory never holds it`, async () => {
    const { page, complaints, workers, run, hits, close } = await visit();
    await run("seal");
    await run("open", kind);
    assert.deepEqual(workers.map(({ closed }) => closed), [false]);
    assert.match(workers[0].url, /\/dist\/key-worker\.js$/);
    assert.equal(await hits(kind), 0, "while it is open");
    assert.deepEqual(await held(page, kind), [], "while it is open");
    assert.equal(await run("sign"), "accepted");
    assert.equal(await ended(page, workers), true);
    assert.equal(await hits(kind), 0, "after it signed");
    assert.deepEqual(await held(page, kind), [], "after it signed");
    // What is looked for can be found: the dossier itself lies there.
    assert.ok((await page.evaluate(() => globalThis.count([...new TextEncoder().encode("H24.15-261124-0001")]))) > 0);
    assert.deepEqual(complaints, []);
    assert.equal(await page.evaluate(() => globalThis.steps.fail(() => globalThis.key.sign(new Uint8Array(1), "ES256"))), "key.used");
    await close();
  });
}

for (const kind of ["ec", "rsa"]) {
  test(`the ${kind} key of a file, kept in IndexedDB, signs after the page is loaded again, and no memory holds it`, async () => {
    const { page, complaints, workers, run, hits, close } = await visit();
    await run("keep", kind);
    assert.deepEqual(workers.map(({ url }) => url.replace(/.*\//, "")), ["key-worker.js"]);
    assert.equal(await ended(page, workers), true, "the worker ends once WebCrypto has the key");
    assert.equal(await hits(kind), 0, "after it was imported");
    assert.deepEqual(await held(page, kind), [], "after it was imported");
    await page.reload();
    await page.waitForFunction(() => document.title === "ready");
    await run("seal");
    assert.deepEqual(await run("take"), ["kept", false]);
    assert.equal(await run("sign"), "accepted");
    assert.equal(await run("sign"), "accepted", "it signs again");
    assert.equal(await hits(kind), 0, "after it signed");
    assert.equal(workers.length, 1, "signing takes no worker");
    assert.deepEqual(complaints, []);
    await close();
  });
}

for (const kind of ["ec", "rsa"]) {
  test(`what is looked for of the ${kind} key is found where it was put on purpose`, async () => {
    const { page, close } = await visit();
    const [first, ...more] = texts(kind);
    for (const secret of [first, ...more]) {
      await page.evaluate((secret) => void (globalThis.planted = { deep: [secret] }), secret);
      assert.ok((await held(page, kind)).some((place) => place.startsWith("text")), secret);
      await page.evaluate(() => delete globalThis.planted);
    }
    for (const needle of needles(kind)) {
      await page.evaluate((needle) => void (globalThis.planted = new Map([["deep", new Uint8Array([1, ...needle, 2])]])), needle);
      assert.ok((await held(page, kind)).some((place) => place === `bytes of ${needle.length + 2}`), `${needle}`);
      await page.evaluate(() => delete globalThis.planted);
    }
    assert.deepEqual((await held(page, kind)).filter((place) => place.startsWith("bytes")), [], "what nobody holds is gone");
    await close();
  });
}

test("where the page has no WebCrypto, the key stays in the worker's module, and all is as before", async () => {
  const { page, run, hits, workers, close } = await visit({ answer: (path) => (path.endsWith("key-worker.js") ? { type: "text/javascript", body: withoutWebCrypto() } : undefined) });
  await run("seal");
  for (const kind of ["ec", "rsa"]) {
    await run("open", kind);
    assert.equal(await run("sign"), "accepted");
    assert.equal(await hits(kind), 0);
    assert.deepEqual(await held(page, kind), []);
  }
  assert.equal(await ended(page, workers), true);
  await close();
});

/** As in a page that did not come over HTTPS. */
function withoutWebCrypto() {
  return `Object.defineProperty(globalThis.crypto, "subtle", { value: undefined });${readFileSync(join(installed, "dist/key-worker.js"), "utf8")}`;
}

test("without a worker a key is imported in the page, whose memory forgets it", async () => {
  const { page, run, hits, close } = await visit(Object.values(WITHOUT)[0]);
  for (const kind of ["ec", "rsa"]) {
    await run("keep", kind);
    assert.equal(await hits(kind), 0);
  }
  await run("seal");
  await run("take");
  assert.equal(await run("sign"), "accepted");
  await page.evaluate(() => globalThis.key.dispose());
  assert.equal(await page.evaluate(() => globalThis.steps.fail(() => globalThis.key.sign(new Uint8Array(1), "PS256"))), "key.used");
  await close();
});

test("the module that reads packages makes no signatures: it has no call for keys and asks for no random numbers", () => {
  const [core, sign, key] = ["core", "sign", "key"].map((name) => new WebAssembly.Module(readFileSync(join(installed, `dist/${name}.wasm`))));
  const calls = (module) => WebAssembly.Module.exports(module).flatMap(({ name }) => (/^(key|intake|seal|compile)/.test(name) ? [name] : []));
  const isRandom = ({ name }) => /random/i.test(name);
  assert.deepEqual(calls(key).sort(), ["keyExport", "keyOpen", "keyOpenPem", "keyRelease", "keySign"]);
  for (const module of [core, sign]) {
    assert.deepEqual(calls(module).filter((name) => name.startsWith("key")), []);
    assert.equal(WebAssembly.Module.imports(module).some(isRandom), false);
  }
  assert.ok(WebAssembly.Module.imports(key).some(isRandom));
});

test("a key that is disposed of ends its worker, and a signature under way with it", async () => {
  const { page, workers, run, close } = await visit();
  await run("open", "rsa");
  const outcome = await page.evaluate(async () => {
    const signing = globalThis.steps.fail(() => globalThis.key.sign(new Uint8Array(1_000_000), "PS256"));
    const second = globalThis.steps.fail(() => globalThis.key.sign(new Uint8Array(1), "PS256"));
    globalThis.key.dispose();
    return [await signing, await second];
  });
  assert.deepEqual(outcome, ["key.used", "sign.pending"]);
  assert.equal(await ended(page, workers), true);
  await close();
});

test("a wrong password ends the worker", async () => {
  const { page, workers, run, close } = await visit({ answer: (path) => (path === "/keys/password.txt" ? { type: "text/plain", body: "sai" } : undefined) });
  assert.equal(await page.evaluate(() => globalThis.steps.fail(() => globalThis.steps.open("ec"))), "key.wrong-password");
  assert.equal(await ended(page, workers), true);
  await run("seal");
  await close();
});

/** Ways in which no worker starts, and what the browser itself complains of then. */
const WITHOUT = {
  "its script is not there": { answer: (path) => (path.endsWith("key-worker.js") ? { status: 404, type: "text/html", body: "" } : undefined) },
  "its address gives the page of the application": { answer: (path) => (path.endsWith("key-worker.js") ? { type: "text/html", body: "<!doctype html>" } : undefined) },
  "its script is of another build": { answer: (path) => (path.endsWith("key-worker.js") ? { type: "text/javascript", body: otherBuild() } : undefined) },
  "the policy allows no worker": { policy: `${POLICY}; worker-src 'none'`, complains: /worker-src/ },
  "the policy allows no Trusted Types policy of that name": { policy: `${POLICY}; trusted-types other`, complains: /trusted-types/ },
};

/** As an older worker would be: its glue asks for names that the module does not give. */
function otherBuild() {
  return readFileSync(join(installed, "dist/key-worker.js"), "utf8").replaceAll("hoso_bg.js", "hoso_old.js");
}

for (const [name, { complains, ...setting }] of Object.entries(WITHOUT)) {
  test(`the page signs where ${name}, and its memory forgets the key`, async () => {
    const { page, complaints, workers, run, hits, close } = await visit(setting);
    await run("seal");
    await run("open", "ec");
    assert.equal(await hits("ec"), 0, "while it is open WebCrypto has it");
    assert.equal(await run("sign"), "accepted");
    assert.equal(await hits("ec"), 0, "after it signed");
    assert.deepEqual(await held(page, "ec"), [], "after it signed");
    // A key in PEM stays in the module.
    for (const kind of ["ec", "rsa"]) {
      await run("openPem", kind);
      assert.ok((await hits(kind)) > 0, "while it is open it is in the page: the search can find it");
      if (kind === "ec") assert.equal(await run("sign"), "accepted");
      else await page.evaluate(() => globalThis.key.dispose());
      assert.equal(await hits(kind), 0, "after it signed, or was disposed of");
    }
    assert.equal(await ended(page, workers), true);
    assert.deepEqual(complaints.filter((complaint) => !complains?.test(complaint)), []);
    await close();
  });
}

test("the worker may come from an address, or from a function, that the page gives", async () => {
  const answer = (path) => (path === "/elsewhere.js" ? { type: "text/javascript", body: readFileSync(join(installed, "dist/key-worker.js")) } : undefined);
  // A plain address is for pages that do not ask for Trusted Types.
  const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
  const { page, workers, run, close } = await visit({ answer, policy });
  await run("seal");
  await run("open", "ec", "/elsewhere.js");
  assert.match(workers[0].url, /\/elsewhere\.js$/);
  assert.equal(await run("sign"), "accepted");
  await page.evaluate(() => globalThis.steps.open("ec", () => new Worker("/dist/key-worker.js")));
  assert.match(workers[1].url, /key-worker\.js$/);
  await page.evaluate(() => globalThis.key.dispose());
  await close();
});
