//! Schema resources: what `$id`, `$anchor`, `$dynamicAnchor` and `$recursiveAnchor` name (JSON Schema Core 2020-12, 8.2; 2019-09, 8.2;
//! draft 7, 8.2 and 8.3). Names count only where a subschema stands, not inside an `enum` or a keyword that nobody knows.

use super::dialect::{Dialect, Draft};
use super::error::SchemaProblem;
use super::vocabulary::{self, Holds};
use super::{Options, uri};
use crate::json::{Document, Kind, NodeId, Value, name_hash};
use crate::limits;
use crate::order;

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
    hash: u32,
    resource: ResourceId,
    name: &'s str,
    at: NodeId,
    dynamic: bool,
}

/// Every resource of a schema and of the documents that came with it.
pub(super) struct Resources<'s> {
    /// In document order.
    list: Vec<Resource>,
    /// Hashes of addresses and their resources, sorted once all are known.
    by_uri: Vec<(u32, ResourceId)>,
    /// Other addresses of the documents' roots: where they came from.
    retrieved: Vec<(&'s str, ResourceId)>,
    anchors: Vec<Anchor<'s>>,
    /// The names that a reference looks up while the schema runs.
    dynamic: Vec<&'s str>,
    /// Where each document begins, and the address it came with.
    pub(super) documents: &'s [(NodeId, String)],
    pub(super) mistakes: Vec<(NodeId, SchemaProblem)>,
}

/// The schema and every document that its references may lead to, on one tape; and where each begins.
pub(super) fn joined(source: Document, options: &Options<'_>) -> (Document, Vec<(NodeId, String)>) {
    let mut all = source;
    let mut documents = vec![(0, String::new())];
    for (uri, document) in options.refs {
        let uri = uri.split_once('#').map_or(*uri, |(uri, _)| uri);
        documents.push((all.append(document), uri.to_owned()));
    }
    for draft in drafts_named(&all).into_iter().flatten() {
        let Ok(set) = Document::read(draft.documents()) else { continue };
        let list = all.append(&set);
        for document in all.value(list).items() {
            documents.push((document.id(), String::new()));
        }
    }
    (all, documents)
}

/// The drafts whose own documents something refers to, or is a copy of.
fn drafts_named(document: &Document) -> [Option<Draft>; 3] {
    let mut found = [None; 3];
    for value in document.values() {
        if matches!(value.name(), "$ref" | "$dynamicRef" | "$id")
            && let Some(draft) = value.as_str().and_then(Draft::holding)
            && let Some(place) = found.get_mut(draft as usize)
        {
            *place = Some(draft);
        }
    }
    found
}

impl<'s> Resources<'s> {
    pub(super) fn index(source: &'s Document, documents: &'s [(NodeId, String)], options: &Options<'_>) -> Self {
        let mut all = Self {
            list: Vec::new(),
            by_uri: Vec::new(),
            retrieved: Vec::new(),
            anchors: Vec::new(),
            dynamic: Vec::new(),
            documents,
            mistakes: Vec::new(),
        };
        for (root, uri) in documents {
            all.document(source, *root, uri, options.dialect);
        }
        all.by_uri = all.list.iter().zip(0..).map(|(resource, id)| (name_hash(&resource.uri), id)).collect();
        // Stable: of two with one address the first counts.
        order::sort_by_key(&mut all.by_uri, |(hash, _)| *hash);
        order::sort_by_key(&mut all.anchors, |anchor| anchor.hash);
        all
    }

    fn document(&mut self, source: &'s Document, root: NodeId, uri: &'s str, draft: Draft) {
        let first = self.id();
        let mut waiting = vec![(source.value(root), None)];
        while let Some((schema, above)) = waiting.pop() {
            if schema.kind() != Kind::Object && above.is_some() {
                continue;
            }
            let resource = self.resource(source, schema, above, uri, draft);
            let dialect = self.dialect(resource);
            self.anchors(schema, resource, dialect);
            let from = waiting.len();
            for (keyword, value) in schema.members() {
                let Some(known) = vocabulary::keyword(keyword, dialect) else { continue };
                match known.holds {
                    Holds::Nothing => {}
                    Holds::Schemas if value.kind() == Kind::Array => waiting.extend(value.items().map(|item| (item, Some(resource)))),
                    Holds::Schemas => waiting.push((value, Some(resource))),
                    Holds::Members => waiting.extend(value.fields().map(|member| (member, Some(resource)))),
                }
            }
            waiting.get_mut(from..).into_iter().for_each(<[_]>::reverse);
        }
        if !uri.is_empty() {
            self.retrieved.push((uri, first));
        }
    }

    /// The resource of a subschema: its own, or the one around it.
    fn resource(&mut self, source: &Document, schema: Value<'s>, above: Option<ResourceId>, uri: &str, draft: Draft) -> ResourceId {
        let around = above.and_then(|above| self.list.get(above as usize));
        let base = around.map_or(uri, |around| &around.uri);
        let mut dialect = around.map_or_else(|| Dialect::from(draft), |around| around.dialect);
        let mut id = schema.member("$id").and_then(Value::as_str).filter(|id| !id.starts_with('#'));
        if id.is_some() || above.is_none() {
            match schema.member("$schema") {
                Some(named) => match self.dialect_named(source, named, 0) {
                    Ok(found) => dialect = found,
                    Err(problem) => self.mistakes.push((named.id(), problem)),
                },
                // A document that came along is written as its own `$schema` says, or as the caller says of all.
                None if above.is_none() => dialect = Dialect::from(draft),
                None => {}
            }
        }
        // Draft 7, 8.3: beside `$ref` nothing counts.
        if dialect.draft == Draft::Draft7 && schema.member("$ref").is_some() {
            id = None;
        }
        if let Some((above, None)) = above.map(|above| (above, id)) {
            return above;
        }
        let id = id.map_or(String::new(), |id| id.split_once('#').map_or(id, |(id, _)| id).to_owned());
        let mut uri = uri::resolve(base, &id);
        if uri.len() > limits::URI_BYTES {
            self.mistakes.push((schema.id(), SchemaProblem::UriTooLong));
            uri = String::new();
        }
        let end = schema.id() + u32::try_from(schema.size()).unwrap_or(u32::MAX);
        self.list.push(Resource { root: schema.id(), end, above, uri, dialect });
        self.id() - 1
    }

