//! A document that is edited where it stands.
//!
//! Values keep their ids, wherever they are moved and whatever they become. A member that is taken out stands apart from its object, under its name, and
//! may come back; so does one that was never there, once somebody asked for its place.

use super::document::{Document, Kind, Node, NodeId, Span, Value};
use super::name_hash;
use super::rows::Rows;

/// What stands for no value.
const NONE: NodeId = NodeId::MAX;

/// A document that is edited.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    document: Document,
    links: Vec<Link>,
    /// The index of each list that was asked for an item by its number.
    lists: Vec<Rows>,
    /// The first of the nodes that hold nothing, each leading to the next by `Node::next`.
    free: NodeId,
    /// Bytes of the text that no value uses.
    waste: usize,
}

/// How a node hangs together with others.
#[derive(Clone, Copy, Debug)]
struct Link {
    parent: NodeId,
    /// The sibling before; of those apart, too.
    before: NodeId,
    /// Of an object or array the last child.
    last: NodeId,
    /// Of an object the first of its members that stand apart.
    apart: NodeId,
    /// Of an array its place in [`Tree::lists`].
    list: u32,
    /// Of an item the chunk of its list's index.
    chunk: u32,
    /// How often the id was given away again.
    life: u16,
    attached: bool,
    /// Whether it holds no value, as a member that was never there.
    void: bool,
}

const ALONE: Link =
    Link { parent: NONE, before: NONE, last: NONE, apart: NONE, list: NONE, chunk: NONE, life: 0, attached: false, void: false };

impl Tree {
    /// The tree of a document.
    pub(crate) fn new(document: Document) -> Self {
        let mut links = vec![ALONE; document.nodes.len()];
        for parent in &document.nodes {
            if !parent.holds_others() || parent.span.len == 0 {
                continue;
            }
            let (mut before, mut at) = (NONE, parent.id + 1);
            loop {
                if let Some(link) = links.get_mut(at as usize) {
                    *link = Link { parent: parent.id, before, attached: true, ..ALONE };
                }
                match document.nodes.get(at as usize).map(|node| node.next) {
                    Some(next) if next != 0 => (before, at) = (at, next),
                    _ => break,
                }
            }
            links.get_mut(parent.id as usize).into_iter().for_each(|link| link.last = at);
        }
        links.first_mut().into_iter().for_each(|root| root.attached = true);
        Self { document, links, lists: Vec::new(), free: NONE, waste: 0 }
    }

