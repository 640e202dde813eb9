"""jcs.py: canonical forms (RFC 8785) by rfc8785.

stdin: a line for each document, the document's text as a JSON string. stdout: its canonical form as a JSON string, or ERROR.
"""

import json
import sys

import rfc8785


def canonical(text):
    try:
        # Numbers are doubles here, as RFC 8785 3.2.2.3 has them; Python would keep integers whole.
        return json.dumps(rfc8785.dumps(json.loads(text, parse_int=number, parse_constant=refuse)).decode("utf-8"))
    except (ValueError, RecursionError):
        return "ERROR"


def number(digits):
    """An integer as rfc8785 takes it: whole within 2^53, else a double."""
    value = int(digits)
    return value if abs(value) < 2**53 and digits != "-0" else float(digits)


def refuse(name):
    """NaN and Infinity, which Python reads and JSON does not have."""
    raise ValueError(name)


for line in sys.stdin:
    print(canonical(json.loads(line)))
