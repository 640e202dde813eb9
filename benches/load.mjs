// node benches/load.mjs: how long the demo page takes on a slow phone until it judges the first form.
// A citizen without hands: the form is opened as soon as it can be, and Continue pressed as soon as it is there.

import { median } from "./compared.js";
import { inChromium } from "./in-chromium.mjs";
import { print } from "./print.mjs";

const RUNS = 7;
const CPU = 4;
const SPEED = { downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
/** A round trip of 150 ms. Chromium delays requests, not connections, so Lighthouse has it wait 3.75 of them for each request. */
const LINES = { "150 ms a request": 150, "562.5 ms a request": 562.5 };
const COLUMNS = [
  ["ready", "form can be opened, ms", 1],
  ["judged", "first form judged, ms", 1],
  ["longest", "longest task until then, ms", 1],
  ["needed", "kB until the form can be opened", 1000],
  ["all", "kB with what signing needs", 1000],
];

await inChromium(async (browser, { address }) => {
  const rows = [];
  for (const [name, latency] of Object.entries(LINES)) {
    const runs = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await visit(browser, address, latency));
    rows.push([name, ...COLUMNS.map(([what, , unit]) => Math.round(median(runs.map((run) => run[what])) / unit))]);
  }
  const head = ["slow 4G", ...COLUMNS.map(([, head]) => head)];
  print(`Chromium ${browser.version()}; processor slowed down ${CPU} times, 1.6 Mbit/s down, nothing cached; medians of ${RUNS}.`, head, rows);
});

/** One visit of a browser that was never here. */
async function visit(browser, address, latency) {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true, locale: "vi-VN" });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  const arrived = [];
  let start;
  devtools.on("Network.requestWillBeSent", ({ timestamp }) => (start ??= timestamp));
  devtools.on("Network.loadingFinished", ({ timestamp, encodedDataLength }) => arrived.push({ at: timestamp, bytes: encodedDataLength }));
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", { offline: false, latency, ...SPEED });
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: CPU });
  await page.addInitScript(goOn);
  await page.goto(address, { waitUntil: "commit" });
  const times = await page.evaluate(() => globalThis.times);
  await page.waitForLoadState("networkidle");
  const until = (ms) => arrived.filter(({ at }) => at - start <= ms / 1000).reduce((sum, { bytes }) => sum + bytes, 0);
  await context.close();
  return { ...times, needed: until(times.ready), all: until(Infinity) };
}

/** Presses what can be pressed and notes when, in ms since the address was called. Runs in the page before all else. */
function goOn() {
  globalThis.times = new Promise((resolve) => {
    const times = { longest: 0 };
    const watch = new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => (times.longest = Math.max(times.longest, duration))));
    watch.observe({ type: "longtask", buffered: true });
    const look = () => {
      const [start, next, told] = ["#start", "#continue", "#error-summary"].map((name) => document.querySelector(name));
      if (told) {
        observer.disconnect();
        times.judged = performance.now();
        // The task that judged is reported after it has ended.
        return void setTimeout(() => resolve(times), 200);
      }
      const button = next ?? start;
      if (!button || button.dataset.pressed) return;
      button.dataset.pressed = "yes";
      if (button === start) times.ready = performance.now();
      setTimeout(() => button.click());
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { childList: true, subtree: true });
  });
}
