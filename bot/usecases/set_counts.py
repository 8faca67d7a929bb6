"""A number of sets and nothing else, right after a set: "5 sets" may count what is logged already. It is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from bot.answers import Text
from bot.usecases import guide_words
from bot.usecases.guide_words import Meaning
from bot.usecases.performed import Performed, from_row
from bot.usecases.reading_context import find_last_set
from bot.views import guide as view
from parser import FollowUp, parse_follow_up

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import ExerciseSet, WorkoutImportLog


async def ask(turn: Turn, import_row: WorkoutImportLog) -> Text | None:
    """Ask whether the sets of the text are those in all, or more of them; None where it can only be more."""
    follow_up = parse_follow_up(import_row.raw_text)
    if follow_up is None or follow_up != FollowUp(times=follow_up.times, is_count=True):
        return None
    last = await find_last_set(turn)
    if last is None or turn.work.sets.turned_to_id is not None:
        return None
    alike = _figures(last)
    told = await turn.work.sets.of_session(last.workout_session_id)
    done = _run_of(alike, [row for row in told if row.exercise_root_id == last.exercise_root_id])
    if done >= follow_up.times:
        return None
    exercise = await turn.work.exercises.get(last.exercise_id)
    options = [Meaning(exercise, (alike,) * count) for count in (follow_up.times - done, follow_up.times)]
    await guide_words.offer(turn, import_row, options)
    return view.count_meant(turn.messages, str(import_row.id), exercise.name, follow_up.times, done)


def _run_of(alike: Performed, rows: Sequence[ExerciseSet]) -> int:
    """Count the last sets that are all alike: those that "5 sets" may speak of."""
    return sum(1 for _ in takewhile(lambda row: _figures(row) == alike, reversed(rows)))


def _figures(row: ExerciseSet) -> Performed:
    return replace(from_row(row), note=None, span=None, rpe=None, as_rir=False)
