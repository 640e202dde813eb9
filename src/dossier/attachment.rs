//! Attachments: what is known of each, and what the form says of them.

use super::error::{MOST_ATTACHMENTS, SealError};
use super::manifest::AttachmentPart;
use crate::digest::Sha256;
use crate::json::{Document, Kind, NodeId, Pointer, Reading, Shape, Value};
use crate::limits;
use crate::order;
use crate::schema::Schema;
use crate::text::{decimal, nfc, push_number, slug, small, unsafe_text};

/// A file the citizen attaches, as its content is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// The field, which holds a list of files.
    pub field: Pointer,
    /// The original name, in Unicode's composed form.
    pub file_name: String,
    /// By content.
    pub media_type: &'static str,
    /// Bytes.
    pub size: u32,
    /// The digest of its bytes.
    pub sha256: Sha256,
    /// What the container's header says of its bytes.
    pub crc32: u32,
}

/// The attachments of a form, `{name, mediaType, size, sha256, part}` in the list of a field each, in the order of the data, which
/// must be in canonical form.
///
/// # Errors
/// A limit is exceeded, a marked field holds something else, names are not fit or collide, or parts are not named by their place.
pub fn listed(schema: &Schema, data: &Document) -> Result<Vec<AttachmentPart>, SealError> {
    let entries = described(schema, data)?;
    for (at, entry) in entries.iter().enumerate() {
        if !is_file_name(&entry.file_name) {
            return Err(SealError::AttachmentName { path: entry.field.clone() });
        }
        if entry.name != part_name(at + 1, &entry.file_name) {
            return Err(SealError::AttachmentPart { path: entry.field.clone() });
        }
    }
    refuse_collisions(&entries)?;
    Ok(entries)
}

/// What the lists of files in a form say, in the order of the data. Before sealing no part has to be named.
///
/// # Errors
/// A limit is exceeded, or a marked field holds something else.
pub(super) fn described(schema: &Schema, data: &Document) -> Result<Vec<AttachmentPart>, SealError> {
    // In order, as `attachment_fields` gives them.
    let fields: Vec<_> = schema.attachment_fields(data).map_err(SealError::Limit)?.into_iter().map(Value::id).collect();
    let mut places = Vec::new();
    find(data.root(), &Pointer::root(), &fields, &mut places);
    let mut entries = Vec::new();
    for (path, field) in places {
        let items = Shape::at(field).items().map_err(|_| SealError::AttachmentField { path: path.clone() })?;
        for (at, item) in items.enumerate() {
            let path = path.child(&decimal(at as u64));
            entries.push(item.reading(|item| entry(path, item)).map_err(|error| SealError::AttachmentField { path: error.path })?);
        }
    }
    if entries.len() > MOST_ATTACHMENTS {
        return Err(SealError::TooManyAttachments);
    }
    Ok(entries)
}

fn entry(field: Pointer, item: Reading<'_, '_>) -> AttachmentPart {
    let members = item.object(&["mediaType", "name", "sha256", "size"], &["part"]);
    let text = |name| members.member(name).text().to_owned();
    AttachmentPart {
        field,
        file_name: text("name"),
        media_type: text("mediaType"),
        size: members.member("size").size(),
        sha256: members.member("sha256").read(Sha256::from_hex).unwrap_or(Sha256::from_bytes([0; 32])),
        name: members.optional("part").map_or_else(String::new, |part| part.text().to_owned()),
    }
}

/// The places of values, in the order of the data. Recursion is bounded by `limits::JSON_DEPTH`, which the data keeps.
fn find<'d>(value: Value<'d>, path: &Pointer, wanted: &[NodeId], found: &mut Vec<(Pointer, Value<'d>)>) {
    if wanted.binary_search(&value.id()).is_ok() {
        found.push((path.clone(), value));
    } else if found.len() < wanted.len() {
        match value.kind() {
            Kind::Object => value.members().for_each(|(name, member)| find(member, &path.child(name), wanted, found)),
            Kind::Array => value.items().enumerate().for_each(|(at, item)| find(item, &path.child(&decimal(at as u64)), wanted, found)),
            _ => {}
        }
    }
}

