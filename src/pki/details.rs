//! What a certificate says, for people to read: nothing here decides anything.

use super::Certificate;
use super::crl;
use super::general_name::GeneralName;
use super::path::{alternative_names, policies};
use crate::asn1::{Known, OidRef, Reader, Tag, document};
use crate::text::hexadecimal;
use std::net::IpAddr;

/// The parts of a certificate that have no method of their own on [`Certificate`]. What cannot be read is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details<'a> {
    /// The algorithm that the issuer signed with.
    pub algorithm: OidRef<'a>,
    /// The names of [`super::KeyUsage`].
    pub key_usage: Vec<&'static str>,
    /// The purposes of its extended key usage.
    pub purposes: Vec<OidRef<'a>>,
    /// The policies it was issued under.
    pub policies: Vec<OidRef<'a>>,
    /// Its alternative names, each with its form before a colon.
    pub alternative_names: Vec<String>,
    /// Where its issuer answers questions about its status.
    pub status_servers: Vec<String>,
    /// Where its issuer's certificate is.
    pub issuer_certificates: Vec<String>,
    /// Where its issuer's revocation lists are.
    pub revocation_lists: Vec<String>,
}

impl<'a> Details<'a> {
    pub(super) fn of(certificate: &'a Certificate) -> Self {
        let purposes = certificate.value(|values| values.purposes).map(purposes).unwrap_or_default();
        let policies = certificate.value(|values| values.policies).map(policies);
        Self {
            algorithm: certificate.algorithm(),
            key_usage: certificate.key_usage().map(|usage| usage.names().collect()).unwrap_or_default(),
            purposes,
            policies: policies.and_then(Result::ok).unwrap_or_default(),
            alternative_names: alternative_names(certificate).unwrap_or_default().iter().map(named).collect(),
            status_servers: access(certificate, Known::Ocsp),
            issuer_certificates: access(certificate, Known::CaIssuers),
            revocation_lists: crl::places(certificate),
        }
    }
}

fn purposes(value: &[u8]) -> Vec<OidRef<'_>> {
    let mut found = Vec::new();
    let mut list = Reader::document(value).enter(Tag::SEQUENCE);
    while list.more() {
        found.push(list.oid());
    }
    found
}

fn named(name: &GeneralName<'_>) -> String {
    let (form, text) = match name {
        GeneralName::Mail(text) => ("email", (*text).to_owned()),
        GeneralName::Dns(text) => ("DNS", (*text).to_owned()),
        GeneralName::Uri(text) => ("URI", (*text).to_owned()),
        GeneralName::Directory(name) => ("dirName", name.line()),
        GeneralName::Address(bytes) => ("IP", address(bytes)),
        GeneralName::Other(element) => ("other", hexadecimal(element.raw())),
    };
    [form, ":", &text].concat()
}

fn address(bytes: &[u8]) -> String {
    let four = <[u8; 4]>::try_from(bytes).map(IpAddr::from);
    let any = four.or_else(|_| <[u8; 16]>::try_from(bytes).map(IpAddr::from));
    any.map_or_else(|_| hexadecimal(bytes), |address| address.to_string())
}

/// authorityInfoAccess (RFC 5280 4.2.2.1): the URIs of one access method.
fn access(certificate: &Certificate, method: Known) -> Vec<String> {
    let Some(value) = certificate.value(|values| values.information_access) else { return Vec::new() };
    let found = document(value, Tag::SEQUENCE, |list| {
        let mut found = Vec::new();
        while list.more() {
            let (named, place) = list.within(Tag::SEQUENCE, |access| (access.oid(), GeneralName::read(access)));
            if let (true, GeneralName::Uri(uri)) = (named.known() == method, place) {
                found.push(uri.to_owned());
            }
        }
        list.check().map(|()| found)
    });
    found.unwrap_or_default()
}
