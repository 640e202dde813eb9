// The job by hoso: the key in a worker, a dossier in CAdES, verified as a portal verifies it but for revocation, which the peers leave out.

import { compile, init } from "hoso";
import { attach, init as initSign, keys, measure, seal, verify } from "hoso/sign";
import { keyFile, papers } from "./job.js";

const AUDIENCE = "https://portal.example";
const FIELD = "/attachments/others";

/** The peer for one kind of key. */
export async function peer({ schema, data, worker, algorithm }) {
  // From memory, as it lies in a browser's cache after the first visit.
  const address = URL.createObjectURL(new Blob([worker], { type: "text/javascript" }));
  await Promise.all([init(), initSign({ worker: () => new Worker(address) })]);
  const attachments = [];
  for (const file of papers()) attachments.push(await measure(file, { field: FIELD }));
  const compiled = compile(schema);
  const { form } = compiled.open(await attach(data, attachments)).check();
  return {
    attachments,
    open: (_, { file, password }) => keys.fromPkcs12(keyFile(file), password),
    async seal(key) {
      return [key, await seal(form, { audience: AUDIENCE, dossier: { id: "H24.15-261124-0001", nonce: "AAECAwQFBgcICQoLDA0ODw" }, attachments })];
    },
    sign: ([key, sealed]) => sealed.sign(key, { format: "cades", algorithm }),
    async verify(signed, { root }) {
      const verdict = await verify(signed, { trust: [root], revocation: "none", audience: AUDIENCE, schemas: [compiled.id] });
      if (verdict.outcome !== "accepted") throw new Error(JSON.stringify(verdict));
    },
  };
}

/** What comes before the four steps, and has no peer: the files are looked through as they are attached. */
export async function attaching({ attachments }) {
  const start = performance.now();
  for (const { file, field } of attachments) await measure(file, { field });
  return performance.now() - start;
}
