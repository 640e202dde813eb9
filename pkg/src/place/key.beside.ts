import type { Place } from "../load.js";

export const place: Place = {
  file: "key.wasm",
  build: KEY_BUILD,
  url: () => new URL("./key.wasm", import.meta.url),
  inline: () => import("#key-inline"),
};
