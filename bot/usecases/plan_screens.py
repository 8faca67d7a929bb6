"""What is looked at while a plan is edited: the plan, one of its workouts, one exercise of it, or what was removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from storage.errors import NotFoundError
from storage.models import Exercise, Workout, WorkoutExercise, WorkoutPlan
from storage.repositories.plans import PlanTree, Prescription, WorkoutTree

if TYPE_CHECKING:
    from bot.turn import Turn


@dataclass(frozen=True, slots=True)
class EditedPlan:
    """A plan with its workouts. `removed` workouts can be put back. `page` counts from 0."""

    tree: PlanTree
    removed: Sequence[Workout] = ()
    page: int = 0

    @property
    def plan(self) -> WorkoutPlan:
        return self.tree.plan


@dataclass(frozen=True, slots=True)
class EditedWorkout:
    """A workout, where it stands in its plan (from 1), and the exercises that can be put back into it."""

    plan: WorkoutPlan
    tree: WorkoutTree
    number: int
    count: int
    removed: Sequence[Prescription] = ()

    @property
    def workout(self) -> Workout:
        return self.tree.workout


@dataclass(frozen=True, slots=True)
class EditedExercise:
    """An exercise of a workout and where it stands in it (from 1); `above` is the one before it."""

    workout: Workout
    prescription: Prescription
    number: int
    count: int
    above: Prescription | None = None
    groups: Sequence[str | None] = ()


@dataclass(frozen=True, slots=True)
class RemovedExercise:
    """An exercise that was taken out of its workout."""

    row: WorkoutExercise
    exercise: Exercise


@dataclass(frozen=True, slots=True)
class RemovedWorkout:
    """A workout that was taken out of its plan."""

    workout: Workout


Screen = EditedPlan | EditedWorkout | EditedExercise | RemovedExercise | RemovedWorkout


async def plan_screen(turn: Turn, plan_id: UUID, page: int = 0) -> Screen | None:
    """Look at a plan of the user's own; None where there is none, or it is the library's."""
    plan = await turn.work.plans.find(plan_id)
    if plan is None or plan.user_id is None or plan.deleted_at is not None:
        return None
    tree = await turn.work.plans.read(plan_id)
    return EditedPlan(tree, await turn.work.plan_editing.removed_workouts(plan_id), page)


async def workout_screen(turn: Turn, workout_id: UUID) -> Screen | None:
    """Look at a workout of the user's own; None where there is none, or its plan is deleted."""
    workout = await turn.work.plans.find_workout(workout_id)
    if workout is None or workout.user_id is None:
        return None
    plan = await turn.work.plans.find(workout.workout_plan_id)
    if plan is None or plan.deleted_at is not None:
        return None
    if workout.deleted_at is not None:
        return RemovedWorkout(workout)
    tree = await turn.work.plans.read_workout(workout_id)
    ids = [one.id for one in await turn.work.plans.workouts_of(plan.id)]
    removed = await turn.work.plan_editing.removed_prescriptions(workout_id)
    return EditedWorkout(plan, tree, ids.index(workout_id) + 1, len(ids), removed)


async def exercise_screen(turn: Turn, prescription_id: UUID) -> Screen | None:
    """Look at an exercise of a workout of the user's own; at the workout where the whole of it was removed."""
    try:
        own = await turn.work.plan_editing.read_prescription(prescription_id)
    except NotFoundError:
        return None
    around = await workout_screen(turn, own.row.workout_id)
    if not isinstance(around, EditedWorkout):
        return around
    if own.row.deleted_at is not None:
        return RemovedExercise(own.row, own.exercise)
    listed = around.tree.prescriptions
    at = next(index for index, one in enumerate(listed) if one.row.id == prescription_id)
    above = listed[at - 1] if at > 0 else None
    groups = [one.row.superset_group for one in listed]
    return EditedExercise(around.workout, own, at + 1, len(listed), above, groups)
