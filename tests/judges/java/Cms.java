// A CMS signature as CAdES wants it (EN 319 122-1): each signer, its signed attributes, the tokens and counter-signatures upon it.
// cms file=F [content=F] [root=F]… [chain=F]… [crl=F]… [at=T]; without content the signature holds it. With roots, paths are judged too.

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;

final class Cms {
    private final Question question;
    private final Trust trust;
    private final CMSSignedData signed;

    private Cms(Question question) throws Exception {
        this.question = question;
        byte[] bytes = question.file("file");
        try (var input = new ASN1InputStream(bytes)) {
            input.readObject();
            Judge.want(input.read() < 0, "something follows the signature");
        }
        var plain = new CMSSignedData(bytes);
        boolean enveloping = plain.getSignedContent() != null;
        Judge.want(enveloping != question.has("content"), enveloping ? "the content is there twice" : "the content is missing");
        signed = enveloping ? plain : new CMSSignedData(new CMSProcessableByteArray(question.file("content")), bytes);
        trust = new Trust(question);
        for (X509CertificateHolder certificate : signed.getCertificates().getMatches(null)) trust.add(certificate);
        for (var list : signed.getCRLs().getMatches(null)) trust.add(list);
    }

    static void judge(Question question, Map<String, Object> facts) throws Exception {
        new Cms(question).judge(facts);
    }

    @SuppressWarnings("unchecked")
    private void judge(Map<String, Object> facts) throws Exception {
        facts.put("certificates", signed.getCertificates().getMatches(null).size());
        facts.put("crls", signed.getCRLs().getMatches(null).size());
        facts.put("ocsps", signed.getOtherRevocationInfo(CMSObjectIdentifiers.id_ri_ocsp_response).getMatches(null).size());
        Collection<SignerInformation> signers = signed.getSignerInfos().getSigners();
        Judge.want(!signers.isEmpty(), "nobody signed");
        var each = new ArrayList<Object>();
        facts.put("signers", each);
        for (SignerInformation signer : signers) {
            var found = new LinkedHashMap<String, Object>();
            each.add(found);
            signer(signer, found, true);
        }
    }

    /** A signer, or with `whole` false a counter-signer, who has no content type (RFC 5652 11.4). */
    private void signer(SignerInformation signer, Map<String, Object> found, boolean whole) throws Exception {
        X509CertificateHolder certificate = certificate(signer);
        found.put("subject", certificate.getSubject().toString());
        found.put("algorithm", signer.getEncryptionAlgOID());
        found.put("digest", signer.getDigestAlgOID());
        if (PKCSObjectIdentifiers.id_RSASSA_PSS.getId().equals(signer.getEncryptionAlgOID())) {
            found.put("salt", RSASSAPSSparams.getInstance(signer.getEncryptionAlgParams()).getSaltLength().intValueExact());
        }
        AttributeTable attributes = signer.getSignedAttributes();
        Judge.want(attributes != null, "nothing but the content is signed");
        found.put("contentType", attributes.getAll(CMSAttributes.contentType).size());
        found.put("messageDigest", attributes.getAll(CMSAttributes.messageDigest).size());
        Judge.want(attributes.getAll(CMSAttributes.contentType).size() == (whole ? 1 : 0), "content-type");
        Judge.want(attributes.getAll(CMSAttributes.messageDigest).size() == 1, "message-digest");
        var times = attributes.getAll(CMSAttributes.signingTime);
        Judge.want(times.size() == 1 || !whole && times.size() == 0, "signing-time");
        found.put("signingTime", times.size() == 0 ? null : seconds(Time.getInstance(value(attributes, CMSAttributes.signingTime)).getDate()));
        signingCertificate(attributes, certificate, found);
        // The library looks at content-type and message-digest, then at the signature over the attributes.
        Judge.want(signer.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(certificate)), "the signature is wrong");
        found.put("signature", true);
        Date proven = stamps(signer, found);
        if (question.has("root")) trust.path(certificate, proven == null ? question.at() : proven, "BC");
        var counter = new ArrayList<Object>();
        found.put("counterSignatures", counter);
        for (SignerInformation above : signer.getCounterSignatures().getSigners()) {
            var inner = new LinkedHashMap<String, Object>();
            counter.add(inner);
            signer(above, inner, false);
        }
    }

    @SuppressWarnings("unchecked")
    private X509CertificateHolder certificate(SignerInformation signer) throws Exception {
        Collection<X509CertificateHolder> inside = signed.getCertificates().getMatches(signer.getSID());
        Judge.want(inside.size() == 1, "the signer's certificate is not there once");
        return inside.iterator().next();
    }

    /** signing-certificate-v2 (RFC 5035) once, naming the signer's certificate first. */
    private static void signingCertificate(AttributeTable attributes, X509CertificateHolder certificate, Map<String, Object> found) throws Exception {
        Judge.want(attributes.getAll(PKCSObjectIdentifiers.id_aa_signingCertificate).size() == 0, "signing-certificate of the first version");
        Judge.want(attributes.getAll(PKCSObjectIdentifiers.id_aa_signingCertificateV2).size() == 1, "signing-certificate-v2 is not there once");
        var named = SigningCertificateV2.getInstance(value(attributes, PKCSObjectIdentifiers.id_aa_signingCertificateV2));
        ESSCertIDv2 first = named.getCerts()[0];
        var digest = MessageDigest.getInstance(first.getHashAlgorithm().getAlgorithm().getId(), "BC");
        Judge.want(MessageDigest.isEqual(first.getCertHash(), digest.digest(certificate.getEncoded())), "signing-certificate-v2 names another");
        var place = first.getIssuerSerial();
        if (place != null) {
            Judge.want(place.getSerial().getValue().equals(certificate.getSerialNumber()), "signing-certificate-v2 has another serial number");
            Judge.want(place.getIssuer().getNames()[0].getName().equals(certificate.getIssuer()), "signing-certificate-v2 has another issuer");
        }
        found.put("signingCertificate", "v2");
    }

    /** The tokens over the signature value, and the earliest time they prove. */
    private Date stamps(SignerInformation signer, Map<String, Object> found) throws Exception {
        var stamps = new ArrayList<Object>();
        found.put("timestamps", stamps);
        Date earliest = null;
        AttributeTable attributes = signer.getUnsignedAttributes();
        if (attributes == null) return null;
        var tokens = attributes.getAll(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken);
        for (int index = 0; index < tokens.size(); index++) {
            for (ASN1Encodable token : org.bouncycastle.asn1.cms.Attribute.getInstance(tokens.get(index)).getAttributeValues()) {
                var stamp = new LinkedHashMap<String, Object>();
                stamps.add(stamp);
                Date time = Stamp.judge(token.toASN1Primitive().getEncoded(), signer.getSignature(), trust, question.has("root"), stamp);
                earliest = earliest == null || time.before(earliest) ? time : earliest;
            }
        }
        return earliest;
    }

    private static ASN1Encodable value(AttributeTable attributes, ASN1ObjectIdentifier type) throws Exception {
        ASN1Encodable[] values = attributes.get(type).getAttributeValues();
        Judge.want(values.length == 1, "an attribute has not one value");
        return values[0];
    }

    static long seconds(Date date) {
        return date.getTime() / 1000;
    }
}
