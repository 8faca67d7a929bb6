"""The days and weeks that the name of a workout speaks of: "Push (Monday)", "Montag: Beine", "Woche 2"."""

from __future__ import annotations

from typing import Final

from parser.lexer import tokenise
from parser.lexicon import load_lexicon

SHORTEST: Final = 3
"""Shorter abbreviations are words of another language as well: German "do" is a Thursday, English "do" is not."""


def weekday_in(name: str | None) -> int | None:
    """Give the day of the week, 0 for Monday; None where none is named, or several are."""
    if not name:
        return None
    phrases = load_lexicon().phrases
    named = {
        entry.value
        for token in tokenise(name, 0)
        if len(token.key) >= SHORTEST or not token.key.isascii()
        for entry in phrases.get((token.key,), ())
        if entry.role == "weekday"
    }
    return named.pop() if len(named) == 1 else None


def names_week(name: str) -> bool:
    """Tell whether a name says of itself which week it is in."""
    phrases = load_lexicon().phrases
    return any(entry.role == "week" for token in tokenise(name, 0) for entry in phrases.get((token.key,), ()))
