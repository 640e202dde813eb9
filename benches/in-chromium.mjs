// Chromium and the demo page's server, started as the tests of the page start them.

import { open } from "../tests/browser/portal.mjs";

/** Does the work with both and ends them. */
export async function inChromium(work) {
  const portal = await open();
  try {
    const first = (await portal.visit(360)).context();
    const browser = first.browser();
    await first.close();
    await work(browser, portal);
  } finally {
    await portal.close();
  }
}
