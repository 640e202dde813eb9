//! The manifest of a container: which files a signature covers, by name and digest (EN 319 162-1 V1.1.1, annex A.4).

use super::AsicError;
use super::xml::{Attribute, Element, Event, Xml};
use crate::crypto::HashAlgorithm;
use crate::digest::Sha256;
use crate::limits;
use crate::sign::jades::percent_encoded;
use crate::text::{Base64, percent_decoded};

/// The namespace of annex A.4, and that of XML signatures for digests.
const ASIC: &str = "http://uri.etsi.org/02918/v1.2.1#";
const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";

/// XML Encryption 1.1, 5.8, and RFC 6931 2.1.3.
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
const SHA384: &str = "http://www.w3.org/2001/04/xmldsig-more#sha384";
const SHA512: &str = "http://www.w3.org/2001/04/xmlenc#sha512";

/// The media type of a signature file (RFC 8551 3.2.1).
const SIGNATURE_TYPE: &str = "application/pkcs7-signature";

/// What a signature covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Manifest {
    /// The name of the signature file, unescaped.
    pub(super) signature: String,
    pub(super) references: Vec<Reference>,
}

/// A file that a manifest names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reference {
    /// The name of the entry, unescaped.
    pub(super) name: String,
    pub(super) hash: HashAlgorithm,
    pub(super) digest: Vec<u8>,
}

/// A file as a manifest of ours names it.
pub(super) struct Listed<'l> {
    pub(super) name: &'l str,
    /// The parts of a package have theirs in `submission.json`: a second place could only disagree.
    pub(super) media_type: Option<&'l str>,
    pub(super) sha256: Sha256,
}

