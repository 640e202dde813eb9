// Serves the page under its content security policy, with Node alone:
//   node www/serve.mjs [--port N] [--demo DIR] [--tsa URL]
// --port   0, where nothing is said: any free one
// --demo   a folder with citizen-ec.p12, password.txt, root.pem and crl.pem, served under /demo/
// --tsa    a timestamp authority (RFC 3161, over HTTP): the page then asks it through POST /tsa
// Prints one line, the address, when it listens.

import { createServer } from "node:http";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { dirname, extname, join, normalize, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs, promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

const { values } = parseArgs({ options: { port: { type: "string", default: "0" }, demo: { type: "string" }, tsa: { type: "string" } } });

const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; require-trusted-types-for 'script'";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".p12": "application/x-pkcs12",
  ".pdf": "application/pdf",
  ".pem": "application/x-pem-file",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

const PAGE = join(root, "www/dist/index.html");
/** How the page learns that there is an authority. */
const NAMED = '<meta name="hoso-timestamps" content="tsa">';
/** Bytes of a question or an answer, some ten times what they have. */
const STAMP_LIMIT = 65_536;
/** Milliseconds an authority may take; the page waits less long. */
const STAMP_PATIENCE = 15_000;

/** What is worth packing before it is sent. */
const PACKED = new Set([".css", ".html", ".js", ".json", ".map", ".svg", ".wasm"]);

/** A folder named by the digest of what is in it never changes; of all else the browser asks whether it did. */
const ASSETS = /[\\/]assets-[0-9a-f]{12}[\\/]/;

/** The folders that are served, the longest name first. */
const FOLDERS = [
  ["/forms/", join(root, "forms")],
  ...(values.demo === undefined ? [] : [["/demo/", values.demo]]),
  ["/", join(root, "www/dist")],
];
/** Of the demo's folder only this: the rest is nobody's business. */
const DEMO = new Set(["/demo/citizen-ec.p12", "/demo/password.txt", "/demo/root.pem", "/demo/crl.pem"]);

const intake = await mountIntake();
const packed = new Map();

const server = createServer((request, response) => {
  handle(request, response).catch((error) => {
    console.error(error);
    if (!response.headersSent) answer(response, 500, "The server failed.\n");
    else response.destroy();
  });
});
server.listen(Number(values.port), "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/`));

async function handle(request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  response.setHeader("Content-Security-Policy", POLICY);
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Referrer-Policy", "no-referrer");
  response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  if (pathname === "/tsa") return values.tsa ? stamp(request, response) : answer(response, 501, "There is no timestamp authority here.\n");
  if (pathname === "/intake") return intake ? intake(request, response) : answer(response, 501, "There is no intake here.\n");
  if (request.method !== "GET" && request.method !== "HEAD")
    return answer(response, 405, "Only GET and HEAD are served here.\n", { Allow: "GET, HEAD" });
  const file = fileOf(pathname);
  const found = file && (await stat(file).catch(() => null));
  if (!found?.isFile()) return answer(response, 404, "There is no such file.\n");
  return values.tsa && file === PAGE ? sendPage(response) : sendFile(request, response, file, found);
}

async function sendPage(response) {
  const page = (await readFile(PAGE, "utf8")).replace("</head>", `${NAMED}</head>`);
  answer(response, 200, page, { "Content-Type": TYPES[".html"], "Cache-Control": "no-cache" });
}

/** Passes a question on to the authority, and its answer back. */
async function stamp(request, response) {
  if (request.method !== "POST") return answer(response, 405, "Only POST is served here.\n", { Allow: "POST" });
  const question = await bounded(request);
  if (question === null) return answer(response, 413, "This is no question to a timestamp authority.\n");
  try {
    const signal = AbortSignal.timeout(STAMP_PATIENCE);
    const answered = await fetch(values.tsa, { method: "POST", headers: { "Content-Type": "application/timestamp-query" }, body: question, signal });
    const reply = answered.ok && answered.body ? await bounded(answered.body) : null;
    if (reply === null) return answer(response, 502, "The timestamp authority gave no timestamp.\n");
    return response.writeHead(200, { "Content-Type": "application/timestamp-reply", "Content-Length": reply.length }).end(reply);
  } catch {
    return answer(response, 504, "The timestamp authority did not answer.\n");
  }
}

/** All bytes of a stream; nothing where they are too many. */
async function bounded(stream) {
  const pieces = [];
  let size = 0;
  for await (const piece of stream) {
    if ((size += piece.length) > STAMP_LIMIT) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** The file that an address names; nothing outside the folders. */
function fileOf(pathname) {
  let path;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (path.includes("\0") || (path.startsWith("/demo/") && !DEMO.has(path))) return null;
  const [prefix, folder] = FOLDERS.find(([name]) => path.startsWith(name)) ?? [];
  if (folder === undefined) return null;
  const file = normalize(join(folder, path.slice(prefix.length) || "index.html"));
  return file.startsWith(folder.endsWith(sep) ? folder : folder + sep) ? file : null;
}

async function sendFile(request, response, file, { size, mtimeMs }) {
  const ending = extname(file);
  const tag = `"${size.toString(16)}-${Math.trunc(mtimeMs).toString(16)}"`;
  response.setHeader("Content-Type", TYPES[ending] ?? "application/octet-stream");
  response.setHeader("ETag", tag);
  response.setHeader("Vary", "Accept-Encoding");
  response.setHeader("Cache-Control", ASSETS.test(file) ? "public, max-age=31536000, immutable" : "no-cache");
  if (request.headers["if-none-match"] === tag) return response.writeHead(304).end();
  const packing = PACKED.has(ending) ? encodingOf(request) : null;
  if (packing === null) {
    response.writeHead(200, { "Content-Length": size });
    return request.method === "HEAD"
      ? response.end()
      : createReadStream(file)
          .on("error", () => response.destroy())
          .pipe(response);
  }
  const bytes = await pack(file, tag, packing);
  response.writeHead(200, { "Content-Encoding": packing, "Content-Length": bytes.length });
  return response.end(request.method === "HEAD" ? undefined : bytes);
}

function encodingOf(request) {
  const accepted = String(request.headers["accept-encoding"] ?? "");
  return /\bbr\b/.test(accepted) ? "br" : /\bgzip\b/.test(accepted) ? "gzip" : null;
}

/** A file in fewer bytes: as the build has packed it, or packed here and remembered. */
async function pack(file, tag, packing) {
  const known = packed.get(`${packing} ${file}`);
  if (known?.tag === tag) return known.bytes;
  const built = packing === "br" && ASSETS.test(file) && (await readFile(`${file}.br`).catch(() => null));
  const small = built || (await packNow(await readFile(file), packing));
  packed.set(`${packing} ${file}`, { tag, bytes: small });
  return small;
}

function packNow(bytes, packing) {
  // The best quality takes seconds for a module, and somebody is waiting.
  if (packing === "br") return promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
  return promisify(gzip)(bytes);
}

function answer(response, status, text, headers = {}) {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", ...headers }).end(text);
}

/** The intake of the example, where it is built and the demo's folder gives it a root to trust. */
async function mountIntake() {
  if (values.demo === undefined) return null;
  try {
    const { createIntake } = await import(pathToFileURL(join(root, "examples/node-intake/server.mjs")).href);
    const read = (name) => readFile(join(values.demo, name), "utf8");
    const forms = ["1.001612-ho-kinh-doanh", "1.004194-tam-tru"];
    const schemas = await Promise.all(forms.map((form) => readFile(join(root, "forms", form, "schema.json"), "utf8")));
    return await createIntake({
      trust: [await read("root.pem")],
      crls: [await read("crl.pem")],
      schemas,
      audience: "https://dichvucong.haiphong.gov.vn",
    });
  } catch (error) {
    console.error(`The intake is not mounted: ${error.message}`);
    return null;
  }
}
