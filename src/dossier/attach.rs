//! Putting what is known of the files into the data, before it is checked.

use super::attachment::{Attachment, described, part_name};
use super::error::{MOST_ATTACHMENTS, SealError};
use crate::digest::Sha256;
use crate::json::{Document, Kind, Pointer, ToJson, Value, Writer, index};
use crate::order;
use crate::schema::Schema;
use crate::text::decimal;

/// The data with a list of `{name, mediaType, size, sha256, part}` at the field of each file.
///
/// Files of one field stand in the order given. Parts are numbered in the order of the canonical form, which is also
/// the order of members in the answer. A list that the field held before is replaced.
///
/// # Errors
/// A field lies inside something that is neither object nor array, or there are too many files.
pub fn attach(data: &Document, files: &[Attachment]) -> Result<Document, SealError> {
    let mut lines = Vec::new();
    for Attachment { field, file_name, media_type, size, sha256, .. } in files {
        lines.push(Line { field, name: file_name, media_type, size: u64::from(*size), sha256 });
    }
    entered(data, &lines)
}

/// The data with the part of each file that it lists named by its place, whatever names stood there: what is to be checked and sealed. While a form is
/// filled in, a file may still come before another.
///
/// # Errors
/// A list of files holds something else, a limit is exceeded, or there are too many files.
pub fn named_by_place(schema: &Schema, data: &Document) -> Result<Document, SealError> {
    let parts = described(schema, data)?;
    let fields: Vec<Pointer> = parts.iter().map(|part| part.field.parent()).collect();
    let mut lines = Vec::new();
    for (field, part) in fields.iter().zip(&parts) {
        lines.push(Line { field, name: &part.file_name, media_type: &part.media_type, size: part.size, sha256: &part.sha256 });
    }
    entered(data, &lines)
}

fn entered(data: &Document, lines: &[Line<'_>]) -> Result<Document, SealError> {
    if lines.len() > MOST_ATTACHMENTS {
        return Err(SealError::TooManyAttachments);
    }
    let mut fields: Vec<Field<'_>> = Vec::new();
    for line in lines {
        match fields.iter_mut().find(|known| known.path == line.field) {
            Some(known) => known.files.push(line),
            None => fields.push(Field { path: line.field, tokens: line.field.tokens().collect(), files: vec![line] }),
        }
    }
    let mut form = Form { out: Writer::default(), parts: 0 };
    let all: Vec<_> = fields.iter().collect();
    form.value(Some(data.root()), &all, 0).map_err(|path| SealError::AttachmentField { path: path.clone() })?;
    // What was read can be read again, unless the lists made it too large or too deep.
    Document::read(form.out.finish()).map_err(|_| SealError::AttachmentField { path: Pointer::root() })
}

/// What a form says of a file, without its part.
struct Line<'f> {
    field: &'f Pointer,
    name: &'f str,
    media_type: &'f str,
    size: u64,
    sha256: &'f Sha256,
}

struct Field<'f> {
    path: &'f Pointer,
    tokens: Vec<String>,
    files: Vec<&'f Line<'f>>,
}

/// Nothing, or the field that cannot be where it says.
type Placed<'f> = Result<(), &'f Pointer>;

struct Form {
    out: Writer,
    parts: usize,
}

