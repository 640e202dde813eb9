"""jades-shape.py: whether JAdES signatures are made as ETSI TS 119 182-1 wants a level, in words of our own; by the line (lines.py).

shape file=F [part=NAME,PATH]… [level=B-B|B-T|B-LT] [counter=yes]: header, sigD against the parts, tokens against the signature value. It checks no signature.
"""

import base64
import hashlib
import json
from urllib.parse import unquote

from asn1crypto import cms, crl, ocsp, tsp, x509

from lines import Refused, serve, want

ALGORITHMS = {"ES256", "ES384", "PS256", "PS384", "RS256"}
# RFC 7515 4.1 and RFC 7518: names that crit may not list.
REGISTERED = {"alg", "jku", "jwk", "kid", "x5u", "x5c", "x5t", "x5t#S256", "typ", "cty", "crit", "enc", "zip", "epk", "apu", "apv", "iv", "tag", "p2s", "p2c"}
KNOWN = {"alg", "b64", "crit", "cty", "iat", "kid", "sigD", "srCms", "sigPl", "srAts", "sigPId", "typ", "x5c", "x5t#S256", "x5t#o", "sigX5ts", "sigT", "exp"}
BY_HASH = "http://uri.etsi.org/19182/ObjectIdByURIHash"


def shape(question, facts):
    parts = dict(part.split(",", 1) for part in question.all("part"))
    level = question.one("level") if question.has("level") else "B-B"
    try:
        text = question.read("file").decode()
        payload, signatures = read(text)
        want(signatures, "nobody signed")
        for one in signatures:
            signature(one, payload, parts, level, question.has("counter"))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise Refused(f"{type(error).__name__}: {error}") from error
    facts["signatures"] = len(signatures)


def read(text):
    if not text.startswith("{"):
        protected, payload, value = text.split(".")
        return payload, [{"protected": protected, "signature": value}]
    jws = json.loads(text, object_pairs_hook=once)
    payload = jws.pop("payload", "")
    if "signatures" in jws:
        want(jws.keys() == {"signatures"}, "a general JWS with members of a flattened one")
        return payload, jws["signatures"]
    return payload, [jws]


def once(pairs):
    want(len({name for name, _ in pairs}) == len(pairs), "a name twice")
    return dict(pairs)


def decoded(text):
    """base64url without padding, in its one form (RFC 7515 2)."""
    value = base64.b64decode(text.encode().translate(bytes.maketrans(b"-_", b"+/")) + b"=" * (-len(text) % 4), validate=True)
    want(base64.urlsafe_b64encode(value).rstrip(b"=").decode() == text, "base64url in another form")
    return value


def signature(one, payload, parts, level, counter=False):
    want(one.keys() <= {"protected", "signature", "header"}, "an unknown member beside the signature")
    header = json.loads(decoded(one["protected"]), object_pairs_hook=once)
    want(header.keys() <= KNOWN, f"unknown: {header.keys() - KNOWN}")
    want(header["alg"] in ALGORITHMS, "another algorithm")
    decoded(one["signature"])
    time(header)
    certificate(header)
    critical(header)
    if counter:
        # 5.3.2: its payload is the value it stands over, and needs no type.
        want(not header.keys() & {"cty", "sigD"}, "a counter-signature with a type or parts")
    else:
        content(header, payload, parts)
    found = unsigned(one)
    want(level == "B-B" or "sigTst" in found, "no signature time-stamp")
    want(level != "B-LT" or "rVals" in found, "no revocation data")


def time(header):
    """5.1.11 and 5.2.1: `iat`, or for what was signed before July 2025 `sigT`."""
    want(("iat" in header) != ("sigT" in header), "not one of iat and sigT")
    want("sigT" in header or type(header["iat"]) is int, "iat is no integer")


