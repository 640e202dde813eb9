// The digest of a large file: `measure` of hoso/sign against WebCrypto. Runs in a page.

import { init, measure } from "hoso/sign";
import { compared, ratio, turns } from "./compared.js";

/** How long each way takes when reading the file and giving it to WebCrypto takes 1. */
export async function rows(size) {
  await init();
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  bytes.set(new TextEncoder().encode("%PDF-1.7\n"));
  const file = new File([bytes], "scan.pdf", { type: "application/pdf" });
  const { subtle } = crypto;
  const theirs = async () => subtle.digest("SHA-256", await file.arrayBuffer());
  const ours = () => measure(file, { field: "/scan" });
  await same(ours, theirs);
  const found = [["`measure`", await compared(ours, theirs)]];
  // Without WebCrypto it takes the way that it takes for larger files.
  Object.defineProperty(crypto, "subtle", { value: undefined, configurable: true });
  await same(ours, theirs);
  found.push(["`measure` as for files above 64 MB, in the module", await compared(ours, theirs)]);
  delete crypto.subtle;
  found.push(["WebCrypto, the bytes already read", await compared(() => subtle.digest("SHA-256", bytes), theirs)]);
  return found.map(([name, ratio]) => [name, ratio.toFixed(2)]);
}

/** The same of a file on the disk, and how long the page's longest task took meanwhile. */
export async function file(file) {
  await init();
  const { subtle } = crypto;
  const theirs = async () => subtle.digest("SHA-256", await file.arrayBuffer());
  const ours = () => measure(file, { field: "/scan" });
  await same(ours, theirs);
  const whole = file.size <= 64_000_000 ? await file.arrayBuffer() : undefined;
  const works = [["`measure`", ours], ["reading and WebCrypto", theirs]];
  if (whole) works.push(["WebCrypto, the bytes already read", () => subtle.digest("SHA-256", whole)]);
  const longest = [];
  for (const [, work] of works) longest.push(await longestTask(work));
  const taken = await turns(works.map(([, work]) => work));
  return works.map(([name], at) => [name, ratio(taken[at], taken[1]).toFixed(2), longest[at].toFixed(0)]);
}

/** The longest task that a piece of work gave the page, or 0 where none took 50 ms. */
async function longestTask(work) {
  const tasks = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: "longtask" });
  await work();
  // Entries come when the page has time.
  await new Promise((resolve) => setTimeout(resolve, 200));
  observer.disconnect();
  return Math.max(0, ...tasks);
}

async function same(ours, theirs) {
  const hex = Array.from(new Uint8Array(await theirs()), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const { sha256 } = await ours();
  if (sha256 !== hex) throw new Error("hoso and WebCrypto disagree on the digest");
}
