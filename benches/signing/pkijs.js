// The job by PKI.js: a CMS SignedData, detached, over the files one after the other, with SHA-256 and the signed attributes of CAdES B-B.

import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { keyFile, papers } from "./job.js";

const OID = {
  certificate: "1.2.840.113549.1.12.10.1.3",
  key: "1.2.840.113549.1.12.10.1.2",
  contentType: "1.2.840.113549.1.9.3",
  signingTime: "1.2.840.113549.1.9.5",
  messageDigest: "1.2.840.113549.1.9.4",
  signingCertificate: "1.2.840.113549.1.9.16.2.47",
  data: "1.2.840.113549.1.7.1",
};
const KEYS = { "P-256": { name: "ECDSA", namedCurve: "P-256" }, "RSA-2048": { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } };

export async function peer({ kind }) {
  const files = papers();
  const whole = () => new Blob(files).arrayBuffer();
  return {
    async open(_, { file, password }) {
      const bytes = new TextEncoder().encode(password).buffer;
      const pfx = pkijs.PFX.fromBER(keyFile(file).buffer);
      await pfx.parseInternalValues({ password: bytes, checkIntegrity: true });
      const safe = pfx.parsedValue.authenticatedSafe;
      await safe.parseInternalValues({ safeContents: safe.safeContents.map(() => ({ password: bytes })) });
      const bags = safe.parsedValue.safeContents.flatMap(({ value }) => value.safeBags);
      const certificates = bags.filter(({ bagId }) => bagId === OID.certificate).map(({ bagValue }) => bagValue.parsedValue);
      const bag = bags.find(({ bagId }) => bagId === OID.key).bagValue;
      await bag.parseInternalValues({ password: bytes });
      const key = await crypto.subtle.importKey("pkcs8", bag.parsedValue.toSchema().toBER(), KEYS[kind], false, ["sign"]);
      // openssl writes the key's own certificate first.
      return { key, certificates };
    },
    async seal(opened) {
      return { ...opened, digest: await crypto.subtle.digest("SHA-256", await whole()) };
    },
    async sign({ key, certificates, digest }) {
      const [own] = certificates;
      const hash = await crypto.subtle.digest("SHA-256", own.toSchema(true).toBER());
      const signedAttrs = new pkijs.SignedAndUnsignedAttributes({ type: 0, attributes: attributes(digest, hash) });
      const sid = new pkijs.IssuerAndSerialNumber({ issuer: own.issuer, serialNumber: own.serialNumber });
      const signerInfos = [new pkijs.SignerInfo({ version: 1, sid, signedAttrs })];
      const encapContentInfo = new pkijs.EncapsulatedContentInfo({ eContentType: OID.data });
      const signed = new pkijs.SignedData({ version: 1, encapContentInfo, signerInfos, certificates });
      await signed.sign(key, 0, "SHA-256");
      return new pkijs.ContentInfo({ contentType: pkijs.ContentInfo.SIGNED_DATA, content: signed.toSchema(true) }).toSchema().toBER();
    },
    async verify(cms, { root }) {
      const signed = new pkijs.SignedData({ schema: pkijs.ContentInfo.fromBER(cms).content });
      const trusted = pkijs.Certificate.fromBER(keyFile(root.replace(/-----[^-]+-----|\s/g, "")).buffer);
      const found = await signed.verify({ signer: 0, data: await whole(), checkChain: true, trustedCerts: [trusted], extendedMode: true });
      if (!found.signatureVerified || found.certificatePath.length !== 3) throw new Error("PKI.js refuses its own signature");
    },
  };
}

function attributes(digest, certificate) {
  const hash = new asn1js.Sequence({ value: [new asn1js.Sequence({ value: [new asn1js.Sequence({ value: [new asn1js.OctetString({ valueHex: certificate })] })] })] });
  const values = {
    [OID.contentType]: new asn1js.ObjectIdentifier({ value: OID.data }),
    [OID.signingTime]: new asn1js.UTCTime({ valueDate: new Date() }),
    [OID.messageDigest]: new asn1js.OctetString({ valueHex: digest }),
    [OID.signingCertificate]: hash,
  };
  return Object.entries(values).map(([type, value]) => new pkijs.Attribute({ type, values: [value] }));
}
