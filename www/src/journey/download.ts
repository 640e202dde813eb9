// Giving a file to the person.

import { h } from "../dom.js";

export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = h("a", { href: url, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  // Some browsers start to read the address only after a while.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
