//! Certificate policies (RFC 5280 6.1.3 (d) to (f), 6.1.4 (a), (b), (h) to (j), 6.1.5), on the graph of RFC 9618.
//!
//! RFC 5280's tree doubles at every level when authorities map every policy to every other. In the graph a policy stands once at a
//! level, with all its parents, so its size is bounded by [`limits::POLICIES`] and the length of the path.
//! A node whose level has children but none of its own stays where it is: only what leads to the last level is ever asked for.

use super::super::Certificate;
use crate::asn1::{Asn1Error, Known, Oid, OidRef, Reader, Tag, context_primitive, document};
use crate::limits;

/// Why the policies of a path do not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// A policy must be valid along the path, and none is.
    NoneValid,
    /// anyPolicy is mapped (6.1.4 (a)).
    Mapping,
    /// An extension cannot be read.
    Unreadable(Known),
}

/// The state of 6.1.2 that is about policies.
pub(super) struct Policies<'a> {
    /// The nodes of each certificate, the anchor's first. An empty level is the NULL of RFC 5280: nothing comes after it.
    levels: Vec<Vec<Node<'a>>>,
    explicit: u64,
    mapping: u64,
    inhibit_any: u64,
}

struct Node<'a> {
    policy: OidRef<'a>,
    expected: Vec<OidRef<'a>>,
    /// Places in the level above.
    parents: Vec<usize>,
}

impl<'a> Policies<'a> {
    /// For a path of so many certificates: 6.1.2 (a), (d), (e) and (f).
    pub(super) fn new(certificates: usize, explicit: bool, no_mapping: bool, no_any: bool) -> Self {
        let (any, most) = (Known::AnyPolicy.oid(), certificates as u64 + 1);
        let first = |now: bool| if now { 0 } else { most };
        let root = Node { policy: any, expected: vec![any], parents: Vec::new() };
        Self { levels: vec![vec![root]], explicit: first(explicit), mapping: first(no_mapping), inhibit_any: first(no_any) }
    }

    /// Takes the next certificate below the anchor; `last` is the one the path is for.
    pub(super) fn take(&mut self, certificate: &'a Certificate, last: bool) -> Result<(), Refusal> {
        let self_issued = certificate.is_self_issued();
        let own = match certificate.value(|values| values.policies) {
            Some(value) => policies(value).map_err(|_| Refusal::Unreadable(Known::CertificatePolicies))?,
            None => Vec::new(),
        };
        let any_counts = self.inhibit_any > 0 || (!last && self_issued);
        let level = next_level(self.levels.last().map_or(&[], Vec::as_slice), &own, any_counts);
        self.levels.push(level);
        self.hold()?;
        if !last {
            self.map(certificate)?;
        }
        self.limit(certificate, last, self_issued)?;
        // 6.1.5 (g), which an empty level fails whatever the initial set is.
        if last { self.hold() } else { Ok(()) }
    }

    /// 6.1.3 (f).
    fn hold(&self) -> Result<(), Refusal> {
        if self.explicit == 0 && self.levels.last().is_none_or(Vec::is_empty) { Err(Refusal::NoneValid) } else { Ok(()) }
    }

    /// 6.1.4 (a) and (b).
    fn map(&mut self, certificate: &'a Certificate) -> Result<(), Refusal> {
        let Some(value) = certificate.value(|values| values.mappings) else { return Ok(()) };
        let pairs = mappings(value).map_err(|_| Refusal::Unreadable(Known::PolicyMappings))?;
        let any = Known::AnyPolicy.oid();
        if pairs.iter().any(|(issuer, subject)| *issuer == any || *subject == any) {
            return Err(Refusal::Mapping);
        }
        let Some(level) = self.levels.last_mut() else { return Ok(()) };
        if self.mapping == 0 {
            level.retain(|node| !pairs.iter().any(|(issuer, _)| *issuer == node.policy));
            return Ok(());
        }
        let above = level.iter().find(|node| node.policy == any).map(|node| node.parents.clone());
        for (place, (issuer, _)) in pairs.iter().enumerate() {
            if pairs.iter().take(place).any(|(earlier, _)| earlier == issuer) {
                continue;
            }
            let expected: Vec<_> = pairs.iter().filter(|(other, _)| other == issuer).map(|(_, subject)| *subject).collect();
            match (level.iter_mut().find(|node| node.policy == *issuer), &above) {
                (Some(node), _) => node.expected = expected,
                (None, Some(parents)) => level.push(Node { policy: *issuer, expected, parents: parents.clone() }),
                (None, None) => {}
            }
        }
        Ok(())
    }

