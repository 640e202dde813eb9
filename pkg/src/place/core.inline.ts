import type { Place } from "../load.js";

export const place: Place = { file: "core.wasm", build: CORE_BUILD, inline: () => import("#core-inline") };
