"""Rows that count their sets: `1: 100 kg x 5`, `2: 100 kg x 5` and `#1 80x8`, `#2 80x7` below the name of a lift."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parser.atoms import Atom

if TYPE_CHECKING:
    from parser.lines import ScannedLine

SIGNS = frozenset(":-")
# A smaller first factor counts sets, so that the row prescribes: `1: 5x5`.
LIGHTEST = 12
LEAST_ROWS = 2


def number_sets(lines: list[ScannedLine]) -> None:
    """Mark the rows of runs that count up from one, or on from labelled warm-ups, as sets."""
    run: list[tuple[ScannedLine, int]] = []
    for line in [*lines, None]:
        size = _number_of(line, len(run) + 1) if line is not None else 0
        if line is not None and size:
            run.append((line, size))
            continue
        if len(run) >= LEAST_ROWS or (run and _follows_label(run[0][0], lines)):
            for row, length in run:
                _take_number(row, length)
        size = _number_of(line, 1) if line is not None else 0
        run = [(line, size)] if line is not None and size else []


def _take_number(row: ScannedLine, size: int) -> None:
    """Take the number off a row; where the row is no single set it may be that of a week, so the row stays in doubt."""
    counted, row.atoms = row.atoms[:size], row.atoms[size:]
    if any(a.kind == "name" for a in row.atoms):
        row.list_number = int(next(a.low for a in counted if a.kind == "amount") or 0)
    elif _is_one_set(row.atoms):
        row.set_label = "working"
    else:
        row.atoms = [Atom("mark", counted[0].start, counted[-1].end, "", "unclear"), *row.atoms]


def _follows_label(row: ScannedLine, lines: list[ScannedLine]) -> bool:
    """`1: 80 kg x 8` right below `W1: 40 kg x 10` is the only working set."""
    return any(line.number == row.number - 1 and line.set_label is not None for line in lines)


def _number_of(line: ScannedLine, expected: int) -> int:
    """Give how many atoms in front of a row count it, where the number is the expected one and a set follows."""
    atoms = line.atoms
    if line.set_label is not None or line.list_number is not None or len(atoms) < 3:
        return 0
    hashed = atoms[0].text == "#" or atoms[0].role == "lb"
    number = atoms[1] if hashed else atoms[0]
    if number.kind != "amount" or number.unit is not None or number.low != number.high or number.low != expected:
        return 0
    has_sign = atoms[1 + hashed].kind == "sep" and atoms[1 + hashed].text in SIGNS
    if not has_sign and not hashed:
        return 0
    size = 1 + hashed + has_sign
    behind = atoms[size:]
    return size if any(a.kind == "amount" for a in behind) and behind[0].kind in ("amount", "name", "word") else 0


def _is_one_set(atoms: list[Atom]) -> bool:
    """One load by repetitions, or repetitions or a time alone; sets by repetitions and percents are a plan."""
    if not atoms or atoms[0].kind != "amount":
        return False
    amounts = [a for a in atoms if a.kind == "amount"]
    if any(a.unit in ("percent", "set", "round", "rest") or a.low != a.high for a in amounts):
        return False
    signs = [i for i, a in enumerate(atoms) if a.kind == "times" and a.role != "for"]
    first = amounts[0]
    if not signs:
        return first.unit in ("kg", "lb", "rep", "second", "pair", "bodyweight")
    is_load = first.unit in ("kg", "lb", "bodyweight") or (first.unit is None and (first.low or 0) > LIGHTEST)
    return len(signs) == 1 and signs[0] == 1 and is_load
