"""Tables: rows of markdown, of tabs and of commas, with or without a header, as exercises with labelled figures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from parser.atoms import Atom
from parser.lexicon import Lexicon, keys_of
from parser.lines import ScannedLine

WAYS = {"km": Decimal(1000), "mi": Decimal("1609.344"), "miles": Decimal("1609.344"), "m": Decimal(1)}
CELL_EDGES = ' \t*"'
MOST_SETS = 12
# Larger numbers in front of a row of small ones are a load.
LARGEST_COUNT = 20
ROLE_UNITS = {
    "sets": "set",
    "reps": "rep",
    "weight": "",
    "percent": "percent",
    "rest": "rest",
    "rpe": "rpe",
    "rir": "rir",
    "time": "second",
    "distance": "metre",
}


@dataclass(slots=True)
class Cell:
    """A cell: its place in the plain text and its words."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class Table:
    """The header's columns by position: a role, or the name of a day or week for the cells below."""

    roles: list[str] = field(default_factory=list)
    headings: dict[int, str] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)

    @property
    def is_headed(self) -> bool:
        return bool(self.roles)


def cut_cells(line: ScannedLine) -> list[Cell] | None:
    """Cut a row into cells, or give None where a line is no row."""
    text = line.text
    separator = "|" if text.count("|") >= 2 else "\t" if "\t" in text.strip() else ""
    if not separator:
        return None
    return _cells(line, separator)


def cut_spaced(line: ScannedLine) -> list[Cell]:
    """Cut a line at runs of two and more spaces, as columns of a copied document stand."""
    found = re.finditer(r"\S+(?: \S+)*", line.text)
    return [Cell(line.start + m.start(), line.start + m.end(), m.group()) for m in found]


def under_columns(cells: list[Cell], columns: list[Cell]) -> list[Cell]:
    """Put spaced cells under the columns that they stand below; a column without a cell is empty."""
    row = [Cell(cells[0].start, cells[0].start, "") for _ in columns]
    line_start, head_start = cells[0].start, columns[0].start
    last = -1
    for cell in cells:
        place = cell.start - line_start
        gaps = [abs(column.start - head_start - place) for column in columns]
        best = max(last + 1, gaps.index(min(gaps))) if last + 1 < len(columns) else last
        row[best], last = cell, best
    return row


def cut_csv(line: ScannedLine) -> list[Cell]:
    """Cut a line at its commas or semicolons."""
    return _cells(line, ";" if line.text.count(";") > line.text.count(",") else ",")


def _split(text: str, separator: str) -> list[str]:
    """Cut at a sign, but not within quotation marks, which exports put around texts."""
    if '"' not in text or separator not in ",;":
        return text.split(separator)
    parts, is_quoted = [""], False
    for char in text:
        is_quoted = is_quoted != (char == '"')
        if char == separator and not is_quoted:
            parts.append("")
        else:
            parts[-1] += char
    return parts if not is_quoted else text.split(separator)


def _cells(line: ScannedLine, separator: str) -> list[Cell]:
    cells, start = [], 0
    text = line.text
    for part in _split(text, separator):
        stripped = part.strip(CELL_EDGES)
        lead = len(part) - len(part.lstrip(CELL_EDGES))
        cells.append(Cell(line.start + start + lead, line.start + start + lead + len(stripped), stripped))
        start += len(part) + 1
    if separator == "|":
        if cells and not cells[0].text and text.lstrip().startswith("|"):
            cells = cells[1:]
        if cells and not cells[-1].text and text.rstrip().endswith("|"):
            cells = cells[:-1]
    return cells


def is_rule(line: ScannedLine) -> bool:
    """Tell whether a line only draws the rule under a header."""
    return set(line.text.strip()) <= set("|-:=+ ") and "-" in line.text


def read_header(cells: list[Cell], lexicon: Lexicon, is_certain: bool = False) -> Table | None:
    """Read a row as a header, where it names at least the exercise column and one more, or days and weeks."""
    table = Table()
    found = 0
    for index, cell in enumerate(cells):
        keys = keys_of(cell.text.replace("_", " "))
        role = lexicon.columns.get(keys) or _column_by_parts(keys, lexicon)
        if role == "deload" or (role is None and _is_calendar(keys, lexicon)):
            role = None
            table.headings[index] = cell.text
        elif role is None and _counts_sets(keys, lexicon):
            role = "each"
        table.roles.append(role or "")
        found += role is not None
        if role == "weight":
            unit = next((key for key in keys if key in ("kg", "lb", "lbs", "кг")), "")
            table.units[index] = {"кг": "kg", "lbs": "lb"}.get(unit, unit)
        if role == "distance" and "km" in keys:
            table.units[index] = "km"
    if table.roles.count("time") > 1:
        # Beside the seconds of a set, a duration is that of the workout.
        table.roles[table.roles.index("time")] = "note"
    if table.headings and (len(table.headings) >= 2 or found):
        if not table.roles[0] and 0 not in table.headings:
            table.roles[0] = "exercise"
        return table
    has_work = any(role in ("sets", "reps", "scheme", "weight", "time") for role in table.roles)
    is_header = (found >= 2 and has_work) or (is_certain and found > 0)
    return table if is_header else None


def _counts_sets(keys: tuple[str, ...], lexicon: Lexicon) -> bool:
    """`Set 1`, `S2`, `Подход 3` head the column of one set."""
    if len(keys) != 2 or not keys[1].isdigit() or int(keys[1]) > MOST_SETS:
        return False
    return any(e.role in ("set", "set_label") for e in lexicon.phrases.get(keys[:1], ()))


