"""How a judge answers: accepted (exit code 0), refused with a reason (1), could not judge (2)."""

import sys
import traceback


def answer(verdict):
    """Runs the judge, which gives None for accepted or the reason of a refusal."""
    try:
        refusal = verdict()
    except Exception:
        traceback.print_exc()
        sys.exit(2)
    print(words(refusal))
    sys.exit(0 if refusal is None else 1)


def words(refusal):
    return "accepted" if refusal is None else f"refused: {refusal}".replace("\n", " ")
