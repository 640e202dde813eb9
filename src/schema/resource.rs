//! Schema resources: what `$id`, `$anchor`, `$dynamicAnchor` and `$recursiveAnchor` name (JSON Schema Core 2020-12, 8.2; 2019-09, 8.2;
//! draft 7, 8.2 and 8.3). Names count only where a subschema stands, not inside an `enum` or a keyword that nobody knows.

use super::dialect::{Dialect, Draft};
use super::error::SchemaProblem;
use super::uri;
use super::vocabulary::{self, Holds};
use crate::digest::Sha256;
use crate::json::{self, Document, Kind, NodeId, Pointer, Value};
use crate::limits;
use crate::order;
use crate::pairs::{Pairs, Sorted};
use crate::text::cut;

/// The place of a resource in [`Resources::list`].
pub(super) type ResourceId = u32;

/// A schema with an address of its own.
pub(super) struct Resource {
    pub(super) root: NodeId,
    /// The id behind its last value.
    end: NodeId,
    /// The resource around it.
    above: Option<ResourceId>,
    pub(super) uri: String,
    pub(super) dialect: Dialect,
}

/// A name inside a resource.
struct Anchor<'s> {
    resource: ResourceId,
    name: &'s str,
    at: NodeId,
    dynamic: bool,
}

/// Every resource of a schema and of the documents that came with it.
pub(super) struct Resources<'s> {
    source: &'s Document,
    /// What a document is written in that does not say so.
    draft: Draft,
    list: Vec<Resource>,
    /// By the nodes of their roots.
    by_root: Sorted,
    by_uri: Sorted,
    anchors: Vec<Anchor<'s>>,
    by_name: Sorted,
    /// The names that references look up while the schema runs, each once; one more than is allowed where there are too many.
    pub(super) dynamic: Vec<&'s str>,
    /// Where each document begins.
    pub(super) documents: &'s [NodeId],
    pub(super) mistakes: Vec<(NodeId, SchemaProblem)>,
    /// What large objects, by name, and large arrays hold that pointers led into, and which list is whose.
    inside: Vec<Vec<NodeId>>,
    inside_of: Pairs,
}

/// The schema and every document that its references may lead to, on one tape, and where each begins. A document stands there under
/// the name of its address.
pub(super) fn joined(source: Document, refs: Option<&Document>) -> (Document, Vec<NodeId>) {
    let mut all = source;
    let mut documents = vec![0];
    if let Some(refs) = refs {
        add(&mut all, refs, &mut documents);
    }
    for draft in [Draft::Draft7, Draft::Draft201909, Draft::Draft202012] {
        if is_named(&all, draft)
            && let Ok(set) = Document::read(draft.documents())
        {
            add(&mut all, &set, &mut documents);
        }
    }
    (all, documents)
}

/// The document that a value of such a tape stands in.
pub(super) fn document_of<'s>(source: &'s Document, documents: &[NodeId], id: NodeId) -> Value<'s> {
    let behind = documents.partition_point(|root| *root <= id);
    source.value(documents.get(behind.wrapping_sub(1)).copied().unwrap_or_default())
}

fn add(all: &mut Document, set: &Document, documents: &mut Vec<NodeId>) {
    let at = all.append(set);
    for document in all.value(at).children() {
        documents.push(document.id());
    }
}

/// Whether something refers to one of a draft's own documents, or is a copy of one.
fn is_named(document: &Document, draft: Draft) -> bool {
    for value in document.values() {
        if matches!(value.name(), "$ref" | "$dynamicRef" | "$id") && value.as_str().and_then(Draft::holding) == Some(draft) {
            return true;
        }
    }
    false
}

impl<'s> Resources<'s> {
    pub(super) fn index(source: &'s Document, documents: &'s [NodeId], draft: Draft) -> Self {
        let (list, anchors) = (Vec::new(), Vec::new());
        let (by_root, by_uri, by_name) = (Sorted::default(), Sorted::default(), Sorted::default());
        let (dynamic, mistakes) = (Vec::new(), Vec::new());
        let (inside, inside_of) = (Vec::new(), Pairs::default());
        let mut all = Self { source, draft, list, by_root, by_uri, anchors, by_name, dynamic, documents, mistakes, inside, inside_of };
        for root in documents {
            all.document(source.value(*root));
        }
        all.by_root.sort();
        all.by_uri.sort();
        all.by_name.sort();
        all
    }

    fn document(&mut self, root: Value<'s>) {
        let first = self.next();
        let mut waiting = vec![(root, None)];
        while let Some((schema, above)) = waiting.pop() {
            let resource = self.resource(schema, above);
            let dialect = self.dialect(resource);
            self.anchors(schema, resource, dialect.draft);
            for (keyword, value) in schema.members() {
                let Some(keyword) = vocabulary::keyword(keyword, dialect) else { continue };
                match keyword.holds {
                    Holds::Nothing => {}
                    Holds::Schemas if value.kind() == Kind::Object => waiting.push((value, Some(resource))),
                    Holds::Schemas | Holds::Members => {
                        for inner in value.children() {
                            waiting.push((inner, Some(resource)));
                        }
                    }
                }
            }
        }
        if !root.name().is_empty() {
            self.by_uri.push(tag(without_fragment(root.name())), first);
        }
    }

