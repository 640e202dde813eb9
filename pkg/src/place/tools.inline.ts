import type { Place } from "../load.js";

export const place: Place = { file: "tools.wasm", build: TOOLS_BUILD, inline: () => import("#tools-inline") };
