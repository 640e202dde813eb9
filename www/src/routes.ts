// The address of every state stands after `#`, so that history, reload and links work from any folder of any server.

export type Route =
  | { readonly name: "start" }
  | { readonly name: "fill"; readonly page: string; readonly field: string | null; readonly back: "review" | null }
  | { readonly name: "review" }
  | { readonly name: "sign" }
  | { readonly name: "receipt" }
  | { readonly name: "verify" };

export function parse(hash: string): Route | null {
  const [name = "", page, field] = hash.replace(/^#\/?/, "").split("/").map(decoded);
  if (name === "") return { name: "start" };
  if ((name === "fill" || name === "edit") && page)
    return { name: "fill", page, field: field || null, back: name === "edit" ? "review" : null };
  if (name === "review" || name === "sign" || name === "receipt" || name === "verify") return { name };
  return null;
}

export const to = {
  start: "#/",
  review: "#/review",
  sign: "#/sign",
  receipt: "#/receipt",
  verify: "#/verify",
  page: (page: string, field?: string): string => `#/fill/${encodeURIComponent(page)}${field ? `/${encodeURIComponent(field)}` : ""}`,
  /** The same page, from review and back to it. */
  edit: (page: string, field?: string): string => `#/edit/${encodeURIComponent(page)}${field ? `/${encodeURIComponent(field)}` : ""}`,
};

export function go(address: string): void {
  location.hash = address;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
