"""schema-check.py SCHEMA INSTANCE…: does jsonschema find every instance valid (JSON Schema 2020-12, formats asserted)?

Exit code 0 accepted, 1 refused with the first error, 2 could not judge.
"""

import json
import sys

from jsonschema import Draft202012Validator

from answer import answer


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def verdict():
    schema, *instances = sys.argv[1:]
    Draft202012Validator.check_schema(read(schema))
    judge = Draft202012Validator(read(schema), format_checker=Draft202012Validator.FORMAT_CHECKER)
    for instance in instances:
        for error in judge.iter_errors(read(instance)):
            return f"{instance}: {error.json_path}: {error.message}"
    return None


answer(verdict)
