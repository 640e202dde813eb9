//! Which places of a form an expression reads, so that what it depends on is worked out before it.

use super::Expression;
use super::functions::Fun;
use super::tree::{Declared, NodeId, Op};
use super::types::{self, Type, TypeId, Types};
use crate::order::sort_by_key;

/// A place that an expression reads, and by which variables: the first is the bit 1, the next 2, 4 and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Read {
    pub(crate) place: u32,
    pub(crate) by: u8,
}

impl Expression {
    /// The places whose values it may read: of each field that it selects, and of everything inside an object that it uses whole. Each stands there once.
    pub(crate) fn reads(&self, types: &Types) -> Vec<Read> {
        let mut reader = Reader { expression: self, types, locals: Vec::new(), whole: Vec::new(), found: Vec::new() };
        reader.node(self.tree.root, true);
        let mut found = reader.found;
        sort_by_key(&mut found, |read| read.place);
        found.dedup_by(|next, read| {
            let same = next.place == read.place;
            read.by |= if same { next.by } else { 0 };
            same
        });
        found
    }
}

struct Reader<'e> {
    expression: &'e Expression,
    types: &'e Types,
    /// By which variables the values of macros' variables are read.
    locals: Vec<u8>,
    /// Types of which everything inside was noted, each with how it was read.
    whole: Vec<(TypeId, u8)>,
    found: Vec<Read>,
}

impl Reader<'_> {
    /// Notes what a node reads; by which variables its own value is read. `whole` where that is used for itself, not only for a part of it.
    fn node(&mut self, id: NodeId, whole: bool) -> u8 {
        let Some(op) = self.expression.tree.op(id) else { return 0 };
        let by = match op {
            Op::Global(variable) => 1_u8.checked_shl(*variable).unwrap_or(u8::MAX),
            Op::Local(depth) => self.locals.get(*depth as usize).copied().unwrap_or(u8::MAX),
            Op::Select(select) => {
                let by = self.node(select.of, false);
                if let Some(Declared { place, .. }) = select.declared {
                    self.note(place, by);
                }
                by
            }
            Op::Call(Fun::Index | Fun::OptionalIndex | Fun::Size, args) => {
                let mut by = 0;
                for (at, arg) in args.iter().enumerate() {
                    by |= self.node(*arg, at > 0 || self.is_object(*arg));
                }
                by
            }
            Op::Choose([test, then, otherwise]) => {
                self.node(*test, true);
                self.node(*then, whole) | self.node(*otherwise, whole)
            }
            Op::Each(each) => {
                let by = self.node(each.range, self.is_object(each.range));
                self.inside(by, each.names.len(), &[each.filter, Some(each.body)])
            }
            Op::Bind(bind) => {
                let by = self.node(bind.value, true);
                self.inside(by, 1, &[Some(bind.body)])
            }
            op => {
                let mut by = 0;
                op.inside(&mut |part| by |= self.node(part, true));
                by
            }
        };
        if whole && let Some(kind) = self.expression.tree.types.get(id as usize) {
            self.everything(*kind, by);
        }
        by
    }

    /// The parts of a macro, whose variables are read by these.
    fn inside(&mut self, by: u8, variables: usize, parts: &[Option<NodeId>]) -> u8 {
        let depth = self.locals.len();
        self.locals.resize(depth + variables, by);
        let mut all = by;
        for part in parts.iter().flatten() {
            all |= self.node(*part, true);
        }
        self.locals.truncate(depth);
        all
    }

    fn note(&mut self, place: u32, by: u8) {
        if place != 0 {
            self.found.push(Read { place, by });
        }
    }

    fn is_object(&self, id: NodeId) -> bool {
        let mut kind = self.expression.tree.types.get(id as usize).copied().unwrap_or(types::DYN);
        while let Type::Nullable(of) | Type::Optional(of) = self.types.get(kind) {
            kind = of;
        }
        matches!(self.types.get(kind), Type::Object(_))
    }

    /// Notes every place inside a type. It is looked into once for each way of reading.
    fn everything(&mut self, kind: TypeId, by: u8) {
        let mut waiting = vec![kind];
        while let Some(kind) = waiting.pop() {
            match self.types.get(kind) {
                Type::List(of) | Type::Nullable(of) | Type::Optional(of) | Type::Map(_, of) => waiting.push(of),
                Type::Object(at) if !self.whole.contains(&(kind, by)) => {
                    self.whole.push((kind, by));
                    for field in self.types.objects.get(at as usize).into_iter().flat_map(|object| &object.fields) {
                        self.note(field.place, by);
                        waiting.push(field.kind);
                    }
                }
                _ => {}
            }
        }
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
