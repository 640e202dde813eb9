// The communes of the whole country, by province. They come with the first page that asks for an address, not with the first screen.

import type { Language } from "hoso";
import type { Choice } from "../schema/model.js";

type List = { readonly [province: string]: readonly (readonly [code: string, name: string])[] };

let loaded: List | null = null;
let loading: Promise<void> | null = null;

/** Fetches the list. What fails is forgotten: until there is one, code and name are written by hand. */
export function loadCommunes(then: () => void): void {
  if (loaded) return;
  loading ??= fetch(new URL("communes.json", import.meta.url))
    .then((response) => (response.ok ? response.json() : Promise.reject(new Error(String(response.status)))))
    .then((list: List) => void (loaded = list))
    .finally(() => (loading = null));
  loading.then(then, () => undefined);
}

const KINDS = { Phường: "Ward", Xã: "Commune", "Đặc khu": "Special Zone" } as const;

/** The communes of a province; nothing while there is no list. */
export const communesOf = (province: string, language: Language): readonly Choice[] | null =>
  loaded?.[province]?.map(([value, name]) => ({ value, label: language === "vi" ? name : inEnglish(name) })) ?? null;

/** `Phường Cái Khế` as `Cái Khế Ward`, as the forms call theirs. */
const inEnglish = (name: string): string =>
  name.replace(/^(Phường|Xã|Đặc khu) (.*)$/, (_, kind: keyof typeof KINDS, own: string) => `${own} ${KINDS[kind]}`);
