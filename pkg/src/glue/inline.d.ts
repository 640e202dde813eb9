// A module's bytes in base64, as build.mjs writes them.

declare const base64: string;
export default base64;
