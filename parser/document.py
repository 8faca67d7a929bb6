"""Sixth stage: the structure of a text. Lines become entries (an exercise with its figures) under days, weeks and
blocks.

The outline knows nothing of what figures mean; it only decides what belongs to what.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from parser.atoms import Atom
from parser.headings import Heading
from parser.name_spots import Spot
from parser.reading import UnreadLine


@dataclass(slots=True)
class Scope:
    """What a line above says for the exercises below it: rounds, a scheme, a rest, a superset."""

    rounds: int | None = None
    atoms: list[Atom] = field(default_factory=list)
    rest_atoms: list[Atom] = field(default_factory=list)
    superset: str | None = None
    is_open_ended: bool = False
    is_whole_text: bool = False
    line: int = 0
    is_emom: bool = False
    slots: int = 1
    load_atoms: list[Atom] = field(default_factory=list)
    equipment: str = ""


@dataclass(slots=True)
class Entry:
    """An exercise of the text with the atoms of its figures, one list a line."""

    spot: Spot
    line: int
    start: int
    end: int
    parts: list[list[Atom]] = field(default_factory=list)
    part_kinds: list[str] = field(default_factory=list)
    day: int = 0
    label: str | None = None
    scope: Scope | None = None
    is_warmup: bool = False
    is_tied: bool = False
    is_inherited: bool = False
    extra_words: int = 0
    is_question: bool = False
    has_chatter: bool = False
    is_loose: bool = False
    note: str | None = None
    is_table: bool = False

    @property
    def has_amounts(self) -> bool:
        return any(atom.kind == "amount" for part in self.parts for atom in part)

    def add(self, atoms: list[Atom], kind: str = "", *, is_shared: bool = False) -> None:
        """Add the figures of one more line; of one that it shares with other exercises it does not reach to there."""
        self.parts.append(atoms)
        self.part_kinds.append(kind)
        if atoms and not is_shared:
            self.start = min(self.start, min(a.start for a in atoms))
            self.end = max(self.end, max(a.end for a in atoms))


@dataclass(slots=True)
class DayDraft:
    """A day under construction."""

    name: str | None
    week: int | None = None
    weekday: int | None = None


@dataclass(slots=True)
class Outline:
    """What the builder found."""

    days: list[DayDraft] = field(default_factory=lambda: [DayDraft(None)])
    entries: list[Entry] = field(default_factory=list)
    unread: list[UnreadLine] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    title: str | None = None
    whole_rest: list[Atom] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    stages: list[tuple[int, str, str]] = field(default_factory=list)
    set_labels: int = 0
    has_table: bool = False
    corrections: list[tuple[int, list[Atom]]] = field(default_factory=list)
