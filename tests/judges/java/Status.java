// An OCSP response (RFC 6960) about a certificate: who signed it, about whom, when, and what it says.
// ocsp file=RESPONSE leaf=F issuer=F [at=T]; accepted when it says, rightly signed and still current, that the certificate is good.

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.Map;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

final class Status {
    static void judge(Question question, Map<String, Object> facts) throws Exception {
        var response = new OCSPResp(question.file("file"));
        facts.put("response", response.getStatus());
        Judge.want(response.getStatus() == OCSPResp.SUCCESSFUL, "the responder did not answer");
        var basic = (BasicOCSPResp) response.getResponseObject();
        var issuer = certificate(question.file("issuer"));
        var leaf = certificate(question.file("leaf"));
        var signer = signer(basic, issuer, question.at());
        facts.put("responder", signer.getSubject().toString());
        Judge.want(basic.isSignatureValid(new JcaContentVerifierProviderBuilder().setProvider("BC").build(signer)), "the response's signature is wrong");
        var digests = new JcaDigestCalculatorProviderBuilder().setProvider("BC").build();
        for (SingleResp single : basic.getResponses()) {
            if (!single.getCertID().getSerialNumber().equals(leaf.getSerialNumber()) || !single.getCertID().matchesIssuer(issuer, digests)) continue;
            Date at = question.at();
            Judge.want(!single.getThisUpdate().after(at), "the response comes from the future");
            Judge.want(single.getNextUpdate() == null || single.getNextUpdate().after(at), "the response is too old");
            Judge.want(single.getCertStatus() == CertificateStatus.GOOD, "revoked or unknown");
            return;
        }
        throw new Judge.Refused("the response is about something else");
    }

    /** The issuer itself, or one it has given this purpose (RFC 6960 4.2.2.2). */
    private static X509CertificateHolder signer(BasicOCSPResp basic, X509CertificateHolder issuer, Date at) throws Exception {
        for (X509CertificateHolder candidate : basic.getCerts()) {
            if (!candidate.isSignatureValid(new JcaContentVerifierProviderBuilder().setProvider("BC").build(issuer))) continue;
            var purposes = ExtendedKeyUsage.fromExtensions(candidate.getExtensions());
            if (purposes != null && purposes.hasKeyPurposeId(KeyPurposeId.id_kp_OCSPSigning) && candidate.isValidOn(at)) return candidate;
        }
        return issuer;
    }

    private static X509CertificateHolder certificate(byte[] bytes) throws Exception {
        var read = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
        return new X509CertificateHolder(read.getEncoded());
    }
}
