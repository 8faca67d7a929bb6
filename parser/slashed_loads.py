"""`60/10, 70/8, 80/6`: a load and its repetitions with a stroke between them, set by set."""

from __future__ import annotations

import itertools
from dataclasses import replace
from decimal import Decimal

from parser.atoms import Atom

LEAST_LOAD = 20
MOST_REPS = 20
LEAST_LIST = 2
DIGITS_OF_A_LIST = range(3, 7)


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
    """`80 (8), 80 (8), 80 (7)`: a load and its repetitions in brackets, told at least twice or with nothing beside."""
    places = [
        i
        for i in range(len(atoms) - 3)
        if atoms[i + 1].text == "(" and atoms[i + 3].text == ")" and _is_pair(atoms[i], atoms[i + 2])
    ]
    is_lone = len(places) == 1 and sum(atom.kind == "amount" for atom in atoms) == 2
    if not (len(places) > 1 or is_lone) or any(atom.kind == "times" for atom in atoms):
        return atoms
    signs, closing = {i + 1 for i in places}, {i + 3 for i in places}
    return [replace(a, kind="times") if i in signs else a for i, a in enumerate(atoms) if i not in closing]


def with_bracketed_lists(atoms: list[Atom]) -> list[Atom]:
    """`185 (8,8,7,6)`: behind a load the list in brackets tells the repetitions of each set."""
    opening = next((i for i, atom in enumerate(atoms) if atom.text == "("), 0)
    closing = next((i for i, atom in enumerate(atoms) if atom.text == ")"), 0)
    inside = atoms[opening + 1 : closing]
    counts = [atom for atom in inside if atom.kind == "amount"]
    if not opening or len(counts) < LEAST_LIST or any(atom.kind == "times" for atom in atoms):
        return atoms
    is_list = all(atom.kind == "amount" or atom.text in ",/-;" for atom in inside)
    if not is_list or not all(_is_pair(atoms[opening - 1], count) for count in counts):
        return atoms
    sign = replace(atoms[opening], kind="times", text="x")
    return [*atoms[:opening], sign, *inside, *with_bracketed_lists(atoms[closing + 1 :])]


def with_digit_lists(atoms: list[Atom]) -> list[Atom]:
    """`185 (55543)`: behind a load each digit in the brackets tells the repetitions of a set."""
    for i in range(len(atoms) - 3):
        load, opening, digits, closing = atoms[i : i + 4]
        if (opening.text, closing.text) != ("(", ")") or not _is_digit_list(load, digits):
            continue
        counts = [replace(digits, text=one, low=Decimal(one), high=Decimal(one)) for one in digits.text]
        listed = [piece for count in counts for piece in (count, Atom("sep", count.end, count.end, ","))]
        return [*atoms[: i + 1], Atom("times", load.end, load.end), *listed, *with_digit_lists(atoms[i + 4 :])]
    return atoms


def _is_digit_list(load: Atom, digits: Atom) -> bool:
    text = digits.text
    if load.kind != "amount" or load.unit not in (None, "kg", "lb") or digits.unit is not None or not text.isdigit():
        return False
    is_list = len(text) in DIGITS_OF_A_LIST and "0" not in text and int(max(text)) <= 2 * int(min(text))
    return is_list and load.low == load.high and (load.low or 0) >= LEAST_LOAD and not load.sign


def with_bracketed_efforts(atoms: list[Atom]) -> list[Atom]:
    """`100 x 5 (8), 100 x 5 (8.5)`: numbers up to ten in brackets behind sets, told at least twice, are efforts."""
    places = [
        i + 1
        for i in range(2, len(atoms) - 2)
        if atoms[i].text == "(" and atoms[i + 2].text == ")" and atoms[i - 1].is_number and atoms[i - 2].kind == "times"
    ]
    efforts = [atoms[i] for i in places]
    is_effort = all(a.is_number and a.unit is None and a.low == a.high and 6 <= (a.low or 0) <= 10 for a in efforts)
    if len(efforts) < 2 or not is_effort or not any(a.has_decimals for a in efforts):
        return atoms
    return [replace(a, unit="rpe") if i in places else a for i, a in enumerate(atoms)]


def without_second_weights(atoms: list[Atom]) -> list[Atom]:
    """`12 snatches (50/35 lb)`, `9 box jumps (24/20 in)`: what men and women take; the first one counts."""
    for i in range(len(atoms) - 4):
        opening, first, stroke, second, closing = atoms[i : i + 5]
        if [opening.text, stroke.text, closing.text] != ["(", "/", ")"] or not (first.is_number and second.is_number):
            continue
        is_pair = first.unit in (None, second.unit) and second.unit in ("kg", "lb", "other_unit")
        if is_pair and (first.low or 0) > (second.low or 0):
            return [*atoms[: i + 1], replace(first, unit=second.unit), *atoms[i + 4 :]]
    return atoms


def with_spaced_pairs(atoms: list[Atom]) -> list[Atom]:
    """`60 10, 70 8, 80 6`: a load and its repetitions side by side, told at least twice."""
    amounts = [i for i, atom in enumerate(atoms) if atom.kind == "amount" and atom.unit != "rpe"]
    if len(amounts) < 4 or len(amounts) % 2 or any(atom.kind == "times" for atom in atoms):
        return atoms
    pairs = list(zip(amounts[::2], amounts[1::2], strict=True))
    side_by_side = all(b == a + 1 and _is_pair(atoms[a], atoms[b]) for a, b in pairs)
    joints = [atoms[b + 1 : c] for (_, b), (c, _) in itertools.pairwise(pairs)]
    if not side_by_side or any(a.text not in ",;" for joint in joints for a in joint):
        return atoms
    firsts = {a for a, _ in pairs}
    made: list[Atom] = []
    for index, atom in enumerate(atoms):
        made.append(atom)
        if index in firsts:
            made.append(Atom("times", atom.end, atom.end))
    return made


def with_two_lists(atoms: list[Atom]) -> list[Atom]:
    """`100,120,140 - 15,12,10` and `100/120/140 15/12/10`: loads and then as many counts, which belong together."""
    amounts = [atom for atom in atoms if atom.kind == "amount"]
    half = len(amounts) // 2
    loads, counts = amounts[:half], amounts[half:]
    if half < 2 or len(amounts) % 2 or any(atom.kind not in ("amount", "sep") for atom in atoms):
        return atoms
    if not all(_is_pair(load, count) for load, count in zip(loads, counts, strict=True)):
        return atoms
    signs = ["".join(a.text for a in atoms if a.kind == "sep" and x.end <= a.start < y.start)
             for x, y in itertools.pairwise(amounts)]  # fmt: skip
    inner = {*signs[: half - 1], *signs[half:]}
    if len(inner) != 1 or not inner <= {",", "/", "-", ""} or signs[half - 1] in inner:
        return atoms
    unit = next((load.unit for load in loads if load.unit), None)
    made: list[Atom] = []
    for load, count in zip(loads, counts, strict=True):
        sign = Atom("times", load.end, load.end)
        made.extend((replace(load, unit=load.unit or unit), sign, count, Atom("sep", count.end, count.end, ",")))
    return made


def _is_pair(load: Atom, count: Atom) -> bool:
    if load.kind != "amount" or count.kind != "amount" or load.low is None or count.low is None:
        return False
    is_plain = load.low == load.high and count.low == count.high and not load.sign and not count.sign
    fits = load.low >= LEAST_LOAD and load.low >= 2 * count.low and 0 < count.low <= MOST_REPS
    return is_plain and fits and load.unit in (None, "kg", "lb") and count.unit in (None, "rep")
