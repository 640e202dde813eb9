"""hosts.py: internationalised host names (RFC 5890 to 5893) by idna, with the Unicode of unicodedata2.

stdin: a line for each name, as a JSON string. stdout: its ASCII form as a JSON string, or ERROR.
With --unicode: the version of Unicode that idna's tables and unicodedata2 have, if they have the same.
"""

import json
import sys

import unicodedata2

# idna asks Python's own tables for directions, classes and form C, which are as old as Python.
sys.modules["unicodedata"] = unicodedata2

import idna
import idna.idnadata


def ascii_form(name):
    try:
        return json.dumps(idna.encode(name).decode("ascii"))
    except idna.IDNAError:
        return "ERROR"


if sys.argv[1:] == ["--unicode"]:
    assert idna.idnadata.__version__ == unicodedata2.unidata_version
    print(unicodedata2.unidata_version)
else:
    for line in sys.stdin:
        print(ascii_form(json.loads(line)))
