//! From a certificate to a trust anchor (RFC 5280 6.1).
//!
//! An anchor is a certificate the caller trusts: its signature is not checked, and its policies say nothing (6.1.1 (d)). Its period, its
//! critical extensions, its key usage and purposes, the length and the names it allows below it are held against it all the same:
//! RFC 5937 3.2 leaves that to whoever trusts it, and an authority that limited itself meant it.

mod names;
mod policy;
mod purpose;
mod search;

pub use purpose::Purpose;

pub(super) use names::alternative_names;
pub(super) use policy::policies;
pub(super) use search::{may_be_issuer, search};

use super::{Certificate, PathError};
use crate::asn1::Oid;
use crate::limits;
use crate::text::Instant;

/// The inputs of RFC 5280 6.1.1 beside the certificates.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The instant at which the path must hold.
    pub at: Instant,
    /// user-initial-policy-set: policies of which one must be valid when a policy must; empty, or with anyPolicy, for any.
    pub policies: Vec<Oid>,
    /// initial-explicit-policy: whether a policy must be valid though no authority asks for it.
    pub explicit_policy: bool,
    /// initial-policy-mapping-inhibit.
    pub inhibit_policy_mapping: bool,
    /// initial-any-policy-inhibit.
    pub inhibit_any_policy: bool,
    /// What the certificate is to be used for.
    pub purpose: Purpose,
}

impl Rules {
    /// No rules about policies.
    #[must_use]
    pub const fn new(at: Instant, purpose: Purpose) -> Self {
        let policies = Vec::new();
        Self { at, policies, explicit_policy: false, inhibit_policy_mapping: false, inhibit_any_policy: false, purpose }
    }
}

/// A path that holds: every certificate was signed by the next, the last one by the anchor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path<'a> {
    /// The one it is for first. Never empty, and without the anchor.
    certificates: Vec<&'a Certificate>,
    anchor: &'a Certificate,
    policies: Vec<Oid>,
}

impl<'a> Path<'a> {
    /// The certificates below the anchor, the one the path is for first.
    #[must_use]
    pub fn certificates(&self) -> &[&'a Certificate] {
        &self.certificates
    }

    /// The trust anchor the path ends at.
    #[must_use]
    pub const fn anchor(&self) -> &'a Certificate {
        self.anchor
    }

    /// user-constrained-policy-set (RFC 5280 6.1.6): the policies that are valid along the path, named as the authority below the anchor
    /// names them, and among those asked for. anyPolicy is one of them when every policy is valid.
    #[must_use]
    pub fn policies(&self) -> &[Oid] {
        &self.policies
    }

    /// Each certificate below the anchor with the certificate of its issuer, the one the path is for first.
    pub fn with_issuers(&self) -> impl Iterator<Item = (&'a Certificate, &'a Certificate)> {
        let issuer = |above: usize| self.certificates.get(above).copied().unwrap_or(self.anchor);
        self.certificates.iter().zip(1..).map(move |(certificate, above)| (*certificate, issuer(above)))
    }
}

/// Finds a path from `leaf` to one of `anchors`, through any of `intermediates`, that holds by the rules.
///
/// # Errors
/// No path holds; of those tried, the reason of the one that came furthest.
pub fn build<'a>(
    leaf: &'a Certificate,
    intermediates: &'a [Certificate],
    anchors: &'a [Certificate],
    rules: &Rules,
) -> Result<Path<'a>, PathError> {
    let mut found = None;
    each(leaf, intermediates, anchors, rules, &mut |path| {
        found = Some(path);
        true
    })?;
    found.ok_or(PathError::TooCostly)
}

/// Hands over one path after the other, as [`build`] finds them, until `accept` takes one: so a certificate whose authority was revoked on one
/// way may still be good on another. At most [`limits::PATHS`] are handed over.
///
/// # Errors
/// No path holds; of those tried, the reason of the one that came furthest.
pub fn each<'a>(
    leaf: &'a Certificate,
    intermediates: &'a [Certificate],
    anchors: &'a [Certificate],
    rules: &Rules,
    accept: &mut dyn FnMut(Path<'a>) -> bool,
) -> Result<(), PathError> {
    let mut checks = limits::SIGNATURE_CHECKS;
    search(leaf, intermediates, anchors, rules, &mut checks, accept)
}
