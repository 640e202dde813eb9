// A real server and a real browser.

import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";

/** The policy that the package promises to work under. */
export const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; require-trusted-types-for 'script'";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

/**
 * Serves folders, by the start of the path; the longest start wins. `answer` may give another answer for a path:
 * `{status, type, body}`. Headers are for pages, whose policy then holds for all that they load, and for workers.
 */
export async function serve(folders, { policy = POLICY, answer = () => undefined } = {}) {
  const starts = Object.keys(folders).sort((a, b) => b.length - a.length);
  const requests = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    requests.push(pathname);
    const { status = 200, type, body, headers = {} } = answer(pathname) ?? found(pathname) ?? { status: 404, type: "text/html", body: "<!doctype html>" };
    response.writeHead(status, { ...(type && { "content-type": type }), ...(policy && { "content-security-policy": policy }), ...headers });
    response.end(body);
  });
  function found(pathname) {
    const start = starts.find((start) => pathname.startsWith(start));
    if (start === undefined) return undefined;
    const rest = normalize(decodeURIComponent(pathname.slice(start.length)));
    if (rest.startsWith("..")) return undefined;
    const file = join(folders[start], rest === "." || rest === "" ? "index.html" : rest);
    if (!existsSync(file) || statSync(file).isDirectory()) return undefined;
    return { type: TYPES[extname(file)] ?? "application/octet-stream", body: readFileSync(file) };
  }
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A test that failed does not keep the run from ending.
  server.unref();
  return { url: `http://localhost:${server.address().port}`, requests, close: () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections())) };
}

const CANDIDATES = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export function launch() {
  const executablePath = CANDIDATES.find((path) => path && existsSync(path));
  if (executablePath === undefined) throw new Error("Chromium is missing: apt-get install chromium");
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

/** A new page with all that it complains of: errors, violations of its policy, and the workers it had. */
export async function open(browser) {
  const page = await browser.newPage();
  const complaints = [];
  const workers = [];
  page.on("pageerror", (error) => complaints.push(`error: ${error.stack ?? error}`));
  page.on("worker", (worker) => {
    const seen = { url: worker.url(), closed: false };
    workers.push(seen);
    worker.on("close", () => (seen.closed = true));
  });
  await page.exposeFunction("complain", (complaint) => complaints.push(complaint));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      globalThis.complain(`violation: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  return { page, complaints, workers };
}

/** Waits until the page has a title that is not empty, and gives it. */
export async function title(page, timeout = 20_000) {
  await page.waitForFunction(() => document.title !== "", undefined, { timeout });
  return page.title();
}
