//! Which places of a form an expression reads, so that what it depends on is worked out before it.

use super::Expression;
use super::functions::Fun;
use super::tree::{NodeId, Op};
use super::types::{Type, TypeId, Types};

impl Expression {
    /// The places whose values it may read: of each field that it selects, and of everything inside an object that it uses whole.
    pub(crate) fn places(&self, types: &Types) -> Vec<u32> {
        let mut taken_apart = vec![false; self.tree.nodes.len()];
        let mut apart = |id: NodeId| taken_apart.get_mut(id as usize).into_iter().for_each(|slot| *slot = true);
        for node in &self.tree.nodes {
            match &node.op {
                Op::Select(select) => apart(select.of),
                Op::Each(each) => apart(each.range),
                Op::Call(Fun::Index | Fun::OptionalIndex | Fun::Size, args) => args.first().into_iter().for_each(|of| apart(*of)),
                _ => {}
            }
        }
        let mut places = Vec::new();
        let mut whole = Vec::new();
        for (node, (apart, kind)) in self.tree.nodes.iter().zip(taken_apart.iter().zip(&self.tree.types)) {
            if let Op::Select(select) = &node.op
                && let Some((_, place)) = select.declared
            {
                places.push(place);
            }
            // An index or macro may still give an object, which then stands for itself.
            if !apart {
                inside(*kind, types, &mut whole, &mut places);
            }
        }
        places.retain(|place| *place != 0);
        places.sort_unstable();
        places.dedup();
        places
    }
}

/// Adds every place inside a type. An object is looked into once.
fn inside(kind: TypeId, types: &Types, seen: &mut Vec<u32>, places: &mut Vec<u32>) {
    let mut waiting = vec![kind];
    while let Some(kind) = waiting.pop() {
        match types.get(kind) {
            Type::List(of) | Type::Nullable(of) | Type::Optional(of) => waiting.push(of),
            Type::Map(_, of) => waiting.push(of),
            Type::Object(at) if !seen.contains(&at) => {
                seen.push(at);
                for field in types.objects.get(at as usize).into_iter().flat_map(|object| &object.fields) {
                    places.push(field.place);
                    waiting.push(field.kind);
                }
            }
            _ => {}
        }
    }
}
