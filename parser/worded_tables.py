"""Tables whose columns only single spaces keep apart, as they come out of a copied document:

`Exercise Sets Reps Rest` and below it `Goblet Squat 3 10 90 sec`. The header says how many figures a row has; a row of
another number of figures is none.
"""

from __future__ import annotations

from itertools import pairwise

from parser.atoms import Atom
from parser.lexicon import Lexicon, keys_of
from parser.lines import ScannedLine
from parser.tables import Cell

MOST_WORDS = 4
LEAST_COLUMNS = 3


def cut_worded_header(line: ScannedLine, lexicon: Lexicon) -> list[Cell] | None:
    """Cut a line that holds nothing but words for columns into them, the longest words first."""
    words, place = [], line.start
    for word in line.text.split(" "):
        if word:
            words.append(Cell(place, place + len(word), word))
        place += len(word) + 1
    if not LEAST_COLUMNS <= len(words) <= LEAST_COLUMNS * MOST_WORDS:
        return None
    cells: list[Cell] = []
    while words:
        size = _size_of_column(words, lexicon)
        if not size:
            return None
        cells.append(Cell(words[0].start, words[size - 1].end, " ".join(word.text for word in words[:size])))
        words = words[size:]
    roles = [lexicon.columns[keys_of(cell.text)] for cell in cells]
    is_table = roles[0] == "exercise" and len(set(roles)) == len(roles) >= LEAST_COLUMNS
    return cells if is_table and {"sets", "reps", "scheme"} & set(roles) else None


def _size_of_column(words: list[Cell], lexicon: Lexicon) -> int:
    for size in range(min(MOST_WORDS, len(words)), 0, -1):
        if keys_of(" ".join(word.text for word in words[:size])) in lexicon.columns:
            return size
    return 0


def cut_worded_row(line: ScannedLine, roles: list[str]) -> list[Cell] | None:
    """Cut a row at its figures: a name, then as many figures as the header has columns for; a rest may be left out."""
    starts = [atom.start for atom in line.atoms if _is_figure(atom)]
    names = [atom for atom in line.atoms if atom.kind in ("name", "word") and (not starts or atom.start < starts[0])]
    told = _filled_roles(line, roles[1:], len(starts))
    if not names or len(told) != len(starts) or not starts or any(atom.kind == "times" for atom in line.atoms):
        return None
    cells = [_cell(line, names[0].start, starts[0])]
    cells.extend(_cell(line, a, b) for a, b in pairwise([*starts, line.end]))
    filled = dict(zip(["exercise", *told], cells, strict=True))
    return [filled.get(role, Cell(line.end, line.end, "")) for role in roles]


def _filled_roles(line: ScannedLine, roles: list[str], count: int) -> list[str]:
    """Give the columns that a row fills: notes are words, and a tempo or the last rest may be left out."""
    told = [role for role in roles if role != "note"]
    if len(told) > count and not any(atom.role == "tempo_value" for atom in line.atoms):
        told = [role for role in told if role != "tempo"]
    if len(told) > count and told[-1] == "rest" and not any(a.unit in ("second", "rest") for a in line.atoms):
        told = told[:-1]
    return told


def _is_figure(atom: Atom) -> bool:
    return atom.kind == "amount" or (atom.kind == "mark" and atom.role in ("tempo_value", "amrap", "failure"))


def _cell(line: ScannedLine, start: int, end: int) -> Cell:
    text = line.text[start - line.start : end - line.start].rstrip(" ,;|-")
    return Cell(start, start + len(text), text)
