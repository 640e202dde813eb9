"""jwcrypto-verify.py FILE: does jwcrypto accept this JSON JWS, whose parts sigD names?

The payload is empty and not encoded (ETSI TS 119 182-1 5.2.8, RFC 7797); the key is that of x5c[0].
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

from answer import answer


class Unreadable(Exception):
    """The header or its certificate is damaged: the signature's fault, not the judge's."""


def key_of(signature):
    try:
        header = json.loads(base64url_decode(signature["protected"]))
        certificate = load_der_x509_certificate(base64.b64decode(header["x5c"][0]))
        return JWK.from_pem(certificate.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise Unreadable(f"x5c: {error}") from error


def verdict():
    with open(sys.argv[1], encoding="utf-8") as file:
        jws = json.load(file)
    signatures = jws.get("signatures", [jws])
    if not signatures:
        return "no signature"
    try:
        # One by one: for a general JWS jwcrypto is content with any one of them.
        for signature in signatures:
            judge = JWS(header_registry={"sigD": JWSEHeaderParameter("Detached parts", True, True, None)})
            # jwcrypto wants the member that a detached JWS leaves out.
            judge.deserialize(json.dumps({**signature, "payload": ""}))
            judge.verify(key_of(signature))
    except (JWException, Unreadable) as error:
        return f"{type(error).__name__}: {error}"
    return None


answer(verdict)
