"""`60/10, 70/8, 80/6`: a load and its repetitions with a stroke between them, set by set."""

from __future__ import annotations

import itertools
from dataclasses import replace

from parser.atoms import Atom

LEAST_LOAD = 20
MOST_REPS = 20


def with_slashed_loads(atoms: list[Atom]) -> list[Atom]:
    """Put a sign of multiplication for each stroke, where two or more strokes all stand between load and repetitions.

    A stroke that could mean anything else, as in `12/10/8`, leaves all of them as they are.
    """
    strokes = [i for i, atom in enumerate(atoms) if atom.kind == "sep" and atom.text == "/"]
    if len(strokes) < 2 or any(atom.kind == "times" for atom in atoms):
        return atoms
    if any(b - a < 3 for a, b in itertools.pairwise(strokes)):
        return atoms
    if not all(0 < i < len(atoms) - 1 and _is_pair(atoms[i - 1], atoms[i + 1]) for i in strokes):
        return atoms
    return [replace(atom, kind="times") if i in strokes else atom for i, atom in enumerate(atoms)]


def with_bracketed_counts(atoms: list[Atom]) -> list[Atom]:
    """`80 (8), 80 (8), 80 (7)`: a load and its repetitions in brackets, told at least twice."""
    places = [
        i
        for i in range(len(atoms) - 3)
        if atoms[i + 1].text == "(" and atoms[i + 3].text == ")" and _is_pair(atoms[i], atoms[i + 2])
    ]
    if len(places) < 2 or any(atom.kind == "times" for atom in atoms):
        return atoms
    signs, closing = {i + 1 for i in places}, {i + 3 for i in places}
    return [replace(a, kind="times") if i in signs else a for i, a in enumerate(atoms) if i not in closing]


def _is_pair(load: Atom, count: Atom) -> bool:
    if load.kind != "amount" or count.kind != "amount" or load.low is None or count.low is None:
        return False
    is_plain = load.low == load.high and count.low == count.high and not load.sign and not count.sign
    fits = load.low >= LEAST_LOAD and load.low >= 2 * count.low and 0 < count.low <= MOST_REPS
    return is_plain and fits and load.unit in (None, "kg", "lb") and count.unit in (None, "rep")
