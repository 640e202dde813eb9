"""How a judge is asked by the line: a verb and KEY=VALUE between tabs in, a line of JSON out, as Judge.java has it."""

import json
import sys


class Refused(Exception):
    """What was judged is wrong."""


class Question:
    def __init__(self, line):
        self.verb, *words = line.rstrip("\n").split("\t")
        self.words = [word.split("=", 1) for word in words]

    def all(self, key):
        return [value for name, value in self.words if name == key]

    def has(self, key):
        return bool(self.all(key))

    def one(self, key):
        (value,) = self.all(key)
        return value

    def read(self, key):
        with open(self.one(key), "rb") as file:
            return file.read()


def serve(verbs):
    """Answers every question with what its verb finds; a Refused is an answer too, anything else a fault that ends the judge."""
    for line in sys.stdin:
        question = Question(line)
        facts = {}
        try:
            verbs[question.verb](question, facts)
            facts["accepted"] = True
        except Refused as why:
            facts.update(accepted=False, why=str(why))
        print(json.dumps(facts), flush=True)


def want(held, otherwise):
    if not held:
        raise Refused(otherwise)
