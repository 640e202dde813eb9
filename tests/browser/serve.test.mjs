// How the page is sent: in few bytes, and in those that were asked for.

import assert from "node:assert/strict";
import { get } from "node:http";
import { after, before, test } from "node:test";
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from "node:zlib";
import { open } from "./portal.mjs";

let portal;
let assets;
before(async () => {
  portal = await open();
  const { body } = await sent("", "identity");
  assets = [...new Set(String(body).match(/assets-[0-9a-f]{12}\/[\w.-]+/g))];
});
after(() => portal?.close());

test("what the first view needs is sent as small as brotli gets", async () => {
  assert.deepEqual(["css", "js", "wasm"].filter((ending) => !assets.some((name) => name.endsWith(`.${ending}`))), [], assets.join(", "));
  for (const name of assets) {
    const [plain, small] = [await sent(name, "identity"), await sent(name, "gzip, deflate, br")];
    assert.equal(plain.headers["content-encoding"], undefined, name);
    assert.equal(small.headers["content-encoding"], "br", name);
    assert.equal(small.headers["content-type"], plain.headers["content-type"], name);
    assert.ok(brotliDecompressSync(small.body).equals(plain.body), name);
    assert.ok(small.body.length <= brotliCompressSync(plain.body).length, `${name}: ${small.body.length} bytes`);
  }
});

test("a browser without brotli gets gzip", async () => {
  for (const name of assets) {
    const [plain, small] = [await sent(name, "identity"), await sent(name, "gzip")];
    assert.equal(small.headers["content-encoding"], "gzip", name);
    assert.ok(gunzipSync(small.body).equals(plain.body), name);
  }
});

/** What the server sends to a browser that takes these encodings, as it comes over the line. */
function sent(path, encodings) {
  return new Promise((resolve, reject) => {
    // A connection of its own: packing takes longer than the server keeps an idle one.
    const asked = get(new URL(path, portal.address), { agent: false, headers: { "accept-encoding": encodings } }, async (response) => {
      const body = Buffer.concat(await response.toArray());
      resolve({ headers: response.headers, body });
    });
    asked.on("error", reject);
  });
}
