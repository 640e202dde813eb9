import type { Place } from "../load.js";

export const place: Place = {
  file: "core.wasm",
  build: CORE_BUILD,
  url: () => new URL("./core.wasm", import.meta.url),
  inline: () => import("#core-inline"),
};
