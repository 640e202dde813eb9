//! DER: what is read is written again with the same bytes, for there is one encoding of each value.

use hoso::asn1::{Element, Oid, Reader, Tag, Writer};

/// Levels of elements that are looked into; the grammars of hoso have fewer.
const DEPTH: usize = 24;

/// Any bytes are elements or refused.
pub fn holds(input: &[u8]) {
    all(Reader::new(input), DEPTH);
}

fn all(mut reader: Reader<'_>, depth: usize) {
    while reader.more() {
        let element = reader.any();
        if reader.check().is_err() {
            assert!(!reader.more() && element.raw().is_empty(), "after an error there is nothing");
            return;
        }
        same(&element);
        let constructed = element.raw().first().is_some_and(|first| first & 0x20 != 0);
        if constructed && depth > 0 {
            all(Reader::new(element.contents()), depth - 1);
        }
    }
}

fn same(element: &Element<'_>) {
    let (tag, raw) = (element.tag(), element.raw());
    let written = |write: &dyn Fn(&mut Writer)| {
        let mut out = Writer::default();
        write(&mut out);
        out.finish()
    };
    // A tag of several bytes is known by its first alone.
    if raw.first().is_some_and(|first| first & 0x1f != 0x1f) {
        assert_eq!(written(&|out| _ = out.element(tag, element.contents())), raw);
    }
    if let Some(number) = read(raw, Reader::number) {
        assert_eq!(written(&|out| _ = out.number(number)), raw);
    }
    if let Some(truth) = read(raw, Reader::boolean) {
        assert_eq!(written(&|out| _ = out.boolean(truth)), raw);
    }
    if let Some(bits) = read(raw, Reader::bit_string) {
        assert_eq!(written(&|out| _ = out.bit_string(bits)), raw);
    }
    if let Some(oid) = read(raw, Reader::oid) {
        assert_eq!(written(&|out| _ = out.oid(oid)), raw);
        assert_eq!(Oid::parse(&oid.text()), Some(oid.into()), "{oid}");
    }
    if tag == Tag::GENERALIZED_TIME
        && let Some(instant) = read(raw, Reader::instant)
    {
        assert_eq!(written(&|out| _ = out.generalized_time(instant)), raw);
    }
}

fn read<'a, T>(raw: &'a [u8], read: impl FnOnce(&mut Reader<'a>) -> T) -> Option<T> {
    let mut reader = Reader::document(raw);
    let value = read(&mut reader);
    reader.check().ok().map(|()| value)
}
