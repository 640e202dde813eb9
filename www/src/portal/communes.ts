// The communes of the whole country. They come with the first page that asks for an address, not with the first screen.

import type { CodeEntry, CodeList, Language } from "hoso";
import type { Choice } from "../schema/model.js";
import { fetched } from "./samples.js";

const KINDS = { Phường: "Ward", Xã: "Commune", "Đặc khu": "Special Zone" } as const;

let loaded: readonly CodeEntry[] | null = null;
let loading: Promise<void> | null = null;

/** Fetches the list. What fails is forgotten: until there is one, code and name are written by hand. */
export function loadCommunes(then: () => void): void {
  if (loaded) return;
  loading ??= fetched(new URL("list-communes.json", import.meta.url))
    .then((response) => response.json() as Promise<CodeList>)
    .then(({ codes }) => void (loaded = codes))
    .finally(() => (loading = null));
  loading.then(then, () => undefined);
}

/** The communes of a province; nothing while there is no list. */
export function communesOf(province: string, language: Language): readonly Choice[] | null {
  if (!loaded) return null;
  const said = (name: string): string => (language === "vi" ? name : inEnglish(name));
  return loaded.filter(({ parent }) => parent === province).map(({ code, label }) => ({ value: code, label: said(label.vi) }));
}

/** `Phường Cái Khế` as `Cái Khế Ward`, as the forms call theirs; the list has no English. */
const inEnglish = (name: string): string =>
  name.replace(/^(Phường|Xã|Đặc khu) (.*)$/, (_, kind: keyof typeof KINDS, own: string) => `${own} ${KINDS[kind]}`);
