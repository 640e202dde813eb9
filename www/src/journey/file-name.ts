// Names that every system can keep, and of which no two are the same.

import { canonicalText } from "../input/canonical.js";
import { t } from "../words/index.js";

/** UTF-8 bytes a name may have: what file systems hold. */
const NAME_BYTES = 255;
const ENDING = /\.[A-Za-z0-9]{1,8}$/;

/** No path, nothing hidden, not too long. */
export function cleanName(name: string): string {
  const plain = canonicalText(name.replace(/[\\/\u0000-\u001f\u007f]/g, " ")).replace(/^\.+$/, "") || t("file.untitled");
  const [stem, ending] = split(plain);
  return shortened(stem, NAME_BYTES - ending.length) + ending;
}

/** Phones call every picture `image.jpg`. A dossier holds no two files of one name, so the later one gets a number. */
export function freeName(name: string, taken: readonly string[]): string {
  const known = new Set(taken.map(folded));
  const [stem, ending] = split(name);
  let free = name;
  for (let number = 2; known.has(folded(free)); number += 1)
    free = `${shortened(stem, NAME_BYTES - ending.length - 6)} (${number})${ending}`;
  return free;
}

/** As the container compares names: letter case and composition do not tell them apart. */
const folded = (name: string): string => name.normalize("NFC").toLowerCase().normalize("NFC");

function split(name: string): [stem: string, ending: string] {
  const ending = ENDING.exec(name)?.[0] ?? "";
  return [name.slice(0, name.length - ending.length), ending];
}

function shortened(stem: string, most: number): string {
  const encoder = new TextEncoder();
  const letters = [...stem];
  while (encoder.encode(letters.join("")).length > most) letters.pop();
  return letters.join("");
}
