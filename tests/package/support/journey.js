// The main job in a page, for every bundler the same: check, seal, sign, verify. The title says how it went.

import { compile, init } from "hoso";

const text = async (path) => (await fetch(path)).text();

async function journey() {
  await init();
  const schema = compile(await text("/form/schema.json"), { lang: "en" });
  const mistakes = schema.validateJson(await text("/form/examples/invalid/six-mistakes-at-once.json")).issues;
  const checked = schema.open(JSON.parse(await text("/form/examples/valid/sole-owner.json"))).check();
  const { accept, keys, seal } = await import("hoso/sign");
  const dossier = { id: "H24.15-261124-0001", nonce: "AAECAwQFBgcICQoLDA0ODw" };
  const sealed = await seal(checked.form, { audience: "https://portal.example", dossier });
  const key = await keys.fromPkcs12(await (await fetch("/keys/citizen-ec.p12")).blob(), await text("/keys/password.txt"));
  const signed = await sealed.sign(key, { format: "jades" });
  const verdict = await accept(signed, { trust: [await text("/keys/root.pem")], crls: [await text("/keys/crl.pem")] });
  return `${mistakes.length} mistakes, ${verdict.type}`;
}

journey().then(
  (outcome) => (document.title = outcome),
  (error) => (document.title = `${error.code ?? ""} ${error.stack}`),
);
