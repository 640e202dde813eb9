// Every sentence of the page, in both languages. Sentences about a form's values come from hoso and are not repeated here.

import type { Language } from "hoso";
import { FORM } from "./form.js";
import type { OwnKey, OwnWords } from "./own.js";
import { PORTAL } from "./portal.js";
import { SIGN } from "./sign.js";
import { VERIFY } from "./verify.js";

/** Vietnamese, English, and English for exactly one. */
export type Word = readonly [vi: string, en: string, one?: string];

/** The sentences that all procedures share. */
const WORDS = { ...PORTAL, ...FORM, ...SIGN, ...VERIFY } satisfies { readonly [key: string]: Word };

export type Key = keyof typeof WORDS | OwnKey;
export type Facts = { readonly [name: string]: string | number };

let current: Language = "vi";
let own: OwnWords;

/** Takes the sentences of the procedure that the page is about. */
export function speakOf(words: OwnWords): void {
  own = words;
}

export function speak(language: Language): void {
  current = language;
}

export const language = (): Language => current;

/** A sentence in the page's language, its `{facts}` filled in. The fact `n` chooses between one and many. */
export function t(key: Key, facts: Facts = {}): string {
  return say(word(key), current, facts);
}

/** A sentence of a procedure, whichever the page is about. */
export const inWordsOf = (words: OwnWords, key: OwnKey, other: Language = current, facts: Facts = {}): string =>
  say(words[key], other, facts);

const word = (key: Key): Word => (key in WORDS ? WORDS[key as keyof typeof WORDS] : own[key as OwnKey]);

function say(word: Word, language: Language, facts: Facts = {}): string {
  const text = language === "vi" ? word[0] : facts["n"] === 1 ? (word[2] ?? word[1]) : word[1];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole));
}
