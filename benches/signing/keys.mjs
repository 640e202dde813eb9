// A root, an authority below it and a citizen, by `openssl`, in a folder that goes afterwards: one family of P-256, one of RSA-2048, since forge knows RSA alone.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const KINDS = ["P-256", "RSA-2048"];
export const PASSWORD = "ho so 2026";

const ALGORITHMS = { "P-256": ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"], "RSA-2048": ["-newkey", "rsa:2048"] };
const AUTHORITY = "basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n";
const CITIZEN = "basicConstraints=critical,CA:false\nkeyUsage=critical,nonRepudiation,digitalSignature\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n";

/** Of each kind: the root in PEM, and the key files `modern` and `legacy` as `openssl pkcs12` writes them, in base64. */
export function worlds() {
  const folder = mkdtempSync(join(tmpdir(), "hoso-bench-"));
  try {
    return Object.fromEntries(KINDS.map((kind) => [kind, world(folder, kind)]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function world(folder, kind) {
  const run = (...args) => execFileSync("openssl", args, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  const certify = (name, subject, extensions, issuer) => {
    writeFileSync(join(folder, `${name}.ext`), extensions);
    run("req", "-new", ...ALGORITHMS[kind], "-noenc", "-keyout", `${name}.key`, "-subj", subject, "-utf8", "-out", `${name}.csr`);
    const by = issuer ? ["-CA", `${issuer}.pem`, "-CAkey", `${issuer}.key`, "-CAcreateserial"] : ["-signkey", `${name}.key`];
    run("x509", "-req", "-in", `${name}.csr`, ...by, "-days", "365", "-sha256", "-extfile", `${name}.ext`, "-out", `${name}.pem`);
  };
  certify("root", "/C=VN/O=hoso bench/CN=hoso bench root", AUTHORITY);
  certify("ca", "/C=VN/O=hoso bench/CN=hoso bench CA", `${AUTHORITY}authorityKeyIdentifier=keyid\n`, "root");
  certify("citizen", "/C=VN/UID=CCCD:031185000002/CN=TRẦN THỊ MINH ANH", CITIZEN, "ca");
  const exported = (...options) => {
    run("pkcs12", "-export", ...options, "-inkey", "citizen.key", "-in", "citizen.pem", "-certfile", "ca.pem", "-passout", `pass:${PASSWORD}`, "-out", "citizen.p12");
    return readFileSync(join(folder, "citizen.p12"), "base64");
  };
  return { root: readFileSync(join(folder, "root.pem"), "utf8"), modern: exported(), legacy: exported("-legacy") };
}
