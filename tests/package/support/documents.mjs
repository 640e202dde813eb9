// Documents made from the form's right examples by one to four mistakes each, the same ones each time.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { form, json } from "./world.mjs";

/** `count` JSON texts, each on one line. */
export function documents(count, seed) {
  const folder = join(form, "examples/valid");
  const examples = readdirSync(folder).sort().map((file) => json(folder, file));
  const random = numbers(seed);
  return Array.from({ length: count }, () => document(examples, random));
}

/** mulberry32: 32 bits of state are enough to choose mistakes. */
function numbers(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function document(examples, random) {
  const pick = (list) => list[random(list.length)];
  const value = structuredClone(pick(examples));
  for (let mistakes = random(5); mistakes > 0; mistakes -= 1) spoil(value, random);
  const text = JSON.stringify(value);
  // Now and then the text itself is wrong: cut off, a name twice, a stray letter.
  switch (random(40)) {
    case 0:
      return text.slice(0, 1 + random(text.length - 1));
    case 1:
      return text.replace(/\{"/, '{"owner":1,"');
    case 2: {
      const at = random(text.length);
      return text.slice(0, at) + pick(["\\", '"', "}", "é", "\ufeff", "0"]) + text.slice(at);
    }
    default:
      return text;
  }
}

/** One mistake at a random place. */
function spoil(value, random) {
  const places = [];
  collect(value, places);
  const [holder, name] = places[random(places.length)];
  const old = holder[name];
  switch (random(6)) {
    case 0:
      return Array.isArray(holder) ? holder.splice(name, 1) : delete holder[name];
    case 1:
      return (holder[name] = structuredClone(STRANGE[random(STRANGE.length)]));
    case 2:
      return Array.isArray(holder) ? holder.push(...Array.from({ length: random(30) }, () => structuredClone(old))) : (holder[MEMBERS[random(MEMBERS.length)]] = old);
    case 3:
      return (holder[name] = typeof old === "string" ? letters(old, random) : [old]);
    case 4:
      return (holder[name] = typeof old === "number" ? NUMBERS[random(NUMBERS.length)] : { wrapped: old });
    default:
      return (holder[name] = typeof old === "string" ? old.slice(0, random(old.length + 1)) : null);
  }
}

function collect(value, places) {
  if (typeof value !== "object" || value === null) return;
  for (const name of Object.keys(value)) {
    places.push([value, name]);
    collect(value[name], places);
  }
}

function letters(text, random) {
  const at = random(text.length + 1);
  return text.slice(0, at) + LETTERS[random(LETTERS.length)] + text.slice(at + random(2));
}

const STRANGE = [null, true, false, 0, -1, "", " ", [], {}, "2026-02-30", "2026-13-01", "091200014", "0912000145", "31185000002", "031185000002", "<b>&amp;</b>", "x".repeat(3_000), "1.001612", [[[[[[]]]]]], { a: { b: { c: 1 } } }];
const MEMBERS = ["name", "phone", "Owner", "__proto__", "constructor", "", "a/b", "m~n", "họ tên", "💼"];
const NUMBERS = [0, -0, 1.5, 0.1, 1e21, 1e-7, 9007199254740993, -1, 50_000_000, 1e308, 123456789012345680000];
const LETTERS = ["0", "9", "l", "Đ", "Ð", "ệ", "e\u0323\u0302", " ", "  ", "\u00a0", "\u200b", "\u202e", "😀", "\t", "\n", "/", "\u0000"];
