//! Dynamic scopes (JSON Schema Core 2020-12, 7.1), worked out while a schema is compiled: a subschema that is reached by different
//! resources, which give a dynamic name different meanings, becomes a block for each of these meanings.

use super::resource::{ResourceId, Resources};
use crate::json::NodeId;
use crate::pairs::Pairs;

/// The place of a scope in [`Scopes`].
pub(super) type ScopeId = u32;

/// What the dynamic names mean on each way to a subschema.
pub(super) struct Scopes<'s> {
    names: Vec<&'s str>,
    /// Of each resource: where it has these names.
    resources: Vec<Vec<Option<NodeId>>>,
    all: Vec<Vec<Option<NodeId>>>,
    /// The scope that entering a resource leads to, by scopes and resources.
    entered: Pairs,
}

impl<'s> Scopes<'s> {
    pub(super) fn of(resources: &Resources<'s>) -> Self {
        let names = resources.dynamic.clone();
        let mut of_resources = Vec::new();
        let mut next = 0;
        while resources.get(next).is_some() && !names.is_empty() {
            let mut places = Vec::new();
            for name in &names {
                places.push(resources.named(next, name).filter(|(_, dynamic)| *dynamic).map(|(node, _)| node));
            }
            of_resources.push(places);
            next += 1;
        }
        let nothing = vec![None; names.len()];
        Self { names, resources: of_resources, all: vec![nothing], entered: Pairs::default() }
    }

    /// The scope on the way into a resource: what a name means outside, it means inside too.
    pub(super) fn entered(&mut self, scope: ScopeId, resource: ResourceId) -> ScopeId {
        let Some(places) = self.resources.get(resource as usize) else { return scope };
        if let Some(known) = self.entered.get((scope, resource)) {
            return known;
        }
        let mut inside = self.all.get(scope as usize).cloned().unwrap_or_default();
        for (meaning, place) in inside.iter_mut().zip(places) {
            *meaning = meaning.or(*place);
        }
        let at = self.all.iter().position(|known| *known == inside).unwrap_or_else(|| {
            self.all.push(inside);
            self.all.len() - 1
        });
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        self.entered.insert((scope, resource), at);
        at
    }

    /// Where a name leads in a scope.
    pub(super) fn meaning(&self, scope: ScopeId, name: &str) -> Option<NodeId> {
        let at = self.names.iter().position(|known| *known == name)?;
        self.all.get(scope as usize)?.get(at).copied().flatten()
    }
}
