//! Name constraints (RFC 5280 4.2.1.10, 6.1.3 (b) and (c), 6.1.4 (g)).
//!
//! With an authority limited to `permitted;DNS:example.vn`, `www.example.vn` passes and `example.com` does not.

use super::super::general_name::{self, GeneralName};
use super::super::{Certificate, Name};
use crate::asn1::{Asn1Error, Reader, Tag, context, document};

/// What one authority says about the names below it.
#[derive(Clone, Debug, Default)]
pub(super) struct Constraints<'a> {
    permitted: Vec<GeneralName<'a>>,
    excluded: Vec<GeneralName<'a>>,
}

/// Why names are not within constraints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// A name is excluded, or not among those permitted, or of a form that hoso does not compare and the constraints limit.
    Outside,
    /// The certificate's alternative names cannot be read.
    Unreadable,
    /// More comparisons than may be spent.
    TooCostly,
}

impl<'a> Constraints<'a> {
    /// Reads the extension's value.
    pub(super) fn read(value: &'a [u8]) -> Result<Self, Asn1Error> {
        document(value, Tag::SEQUENCE, |fields| {
            let (permitted, excluded) = (subtrees(fields, 0)?, subtrees(fields, 1)?);
            Ok(Self { permitted, excluded })
        })
    }

    /// Checks every name of a certificate: its subject, the addresses in it, and its alternative names.
    pub(super) fn check(&self, certificate: &Certificate, budget: &mut u32) -> Result<(), Refusal> {
        let subject = certificate.subject();
        if !subject.is_empty() {
            self.check_name(&GeneralName::Directory(subject), budget)?;
        }
        // Asked for where there are no alternative names. Where there are, an address in the subject is no less read by people.
        for address in subject.addresses() {
            self.check_name(&GeneralName::Mail(&address), budget)?;
        }
        for name in alternative_names(certificate).map_err(|_| Refusal::Unreadable)? {
            self.check_name(&name, budget)?;
        }
        Ok(())
    }

    fn check_name(&self, name: &GeneralName<'_>, budget: &mut u32) -> Result<(), Refusal> {
        let (mut limited, mut permitted) = (false, false);
        for base in &self.permitted {
            if is_of_form(name, base) {
                limited = true;
                permitted |= compared(name, base, false, budget)?;
            }
        }
        if limited && !permitted {
            return Err(Refusal::Outside);
        }
        for base in &self.excluded {
            if is_of_form(name, base) && compared(name, base, true, budget)? {
                return Err(Refusal::Outside);
            }
        }
        Ok(())
    }
}

/// The names of a certificate's subjectAltName (RFC 5280 4.2.1.6).
pub(in crate::pki) fn alternative_names(certificate: &Certificate) -> Result<Vec<GeneralName<'_>>, Asn1Error> {
    let Some(value) = certificate.value(|values| values.alternative_names) else { return Ok(Vec::new()) };
    document(value, Tag::SEQUENCE, |names| {
        let names = (general_name::all(names), names.check());
        names.1.map(|()| names.0)
    })
}

/// `GeneralSubtrees ::= SEQUENCE SIZE (1..MAX) OF GeneralSubtree`. Minimum is 0, which DER leaves out, and maximum is absent.
fn subtrees<'a>(fields: &mut Reader<'a>, number: u8) -> Result<Vec<GeneralName<'a>>, Asn1Error> {
    let mut bases = Vec::new();
    if !fields.next_is(context(number)) {
        return fields.check().map(|()| bases);
    }
    fields.within(context(number), |list| {
        while list.more() {
            let base = list.within(Tag::SEQUENCE, GeneralName::read);
            if !is_base(&base) {
                list.fail(Asn1Error::NotDer);
            }
            bases.push(base);
        }
    });
    fields.check()?;
    if bases.is_empty() { Err(Asn1Error::NotDer) } else { Ok(bases) }
}

/// An address in a constraint has a mask (RFC 4632 3.1: ones, then zeros).
fn is_base(base: &GeneralName<'_>) -> bool {
    let GeneralName::Address(bytes) = base else { return true };
    if !matches!(bytes.len(), 8 | 32) {
        return false;
    }
    let (_, mask) = bytes.split_at(bytes.len() / 2);
    let mut ended = false;
    mask.iter().all(|byte| {
        let fits = byte.leading_ones() + byte.trailing_zeros().min(8) >= 8 && !(ended && *byte != 0);
        ended |= *byte != 0xff;
        fits
    })
}