    /// The resource of a subschema: its own, or the one around it.
    fn resource(&mut self, schema: Value<'s>, above: Option<ResourceId>) -> ResourceId {
        let mut dialect = above.map_or_else(|| self.draft.into(), |above| self.dialect(above));
        let mut id = text(schema, "$id").filter(|id| !id.starts_with('#'));
        if (id.is_some() || above.is_none())
            && let Some(named) = schema.member("$schema")
        {
            match self.dialect_named(named, 0) {
                Ok(found) => dialect = found,
                Err(problem) => self.mistakes.push((named.id(), problem)),
            }
        }
        // Draft 7, 8.3: beside `$ref` nothing counts.
        if dialect.draft == Draft::Draft7 && schema.member("$ref").is_some() {
            id = None;
        }
        if let (Some(above), None) = (above, id) {
            return above;
        }
        let base = above.and_then(|above| self.get(above)).map_or(without_fragment(schema.name()), |around| &around.uri);
        let mut uri = uri::resolve(base, without_fragment(id.unwrap_or_default()));
        if uri.len() > limits::URI_BYTES {
            self.mistakes.push((schema.id(), SchemaProblem::UriTooLong));
            uri = String::new();
        }
        let resource = self.next();
        self.by_uri.push(tag(&uri), resource);
        let end = schema.id() + u32::try_from(schema.size()).unwrap_or(u32::MAX);
        self.by_root.push(schema.id(), resource);
        self.list.push(Resource { root: schema.id(), end, above, uri, dialect });
        resource
    }

    /// The dialect that a `$schema` names: a draft's, or that of a meta-schema among the documents.
    fn dialect_named(&self, named: Value<'_>, depth: usize) -> Result<Dialect, SchemaProblem> {
        const METAS: usize = 8;
        let uri = named.as_str().ok_or(SchemaProblem::takes("địa chỉ của một phiên bản JSON Schema", "the address of a dialect"))?;
        if let Some(draft) = Draft::of_schema(uri) {
            return Ok(draft.into());
        }
        let address = without_fragment(uri);
        for root in self.documents {
            let meta = self.source.value(*root);
            if depth < METAS && !address.is_empty() && (meta.name() == address || text(meta, "$id") == Some(address)) {
                let written = meta.member("$schema").map(|named| self.dialect_named(named, depth + 1));
                return written.unwrap_or_else(|| Ok(Draft::default().into()))?.chosen(meta);
            }
        }
        Err(SchemaProblem::Dialect { dialect: uri.to_owned() })
    }

    fn anchors(&mut self, schema: Value<'s>, resource: ResourceId, draft: Draft) {
        if draft == Draft::Draft7 {
            let fragment = text(schema, "$id").and_then(|id| cut(id, b'#')).filter(|_| schema.member("$ref").is_none());
            return self.anchor(resource, fragment.map(|(_, name)| name).filter(|name| !name.is_empty()), schema, false);
        }
        self.anchor(resource, text(schema, "$anchor"), schema, false);
        if draft == Draft::Draft201909 {
            let recursive = schema.member("$recursiveAnchor").and_then(Value::as_bool) == Some(true);
            self.anchor(resource, recursive.then_some(""), schema, true);
            self.looks_up(schema.member("$recursiveRef").map(|_| ""));
        } else {
            self.anchor(resource, text(schema, "$dynamicAnchor"), schema, true);
            self.looks_up(text(schema, "$dynamicRef").and_then(|reference| cut(reference, b'#')).map(|(_, name)| name));
        }
    }

    fn anchor(&mut self, resource: ResourceId, name: Option<&'s str>, schema: Value<'_>, dynamic: bool) {
        let Some(name) = name else { return };
        self.by_name.push(hash_of(resource, name), u32::try_from(self.anchors.len()).unwrap_or(u32::MAX));
        self.anchors.push(Anchor { resource, name, at: schema.id(), dynamic });
    }

    fn looks_up(&mut self, name: Option<&'s str>) {
        if let Some(name) = name.filter(|name| !self.dynamic.iter().any(|known| known == name))
            && self.dynamic.len() <= limits::DYNAMIC_NAMES
        {
            self.dynamic.push(name);
        }
    }

