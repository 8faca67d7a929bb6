"""The user's records, by exercise, those beaten last first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from bot.usecases.performed import Performed, from_row
from bot.usecases.record_news import IN_SUMMARY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from bot.turn import Turn
    from storage.models import Exercise, ExerciseSet
    from storage.repositories.records import RecordView

PAGE: Final = 8


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its kind, its value in kilograms, repetitions or seconds, the day, and the set that holds it."""

    record_type: str
    value: Decimal
    day: date
    performed: Performed | None = None


@dataclass(frozen=True, slots=True)
class ExerciseRecords:
    name: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class RecordsPage:
    exercises: tuple[ExerciseRecords, ...]
    offset: int = 0
    has_more: bool = False


async def page(turn: Turn, offset: int = 0) -> RecordsPage:
    """Give a page of the records of all exercises."""
    views = sorted(await turn.work.records.all(), key=lambda view: view.record.achieved_at, reverse=True)
    by_exercise: dict[str, list[RecordView]] = {}
    for view in views:
        by_exercise.setdefault(view.exercise.name, []).append(view)
    names = list(by_exercise)[offset : offset + PAGE]
    holders = await _holders(turn, [view for name in names for view in by_exercise[name]])
    shown = [ExerciseRecords(name, _records(turn, by_exercise[name], holders)) for name in names]
    return RecordsPage(tuple(shown), offset, len(by_exercise) > offset + PAGE)


async def of_exercise(turn: Turn, exercise: Exercise) -> ExerciseRecords:
    """Give all records of one exercise."""
    views = [view for view in await turn.work.records.all() if view.record.exercise_root_id == exercise.root_id]
    return ExerciseRecords(exercise.name, _records(turn, views, await _holders(turn, views)))


async def _holders(turn: Turn, views: Iterable[RecordView]) -> Mapping[UUID, ExerciseSet]:
    """Look up the sets that hold records, in one statement."""
    return await turn.work.sets.get_many([view.record.exercise_set_id for view in views])


def _records(turn: Turn, views: Iterable[RecordView], holders: Mapping[UUID, ExerciseSet]) -> tuple[Record, ...]:
    found = {}
    for view in views:
        record = view.record
        holder = holders.get(record.exercise_set_id)
        found[str(record.record_type)] = Record(
            str(record.record_type),
            record.value,
            record.achieved_at.astimezone(turn.timezone).date(),
            None if holder is None else from_row(holder),
        )
    return tuple(found[kind] for kind in IN_SUMMARY if kind in found)
