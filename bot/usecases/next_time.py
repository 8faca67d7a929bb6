"""What changes the next time a workout comes, and why: told when a session of it ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from bot.usecases.plan_trees import find_workout
from bot.usecases.session_targets import compose
from bot.usecases.sessions import NextTime
from storage.planned_sets import from_json

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import WorkoutSession
    from storage.repositories.plans import Prescription, WorkoutTree


async def next_time(turn: Turn, session: WorkoutSession) -> tuple[NextTime, ...]:
    """Compare what the exercises that were trained asked for with what they ask for next."""
    tree = None if session.workout_id is None else await find_workout(turn, session.workout_id)
    if tree is None:
        return ()
    entries = (await turn.work.sessions.read(session.id)).exercises
    trained = {one.row.workout_exercise_id: one.row for one in entries if one.sets}
    done = [one for one in tree.prescriptions if one.row.id in trained]
    coming = await _coming(turn, tree, done)
    asked = await compose(turn, tree.workout, list(coming.values()), is_next=True)
    told = []
    for one in done:
        planned, row = asked.planned[coming[one.row.id].row.id], trained[one.row.id]
        if planned.sets != from_json(row.planned_sets) or planned.reason != row.planned_reason:
            told.append(NextTime(one.exercise.name, planned.sets, planned.reason))
    return tuple(told)


async def _coming(turn: Turn, tree: WorkoutTree, done: Sequence[Prescription]) -> dict[UUID, Prescription]:
    """Find what each exercise asks for next: the same, or where weeks differ what the next workout with it has."""
    same = {one.row.id: one for one in done}
    if tree.workout.week_number is None:
        return same
    workouts = (await turn.work.plans.read(tree.workout.workout_plan_id)).workouts
    here = next((at for at, one in enumerate(workouts) if one.workout.id == tree.workout.id), 0)
    following = [each for one in (*workouts[here + 1 :], *workouts[:here]) for each in one.prescriptions]
    first: dict[UUID, Prescription] = {}
    for one in following:
        first.setdefault(one.exercise.root_id, one)
    return {row_id: first.get(one.exercise.root_id, one) for row_id, one in same.items()}
