"""responder.py FOLDER [CONFIG]: a time-stamping authority and an OCSP responder on loopback, which also answer wrongly when asked at such a path.

The folder is one that tests/support/theirs.rs made: `tsa.pem`, `ca.pem`, `ca.db/index`, `responder.pem`, keys beside them. The configuration is
that of `openssl ts`, `tsa.ts.conf` in the folder unless another is named: it names the file of serial numbers, which no two programs may share.
stdout: the port, one line. It ends when its stdin does.

/tsa           a reply by `openssl ts`          /ocsp           a response by `openssl ocsp`
/tsa-wrong-imprint  about other bytes           /ocsp-other     about another certificate
/tsa-other-nonce    to another request          /ocsp-unsigned  with a signature of zeros
/tsa-no-nonce       without the nonce           /ocsp-stale     whose time is over
/tsa-rejection      PKIStatus rejection         /ocsp-try-later OCSPResponseStatus tryLater
/tsa-flipped        a wrong signature           /ocsp-flipped   a wrong signature
/tsa-no-purpose     by a certificate for other things
And for both, with the name before: -garbage (no DER), -empty, -error (HTTP 500), -page (an HTML page), -slow (after ten seconds),
-cut (half of what it announced), -endless (bytes until the caller hangs up).
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import core, ocsp, tsp
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509 import load_pem_x509_certificate
from cryptography.x509.ocsp import OCSPCertStatus, OCSPResponderEncoding, OCSPResponseBuilder

FOLDER = sys.argv[1]
CONFIG = sys.argv[2] if len(sys.argv) > 2 else "tsa.ts.conf"
OPENSSL = threading.Lock()
TYPES = {"tsa": "application/timestamp-reply", "ocsp": "application/ocsp-response"}


def openssl(request, *words):
    """What openssl answers to a request in a file; it keeps serial numbers in a file, so one after the other."""
    with OPENSSL, tempfile.TemporaryDirectory() as folder:
        asked, answered = os.path.join(folder, "request"), os.path.join(folder, "answer")
        with open(asked, "wb") as file:
            file.write(request)
        line = ["openssl", *(word.format(asked=asked, answered=answered) for word in words)]
        subprocess.run(line, cwd=FOLDER, check=True, capture_output=True)
        with open(answered, "rb") as file:
            return file.read()


def stamp(request):
    return openssl(request, "ts", "-reply", "-config", CONFIG, "-queryfile", "{asked}", "-signer", "tsa.pem", "-inkey", "tsa.key", "-out", "{answered}")


def asked_otherwise(request, **members):
    other = tsp.TimeStampReq.load(request).copy()
    for name, value in members.items():
        other[name] = value
    return other.dump(force=True)


def wrong_imprint(request):
    imprint = tsp.TimeStampReq.load(request)["message_imprint"].copy()
    imprint["hashed_message"] = bytes(byte ^ 1 for byte in imprint["hashed_message"].native)
    return stamp(asked_otherwise(request, message_imprint=imprint))


def rejection(request):
    said = tsp.PKIStatusInfo({"status": "rejection", "status_string": ["no"], "fail_info": {"bad_request"}}).dump()
    # The class of a whole reply wants a token.
    return b"\x30" + bytes([len(said)]) + said


def no_purpose(request):
    """pyHanko's stand-in signs with any certificate; openssl refuses."""
    from pyhanko.keys import load_cert_from_pemder, load_private_key_from_pemder
    from pyhanko.sign.timestamps import DummyTimeStamper

    with_files = [os.path.join(FOLDER, name) for name in ("rsa.pem", "rsa.key")]
    authority = DummyTimeStamper(load_cert_from_pemder(with_files[0]), load_private_key_from_pemder(with_files[1], None))
    return authority.request_tsa_response(tsp.TimeStampReq.load(request)).dump()


def status(request):
    fixed = ["ocsp", "-index", "ca.db/index", "-CA", "ca.pem", "-rsigner", "responder.pem", "-rkey", "responder.key"]
    return openssl(request, *fixed, "-ndays", "7", "-reqin", "{asked}", "-respout", "{answered}")


