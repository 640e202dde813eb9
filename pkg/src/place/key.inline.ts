import type { Place } from "../load.js";

export const place: Place = { file: "key.wasm", build: KEY_BUILD, inline: () => import("#key-inline") };
