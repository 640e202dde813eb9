//! `hoso cert show`: what certificates say. Nothing is judged; for that there is `hoso cert verify`.

use super::shown;
use crate::args::CertShow;
use crate::exit::{Done, Exit};
use crate::files;
use crate::output::{Context, Tone, line};
use hoso::asn1::{Known, OidRef};
use hoso::crypto::KeyKind;
use hoso::json::{ToJson, Writer};
use hoso::pki::Certificate;
use hoso::text::visible;
use hoso::wire;

pub fn run(options: &CertShow, context: &Context) -> Done {
    let mut shown = Vec::new();
    for path in &options.files {
        for certificate in Certificate::read_all(&files::read(path)?)? {
            shown.push(Shown { file: path.display().to_string(), certificate });
        }
    }
    if context.json {
        line(&wire::pretty(&All(shown)));
    } else {
        shown.iter().for_each(|shown| tell(shown, context));
    }
    Ok(Exit::Yes)
}

struct Shown {
    file: String,
    certificate: Certificate,
}

struct All(Vec<Shown>);

impl ToJson for All {
    fn write(&self, out: &mut Writer) {
        out.object(|out| out.member("certificates", &self.0.as_slice()));
    }
}

impl ToJson for Shown {
    fn write(&self, out: &mut Writer) {
        let certificate = &self.certificate;
        let (details, id) = (certificate.details(), certificate.subject_id());
        let number = |scheme: &str| id.as_ref().filter(|id| id.scheme == scheme).map(|id| id.value.clone());
        let constraints = certificate.basic_constraints();
        out.object(|out| {
            out.member("file", &self.file)
                .member("subject", &certificate.subject().line())
                .member("issuer", &certificate.issuer().line())
                .member("commonName", &certificate.common_name())
                .member("subjectId", &id.as_ref().map(ToString::to_string))
                .member("personalId", &number("CCCD"))
                .member("taxCode", &number("MST"))
                .member("serial", &certificate.serial())
                .member("notBefore", &shown(certificate.not_before()))
                .member("notAfter", &shown(certificate.not_after()))
                .member("key", &key(certificate))
                .member("signatureAlgorithm", &named(details.algorithm))
                .member("authority", &certificate.is_authority())
                .member("pathLength", &constraints.and_then(|constraints| constraints.path_length))
                .member("keyUsage", &details.key_usage.as_slice())
                .member("extendedKeyUsage", &texts(&details.purposes).as_slice())
                .member("policies", &details.policies.iter().map(|policy| policy.text()).collect::<Vec<_>>().as_slice())
                .member("nameConstraints", &certificate.has_name_constraints())
                .member("alternativeNames", &details.alternative_names.as_slice())
                .member("ocsp", &details.status_servers.as_slice())
                .member("issuerCertificates", &details.issuer_certificates.as_slice())
                .member("crls", &details.revocation_lists.as_slice())
                .member("sha256", &certificate.sha256().hex())
        });
    }
}

fn tell(shown: &Shown, context: &Context) {
    let certificate = &shown.certificate;
    let details = certificate.details();
    line(&context.tone(Tone::Strong, &visible(&format!("{}: {}", shown.file, certificate.display_name()))));
    let row = |name: &str, value: &str| {
        if !value.is_empty() {
            line(&format!("  {name:<18} {}", visible(value)));
        }
    };
    row(context.say("Chủ thể", "Subject"), &certificate.subject().line());
    row(context.say("Nơi cấp", "Issuer"), &certificate.issuer().line());
    row(context.say("Số định danh", "Official id"), &certificate.subject_id().map(|id| id.to_string()).unwrap_or_default());
    row(context.say("Số hiệu", "Serial"), &certificate.serial());
    row(context.say("Hiệu lực từ", "Valid from"), &super::shown(certificate.not_before()));
    row(context.say("Hiệu lực đến", "Valid until"), &super::shown(certificate.not_after()));
    row(context.say("Khóa", "Key"), &key(certificate));
    row(context.say("Thuật toán ký", "Signed with"), &named(details.algorithm));
    if certificate.is_authority() {
        let most = certificate.basic_constraints().and_then(|constraints| constraints.path_length);
        let below =
            most.map(|most| format!(", {} {most}", context.say("số cấp bên dưới tối đa", "levels below at most"))).unwrap_or_default();
        row(context.say("Vai trò", "Authority"), &(context.say("có quyền cấp chứng thư số", "may issue certificates").to_owned() + &below));
    }
    row(context.say("Dùng để", "Key usage"), &details.key_usage.join(", "));
    row(context.say("Mục đích", "Purposes"), &texts(&details.purposes).join(", "));
    row(context.say("Chính sách", "Policies"), &details.policies.iter().map(|policy| policy.text()).collect::<Vec<_>>().join(", "));
    if certificate.has_name_constraints() {
        row(context.say("Giới hạn tên", "Name constraints"), context.say("có", "yes"));
    }
    row(context.say("Tên khác", "Other names"), &details.alternative_names.join(", "));
    row("OCSP", &details.status_servers.join(", "));
    row(context.say("Danh sách thu hồi", "Revocation lists"), &details.revocation_lists.join(", "));
    row(context.say("Chứng thư nơi cấp", "Issuer at"), &details.issuer_certificates.join(", "));
    row("SHA-256", &certificate.sha256().hex());
}

/// `RSA 2048`, `EC P-256`, or the reason why it is none that hoso verifies with.
fn key(certificate: &Certificate) -> String {
    match certificate.public_key().map(|key| key.kind()) {
        Ok(KeyKind::P256) => "EC P-256".to_owned(),
        Ok(KeyKind::P384) => "EC P-384".to_owned(),
        Ok(KeyKind::P521) => "EC P-521".to_owned(),
        Ok(KeyKind::Rsa { bits }) => format!("RSA {bits}"),
        Err(error) => error.to_string(),
    }
}

fn texts(purposes: &[OidRef<'_>]) -> Vec<String> {
    purposes.iter().map(|purpose| named(*purpose)).collect()
}

/// What the identifier's standard calls it, else its arcs.
fn named(oid: OidRef<'_>) -> String {
    let name = match oid.known() {
        Known::RsaSha256 => "sha256WithRSAEncryption",
        Known::RsaSha384 => "sha384WithRSAEncryption",
        Known::RsaSha512 => "sha512WithRSAEncryption",
        Known::RsaPss => "id-RSASSA-PSS",
        Known::EcdsaSha256 => "ecdsa-with-SHA256",
        Known::EcdsaSha384 => "ecdsa-with-SHA384",
        Known::EcdsaSha512 => "ecdsa-with-SHA512",
        Known::RsaSha1 => "sha1WithRSAEncryption",
        Known::ServerAuth => "serverAuth",
        Known::ClientAuth => "clientAuth",
        Known::CodeSigning => "codeSigning",
        Known::EmailProtection => "emailProtection",
        Known::TimeStamping => "timeStamping",
        Known::OcspSigning => "OCSPSigning",
        Known::DocumentSigning => "documentSigning",
        Known::AnyExtendedKeyUsage => "anyExtendedKeyUsage",
        _ => return oid.text(),
    };
    name.to_owned()
}
