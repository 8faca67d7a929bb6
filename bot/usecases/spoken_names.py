"""The user's own words for an exercise, out of the piece of text that was read."""

from __future__ import annotations

import re
from typing import Final

from parser import LoggedExercise

FIGURES: Final = re.compile(r"[-+@~≈×]*\d.*", re.DOTALL)
LABEL: Final = re.compile(r"^\s*(?:[-*•·]+\s*|\d{1,2}[.)]\s+|[A-Z]\d?[.):]\s*)")
EDGES: Final = " \t\r\n:;,.-–—=*_|()[]"
LONGEST: Final = 60


def spoken_name(read: LoggedExercise) -> str:
    """Give the words before the figures: "bp: 80x8" is "bp". Empty where no word stands there."""
    line = LABEL.sub("", read.raw.strip().splitlines()[0]) if read.raw.strip() else ""
    name = FIGURES.sub("", line).strip(EDGES)
    return name if len(name) <= LONGEST else ""
