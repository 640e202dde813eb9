"""jwcrypto-verify.py FILE…: does jwcrypto accept these JWS, compact or in JSON, with all their signatures?

Without a FILE it reads their names from stdin, a line each, and answers each with a line.
The payload is in the file, or else empty, since sigD names parts elsewhere (ETSI TS 119 182-1 5.2.8, RFC 7797); the key is that of x5c[0].
Exit code 0 accepted, 1 refused, 2 could not judge.
"""

import base64
import json
import sys

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import load_der_x509_certificate
from jwcrypto.common import JWException, JWSEHeaderParameter, base64url_decode
from jwcrypto.jwk import JWK
from jwcrypto.jws import JWS

from answer import answer, words


class Unreadable(Exception):
    """The header or its certificate is damaged: the signature's fault, not the judge's."""


def key_of(signature):
    try:
        header = json.loads(base64url_decode(signature["protected"]))
        certificate = load_der_x509_certificate(base64.b64decode(header["x5c"][0]))
        return JWK.from_pem(certificate.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise Unreadable(f"x5c: {error}") from error


def read(text):
    """The payload, empty where the parts are elsewhere, and the signatures."""
    try:
        if not text.startswith("{"):
            protected, payload, signature = text.split(".")
            return payload, [{"protected": protected, "signature": signature}]
        jws = json.loads(text)
        return jws.get("payload", ""), jws.get("signatures", [jws])
    except ValueError as error:
        raise Unreadable(str(error)) from error


def judge(file):
    with open(file, encoding="utf-8") as opened:
        payload, signatures = read(opened.read())
    if not signatures:
        return "no signature"
    # One by one: for a general JWS jwcrypto is content with any one of them.
    for signature in signatures:
        one = JWS(header_registry={"sigD": JWSEHeaderParameter("Detached parts", True, True, None)})
        # jwcrypto wants the member that a detached JWS leaves out.
        one.deserialize(json.dumps({**signature, "payload": payload}))
        one.verify(key_of(signature))
    return None


def refusal(file):
    try:
        return judge(file)
    except (JWException, Unreadable) as error:
        return f"{type(error).__name__}: {error}"


if sys.argv[1:]:
    answer(lambda: next(filter(None, map(refusal, sys.argv[1:])), None))
else:
    for line in sys.stdin:
        print(words(refusal(line.rstrip("\n"))))
