"""Numbers in front of lines that only count them: of a list of exercises, and of the sets below an exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parser.lines import ScannedLine

# So many lines that count up from one are numbered.
LEAST_RUN = 3
LEAST_ROWS = 2
UNITS_OF_ROWS = ("kg", "lb", "rep", "second", "metre", "bodyweight")


def take_running_numbers(lines: list[ScannedLine]) -> None:
    """`1 Goblet Squat 3 sets`, `2 Bench Press 3 sets`, `3 ...`: numbers without a sign that count the lines up."""
    _take_row_numbers(lines)
    run: list[ScannedLine] = []
    for line in [*lines, None]:
        if line is not None and line.is_blank:
            continue
        number = _leading_number(line) if line is not None else None
        if line is not None and number == len(run) + 1:
            run.append(line)
            continue
        if len(run) >= LEAST_RUN:
            for counted in run:
                counted.list_number = int(counted.atoms[0].low or 0)
                counted.atoms = counted.atoms[1:]
        run = [line] if line is not None and number == 1 else []


def _leading_number(line: ScannedLine) -> int | None:
    """A bare number in front of words, with more figures behind them, may count the line."""
    atoms = line.atoms
    if len(atoms) < 3 or line.list_number is not None or line.set_label is not None or line.has_bullet:
        return None
    first, second = atoms[:2]
    if first.kind != "amount" or first.unit is not None or first.low is None or first.low != first.high or first.sign:
        return None
    names = second.kind in ("name", "word") and second.text.casefold() != "x"
    return int(first.low) if names and first.low < 30 and any(a.kind == "amount" for a in atoms[2:]) else None


def _take_row_numbers(lines: list[ScannedLine]) -> None:
    """`1  24 kg x 12`, `2  24 kg x 10` below a name: the first figure of each row counts the sets.

    Where the rows of one exercise count up, a lone first row of another does so too.
    """
    counted: list[ScannedLine] = []
    longest = last = 0
    for line in lines:
        number = _row_number(line)
        last = number if number is not None and number in (1, last + 1) else 0
        if last:
            counted.append(line)
        longest = max(longest, last)
    for line in counted if longest >= LEAST_ROWS else ():
        line.list_number = int(line.atoms[0].low or 0)
        line.atoms = line.atoms[1:]


def _row_number(line: ScannedLine) -> int | None:
    """A bare number right in front of an amount with a unit; between the two stands nothing but a space."""
    atoms = line.atoms
    if len(atoms) < 2 or line.list_number is not None or line.set_label is not None or line.label is not None:
        return None
    first, second = atoms[:2]
    is_plain = first.is_number and first.unit is None and first.low == first.high and not first.sign
    if (
        not is_plain
        or first.is_plus
        or first.has_decimals
        or second.kind != "amount"
        or second.unit not in UNITS_OF_ROWS
    ):
        return None
    return int(first.low or 0) if second.start > first.end and not second.sign else None