/// The manifest in the one form that hoso writes.
pub(super) fn write(signature: &str, files: &[Listed<'_>]) -> Vec<u8> {
    let mut out = String::new();
    let mut put = |texts: &[&str]| texts.iter().for_each(|text| out.push_str(text));
    put(&["<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"]);
    put(&["<asic:ASiCManifest xmlns:asic=\"", ASIC, "\" xmlns:ds=\"", DSIG, "\">"]);
    put(&["<asic:SigReference URI=\"", signature, "\" MimeType=\"", SIGNATURE_TYPE, "\"/>"]);
    for file in files {
        put(&["<asic:DataObjectReference URI=\"", &percent_encoded(file.name), "\""]);
        if let Some(media_type) = file.media_type {
            put(&[" MimeType=\"", &escaped(media_type), "\""]);
        }
        put(&["><ds:DigestMethod Algorithm=\"", SHA256, "\"/><ds:DigestValue>"]);
        put(&[&Base64::Standard.encode(file.sha256.bytes()), "</ds:DigestValue></asic:DataObjectReference>"]);
    }
    put(&["</asic:ASiCManifest>\n"]);
    out.into_bytes()
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

/// Reads a manifest of any maker; `name` is that of its file.
pub(super) fn read(bytes: &[u8], name: &str) -> Result<Manifest, AsicError> {
    Reading { xml: Xml::new(bytes)?, name }.manifest()
}

struct Reading<'r> {
    xml: Xml<'r>,
    name: &'r str,
}

impl<'r> Reading<'r> {
    fn manifest(mut self) -> Result<Manifest, AsicError> {
        let root = self.element()?;
        self.attributes(&root, &[])?;
        let signature = self.within(root.is(ASIC, "ASiCManifest"))?;
        let [uri, _] = self.attributes(&signature, &["URI", "MimeType"])?.try_into().map_err(|_| self.shape())?;
        self.end(signature.is(ASIC, "SigReference"))?;
        let mut manifest = Manifest { signature: self.address(uri)?, references: Vec::new() };
        while let Some(event) = self.xml.next()? {
            let Event::Start(element) = event else { continue };
            if element.is(ASIC, "ASiCManifestExtensions") && !manifest.references.is_empty() {
                self.extensions(&element)?;
                // The last element: what follows is the end of the root.
                self.end(true)?;
                break;
            }
            let reference = self.reference(&element)?;
            if manifest.references.len() == limits::PACKAGE_ENTRIES {
                return Err(self.shape());
            }
            manifest.references.push(reference);
        }
        if self.xml.next()?.is_some() || manifest.references.is_empty() {
            return Err(self.shape());
        }
        refuse_repeats(&manifest.references)?;
        Ok(manifest)
    }

    fn reference(&mut self, element: &Element<'_>) -> Result<Reference, AsicError> {
        let values = self.attributes(element, &["URI", "MimeType", "Rootfile"])?;
        let [uri, _, rootfile] = values.try_into().map_err(|_| self.shape())?;
        if rootfile.is_some_and(|value: String| !matches!(value.as_str(), "true" | "false" | "0" | "1")) {
            return Err(self.shape());
        }
        let name = self.address(uri)?;
        let method = self.within(element.is(ASIC, "DataObjectReference"))?;
        let [algorithm] = self.attributes(&method, &["Algorithm"])?.try_into().map_err(|_| self.shape())?;
        self.end(method.is(DSIG, "DigestMethod"))?;
        let hash = match algorithm.as_deref() {
            Some(SHA256) => HashAlgorithm::Sha256,
            Some(SHA384) => HashAlgorithm::Sha384,
            Some(SHA512) => HashAlgorithm::Sha512,
            Some(_) => return Err(AsicError::ManifestAlgorithm { name: self.name.to_owned() }),
            None => return Err(self.shape()),
        };
        let value = self.element()?;
        self.attributes(&value, &[])?;
        self.within_is(value.is(DSIG, "DigestValue"))?;
        // XML Schema's base64Binary may be broken into lines.
        let text: String = self.xml.text()?.chars().filter(|letter| !matches!(letter, ' ' | '\t' | '\n')).collect();
        let digest = Base64::Standard.decode(&text).filter(|digest| digest.len() == hash.digest_bytes()).ok_or_else(|| self.shape())?;
        if let Some(Event::Start(more)) = self.xml.next()? {
            self.within_is(more.is(ASIC, "DataObjectReferenceExtensions"))?;
            self.extensions(&more)?;
            self.end(true)?;
        }
        Ok(Reference { name, hash, digest })
    }

    /// Extensions that need not be understood are passed over, to the end of their list.
    fn extensions(&mut self, list: &Element<'_>) -> Result<(), AsicError> {
        self.attributes(list, &[])?;
        while let Some(Event::Start(extension)) = self.xml.next()? {
            self.within_is(extension.is(ASIC, "Extension"))?;
            let [critical] = self.attributes(&extension, &["Critical"])?.try_into().map_err(|_| self.shape())?;
            match critical.as_deref() {
                Some("false" | "0") => self.xml.skip()?,
                Some("true" | "1") => return Err(AsicError::ManifestCritical { name: self.name.to_owned() }),
                _ => return Err(self.shape()),
            }
        }
        Ok(())
    }

    /// A relative address of an entry: its path, escaped.
    fn address(&self, uri: Option<String>) -> Result<String, AsicError> {
        uri.and_then(|uri| percent_decoded(&uri)).filter(|name| !name.is_empty()).ok_or_else(|| self.shape())
    }

    /// The values of the attributes that an element may have, in the order of `known`.
    fn attributes(&self, element: &Element<'_>, known: &[&str]) -> Result<Vec<Option<String>>, AsicError> {
        let mut values = vec![None; known.len()];
        for Attribute { prefixed, name, value } in &element.attributes {
            let at = known.iter().position(|known| known == name).filter(|_| !prefixed).ok_or_else(|| self.shape())?;
            if let Some(place) = values.get_mut(at) {
                *place = Some(value.clone());
            }
        }
        Ok(values)
    }

    /// The first element inside the one that was just started, which must be the one expected.
    fn within(&mut self, expected: bool) -> Result<Element<'r>, AsicError> {
        self.within_is(expected)?;
        self.element()
    }

    fn within_is(&self, expected: bool) -> Result<(), AsicError> {
        if expected { Ok(()) } else { Err(self.shape()) }
    }

    fn element(&mut self) -> Result<Element<'r>, AsicError> {
        match self.xml.next()? {
            Some(Event::Start(element)) => Ok(element),
            _ => Err(self.shape()),
        }
    }

    fn end(&mut self, expected: bool) -> Result<(), AsicError> {
        match self.xml.next()? {
            Some(Event::End) if expected => Ok(()),
            _ => Err(self.shape()),
        }
    }

    fn shape(&self) -> AsicError {
        AsicError::Manifest { name: self.name.to_owned() }
    }
}

/// A file that is named twice, with two digests, would be covered and not covered.
fn refuse_repeats(references: &[Reference]) -> Result<(), AsicError> {
    let mut names: Vec<&str> = references.iter().map(|reference| reference.name.as_str()).collect();
    crate::order::sort_by(&mut names, Ord::cmp);
    match names.windows(2).find(|pair| pair.first() == pair.last()).and_then(|pair| pair.first()) {
        Some(name) => Err(AsicError::ManifestRepeated { name: shown(name) }),
        None => Ok(()),
    }
}

