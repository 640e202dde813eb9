// CAdES signatures by Bouncy Castle, so that what hoso verifies was made by others.
// make out=F content=F [enveloping=yes] signer=KEY,CERT,ALGORITHM… [counter=KEY,CERT,ALGORITHM] [ess=no] [tsa=KEY,CERT] [chain=F]… [crl=F]… [ocsp=F]…
// Keys are PKCS#8 in PEM. ALGORITHM is a name of Java's: SHA256withECDSA, SHA256withRSA, or PSS with its salt: SHA256withRSAandMGF1:32.

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.Hashtable;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuerSerial;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CRLHolder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationStore;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

final class Maker {
    /** Somebody who signs. */
    private record Signer(PrivateKey key, X509Certificate certificate, String algorithm) {
        static Signer of(String words) throws Exception {
            String[] parts = words.split(",");
            var certificate = certificates(parts[1]).get(0);
            String pem = new String(Question.bytes(parts[0])).replaceAll("-----[A-Z ]+-----|\\s", "");
            var key = KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
            return new Signer(key, certificate, parts.length > 2 ? parts[2] : "SHA256withECDSA");
        }

        ContentSigner signing() throws Exception {
            String[] parts = algorithm.split(":");
            if (parts.length == 1) return new JcaContentSignerBuilder(algorithm).setProvider("BC").build(key);
            String hash = parts[0].substring(0, 6).replace("SHA", "SHA-");
            var salted = new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), Integer.parseInt(parts[1]), 1);
            return new JcaContentSignerBuilder(parts[0], salted).setProvider("BC").build(key);
        }
    }

    static void make(Question question) throws Exception {
        var generator = new CMSSignedDataGenerator();
        var certificates = new ArrayList<X509Certificate>();
        for (String file : question.all("chain")) certificates.addAll(certificates(file));
        for (String words : question.all("signer")) {
            var signer = Signer.of(words);
            certificates.add(signer.certificate);
            generator.addSignerInfoGenerator(information(question, signer).build(signer.signing(), signer.certificate));
        }
        if (question.has("counter")) certificates.add(Signer.of(question.one("counter")).certificate);
        generator.addCertificates(new JcaCertStore(certificates));
        for (String file : question.all("crl")) {
            for (var list : CertificateFactory.getInstance("X.509").generateCRLs(new ByteArrayInputStream(Question.bytes(file)))) generator.addCRL(new JcaX509CRLHolder((X509CRL) list));
        }
        for (String file : question.all("ocsp")) {
            generator.addOtherRevocationInfo(CMSObjectIdentifiers.id_ri_ocsp_response, OCSPResponse.getInstance(ASN1Primitive.fromByteArray(Question.bytes(file))));
        }
        var made = generator.generate(new CMSProcessableByteArray(question.file("content")), question.has("enveloping"));
        made = CMSSignedData.replaceSigners(made, unsigned(question, made.getSignerInfos()));
        Files.write(Path.of(question.one("out")), made.toASN1Structure().getEncoded("DER"));
    }

    /** What goes upon the signatures: tokens, then counter-signatures. */
    private static SignerInformationStore unsigned(Question question, SignerInformationStore signers) throws Exception {
        var done = new ArrayList<SignerInformation>();
        for (SignerInformation signer : signers.getSigners()) {
            var attributes = new Hashtable<ASN1ObjectIdentifier, Attribute>();
            if (question.has("tsa")) {
                var token = ASN1Primitive.fromByteArray(token(Signer.of(question.one("tsa")), signer.getSignature()));
                attributes.put(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken, new Attribute(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken, new DERSet(token)));
            }
            if (!attributes.isEmpty()) signer = SignerInformation.replaceUnsignedAttributes(signer, new AttributeTable(attributes));
            if (question.has("counter")) {
                var counter = Signer.of(question.one("counter"));
                var generator = new CMSSignedDataGenerator();
                generator.addSignerInfoGenerator(information(question, counter).build(counter.signing(), counter.certificate));
                signer = SignerInformation.addCounterSigners(signer, generator.generateCounterSigners(signer));
            }
            done.add(signer);
        }
        return new SignerInformationStore(done);
    }

    private static JcaSignerInfoGeneratorBuilder information(Question question, Signer signer) throws Exception {
        var builder = new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().setProvider("BC").build());
        var signed = new Hashtable<ASN1ObjectIdentifier, Attribute>();
        if (!question.has("ess")) {
            var hash = MessageDigest.getInstance("SHA-256").digest(signer.certificate.getEncoded());
            var holder = new X509CertificateHolder(signer.certificate.getEncoded());
            var place = new IssuerSerial(new GeneralNames(new GeneralName(holder.getIssuer())), holder.getSerialNumber());
            var named = new SigningCertificateV2(new ESSCertIDv2(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256), hash, place));
            signed.put(PKCSObjectIdentifiers.id_aa_signingCertificateV2, new Attribute(PKCSObjectIdentifiers.id_aa_signingCertificateV2, new DERSet(named)));
        }
        var table = new DefaultSignedAttributeTableGenerator(new AttributeTable(signed));
        // EN 319 122-1 allows no cmsAlgorithmProtect in older profiles, and others do not read it.
        return builder.setSignedAttributeGenerator(parameters -> table.getAttributes(parameters).remove(CMSAttributes.cmsAlgorithmProtect));
    }

    private static byte[] token(Signer tsa, byte[] content) throws Exception {
        var information = new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().setProvider("BC").build());
        var digests = new JcaDigestCalculatorProviderBuilder().setProvider("BC").build();
        var sha256 = digests.get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256));
        var generator = new TimeStampTokenGenerator(information.build(tsa.signing(), tsa.certificate), sha256, new ASN1ObjectIdentifier("1.2.3.4.1"));
        generator.addCertificates(new JcaCertStore(List.of(tsa.certificate)));
        var asking = new TimeStampRequestGenerator();
        asking.setCertReq(true);
        var asked = asking.generate(TSPAlgorithms.SHA256, MessageDigest.getInstance("SHA-256").digest(content));
        return generator.generate(asked, BigInteger.ONE, new Date()).getEncoded();
    }

    private static List<X509Certificate> certificates(String file) throws Exception {
        var found = new ArrayList<X509Certificate>();
        CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(Question.bytes(file))).forEach(one -> found.add((X509Certificate) one));
        return found;
    }
}
