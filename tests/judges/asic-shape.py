"""asic-shape.py: containers with CAdES (EN 319 162-1), read by zipfile, `unzip -t` and ElementTree; by the line (lines.py).

asic file=F root=F… [chain=F]… [crl=F]… [ocsp=F]… [at=T] [extract=DIR]: form, digests, coverage, and the signatures by pyHanko.
With `extract`, each signature and what it covers lie there as N.p7s and N.data, so that others can be asked.
"""

import base64
import hashlib
import os
import subprocess
import tempfile
import zipfile
from urllib.parse import unquote
from xml.etree import ElementTree

import cms_pyhanko
from cades_rules import shape
from lines import Question, Refused, serve, want

EXTENDED, SIMPLE = b"application/vnd.etsi.asic-e+zip", b"application/vnd.etsi.asic-s+zip"
ASIC = "{http://uri.etsi.org/02918/v1.2.1#}"
XMLDSIG = "{http://www.w3.org/2000/09/xmldsig#}"
DIGESTS = {f"http://www.w3.org/2001/04/xmlenc#sha{size}": f"sha{size}" for size in (256, 512)}
DIGESTS["http://www.w3.org/2001/04/xmldsig-more#sha384"] = "sha384"


def asic(question, facts):
    file = question.one("file")
    tested = subprocess.run(["unzip", "-tqq", file], capture_output=True, text=True, check=False)
    want(tested.returncode == 0, f"unzip: {tested.stderr.strip()} {tested.stdout.strip()}")
    try:
        with zipfile.ZipFile(file) as archive:
            names = form(archive, file)
            kind = archive.read("mimetype")
            pairs = {EXTENDED: extended, SIMPLE: simple}[kind](archive, names)
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError, UnicodeError) as error:
        raise Refused(f"{type(error).__name__}: {error}") from error
    facts["kind"] = kind.decode()
    facts["signatures"] = []
    for index, (signature, covered) in enumerate(pairs):
        found = {}
        facts["signatures"].append(found)
        judged(question, signature, covered, index, found)


def form(archive, file):
    """The mimetype first, stored, without extra field, so that it stands at byte 38 (A.1); no name twice."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    want(len(set(names)) == len(names), "a name twice")
    want(not any(name.startswith("/") or "\\" in name or ".." in name.split("/") for name in names), "a name that leads elsewhere")
    with open(file, "rb") as raw:
        start = raw.read(38)
    want(start[:4] == b"PK\x03\x04" and start[8:10] == b"\0\0" and start[28:38] == b"\0\0mimetype", "mimetype is not first and stored")
    want(names[0] == "mimetype" and entries[0].header_offset == 0, "mimetype is not first")
    return names


def extended(archive, names):
    """ASiC-E: a manifest for each signature; together they cover every file (4.4.3.2, 6.2)."""
    manifests = [name for name in names if name.startswith("META-INF/ASiCManifest") and name.endswith(".xml")]
    want(manifests, "no ASiCManifest")
    pairs, covered = [], set()
    for name in manifests:
        text = archive.read(name)
        root = ElementTree.fromstring(text)
        want(root.tag == f"{ASIC}ASiCManifest", "another root element")
        references = root.findall(f"{ASIC}SigReference")
        want(len(references) == 1, "not one SigReference")
        for reference in root.findall(f"{ASIC}DataObjectReference"):
            covered.add(digest(archive, reference))
        pairs.append((archive.read(unquote(references[0].attrib["URI"])), text))
    left = {name for name in names if name != "mimetype" and not name.startswith("META-INF/")} ^ covered
    want(not left, f"covered and held differ: {sorted(left)}")
    return pairs


def digest(archive, reference):
    name = unquote(reference.attrib["URI"])
    (method,), (value,) = reference.findall(f"{XMLDSIG}DigestMethod"), reference.findall(f"{XMLDSIG}DigestValue")
    found = hashlib.new(DIGESTS[method.attrib["Algorithm"]], archive.read(name)).digest()
    want(base64.b64decode(value.text, validate=True) == found, f"{name} has another digest")
    return name


def simple(archive, names):
    """ASiC-S: one file, one signature over it (4.3)."""
    files = [name for name in names if name != "mimetype" and not name.startswith("META-INF/")]
    want(len(files) == 1, "not one file")
    return [(archive.read("META-INF/signature.p7s"), archive.read(files[0]))]


def judged(question, signature, covered, index, found):
    with tempfile.TemporaryDirectory() as folder:
        folder = question.one("extract") if question.has("extract") else folder
        file, data = (os.path.join(folder, f"{index}.{end}") for end in ("p7s", "data"))
        for name, content in ((file, signature), (data, covered)):
            with open(name, "wb") as out:
                out.write(content)
        inner = Question("cms")
        inner.words = [word for word in question.words if word[0] not in ("file", "extract")] + [["file", file], ["content", data], ["der", "no"]]
        shape(inner, found)
        cms_pyhanko.judge(inner, covered, found)


serve({"asic": asic})