    /// The outermost value.
    pub(crate) fn root(&self) -> Value<'_> {
        self.document.root()
    }

    /// The document. Not all of its values stand in the tree.
    pub(crate) const fn document(&self) -> &Document {
        &self.document
    }

    /// A value, wherever it stands.
    pub(crate) fn value(&self, id: NodeId) -> Value<'_> {
        self.document.value(id)
    }

    /// How many nodes there are, whether or not they stand in the tree.
    pub(crate) const fn len(&self) -> usize {
        self.links.len()
    }

    /// What a value stands in, or would if it were not apart.
    pub(crate) fn parent(&self, id: NodeId) -> Option<NodeId> {
        Some(self.link(id)?.parent).filter(|parent| *parent != NONE)
    }

    /// Whether it stands in its object or array; the outermost value always does.
    pub(crate) fn is_attached(&self, id: NodeId) -> bool {
        self.link(id).is_some_and(|link| link.attached)
    }

    /// Whether it stands in the tree: it and all that it stands in is attached.
    pub(crate) fn stands(&self, id: NodeId) -> bool {
        let mut at = id;
        while self.is_attached(at) {
            match self.parent(at) {
                None => return at == 0,
                Some(parent) => at = parent,
            }
        }
        false
    }

    /// Whether it is a place of the tree, with or without a value there: no item that was taken out, nor something inside a value that was replaced.
    pub(crate) fn is_of_root(&self, id: NodeId) -> bool {
        let mut at = id;
        while let Some(parent) = self.parent(at) {
            // A rule may ask for a member of what turned out to be a list.
            let is_item = self.value(at).hash_of_name() == 0;
            if is_item && !self.is_attached(at) {
                return false;
            }
            at = parent;
        }
        at == 0
    }

    /// Whether it holds no value.
    pub(crate) fn is_void(&self, id: NodeId) -> bool {
        self.link(id).is_none_or(|link| link.void)
    }

    /// How often the id was given away again: together they name one value for ever.
    pub(crate) fn life(&self, id: NodeId) -> Option<u16> {
        Some(self.link(id)?.life)
    }

    /// How many levels down from the outermost value it stands.
    pub(crate) fn depth(&self, id: NodeId) -> usize {
        std::iter::successors(self.parent(id), |at| self.parent(*at)).count()
    }

    fn link(&self, id: NodeId) -> Option<&Link> {
        self.links.get(id as usize)
    }

    fn change(&mut self, id: NodeId, change: impl FnOnce(&mut Link)) {
        if let Some(link) = self.links.get_mut(id as usize) {
            change(link);
        }
    }

    fn node(&mut self, id: NodeId, change: impl FnOnce(&mut Node)) {
        if let Some(node) = self.document.nodes.get_mut(id as usize) {
            change(node);
        }
    }

    /// The member of that name, there or apart.
    pub(crate) fn find(&self, object: NodeId, name: &str) -> Option<NodeId> {
        let hash = name_hash(name);
        let there = self.value(object).member_hashed(name, hash).map(Value::id);
        there.or_else(|| self.find_apart(object, name, hash))
    }

    fn find_apart(&self, object: NodeId, name: &str, hash: u32) -> Option<NodeId> {
        let mut at = self.link(object)?.apart;
        while let Some(node) = self.document.nodes.get(at as usize) {
            if self.value(at).is_named(name, hash) {
                return Some(at);
            }
            at = node.next;
        }
        None
    }

    /// The members of an object that stand apart.
    pub(crate) fn apart(&self, object: NodeId) -> impl Iterator<Item = NodeId> {
        let first = self.link(object).map_or(NONE, |link| link.apart);
        let next = |at: &NodeId| self.document.nodes.get(*at as usize).map(|node| node.next);
        std::iter::successors(Some(first), next).take_while(|at| *at != NONE)
    }

    /// The place of a member of an object. It stands apart without a value where there was none.
    pub(crate) fn spot(&mut self, object: NodeId, name: &str) -> NodeId {
        if let Some(known) = self.find(object, name) {
            return known;
        }
        let span = self.keep(name);
        let id = self.new_node(Node {
            id: 0,
            kind: Kind::Null,
            edited: false,
            name_hash: name_hash(name),
            name: span,
            span: Span::default(),
            next: 0,
        });
        self.change(id, |link| (link.parent, link.void) = (object, true));
        self.put_apart(id);
        id
    }

    /// A new value with all inside, that stands nowhere.
    pub(crate) fn make(&mut self, value: &Document) -> NodeId {
        let tail = u32::try_from(self.document.nodes.len()).unwrap_or(u32::MAX);
        if let [single] = value.nodes.as_slice()
            && !single.holds_others()
        {
            let span = self.keep(value.root().text_of());
            return self.new_node(Node { span, ..*single });
        }
        let added = Self::new(value.clone()).links.into_iter().map(|link| {
            let moved = |id: NodeId| if id == NONE { NONE } else { id.saturating_add(tail) };
            Link { parent: moved(link.parent), before: moved(link.before), last: moved(link.last), ..link }
        });
        self.links.extend(added);
        self.change(tail, |link| link.attached = false);
        self.document.append(value)
    }

    /// A list without items, that stands nowhere.
    pub(crate) fn make_list(&mut self) -> NodeId {
        let empty = Span::default();
        self.new_node(Node { id: 0, kind: Kind::Array, edited: true, name_hash: 0, name: empty, span: empty, next: 0 })
    }

    /// Makes a place without a value an object without members, or the other way about. What stands apart in it stays.
    pub(crate) fn hollow(&mut self, id: NodeId, is_object: bool) {
        let kind = if is_object { Kind::Object } else { Kind::Null };
        self.node(id, |node| (node.kind, node.edited, node.span) = (kind, is_object, Span::default()));
        self.change(id, |link| (link.last, link.void) = (NONE, !is_object));
    }

    /// A node without a value, that stands nowhere.
    pub(crate) fn make_void(&mut self) -> NodeId {
        let empty = Span::default();
        let id = self.new_node(Node { id: 0, kind: Kind::Null, edited: false, name_hash: 0, name: empty, span: empty, next: 0 });
        self.change(id, |link| link.void = true);
        id
    }

    fn new_node(&mut self, node: Node) -> NodeId {
        let id = self.free;
        if let Some(old) = self.document.nodes.get_mut(id as usize) {
            self.free = old.next;
            *old = Node { id, ..node };
            let life = self.link(id).map_or(0, |link| link.life);
            self.change(id, |link| *link = Link { life, ..ALONE });
            return id;
        }
        let id = u32::try_from(self.document.nodes.len()).unwrap_or(u32::MAX);
        self.document.nodes.push(Node { id, ..node });
        self.links.push(ALONE);
        id
    }

    /// Lets two values change what they hold; names, places and ids stay.
    pub(crate) fn swap(&mut self, one: NodeId, other: NodeId) {
        let (Some(left), Some(right)) = (self.document.nodes.get(one as usize).copied(), self.document.nodes.get(other as usize).copied())
        else {
            return;
        };
        let (Some(here), Some(there)) = (self.link(one).copied(), self.link(other).copied()) else { return };
        self.hold(one, &right, &there);
        self.hold(other, &left, &here);
        for id in [one, other] {
            if let Some(parent) = self.parent(id).filter(|_| self.is_attached(id)) {
                self.touch(parent);
            }
        }
    }

    /// Makes a node hold what another held.
    fn hold(&mut self, id: NodeId, from: &Node, link: &Link) {
        // Only where it stood the first child follows its parent.
        let first = if from.edited { from.span.start } else { from.id + 1 };
        let span = if from.holds_others() { Span { start: first, len: from.span.len } } else { from.span };
        self.node(id, |node| (node.kind, node.edited, node.span) = (from.kind, from.holds_others(), span));
        self.change(id, |own| (own.last, own.apart, own.list, own.void) = (link.last, link.apart, link.list, link.void));
        let mut child = if from.holds_others() && from.span.len > 0 { first } else { 0 };
        while child != 0 && child != NONE {
            self.change(child, |link| link.parent = id);
            child = self.document.nodes.get(child as usize).map_or(0, |node| node.next);
        }
        let mut child = link.apart;
        while child != NONE {
            self.change(child, |link| link.parent = id);
            child = self.document.nodes.get(child as usize).map_or(NONE, |node| node.next);
        }
    }

    /// A new value that is text, or a number of these digits, and stands nowhere.
    pub(crate) fn make_scalar(&mut self, kind: Kind, text: &str) -> NodeId {
        let span = self.keep(text);
        self.new_node(Node { id: 0, kind, edited: false, name_hash: 0, name: Span::default(), span, next: 0 })
    }

    /// How many bytes the text of all values takes.
    pub(crate) const fn bytes(&self) -> usize {
        self.document.text.len().saturating_sub(self.waste)
    }

    /// Lets a member of an object stand in it, behind the others.
    pub(crate) fn attach(&mut self, id: NodeId) {
        let Some(Link { parent, attached: false, .. }) = self.link(id).copied() else { return };
        self.take_from_apart(id);
        let last = self.link(parent).map_or(NONE, |link| link.last);
        self.join(parent, last, id, NONE);
    }

    /// Lets a member of an object stand apart.
    pub(crate) fn detach(&mut self, id: NodeId) {
        if self.is_attached(id) {
            self.unjoin(id);
            self.put_apart(id);
        }
    }

    /// Lets an item that stands apart stand in a list, before that of an index, or behind all.
    pub(crate) fn insert(&mut self, list: NodeId, id: NodeId, at: usize) {
        let next = self.item(list, at);
        let before = match next {
            Some(next) => self.link(next).map_or(NONE, |link| link.before),
            None => self.link(list).map_or(NONE, |link| link.last),
        };
        self.change(id, |link| link.parent = list);
        self.node(id, |node| (node.name, node.name_hash) = (Span::default(), 0));
        self.join(list, before, id, next.unwrap_or(NONE));
        if let Some(rows) = self.rows_of(list) {
            let chunk = rows.insert(at, id);
            self.change(id, |link| link.chunk = chunk);
            self.moved_rows(list);
        }
    }

    /// Takes an item out of its list.
    pub(crate) fn remove(&mut self, id: NodeId) {
        let Some(Link { parent, attached: true, chunk, .. }) = self.link(id).copied() else { return };
        self.unjoin(id);
        if let Some(rows) = self.rows_of(parent) {
            rows.remove(chunk, id);
        }
    }

    /// Where an item stands in its list.
    pub(crate) fn index_of(&mut self, id: NodeId) -> Option<usize> {
        let list = self.parent(id).filter(|_| self.is_attached(id))?;
        self.index(list);
        let chunk = self.link(id)?.chunk;
        match self.rows_of(list) {
            Some(rows) => rows.position(chunk, id),
            None => self.value(list).items().position(|item| item.id() == id),
        }
    }

    /// The item of a list at an index.
    pub(crate) fn item(&mut self, list: NodeId, at: usize) -> Option<NodeId> {
        self.index(list);
        match self.rows_of(list) {
            Some(rows) => rows.get(at),
            None => self.value(list).item(at).map(Value::id),
        }
    }

    fn rows_of(&mut self, list: NodeId) -> Option<&mut Rows> {
        let at = self.link(list)?.list;
        self.lists.get_mut(at as usize)
    }

    /// Makes the items of all long lists findable by their numbers now, not with the first edit.
    pub(crate) fn index_lists(&mut self) {
        for id in 0..self.links.len() {
            self.index(id as NodeId);
        }
    }

    /// Makes the items of a long list findable by their numbers.
    fn index(&mut self, list: NodeId) {
        const LONG: usize = 24;
        let value = self.value(list);
        if value.kind() != Kind::Array || value.len() < LONG || self.link(list).is_none_or(|link| link.list != NONE) {
            return;
        }
        let rows = Rows::new(value.items().map(Value::id));
        let place = self.lists.len() as u32;
        self.lists.push(rows);
        self.change(list, |link| link.list = place);
        self.moved_rows(list);
    }

    /// Notes for items in which chunk of the index they are, once chunks were made.
    fn moved_rows(&mut self, list: NodeId) {
        let Some(moved) = self.rows_of(list).map(Rows::moved) else { return };
        for (id, chunk) in moved {
            self.change(id, |link| link.chunk = chunk);
        }
    }

    /// Puts a node between two of a parent's children.
    fn join(&mut self, parent: NodeId, before: NodeId, id: NodeId, next: NodeId) {
        self.touch(parent);
        self.change(id, |link| (link.before, link.attached) = (before, true));
        self.node(id, |node| node.next = if next == NONE { 0 } else { next });
        if before == NONE {
            self.node(parent, |node| node.span.start = id);
        } else {
            self.node(before, |node| node.next = id);
        }
        if next == NONE {
            self.change(parent, |link| link.last = id);
        } else {
            self.change(next, |link| link.before = id);
        }
        self.node(parent, |node| node.span.len += 1);
    }

    fn unjoin(&mut self, id: NodeId) {
        let Some(Link { parent, before, .. }) = self.link(id).copied() else { return };
        self.touch(parent);
        let next = self.document.nodes.get(id as usize).map_or(0, |node| node.next);
        if before == NONE {
            self.node(parent, |node| node.span.start = next);
        } else {
            self.node(before, |node| node.next = next);
        }
        if next == 0 {
            self.change(parent, |link| link.last = before);
        } else {
            self.change(next, |link| link.before = before);
        }
        self.node(parent, |node| node.span.len -= 1);
        self.change(id, |link| (link.before, link.attached) = (NONE, false));
        self.node(id, |node| node.next = 0);
    }

    fn put_apart(&mut self, id: NodeId) {
        let Some(parent) = self.parent(id) else { return };
        let first = self.link(parent).map_or(NONE, |link| link.apart);
        self.node(id, |node| node.next = first);
        self.change(id, |link| link.before = NONE);
        self.change(first, |link| link.before = id);
        self.change(parent, |link| link.apart = id);
    }

    fn take_from_apart(&mut self, id: NodeId) {
        let Some(Link { parent, before, .. }) = self.link(id).copied() else { return };
        let next = self.document.nodes.get(id as usize).map_or(NONE, |node| node.next);
        if before == NONE {
            self.change(parent, |link| link.apart = next);
        } else {
            self.node(before, |node| node.next = next);
        }
        self.change(next, |link| link.before = before);
    }

    /// Notes that the children of a list or object are no longer as they were read.
    fn touch(&mut self, id: NodeId) {
        let mut at = id;
        while let Some(node) = self.document.nodes.get_mut(at as usize).filter(|node| !node.edited) {
            (node.edited, node.span.start) = (true, node.id + 1);
            at = self.parent(at).unwrap_or(NONE);
        }
    }

    /// Gives up a value that stands nowhere, with all inside and apart in it: their ids will name others.
    pub(crate) fn give_up(&mut self, id: NodeId) {
        let (mut waiting, mut next) = (Vec::new(), Some(id));
        while let Some(at) = next {
            waiting.extend(self.value(at).children().map(Value::id));
            waiting.extend(self.apart(at));
            self.waste += self.value(at).text_len() as usize + self.value(at).name_bytes().len();
            if let Some(list) = self.rows_of(at) {
                *list = Rows::default();
            }
            let free = self.free;
            self.node(at, |node| {
                *node = Node {
                    kind: Kind::Null,
                    edited: false,
                    name_hash: 0,
                    name: Span::default(),
                    span: Span::default(),
                    next: free,
                    ..*node
                }
            });
            self.change(at, |link| *link = Link { life: link.life.wrapping_add(1), void: true, ..ALONE });
            self.free = at;
            next = waiting.pop();
        }
        self.tidy();
    }

    /// Puts a text behind all others.
    fn keep(&mut self, text: &str) -> Span {
        let span = Span { start: self.document.text.len() as u32, len: text.len() as u32 };
        self.document.text.push_str(text);
        span
    }

    /// Writes the text anew once most of it is used no more.
    fn tidy(&mut self) {
        const LITTLE: usize = 1 << 16;
        if self.waste < LITTLE || self.waste * 2 < self.document.text.len() {
            return;
        }
        let old = std::mem::take(&mut self.document.text);
        let mut text = String::with_capacity(old.len().saturating_sub(self.waste));
        let mut name = Span::default();
        for node in &mut self.document.nodes {
            // In a table the same names come again and again.
            if text_at(&old, node.name) != text_at(&text, name) {
                name = moved(&old, node.name, &mut text);
            }
            node.name = if node.name.len == 0 { Span::default() } else { name };
            if matches!(node.kind, Kind::String | Kind::Number) {
                node.span = moved(&old, node.span, &mut text);
            }
        }
        self.document.text = text;
        self.waste = 0;
    }
}

