//! `uuid`: RFC 9562 4, of any version and variant.
//!
//! `2eb8aa08-aa98-11ea-b4aa-73b441d16380` passes; without its hyphens, or as `urn:uuid:…`, it does not.

use super::{Formatted, unless};

pub(super) fn check(text: &str) -> Formatted {
    let fits = |(at, byte): (usize, u8)| if matches!(at, 8 | 13 | 18 | 23) { byte == b'-' } else { byte.is_ascii_hexdigit() };
    unless(text.len() == 36 && text.bytes().enumerate().all(fits), "uuid.form")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_have_their_digits_and_hyphens() {
        // RFC 9562 5.9, 5.10 and appendix A.
        for text in [
            "00000000-0000-0000-0000-000000000000",
            "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
            "C232AB00-9414-11EC-B3C8-9F6BDECED846",
            "919108f7-52d1-4320-9bac-f847db4148a8",
            "017F22E2-79B0-7CC3-98C4-DC0C0C07398F",
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
        for text in [
            "",
            "919108f752d143209bacf847db4148a8",
            "{919108f7-52d1-4320-9bac-f847db4148a8}",
            "urn:uuid:919108f7-52d1-4320-9bac-f847db4148a8",
            "919108f7-52d1-4320-9bac-f847db4148a",
            "919108f7-52d1-4320-9bac-f847db4148a8a",
            "919108f7-52d1-4320-9bac-f847db4148a8\n",
            "919108f7-52d1-4320-9bac-f847db4148ag",
            "919108f75-2d1-4320-9bac-f847db4148a8",
            "919108f7-52d1-4320-9bac_f847db4148a8",
            "919108f7-52d1-4320-9bac-f847db4148-8",
            "２19108f7-52d1-4320-9bac-f847db4148a8",
            "２9108f7-52d1-4320-9bac-f847db4148a8",
        ] {
            assert!(check(text).is_err(), "{text}");
        }
    }
}
