import type { Place } from "../load.js";

export const place: Place = { file: "sign.wasm", build: SIGN_BUILD, inline: () => import("#sign-inline") };
