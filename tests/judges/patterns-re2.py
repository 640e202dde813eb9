"""patterns-re2.py: what RE2 itself makes of patterns.

stdin: a line for each pattern, {"pattern", "texts"}; of a text in place of several each character is one. stdout: for each a 1 or 0 for each text, or "refused: " and why.
"""

import json
import sys

import re2

OPTIONS = re2.Options()
OPTIONS.log_errors = False
OPTIONS.max_mem = 1 << 28


def answer(pattern, texts):
    try:
        compiled = re2.compile(pattern, OPTIONS)
    except re2.error as error:
        why = error.args[0]
        return "refused: " + " ".join((why.decode("utf-8", "replace") if isinstance(why, bytes) else str(why)).split())
    return "".join("1" if compiled.search(text) else "0" for text in texts)


for line in sys.stdin.buffer:
    print(answer(**json.loads(line)))
