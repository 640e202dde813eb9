//! The tape: one node per value, in document order, over one text.

use super::bytes::{name_hash, same};
use super::{Number, Pointer};
use crate::text::{decimal, is_plain};

/// The kind of a JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `false`
    False,
    /// `true`
    True,
    /// A number, digits kept.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// The place of a node on its document's tape.
pub type NodeId = u32;

/// A range of the document's text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Span {
    pub(super) start: u32,
    pub(super) len: u32,
}

/// One value. A member's name stands in the node of its value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) id: NodeId,
    pub(super) kind: Kind,
    /// Whether something inside was edited: then `span.start` is the id of the first child, and no id says how much is inside.
    pub(super) edited: bool,
    /// Hash of `name`; 0 when the value is no member.
    pub(super) name_hash: u32,
    pub(super) name: Span,
    /// The text of a string or number. For an array or object `start` is the id behind the last value inside, and `len` counts the children.
    pub(super) span: Span,
    /// The next sibling; 0, which is the root, when there is none.
    pub(super) next: NodeId,
}

impl Node {
    pub(super) const fn holds_others(&self) -> bool {
        matches!(self.kind, Kind::Array | Kind::Object)
    }
}

static NOWHERE: Node = Node {
    id: NodeId::MAX,
    kind: Kind::Null,
    edited: false,
    name_hash: 0,
    name: Span { start: 0, len: 0 },
    span: Span { start: 0, len: 0 },
    next: 0,
};

/// A JSON document that was read strictly. Read one with [`Document::read`].
#[derive(Clone, Debug)]
pub struct Document {
    /// The text as read, followed by the strings that had escapes.
    pub(super) text: String,
    /// In document order: a container's first child follows it.
    pub(super) nodes: Vec<Node>,
}

impl Document {
    /// The outermost value.
    #[must_use]
    pub fn root(&self) -> Value<'_> {
        self.value(0)
    }

    /// How many values the document holds.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Never: a document holds at least its root.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Every value, in document order. Of a document that was edited, also those that stand nowhere.
    pub fn values(&self) -> impl Iterator<Item = Value<'_>> {
        (0..self.nodes.len()).map(|at| self.value(u32::try_from(at).unwrap_or(u32::MAX)))
    }

    /// Whether no text in the document needs a closer look, as [`is_plain`] has it. One that was written with escapes does.
    pub(crate) fn is_plain(&self) -> bool {
        !self.text.as_bytes().contains(&b'\\') && is_plain(&self.text, |byte| matches!(byte, b'\n' | b'\r' | b'\t'))
    }

    /// Puts another document's values on the tape, behind all others; where they begin.
    pub(crate) fn append(&mut self, other: &Self) -> NodeId {
        let moved = |at: u32, by: usize| at.saturating_add(u32::try_from(by).unwrap_or(u32::MAX));
        let (nodes, bytes) = (self.nodes.len(), self.text.len());
        self.text.push_str(&other.text);
        self.nodes.extend_from_slice(&other.nodes);
        for node in self.nodes.iter_mut().skip(nodes) {
            node.id = moved(node.id, nodes);
            node.name.start = moved(node.name.start, bytes);
            let by = if node.holds_others() { nodes } else { bytes };
            node.span.start = moved(node.span.start, by);
            node.next = if node.next == 0 { 0 } else { moved(node.next, nodes) };
        }
        moved(0, nodes)
    }

    /// The value at a place of the tape.
    pub(crate) fn value(&self, id: NodeId) -> Value<'_> {
        Value { document: self, node: self.nodes.get(id as usize).unwrap_or(&NOWHERE) }
    }

    fn text(&self, span: Span) -> &str {
        let start = span.start as usize;
        self.text.get(start..start + span.len as usize).unwrap_or_default()
    }

    #[inline(always)]
    fn bytes(&self, span: Span) -> &[u8] {
        let start = span.start as usize;
        self.text.as_bytes().get(start..start + span.len as usize).unwrap_or_default()
    }
}

/// A value inside a document.
#[derive(Clone, Copy)]
pub struct Value<'d> {
    document: &'d Document,
    node: &'d Node,
}

impl std::fmt::Debug for Value<'_> {
    /// The kind and place only: a person's values stay out of logs.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:?}#{}", self.kind(), self.id())
    }
}

impl<'d> Value<'d> {
    /// The place on the tape: equal for the same value only.
    #[inline(always)]
    #[must_use]
    pub const fn id(self) -> NodeId {
        self.node.id
    }

