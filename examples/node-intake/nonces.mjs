// The nonces of dossiers that were taken: none is taken twice. In a file, where there is a folder for it, so that a
// restart forgets nothing. A real portal keeps them in its database, and gives them out itself.

import { appendFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";

export class Nonces {
  #known = new Map();
  #file;

  static async open(store) {
    const nonces = new Nonces();
    if (store === undefined) return nonces;
    await mkdir(store, { recursive: true });
    nonces.#file = join(store, "nonces.jsonl");
    const text = await readFile(nonces.#file, "utf8").catch((error) => {
      if (error.code === "ENOENT") return "";
      throw error;
    });
    for (const line of text.split("\n").filter(Boolean)) {
      const { nonce, ...receipt } = JSON.parse(line);
      nonces.#known.set(nonce, receipt);
    }
    return nonces;
  }

  /** The receipt of the dossier that had this nonce. */
  known(nonce) {
    return this.#known.get(nonce);
  }

  /** Marked before it is written: two packages that arrive at once must not both be taken. */
  async remember(nonce, receipt) {
    this.#known.set(nonce, receipt);
    if (this.#file) await appendFile(this.#file, `${JSON.stringify({ nonce, ...receipt })}\n`);
  }
}
