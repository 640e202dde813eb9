"""schema-differential.py: one JSON line {"schema": …, "documents": […]} in, one line of verdicts [true, false, …] out.

The judge is jsonschema (JSON Schema 2020-12, formats not asserted). Exit code 2: could not judge.
"""

import json
import sys

from jsonschema import Draft202012Validator

for line in sys.stdin:
    asked = json.loads(line)
    Draft202012Validator.check_schema(asked["schema"])
    judge = Draft202012Validator(asked["schema"])
    print(json.dumps([judge.is_valid(document) for document in asked["documents"]]))