/// A receiver who files attachments under their original names must not lose one over another.
fn refuse_collisions(entries: &[AttachmentPart]) -> Result<(), SealError> {
    let mut folded = Vec::new();
    for entry in entries {
        folded.push((fold(&entry.file_name), &entry.file_name));
    }
    order::sort_by(&mut folded, Ord::cmp);
    for pair in folded.windows(2) {
        if let [(left, first), (right, second)] = pair
            && left == right
        {
            return Err(SealError::NameCollision { first: (*first).clone(), second: (*second).clone() });
        }
    }
    Ok(())
}

fn fold(name: &str) -> String {
    nfc(name).chars().map(small).collect()
}

/// The name in the package: `att/01-giay-chung-nhan.pdf` for the first file, `Giấy chứng nhận.PDF`.
#[must_use]
pub fn part_name(number: usize, file_name: &str) -> String {
    let (stem, ending) = file_name.rsplit_once('.').unwrap_or((file_name, ""));
    let is_ending = !ending.is_empty() && ending.len() <= limits::ENDING_LETTERS && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let stem = slug(if is_ending { stem } else { file_name }, limits::SLUG_LETTERS);
    // "tệp": a name of which no letter is left.
    let stem = if stem.is_empty() { "tep" } else { &stem };
    let point = if is_ending { "." } else { "" };
    let ending = if is_ending { ending.to_ascii_lowercase() } else { String::new() };
    let mut name = numbered(number);
    for piece in [stem, point, &ending] {
        name.push_str(piece);
    }
    name
}

/// Whether this is a name that [`part_name`] makes for some file at that number.
#[must_use]
pub fn is_part_name(name: &str, number: usize) -> bool {
    let Some(rest) = name.strip_prefix(&numbered(number)) else { return false };
    part_name(number, rest) == name
}

fn numbered(number: usize) -> String {
    let mut name = "att/".to_owned();
    push_number(number as u64, 2, &mut name);
    name.push('-');
    name
}

