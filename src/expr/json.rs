//! Values as JSON, as far as Protocol Buffers' mapping has a form for them: bytes in Base64, times as texts.

use super::Val;
use super::call::plain_text;
use crate::json::{ToJson, Writer};
use crate::text::Base64;

impl ToJson for Val<'_> {
    fn write(&self, out: &mut Writer) {
        match self {
            Self::Null | Self::Optional(None) => out.word("null"),
            Self::Optional(Some(value)) => value.write(out),
            Self::Bytes(bytes) => out.string(&Base64::Standard.encode(bytes)),
            Self::Type(name) => out.string(name),
            Self::List(items) => items.write(out),
            Self::Map(map) => out.object(|out| {
                for (key, value) in map.entries() {
                    match key.as_text() {
                        Some(name) => out.member(name, value),
                        None => out.member(&plain_text(key).unwrap_or_default(), value),
                    };
                }
                out
            }),
            Self::Data(value, _) => value.write(out),
            _ => match (self.as_text(), plain_text(self).unwrap_or_default()) {
                (Some(text), _) => out.string(text),
                (_, text) if matches!(self, Self::Bool(_) | Self::Int(_) | Self::Uint(_)) => out.word(&text),
                (_, text) if matches!(self, Self::Double(number) if number.is_finite()) => out.word(&text),
                (_, text) => out.string(&text),
            },
        }
    }
}
