"""Efforts that are told in words: `last set felt like an 8.5`, `it was about a 9`."""

from __future__ import annotations

from decimal import Decimal

from parser.atoms import Atom, changed
from parser.normalise import fold

ARTICLES = frozenset({"a", "an"})
# What may stand between the word for how it was and the article: `felt like a solid 8` has an adjective behind it.
LEADING = frozenset({"past", "emphatic", "last_set"})
FEELING = frozenset({"felt", "feels", "feeling", "was", "were"})
ADJECTIVES = frozenset({"solid", "hard", "easy", "true", "legit", "good", "strong", "high", "low", "tough", "light"})
EASIEST, HARDEST = Decimal(5), Decimal(10)


def with_told_efforts(atoms: list[Atom]) -> list[Atom]:
    """Make efforts of bare numbers from five to ten that an article and a word of feeling stand in front of."""
    places = [i for i, atom in enumerate(atoms) if _is_told_effort(atoms, i)]
    return [changed(a, unit="rpe") if i in places else a for i, a in enumerate(atoms)] if places else atoms


def _is_told_effort(atoms: list[Atom], index: int) -> bool:
    atom = atoms[index]
    if not atom.is_number or atom.unit is not None or atom.low != atom.high or atom.sign or atom.is_plus:
        return False
    if not EASIEST <= (atom.low or 0) <= HARDEST or not _ends_there(atoms, index):
        return False
    place = index - 1
    while place >= 0 and fold(atoms[place].text) in ADJECTIVES:
        place -= 1
    if place < 1 or fold(atoms[place].text) not in ARTICLES:
        return False
    before = atoms[max(0, place - 3) : place]
    return before[-1].role in LEADING and any(_tells_feeling(a) for a in before)


def _ends_there(atoms: list[Atom], index: int) -> bool:
    """`felt like a 10 rep max` and `a 5x5` go on; an effort ends its words."""
    following = atoms[index + 1] if index + 1 < len(atoms) else None
    return following is None or following.kind == "sep" or following.role in ("and", "then", "past", "today")


def _tells_feeling(atom: Atom) -> bool:
    words = fold(atom.text).split()
    return bool(words) and atom.kind in ("mark", "word") and bool({words[-1], words[0]} & FEELING)