    /// 6.1.4 (h) to (j); of the last certificate 6.1.5 (a) and (b).
    fn limit(&mut self, certificate: &Certificate, last: bool, self_issued: bool) -> Result<(), Refusal> {
        if last || !self_issued {
            for count in [&mut self.explicit, &mut self.mapping, &mut self.inhibit_any] {
                *count = count.saturating_sub(1);
            }
        }
        if let Some(value) = certificate.value(|values| values.policy_constraints) {
            let limits = constraints(value).map_err(|_| Refusal::Unreadable(Known::PolicyConstraints))?;
            let [explicit, mapping] = limits.map(|limit| limit.unwrap_or(u64::MAX));
            // 6.1.5 (b): of the last certificate, only zero counts.
            if !last || explicit == 0 {
                self.explicit = self.explicit.min(explicit);
            }
            self.mapping = self.mapping.min(mapping);
        }
        if let Some(value) = certificate.value(|values| values.inhibit_any) {
            let mut reader = Reader::document(value);
            self.inhibit_any = self.inhibit_any.min(reader.number());
            reader.check().map_err(|_| Refusal::Unreadable(Known::InhibitAnyPolicy))?;
        }
        Ok(())
    }

    /// 6.1.5 (g): the policies, in the words of the authority the anchor certified, that are valid along the path and in the initial set;
    /// an empty set, or one with anyPolicy, is any policy.
    pub(super) fn finish(mut self, initial: &[Oid]) -> Result<Vec<Oid>, Refusal> {
        let any: Oid = Known::AnyPolicy.into();
        let mut valid: Vec<Oid> = Vec::new();
        let all = initial.is_empty() || initial.contains(&any);
        let is_wanted = |policy: &Oid| all || initial.contains(policy);
        let mut alive: Vec<bool> = self.levels.last().map(|level| vec![true; level.len()]).unwrap_or_default();
        let mut is_last = true;
        while let Some(level) = self.levels.pop() {
            let Some(above) = self.levels.last() else { break };
            let mut alive_above = vec![false; above.len()];
            for (node, _) in level.iter().zip(&alive).filter(|(_, alive)| **alive) {
                let mut below_any = false;
                for parent in &node.parents {
                    below_any |= above.get(*parent).is_some_and(|parent| parent.policy == Known::AnyPolicy.oid());
                    alive_above.get_mut(*parent).into_iter().for_each(|alive| *alive = true);
                }
                let policy: Oid = node.policy.into();
                match policy == any {
                    false if below_any && is_wanted(&policy) && !valid.contains(&policy) => valid.push(policy),
                    true if is_last && all => valid.push(any),
                    true if is_last => initial.iter().for_each(|policy| {
                        if !valid.contains(policy) {
                            valid.push(*policy);
                        }
                    }),
                    _ => {}
                }
            }
            alive = alive_above;
            is_last = false;
        }
        if valid.is_empty() && self.explicit == 0 { Err(Refusal::NoneValid) } else { Ok(valid) }
    }
}

/// 6.1.3 (d), with one node for each policy (RFC 9618 5.3).
fn next_level<'a>(above: &[Node<'a>], own: &[OidRef<'a>], any_counts: bool) -> Vec<Node<'a>> {
    let any = Known::AnyPolicy.oid();
    let expecting = |policy: OidRef<'a>| -> Vec<usize> {
        above.iter().enumerate().filter(|(_, node)| node.expected.contains(&policy)).map(|(place, _)| place).collect()
    };
    let node = |policy, parents| Node { policy, expected: vec![policy], parents };
    let mut level: Vec<Node<'a>> = Vec::new();
    for policy in own.iter().filter(|policy| **policy != any) {
        let mut parents = expecting(*policy);
        if parents.is_empty() {
            parents.extend(above.iter().position(|node| node.policy == any));
        }
        if !parents.is_empty() {
            level.push(node(*policy, parents));
        }
    }
    if any_counts && own.contains(&any) {
        for policy in above.iter().flat_map(|node| &node.expected) {
            if !level.iter().any(|node| node.policy == *policy) {
                level.push(node(*policy, expecting(*policy)));
            }
        }
    }
    level
}

