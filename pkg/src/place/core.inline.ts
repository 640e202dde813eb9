import type { Place } from "../load.js";

export const place: Place = { file: "core.wasm", inline: () => import("#core-inline") };
