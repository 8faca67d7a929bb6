"""Plans and workouts with all that is in them; None where there is no such thing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from storage.errors import NotFoundError
from storage.repositories.plans import PlanTree, WorkoutTree

if TYPE_CHECKING:
    from bot.turn import Turn


async def find_plan(turn: Turn, plan_id: UUID) -> PlanTree | None:
    """Find a plan, a deleted one too."""
    try:
        return await turn.work.plans.read(plan_id)
    except NotFoundError:
        return None


async def find_live_plan(turn: Turn, plan_id: UUID) -> PlanTree | None:
    """Find a plan that has not been deleted."""
    tree = await find_plan(turn, plan_id)
    return None if tree is None or tree.plan.deleted_at is not None else tree


async def current_plan(turn: Turn) -> PlanTree | None:
    """Find the plan that is trained by."""
    plan_id = turn.user.current_plan_id
    return None if plan_id is None else await find_live_plan(turn, plan_id)


async def find_workout(turn: Turn, workout_id: UUID) -> WorkoutTree | None:
    """Find a workout, one that was taken out of its plan too."""
    try:
        return await turn.work.plans.read_workout(workout_id)
    except NotFoundError:
        return None


async def find_live_workout(turn: Turn, workout_id: UUID) -> WorkoutTree | None:
    """Find a workout that is still in its plan."""
    tree = await find_workout(turn, workout_id)
    return None if tree is None or tree.workout.deleted_at is not None else tree