def _column_by_parts(keys: tuple[str, ...], lexicon: Lexicon) -> str | None:
    """Read `Rest (sec)` and `Weight [kg]` by their first words."""
    signs = next((i for i, key in enumerate(keys) if key in "([/"), None)
    return lexicon.columns.get(keys[:signs]) if signs else None


def _is_calendar(keys: tuple[str, ...], lexicon: Lexicon) -> bool:
    entries = [entry for key in keys for entry in lexicon.phrases.get((key,), ())]
    roles = {entry.role for entry in entries}
    if "weekday" in roles:
        return True
    if len(keys) == 2 and keys[0] == "w" and keys[1].isdigit():
        return True
    has_number = any(key.isdigit() or len(key) == 1 for key in keys) or any(
        key[:1] in "wd" and key[1:].isdigit() for key in keys
    )
    return has_number and bool(roles & {"week", "day"})


def label_atoms(atoms: list[Atom], role: str, unit: str) -> list[Atom]:
    """Give the amounts of a cell the meaning of its column."""
    if role == "scheme" or role not in ROLE_UNITS:
        return atoms
    labelled: list[Atom] = []
    for atom in atoms:
        if atom.kind != "amount" or (atom.low is None and atom.unit != "amrap"):
            labelled.append(atom)
        elif role in ("time", "distance", "rpe") and atom.low == 0:
            # Exports write a nought where nothing was measured.
            continue
        elif role == "rest":
            labelled.append(_rest(atom))
        elif role == "distance" and atom.unit is None and unit in WAYS:
            way = atom.low * WAYS[unit] if atom.low is not None else None
            labelled.append(replace(atom, unit="metre", low=way, high=way))
        elif role == "weight":
            labelled.append(replace(atom, unit=unit or None, is_glued=False) if atom.unit is None else atom)
        elif atom.unit in (None, "pair") or role in ("rpe", "rir"):
            labelled.append(replace(atom, unit=ROLE_UNITS[role]))
        else:
            labelled.append(atom)
    return labelled


def _rest(atom: Atom) -> Atom:
    if atom.unit in ("second", "rest", "pair"):
        return replace(atom, unit="rest")
    factor = 60 if atom.low is not None and (atom.low <= 10 or atom.unit == "metre") else 1
    low = atom.low * factor if atom.low is not None else None
    return replace(atom, unit="rest", low=low, high=low)


def _role_of_unit(amount: Atom, roles: list[str]) -> str:
    """Tell the column of a cell without a header by its unit; a time behind sets and repetitions is a rest."""
    has_reps = "reps" in roles or "scheme" in roles
    if amount.unit == "pair":
        return "rest" if has_reps and (amount.low or 0) >= 30 else "time" if not has_reps else ""
    if has_reps and (amount.unit == "second" or (amount.unit == "metre" and amount.is_short)):
        return "rest"
    return {"set": "sets", "rep": "reps", "amrap": "reps", "rest": "rest", "metre": "distance"}.get(
        amount.unit or "", ""
    )


def numbers_the_set(atoms: list[Atom]) -> bool:
    """`Set 1 | Bench Press | 8 reps`: the first cell counts the sets."""
    told = [a for a in atoms if a.kind != "sep"]
    is_counted = len(told) == 2 and told[0].role in ("set", "set_label") and told[1].is_number
    return is_counted and told[1].unit is None


def _tells_each_set(cells: list[list[Atom]]) -> bool:
    """`Squat | 100 | 5 | 5 | 4`: a load and then the repetitions of each set."""
    told = [[a for a in atoms if a.kind != "sep"] for atoms in cells[1:]]
    if len(told) < 3 or any(len(atoms) != 1 or not atoms[0].is_number for atoms in told):
        return False
    load, *counts = (atoms[0] for atoms in told)
    is_load = load.unit in ("kg", "lb") or (load.unit is None and (load.low or 0) > LARGEST_COUNT)
    small = all(a.unit in (None, "rep") and a.low == a.high and (a.low or 0) <= LARGEST_COUNT for a in counts)
    return is_load and small and (len(counts) > 2 or load.unit in ("kg", "lb"))


def guess_roles(cells: list[list[Atom]]) -> list[str]:
    """Guess the columns of a row without a header: the first words name, then sets, repetitions, load, rest."""
    roles: list[str] = []
    waiting = ["sets", "reps", "weight"]
    if len(cells) > 2 and numbers_the_set(cells[0]):
        return ["order", *guess_roles(cells[1:])]
    if _tells_each_set(cells):
        return ["exercise", "weight", *("each" for _ in cells[2:])]
    for index, atoms in enumerate(cells):
        amounts = [a for a in atoms if a.kind == "amount"]
        if index == 0 or (any(a.kind in ("name", "word") for a in atoms) and "exercise" not in roles):
            roles.append("exercise")
        elif not amounts:
            roles.append("reps" if any(a.role in ("amrap", "failure") for a in atoms) else "note")
        elif any(a.kind == "times" for a in atoms):
            roles.append("scheme")
            waiting = ["weight"]
        elif _role_of_unit(amounts[0], roles):
            roles.append(_role_of_unit(amounts[0], roles))
        elif (
            amounts[0].unit in ("kg", "lb", "percent", "bodyweight")
            or amounts[0].has_decimals
            or (amounts[0].low or Decimal(0)) > 30
        ):
            roles.append("weight")
        elif amounts[0].unit in ("second",):
            roles.append("rest" if "reps" in roles else "time")
        else:
            roles.append(waiting.pop(0) if waiting else "note")
    return roles