    /// The kind.
    #[inline(always)]
    #[must_use]
    pub const fn kind(self) -> Kind {
        self.node.kind
    }

    /// The string, escapes resolved.
    #[must_use]
    pub fn as_str(self) -> Option<&'d str> {
        (self.kind() == Kind::String).then(|| self.document.text(self.node.span))
    }

    /// The bytes of the string, escapes resolved: quicker than the string where nothing else is asked of it.
    #[inline(always)]
    pub(crate) fn string_bytes(self) -> Option<&'d [u8]> {
        if self.kind() == Kind::String { Some(self.document.bytes(self.node.span)) } else { None }
    }

    /// How many bytes a string, or the digits of a number, take; 0 for any other value.
    #[inline(always)]
    pub(crate) const fn text_len(self) -> u64 {
        if matches!(self.node.kind, Kind::String | Kind::Number) { self.node.span.len as u64 } else { 0 }
    }

    /// The text of a string, the digits of a number.
    pub(super) fn text_of(self) -> &'d str {
        if matches!(self.node.kind, Kind::String | Kind::Number) { self.document.text(self.node.span) } else { "" }
    }

    /// How many bytes the strings and numbers in it take together.
    pub(crate) fn text_size(self) -> u64 {
        if self.node.edited {
            return self.children().map(Value::text_size).sum();
        }
        let nodes = self.document.nodes.get(self.id() as usize..).unwrap_or_default();
        let mut bytes = 0;
        for node in nodes.iter().take(self.size()) {
            bytes += Value { node, ..self }.text_len();
        }
        bytes
    }

    /// Whether the name under which the value stands is this one, whose hash is known.
    #[inline(always)]
    pub(crate) fn is_named(self, name: &str, hash: u32) -> bool {
        self.node.name_hash == hash && same(self.name_bytes(), name.as_bytes())
    }

    /// The bytes of the name under which the value stands.
    #[inline(always)]
    pub(crate) fn name_bytes(self) -> &'d [u8] {
        self.document.bytes(self.node.name)
    }

    /// The first item or member's value.
    #[inline(always)]
    pub(crate) fn first(self) -> Option<Value<'d>> {
        if self.is_empty() {
            return None;
        }
        let first = if self.node.edited { self.node.span.start } else { self.id() + 1 };
        self.document.nodes.get(first as usize).map(|node| Value { node, ..self })
    }

    /// The item or member's value behind this one.
    #[inline(always)]
    pub(crate) fn sibling(self) -> Option<Value<'d>> {
        match self.node.next {
            0 => None,
            next => self.document.nodes.get(next as usize).map(|node| Value { node, ..self }),
        }
    }

    /// The number with its digits.
    #[must_use]
    pub fn as_number(self) -> Option<Number<'d>> {
        (self.kind() == Kind::Number).then(|| Number::from_checked(self.document.text(self.node.span)))
    }

    /// The truth value.
    #[must_use]
    pub fn as_bool(self) -> Option<bool> {
        match self.kind() {
            Kind::True => Some(true),
            Kind::False => Some(false),
            _ => None,
        }
    }

    /// How many items or members an array or object has; 0 for any other value.
    #[must_use]
    pub fn len(self) -> usize {
        if self.node.holds_others() { self.node.span.len as usize } else { 0 }
    }

    /// How many values it holds, itself included, at any depth.
    pub(crate) fn size(self) -> usize {
        if self.node.edited {
            return 1 + self.children().map(Value::size).sum::<usize>();
        }
        if self.node.holds_others() { self.node.span.start.saturating_sub(self.id()) as usize } else { 1 }
    }

    /// Whether there are no items or members.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The items of an array; nothing for any other value.
    pub fn items(self) -> impl Iterator<Item = Value<'d>> + Clone {
        self.of_kind(Kind::Array)
    }

    /// The members of an object in document order; nothing for any other value.
    pub fn members(self) -> impl Iterator<Item = (&'d str, Value<'d>)> + Clone {
        self.of_kind(Kind::Object).map(|value| (value.name(), value))
    }

    /// The members' values, in document order; nothing for any other value.
    pub(crate) fn fields(self) -> impl Iterator<Item = Value<'d>> + Clone {
        self.of_kind(Kind::Object)
    }

    /// The items or members' values, in document order.
    pub(crate) fn children(self) -> impl Iterator<Item = Value<'d>> + Clone {
        self.of_kind(self.kind())
    }

    /// The member of that name.
    #[must_use]
    pub fn member(self, name: &str) -> Option<Value<'d>> {
        self.member_hashed(name, name_hash(name))
    }

    /// The member of that name; a null that stands nowhere when there is none.
    pub(crate) fn part(self, name: &str) -> Value<'d> {
        self.member(name).unwrap_or(Value { document: self.document, node: &NOWHERE })
    }

    /// The item at an index.
    #[must_use]
    pub fn item(self, index: usize) -> Option<Value<'d>> {
        self.items().nth(index)
    }

    /// The name under which the value stands in its object; empty elsewhere.
    #[must_use]
    pub fn name(self) -> &'d str {
        self.document.text(self.node.name)
    }

    /// Where the value stands.
    pub(crate) fn pointer(self) -> Pointer {
        self.pointer_within(self.document.root())
    }

    /// The way to the value from one that it stands in, in a document that was not edited.
    pub(crate) fn pointer_within(self, root: Value<'_>) -> Pointer {
        let (mut path, mut at) = (Pointer::root(), root);
        while at.id() != self.id() {
            // Ids are in document order: the way leads through the last child that does not stand behind.
            let Some(mut child) = at.first() else { break };
            let mut index = 0;
            while let Some(next) = child.sibling().filter(|next| next.id() <= self.id()) {
                (child, index) = (next, index + 1);
            }
            if at.kind() == Kind::Array {
                path.push(&decimal(index));
            } else {
                path.push(child.name());
            }
            at = child;
        }
        path
    }

    /// The hash of [`Value::name`], as [`name_hash`] makes it.
    pub(crate) const fn hash_of_name(self) -> u32 {
        self.node.name_hash
    }

    /// Whether both are one value of one document.
    pub(crate) fn is(self, other: Self) -> bool {
        self.id() == other.id() && self.is_beside(other)
    }

    /// Another value of the same document, by its id.
    pub(crate) fn beside(self, id: NodeId) -> Self {
        self.document.value(id)
    }

    /// Whether both are of one document, where an id names one value.
    pub(crate) fn is_beside(self, other: Self) -> bool {
        std::ptr::eq(self.document, other.document)
    }

    /// The member of that name, its hash known.
    pub(crate) fn member_hashed(self, name: &str, hash: u32) -> Option<Value<'d>> {
        let mut next = if self.kind() == Kind::Object { self.first() } else { None };
        while let Some(member) = next {
            if member.is_named(name, hash) {
                return next;
            }
            next = member.sibling();
        }
        None
    }

    fn of_kind(self, kind: Kind) -> Children<'d> {
        Children(if self.kind() == kind { self.first() } else { None })
    }
}

