"""What changes the next time a workout comes, and why: told when a session of it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.usecases.session_targets import compose
from bot.usecases.sessions import NextTime
from bot.usecases.today import read_workout
from storage.planned_sets import from_json

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import WorkoutSession


async def next_time(turn: Turn, session: WorkoutSession) -> tuple[NextTime, ...]:
    """Compare what the exercises that were trained asked for with what they ask for next."""
    tree = None if session.workout_id is None else await read_workout(turn, session.workout_id)
    if tree is None:
        return ()
    entries = (await turn.work.sessions.read(session.id)).exercises
    trained = {one.row.workout_exercise_id: one.row for one in entries if one.sets}
    asked = await compose(turn, tree.workout, tree.prescriptions, is_next=True)
    told = []
    for one in tree.prescriptions:
        planned, row = asked.planned[one.row.id], trained.get(one.row.id)
        if row is not None and (planned.sets != from_json(row.planned_sets) or planned.reason != row.planned_reason):
            told.append(NextTime(one.exercise.name, planned.sets, planned.reason))
    return tuple(told)
