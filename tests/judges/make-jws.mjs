// node make-jws.mjs KEY.pem CERT.pem [RECIPE] > FILE: a JAdES signature built by hand, so that the judges can be judged.
// ES256 (PS256 with an RSA key), detached parts named by sigD, exactly the header that hoso writes. RECIPE changes it:
//   general        the general serialisation (`signatures`)
//   payload        signs a payload that the file does not hold
//   unknown-crit   names a critical member that nobody knows
//   no-certificate leaves x5c out
import { constants, createHash, createPrivateKey, sign, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";

const [keyFile, certificateFile, recipe = "flattened"] = process.argv.slice(2);
const key = createPrivateKey(readFileSync(keyFile));
const rsa = key.asymmetricKeyType === "rsa";
const certificate = new X509Certificate(readFileSync(certificateFile)).raw;
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("base64url");

const header = {
  alg: rsa ? "PS256" : "ES256",
  b64: false,
  crit: ["b64", "sigD"],
  iat: 1764000000,
  sigD: {
    ctys: ["application/json"],
    hashM: "S256",
    hashV: [sha256("{}")],
    mId: "http://uri.etsi.org/19182/ObjectIdByURIHash",
    pars: ["form.json"],
  },
  srCms: [{ commId: { id: "http://uri.etsi.org/01903/v1.2.2#ProofOfApproval" } }],
  typ: "jose+json",
  x5c: [certificate.toString("base64")],
  "x5t#S256": sha256(certificate),
};
if (recipe === "unknown-crit") Object.assign(header, { crit: ["b64", "sigD", "xyz"], xyz: true });
if (recipe === "no-certificate") delete header.x5c;

const encoded = Buffer.from(JSON.stringify(header)).toString("base64url");
const input = recipe === "payload" ? `${encoded}.{}` : `${encoded}.`;
// RFC 7518 3.4, 3.5: r and s of fixed length; a salt as long as the hash.
const way = rsa ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } : { dsaEncoding: "ieee-p1363" };
const signature = sign("sha256", Buffer.from(input), { key, ...way }).toString("base64url");
const one = { protected: encoded, signature };
process.stdout.write(JSON.stringify(recipe === "general" ? { signatures: [one, one] } : one));