/// Whether a constraint says anything about a name. Of forms that are not compared, every name is of the form of its tag.
fn is_of_form(name: &GeneralName<'_>, base: &GeneralName<'_>) -> bool {
    use GeneralName::{Address, Directory, Dns, Mail, Other, Uri};
    match (name, base) {
        (Mail(_), Mail(_)) | (Dns(_), Dns(_)) | (Uri(_), Uri(_)) | (Directory(_), Directory(_)) | (Address(_), Address(_)) => true,
        (Other(name), Other(base)) => name.tag() == base.tag(),
        _ => false,
    }
}

fn compared(name: &GeneralName<'_>, base: &GeneralName<'_>, excluded: bool, budget: &mut u32) -> Result<bool, Refusal> {
    *budget = budget.checked_sub(1).ok_or(Refusal::TooCostly)?;
    use GeneralName::{Address, Directory, Dns, Mail, Other, Uri};
    Ok(match (name, base) {
        (Directory(name), Directory(base)) => Name::is_within(*name, *base),
        (Mail(mailbox), Mail(base)) => mail_is_within(mailbox, base).ok_or(Refusal::Outside)?,
        (Dns(host), Dns(base)) => dns_is_within(host, base, excluded),
        // 4.2.1.10: an address without a host name is refused where a constraint applies.
        (Uri(uri), Uri(base)) => host_is_within(host(uri).ok_or(Refusal::Outside)?, base),
        (Address(address), Address(base)) => address_is_within(address, base),
        // 4.2.1.10: a constraint that cannot be processed refuses the names of its form.
        (Other(_), Other(_)) => return Err(Refusal::Outside),
        _ => false,
    })
}

/// One mailbox, all mailboxes of a host, or with a leading dot those of the hosts below a domain. What is no mailbox cannot be compared.
fn mail_is_within(mailbox: &str, base: &str) -> Option<bool> {
    let (local, host) = mailbox.rsplit_once('@').filter(|(local, host)| !local.is_empty() && !host.is_empty())?;
    Some(match base.rsplit_once('@') {
        // RFC 5280 7.5: the local part is exact, the host is not.
        Some((name, of)) => local == name && host.eq_ignore_ascii_case(of),
        None => host_is_within(host, base),
    })
}

/// A host, or with a leading dot all below a domain.
fn host_is_within(host: &str, base: &str) -> bool {
    if base.starts_with('.') { ends_with(host, base) && host.len() > base.len() } else { host.eq_ignore_ascii_case(base) }
}

/// A name to which labels were added on the left. A leading dot, which the standard does not know, asks for at least one as everywhere.
fn dns_is_within(host: &str, base: &str, excluded: bool) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    if base.is_empty() || host.eq_ignore_ascii_case(base) {
        return true;
    }
    let below = ends_with(host, base) && (base.starts_with('.') || host.as_bytes().get(host.len() - base.len() - 1) == Some(&b'.'));
    // `*.example.vn` may be `www.example.vn`, so where that one is excluded, the wildcard is too.
    below || (excluded && host.strip_prefix('*').is_some_and(|parent| ends_with(base, parent)))
}