#[derive(Clone)]
struct Children<'d>(Option<Value<'d>>);

impl<'d> Iterator for Children<'d> {
    type Item = Value<'d>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.0?;
        self.0 = next.sibling();
        Some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_a_null_apart_from_the_root() {
        let document = Document::read(r#"{"a": 1}"#).unwrap();
        for nothing in [document.root().part("b"), document.value(7)] {
            assert_eq!((nothing.kind(), nothing.members().count()), (Kind::Null, 0));
            assert_ne!(nothing.id(), document.root().id());
        }
    }

    #[test]
    fn documents_on_one_tape_stay_what_they_were() {
        let mut all = Document::read(r#"{"a": ["x\n"]}"#).unwrap();
        let other = Document::read(r#"[1, {"b": "y\t", "c": [true, {}]}, 2.50]"#).unwrap();
        let at = all.append(&other);
        let (first, second) = (Document::read(r#"{"a": ["x\n"]}"#).unwrap(), all.value(at));
        assert!(all.root().equals(first.root()) && second.equals(other.root()));
        let inside = second.item(1).and_then(|item| item.member("c")?.item(1)).unwrap();
        assert_eq!((inside.pointer_within(second).as_str(), inside.size(), second.size()), ("/1/c/1", 1, other.len()));
    }

    #[test]
    fn every_value_knows_its_place_and_size() {
        let document = Document::read(r#"{"a/b": [1, [], {"": [[2]]}], "c": {"d": null}, "": 3}"#).unwrap();
        for value in document.values() {
            assert_eq!(value.pointer().find(document.root()).map(Value::id), Some(value.id()));
        }
        let sizes: Vec<_> = document.values().map(Value::size).collect();
        assert_eq!(sizes, [11, 7, 1, 1, 4, 3, 2, 1, 2, 1, 1]);
    }
}
