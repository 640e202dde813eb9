"""What a CAdES baseline signature is made of (EN 319 122-1, RFC 5652), read with asn1crypto; nothing here checks a signature."""

import hashlib

from asn1crypto import cms, tsp

from lines import Refused, want

SIGNED = {"signature_policy_identifier": 1, "signer_location": 1, "signer_attributes_v2": 1, "content_hint": 1, "mime_type": 1}
# EN 319 122-1 6.3: validation data goes into SignedData, not into these.
ELSEWHERE = {"certificate_values", "revocation_values", "complete_certificate_references", "complete_revocation_references"}


def shape(question, facts):
    """shape file=F [content=F] [level=B-B|B-T|B-LT] [der=no]: whether the signature has that level's form, and is DER throughout."""
    data = question.read("file")
    try:
        if not question.has("der"):
            canonical(data, 0)
        info = cms.ContentInfo.load(data, strict=True)
        want(info["content_type"].native == "signed_data", "no SignedData")
        signed = info["content"]
        container(signed)
        content = question.read("content") if question.has("content") else signed["encap_content_info"]["content"].native
        facts["signers"] = [signer(signed, one, content, question) for one in signed["signer_infos"]]
        want(facts["signers"], "nobody signed")
        if question.has("level") and question.one("level") == "B-LT":
            long_term(signed)
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise Refused(f"{type(error).__name__}: {error}") from error


def canonical(data, depth):
    """Definite, shortest lengths and ordered sets (X.690 10 and 11), all the way down."""
    want(depth < 64, "too deep")
    place, parts = 0, []
    while place < len(data):
        start = place
        tag = data[place]
        want(tag & 31 != 31, "a tag of several bytes")
        length, place = data[place + 1], place + 2
        want(length != 128, "indefinite length")
        if length > 128:
            count = length & 127
            length = int.from_bytes(data[place : place + count], "big")
            want(length >= 128 and length >> (8 * (count - 1)) > 0, "a length that could be shorter")
            place += count
        want(place + length <= len(data), "cut short")
        value = data[place : place + length]
        place += length
        parts.append(data[start:place])
        if tag & 32:
            inner = canonical(value, depth + 1)
            want(tag != 0x31 or inner == sorted(inner), "an unordered set")
        elif tag == 1:
            want(value in (b"\x00", b"\xff"), "a boolean of another value")
        elif tag == 2:
            want(length == 1 or not (value[0] == 0 and value[1] < 128 or value[0] == 255 and value[1] >= 128), "a padded integer")
    return parts


def container(signed):
    """RFC 5652 5.1: the version follows from what is in it."""
    kinds = {choice.name for choice in signed["certificates"]} | {choice.name for choice in signed["crls"]}
    content = signed["encap_content_info"]["content_type"].native
    if kinds & {"other"}:
        version = 5
    elif "v2_attr_cert" in kinds:
        version = 4
    elif "v1_attr_cert" in kinds or content != "data" or any(one["version"].native == "v3" for one in signed["signer_infos"]):
        version = 3
    else:
        version = 1
    want(signed["version"].native == f"v{version}", f"version {signed['version'].native} where RFC 5652 has {version}")
    want(content == "data", "the content is not id-data")


def signer(signed, one, content, question):
    names = {"issuer_and_serial_number": "v1", "subject_key_identifier": "v3"}
    want(one["version"].native == names[one["sid"].name], "the signer's version does not fit the identifier")
    digest = one["digest_algorithm"]["algorithm"].native
    want(digest in [each["algorithm"].native for each in signed["digest_algorithms"]], "digestAlgorithms lacks one")
    certificate = certificate_of(signed, one["sid"])
    attributes = signed_attributes(one)
    algorithm(one["signature_algorithm"], digest)
    want(attributes["content_type"].native == "data", "content-type is not id-data")
    imprint = attributes["message_digest"].native
    want(len(imprint) == hashlib.new(digest).digest_size, "message-digest has another length")
    want(content is None or imprint == hashlib.new(digest, content).digest(), "message-digest is of something else")
    time = attributes["signing_time"]
    want(time.name == ("utc_time" if time.native.year < 2050 else "general_time"), "signing-time of the wrong type")
    signing_certificate(attributes["signing_certificate_v2"], certificate)
    stamps = unsigned_attributes(one)
    level = question.one("level") if question.has("level") else "B-B"
    want(level == "B-B" or stamps > 0, "no signature-time-stamp")
    return {"subject": certificate.subject.human_friendly, "digest": digest, "stamps": stamps}


