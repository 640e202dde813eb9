//! Which certificates and reasons a list is about: issuingDistributionPoint (RFC 5280 5.2.5) held against the certificate's
//! cRLDistributionPoints (4.2.1.13), as 6.3.3 (b) and (d) ask.

use super::Crl;
use crate::asn1::{Asn1Error, Reader, Tag, Writer, context, context_primitive, document};
use crate::limits;
use crate::pki::general_name::{self, GeneralName};
use crate::pki::signed::Span;
use crate::pki::{Certificate, CrlError, Name};

/// Every reason of ReasonFlags but the unused one, as named bits.
pub(in crate::pki) const ALL_REASONS: u16 = 0x7f80;

/// issuingDistributionPoint; of a list without it, everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Scope {
    /// The whole value.
    value: Option<Span>,
    /// The contents of the DistributionPointName.
    point: Option<Span>,
    only_users: bool,
    only_authorities: bool,
    only_attributes: bool,
    only_reasons: Option<u16>,
    indirect: bool,
}

impl Scope {
    pub(super) fn read(value: &mut Reader<'_>, der: &[u8]) -> Self {
        let element = value.element(Tag::SEQUENCE);
        let mut fields = Reader::new(element.contents());
        let flag = |fields: &mut Reader<'_>, number: u8| {
            let tag = context_primitive(number);
            fields.next_is(tag) && fields.boolean_as(tag)
        };
        let point = fields.optional(context(0)).map(|point| Span::of(point.contents(), der));
        let (only_users, only_authorities) = (flag(&mut fields, 1), flag(&mut fields, 2));
        let reasons = context_primitive(3);
        let only_reasons = fields.next_is(reasons).then(|| fields.named_bits_as(reasons));
        let (indirect, only_attributes) = (flag(&mut fields, 4), flag(&mut fields, 5));
        let scope = Self {
            value: Some(Span::of(element.raw(), der)),
            point,
            only_users,
            only_authorities,
            only_attributes,
            only_reasons,
            indirect,
        };
        if let Err(error) = scope.settle(&mut fields, der) {
            value.fail(error);
        }
        scope
    }

    /// Nothing follows, the point's name can be read, and at most one of the three kinds is named (5.2.5).
    fn settle(&self, fields: &mut Reader<'_>, der: &[u8]) -> Result<(), Asn1Error> {
        if fields.more() {
            fields.fail(Asn1Error::TrailingData);
        }
        let kinds = u8::from(self.only_users) + u8::from(self.only_authorities) + u8::from(self.only_attributes);
        if kinds > 1 {
            fields.fail(Asn1Error::NotDer);
        }
        if let Some(point) = self.point {
            point_names(point.part(der), Name::of(&[0x30, 0]), |_| ())?;
        }
        fields.check()
    }

    pub(super) fn value(self, der: &[u8]) -> Option<&[u8]> {
        self.value.map(|value| value.part(der))
    }
}

/// 6.3.3 (b) and (d).
pub(super) fn reasons(crl: &Crl, certificate: &Certificate) -> Result<u16, CrlError> {
    let (scope, own) = (crl.about.scope, crl.issuer().same(certificate.issuer()));
    if !own && !scope.indirect {
        return Err(CrlError::Missing);
    }
    let is_authority = certificate.is_authority();
    let other_kind = scope.only_attributes || (scope.only_users && is_authority) || (scope.only_authorities && !is_authority);
    let mut reasons = 0;
    if !other_kind {
        let listed = scope.only_reasons.unwrap_or(ALL_REASONS);
        for point in points(certificate).map_err(|_| CrlError::DistributionPoints)? {
            if point.is_meant(crl, certificate) {
                reasons |= point.reasons.unwrap_or(ALL_REASONS) & listed;
            }
        }
        // 6.3.3, at its end: every certificate has a point that is named as its issuer.
        let unnamed = Point { name: None, reasons: None, issuers: None };
        if own && unnamed.is_named(crl, &[GeneralName::Directory(certificate.issuer())]) {
            reasons |= listed;
        }
    }
    match reasons & ALL_REASONS {
        0 => Err(if own { CrlError::Partial } else { CrlError::Missing }),
        reasons => Ok(reasons),
    }
}

