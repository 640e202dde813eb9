// Code lists: handed over by name, the same verdict as the command's, sealed and verified with that very list.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { esm, password, pkcs12, thrown, trusted } from "./support/dossier.mjs";
import { AUDIENCE, NONCE, NOW, app, command, hoso, json, made, root, text } from "./support/world.mjs";

const { core, sign } = await esm();
before(() => core.init());

const list = (name) => json(root, "data", `${name}.json`);
const codeLists = { provinces: list("provinces"), communes: list("communes"), countries: text(root, "data/countries.json") };
const ended = { title: { vi: "T" }, source: "S", date: "2025-07-01", codes: [{ code: "1", label: { vi: "Cũ", en: "Old" }, to: "2025-06-30" }] };
const rules = {
  "x-procedure": {
    code: "1.001612", version: "1", title: { vi: "Thử" }, authority: { vi: "Xã" }, legalBasis: ["1/2026"], effectiveFrom: "2026-01-01", evidence: "citizen-signature",
  },
  type: "object",
  properties: {
    province: { "x-label": { vi: "Tỉnh", en: "Province" }, "x-options": "provinces" },
    commune: { "x-label": { vi: "Xã", en: "Commune" }, "x-options": { list: "communes" } },
    country: { "x-label": { vi: "Nước", en: "Country" }, "x-options": "countries" },
    old: { "x-label": { vi: "Mục", en: "Entry" }, "x-options": "ended" },
  },
};

test("what a list says is byte for byte what the command says", () => {
  const given = { ...codeLists, ended };
  const schema = join(made, "codes.json");
  writeFileSync(schema, JSON.stringify(rules));
  const arguments_ = Object.entries(given).flatMap(([name, one]) => {
    const file = join(made, `codes-${name}.json`);
    writeFileSync(file, typeof one === "string" ? one : JSON.stringify(one));
    return ["--codes", `${name}=${file}`];
  });
  const provinces = codeLists.provinces.codes.map(({ code }) => ({ province: code }));
  const communes = codeLists.communes.codes.map(({ code }) => ({ commune: code }));
  const odd = [{ province: "02", commune: "1" }, { province: 1, country: "vn", old: "1" }, { old: "2" }, { province: null }, { country: "VN" }];
  const lines = [...provinces, ...communes, ...odd].map((value) => JSON.stringify(value));
  const data = join(made, "codes.ndjson");
  writeFileSync(data, `${lines.join("\n")}\n`);
  for (const lang of ["vi", "en"]) {
    const { out, err } = command(hoso, ["validate", "--schema", schema, "--ndjson", "--output", "json", "--lang", lang, "--now", NOW, ...arguments_, data]);
    const compiled = core.compile(rules, { lang, codeLists: given });
    const ours = lines.map((line) => JSON.stringify(compiled.validateJson(line, { now: NOW })));
    assert.deepEqual(ours, out.split("\n").slice(0, -1), err);
    assert.equal(ours.filter((report) => !report.startsWith('{"valid":true')).length, 4);
  }
});

test("a list that did not come along, or is none, is told with its place", async () => {
  const compile = (codeLists) => thrown(() => core.compile(rules, { lang: "en", codeLists }));
  const missing = await compile({ ...codeLists, endet: ended });
  assert.deepEqual([missing.code, missing.params], ["schema.no-code-list", { place: "/properties/old/x-options", list: "ended", suggestion: "endet" }]);
  const repeated = await compile({ ...codeLists, ended: { ...ended, codes: [ended.codes[0], ended.codes[0]] } });
  assert.deepEqual([repeated.code, repeated.params.place], ["schema.keyword-value", "ended#/codes/1/code"]);
  assert.match((await compile({ ...codeLists, ended: "{" })).code, /^json\./);
  assert.equal((await compile({ ...codeLists, ended: { ...ended, date: new Date() } })).code, "input.unsupported");
});

test("a sealed form names its lists, shows their labels, and is verified with those very lists", async () => {
  const given = { ...codeLists, ended };
  const schema = core.compile(rules, { codeLists: given });
  const { form } = schema.in("en").open({ province: "31", commune: "11560", old: "1" }).check();
  // Plain data, whole by itself: it may have been stored.
  const sealed = await sign.seal(JSON.parse(JSON.stringify(form)), { audience: AUDIENCE, dossier: { id: "H1", nonce: NONCE } });
  assert.deepEqual(sealed.submission.inputs.map(({ kind, name }) => `${kind} ${name}`), ["communes", "countries", "ended", "provinces"].map((name) => `code-list ${name}`));
  for (const label of ["Hải Phòng City", "Old"]) assert.ok(sealed.view.includes(`<bdi>${label}</bdi>`), label);
  assert.deepEqual(sealed.submission.verdict.issues.map(({ code }) => code), ["options.not-in-force"]);
  const dossier = await sealed.sign(await sign.keys.fromPkcs12(pkcs12(), password()), { format: "jades" });
  const verdict = async (codeLists) => {
    const { outcome, gate } = await sign.verify(dossier, { ...trusted(), codeLists });
    return [outcome, ...gate.map(({ code }) => code)];
  };
  assert.deepEqual(await verdict(given), ["accepted"]);
  assert.deepEqual(await verdict(undefined), ["undetermined", ...Array(4).fill("gate.input-missing")]);
  assert.deepEqual(await verdict({ ...given, ended: { ...ended, source: "T" } }), ["undetermined", "gate.input-missing"]);
  assert.equal((await sign.accept(dossier, { ...trusted(), codeLists: given })).type, "accepted");
  const file = join(made, "codes.hoso.zip");
  writeFileSync(file, new Uint8Array(await dossier.package.arrayBuffer()));
  const { code, out } = command(hoso, ["verify", file, ...["root", "crl"].flatMap((name) => [name === "root" ? "--trust" : "--crl", join(made, "keys", `${name}.pem`)])]);
  assert.equal(code, 3, out);
});

test("the lists come with the package, as they are in the repository", () => {
  const require = createRequire(join(app, "package.json"));
  for (const name of ["communes", "countries", "ethnic-groups", "holidays-vn", "provinces"]) assert.deepEqual(require(`hoso/data/${name}.json`), list(name));
});
