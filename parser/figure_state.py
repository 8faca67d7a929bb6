"""What the figure reader knows while it goes through the chunks, and how a group of sets is added."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from parser.atoms import Atom
from parser.chunks import Chunk
from parser.groups import Figures, Group, Load, make_load
from parser.products import Lift
from parser.reading import Habits, WeightUnit

MOST_SETS = 50
MOST_REPS = 500


@dataclass(frozen=True, slots=True)
class FigureContext:
    """What decides between readings of figures: the lift, the kind of text, the user's unit and habits."""

    lift: Lift
    is_program: bool
    unit: WeightUnit
    habits: Habits
    sets_of_scope: int | None = None
    assists: bool = False


class FigureState:
    """The groups so far, and what is waiting: a load, a number of sets, a percent, an effort."""

    def __init__(self, chunks: list[Chunk], context: FigureContext) -> None:
        self.chunks = chunks
        self.context = context
        self.figures = Figures()
        self.load: Load | None = None
        self.is_load_waiting = False
        self.pending_sets: int | None = None
        self.pending_percent: Decimal | None = None
        self.pending_rpe: Decimal | None = None
        self.kind_ahead: str = "working"
        self.list_start = 0
        self.replace_from: int | None = None
        self.last_said = False
        self.has_corrected = False
        self.barrier = 0
        self.stated_unit: WeightUnit | None = None
        self.took_pending: Group | None = None
        self.laps: list[Group] = []

    @property
    def groups(self) -> list[Group]:
        return self.figures.groups

    def _group(self, chunk: Chunk) -> Group:
        group = Group(chunk.start, chunk.end)
        group.kind = "drop" if self.kind_ahead == "drop" else "warmup" if self.kind_ahead == "warmup" else "working"
        return group

    def _add(self, group: Group) -> None:
        """Add a group with what was waiting for it."""
        if self.replace_from is not None:
            del self.groups[self.replace_from :]
            self.replace_from = None
        if group.load is None and self.load is not None and group.percent is None:
            group.load = self.load
            group.has_lent_load = not self.is_load_waiting
            self.is_load_waiting = False
        if self.pending_sets is not None and not group.is_counted:
            group.count, group.is_counted, self.pending_sets = self.pending_sets, True, None
            self.took_pending = group
        if group.percent is None and self.pending_percent is not None:
            group.percent = self.pending_percent
        if self.pending_rpe is not None and group.rpe is None:
            group.rpe, self.pending_rpe = self.pending_rpe, None
        self.groups.append(group)

    def _add_work(self, reps: Atom, load: Load | None, start: int | None = None) -> None:
        group = Group(reps.start if start is None else start, reps.end)
        group.kind = "warmup" if self.kind_ahead == "warmup" else "drop" if self.kind_ahead == "drop" else "working"
        self._fill_reps(group, reps)
        group.load = load
        if load is not None:
            self.load, self.is_load_waiting = load, False
        self._add(group)

    def _fill_reps(self, group: Group, atom: Atom) -> None:
        if atom.unit == "amrap":
            group.is_amrap = True
            return
        group.low, group.high = whole(atom.low), whole(atom.high)
        group.is_plus = atom.is_plus
        if atom.has_decimals or (group.high or 0) > MOST_REPS:
            self.figures.doubt("numbers", "reps", 0.2)

    def _count(self, atom: Atom) -> int:
        count = whole(atom.low) or 0
        if not 1 <= count <= MOST_SETS:
            self.figures.doubt("numbers", "sets", 0.2)
        return min(max(count, 1), MOST_SETS)

    def _load_of(self, atom: Atom) -> Load:
        lift = self.context.lift
        if atom.unit == "plate" and atom.has_decimals:
            self.figures.doubt("unit", "part of a plate", 0.8)
        if atom.unit == "plate" and lift.is_machine:
            self.figures.doubt("unit", "plates of a machine", 0.8)
        if atom.sign == "+" and lift.is_known and lift.is_loaded:
            # `80x5, +5 kg x5`: more than before, or so much on the bar.
            self.figures.doubt("numbers", "more than before", 0.6)
        load = make_load(atom, self.context.unit, lift.is_bodyweight, self.context.assists)
        if self.stated_unit is not None and load.unit is None and load.weight is not None:
            return replace(load, unit=self.stated_unit)
        return load

    def _without_load(self) -> list[Group]:
        """The newest groups that still wait for a load."""
        waiting: list[Group] = []
        for group in reversed(self.groups[self.barrier :]):
            if group.load is not None or group.percent is not None:
                break
            waiting.append(group)
        return waiting

    def _leave(self, atoms: list[Atom]) -> None:
        self.figures.unused.extend(atoms)
        self.figures.doubt("unused", " ".join(atom.text for atom in atoms)[:40], 0.4)


def whole(value: Decimal | None) -> int | None:
    return None if value is None else int(value)
