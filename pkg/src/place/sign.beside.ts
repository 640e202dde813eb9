import type { Place } from "../load.js";

export const place: Place = {
  file: "sign.wasm",
  build: SIGN_BUILD,
  url: () => new URL("./sign.wasm", import.meta.url),
  inline: () => import("#sign-inline"),
};
