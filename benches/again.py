"""pyHanko verifying one signature again and again: again.py ROUNDS LINE, the line as tests/judges/cms-verify.py takes it. Prints the seconds of each."""

import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests/judges"))

import cms_pyhanko
from lines import Question

rounds, line = sys.argv[1:]
for _ in range(int(rounds)):
    start = time.perf_counter()
    question = Question(line)
    cms_pyhanko.judge(question, question.read("content"), {})
    print(time.perf_counter() - start)
