import type { Place } from "../load.js";

export const place: Place = {
  file: "tools.wasm",
  build: TOOLS_BUILD,
  url: () => new URL("./tools.wasm", import.meta.url),
  inline: () => import("#tools-inline"),
};
