"""The library's plans from a user's side: the kit they need, the copies made of them, and going on with a copy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import func, or_, select, text, update

from storage.models import (
    Equipment,
    ExerciseEquipment,
    SessionStatus,
    UserEquipment,
    Workout,
    WorkoutExercise,
    WorkoutPlan,
    WorkoutSession,
)
from storage.repositories.base import Repository

NEEDS_NOTHING = "bodyweight"

# The targets of a block that is going on, from the prescriptions of one plan to those of another that stand in the
# same workout at the same place and ask for the same exercise.
MOVE_TARGETS = text("""
UPDATE mesocycle_target t SET workout_exercise_id = there.id
  FROM mesocycle m, workout_exercise here, workout w, exercise e,
       workout_exercise there, workout v, exercise f
 WHERE m.user_id = :user_id AND m.workout_plan_id = :old AND m.status = 'active' AND m.deleted_at IS NULL
   AND t.user_id = m.user_id AND t.mesocycle_id = m.id AND here.id = t.workout_exercise_id
   AND w.id = here.workout_id AND w.workout_plan_id = :old AND e.id = here.exercise_id
   AND v.workout_plan_id = :new AND v.root_id = w.root_id AND v.deleted_at IS NULL
   AND there.user_id = :user_id AND there.workout_id = v.id AND there.deleted_at IS NULL
   AND there.sequence = here.sequence AND f.id = there.exercise_id AND f.root_id = e.root_id
""")
MOVE_MESOCYCLES = text("""
UPDATE mesocycle SET workout_plan_id = :new, version = version + 1
 WHERE user_id = :user_id AND workout_plan_id = :old AND status = 'active' AND deleted_at IS NULL
""")


class PlanLibrary(Repository):
    async def kit_of(self, plan_ids: Iterable[UUID]) -> dict[UUID, dict[UUID, str]]:
        """Tell what kit plans need, as names by id; a plan that needs none is there with nothing."""
        wanted = list(plan_ids)
        rows = await self.session.execute(
            select(Workout.workout_plan_id, Equipment.id, Equipment.name)
            .join(WorkoutExercise, WorkoutExercise.workout_id == Workout.id)
            .join(ExerciseEquipment, ExerciseEquipment.exercise_id == WorkoutExercise.exercise_id)
            .join(Equipment, Equipment.id == ExerciseEquipment.equipment_id)
            .where(
                Workout.workout_plan_id.in_(wanted),
                Workout.deleted_at.is_(None),
                WorkoutExercise.deleted_at.is_(None),
                Equipment.slug != NEEDS_NOTHING,
            )
            .distinct()
            .order_by(Equipment.name)
        )
        kit: defaultdict[UUID, dict[UUID, str]] = defaultdict(dict)
        for plan_id, equipment_id, name in rows:
            kit[plan_id][equipment_id] = name
        return {plan_id: kit[plan_id] for plan_id in wanted}

    async def own_kit(self) -> frozenset[UUID]:
        """Give the kit that the user has told of; nothing told means that nothing is known."""
        rows = await self.session.scalars(
            select(UserEquipment.equipment_id).where(
                UserEquipment.user_id == self.user_id, UserEquipment.deleted_at.is_(None)
            )
        )
        return frozenset(rows)

    async def copies_of(self, plan_id: UUID) -> list[WorkoutPlan]:
        """List the live copies that the user made of a plan, the newest first."""
        rows = await self.session.scalars(
            select(WorkoutPlan)
            .where(
                WorkoutPlan.user_id == self.user_id, WorkoutPlan.source_id == plan_id, WorkoutPlan.deleted_at.is_(None)
            )
            .order_by(WorkoutPlan.id.desc())
        )
        return list(rows)

    async def times_trained(self, plan: WorkoutPlan) -> int:
        """Count the sessions by a plan, by what it was copied from, and by the user's copies of it."""
        root = plan.source_id or plan.id
        kin = select(WorkoutPlan.id).where(or_(WorkoutPlan.id == root, WorkoutPlan.source_id == root))
        count = await self.session.scalar(
            select(func.count()).where(
                WorkoutSession.user_id == self.user_id,
                WorkoutSession.workout_plan_id.in_(kin),
                WorkoutSession.status == SessionStatus.COMPLETED,
                WorkoutSession.deleted_at.is_(None),
            )
        )
        return count or 0

    async def go_on_with(self, old_id: UUID, new_id: UUID) -> None:
        """Train by another plan of the same lineage from now on, where the user trained by the old one.

        The current plan, sessions that are still planned and a block that is going on follow; what was done, and what
        is being done, stays where it was.
        """
        if self.work.user.current_plan_id == old_id:
            await self.work.users.set_current_plan(new_id)
        await self._move_planned(old_id, new_id)
        parameters = {"user_id": self.user_id, "old": old_id, "new": new_id}
        await self.session.execute(MOVE_TARGETS, parameters)
        await self.session.execute(MOVE_MESOCYCLES, parameters)

    async def _move_planned(self, old_id: UUID, new_id: UUID) -> None:
        new = {workout.root_id: workout.id for workout in await self.work.plans.workouts_of(new_id)}
        for workout in await self.work.plans.workouts_of(old_id):
            if workout.root_id in new:
                await self.session.execute(
                    update(WorkoutSession)
                    .where(
                        WorkoutSession.user_id == self.user_id,
                        WorkoutSession.workout_id == workout.id,
                        WorkoutSession.status == SessionStatus.PLANNED,
                        WorkoutSession.deleted_at.is_(None),
                    )
                    .values(workout_plan_id=new_id, workout_id=new[workout.root_id], version=WorkoutSession.version + 1)
                    .execution_options(synchronize_session=False)
                )
