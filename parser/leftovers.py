"""Figures of an exercise that its sets do not explain: each of them makes a reading doubtful, whatever its stages
said.
"""

from __future__ import annotations

from decimal import Decimal

from parser.atoms import Atom
from parser.chunks import without_numbering
from parser.document import Entry
from parser.groups import Figures

# Marks that replace or repeat figures on purpose, so that not every figure of the text is left in the sets.
REPLACING = frozenset({"correct", "last_set", "missed"})
EXEMPT = frozenset({"other_unit", "calorie", "week", "day", "plate", "bar", "bodyweight", "round", "rir", "repmax"})
TEN = Decimal(10)


def unexplained(entry: Entry, figures: Figures) -> Atom | None:
    """Give the first figure of the entry's lines that no field of its sets holds, or None."""
    atoms = [atom for part in entry.parts for atom in without_numbering(part)]
    if not figures.groups or any(atom.role in REPLACING for atom in atoms):
        return None
    known = _values(figures)
    for atom in atoms:
        if atom.kind == "amount" and atom.low is not None and atom.unit not in EXEMPT and not _explains(atom, known):
            return atom
    return None


def _values(figures: Figures) -> dict[str, set[Decimal | None]]:
    """The values that the sets hold, by the kind of unit that may tell them."""
    groups = figures.groups
    counts = {Decimal(group.count) for group in groups}
    counts |= {Decimal(len(groups)), Decimal(sum(group.count for group in groups)), Decimal(figures.sets or 0)}
    reps = {Decimal(n) for group in groups for n in (group.low, group.high) if n is not None}
    loads = {group.load.weight for group in groups if group.load is not None} | {
        figures.load.weight if figures.load is not None else None
    }
    times = {Decimal(group.seconds) for group in groups if group.seconds is not None}
    rests = {Decimal(figures.rest)} if figures.rest is not None else set()
    efforts = {n for group in groups for n in (group.rpe, group.rir) if n is not None}
    efforts |= {TEN - n for n in efforts}
    return {
        "set": set(counts),
        "rep": set(reps),
        "load": set(loads),
        "second": {*times, *rests},
        "metre": {group.metres for group in groups},
        "percent": {group.percent for group in groups},
        "rpe": set(efforts),
    }


def _explains(atom: Atom, known: dict[str, set[Decimal | None]]) -> bool:
    fields = {"kg": "load", "lb": "load", "rest": "second"}
    field = fields.get(atom.unit or "", atom.unit or "")
    values = known.get(field)
    if values is None:
        values = {value for some in known.values() for value in some}
    return atom.low in values
