// A timestamp authority of OpenSSL, under a root of its own that has a list.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command, text } from "./world.mjs";

/** Makes one in a folder: `{root(), crl(), stamp(question)}`. */
export function authority(folder) {
  const openssl = (...args) => {
    const { code, out, err } = command("openssl", args, { cwd: folder });
    if (code !== 0) throw new Error(out + err);
  };
  const use = ["-addext", "extendedKeyUsage=critical,timeStamping", "-addext", "keyUsage=critical,digitalSignature", "-addext", "basicConstraints=critical,CA:false"];
  const fresh = (name, subject) => ["-newkey", "rsa:2048", "-nodes", "-keyout", `${name}.key`, "-out", `${name}.pem`, "-subj", subject, "-days", "30"];
  openssl("req", "-x509", ...fresh("top", "/CN=Root of authorities"), "-addext", "keyUsage=critical,keyCertSign,cRLSign");
  openssl("req", "-x509", "-CA", "top.pem", "-CAkey", "top.key", ...fresh("tsa", "/CN=Authority"), ...use);
  writeFileSync(join(folder, "ca.cnf"), "[ca]\ndefault_ca = one\n[one]\ndatabase = index\ndefault_md = sha256\ndefault_crl_days = 30\n");
  writeFileSync(join(folder, "index"), "");
  openssl("ca", "-config", "ca.cnf", "-gencrl", "-cert", "top.pem", "-keyfile", "top.key", "-out", "top.crl");
  const settings = ["[tsa]", "default_tsa = one", "[one]", "serial = serial", "crypto_device = builtin", "signer_cert = tsa.pem", "signer_key = tsa.key"];
  const policy = ["signer_digest = sha256", "default_policy = 1.2.3.4", "digests = sha256", "accuracy = secs:1", "ess_cert_id_alg = sha256"];
  writeFileSync(join(folder, "tsa.cnf"), [...settings, ...policy].join("\n"));
  writeFileSync(join(folder, "serial"), "01\n");
  const stamp = (question) => {
    writeFileSync(join(folder, "question.tsq"), question);
    openssl("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "question.tsq", "-out", "answer.tsr");
    return new Uint8Array(readFileSync(join(folder, "answer.tsr")));
  };
  return { root: () => text(folder, "top.pem"), crl: () => text(folder, "top.crl"), stamp };
}
