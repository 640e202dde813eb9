// How much memory the process of a page takes at most while it works, as Linux counts it: resident, of the page and its workers.

import { readFileSync, writeFileSync } from "node:fs";

/** The most that one of the browser's pages took beyond what it had, in MB, while this was done. */
export async function peak(browser, work) {
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send("SystemInfo.getProcessInfo");
  await devtools.detach();
  const pages = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
  // Begins the count of the highest anew.
  for (const id of pages) writeFileSync(`/proc/${id}/clear_refs`, "5");
  const before = pages.map((id) => status(id, "VmRSS"));
  await work();
  return Math.max(...pages.map((id, at) => status(id, "VmHWM") - before[at])) / 1000;
}

function status(id, name) {
  return Number(new RegExp(`^${name}:\\s*(\\d+) kB`, "m").exec(readFileSync(`/proc/${id}/status`, "utf8"))[1]);
}
