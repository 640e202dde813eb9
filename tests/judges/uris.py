"""uris.py: addresses (RFC 3986) by rfc3986-validator.

stdin: a line for each text, as a JSON string. stdout: "uri", "uri-reference" for one that is relative, or ERROR.
"""

import json
import sys

from rfc3986_validator import validate_rfc3986


def kind(text):
    if validate_rfc3986(text, rule="URI"):
        return '"uri"'
    return '"uri-reference"' if validate_rfc3986(text, rule="URI_reference") else "ERROR"


for line in sys.stdin:
    print(kind(json.loads(line)))
