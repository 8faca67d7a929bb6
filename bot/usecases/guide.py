"""Where a workout that is being trained stands: its exercises, which one is under way, and what its next set is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final
from uuid import UUID

from bot.usecases.logging_sets import lifts_the_body
from bot.usecases.performed import Performed, from_row
from bot.usecases.reading_context import find_last_set
from storage.models import Measure, SetKind
from storage.planned_sets import PlannedSet, from_json

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import Exercise, ExerciseSet, WorkoutSession
    from storage.repositories.sessions import SessionEntry

LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
NEAR: Final = (Decimal("0.5"), Decimal("1.6"))
"""A load between so much and so much of the one expected may be meant for it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One exercise of the session, with what is planned and the working sets that are done."""

    entry: SessionEntry
    planned: tuple[PlannedSet, ...]
    done: tuple[ExerciseSet, ...]

    @property
    def id(self) -> UUID:
        return self.entry.row.id

    @property
    def name(self) -> str:
        return self.entry.exercise.name

    @property
    def exercise(self) -> Exercise:
        return self.entry.exercise

    @property
    def is_extra(self) -> bool:
        """Tell whether it was neither planned nor chosen: logged besides."""
        return not self.planned and self.entry.row.selected_at is None

    @property
    def is_skipped(self) -> bool:
        return self.entry.row.skipped_at is not None

    @property
    def is_finished(self) -> bool:
        if self.is_skipped or self.is_extra:
            return True
        return bool(self.planned) and len(self.done) >= len(self.planned)

    @property
    def left(self) -> int:
        """Count the planned sets that are not done."""
        return 0 if self.is_finished else len(self.planned) - len(self.done)

    @property
    def next_planned(self) -> PlannedSet | None:
        return self.planned[len(self.done)] if len(self.done) < len(self.planned) else None

    @property
    def selected_at(self) -> datetime:
        return self.entry.row.selected_at or LONG_AGO


@dataclass(frozen=True, slots=True)
class Guide:
    """A session with a workout, exercise by exercise."""

    session: WorkoutSession
    steps: tuple[Step, ...]

    @property
    def current(self) -> Step | None:
        """Name the exercise under way: of those not finished the one turned to last, else the first."""
        waiting = self.waiting
        turned_to = [step for step in waiting if step.entry.row.selected_at is not None]
        return max(turned_to, key=lambda step: step.selected_at) if turned_to else next(iter(waiting), None)

    @property
    def waiting(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if not step.is_finished)

    @property
    def listed(self) -> tuple[Step, ...]:
        """Name the exercises that have a place: those planned or chosen."""
        return tuple(step for step in self.steps if not step.is_extra)

    def place_of(self, step: Step) -> int:
        return [one.id for one in self.listed].index(step.id) + 1

    def find(self, step_id: UUID) -> Step | None:
        return next((step for step in self.steps if step.id == step_id), None)


async def find_guide(turn: Turn) -> Guide | None:
    """Find the workout that is being trained; None where nothing is, or logging is free."""
    session = await turn.work.sessions.find_open()
    return None if session is None or session.workout_id is None else await read_guide(turn, session.id)


async def is_waiting(turn: Turn) -> bool:
    """Tell whether an exercise of a workout is under way."""
    guide = await find_guide(turn)
    return guide is not None and guide.current is not None


async def read_guide(turn: Turn, session_id: UUID) -> Guide:
    tree = await turn.work.sessions.read(session_id)
    return Guide(tree.session, tuple(_step(entry) for entry in tree.exercises))


def _step(entry: SessionEntry) -> Step:
    done = tuple(one for one in entry.sets if one.kind is not SetKind.WARMUP)
    return Step(entry, from_json(entry.row.planned_sets), done)


def needs_load(exercise: Exercise) -> bool:
    """Tell whether a set says too little without a load."""
    return exercise.measure is Measure.WEIGHT_REPS and not lifts_the_body(exercise)


def with_planned_load(step: Step, index: int, unit: str) -> Performed:
    """Give the load of the set at `index`, and nothing of its amounts.

    Where the last set was done with another load than the plan had, and the plan goes on with the same, so does the
    lifter.
    """
    planned = step.planned[min(index, len(step.planned) - 1)] if step.planned else PlannedSet()
    asked = _asked_load(planned, unit)
    last = from_row(step.done[-1]) if step.done else None
    if last is None:
        return asked
    before = step.planned[min(len(step.done), len(step.planned)) - 1] if step.planned else PlannedSet()
    is_open = asked.weight is None and planned.percent is None
    if is_open or (before.weight_kg == planned.weight_kg and before.percent == planned.percent):
        return Performed(last.weight, last.unit, last.load_mode, per_side=planned.per_side)
    return asked


def _asked_load(planned: PlannedSet, unit: str) -> Performed:
    weight = planned.weight_kg if planned.weight is None else planned.weight
    written = "kg" if planned.weight is None else planned.unit or "kg"
    mode = planned.load_mode or "external"
    if weight is None and mode in ("added", "assisted"):
        mode = "bodyweight" if mode == "added" else "external"
    return Performed(weight, written if weight is not None else unit, mode, per_side=planned.per_side)


def as_prescribed(step: Step, index: int, unit: str) -> Performed | None:
    """Give the set at `index` as it is prescribed, of a range of repetitions its top; None where a figure is open.

    A load that the plan leaves open is that of the set before it.
    """
    if index >= len(step.planned):
        return None
    planned = step.planned[index]
    load = _asked_load(planned, unit)
    if load.weight is None and planned.percent is None:
        load = with_planned_load(step, index, unit)
    low, high = planned.reps_min, planned.reps_max
    reps = (high if low is None else low) if planned.is_amrap else (low if high is None else high)
    told = Performed(
        load.weight,
        load.unit,
        load.load_mode,
        reps,
        planned.seconds,
        planned.distance_m,
        per_side=planned.per_side,
    )
    lacks_load = told.reps is not None and told.weight is None and needs_load(step.exercise)
    return told if told.says_something and not lacks_load else None


def all_as_prescribed(step: Step, unit: str) -> Sequence[Performed]:
    """Give all sets that are left as they are prescribed; none where a figure of one of them is open."""
    if any(one.is_amrap for one in step.planned[len(step.done) :]):
        return []
    sets = [as_prescribed(step, index, unit) for index in range(len(step.done), len(step.planned))]
    known = [one for one in sets if one is not None]
    return known if len(known) == len(sets) else []


async def meant_by_figures(turn: Turn, guide: Guide, load: Decimal | None) -> Exercise | None:
    """Say which exercise bare figures belong to; None where that is not clear.

    It is the one under way, unless something else was logged besides it since: then the load tells, if it can.
    """
    current = guide.current
    besides = await logged_besides(turn, guide)
    if current is None or besides is None:
        return None if current is None else current.exercise
    extra = from_row(besides.done[-1])
    expected = with_planned_load(current, len(current.done), extra.unit)
    fits = [
        step.exercise
        for step, reference in ((current, expected), (besides, extra))
        if load is not None and is_near(load, reference.weight)
    ]
    return fits[0] if len(fits) == 1 else None


async def logged_besides(turn: Turn, guide: Guide) -> Step | None:
    """Find the exercise logged last, where it is none of the plan's."""
    last = await find_last_set(turn)
    step = None if last is None else guide.find(last.session_exercise_id)
    return step if step is not None and step.is_extra and step.done else None


def is_near(load: Decimal, reference: Decimal | None) -> bool:
    if reference is None or reference <= 0:
        return False
    return NEAR[0] * reference <= load <= NEAR[1] * reference
