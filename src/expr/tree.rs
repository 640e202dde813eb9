//! An expression as a tree whose nodes lie in one list, first as it was read, then with its names resolved.

use super::Val;
use super::functions::Fun;
use super::types::TypeId;

pub(super) type NodeId = u32;

#[derive(Debug)]
pub(super) struct Node {
    pub(super) op: Op,
    /// Where it was written, in bytes: of an operator the sign, of a call the name.
    pub(super) at: u32,
}

#[derive(Debug)]
pub(super) enum Op {
    Const(Val<'static>),
    /// A name, not resolved. One that begins with a dot is looked for outside the container.
    Name(Box<str>),
    /// A variable, by its place.
    Global(u32),
    /// A variable of a macro, by its depth.
    Local(u32),
    Select(Select),
    /// A call by name, not resolved.
    Named(Named),
    Call(Fun, Vec<NodeId>),
    List(Vec<Item>),
    Map(Vec<Entry>),
    /// `&&` (`false` decides) or `||` (`true` does).
    Logic(bool, Vec<NodeId>),
    /// `test ? then : otherwise`
    Choose([NodeId; 3]),
    Each(Box<Each>),
    /// `cel.bind(name, value, body)`; with a chain, `value.optMap(name, body)`.
    Bind(Box<Bind>),
    /// What can only fail: where types are not checked, a name or function that there is not.
    Fails(super::Reason),
}

/// `of.field`, `has(of.field)` or `of.?field`.
#[derive(Debug)]
pub(super) struct Select {
    pub(super) of: NodeId,
    pub(super) field: Box<str>,
    pub(super) hash: u32,
    pub(super) kind: Selects,
    /// Of a field that the type of `of` declares.
    pub(super) declared: Option<Declared>,
}

/// What is known of a declared field before it is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Declared {
    pub(super) kind: TypeId,
    /// The place it stands for.
    pub(super) place: u32,
    /// Whether something else may count there than what the data holds.
    pub(super) conditional: bool,
    /// Where its value is remembered.
    pub(super) slot: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Selects {
    Value,
    Presence,
    Optional,
}

#[derive(Debug)]
pub(super) struct Named {
    pub(super) name: Box<str>,
    pub(super) target: Option<NodeId>,
    pub(super) args: Vec<NodeId>,
}

/// An item of a list; an optional one is left out when it holds nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub(super) value: NodeId,
    pub(super) optional: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) key: NodeId,
    pub(super) value: NodeId,
    pub(super) optional: bool,
}

/// A macro that goes over a list or map.
#[derive(Debug)]
pub(super) struct Each {
    pub(super) kind: Fold,
    pub(super) range: NodeId,
    /// The element; or index and element, key and value.
    pub(super) names: Vec<Box<str>>,
    pub(super) filter: Option<NodeId>,
    pub(super) body: NodeId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fold {
    All,
    Exists,
    ExistsOne,
    Filter,
    /// A list of what the body gives.
    List,
    /// A map from the same keys.
    Map,
    /// A map of what the body, a map of one entry, gives.
    MapEntry,
    /// `sortBy`: the same items, in the order of what the body gives.
    Sort,
}

#[derive(Debug)]
pub(super) struct Bind {
    pub(super) name: Box<str>,
    pub(super) value: NodeId,
    pub(super) body: NodeId,
    pub(super) chain: Chain,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chain {
    /// Not of an optional value.
    None,
    /// The body's value is made optional.
    Map,
    /// The body's value is optional.
    FlatMap,
}

/// An expression.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    pub(super) root: NodeId,
    /// What each node was found to be.
    pub(super) types: Vec<TypeId>,
}

impl Tree {
    pub(super) fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id as usize)
    }

    pub(super) fn op(&self, id: NodeId) -> Option<&Op> {
        self.node(id).map(|node| &node.op)
    }

    pub(super) fn constant(&self, id: NodeId) -> Option<&Val<'static>> {
        if let Some(Op::Const(value)) = self.op(id) { Some(value) } else { None }
    }

    pub(super) fn add(&mut self, op: Op, at: usize) -> NodeId {
        self.nodes.push(Node { op, at: at as u32 });
        self.nodes.len() as NodeId - 1
    }
}

impl Op {
    /// Calls back for each node inside.
    pub(super) fn inside(&self, see: &mut dyn FnMut(NodeId)) {
        match self {
            Self::Const(_) | Self::Name(_) | Self::Global(_) | Self::Local(_) | Self::Fails(_) => {}
            Self::Select(select) => see(select.of),
            Self::Named(call) => {
                call.target.iter().for_each(|target| see(*target));
                call.args.iter().for_each(|arg| see(*arg));
            }
            Self::Call(_, args) | Self::Logic(_, args) => args.iter().for_each(|arg| see(*arg)),
            Self::List(items) => items.iter().for_each(|item| see(item.value)),
            Self::Map(entries) => {
                for entry in entries {
                    see(entry.key);
                    see(entry.value);
                }
            }
            Self::Choose(parts) => parts.iter().for_each(|part| see(*part)),
            Self::Each(each) => {
                see(each.range);
                each.filter.iter().for_each(|filter| see(*filter));
                see(each.body);
            }
            Self::Bind(bind) => {
                see(bind.value);
                see(bind.body);
            }
        }
    }
}
