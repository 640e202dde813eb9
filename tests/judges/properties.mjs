// properties.mjs: the characters that V8's RegExp finds in classes.
// stdin: a line for each class, such as \p{L}, and flags: {"class", "flags"}. stdout: for each "refused", or the edges of its
// ranges, as differences in hexadecimal. First a line with the version of Unicode.
import { readFileSync } from "node:fs";

const points = Array.from({ length: 0x110000 }, (_, point) => String.fromCodePoint(point));
const lines = readFileSync(0, "utf8").split("\n").filter((line) => line !== "");
console.log(process.versions.unicode);
for (const line of lines) {
  console.log(edges(JSON.parse(line)));
}

function edges({ class: written, flags }) {
  let regex;
  try {
    regex = new RegExp(`^${written}$`, flags);
  } catch {
    return "refused";
  }
  const found = [];
  let [within, before] = [false, 0];
  points.forEach((letter, point) => {
    if (regex.test(letter) !== within) {
      within = !within;
      found.push((point - before).toString(16));
      before = point;
    }
  });
  if (within) {
    found.push((0x110000 - before).toString(16));
  }
  return found.join(" ");
}
