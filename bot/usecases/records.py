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
    from storage.models import Exercise, ExerciseSet, PersonalRecord

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
    found = await turn.work.records.page(limit=PAGE, offset=offset)
    holders = await _holders(turn, [record for one in found.items for record in one.records])
    shown = [ExerciseRecords(one.exercise.name, _records(turn, one.records, holders)) for one in found.items]
    return RecordsPage(tuple(shown), offset, found.has_more)


async def of_exercise(turn: Turn, exercise: Exercise) -> ExerciseRecords:
    """Give all records of one exercise."""
    records = await turn.work.records.of(exercise.root_id)
    return ExerciseRecords(exercise.name, _records(turn, records, await _holders(turn, records)))


async def _holders(turn: Turn, records: Iterable[PersonalRecord]) -> Mapping[UUID, ExerciseSet]:
    """Look up the sets that hold records, in one statement."""
    return await turn.work.sets.get_many([record.exercise_set_id for record in records])


def _records(turn: Turn, records: Iterable[PersonalRecord], holders: Mapping[UUID, ExerciseSet]) -> tuple[Record, ...]:
    found = {}
    for record in records:
        holder = holders.get(record.exercise_set_id)
        found[str(record.record_type)] = Record(
            str(record.record_type),
            record.value,
            record.achieved_at.astimezone(turn.timezone).date(),
            None if holder is None else from_row(holder),
        )
    return tuple(found[kind] for kind in IN_SUMMARY if kind in found)
