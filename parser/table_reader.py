"""Reads tables into the outline: rows under a header, rows without one, and columns that are days or weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parser.atom_scanner import AtomScanner
from parser.atoms import Atom
from parser.clauses import cut_clauses
from parser.document import DayDraft, Entry
from parser.headings import clean_name
from parser.lexer import tokenise
from parser.lines import ScannedLine
from parser.name_spots import Spot
from parser.normalise import fold
from parser.number_words import spell_numbers
from parser.reading import UnreadLine
from parser.table_cells import (
    cell_atoms,
    first_is_one,
    holds_products,
    role_of_load,
    unit_of_column,
    with_schemes,
    without_sets,
)
from parser.table_days import TableDays
from parser.tables import (
    Cell,
    cut_cells,
    cut_csv,
    cut_spaced,
    guess_roles,
    is_rule,
    numbers_the_set,
    read_header,
    under_columns,
)
from parser.worded_tables import cut_worded_header, cut_worded_row

if TYPE_CHECKING:
    from parser.outline import OutlineBuilder


MOST_CELLS = 40
UNIT_COLUMNS = ("weight unit", "distance unit")
DATE_WORDS = frozenset({"date", "datum", "fecha", "data", "дата"})


def _tells_products(line: ScannedLine) -> bool:
    """`Wk1 4x8, Wk2 4x6`: sets by repetitions are no columns of a table."""
    triples = zip(line.atoms, line.atoms[1:], line.atoms[2:], strict=False)
    return any(a.is_number and b.kind == "times" and c.is_number for a, b, c in triples)


class TableReader(TableDays):
    """Takes the lines that belong to a table away from the outline builder."""

    def __init__(self, builder: OutlineBuilder) -> None:
        super().__init__(builder)
        self.is_csv = False
        self.lifts: dict[int, Entry] = {}
        self.has_date = False
        self.spaced: list[Cell] = []
        self.is_worded = False
        self.scanned: dict[tuple[int, int], list[Atom]] = {}

    def takes(self, line: ScannedLine, following: ScannedLine | None) -> bool:
        """Read a line as part of a table, where it is one."""
        self.scanned.clear()
        cells = self._cut(line)
        if cells is None or not 2 <= len(cells) <= MOST_CELLS:
            if self._starts_csv(line) or self._starts_spaced(line) or self._starts_worded(line):
                return True
            if self.is_worded and not any(a.kind == "times" for a in line.atoms):
                return self._leaves_row(line)
            self.flush()
            return False
        if is_rule(line):
            return True
        if self.lifts:
            self._read_lifts(line, cells)
            return True
        is_certain = following is not None and is_rule(following) and "|" in line.text
        header = None if _tells_products(line) else read_header(cells, self.builder.lexicon)
        if header is None and self._opens_lifts(line, cells):
            return True
        if header is None and is_certain:
            header = read_header(cells, self.builder.lexicon, is_certain)
        if header is not None:
            self.flush()
            self.table = header
            self._open_columns(cells)
            return True
        if is_certain and not any(a.kind in ("amount", "name") for a in line.atoms):
            # A header of words that nobody taught the reader: the rows below have to tell what they hold.
            self.flush()
            return True
        if self.table is None and not self._looks_like_row(line, cells, following):
            return False
        self._read_row(line, cells)
        return True

    def _starts_worded(self, line: ScannedLine) -> bool:
        """`Exercise Sets Reps Rest`: a header whose columns single spaces keep apart."""
        cells = cut_worded_header(line, self.builder.lexicon)
        header = read_header(cells, self.builder.lexicon) if cells is not None else None
        if cells is None or header is None:
            return False
        self.flush()
        self.table, self.is_worded = header, True
        self._open_columns(cells)
        return True

    def _leaves_row(self, line: ScannedLine) -> bool:
        """A name with another number of figures than the header has columns cannot be read for certain."""
        starts_with_name = bool(line.atoms) and line.atoms[0].kind == "name"
        if not starts_with_name or sum(a.kind == "amount" for a in line.atoms) < 2:
            return False
        self.builder.outline.unread.append(UnreadLine(line.number, line.text.strip()))
        return True

    def _cut(self, line: ScannedLine) -> list[Cell] | None:
        if self.is_worded and self.table is not None and line.atoms:
            return cut_worded_row(line, self.table.roles)
        if self.is_csv and line.text.strip():
            return cut_csv(line)
        if not self.spaced or not line.text.strip():
            return cut_cells(line)
        cells = cut_spaced(line)
        return under_columns(cells, self.spaced) if 2 <= len(cells) <= len(self.spaced) else None

    def _starts_spaced(self, line: ScannedLine) -> bool:
        """`Exercise    Sets  Reps`: a header whose columns only spaces keep apart."""
        if "   " not in line.text.strip() and line.text.strip().count("  ") < 2:
            return False
        cells = cut_spaced(line)
        header = read_header(cells, self.builder.lexicon) if 3 <= len(cells) <= MOST_CELLS else None
        if header is None or "exercise" not in header.roles:
            return False
        self.flush()
        self.table, self.spaced = header, cells
        self._open_columns(cells)
        return True

    def flush(self) -> None:
        """End the table; the entries of day columns follow each other day by day."""
        for index in sorted(self.columns):
            for entry in self.columns[index]:
                entry.day = self._day_of_column(entry)
            self.builder.outline.entries.extend(self.columns[index])
        for index in sorted(self.lifts):
            if self.lifts[index].has_amounts:
                self.builder.outline.entries.append(self.lifts[index])
        self.table, self.is_csv, self.days, self.columns = None, False, {}, {}
        self.lifts, self.has_date, self.spaced, self.is_worded = {}, False, [], False
        self.day_cells, self.title = {}, None

    def _starts_csv(self, line: ScannedLine) -> bool:
        if line.text.count(",") < 2 and line.text.count(";") < 2:
            return False
        cells = cut_csv(line)
        if self._opens_lifts(line, cells):
            self.is_csv = True
            return True
        header = read_header(cells, self.builder.lexicon)
        if header is None or not ("exercise" in header.roles or len(header.headings) == len(cells)):
            return False
        self.flush()
        self.table, self.is_csv = header, True
        self._open_columns(cells)
        return True

    def _opens_lifts(self, line: ScannedLine, cells: list[Cell]) -> bool:
        """`| Set | Squat | Bench | Row |`: a header whose columns are exercises, with their sets below."""
        scanned = [self._atoms(cell) for cell in cells]
        if len(cells) < 3 or any(a.kind == "amount" for atoms in scanned for a in atoms):
            return False
        opens = not cells[0].text.strip("#№ ") or (
            all(a.kind == "mark" for a in scanned[0]) and scanned[0][0].role in ("set", "day", "week")
        )
        is_dated = fold(cells[0].text) in DATE_WORDS
        spots = [self._spot(atoms) for atoms in scanned[1:]]
        known = [spot for spot in spots if spot is not None and spot.is_known and spot.resolution.score >= 0.7]
        if not (opens or is_dated) or len(known) < len(spots):
            return False
        self.flush()
        self.lifts = {index: self._entry(line, spot) for index, spot in enumerate(known, 1)}
        self.words = {"week": clean_name(cells[0].text)} if any(a.role == "week" for a in scanned[0]) else {}
        for index, entry in self.lifts.items():
            entry.start, entry.end = cells[index].start, cells[index].end
        self.builder.outline.has_table = True
        return True

    def _read_lifts(self, line: ScannedLine, cells: list[Cell]) -> None:
        """Give each column's figures to its exercise; rows of a second date are another workout and stay unread."""
        if line.dates and self.has_date:
            self.builder.outline.unread.append(UnreadLine(line.number, line.text.strip()))
            return
        self.has_date = self.has_date or bool(line.dates)
        if "week" in self.words:
            self._read_week_of_lifts(line, cells)
            return
        for index, entry in self.lifts.items():
            atoms = self._atoms(cells[index]) if index < len(cells) else []
            if any(a.kind == "amount" for a in atoms):
                entry.add(atoms)

    def _read_week_of_lifts(self, line: ScannedLine, cells: list[Cell]) -> None:
        """`| Week | Squat | Bench |`: each row is a week, and holds the figures of each column's exercise."""
        self._read_day_cell(["week"], cells)
        for index, head in self.lifts.items():
            atoms = self._atoms(cells[index]) if index < len(cells) else []
            if any(a.kind == "amount" for a in atoms):
                entry = self._entry(line, head.spot)
                entry.is_inherited = True
                entry.add(atoms)
                self.builder.outline.entries.append(entry)

    def _looks_like_row(self, line: ScannedLine, cells: list[Cell], following: ScannedLine | None) -> bool:
        """A row without a header: its first cell names an exercise, the others are figures."""
        if following is not None and is_rule(following) and "|" in line.text:
            return True
        starts_as_row = "\t" in line.text.strip() or line.text.strip().startswith("|")
        if not starts_as_row and not self._is_open_row(cells):
            return False
        names = [c for c in cells if self._spot(self._atoms(c)) is not None]
        return len(names) == 1

    def _is_open_row(self, cells: list[Cell]) -> bool:
        """`Bench Press | 4 | 6-8 | 2 min`: a row without signs at its ends has a name and then nothing but figures."""
        if len(cells) < 3:
            return False
        first, *others = (self._atoms(cell) for cell in cells)
        if numbers_the_set(first):
            first, *others = others
        names = self._spot(first) is not None and not any(a.kind == "amount" for a in first)
        return names and all(atoms and not any(a.kind in ("name", "word") for a in atoms) for atoms in others)

    def _atoms(self, cell: Cell) -> list[Atom]:
        """Scan a cell; each is asked about several times while it is found out what its line is."""
        place = (cell.start, cell.end)
        if place not in self.scanned:
            builder = self.builder
            tokens = spell_numbers(tokenise(cell.text, cell.start), builder.lexicon, builder.vocabulary)
            self.scanned[place] = AtomScanner(tokens, builder.lexicon, builder.vocabulary, builder.text).scan()
        return list(self.scanned[place])

    def _spot(self, atoms: list[Atom]) -> Spot | None:
        spots = self.builder.finder.find(atoms)
        known = [s for s in spots if s.is_known or s.has_name]
        return self.builder.finder.with_bracket(known[0], atoms) if known else None

    def _read_row(self, line: ScannedLine, cells: list[Cell]) -> None:
        self.builder.outline.has_table = True
        scanned = [self._atoms(cell) for cell in cells]
        roles = with_schemes(self.table.roles, scanned) if self.table is not None else guess_roles(scanned)
        name_index = roles.index("exercise") if "exercise" in roles else len(roles) if self.title else 0
        if not any(cell.text for cell in cells):
            return
        self._read_day_cell(roles, cells)
        if self.days and name_index in self.days:
            self._read_mini_lines(line, cells, scanned)
            return
        spot = self.title or self._named_spot(cells, scanned, name_index)
        if spot is None:
            self._read_nameless(line, cells, name_index)
            return
        if self.days:
            self._read_day_cells(line, spot, cells, scanned)
            return
        if self._numbers_a_set(spot, scanned, roles):
            self._fill(self.builder.current or self._entry(line, spot), scanned, without_sets(roles), name_index)
            return
        if self._goes_on(line, spot, roles):
            assert self.builder.current is not None
            self._fill(self.builder.current, scanned, roles, name_index)
            return
        entry = self._entry(line, spot)
        self._fill(entry, scanned, roles, name_index)
        self.builder.outline.entries.append(entry)
        self.builder.current = entry
        self.builder.block.append(entry)

    def _numbers_a_set(self, spot: Spot, scanned: list[list[Atom]], roles: list[str]) -> bool:
        """Rows that name the same exercise again and count 1, 2, 3 in the column of sets are its sets, one a row."""
        current = self.builder.current
        if current is None or not current.is_table or "sets" not in roles or current.spot.text != spot.text:
            return False
        cell = scanned[roles.index("sets")] if roles.index("sets") < len(scanned) else []
        return len(cell) == 1 and cell[0].low == len(current.parts) + 1 and first_is_one(current)

    def _goes_on(self, line: ScannedLine, spot: Spot, roles: list[str]) -> bool:
        """Rows of one exercise without a column of sets are its sets, one a row, as exports have them."""
        current = self.builder.current
        if current is None or not current.is_table or "sets" in roles or "scheme" in roles or "each" in roles:
            return False
        is_same = current.spot.text == spot.text and current.day == self.builder.day and bool(current.parts)
        is_counted = self.table is not None or "order" in roles
        return is_counted and "reps" in roles and "weight" in roles and is_same

    def _named_spot(self, cells: list[Cell], scanned: list[list[Atom]], index: int) -> Spot | None:
        if index >= len(cells) or not cells[index].text:
            return None
        spot = self._spot(scanned[index])
        if spot is not None:
            return spot
        cell = cells[index]
        if any(char.isalpha() for char in cell.text) and len(cells) > 2 and any(c.text for c in cells[index + 1 :]):
            return Spot(cell.start, cell.end, cell.text, self.builder.vocabulary.resolve(cell.text))
        return None

    def _read_nameless(self, line: ScannedLine, cells: list[Cell], name_index: int) -> None:
        """A row without a name heads a section or a day, or is unread where it holds figures."""
        filled = [c for c in cells if c.text]
        if len(filled) == 1:
            self.builder.outline.days.append(DayDraft(clean_name(filled[0].text)))
            self.builder.day = len(self.builder.outline.days) - 1
        elif any(char.isdigit() for c in filled for char in c.text):
            self.builder.outline.unread.append(UnreadLine(line.number, line.text.strip()))

    def _entry(self, line: ScannedLine, spot: Spot) -> Entry:
        builder = self.builder
        entry = Entry(spot, line.number, line.start, line.end, day=builder.day, label=line.label, is_table=True)
        entry.scope = builder.scope
        entry.extra_words = spot.extra
        return entry

    def _fill(self, entry: Entry, scanned: list[list[Atom]], roles: list[str], name_index: int) -> None:
        """Put the cells in the order in which figures are read: sets, work, load, the rest."""
        order = (
            "scheme",
            "sets",
            "reps",
            "time",
            "distance",
            "weight",
            "percent",
            "each",
            "rpe",
            "rir",
            "tempo",
            "rest",
            "superset",
        )
        table = self.table
        atoms: list[Atom] = []
        spot = entry.spot
        stated = {
            role: fold(scanned[i][0].text)
            for i, role in enumerate(roles)
            if role in UNIT_COLUMNS and i < len(scanned) and scanned[i]
        }
        if name_index < len(scanned):
            atoms.extend(a for a in scanned[name_index] if not (spot.start <= a.start < spot.end))
        for role in order:
            for index, cell_role in enumerate(roles):
                if cell_role == role and index < len(scanned) and index != name_index:
                    unit = table.units.get(index, "") if table is not None else ""
                    unit = unit_of_column(stated.get(f"{role} unit", "")) or unit
                    holds_sets = role in ("sets", "reps", "weight") and holds_products(scanned[index])
                    meant = "scheme" if holds_sets else role_of_load(role, roles)
                    atoms.extend(cell_atoms(scanned[index], meant, unit))
        kinds = [a.role for i, role in enumerate(roles) if role == "kind" and i < len(scanned) for a in scanned[i]]
        entry.add(atoms, next((kind for kind in kinds if kind in ("warmup", "drop", "failure")), ""))

    def _read_day_cells(self, line: ScannedLine, spot: Spot, cells: list[Cell], scanned: list[list[Atom]]) -> None:
        for index, day in self.days.items():
            if index >= len(cells) or not any(a.kind == "amount" for a in scanned[index]):
                continue
            entry = self._entry(line, spot)
            entry.day, entry.is_inherited = day, True
            entry.add(scanned[index])
            self.day_cells[id(entry)] = self.calendar.get("day", "")
            self.columns[index].append(entry)

    def _read_mini_lines(self, line: ScannedLine, cells: list[Cell], scanned: list[list[Atom]]) -> None:
        """Each cell of a day's column is an exercise of its own."""
        for index, day in self.days.items():
            if index >= len(cells):
                continue
            for clause in cut_clauses(scanned[index], self.builder.finder):
                if clause.spot is not None:
                    entry = self._entry(line, clause.spot)
                    entry.start, entry.end, entry.day = cells[index].start, cells[index].end, day
                    entry.add(clause.atoms)
                    self.columns[index].append(entry)