    /// The dialect that a `$schema` names: a draft's, or that of a meta-schema among the documents.
    fn dialect_named(&self, source: &Document, named: Value<'_>, depth: usize) -> Result<Dialect, SchemaProblem> {
        const METAS: usize = 8;
        let uri = named.as_str().ok_or(SchemaProblem::takes("địa chỉ của một phiên bản JSON Schema", "the address of a dialect"))?;
        if let Some(draft) = Draft::at(uri) {
            return Ok(draft.into());
        }
        let uri = uri.strip_suffix('#').unwrap_or(uri);
        let mut metas = self.documents.iter().map(|(root, from)| (source.value(*root), from));
        let meta = metas.find(|(root, from)| **from == *uri || root.member("$id").and_then(Value::as_str) == Some(uri));
        match meta.filter(|_| depth < METAS && !uri.is_empty()) {
            Some((meta, _)) => match meta.member("$schema") {
                Some(named) => self.dialect_named(source, named, depth + 1)?.chosen(meta),
                None => Dialect::from(Draft::default()).chosen(meta),
            },
            None => Err(SchemaProblem::Dialect { dialect: uri.to_owned() }),
        }
    }

    fn anchors(&mut self, schema: Value<'s>, resource: ResourceId, dialect: Dialect) {
        let text = |keyword| schema.member(keyword).and_then(Value::as_str);
        let old = text("$id").and_then(|id| id.split_once('#')).map(|(_, name)| name);
        match dialect.draft {
            Draft::Draft7 if schema.member("$ref").is_some() => {}
            Draft::Draft7 => old.filter(|name| !name.is_empty()).into_iter().for_each(|name| self.anchor(resource, name, schema, false)),
            Draft::Draft201909 => {
                text("$anchor").into_iter().for_each(|name| self.anchor(resource, name, schema, false));
                if schema.member("$recursiveAnchor").and_then(Value::as_bool) == Some(true) {
                    self.anchor(resource, "", schema, true);
                }
                if schema.member("$recursiveRef").is_some() {
                    self.dynamic.push("");
                }
            }
            Draft::Draft202012 => {
                text("$anchor").into_iter().for_each(|name| self.anchor(resource, name, schema, false));
                text("$dynamicAnchor").into_iter().for_each(|name| self.anchor(resource, name, schema, true));
                let fragment = text("$dynamicRef").and_then(|reference| reference.split_once('#'));
                self.dynamic.extend(fragment.map(|(_, name)| name));
            }
        }
    }

    fn anchor(&mut self, resource: ResourceId, name: &'s str, schema: Value<'_>, dynamic: bool) {
        self.anchors.push(Anchor { hash: hash_of(resource, name), resource, name, at: schema.id(), dynamic });
    }

    fn id(&self) -> ResourceId {
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
        let mut at = self.list.partition_point(|resource| resource.root <= node).saturating_sub(1);
        while let Some(resource) = self.list.get(at).filter(|resource| resource.end <= node) {
            let Some(above) = resource.above else { break };
            at = above as usize;
        }
        u32::try_from(at).unwrap_or(u32::MAX)
    }

    /// The resource at an address.
    pub(super) fn at(&self, uri: &str) -> Option<ResourceId> {
        let hash = name_hash(uri);
        let first = self.by_uri.partition_point(|(known, _)| *known < hash);
        let same = self.by_uri.iter().skip(first).take_while(|(known, _)| *known == hash).map(|(_, id)| *id);
        let named = same.into_iter().find(|id| self.get(*id).is_some_and(|resource| resource.uri == uri));
        named.or_else(|| self.retrieved.iter().find(|(known, _)| *known == uri).map(|(_, id)| *id))
    }

    /// The subschema that a name stands for in a resource, and whether references may look it up while the schema runs.
    pub(super) fn named(&self, resource: ResourceId, name: &str) -> Option<(NodeId, bool)> {
        let hash = hash_of(resource, name);
        let first = self.anchors.partition_point(|anchor| anchor.hash < hash);
        let same = self.anchors.iter().skip(first).take_while(|anchor| anchor.hash == hash);
        let mut found = None;
        for anchor in same.filter(|anchor| anchor.resource == resource && anchor.name == name) {
            found = found.filter(|(_, dynamic)| *dynamic).or(Some((anchor.at, anchor.dynamic)));
        }
        found
    }

    /// The names that references look up while the schema runs, each once.
    pub(super) fn dynamic_names(&self) -> Vec<&'s str> {
        let mut names = self.dynamic.clone();
        order::sort_by(&mut names, Ord::cmp);
        names.dedup();
        names
    }
}

fn hash_of(resource: ResourceId, name: &str) -> u32 {
    name_hash(name) ^ resource.wrapping_mul(0x9e37_79b1)
}
