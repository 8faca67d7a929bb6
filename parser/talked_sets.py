"""Sets of the exercise above with talk behind them: `80x6 spotter helped on the last one`."""

from __future__ import annotations

from decimal import Decimal

from parser.atoms import Atom
from parser.clauses import Clause
from parser.document import Entry
from parser.name_spots import Spot
from parser.name_words import name_words

# A smaller bare number in front of a sign counts sets: `3x10 face puls` names an exercise.
LIGHTEST = 20
MOST_REPS = 30
LEAST_TALK = 3
LEAST_RATIO, MOST_RATIO = Decimal("0.7"), Decimal("1.5")


def is_talked_set(atoms: list[Atom], clauses: list[Clause], current: Entry) -> bool:
    """Tell whether a line that starts with a load by repetitions only talks behind it, and names nothing."""
    if not _opens_with_set(atoms) or not _has_sets_below_name(current):
        return False
    spots = [spot for c in clauses for spot in (c.spot, *c.others) if spot is not None]
    if not spots or any(spot.has_name and not _is_misspelled(spot.resolution.method) for spot in spots):
        return False
    if not all(not spot.is_known or _is_like_a_name(spot, atoms) for spot in spots):
        return False
    said = [a for a in atoms if a.kind in ("word", "mark")]
    return len(said) >= LEAST_TALK or _is_near_last(atoms[0], current)


def _is_near_last(load: Atom, current: Entry) -> bool:
    """One or two words may name another exercise; a load like that of the set above speaks against it."""
    before = next((a.low for part in reversed(current.parts) for a in part if a.kind == "amount"), None)
    return before is not None and bool(before) and LEAST_RATIO <= (load.low or 0) / before <= MOST_RATIO


def _is_misspelled(method: str) -> bool:
    return method.startswith("typo")


def _is_like_a_name(spot: Spot, atoms: list[Atom]) -> bool:
    """The spot of `got a spot on the last rep` is only like a name; `face puls` is a misspelled one."""
    others = [a for a in atoms if a.kind in ("word", "mark") and not spot.start <= a.start < spot.end]
    return _is_misspelled(spot.resolution.method) and len(name_words(spot.text)) == 1 and bool(others)


def _opens_with_set(atoms: list[Atom]) -> bool:
    if len(atoms) < 4 or atoms[1].kind != "times" or atoms[1].role == "for":
        return False
    load, count = atoms[0], atoms[2]
    is_load = load.unit in ("kg", "lb") or (load.unit is None and (load.low or 0) >= LIGHTEST)
    is_plain = load.kind == count.kind == "amount" and load.low == load.high and count.low == count.high
    is_alone = atoms[3].kind != "times" and not any(a.kind == "amount" and a.unit is None for a in atoms[3:])
    return is_plain and is_load and is_alone and count.unit in (None, "rep") and (count.low or 99) <= MOST_REPS


def _has_sets_below_name(current: Entry) -> bool:
    """Tell whether the sets of the exercise stand behind its name, so that no name follows the figures here."""
    figures = [a.start for part in current.parts for a in part if a.kind == "amount"]
    return not figures or min(figures) >= current.spot.end or current.is_inherited
