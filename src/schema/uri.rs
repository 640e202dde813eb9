//! Resolving references: RFC 3986, 5.2.
//!
//! Against `https://example.org/a/b`, `../c?d` is `https://example.org/c?d`. Texts are not checked here: one that is no URI reference
//! leads nowhere, and that is what is said of it.

/// The absolute form of a reference without fragment, seen from a base without fragment.
pub(super) fn resolve(base: &str, reference: &str) -> String {
    let (behind_scheme, reference_scheme) = (scheme(base), scheme(reference));
    if reference_scheme > 0 {
        return without_dots(reference, authority(reference, reference_scheme));
    }
    let behind_authority = authority(base, behind_scheme);
    let path_end = query(base).max(behind_authority);
    let kept = if reference.starts_with("//") {
        behind_scheme
    } else if reference.starts_with('/') {
        behind_authority
    } else if reference.is_empty() {
        base.len()
    } else if reference.starts_with('?') {
        path_end
    } else {
        let path = base.get(behind_authority..path_end).unwrap_or_default();
        behind_authority + path.bytes().rposition(|byte| byte == b'/').map_or(0, |slash| slash + 1)
    };
    let mut whole = base.get(..kept).unwrap_or_default().to_owned();
    // 5.2.3: behind an authority there is no path without a slash.
    if kept == behind_authority
        && behind_authority > behind_scheme
        && !reference.starts_with('/')
        && !reference.starts_with('?')
        && !reference.is_empty()
    {
        whole.push('/');
    }
    whole.push_str(reference);
    let path = authority(&whole, scheme(&whole));
    without_dots(&whole, path)
}

/// Where what follows the scheme and its colon begins; 0 where there is no scheme.
fn scheme(text: &str) -> usize {
    let end = text.bytes().position(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'+' | b'-' | b'.'));
    let starts = text.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic());
    end.filter(|end| starts && text.as_bytes().get(*end) == Some(&b':')).map_or(0, |end| end + 1)
}

/// Where the path begins, the scheme ending at `from`.
fn authority(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    match rest.strip_prefix("//") {
        Some(rest) => from + 2 + rest.bytes().position(|byte| matches!(byte, b'/' | b'?')).unwrap_or(rest.len()),
        None => from,
    }
}

/// 5.2.4: the URI whose path begins at `path`, without the segments `.` and `..` of that path.
fn without_dots(uri: &str, path: usize) -> String {
    let (before, rest) = uri.split_at_checked(path).unwrap_or((uri, ""));
    let (path, query) = rest.split_at_checked(query(rest)).unwrap_or((rest, ""));
    if !path.starts_with('/') {
        return uri.to_owned();
    }
    let mut out = before.to_owned();
    let mut rest = path;
    while let Some(behind) = rest.strip_prefix('/') {
        let end = behind.bytes().position(|byte| byte == b'/').unwrap_or(behind.len());
        let (segment, after) = behind.split_at_checked(end).unwrap_or((behind, ""));
        if segment == ".." {
            let kept = out.bytes().skip(before.len()).rposition(|byte| byte == b'/').unwrap_or_default();
            out.truncate(before.len() + kept);
        }
        if segment != "." && segment != ".." {
            out.push('/');
            out.push_str(segment);
        } else if after.is_empty() {
            out.push('/');
        }
        rest = after;
    }
    out.push_str(query);
    out
}

/// Where the query begins.
fn query(text: &str) -> usize {
    text.bytes().position(|byte| byte == b'?').unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_rfc_3986_5_4_are_resolved() {
        for (reference, expected) in [
            ("g:h", "g:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            (";x", "http://a/b/c/;x"),
            ("g;x=1/./y", "http://a/b/c/g;x=1/y"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("./", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../..", "http://a/"),
            ("../../../g", "http://a/g"),
            ("/./g", "http://a/g"),
            ("/../g", "http://a/g"),
            ("g.", "http://a/b/c/g."),
            ("..g", "http://a/b/c/..g"),
            ("./../g", "http://a/b/g"),
            ("./g/.", "http://a/b/c/g/"),
            ("g/../h", "http://a/b/c/h"),
            ("g?y/../x", "http://a/b/c/g?y/../x"),
        ] {
            assert_eq!(resolve("http://a/b/c/d;p?q", reference), expected, "{reference}");
        }
    }

    #[test]
    fn bases_of_every_shape_take_references() {
        for (base, reference, expected) in [
            ("", "item.json", "item.json"),
            ("", "", ""),
            ("schema.json", "item.json", "item.json"),
            ("http://localhost:1234", "item.json", "http://localhost:1234/item.json"),
            ("http://localhost:1234/", "a/b", "http://localhost:1234/a/b"),
            ("urn:uuid:deadbeef-1234-ffff-ffff-4321feebdaed", "", "urn:uuid:deadbeef-1234-ffff-ffff-4321feebdaed"),
            ("http://example.org/a", "urn:example:root", "urn:example:root"),
            ("http://example.org?q", "b", "http://example.org/b"),
            ("/base", "other", "/other"),
        ] {
            assert_eq!(resolve(base, reference), expected, "{base} {reference}");
        }
    }
}