impl Form {
    /// Writes a value with the lists of the fields below it; `depth` tokens of their paths lead here.
    /// Recursion is bounded by `limits::JSON_DEPTH` for the data and by the tokens of a field beyond it.
    fn value<'f>(&mut self, value: Option<Value<'_>>, fields: &[&Field<'f>], depth: usize) -> Placed<'f> {
        if let Some(field) = fields.iter().find(|field| field.tokens.len() == depth) {
            if fields.len() > 1 {
                return Err(field.path);
            }
            self.list(field);
            return Ok(());
        }
        match (value.map_or(Kind::Object, Value::kind), fields.first()) {
            (Kind::Object, _) => self.object(value, fields, depth),
            (Kind::Array, _) => self.array(value, fields, depth),
            (_, Some(field)) => Err(field.path),
            (_, None) => {
                self.leaf(value);
                Ok(())
            }
        }
    }

    fn object<'f>(&mut self, value: Option<Value<'_>>, fields: &[&Field<'f>], depth: usize) -> Placed<'f> {
        let mut names: Vec<&str> = Vec::new();
        if let Some(value) = value {
            names.extend(value.members().map(|(name, _)| name));
        }
        for field in fields {
            names.extend(field.tokens.get(depth).map(String::as_str));
        }
        // RFC 8785 3.2.3.
        order::sort_by(&mut names, |left, right| left.encode_utf16().cmp(right.encode_utf16()));
        names.dedup();
        self.out.word("{");
        for name in names {
            self.out.name(name);
            self.value(value.and_then(|value| value.member(name)), &below(fields, depth, name), depth + 1)?;
        }
        self.out.close('}');
        Ok(())
    }

    fn array<'f>(&mut self, value: Option<Value<'_>>, fields: &[&Field<'f>], depth: usize) -> Placed<'f> {
        let Some(value) = value else { return Ok(()) };
        for field in fields {
            let inside = |token: &String| index(token).is_some_and(|at| at < value.len());
            if !field.tokens.get(depth).is_some_and(inside) {
                return Err(field.path);
            }
        }
        self.out.word("[");
        for (at, item) in value.items().enumerate() {
            self.value(Some(item), &below(fields, depth, &decimal(at as u64)), depth + 1)?;
        }
        self.out.close(']');
        Ok(())
    }

    fn list(&mut self, field: &Field<'_>) {
        let first = self.parts;
        self.parts += field.files.len();
        self.out.word("[");
        for (file, number) in field.files.iter().zip(first + 1..) {
            // In the order of the canonical form.
            self.out.object(|out| {
                out.member("mediaType", &file.media_type)
                    .member("name", &file.name)
                    .member("part", &part_name(number, file.name))
                    .member("sha256", file.sha256)
                    .member("size", &file.size)
            });
        }
        self.out.close(']');
    }

    /// Digits stay as written: whether a number may be sealed is for the check to say.
    fn leaf(&mut self, value: Option<Value<'_>>) {
        let Some(value) = value else { return };
        match (value.as_str(), value.as_number(), value.as_bool()) {
            (Some(text), _, _) => self.out.string(text),
            (_, Some(number), _) => self.out.word(number.text()),
            (_, _, truth) => truth.write(&mut self.out),
        }
    }
}

fn below<'f, 'a>(fields: &[&'a Field<'f>], depth: usize, token: &str) -> Vec<&'a Field<'f>> {
    let mut below = fields.to_vec();
    below.retain(|field| field.tokens.get(depth).is_some_and(|found| found == token));
    below
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::attachment::listed;
    use crate::json::canonical;
    use crate::schema::{Options, Schema};

    fn file(field: &str, name: &str) -> Attachment {
        let field = Pointer::parse(field).unwrap();
        Attachment { field, file_name: name.to_owned(), media_type: "application/pdf", size: 8, sha256: Sha256::of(b"%PDF-1.7"), crc32: 0 }
    }

    fn attached(data: &str, files: &[Attachment]) -> Result<String, SealError> {
        attach(&Document::read(data).unwrap(), files).map(|document| canonical(document.root()).unwrap())
    }

    #[test]
    fn lists_stand_at_their_fields_numbered_in_canonical_order() {
        let files =
            [file("/z/map", "Bản đồ.pdf"), file("/a/0/id", "mặt sau.pdf"), file("/z/map", "b.pdf"), file("/a/0/id", "mặt trước.pdf")];
        let data = Document::read(r#"{"z": {"n": 1.50, "q\"": null}, "a": [{"x": [true, "ê"]}]}"#).unwrap();
        let document = attach(&data, &files).unwrap();
        let text = r#"{"properties": {"z": {"properties": {"map": FILE}}, "a": {"items": {"properties": {"id": FILE}}}}}"#;
        let text = text.replace("FILE", r#"{"x-attachment": {"mediaTypes": ["application/pdf"], "maxBytes": 9}}"#);
        let entries = listed(&Schema::compile(text, &Options::default()).unwrap(), &document).unwrap();
        let parts: Vec<_> = entries.iter().map(|entry| (entry.field.as_str(), entry.name.as_str())).collect();
        assert_eq!(
            parts,
            [
                ("/a/0/id/0", "att/01-mat-sau.pdf"),
                ("/a/0/id/1", "att/02-mat-truoc.pdf"),
                ("/z/map/0", "att/03-ban-do.pdf"),
                ("/z/map/1", "att/04-b.pdf")
            ]
        );
        // The rest of the data is what it was, digits included.
        let number = Pointer::parse("/z/n").unwrap().find(document.root()).and_then(Value::as_number);
        assert_eq!(number.map(|number| number.text()), Some("1.50"));
        assert_eq!(Pointer::parse("/a/0/x/1").unwrap().find(document.root()).and_then(Value::as_str), Some("ê"));
        assert_eq!(document.root().member("z").and_then(|z| z.member("q\"")).map(Value::kind), Some(Kind::Null));
    }

    #[test]
    fn parts_are_named_by_their_place_whatever_was_written_there() {
        let rule = r#"{"x-attachment": {"mediaTypes": ["application/pdf"], "maxBytes": 9, "maxFiles": 2}}"#;
        let schema = Schema::compile(format!(r#"{{"properties": {{"z": {rule}, "a": {rule}}}}}"#), &Options::default()).unwrap();
        let row = |name, part| {
            format!(r#"{{"name": "{name}", "mediaType": "application/pdf", "size": 8{part}, "sha256": "{}"}}"#, "0".repeat(64))
        };
        let (none, wrong) = ("", r#", "part": "att/07-x.pdf""#);
        let data = format!(r#"{{"z": [{}], "a": [{}, {}]}}"#, row("1.pdf", wrong), row("2.pdf", none), row("3.pdf", wrong));
        let entries = listed(&schema, &named_by_place(&schema, &Document::read(data).unwrap()).unwrap()).unwrap();
        let parts: Vec<_> = entries.iter().map(|entry| (entry.field.as_str(), entry.name.as_str())).collect();
        assert_eq!(parts, [("/a/0", "att/01-2.pdf"), ("/a/1", "att/02-3.pdf"), ("/z/0", "att/03-1.pdf")]);
        let malformed = Document::read(r#"{"a": [{"name": "x"}]}"#).unwrap();
        assert!(matches!(named_by_place(&schema, &malformed), Err(SealError::AttachmentField { .. })));
    }

    #[test]
    fn missing_objects_are_made_and_old_lists_replaced() {
        let text = attached(r#"{"a": {"b": ["old"]}}"#, &[file("/a/b", "x.pdf"), file("/c/d", "y.pdf")]).unwrap();
        assert!(!text.contains("old") && text.contains(r#""c":{"d":[{"#), "{text}");
        assert_eq!(attached(r#"{"b":1,"a":[]}"#, &[]).unwrap(), r#"{"a":[],"b":1}"#);
    }

    #[test]
    fn fields_that_cannot_be_are_refused() {
        for field in ["/text/a", "/rows/2", "/rows/01", "/rows/-", "/rows/x"] {
            let result = attached(r#"{"text": "a", "rows": [{}, {}]}"#, &[file(field, "x.pdf")]);
            assert_eq!(result, Err(SealError::AttachmentField { path: Pointer::parse(field).unwrap() }), "{field}");
        }
        let nested = attached("{}", &[file("/a", "x.pdf"), file("/a/b", "y.pdf")]);
        assert!(matches!(nested, Err(SealError::AttachmentField { .. })));
        let deep = "/a".repeat(crate::limits::JSON_DEPTH + 1);
        assert!(matches!(attached("{}", &[file(&deep, "x.pdf")]), Err(SealError::AttachmentField { .. })));
    }
}
