// A package on its way in: written to a temporary file and judged at once, piece by piece, so that none is held whole.

import { createHash } from "node:crypto";
import { copyFile, mkdir, mkdtemp, open, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Starts to receive. Whoever gets it discards it on every path. */
export async function receive(request, most) {
  const folder = await mkdtemp(join(tmpdir(), "hoso-intake-"));
  return new Received(request, most, folder);
}

class Received {
  /** The sender said, or showed, that there is more than may be. */
  isTooLarge = false;
  #request;
  #most;
  #folder;
  #file;
  #hash = createHash("sha256");
  #digest;

  constructor(request, most, folder) {
    this.#request = request;
    this.#most = most;
    this.#folder = folder;
    this.#file = join(folder, "package");
    this.isTooLarge = Number(request.headers["content-length"] ?? 0) > most;
  }

  /** Hands the pieces to a judge while they are written down. What the judge leaves is written too. */
  async read(judge) {
    const out = await open(this.#file, "wx", 0o600);
    const pieces = this.#pieces(out);
    try {
      const judged = await judge(pieces);
      for await (const _ of pieces);
      return judged;
    } finally {
      await out.close();
    }
  }

  async *#pieces(out) {
    let size = 0;
    // Not ended by the judge's `break`: the rest is still to come.
    for await (const piece of this.#request.iterator({ destroyOnReturn: false })) {
      size += piece.length;
      if (size > this.#most) {
        this.isTooLarge = true;
        return;
      }
      this.#hash.update(piece);
      await out.appendFile(piece);
      yield piece;
    }
  }

  /** The digest of all that came. */
  sha256() {
    this.#digest ??= this.#hash.digest("hex");
    return this.#digest;
  }

  /** Keeps the package under its digest: the name that the sender chose is not to be trusted with a path. */
  async keep(store) {
    if (store === undefined) return;
    await mkdir(store, { recursive: true });
    const kept = join(store, `${this.sha256()}.hoso.zip`);
    // The temporary folder may be on another disk.
    await rename(this.#file, kept).catch(() => copyFile(this.#file, kept));
  }

  discard() {
    return rm(this.#folder, { recursive: true, force: true });
  }
}