def certificate(header):
    """5.1.7, 5.2.2: one reference to the signer's certificate, and that certificate."""
    want(sum(name in header for name in ("x5t#S256", "x5t#o", "sigX5ts")) == 1, "not one reference to the certificate")
    der = base64.b64decode(header["x5c"][0], validate=True)
    x509.Certificate.load(der, strict=True).native
    if "x5t#S256" in header:
        want(decoded(header["x5t#S256"]) == hashlib.sha256(der).digest(), "x5t#S256 is of another certificate")


def critical(header):
    """RFC 7515 4.1.11, 5.1.9: what a reader has to understand is listed, is there, and is no registered name."""
    listed = header.get("crit")
    if listed is not None:
        want(listed and len(set(listed)) == len(listed), "crit is empty or repeats itself")
        want(set(listed) <= header.keys() and not set(listed) & REGISTERED, "crit names what it may not")
    for name in ("sigD", "b64"):
        want(name not in header or name in (listed or ()), f"{name} is not critical")


def content(header, payload, parts):
    if "sigD" not in header:
        want(payload and not parts, "no payload")
        decoded(payload)
        want("cty" in header, "cty is missing beside a payload")
        return
    want(not payload and "cty" not in header, "a payload or its type beside sigD")
    named = header["sigD"]
    want(named["mId"] == BY_HASH and named["hashM"] == "S256", "another way to name parts")
    want(len(named["pars"]) == len(named["hashV"]) == len(named.get("ctys", named["pars"])), "lists of several lengths")
    names = [unquote(name) for name in named["pars"]]
    want(len(set(names)) == len(names), "a part named twice")
    if parts:
        want(set(names) == parts.keys(), "other parts are named")
        for name, value in zip(names, named["hashV"]):
            with open(parts[name], "rb") as file:
                content = file.read()
            # 5.2.8.3.3: of the octets with b64 false, else of their base64url.
            if header.get("b64") is not False:
                content = base64.urlsafe_b64encode(content).rstrip(b"=")
            want(decoded(value) == hashlib.sha256(content).digest(), f"{name} has another digest")


def unsigned(one):
    """5.3: etsiU alone, its members all encoded or all in clear; gives their names."""
    if "header" not in one:
        return set()
    want(one["header"].keys() == {"etsiU"} and one["header"]["etsiU"], "an unprotected header of something else")
    members = one["header"]["etsiU"]
    want({type(member) for member in members} in ({str}, {dict}), "etsiU mixes two ways")
    members = [json.loads(decoded(member), object_pairs_hook=once) if isinstance(member, str) else member for member in members]
    return {added(one["signature"], *member) for member in map(dict.items, members)}


def added(value, pair):
    """A member of etsiU; a second one beside it makes no pair."""
    name, content = pair
    if name == "sigTst":
        stamp(value, content)
    elif name == "cSig":
        signature(content, value, {}, "B-B", counter=True)
    elif name == "xVals":
        for certificate in content:
            x509.Certificate.load(base64.b64decode(certificate["x509Cert"]["val"], validate=True), strict=True).native
    elif name == "rVals":
        want(content.keys() <= {"crlVals", "ocspVals"} and any(content.values()), "rVals of something else")
        for field, kind in (("crlVals", crl.CertificateList), ("ocspVals", ocsp.OCSPResponse)):
            for one in content.get(field, []):
                kind.load(base64.b64decode(one["val"], validate=True), strict=True).native
    else:
        raise Refused(f"unknown in etsiU: {name}")
    return name


def stamp(value, content):
    """5.3.4 and 6.3: one token, about the signature value's base64url."""
    (token,) = content["tstTokens"]
    info = cms.ContentInfo.load(base64.b64decode(token["val"], validate=True), strict=True)
    said = tsp.TSTInfo.load(info["content"]["encap_content_info"]["content"].contents, strict=True)
    imprint = said["message_imprint"]
    digest = hashlib.new(imprint["hash_algorithm"]["algorithm"].native, value.encode()).digest()
    want(imprint["hashed_message"].native == digest, "a token about something else")


serve({"shape": shape})
