// patterns.mjs: what V8's RegExp makes of patterns.
// stdin: a line for each pattern, {"pattern", "flags", "texts"}. stdout: for each a 1 or 0 for each text, or "refused: " and why.
import { readFileSync } from "node:fs";

const lines = readFileSync(0, "utf8").split("\n").filter((line) => line !== "");
console.log(lines.map((line) => answer(JSON.parse(line))).join("\n"));

function answer({ pattern, flags, texts }) {
  try {
    const regex = new RegExp(pattern, `${flags}y`);
    return texts.map((text) => (matches(regex, text) ? "1" : "0")).join("");
  } catch (error) {
    return `refused: ${error.message}`.replaceAll(/[\n\r]/g, " ");
  }
}

/** Starts at each character: left alone, V8 starts between the halves of one too, and finds `\B` there. ECMA-262 22.2.7.2 does not. */
function matches(regex, text) {
  const starts = [...text].map((letter) => letter.length);
  starts.push(1);
  let at = 0;
  return starts.some((length) => {
    regex.lastIndex = at;
    at += length;
    return regex.test(text);
  });
}
