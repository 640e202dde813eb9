// Others whom a citizen meets: a timestamp authority, an office that gives receipts, a second signer; below the throw-away authority of the tests.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keys, root } from "./portal.mjs";

export const SECRET = "mật khẩu";
const SIGNS = ["keyUsage=critical,nonRepudiation,digitalSignature", "extendedKeyUsage=emailProtection"];
const STAMPS = ["keyUsage=critical,digitalSignature", "extendedKeyUsage=critical,timeStamping"];
const PEOPLE = {
  tsa: { subject: "/C=VN/O=hoso/CN=Trạm dấu thời gian thử", use: STAMPS },
  office: { subject: "/C=VN/UID=MST:0200123456/CN=UBND phường Gia Viên" },
  spouse: { subject: "/C=VN/UID=CCCD:031064000009/CN=NGUYỄN VĂN BÌNH" },
  expired: { subject: "/C=VN/UID=CCCD:031164000008/CN=PHẠM THỊ THU HÀ", days: [-400, -35] },
};

/** A folder with key, certificate and key file of each; until `leave`. */
export function people() {
  const folder = mkdtempSync(join(tmpdir(), "hoso-people-"));
  const openssl = (...words) => execFileSync("openssl", words, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  writeFileSync(join(folder, "index"), "");
  writeFileSync(join(folder, "index.attr"), "unique_subject = no\n");
  writeFileSync(join(folder, "ca.conf"), AUTHORITY);
  for (const [name, { subject, use = SIGNS, days = [-10, 300] }] of Object.entries(PEOPLE)) {
    const key = name === "tsa" ? ["rsa:2048"] : ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"];
    openssl("req", "-newkey", ...key, "-nodes", "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", subject, "-utf8");
    writeFileSync(join(folder, `${name}.ext`), ["basicConstraints=critical,CA:false", ...use].join("\n"));
    const by = ["-cert", join(keys, "ca.pem"), "-keyfile", join(keys, "ca.key"), "-extfile", `${name}.ext`];
    const [from, to] = days.map((day) => new Date(Date.now() + day * 86_400_000).toISOString().replaceAll(/[-:T]|\.\d+/g, ""));
    openssl("ca", "-config", "ca.conf", "-batch", "-notext", "-in", `${name}.csr`, "-out", `${name}.pem`, "-startdate", from, "-enddate", to, ...by);
    const file = ["-inkey", `${name}.key`, "-in", `${name}.pem`, "-certfile", join(keys, "ca.pem")];
    openssl("pkcs12", "-export", ...file, "-out", `${name}.p12`, "-passout", `pass:${SECRET}`);
  }
  writeFileSync(join(folder, "password.txt"), SECRET);
  writeFileSync(join(folder, "tsa.ts.conf"), TIMESTAMPS);
  return { path: (name) => join(folder, name), openssl, folder, leave: () => rmSync(folder, { recursive: true }) };
}

const AUTHORITY = `[ca]
default_ca = one
[one]
database = index
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = any
string_mask = utf8only
[any]
countryName = optional
organizationName = optional
userId = optional
commonName = supplied
`;

const TIMESTAMPS = `[tsa]
default_tsa = one
[one]
serial = tsa.serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
`;

/** The authority of `tests/judges/responder.py`, which also answers wrongly where it is asked to; until `close`. */
export async function authority(folder) {
  const python = join(process.env.HOSO_JUDGES ?? join(root, "target/judges"), "python/bin/python");
  const server = spawn(python, [join(root, "tests/judges/responder.py"), folder], { stdio: ["pipe", "pipe", "inherit"] });
  const port = await new Promise((resolve, reject) => {
    server.stdout.once("data", (data) => resolve(String(data).trim()));
    server.once("exit", () => reject(new Error("the timestamp authority did not start")));
  });
  return { url: (path) => `http://127.0.0.1:${port}/${path}`, close: () => server.stdin.end() };
}
