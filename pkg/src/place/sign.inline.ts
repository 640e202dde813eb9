import type { Place } from "../load.js";

export const place: Place = { file: "sign.wasm", inline: () => import("#sign-inline") };
