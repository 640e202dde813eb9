//! Which places of a form an expression reads, so that what it depends on is worked out before it.

use super::Expression;
use super::functions::Fun;
use super::tree::{Declared, NodeId, Op};
use super::types::{self, Type, TypeId, Types};
use crate::order::sort_numbers;

impl Expression {
    /// The places whose values it may read: of each field that it selects, and of everything inside an object that it uses whole.
    pub(crate) fn places(&self, types: &Types) -> Vec<u64> {
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
                && let Some(Declared { place, .. }) = select.declared
            {
                places.push(place.into());
            }
            // An index or macro may still give an object, which then stands for itself.
            if !apart {
                inside(*kind, types, &mut whole, &mut places);
            }
        }
        sort_numbers(&mut places);
        let mut before = 0;
        places.retain(|place| std::mem::replace(&mut before, *place) != *place);
        places
    }
}

impl Expression {
    /// Whether a division of whole numbers drops a rest before it is of use: of two literals, or one that is made a double only then.
    pub(crate) fn drops_rest(&self) -> bool {
        let of_whole = |id: &NodeId| {
            let divides = matches!(self.tree.op(*id), Some(Op::Call(Fun::Divide, _)));
            divides && self.tree.types.get(*id as usize) == Some(&types::INT)
        };
        self.drops_rest || self.tree.nodes.iter().any(|node| matches!(&node.op, Op::Call(Fun::ToDouble, args) if args.iter().any(of_whole)))
    }

    /// Whether it names a variable, by its place.
    #[must_use]
    pub fn names(&self, variable: usize) -> bool {
        self.tree.nodes.iter().any(|node| matches!(node.op, Op::Global(at) if at as usize == variable))
    }

    /// Whether it goes over a list of the data for every item of another; where it is itself asked for one of many, over a list of the whole.
    pub(crate) fn multiplies(&self, many: bool) -> bool {
        let mut waiting = vec![(self.tree.root, false)];
        while let Some((id, inside)) = waiting.pop() {
            let Some(op) = self.tree.op(id) else { continue };
            if let Op::Each(each) = op {
                let (of_data, of_root) = self.range(each.range);
                if of_data && inside || of_root && many {
                    return true;
                }
                waiting.push((each.range, inside));
                waiting.extend(each.filter.map(|filter| (filter, inside || of_data)));
                waiting.push((each.body, inside || of_data));
            } else {
                op.inside(&mut |part| waiting.push((part, inside)));
            }
        }
        false
    }

    /// Whether a list is one of the data, not of a macro's variable, whose lists are gone over once in all; and whether it is read from the whole.
    fn range(&self, id: NodeId) -> (bool, bool) {
        const ROOT: u32 = 1;
        let mut read = (false, false);
        let mut waiting = vec![id];
        while let Some(id) = waiting.pop() {
            match self.tree.op(id) {
                Some(Op::Local(_)) => return (false, false),
                Some(Op::Global(variable)) => read = (true, read.1 || *variable == ROOT),
                Some(op) => op.inside(&mut |inside| waiting.push(inside)),
                None => {}
            }
        }
        read
    }
}

/// Adds every place inside a type. An object is looked into once.
fn inside(kind: TypeId, types: &Types, seen: &mut Vec<u32>, places: &mut Vec<u64>) {
    let mut waiting = vec![kind];
    while let Some(kind) = waiting.pop() {
        match types.get(kind) {
            Type::List(of) | Type::Nullable(of) | Type::Optional(of) => waiting.push(of),
            Type::Map(_, of) => waiting.push(of),
            Type::Object(at) if !seen.contains(&at) => {
                seen.push(at);
                for field in types.objects.get(at as usize).into_iter().flat_map(|object| &object.fields) {
                    places.push(field.place.into());
                    waiting.push(field.kind);
                }
            }
            _ => {}
        }
    }
}