/// A name that a file system can hold and a person can read as it is: no path, nothing that hides or reorders letters.
#[must_use]
pub fn is_file_name(name: &str) -> bool {
    let fits = !name.is_empty() && name.len() <= limits::FILE_NAME_BYTES && name != "." && name != "..";
    fits && !name.contains(['/', '\\', '\n']) && unsafe_text(name).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Options;
    use proptest::prelude::*;

    const SCHEMA: &str = r##"{"properties": {"files": {"properties": {"id": {"$ref": "#/$defs/file"}, "map": {"$ref": "#/$defs/file"}}}},
        "$defs": {"file": {"x-attachment": {"mediaTypes": ["application/pdf"], "maxBytes": 9, "maxFiles": 2}}}}"##;

    fn file(name: &str, part: &str) -> String {
        format!(r#"{{"mediaType":"application/pdf","name":"{name}","part":"{part}","sha256":"{}","size":9}}"#, Sha256::of(b"x"))
    }

    fn list(id: &[String], map: &[String]) -> Result<Vec<AttachmentPart>, SealError> {
        let text = format!(r#"{{"files":{{"id":[{}],"map":[{}]}}}}"#, id.join(","), map.join(","));
        listed(&Schema::compile(SCHEMA, &Options::default()).unwrap(), &Document::read(text).unwrap())
    }

    #[test]
    fn attachments_are_listed_in_the_order_of_the_data() {
        let entries =
            list(&[file("Căn cước.pdf", "att/01-can-cuoc.pdf"), file("b", "att/02-b")], &[file("c.PDF", "att/03-c.pdf")]).unwrap();
        let places: Vec<_> = entries.iter().map(|entry| (entry.field.as_str(), entry.name.as_str())).collect();
        assert_eq!(places, [("/files/id/0", "att/01-can-cuoc.pdf"), ("/files/id/1", "att/02-b"), ("/files/map/0", "att/03-c.pdf")]);
    }

    #[test]
    fn a_list_that_is_not_as_it_must_be_is_refused() {
        let place = |path: &str| Pointer::parse(path).unwrap();
        let good = file("a.pdf", "att/01-a.pdf");
        for (id, expected) in [
            (file("a.pdf", "att/02-a.pdf"), SealError::AttachmentPart { path: place("/files/id/0") }),
            (file("a.pdf", "att/01-b.pdf"), SealError::AttachmentPart { path: place("/files/id/0") }),
            (file("../a.pdf", "att/01-a.pdf"), SealError::AttachmentName { path: place("/files/id/0") }),
            (file("fdp.\\u202eexe.pdf", "att/01-fdp-exe.pdf"), SealError::AttachmentName { path: place("/files/id/0") }),
            (file("a\\u0301.pdf", "att/01-a.pdf"), SealError::AttachmentName { path: place("/files/id/0") }),
            (file("", "att/01-tep"), SealError::AttachmentName { path: place("/files/id/0") }),
            (good.replace("\"size\":9", "\"size\":-9"), SealError::AttachmentField { path: place("/files/id/0/size") }),
            (good.replace("\"size\":9", "\"size\":9,\"x\":1"), SealError::AttachmentField { path: place("/files/id/0/x") }),
            (good.replace("\"sha256\"", "\"sha\""), SealError::AttachmentField { path: place("/files/id/0/sha") }),
            ("3".to_owned(), SealError::AttachmentField { path: place("/files/id/0") }),
        ] {
            assert_eq!(list(std::slice::from_ref(&id), &[]), Err(expected), "{id}");
        }
    }

    #[test]
    fn names_that_a_receiver_could_confuse_are_refused() {
        for (first, second) in [("A.pdf", "a.pdf"), ("a.pdf", "a.pdf"), ("ĐƠN.pdf", "đơn.pdf")] {
            let slugged = |number, name| file(name, &part_name(number, name));
            let collision = list(&[slugged(1, first)], &[slugged(2, second)]);
            assert!(matches!(collision, Err(SealError::NameCollision { .. })), "{first} {second}");
        }
    }

    #[test]
    fn parts_are_named_in_plain_letters() {
        for (number, name, expected) in [
            (1, "Giấy chứng nhận.PDF", "att/01-giay-chung-nhan.pdf"),
            (12, "không đuôi", "att/12-khong-duoi"),
            (3, "日本.png", "att/03-tep.png"),
            (4, ".gitignore", "att/04-gitignore"),
            (5, "a.b.c.d e", "att/05-a-b-c-d-e"),
            (100, "x.jpeg", "att/100-x.jpeg"),
        ] {
            assert_eq!(part_name(number, name), expected);
            assert!(is_part_name(expected, number), "{expected}");
        }
    }

    #[test]
    fn other_part_names_are_told_apart() {
        for name in [
            "att/1-a.pdf",
            "att/02-a.pdf",
            "att/01-A.pdf",
            "att/01-a..pdf",
            "att/01--a.pdf",
            "att/01-a-.pdf",
            "att/01-../a",
            "att/01-",
            "att/01-.pdf",
            "att/01-a/b.pdf",
            "01-a.pdf",
        ] {
            assert!(!is_part_name(name, 1), "{name}");
        }
    }

    proptest! {
        #[test]
        fn every_name_gives_a_part_that_a_package_may_hold(name in "\\PC{0,300}", number in 1_usize..999) {
            let part = part_name(number, &name);
            prop_assert!(is_part_name(&part, number), "{part}");
            prop_assert!(part.len() <= limits::ENTRY_NAME_BYTES, "{part}");
        }
    }
}