def signed_attributes(one):
    """One attribute of a type, with one value; the four that a baseline has are there (EN 319 122-1 6.3)."""
    attributes = one["signed_attrs"]
    ordered = [attribute.dump() for attribute in attributes]
    want(ordered == sorted(ordered), "signed attributes out of order")
    found = {}
    for attribute in attributes:
        name = attribute["type"].native
        want(name not in found, f"{name} twice")
        want(len(attribute["values"]) == 1, f"{name} has not one value")
        found[name] = attribute["values"][0]
    for name in ("content_type", "message_digest", "signing_time", "signing_certificate_v2"):
        want(name in found, f"{name} is missing")
    want("signing_certificate" not in found, "signing-certificate of both versions")
    want(found.keys() & ELSEWHERE == set(), "a signed attribute that should not be signed")
    return found


def signing_certificate(value, certificate):
    named = value["certs"][0]
    hashed = named["hash_algorithm"]["algorithm"].native
    want(hashed != "sha1", "signing-certificate-v2 with SHA-1")
    want(named["cert_hash"].native == hashlib.new(hashed, certificate.dump()).digest(), "signing-certificate-v2 names another")
    # DER leaves a default value out (RFC 5035 4, X.690 11.5).
    want(hashed != "sha256" or named.contents[:1] == b"\x04", "the default hash algorithm is written out")


def certificate_of(signed, identifier):
    found = [choice.chosen for choice in signed["certificates"] if choice.name == "certificate" and belongs(choice.chosen, identifier)]
    want(len(found) == 1, "the signer's certificate is not there once")
    return found[0]


def belongs(certificate, identifier):
    if identifier.name == "subject_key_identifier":
        return certificate.key_identifier == identifier.native
    return (
        certificate.issuer.dump() == identifier.chosen["issuer"].dump()
        and certificate.serial_number == identifier.chosen["serial_number"].native
    )


def algorithm(identifier, digest):
    """RFC 5754 3.2 and 3.3, RFC 4056 3: parameters NULL, absent, or those of PSS with one hash throughout."""
    name, parameters = identifier["algorithm"].native, identifier["parameters"]
    if name == "rsassa_pss":
        hashed = parameters["hash_algorithm"]["algorithm"].native
        masked = parameters["mask_gen_algorithm"]["parameters"]["algorithm"].native
        want(hashed == masked == digest and parameters["trailer_field"].native == "trailer_field_bc", "PSS with several hashes")
    elif name.endswith("ecdsa"):
        want(name == f"{digest}_ecdsa", f"{name} over {digest}")
        want(parameters.dump() == b"", "ECDSA with parameters")
    else:
        want(name in ("rsassa_pkcs1v15", f"{digest}_rsa"), f"{name} over {digest}")


def unsigned_attributes(one):
    """The number of time-stamps upon the signature value, each about it."""
    stamps = 0
    if one["unsigned_attrs"].native is not None:
        want(len(one["unsigned_attrs"]) > 0, "an empty set of unsigned attributes")
    for attribute in one["unsigned_attrs"]:
        want(attribute["type"].native not in ELSEWHERE, f"{attribute['type'].native} among the unsigned attributes")
        if attribute["type"].native == "signature_time_stamp_token":
            for token in attribute["values"]:
                info = token["content"]["encap_content_info"]["content"].parsed
                want(isinstance(info, tsp.TSTInfo), "a token without TSTInfo")
                imprint = info["message_imprint"]
                digest = hashlib.new(imprint["hash_algorithm"]["algorithm"].native, one["signature"].native).digest()
                want(imprint["hashed_message"].native == digest, "a token about something else")
                stamps += 1
    return stamps


def long_term(signed):
    """Every certificate's issuer up to one that issued itself or is left to the reader as the root, and revocation data (6.3)."""
    held = [choice.chosen for choice in signed["certificates"] if choice.name == "certificate"]
    subjects = {certificate.subject.dump() for certificate in held}
    ends = [one for one in held if one.issuer.dump() not in subjects and not one.ca]
    want(not ends, "the chain of a signer's certificate is missing")
    want(len(signed["crls"]) > 0, "no revocation data")