def about_another(request):
    other = ocsp.OCSPRequest.load(request).copy()
    certificate = other["tbs_request"]["request_list"][0]["req_cert"]
    certificate["serial_number"] = certificate["serial_number"].native + 1
    return status(other.dump(force=True))


def signature_changed(response, change):
    read = ocsp.OCSPResponse.load(response)
    basic = read["response_bytes"]["response"].parsed
    basic["signature"] = core.OctetBitString(change(basic["signature"].native))
    read["response_bytes"]["response"] = core.ParsableOctetString(basic.dump(force=True))
    return read.dump(force=True)


def last_flipped(der):
    return der[:-1] + bytes([der[-1] ^ 1])


def stale(request):
    """Rightly signed, good, and over since yesterday."""
    serial = ocsp.OCSPRequest.load(request)["tbs_request"]["request_list"][0]["req_cert"]["serial_number"].native
    about, issuer, responder = (load_pem_x509_certificate(read(name)) for name in (f"ca.db/{serial:X}.pem", "ca.pem", "responder.pem"))
    now = datetime.now(timezone.utc).replace(microsecond=0)
    made = OCSPResponseBuilder().responder_id(OCSPResponderEncoding.HASH, responder).certificates([responder])
    week, day = now - timedelta(days=7), now - timedelta(days=1)
    made = made.add_response(about, issuer, SHA1(), OCSPCertStatus.GOOD, week, day, None, None)
    return made.sign(load_pem_private_key(read("responder.key"), None), SHA256()).public_bytes(Encoding.DER)


def read(name):
    with open(os.path.join(FOLDER, name), "rb") as file:
        return file.read()


ANSWERS = {
    "/tsa": stamp,
    "/tsa-wrong-imprint": wrong_imprint,
    "/tsa-other-nonce": lambda request: stamp(asked_otherwise(request, nonce=1 + (tsp.TimeStampReq.load(request)["nonce"].native or 0))),
    "/tsa-no-nonce": lambda request: stamp(asked_otherwise(request, nonce=None)),
    "/tsa-rejection": rejection,
    "/tsa-flipped": lambda request: last_flipped(stamp(request)),
    "/tsa-no-purpose": no_purpose,
    "/ocsp": status,
    "/ocsp-other": about_another,
    "/ocsp-unsigned": lambda request: signature_changed(status(request), lambda value: bytes(len(value))),
    "/ocsp-flipped": lambda request: signature_changed(status(request), last_flipped),
    "/ocsp-stale": stale,
    "/ocsp-try-later": lambda request: ocsp.OCSPResponse({"response_status": "try_later"}).dump(),
}


class Responder(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_POST(self):
        request = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        service, _, fault = self.path.lstrip("/").partition("-")
        if fault in FAULTS and service in TYPES:
            FAULTS[fault](self, service, request)
        elif self.path in ANSWERS:
            self.reply(200, TYPES[service], ANSWERS[self.path](request))
        else:
            self.reply(404, "text/plain", b"no such path")

    def reply(self, code, kind, body, announced=None):
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if announced is None else announced))
        self.end_headers()
        self.wfile.write(body)

    def slow(self, service, request):
        time.sleep(10)
        self.reply(200, TYPES[service], ANSWERS[f"/{service}"](request))

    def cut(self, service, request):
        body = ANSWERS[f"/{service}"](request)
        self.reply(200, TYPES[service], body[: len(body) // 2], announced=len(body))

    def endless(self, service, request):
        self.reply(200, TYPES[service], b"\x30\x84\x7f\xff\xff\xff", announced=1 << 40)
        try:
            while True:
                self.wfile.write(bytes(65_536))
        except OSError:
            pass


FAULTS = {
    "garbage": lambda responder, service, _: responder.reply(200, TYPES[service], b"\x30\x80 this is no DER"),
    "empty": lambda responder, service, _: responder.reply(200, TYPES[service], b""),
    "error": lambda responder, service, _: responder.reply(500, "text/plain", b"out of order"),
    "page": lambda responder, service, _: responder.reply(200, "text/html", b"<html>Sign in to the network</html>"),
    "slow": Responder.slow,
    "cut": Responder.cut,
    "endless": Responder.endless,
}

server = ThreadingHTTPServer(("127.0.0.1", 0), Responder)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
sys.stdin.read()
