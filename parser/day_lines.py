"""Several days told on one line: `Day 1: squat 5x5; Day 2: deadlift 3x5`, `A: squat 3x5 B: bench 3x5`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from parser.atoms import Atom
from parser.lines import ScannedLine

LETTERS = ("abcdef", "абвгд")


def split_day_lines(lines: list[ScannedLine]) -> list[ScannedLine]:
    """Cut lines that tell several days, each before the heading of a day."""
    return [part for line in lines for part in _split(line)]


def _split(line: ScannedLine) -> list[ScannedLine]:
    starts = _day_starts(line.atoms)
    if len(starts) < 2:
        return _split_weeks(line) or [line]
    parts = []
    for place, start in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else len(line.atoms)
        atoms = line.atoms[start:end] if place else line.atoms[:end]
        first = atoms[0].start if place else line.start
        last = line.atoms[end].start if end < len(line.atoms) else line.end
        text = line.text[first - line.start : last - line.start]
        parts.append(replace(line, start=first, text=text, atoms=atoms, dates=line.dates if not place else []))
    return parts


def _split_weeks(line: ScannedLine) -> list[ScannedLine]:
    """`Bench: wk1 4x8 @65, wk2 4x6 @70` and `Wk1 4x8, Wk2 4x6 - bench`: one exercise, and its sets week by week."""
    atoms = line.atoms
    names = [a for a in atoms if a.kind == "name"]
    starts = [i for i, a in enumerate(atoms[:-1]) if a.role == "week" and atoms[i + 1].is_number]
    if len(starts) < 2 or len(names) != 1 or [atoms[i + 1].low for i in starts] != [*range(1, len(starts) + 1)]:
        return []
    if any(a.kind not in ("sep", "name") for a in atoms[: starts[0]]):
        return []
    ends = [*starts[1:], len(atoms)]
    if not all(any(a.kind == "times" for a in atoms[i:j]) for i, j in zip(starts, ends, strict=True)):
        return []
    head = replace(line, start=names[0].start, text=names[0].text, atoms=names)
    parts = [_part(line, [a for a in atoms[i:j] if a not in names]) for i, j in zip(starts, ends, strict=True)]
    return [head, *parts]


def _part(line: ScannedLine, atoms: list[Atom]) -> ScannedLine:
    while atoms and atoms[-1].kind == "sep":
        atoms = atoms[:-1]
    start, end = atoms[0].start, atoms[-1].end
    return replace(line, start=start, text=line.text[start - line.start : end - line.start], atoms=atoms, dates=[])


def _day_starts(atoms: list[Atom]) -> list[int]:
    """Give the places of headings of days, where the first of them opens the line and figures are between them."""
    if len([atom for atom in atoms if atom.text in (":", "-")]) < 2:
        return []
    for starts in (_places(atoms, _size_of_day), _places(atoms, _size_of_weekday), _letters(atoms)):
        if len(starts) >= 2 and all(a.kind == "sep" for a in atoms[: starts[0]]) and _are_filled(atoms, starts):
            return starts
    return []


def _places(atoms: list[Atom], heads: Callable[[list[Atom], int], int]) -> list[int]:
    return [
        i
        for i in range(len(atoms))
        if (size := heads(atoms, i)) and i + size < len(atoms) and atoms[i + size].text in (":", "-")
    ]


def _size_of_day(atoms: list[Atom], index: int) -> int:
    behind = atoms[index + 1] if index + 1 < len(atoms) else None
    if atoms[index].role != "day" or behind is None:
        return 0
    return 2 if (behind.kind == "amount" and behind.unit is None) or len(behind.text) == 1 else 0


def _size_of_weekday(atoms: list[Atom], index: int) -> int:
    return 1 if atoms[index].role == "weekday" else 0


def _letters(atoms: list[Atom]) -> list[int]:
    """`A: ... B: ...`: single letters in the order of the alphabet, each with a colon behind it."""
    for alphabet in LETTERS:
        starts: list[int] = []
        for index, atom in enumerate(atoms[:-1]):
            expected = alphabet[len(starts) : len(starts) + 1]
            if expected and atom.text.casefold() == expected and atoms[index + 1].text == ":":
                starts.append(index)
        if len(starts) >= 2:
            return starts
    return []


def _are_filled(atoms: list[Atom], starts: list[int]) -> bool:
    """Tell whether every day has an exercise with figures of its own."""
    ends = [*starts[1:], len(atoms)]
    return all(
        any(a.kind == "name" for a in atoms[start:end]) and any(a.kind == "times" for a in atoms[start:end])
        for start, end in zip(starts, ends, strict=True)
    )
