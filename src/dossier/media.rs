//! The media type of a file by its content: a name or a browser's claim can be wrong.

/// Bytes from the start of a file that [`detect`] looks at.
pub const HEAD_BYTES: usize = 16;

/// What a file starts with, and what it then is.
const MAGIC: [(&[u8], &str); 8] = [
    // ISO 32000-1 7.5.2.
    (b"%PDF-", "application/pdf"),
    // PNG specification, third edition, 5.2.
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    // ITU-T T.81 B.1.1.3: SOI, then the first byte of any marker.
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    // TIFF 6.0, section 2.
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (ZIP, ZIP_TYPE),
];

const ZIP: &[u8] = b"PK\x03\x04";
const ZIP_TYPE: &str = "application/zip";
const WEBP: &str = "image/webp";

/// Office documents are zip files: only the name's ending tells them apart without unpacking.
const ZIP_ENDINGS: [(&str, &str); 4] = [
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
];

/// The brands of ISO 14496-12 4.3 that phones' cameras write.
const BRANDS: [(&[u8; 4], &str); 7] = [
    (b"heic", "image/heic"),
    (b"heix", "image/heic"),
    (b"mif1", "image/heif"),
    (b"avif", "image/avif"),
    (b"isom", "video/mp4"),
    (b"mp42", "video/mp4"),
    (b"qt  ", "video/quicktime"),
];

/// The media type of a file that starts with these bytes, if hoso knows it.
///
/// ```
/// use hoso::submission::media::detect;
///
/// assert_eq!(detect(b"%PDF-1.7\n", "scan.jpg"), Some("application/pdf"));
/// assert_eq!(detect(b"MZ\x90\0", "scan.pdf"), None);
/// ```
#[must_use]
pub fn detect(head: &[u8], file_name: &str) -> Option<&'static str> {
    let known = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, media_type)| *media_type);
    match known {
        Some(ZIP_TYPE) => Some(zip_type(file_name)),
        Some(other) => Some(other),
        None => by_brand(head),
    }
}

/// A media type that [`detect`] gives, by its name.
#[must_use]
pub fn known(media_type: &str) -> Option<&'static str> {
    let brand = || if media_type == WEBP { Some(WEBP) } else { named(&BRANDS, media_type) };
    named(&MAGIC, media_type).or_else(|| named(&ZIP_ENDINGS, media_type)).or_else(brand)
}

fn named<K>(types: &[(K, &'static str)], media_type: &str) -> Option<&'static str> {
    types.iter().find(|(_, known)| *known == media_type).map(|(_, known)| *known)
}

fn zip_type(file_name: &str) -> &'static str {
    let ending = file_name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    ZIP_ENDINGS.iter().find(|(known, _)| *known == ending).map_or(ZIP_TYPE, |(_, media_type)| media_type)
}

/// `RIFF`, a size, `WEBP`; or a size, `ftyp`, a brand.
fn by_brand(head: &[u8]) -> Option<&'static str> {
    let (first, rest) = head.split_first_chunk::<4>()?;
    let (second, rest) = rest.split_first_chunk::<4>()?;
    let third = rest.first_chunk::<4>()?;
    if first == b"RIFF" && third == b"WEBP" {
        return Some(WEBP);
    }
    (second == b"ftyp").then_some(())?;
    BRANDS.iter().find(|(brand, _)| *brand == third).map(|(_, media_type)| *media_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_not_the_name() {
        for (head, name, expected) in [
            (&b"%PDF-1.4"[..], "a.pdf", Some("application/pdf")),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.jpg", Some("image/png")),
            (b"\xff\xd8\xff\xe0", "a", Some("image/jpeg")),
            (b"\0\0\0\x18ftypheic", "IMG_1.HEIC", Some("image/heic")),
            (b"RIFF\x10\0\0\0WEBPVP8 ", "a.webp", Some("image/webp")),
            (b"PK\x03\x04\x14\0", "Don.DOCX", Some("application/vnd.openxmlformats-officedocument.wordprocessingml.document")),
            (b"PK\x03\x04\x14\0", "a.zip", Some("application/zip")),
            (b"PK\x03\x04\x14\0", "docx", Some("application/zip")),
        ] {
            assert_eq!(detect(head, name), expected, "{name}");
            assert_eq!(expected.and_then(known), expected, "{name}");
        }
    }

    #[test]
    fn what_is_of_no_known_type_has_none() {
        for head in
            [&b""[..], b"%PDF", b" %PDF-1.4", b"<svg xmlns=", b"\x89PNG", b"MZ", b"RIFF\0\0\0\0WAVE", b"\0\0\0\x18ftypxxxx", b"\xff\xd8"]
        {
            assert_eq!(detect(head, "a.pdf"), None, "{head:?}");
        }
    }
}
