// The job by node-forge: PKCS#7 SignedData, detached, over the files one after the other. It knows RSA alone, no attribute for the signer's certificate,
// and verifies no PKCS#7: digest, signature and path are verified with its parts.

import forge from "node-forge";
import { keyFile, papers } from "./job.js";

const { asn1, pkcs12, pkcs7, pki, md, util } = forge;
/** Members of SignedData and SignerInfo, counted as forge reads them from what it wrote. */
const ATTRIBUTES = 3;

export async function peer() {
  const files = papers();
  const whole = async () => letters(new Uint8Array(await new Blob(files).arrayBuffer()));
  return {
    async open(_, { file, password }) {
      const p12 = pkcs12.pkcs12FromAsn1(asn1.fromDer(util.createBuffer(keyFile(file))), password);
      const bags = (type) => p12.getBags({ bagType: type })[type];
      return { key: bags(pki.oids.pkcs8ShroudedKeyBag)[0].key, certificates: bags(pki.oids.certBag).map(({ cert }) => cert) };
    },
    async seal(opened) {
      return { ...opened, content: await whole() };
    },
    async sign({ key, certificates, content }) {
      const p7 = pkcs7.createSignedData();
      p7.content = util.createBuffer(content);
      for (const certificate of certificates) p7.addCertificate(certificate);
      const authenticatedAttributes = ["contentType", "signingTime", "messageDigest"].map((name) => ({ type: pki.oids[name], ...(name === "contentType" && { value: pki.oids.data }) }));
      p7.addSigner({ key, certificate: certificates[0], digestAlgorithm: pki.oids.sha256, authenticatedAttributes });
      p7.sign({ detached: true });
      return asn1.toDer(p7.toAsn1()).getBytes();
    },
    async verify(cms, { root }) {
      const p7 = pkcs7.messageFromAsn1(asn1.fromDer(cms));
      const [signer, authority] = p7.certificates;
      const info = p7.rawCapture.signerInfos[0].value;
      const attributes = info[ATTRIBUTES].value;
      const told = attributes.find(({ value }) => asn1.derToOid(value[0].value) === pki.oids.messageDigest).value[1].value[0].value;
      const digest = md.sha256.create().update(await whole()).digest().getBytes();
      const signed = md.sha256.create().update(asn1.toDer(asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SET, true, attributes)).getBytes());
      const good = told === digest && signer.publicKey.verify(signed.digest().getBytes(), info[ATTRIBUTES + 2].value);
      if (!good || !pki.verifyCertificateChain(pki.createCaStore([root]), [signer, authority])) throw new Error("forge refuses its own signature");
    },
  };
}

/** forge takes texts with a letter for each byte; more at once than this is too much for a call. */
const AT_ONCE = 32_768;

function letters(bytes) {
  let text = "";
  for (let from = 0; from < bytes.length; from += AT_ONCE) text += String.fromCharCode(...bytes.subarray(from, from + AT_ONCE));
  return text;
}
