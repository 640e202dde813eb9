// A time-stamp token (RFC 3161): its imprint, its signature, ESSCertID and the TSA's key purpose.
// tst file=TOKEN content=F [root=F]… [chain=F]… [crl=F]…

import java.security.MessageDigest;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.tsp.TimeStampToken;

final class Stamp {
    static void judge(Question question, Map<String, Object> facts) throws Exception {
        judge(question.file("file"), question.file("content"), new Trust(question), question.has("root"), facts);
    }

    @SuppressWarnings("unchecked")
    static Date judge(byte[] bytes, byte[] content, Trust trust, boolean path, Map<String, Object> facts) throws Exception {
        try (var input = new ASN1InputStream(bytes)) {
            input.readObject();
            Judge.want(input.read() < 0, "something follows the token");
        }
        var token = new TimeStampToken(new CMSSignedData(bytes));
        var info = token.getTimeStampInfo();
        facts.put("time", Cms.seconds(info.getGenTime()));
        facts.put("digest", info.getMessageImprintAlgOID().getId());
        facts.put("policy", info.getPolicy().getId());
        facts.put("certificates", token.getCertificates().getMatches(null).size());
        var digest = MessageDigest.getInstance(info.getMessageImprintAlgOID().getId(), "BC");
        Judge.want(MessageDigest.isEqual(digest.digest(content), info.getMessageImprintDigest()), "the token is about something else");
        for (X509CertificateHolder certificate : (Collection<X509CertificateHolder>) token.getCertificates().getMatches(null)) trust.add(certificate);
        X509CertificateHolder tsa = trust.find(token.getSID());
        Judge.want(tsa != null, "the authority's certificate is missing");
        // Signature, ESSCertID, validity at the time told, and the critical key purpose timeStamping alone.
        token.validate(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(tsa));
        if (path) trust.path(tsa, info.getGenTime(), "BC");
        return info.getGenTime();
    }
}
