"""The days and weeks of a table: in columns of their own, in the cells of a column, or in its headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parser.document import DayDraft, Entry
from parser.headings import clean_name
from parser.name_spots import Spot
from parser.table_cells import number_in
from parser.tables import Cell, Table

if TYPE_CHECKING:
    from parser.outline import OutlineBuilder

CALENDAR_COLUMNS = ("week", "day")


class TableDays:
    """Knows which day a row, or a column of it, belongs to."""

    def __init__(self, builder: OutlineBuilder) -> None:
        self.builder = builder
        self.table: Table | None = None
        self.title: Spot | None = None
        self.days: dict[int, int] = {}
        self.columns: dict[int, list[Entry]] = {}
        self.calendar: dict[str, str] = {}
        self.words: dict[str, str] = {}
        self.day_cells: dict[int, str] = {}

    def _open_columns(self, cells: list[Cell]) -> None:
        table = self.table
        assert table is not None
        self.calendar = {}
        self.words = {role: clean_name(cell.text) for role, cell in zip(table.roles, cells, strict=False)}
        self.title = None if "exercise" in table.roles or table.headings else self.builder.take_title()
        for index, name in table.headings.items():
            days = self.builder.outline.days
            title = clean_name(name)
            known = next((i for i, day in enumerate(days) if day.name == title), None)
            if known is None:
                days.append(DayDraft(title, number_in(title)))
                known = len(days) - 1
            self.days[index] = known
            self.columns[index] = []
        self.builder.outline.has_table = True

    def _read_day_cell(self, roles: list[str], cells: list[Cell]) -> None:
        """A row stands under the week and the day of its own cells, or of the last that were filled."""
        for role in CALENDAR_COLUMNS:
            place = roles.index(role) if role in roles else len(cells)
            text = clean_name(cells[place].text) if place < len(cells) else ""
            if text:
                self.calendar[role] = f"{self.words.get(role, role)} {text}" if text.isdigit() else text
                if role == "week":
                    self.calendar.pop("day", None)
        name = " ".join(self.calendar[role] for role in CALENDAR_COLUMNS if role in self.calendar)
        if not name or self.days:
            return
        self.builder.day = self._day_called(name)

    def _day_called(self, name: str) -> int:
        """Give the place of a day by its name; a new one is opened."""
        days = self.builder.outline.days
        known = next((i for i, day in enumerate(days) if day.name == name), None)
        if known is None:
            week = self.calendar.get("week")
            days.append(DayDraft(name, number_in(week) if week else None))
        return len(days) - 1 if known is None else known

    def _day_of_column(self, entry: Entry) -> int:
        """Rows that name a day have one of their own in each column of a week."""
        name, day = self.day_cells.get(id(entry), ""), self.builder.outline.days[entry.day].name
        return self._day_called(f"{day} {name}") if name else entry.day