    fn next(&self) -> ResourceId {
        u32::try_from(self.list.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn get(&self, id: ResourceId) -> Option<&Resource> {
        self.list.get(id as usize)
    }

    pub(super) fn dialect(&self, id: ResourceId) -> Dialect {
        self.get(id).map_or_else(|| Draft::default().into(), |resource| resource.dialect)
    }

    /// The innermost resource that a value stands in.
    pub(super) fn of(&self, node: NodeId) -> ResourceId {
        let mut at = self.by_root.last(node).unwrap_or_default();
        while let Some(above) = self.get(at).filter(|resource| resource.end <= node).and_then(|resource| resource.above) {
            at = above;
        }
        at
    }

    /// The resource at an address.
    pub(super) fn at(&self, uri: &str) -> Option<ResourceId> {
        self.by_uri.find(tag(uri), &mut |id| {
            self.get(id).is_some_and(|resource| resource.uri == uri || without_fragment(self.source.value(resource.root).name()) == uri)
        })
    }

    /// What a pointer leads to, as [`Pointer::find`] finds it, in less time than it takes to pass all that stands before: a schema may
    /// refer to each of a hundred thousand definitions.
    pub(super) fn find(&mut self, root: Value<'s>, pointer: &Pointer) -> Option<Value<'s>> {
        const MANY: usize = 64;
        let mut value = root;
        for token in pointer.tokens() {
            value = match value.kind() {
                Kind::Object | Kind::Array if value.len() >= MANY => self.inside(value, &token)?,
                Kind::Object => value.member(&token)?,
                Kind::Array => value.item(json::index(&token)?)?,
                _ => return None,
            };
        }
        Some(value)
    }

    fn inside(&mut self, value: Value<'s>, token: &str) -> Option<Value<'s>> {
        let (source, is_array, key) = (self.source, value.kind() == Kind::Array, (value.id(), 0));
        let at = self.inside_of.get(key).unwrap_or(u32::try_from(self.inside.len()).ok()?);
        if self.inside_of.insert(key, at) {
            let mut ids: Vec<NodeId> = Vec::with_capacity(value.len());
            for child in value.children() {
                ids.push(child.id());
            }
            if !is_array {
                order::sort_by(&mut ids, |left, right| source.value(*left).name().cmp(source.value(*right).name()));
            }
            self.inside.push(ids);
        }
        let ids = self.inside.get(at as usize)?;
        let place = if is_array { json::index(token)? } else { ids.binary_search_by(|id| source.value(*id).name().cmp(token)).ok()? };
        ids.get(place).map(|id| source.value(*id))
    }

    /// The subschema that a name stands for in a resource, and whether references may look it up while the schema runs.
    pub(super) fn named(&self, resource: ResourceId, name: &str) -> Option<(NodeId, bool)> {
        let anchor = |id: u32| self.anchors.get(id as usize);
        let is_it = &mut |id| anchor(id).is_some_and(|anchor| anchor.resource == resource && anchor.name == name);
        let anchor = anchor(self.by_name.find(hash_of(resource, name), is_it)?)?;
        Some((anchor.at, anchor.dynamic))
    }
}

fn text<'s>(schema: Value<'s>, keyword: &str) -> Option<&'s str> {
    schema.member(keyword).and_then(Value::as_str)
}

fn without_fragment(uri: &str) -> &str {
    cut(uri, b'#').map_or(uri, |(uri, _)| uri)
}

/// A number for an address or a name. Those of one number are tried one after the other, so nobody should be able to choose them.
fn tag(text: &str) -> u32 {
    let [first, second, third, fourth, ..] = *Sha256::of(text.as_bytes()).bytes();
    u32::from_le_bytes([first, second, third, fourth])
}

fn hash_of(resource: ResourceId, name: &str) -> u32 {
    tag(name) ^ resource.wrapping_mul(0x9e37_79b1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_lead_where_they_do_elsewhere_however_large_what_they_lead_through() {
        for count in [0, 1, 63, 64, 65, 300] {
            let names: Vec<_> = (0..count).map(|at| format!(r#""n{at}": [{at}], "é{at}/~": {{}}"#)).collect();
            let items: Vec<_> = (0..count).map(|at| format!(r#"{{"a": {at}}}"#)).collect();
            let text = format!(r#"{{"o": {{{}}}, "l": [{}]}}"#, names.join(","), items.join(","));
            let document = Document::read(text).unwrap();
            let mut resources = Resources::index(&document, &[0], Draft::default());
            let paths = (0..310).flat_map(|at| {
                [format!("/o/n{at}/0"), format!("/o/é{at}~1~0"), format!("/l/{at}/a"), format!("/l/0{at}"), format!("/o/{at}")]
            });
            for path in paths.chain(["", "/o", "/l", "/l/-", "/o/", "/x/y"].map(str::to_owned)) {
                let pointer = Pointer::parse(&path).unwrap();
                let found = resources.find(document.root(), &pointer);
                assert_eq!(found.map(Value::id), pointer.find(document.root()).map(Value::id), "{path} of {count}");
            }
        }
    }
}