/// DistributionPoint.
struct Point<'a> {
    /// The contents of the DistributionPointName.
    name: Option<&'a [u8]>,
    reasons: Option<u16>,
    issuers: Option<Vec<GeneralName<'a>>>,
}

impl<'a> Point<'a> {
    fn read(fields: &mut Reader<'a>) -> Self {
        let name = fields.optional(context(0)).map(|name| name.contents());
        let tag = context_primitive(1);
        let reasons = fields.next_is(tag).then(|| fields.named_bits_as(tag));
        let issuers = fields.next_is(context(2)).then(|| fields.within(context(2), general_name::all));
        Self { name, reasons, issuers }
    }

    /// 6.3.3 (b)(1) and (2)(i).
    fn is_meant(&self, crl: &Crl, certificate: &Certificate) -> bool {
        let issued = GeneralName::Directory(crl.issuer());
        let is_issuer = match &self.issuers {
            Some(issuers) => crl.about.scope.indirect && issuers.iter().any(|issuer| issuer.same(&issued)),
            None => crl.issuer().same(certificate.issuer()),
        };
        let Some(name) = self.name else { return is_issuer && self.is_named(crl, self.issuers.as_deref().unwrap_or_default()) };
        // A relative name goes on from the list's issuer, which is the certificate's unless another is named.
        let issuer = crl.issuer();
        is_issuer && point_names(name, issuer, |names| self.is_named(crl, names)).unwrap_or(false)
    }

    /// Whether one of the names is the one of the list's point, if that has a name.
    fn is_named(&self, crl: &Crl, names: &[GeneralName<'_>]) -> bool {
        let Some(point) = crl.about.scope.point else { return true };
        let any = |own: &[GeneralName<'_>]| own.iter().any(|own| names.iter().any(|name| name.same(own)));
        point_names(point.part(&crl.der), crl.issuer(), any).unwrap_or(false)
    }
}

/// cRLDistributionPoints, at most [`limits::DISTRIBUTION_POINTS`].
fn points(certificate: &Certificate) -> Result<Vec<Point<'_>>, Asn1Error> {
    let Some(value) = certificate.value(|values| values.distribution_points) else { return Ok(Vec::new()) };
    document(value, Tag::SEQUENCE, |list| {
        let mut points = Vec::new();
        while list.more() {
            if points.len() == limits::DISTRIBUTION_POINTS {
                list.fail(Asn1Error::NotDer);
                break;
            }
            points.push(list.within(Tag::SEQUENCE, Point::read));
        }
        list.check().map(|()| points)
    })
}

/// Reads a DistributionPointName: fullName, or the last part of a directory name that begins as `issuer` does.
fn point_names<T>(contents: &[u8], issuer: Name<'_>, read: impl FnOnce(&[GeneralName<'_>]) -> T) -> Result<T, Asn1Error> {
    let mut reader = Reader::document(contents);
    if reader.next_is(context(0)) {
        let names = reader.within(context(0), general_name::all);
        reader.check()?;
        return if names.len() > limits::POINT_NAMES { Err(Asn1Error::NotDer) } else { Ok(read(&names)) };
    }
    let relative = reader.element(context(1));
    reader.check()?;
    let mut whole = Writer::default();
    whole.within(Tag::SEQUENCE, |out| {
        let mut start = Reader::new(issuer.raw());
        out.raw(start.element(Tag::SEQUENCE).contents()).element(Tag::SET, relative.contents())
    });
    let whole = whole.finish();
    let element = Reader::document(&whole).any();
    Name::check(&element).map_err(|_| Asn1Error::NotDer)?;
    Ok(read(&[GeneralName::Directory(Name::of(&whole))]))
}

/// The addresses at which a certificate's issuer offers lists, for people to read.
pub(in crate::pki) fn places(certificate: &Certificate) -> Vec<String> {
    let mut places = Vec::new();
    for point in points(certificate).unwrap_or_default() {
        let uri = |name: &GeneralName<'_>| if let GeneralName::Uri(uri) = name { Some((*uri).to_owned()) } else { None };
        let uris = point.name.map(|name| point_names(name, certificate.issuer(), |names| names.iter().filter_map(uri).collect::<Vec<_>>()));
        places.extend(uris.and_then(Result::ok).unwrap_or_default());
    }
    places
}
