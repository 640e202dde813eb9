"""make-asic.py: containers built by zipfile, so that what hoso verifies was made by others; by the line (lines.py).

manifest out=F signature=NAME file=NAME,PATH…: the ASiCManifest (EN 319 162-1 A.4) that a signature is to cover.
zip out=F kind=e|s entry=NAME,PATH…: the container, its mimetype first and stored, the others compressed.
"""

import base64
import hashlib
import warnings
import zipfile
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

from lines import serve

# It is also asked for what is wrong on purpose: a name twice.
warnings.simplefilter("ignore")


def manifest(question, facts):
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append('<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#">')
    lines.append(f'<asic:SigReference URI={quoteattr(question.one("signature"))} MimeType="application/pkcs7-signature"/>')
    for word in question.all("file"):
        name, path = word.split(",", 1)
        with open(path, "rb") as file:
            value = base64.b64encode(hashlib.sha256(file.read()).digest()).decode()
        lines.append(f'<asic:DataObjectReference URI={quoteattr(quote(name))} MimeType="application/octet-stream">')
        lines.append('<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>')
        lines.append(f"<ds:DigestValue>{value}</ds:DigestValue></asic:DataObjectReference>")
    lines.append("</asic:ASiCManifest>")
    with open(question.one("out"), "w", encoding="utf-8") as out:
        out.write("\n".join(lines))


def container(question, facts):
    with zipfile.ZipFile(question.one("out"), "w") as archive:
        kind = f"application/vnd.etsi.asic-{question.one('kind')}+zip"
        archive.writestr(zipfile.ZipInfo("mimetype"), kind, zipfile.ZIP_STORED)
        for word in question.all("entry"):
            name, path = word.split(",", 1)
            archive.write(path, name, zipfile.ZIP_DEFLATED)


serve({"manifest": manifest, "zip": container})
