// Certification paths (RFC 5280) by Bouncy Castle or by the JDK.
// path leaf=F root=F… [chain=F]… [crl=F]… [at=T] [by=BC|SUN] [policy=OID]… [explicit=yes]; with lists, every certificate has to be on record as not revoked.

import java.io.ByteArrayInputStream;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.SignerId;

final class Trust {
    private final Question question;
    private final CertificateFactory factory;
    private final List<X509Certificate> known = new ArrayList<>();
    private final List<X509CRL> lists = new ArrayList<>();
    private final HashSet<TrustAnchor> anchors = new HashSet<>();

    Trust(Question question) throws Exception {
        this.question = question;
        factory = CertificateFactory.getInstance("X.509");
        for (String file : question.all("root")) {
            for (X509Certificate root : certificates(file)) anchors.add(new TrustAnchor(root, null));
        }
        for (String file : question.all("chain")) known.addAll(certificates(file));
        for (String file : question.all("crl")) {
            factory.generateCRLs(new ByteArrayInputStream(Question.bytes(file))).forEach(list -> lists.add((X509CRL) list));
        }
    }

    static void judge(Question question, Map<String, Object> facts) throws Exception {
        var trust = new Trust(question);
        var leaf = trust.certificates(question.one("leaf")).get(0);
        var by = question.has("by") ? question.one("by") : "BC";
        facts.put("length", trust.path(new X509CertificateHolder(leaf.getEncoded()), question.at(), by));
    }

    void add(X509CertificateHolder certificate) throws Exception {
        known.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(certificate.getEncoded())));
    }

    void add(X509CRLHolder list) throws Exception {
        lists.add((X509CRL) factory.generateCRL(new ByteArrayInputStream(list.getEncoded())));
    }

    X509CertificateHolder find(SignerId signer) throws Exception {
        for (X509Certificate certificate : known) {
            var holder = new X509CertificateHolder(certificate.getEncoded());
            if (signer.match(holder)) return holder;
        }
        return null;
    }

    /** The number of certificates below the anchor. */
    int path(X509CertificateHolder leaf, Date at, String provider) throws Exception {
        var target = new X509CertSelector();
        target.setCertificate((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(leaf.getEncoded())));
        var parameters = new PKIXBuilderParameters(anchors, target);
        parameters.setDate(at);
        parameters.setRevocationEnabled(!lists.isEmpty());
        var all = new ArrayList<Object>(known);
        all.add(target.getCertificate());
        all.addAll(lists);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(all)));
        if (question.has("policy")) parameters.setInitialPolicies(new HashSet<>(question.all("policy")));
        parameters.setExplicitPolicyRequired(question.has("explicit"));
        var built = (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX", provider).build(parameters);
        return built.getCertPath().getCertificates().size();
    }

    private List<X509Certificate> certificates(String file) throws Exception {
        var found = new ArrayList<X509Certificate>();
        factory.generateCertificates(new ByteArrayInputStream(Question.bytes(file))).forEach(one -> found.add((X509Certificate) one));
        return found;
    }
}
