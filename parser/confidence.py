"""How sure a reading is, computed from evidence and from nothing else.

Two scores from 0 to 1: the name's (how it was found and how far the next best is) and the numbers' (the least
certain step
of reading them, and whether every number of the lines was used). High needs both to be near 1; the thresholds were
chosen on
the development texts so that of what is called high at least 99 in 100 are right (see `python -m parser.calibration`).
"""

from __future__ import annotations

from parser.reading import Confidence, Scores

HIGH_NAME, HIGH_NUMBERS = 0.88, 0.86
LOW_NAME, LOW_NUMBERS = 0.4, 0.5


def confidence_of(scores: Scores) -> Confidence:
    """Give the level that the scores deserve."""
    if scores.name >= HIGH_NAME and scores.numbers >= HIGH_NUMBERS:
        return Confidence.HIGH
    if scores.name < LOW_NAME or scores.numbers < LOW_NUMBERS:
        return Confidence.LOW
    return Confidence.MEDIUM
