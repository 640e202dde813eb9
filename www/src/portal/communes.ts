// The communes of the whole country, by province. They come with the first page that asks for an address, not with the first screen.

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

/** The communes of a province; nothing while there is no list. Their names are Vietnamese in every language. */
export const communesOf = (province: string): readonly Choice[] | null =>
  loaded?.[province]?.map(([value, label]) => ({ value, label })) ?? null;