/// certificatePolicies (4.2.1.4): no policy stands twice. Qualifiers are for people.
pub(in crate::pki) fn policies(value: &[u8]) -> Result<Vec<OidRef<'_>>, Asn1Error> {
    document(value, Tag::SEQUENCE, |list| {
        let mut found = Vec::new();
        while list.more() {
            let policy = list.within(Tag::SEQUENCE, |information| {
                let policy = information.oid();
                information.optional(Tag::SEQUENCE);
                policy
            });
            if found.len() == limits::POLICIES || found.contains(&policy) {
                list.fail(Asn1Error::NotDer);
            }
            found.push(policy);
        }
        list.check().map(|()| found)
    })
}

/// policyMappings (4.2.1.5).
fn mappings(value: &[u8]) -> Result<Vec<(OidRef<'_>, OidRef<'_>)>, Asn1Error> {
    document(value, Tag::SEQUENCE, |list| {
        let mut found = Vec::new();
        while list.more() {
            if found.len() == limits::POLICIES {
                list.fail(Asn1Error::NotDer);
            }
            found.push(list.within(Tag::SEQUENCE, |pair| (pair.oid(), pair.oid())));
        }
        list.check().map(|()| found)
    })
}

/// policyConstraints (4.2.1.11): requireExplicitPolicy and inhibitPolicyMapping, at least one of them.
fn constraints(value: &[u8]) -> Result<[Option<u64>; 2], Asn1Error> {
    document(value, Tag::SEQUENCE, |fields| {
        if !fields.more() {
            fields.fail(Asn1Error::EndsEarly);
        }
        let limits = [0, 1].map(|number| {
            let tag = context_primitive(number);
            fields.next_is(tag).then(|| fields.number_as(tag))
        });
        fields.check().map(|()| limits)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1::Writer;

    /// 1.2.N.
    fn oid(last: u8) -> [u8; 2] {
        [0x2a, last]
    }

    fn list(policies: &[u8]) -> Vec<u8> {
        let mut out = Writer::default();
        out.within(Tag::SEQUENCE, |out| {
            for policy in policies {
                out.within(Tag::SEQUENCE, |out| out.element(Tag::OBJECT_IDENTIFIER, &oid(*policy)));
            }
            out
        });
        out.finish()
    }

    #[test]
    fn a_policy_stands_once_and_their_number_is_bounded() {
        assert_eq!(policies(&list(&[1, 2])).map(|policies| policies.len()), Ok(2));
        assert_eq!(policies(&list(&[1, 2, 1])), Err(Asn1Error::NotDer));
        let many: Vec<u8> = (0..=limits::POLICIES as u8).collect();
        assert_eq!(policies(&list(&many)), Err(Asn1Error::NotDer));
        assert!(policies(&list(many.get(1..).unwrap_or_default())).is_ok());
    }

    #[test]
    fn constraints_name_at_least_one_number() {
        assert_eq!(constraints(&[0x30, 3, 0x80, 1, 0]), Ok([Some(0), None]));
        assert_eq!(constraints(&[0x30, 6, 0x80, 1, 2, 0x81, 1, 3]), Ok([Some(2), Some(3)]));
        assert!(constraints(&[0x30, 0]).is_err() && constraints(&[0x30, 6, 0x81, 1, 2, 0x80, 1, 3]).is_err());
    }

    /// Every authority maps each of its policies to each: RFC 5280's tree would have 32⁸ leaves (RFC 9618 3).
    #[test]
    fn the_graph_grows_with_the_length_of_the_path_and_no_faster() {
        let names: Vec<[u8; 2]> = (0..32).map(oid).collect();
        let readers: Vec<Vec<u8>> = names.iter().map(|name| [&[6, 2][..], name].concat()).collect();
        let all: Vec<OidRef<'_>> = readers.iter().map(|der| Reader::document(der).oid()).collect();
        let root = Node { policy: Known::AnyPolicy.oid(), expected: vec![Known::AnyPolicy.oid()], parents: Vec::new() };
        let mut levels = vec![vec![root]];
        for _ in 0..limits::PATH_CERTIFICATES {
            let mut level = next_level(levels.last().map_or(&[], Vec::as_slice), &all, true);
            level.iter_mut().for_each(|node| node.expected = all.clone());
            assert_eq!(level.len(), all.len());
            levels.push(level);
        }
        let policies = Policies { levels, explicit: 0, mapping: 9, inhibit_any: 9 };
        assert_eq!(policies.finish(&[]).map(|valid| valid.len()), Ok(32));
    }
}