/// The start of a name that nobody vouches for, letters that deceive made visible.
pub(crate) fn shown(name: &str) -> String {
    let start: String = name.chars().take(limits::ENTRY_NAME_BYTES).collect();
    crate::text::visible(&start).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "META-INF/ASiCManifest.xml";

    fn ours() -> String {
        let listed = |name, media_type| Listed { name, media_type, sha256: Sha256::of(b"x") };
        let files = [listed("form.json", None), listed("Đơn & tờ.pdf", Some("application/pdf; a=\"<&>\""))];
        String::from_utf8(write("META-INF/signature001.p7s", &files)).unwrap()
    }

    fn code(text: &str) -> AsicError {
        read(text.as_bytes(), NAME).unwrap_err()
    }

    #[test]
    fn what_is_written_is_read() {
        let manifest = read(ours().as_bytes(), NAME).unwrap();
        assert_eq!(manifest.signature, "META-INF/signature001.p7s");
        let digest = Sha256::of(b"x").bytes().to_vec();
        let reference = |name: &str| Reference { name: name.to_owned(), hash: HashAlgorithm::Sha256, digest: digest.clone() };
        assert_eq!(manifest.references, [reference("form.json"), reference("Đơn & tờ.pdf")]);
    }

    #[test]
    fn other_spellings_of_the_same_are_read() {
        let ours = ours();
        let expected = read(ours.as_bytes(), NAME).unwrap();
        let digest = Base64::Standard.encode(Sha256::of(b"x").bytes());
        let (front, back) = digest.split_at(20);
        for text in [
            ours.replace("asic:", "").replace("xmlns:asic", "xmlns").replace(":asic", ""),
            ours.replace("ds:", "dsig:").replace("xmlns:ds=", "xmlns:dsig="),
            ours.replace('>', ">\r\n\t"),
            ours.replace(&digest, &format!("\n  {front}\n{back} ")),
            ours.replace("URI=\"form.json\"", "Rootfile=\"true\" URI='form.j%73&#111;n'"),
            ours.replace(
                "</asic:ASiCManifest>",
                "<asic:ASiCManifestExtensions><asic:Extension Critical='false'>a<b c='d'>e</b></asic:Extension></asic:ASiCManifestExtensions></asic:ASiCManifest>",
            ),
            ours.replace(
                "</asic:DataObjectReference>",
                "<asic:DataObjectReferenceExtensions><asic:Extension Critical='0'/></asic:DataObjectReferenceExtensions></asic:DataObjectReference>",
            ),
        ] {
            // A prefix that is no longer needed changes nothing either.
            assert_eq!(read(text.as_bytes(), NAME).as_ref(), Ok(&expected), "{text}");
        }
    }

    #[test]
    fn another_shape_is_refused() {
        let shape = AsicError::Manifest { name: NAME.to_owned() };
        let ours = ours();
        for (from, to) in [
            ("02918/v1.2.1#", "02918/v1.1.1#"),
            ("2000/09/xmldsig#", "2000/09/xmldsig"),
            ("SigReference", "SignatureReference"),
            ("<asic:SigReference URI=\"META-INF/signature001.p7s\" MimeType=\"application/pkcs7-signature\"/>", ""),
            (" URI=\"form.json\"", ""),
            ("URI=\"form.json\"", "URI=\"\""),
            ("URI=\"form.json\"", "URI=\"%2\""),
            ("URI=\"form.json\"", "URI=\"form.json\" Id=\"1\""),
            ("URI=\"form.json\"", "URI=\"form.json\" asic:MimeType=\"a/b\""),
            ("URI=\"form.json\"", "URI=\"form.json\" Rootfile=\"yes\""),
            (" Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"", ""),
            ("<ds:DigestValue>", "<ds:DigestValue>AAAA"),
            ("<ds:DigestValue>", "<ds:DigestValue a=''>"),
            ("</ds:DigestValue>", "</ds:DigestValue><ds:DigestValue/>"),
            ("</asic:ASiCManifest>", "<asic:Other/></asic:ASiCManifest>"),
            ("</asic:ASiCManifest>", "<asic:ASiCManifestExtensions><asic:Other/></asic:ASiCManifestExtensions></asic:ASiCManifest>"),
            ("</asic:ASiCManifest>", "<asic:ASiCManifestExtensions><asic:Extension/></asic:ASiCManifestExtensions></asic:ASiCManifest>"),
        ] {
            assert_eq!(code(&ours.replacen(from, to, 9)), shape, "{from} -> {to}");
        }
        let (start, _) = ours.split_once("<asic:DataObjectReference").unwrap();
        assert_eq!(code(&format!("{start}</asic:ASiCManifest>")), shape);
        assert_eq!(code(&format!("{ours}<a/>")), AsicError::ManifestXml);
        assert_eq!(code(&ours.replace("URI=\"form.json\"", "URI=\"a\" URI=\"form.json\"")), AsicError::ManifestXml);
    }

    #[test]
    fn what_must_be_understood_and_is_not_is_named() {
        let (ours, name) = (ours(), || NAME.to_owned());
        assert_eq!(code(&ours.replace("2001/04/xmlenc#sha256", "2000/09/xmldsig#sha1")), AsicError::ManifestAlgorithm { name: name() });
        let critical = "<asic:ASiCManifestExtensions><asic:Extension Critical='true'/></asic:ASiCManifestExtensions></asic:ASiCManifest>";
        assert_eq!(code(&ours.replace("</asic:ASiCManifest>", critical)), AsicError::ManifestCritical { name: name() });
        let twice = ours.replace("%C4%90%C6%A1n%20%26%20t%E1%BB%9D.pdf", "form%2ejson");
        assert_eq!(code(&twice), AsicError::ManifestRepeated { name: "form.json".to_owned() });
    }
}
