"""make-cades.py: CAdES signatures and tokens by pyHanko, so that what hoso verifies was made by others; by the line (lines.py).

make out=F content=F [enveloping=yes] signer=KEY,CERT,WAY… [ess=no] [tsa=KEY,CERT] [stamped=T] [chain=F]… [crl=F]… [ocsp=F]…
token out=F content=F tsa=KEY,CERT [digest=sha256] [stamped=T]

WAY is a digest, with `pss` or `pss:SALT` after it where it is to be PSS: `sha256`, `sha384`, `sha256:pss`, `sha256:pss:32`.
pyHanko has the longest salt where none is said. Its tokens name the authority's certificate by SHA-1 (ESSCertID of RFC 2634).
"""

import asyncio
from datetime import datetime, timezone

from asn1crypto import algos, cms, crl, ocsp, x509
from cms_pyhanko import ders
from pyhanko.keys import load_cert_from_pemder, load_private_key_from_pemder
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from lines import serve


def make(question, facts):
    content = question.read("content")
    made = [signature(question, words, content) for words in question.all("signer")]
    whole, *others = made
    signed = whole["content"]
    for other in others:
        join(signed, "digest_algorithms", other["content"]["digest_algorithms"])
        join(signed, "certificates", other["content"]["certificates"])
        join(signed, "signer_infos", other["content"]["signer_infos"])
    embed(question, signed)
    save(question, whole)


def signature(question, words, content):
    key, certificate, way = words.split(",")
    digest, *padding = way.split(":")
    chain = [x509.Certificate.load(der) for der in ders(question.all("chain"))]
    signer = SimpleSigner(
        load_cert_from_pemder(certificate),
        load_private_key_from_pemder(key, None),
        SimpleCertificateStore.from_certs(chain),
        signature_mechanism=pss(digest, int(padding[1])) if len(padding) == 2 else None,
        prefer_pss=bool(padding),
    )
    signing = signer.async_sign_general_data(
        content,
        digest,
        detached=not question.has("enveloping"),
        use_cades=not question.has("ess"),
        timestamper=authority(question) if question.has("tsa") else None,
    )
    return asyncio.run(signing)


def pss(digest, salt):
    hashed = {"algorithm": digest}
    parameters = {"hash_algorithm": hashed, "mask_gen_algorithm": {"algorithm": "mgf1", "parameters": hashed}, "salt_length": salt}
    return algos.SignedDigestAlgorithm({"algorithm": "rsassa_pss", "parameters": algos.RSASSAPSSParams(parameters)})


def authority(question):
    key, certificate = question.one("tsa").split(",")
    stamped = datetime.fromtimestamp(int(question.one("stamped")), timezone.utc) if question.has("stamped") else None
    return DummyTimeStamper(load_cert_from_pemder(certificate), load_private_key_from_pemder(key, None), fixed_dt=stamped)


def token(question, facts):
    import hashlib

    digest = question.one("digest") if question.has("digest") else "sha256"
    imprint = hashlib.new(digest, question.read("content")).digest()
    save(question, asyncio.run(authority(question).async_timestamp(imprint, digest)))


def embed(question, signed):
    """Revocation data where CAdES wants it: in SignedData."""
    choices = [cms.RevocationInfoChoice({"crl": crl.CertificateList.load(der)}) for der in ders(question.all("crl"))]
    for der in ders(question.all("ocsp")):
        other = {"other_rev_info_format": "ocsp_response", "other_rev_info": ocsp.OCSPResponse.load(der)}
        choices.append(cms.RevocationInfoChoice({"other": other}))
        signed["version"] = "v5"
    if choices:
        signed["crls"] = sorted(choices, key=lambda choice: choice.dump())


def join(signed, field, others):
    """A set with another's members, each once, in the order of DER."""
    members = {member.dump(): member for member in [*signed[field], *others]}
    signed[field] = [members[der] for der in sorted(members)]


def save(question, made):
    with open(question.one("out"), "wb") as out:
        out.write(made.dump())


serve({"make": make, "token": token})