fn ends_with(text: &str, end: &str) -> bool {
    let at = text.len().checked_sub(end.len());
    at.and_then(|at| text.get(at..)).is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

/// The host of a URI (RFC 3986 3.2), if it is a name.
fn host(uri: &str) -> Option<&str> {
    let (_, rest) = uri.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    let is_name = !host.is_empty() && !host.starts_with('[') && host.bytes().any(|byte| !matches!(byte, b'0'..=b'9' | b'.'));
    is_name.then_some(host)
}

fn address_is_within(address: &[u8], base: &[u8]) -> bool {
    let (network, mask) = base.split_at(base.len() / 2);
    let masked = address.iter().zip(network).zip(mask).all(|((byte, network), mask)| byte & mask == network & mask);
    address.len() == network.len() && masked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1::{Writer, context_primitive};

    #[test]
    fn names_are_compared_as_their_form_asks() {
        use GeneralName::{Address, Dns, Mail, Uri};
        for (name, base, within) in [
            (Dns("www.example.vn"), Dns("example.vn"), true),
            (Dns("EXAMPLE.vn"), Dns("example.VN"), true),
            (Dns("myexample.vn"), Dns("example.vn"), false),
            (Dns("example.vn"), Dns(".example.vn"), false),
            (Dns("a.example.vn"), Dns(".example.vn"), true),
            (Dns("anything"), Dns(""), true),
            (Dns("example.vn."), Dns("example.vn"), true),
            (Mail("a@example.vn"), Mail("example.vn"), true),
            (Mail("a@mail.example.vn"), Mail("example.vn"), false),
            (Mail("a@mail.example.vn"), Mail(".example.vn"), true),
            (Mail("a@example.vn"), Mail(".example.vn"), false),
            (Mail("A@example.vn"), Mail("a@example.vn"), false),
            (Mail("a@EXAMPLE.vn"), Mail("a@example.vn"), true),
            (Uri("https://u:p@www.example.vn:8443/a?b#c"), Uri("www.example.vn"), true),
            (Uri("https://www.example.vn/"), Uri(".example.vn"), true),
            (Uri("https://example.vn"), Uri(".example.vn"), false),
            (Address(&[10, 1, 2, 3]), Address(&[10, 0, 0, 0, 255, 0, 0, 0]), true),
            (Address(&[11, 1, 2, 3]), Address(&[10, 0, 0, 0, 255, 0, 0, 0]), false),
            (Address(&[10; 16]), Address(&[10, 0, 0, 0, 255, 0, 0, 0]), false),
        ] {
            assert_eq!(compared(&name, &base, false, &mut 1), Ok(within), "{name:?} {base:?}");
        }
    }

    #[test]
    fn what_cannot_be_compared_is_outside() {
        use GeneralName::{Dns, Mail, Uri};
        for (name, base) in [
            (Uri("urn:uuid:1"), Uri("a.vn")),
            (Uri("https://10.0.0.1/"), Uri("a.vn")),
            (Uri("https://[::1]/"), Uri(".")),
            (Mail("a"), Mail("a")),
        ] {
            assert_eq!(compared(&name, &base, true, &mut 1), Err(Refusal::Outside), "{name:?}");
        }
        assert_eq!(compared(&Dns("a"), &Dns("a"), false, &mut 0), Err(Refusal::TooCostly));
        let other = [0x88, 1, 42];
        let registered = GeneralName::Other(Reader::document(&other).any());
        let constraints = Constraints { permitted: vec![registered], excluded: vec![] };
        assert_eq!(constraints.check_name(&registered, &mut 9), Err(Refusal::Outside));
        assert_eq!(constraints.check_name(&Dns("a.vn"), &mut 9), Ok(()), "of its form alone");
    }

    #[test]
    fn a_wildcard_that_may_be_an_excluded_name_is_excluded() {
        let excluded = |host| dns_is_within(host, "www.example.vn", true);
        assert!(excluded("*.example.vn") && excluded("*.www.example.vn") && !excluded("*.example.com") && !excluded("example.vn"));
        assert!(!dns_is_within("*.example.vn", "www.example.vn", false));
    }

    fn constraint(base: &[u8], more: &[u8]) -> Vec<u8> {
        let mut out = Writer::default();
        out.within(Tag::SEQUENCE, |out| out.within(context(0), |out| out.within(Tag::SEQUENCE, |out| out.raw(base).raw(more))));
        out.finish()
    }

    #[test]
    fn constraints_without_subtrees_with_a_distance_or_with_a_mask_of_holes_are_refused() {
        let dns = [0x82, 1, b'a'];
        assert!(Constraints::read(&constraint(&dns, &[])).is_ok());
        let mut maximum = Writer::default();
        maximum.element(context_primitive(1), &[1]);
        assert!(Constraints::read(&constraint(&dns, &maximum.finish())).is_err());
        assert!(Constraints::read(&[0x30, 2, 0xa0, 0]).is_err());
        for (address, read) in [
            (&[0x87, 8, 10, 0, 0, 0, 255, 0, 0, 0][..], true),
            (&[0x87, 8, 10, 0, 0, 0, 255, 192, 0, 0], true),
            (&[0x87, 8, 10, 0, 0, 0, 0, 0, 0, 0], true),
            (&[0x87, 8, 10, 0, 0, 0, 255, 0, 255, 0], false),
            (&[0x87, 8, 10, 0, 0, 0, 0xa0, 0, 0, 0], false),
            (&[0x87, 4, 10, 0, 0, 0], false),
        ] {
            assert_eq!(Constraints::read(&constraint(address, &[])).is_ok(), read, "{address:?}");
        }
    }
}
