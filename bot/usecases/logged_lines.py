"""What an answer says of stored sets: their numbers in the session, last time's sets, the records they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from bot.usecases.performed import Performed, from_row
from bot.usecases.record_news import RecordNews, told_at_once
from storage.models import LoadMode

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import Exercise, ExerciseSet, PersonalRecord


@dataclass(frozen=True, slots=True)
class LoggedLine:
    """The sets of one exercise that were just stored or changed.

    `numbers` are their places among the working sets of this session, `last_time` the sets to compare them with.
    """

    name: str
    set_ids: tuple[UUID, ...]
    sets: tuple[Performed, ...]
    numbers: tuple[int, ...] = ()
    last_time: tuple[Performed, ...] = ()
    news: tuple[RecordNews, ...] = ()


async def describe(turn: Turn, rows: Sequence[ExerciseSet]) -> tuple[LoggedLine, ...]:
    """Describe sets of one session, those of one exercise together, in the order given."""
    if not rows:
        return ()
    session_id = rows[0].workout_session_id
    roots = list(dict.fromkeys(row.exercise_root_id for row in rows))
    exercises = await turn.work.exercises.get_many({row.exercise_id for row in rows})
    around = await turn.work.sessions.sets_around(roots, session_id)
    records = await turn.work.records.of_many(roots)
    lines = []
    for root_id in roots:
        own = [row for row in rows if row.exercise_root_id == root_id]
        lines.append(_line(exercises, own, around.this_time.get(root_id, ()), around.last_time.get(root_id), records))
    return tuple(lines)


def _line(
    exercises: Mapping[UUID, Exercise],
    own: Sequence[ExerciseSet],
    working: Sequence[UUID],
    last: Sequence[ExerciseSet] | None,
    records: Sequence[PersonalRecord],
) -> LoggedLine:
    numbers = working_numbers(own, working)
    return LoggedLine(
        name=exercises[own[-1].exercise_id].name,
        set_ids=tuple(row.id for row in own),
        sets=tuple(from_row(row) for row in own),
        numbers=numbers,
        last_time=to_compare(numbers, last or ()),
        news=() if last is None else news_of(own, records),
    )


def working_numbers(own: Sequence[ExerciseSet], working: Sequence[UUID]) -> tuple[int, ...]:
    """Count where sets stand among the working sets of their exercise in the session; warm-ups have no number."""
    numbers = {set_id: number for number, set_id in enumerate(working, start=1)}
    return tuple(numbers[row.id] for row in own if row.id in numbers)


def to_compare(numbers: Sequence[int], last: Sequence[ExerciseSet]) -> tuple[Performed, ...]:
    """Choose what of last time's working sets to show: those of the same numbers."""
    return tuple(from_row(last[number - 1]) for number in numbers if number <= len(last))


def news_of(own: Sequence[ExerciseSet], records: Sequence[PersonalRecord]) -> tuple[RecordNews, ...]:
    """Choose the records that these sets hold and that are worth telling."""
    held = {row.id: row for row in own}
    news = [
        RecordNews(str(record.record_type), record.value, held[record.exercise_set_id].load_mode is LoadMode.ASSISTED)
        for record in records
        if record.exercise_set_id in held
    ]
    return tuple(told_at_once(news, has_load(own)))


def has_load(rows: Sequence[ExerciseSet]) -> bool:
    return any(row.weight is not None and row.weight > 0 for row in rows)
