// A small back end: takes a signed dossier in, verifies it while it arrives, and answers with the verdict.
//   node server.mjs --trust root.pem --crl crl.pem --schema schema.json --audience URL [--store DIR] [--port N]
// Or mount the handler in a server of your own: see `createIntake`.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compile, init } from "hoso";
import { accept } from "hoso/sign";
import { respond, sentenceOf } from "./answer.mjs";
import { Nonces } from "./nonces.mjs";
import { receive } from "./receive.mjs";

/**
 * A handler for `POST` of a package: `(request, response) => Promise<void>`. It never throws.
 *
 * @param {object} options
 * @param {(string | Uint8Array)[]} options.trust the root certificates to believe
 * @param {(string | Uint8Array)[]} [options.crls] revocation lists; without them nothing is ever accepted
 * @param {(string | object)[]} options.schemas the forms that are taken, as JSON
 * @param {string} options.audience this portal's own name, an absolute URI
 * @param {(claim: object, form: object) => Promise<string>} [options.ask] asks a database again what a form says that it answered; its status
 * @param {string} [options.store] a folder for accepted packages and for the nonces; kept in memory alone where nothing is said
 * @param {number} [options.most] bytes a package may have
 */
export async function createIntake({ trust, crls = [], schemas, audience, ask = notAsked, store, most = 100_000_000 }) {
  await init();
  const ids = schemas.map((schema) => compile(schema).id);
  const nonces = await Nonces.open(store);
  const context = { trust, crls, schemas: ids, audience, ask, store, most, nonces };
  return async (request, response) => {
    try {
      await take(request, response, context);
    } catch (error) {
      console.error(error);
      respond(response, 500, { error: "intake.failed", message: sentenceOf("intake.failed", languageOf(request)) });
    }
  };
}

async function take(request, response, context) {
  const lang = languageOf(request);
  const refuse = (status, error, more = {}) => respond(response, status, { error, message: sentenceOf(error, lang), ...more });
  if (request.method !== "POST") return refuse(405, "intake.method", { allow: "POST" });
  const receivedAt = new Date();
  const received = await receive(request, context.most);
  try {
    if (received.isTooLarge) return refuse(413, "intake.too-large", { most: context.most });
    const { trust, crls, schemas, audience, nonces } = context;
    const judged = await received.read((pieces) => accept(pieces, { trust, crls, schemas, audience, receivedAt, lang }));
    if (received.isTooLarge) return refuse(413, "intake.too-large", { most: context.most });
    const { verdict } = judged;
    if (verdict.gate.some(({ code }) => NOT_A_PACKAGE.has(code))) return refuse(400, "intake.not-a-package", { verdict });
    if (judged.type !== "accepted")
      return refuse(422, judged.type === "undetermined" ? "intake.undetermined" : "intake.refused", {
        message: reasonOf(verdict, lang),
        verdict,
      });
    const { dossier } = judged.submission;
    const known = nonces.known(dossier.nonce);
    // The answer to the first filing may have been lost on its way: this one says the same.
    if (known) return refuse(409, "intake.replayed", known);
    // What the form says that a database answered is the sender's claim, and may have saved a paper: ask again.
    for (const claim of verdict.claims) {
      if (claim.status === "match" && (await context.ask(claim, judged.form)) !== "match") return refuse(422, "intake.lookup", { claim, verdict });
    }
    const receipt = { reference: dossier.id, receivedAt: receivedAt.toISOString(), sha256: received.sha256() };
    await nonces.remember(dossier.nonce, receipt);
    await received.keep(context.store);
    return respond(response, 200, { accepted: true, ...receipt, verdict });
  } finally {
    await received.discard();
  }
}

/** Whoever cannot ask believes no match. */
const notAsked = async () => "unavailable";

const NOT_A_PACKAGE = new Set(["package.not-a-package", "package.truncated"]);

/** The first thing that a person can be told. */
function reasonOf(verdict, lang) {
  const reasons = [
    ...verdict.gate,
    ...verdict.signatures.flatMap(({ reasons }) => reasons),
    ...(verdict.validation?.issues ?? []).filter(({ level }) => level === "error"),
  ];
  return reasons[0]?.message ?? sentenceOf("intake.refused", lang);
}

function languageOf(request) {
  return /^\s*en\b/i.test(request.headers["accept-language"] ?? "") ? "en" : "vi";
}

async function main() {
  const text = { type: "string" };
  const list = { type: "string", multiple: true, default: [] };
  const { values } = parseArgs({
    options: { trust: list, crl: list, schema: list, audience: text, store: text, port: { ...text, default: "8080" } },
  });
  const missing = ["trust", "schema", "audience"].filter((name) => values[name] === undefined || values[name].length === 0);
  if (missing.length > 0) {
    console.error(`Say also ${missing.map((name) => `--${name}`).join(", ")}. README.md has an example.`);
    process.exit(2);
  }
  const read = (files) => Promise.all(files.map((file) => readFile(file)));
  const [trust, crls, schemas] = await Promise.all([read(values.trust), read(values.crl), read(values.schema)]);
  const intake = await createIntake({ trust, crls, schemas, audience: values.audience, store: values.store });
  const server = createServer((request, response) =>
    request.url === "/intake"
      ? intake(request, response)
      : respond(response, 404, { error: "intake.address", message: sentenceOf("intake.address", languageOf(request)) }),
  );
  server.listen(Number(values.port), "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/intake`));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
