"""What the card of an exercise shows in the middle of a workout, and what of a session its overview."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final
from uuid import UUID

from bot.usecases.guide import Guide, Step, all_as_prescribed, as_prescribed
from bot.usecases.performed import Performed, from_row
from bot.usecases.reading_context import unit_of
from storage.models import Measure, PersonalRecord, RecordType, SetKind
from storage.planned_sets import PlannedSet

if TYPE_CHECKING:
    from bot.turn import Turn

BY_TIME: Final = (RecordType.MAX_DURATION,)
BY_LOAD: Final = (RecordType.ONE_REP_MAX, RecordType.MAX_WEIGHT, RecordType.MAX_REPS)
BY_COUNT: Final = (RecordType.MAX_REPS, RecordType.MAX_WEIGHT)


@dataclass(frozen=True, slots=True)
class ToBeat:
    """The record to beat: its kind, and its value in kilograms, repetitions or seconds."""

    record_type: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Card:
    """The exercise under way. `following` is the next set as it is prescribed, `rest_of_it` all that are left.

    `is_whole` shows everything; else only what comes next, below a set of the same exercise.
    """

    session_id: UUID
    entry_id: UUID
    place: int
    count: int
    name: str
    planned: tuple[PlannedSet, ...]
    done: tuple[Performed, ...]
    unit: str
    tempo: str | None = None
    rest_seconds: int | None = None
    notes: tuple[str, ...] = ()
    reason: str | None = None
    last_time: tuple[Performed, ...] = ()
    last_day: date | None = None
    to_beat: ToBeat | None = None
    following: Performed | None = None
    rest_of_it: tuple[Performed, ...] = ()
    is_whole: bool = True

    @property
    def next_number(self) -> int:
        return len(self.done) + 1

    @property
    def next_planned(self) -> PlannedSet | None:
        return self.planned[len(self.done)] if len(self.done) < len(self.planned) else None


@dataclass(frozen=True, slots=True)
class Overview:
    """A workout that is being trained, in a line an exercise."""

    name: str | None
    plan: str | None
    steps: tuple[Step, ...]
    current_id: UUID | None


async def card_of(turn: Turn, guide: Guide, *, is_whole: bool = True) -> Card | None:
    """Put together the card of the exercise under way; None where all are finished."""
    step = guide.current
    if step is None:
        return None
    unit = unit_of(turn.user)
    root_id = step.exercise.root_id
    last = (await turn.work.sessions.last_times([root_id], guide.session.id)).get(root_id) if is_whole else None
    records = await turn.work.records.of(root_id) if is_whole else []
    row = step.entry.row
    return Card(
        session_id=guide.session.id,
        entry_id=step.id,
        place=guide.place_of(step),
        count=len(guide.listed),
        name=step.name,
        planned=step.planned,
        done=tuple(from_row(one) for one in step.done),
        unit=unit,
        tempo=row.planned_tempo,
        rest_seconds=row.planned_rest_time_seconds,
        notes=tuple(note for note in (row.planned_notes, row.notes) if note),
        reason=row.planned_reason,
        last_time=() if last is None else tuple(from_row(one) for one in last.sets if one.kind is not SetKind.WARMUP),
        last_day=None if last is None else last.session.session_date,
        to_beat=to_beat(step, records),
        following=as_prescribed(step, len(step.done), unit),
        rest_of_it=tuple(all_as_prescribed(step, unit)),
        is_whole=is_whole,
    )


def to_beat(step: Step, records: list[PersonalRecord]) -> ToBeat | None:
    """Choose the record that tells most of this exercise."""
    by_type = {record.record_type: record.value for record in records}
    is_loaded = any(one.weight_kg for one in step.planned) or RecordType.ONE_REP_MAX in by_type
    kinds = BY_TIME if step.exercise.measure is Measure.DURATION else BY_LOAD if is_loaded else BY_COUNT
    return next((ToBeat(str(kind), by_type[kind]) for kind in kinds if kind in by_type), None)


def overview_of(guide: Guide, plan: str | None) -> Overview:
    current = guide.current
    return Overview(guide.session.name, plan, guide.listed, None if current is None else current.id)