fn moved(old: &str, span: Span, text: &mut String) -> Span {
    let start = text.len() as u32;
    text.push_str(text_at(old, span));
    Span { start, len: span.len }
}

fn text_at(text: &str, span: Span) -> &str {
    text.get(span.start as usize..(span.start + span.len) as usize).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{canonical, to_json};
    use proptest::prelude::*;

    fn tree(text: &str) -> Tree {
        Tree::new(Document::read(text).unwrap())
    }

    fn make(tree: &mut Tree, text: &str) -> NodeId {
        tree.make(&Document::read(text).unwrap())
    }

    fn set(tree: &mut Tree, id: NodeId, text: &str) {
        let stash = make(tree, text);
        tree.swap(id, stash);
        tree.give_up(stash);
    }

    fn text(tree: &Tree) -> String {
        canonical(tree.root()).unwrap()
    }

    #[test]
    fn members_come_and_go_and_keep_their_ids() {
        let mut tree = tree(r#"{"a": 1, "b": {"c": [1, 2]}}"#);
        let b = tree.find(0, "b").unwrap();
        tree.detach(b);
        assert_eq!((text(&tree), tree.stands(b), tree.find(0, "b")), (r#"{"a":1}"#.to_owned(), false, Some(b)));
        let d = tree.spot(b, "d");
        assert_eq!((tree.is_void(d), tree.spot(b, "d")), (true, d));
        set(&mut tree, d, "{\"x\": true}");
        tree.attach(d);
        tree.attach(b);
        assert_eq!(text(&tree), r#"{"a":1,"b":{"c":[1,2],"d":{"x":true}}}"#);
        assert_eq!((tree.depth(d), tree.root().size(), tree.stands(d)), (2, 8, true));
        set(&mut tree, 0, r#"{"e": []}"#);
        assert_eq!(text(&tree), r#"{"e":[]}"#);
    }

    #[test]
    fn what_was_given_up_names_nothing_any_more() {
        let mut tree = tree("[[1], 2]");
        let first = tree.item(0, 0).unwrap();
        let life = tree.life(first);
        tree.remove(first);
        tree.give_up(first);
        assert_ne!(tree.life(first), life);
        let again = make(&mut tree, "3");
        tree.insert(0, again, 9);
        assert_eq!((text(&tree), tree.len()), ("[2,3]".to_owned(), 4));
    }

    #[test]
    fn a_text_that_was_written_often_takes_no_room() {
        let mut tree = tree(r#"{"a": "", "b": "stays", "c": {"a": 5}}"#);
        let a = tree.find(0, "a").unwrap();
        for at in 0..10_000 {
            let made = tree.make_scalar(Kind::String, &format!("{at:050}"));
            tree.swap(a, made);
            tree.give_up(made);
        }
        assert!(tree.document.text.len() < 200_000);
        assert_eq!(text(&tree), format!(r#"{{"a":"{:050}","b":"stays","c":{{"a":5}}}}"#, 9_999));
    }

    /// A step: what is done, at which place, with which value.
    type Step = (u8, usize, usize, String);

    /// Does the same to a tree and to a list of texts that stands for the list in it.
    fn both(tree: &mut Tree, list: NodeId, model: &mut Vec<String>, (what, at, to, value): &Step) {
        let (len, at) = (model.len(), at % (model.len() + 1));
        match (what, tree.item(list, at)) {
            (0..=2, _) => {
                let id = make(tree, value);
                tree.insert(list, id, at);
                model.insert(at, value.clone());
            }
            (3, Some(id)) => {
                tree.remove(id);
                tree.give_up(id);
                model.remove(at);
            }
            (4, Some(id)) => {
                let to = to % len;
                tree.remove(id);
                tree.insert(list, id, to);
                let row = model.remove(at);
                model.insert(to, row);
            }
            (_, Some(id)) => {
                set(tree, id, value);
                model[at] = value.clone();
            }
            (_, None) => {}
        }
    }

    proptest! {
        #[test]
        fn a_list_is_edited_as_a_plain_one(
            rows in 0_usize..400,
            steps in proptest::collection::vec((0_u8..7, any::<usize>(), any::<usize>(), r#"[0-9]|"[a-z]{0,5}"|\{\}|\{"a":\[1,\{"b":2\}\]\}|\[\]"#), 0..300),
        ) {
            let mut model: Vec<String> = (0..rows).map(|at| at.to_string()).collect();
            let mut tree = tree(&format!(r#"{{"x": 1, "l": [{}]}}"#, model.join(",")));
            let list = tree.find(0, "l").unwrap();
            for step in &steps {
                both(&mut tree, list, &mut model, step);
            }
            prop_assert_eq!(to_json(&tree.value(list)), format!("[{}]", model.join(",")));
            let fresh = Document::read(to_json(&tree.root())).unwrap();
            prop_assert_eq!(tree.root().size(), fresh.len());
            prop_assert_eq!(tree.root().text_size(), fresh.root().text_size());
            for at in 0..model.len() {
                let id = tree.item(list, at).unwrap();
                prop_assert_eq!((tree.index_of(id), tree.parent(id), tree.stands(id)), (Some(at), Some(list), true));
            }
            prop_assert_eq!(tree.item(list, model.len()), None);
        }
    }
}
