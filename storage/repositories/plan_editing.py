"""Changing a plan of the user's own piece by piece: its workouts, their prescriptions, and the order of both.

Whoever changes something names the version they saw. The list of prescriptions belongs to the workout and is guarded by
its version; the list of workouts belongs to the plan. What is removed is marked, keeps its place and can be put back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Integer, Uuid, column, delete, func, select, update, values
from uuid_utils.compat import uuid7

from storage.drafts import PrescribedSetDraft, PrescriptionDraft
from storage.models import PrescribedSet, Workout, WorkoutExercise, WorkoutPlan
from storage.plan_summary import FIGURES, PER_SET, draft_of, spread, summary_of
from storage.repositories.base import Repository, Row, found
from storage.repositories.plans import Prescription, typed

DAYS_OF_A_WEEK: Final = 7


class PlanEditing(Repository):
    # ------------------------------------------------------------------ prescriptions

    async def read_prescription(self, prescription_id: UUID) -> Prescription:
        """Read a prescription of the user's own with its exercise and sets, removed or not."""
        row = await self._own_prescription(prescription_id)
        exercise = await self.work.exercises.get(row.exercise_id)
        return Prescription(row, exercise, tuple(await self._sets(row.id)))

    async def add_prescription(
        self, workout_id: UUID, version: int | None, draft: PrescriptionDraft, import_id: UUID | None = None
    ) -> WorkoutExercise:
        """Add an exercise at the end of a workout; one of the library becomes the user's own copy.

        Raises:
            StaleVersionError: the workout was changed meanwhile.
        """
        workout = await self._touch(await self._own_workout(workout_id), version)
        last = func.coalesce(func.max(WorkoutExercise.sequence), 0) + 1
        sequence = await self.session.scalar(
            select(last).where(WorkoutExercise.workout_id == workout.id, WorkoutExercise.deleted_at.is_(None))
        )
        columns = {name: value for name, value in asdict(draft).items() if name not in ("exercise_id", "scheme")}
        if draft.scheme:
            columns |= summary_of(draft.scheme)
        exercise = await self.work.exercises.own_copy(draft.exercise_id)
        row = await self._write(
            WorkoutExercise(
                id=uuid7(),
                user_id=self.user_id,
                workout_id=workout.id,
                exercise_id=exercise.id,
                sequence=sequence,
                import_id=import_id,
                **typed(columns),
            )
        )
        await self._write_scheme(row, draft.scheme)
        return row

    async def amend(self, prescription_id: UUID, version: int | None, **columns: Any) -> WorkoutExercise:
        """Change columns of a prescription. Where its sets differ they follow, and the summary stays true.

        Raises:
            StaleVersionError: it was changed meanwhile.
        """
        row = await self._own_prescription(prescription_id)
        if "exercise_id" in columns:
            columns["exercise_id"] = (await self.work.exercises.own_copy(columns["exercise_id"])).id
        if columns.keys() & set(FIGURES):
            scheme = [draft_of(one) for one in await self._sets(row.id)]
            if scheme:
                return await self.retarget(prescription_id, version, spread(scheme, columns), **columns)
        return await self._amend(row, version, typed(columns), "prescription")

    async def retarget(
        self, prescription_id: UUID, version: int | None, scheme: Sequence[PrescribedSetDraft], **columns: Any
    ) -> WorkoutExercise:
        """Give a prescription other targets: set by set where `scheme` has any, else those of `columns` for all sets.

        Raises:
            StaleVersionError: it was changed meanwhile.
        """
        row = await self._own_prescription(prescription_id)
        summary = summary_of(scheme) if scheme else {}
        changed = await self._amend(row, version, typed({**columns, **summary}), "prescription")
        await self._write_scheme(changed, scheme)
        return changed

    async def sum_up(self, prescription_id: UUID) -> WorkoutExercise:
        """Bring the summary of a prescription up to date with its sets, which were changed one by one."""
        row = await self._own_prescription(prescription_id)
        scheme = [draft_of(one) for one in await self._sets(row.id)]
        return await self._amend(row, None, summary_of(scheme), "prescription") if scheme else row

    async def remove_prescription(self, prescription_id: UUID, version: int | None) -> WorkoutExercise:
        """Take an exercise out of its workout; it can be put back.

        Raises:
            StaleVersionError: it was changed meanwhile.
        """
        row = await self._own_prescription(prescription_id)
        removed = await self._amend(row, version, {"deleted_at": func.now()}, "prescription")
        await self._touch(await self._own_workout(row.workout_id), None)
        return removed

    async def restore_prescription(self, prescription_id: UUID) -> WorkoutExercise:
        """Put a removed exercise back where it was, as far as its neighbours are still there."""
        row = await self._own_prescription(prescription_id)
        if row.deleted_at is None:
            return row
        workout = await self._touch(await self._own_workout(row.workout_id), None)
        await self._make_room(await self._prescriptions(workout.id), row.sequence)
        return await self._amend(row, None, {"deleted_at": None}, "prescription")

    async def removed_prescriptions(self, workout_id: UUID) -> list[Prescription]:
        """List what was taken out of a workout, the newest first."""
        rows = await self.session.scalars(
            select(WorkoutExercise)
            .where(
                WorkoutExercise.user_id == self.user_id,
                WorkoutExercise.workout_id == workout_id,
                WorkoutExercise.deleted_at.is_not(None),
            )
            .order_by(WorkoutExercise.deleted_at.desc(), WorkoutExercise.id.desc())
        )
        removed = list(rows)
        exercises = await self.work.exercises.get_many(row.exercise_id for row in removed)
        return [Prescription(row, exercises[row.exercise_id], ()) for row in removed]

    async def move_prescription(self, prescription_id: UUID, workout_version: int | None, by: int) -> Workout:
        """Move an exercise up (`by` below zero) or down in its workout; past the ends it stays there.

        Raises:
            StaleVersionError: the workout was changed meanwhile.
        """
        row = await self._own_prescription(prescription_id)
        workout = await self._touch(await self._own_workout(row.workout_id), workout_version)
        await self._place(_moved(await self._prescriptions(workout.id), row, by))
        return workout

    # ------------------------------------------------------------------ workouts

    async def add_workout(
        self, plan_id: UUID, version: int | None, name: str, day_of_week: int | None = None
    ) -> Workout:
        """Add an empty workout at the end of a plan.

        Raises:
            StaleVersionError: the plan was changed meanwhile.
        """
        plan = await self._touch(await self._own_plan(plan_id), version)
        workouts = await self.work.plans.workouts_of(plan.id)
        position = max((one.position for one in workouts), default=0) + 1
        made = await self._write(
            Workout(
                user_id=self.user_id,
                workout_plan_id=plan.id,
                name=name,
                position=position,
                day_of_week=day_of_week,
                week_number=workouts[-1].week_number if workouts else None,
            )
        )
        await self._keep_days(plan, len(workouts), len(workouts) + 1)
        return made

    async def amend_workout(self, workout_id: UUID, version: int | None, **columns: Any) -> Workout:
        """Change a workout's name, its description or its day of the week.

        Raises:
            StaleVersionError: it was changed meanwhile.
        """
        return await self._amend(await self._own_workout(workout_id), version, columns, "workout")

    async def amend_plan(self, plan_id: UUID, version: int | None, **columns: Any) -> WorkoutPlan:
        """Change a plan's description and the like.

        Raises:
            StaleVersionError: it was changed meanwhile.
        """
        return await self._amend(await self._own_plan(plan_id), version, columns, "plan")

    async def remove_workout(self, workout_id: UUID, version: int | None) -> Workout:
        """Take a workout out of its plan with all that is in it; it can be put back.

        Raises:
            StaleVersionError: it was changed meanwhile.
        """
        workout = await self._own_workout(workout_id)
        before = len(await self.work.plans.workouts_of(workout.workout_plan_id))
        removed = await self._amend(workout, version, {"deleted_at": func.now()}, "workout")
        plan = await self._touch(await self._own_plan(workout.workout_plan_id), None)
        await self._keep_days(plan, before, before - 1)
        return removed

    async def restore_workout(self, workout_id: UUID) -> Workout:
        """Put a removed workout back where it was, as far as its neighbours are still there."""
        workout = await self._own_workout(workout_id)
        if workout.deleted_at is None:
            return workout
        plan = await self._touch(await self._own_plan(workout.workout_plan_id), None)
        others = await self.work.plans.workouts_of(plan.id)
        await self._make_room(others, workout.position)
        restored = await self._amend(workout, None, {"deleted_at": None}, "workout")
        await self._keep_days(plan, len(others), len(others) + 1)
        return restored

    async def removed_workouts(self, plan_id: UUID) -> list[Workout]:
        """List what was taken out of a plan, the newest first."""
        rows = await self.session.scalars(
            select(Workout)
            .where(Workout.user_id == self.user_id, Workout.workout_plan_id == plan_id, Workout.deleted_at.is_not(None))
            .order_by(Workout.deleted_at.desc(), Workout.id.desc())
        )
        return list(rows)

    async def move_workout(self, workout_id: UUID, plan_version: int | None, by: int) -> WorkoutPlan:
        """Move a workout up (`by` below zero) or down in its plan; past the ends it stays there.

        Raises:
            StaleVersionError: the plan was changed meanwhile.
        """
        workout = await self._own_workout(workout_id)
        plan = await self._touch(await self._own_plan(workout.workout_plan_id), plan_version)
        await self._place(_moved(await self.work.plans.workouts_of(plan.id), workout, by))
        return plan

    async def copy_workout(self, workout_id: UUID, plan_version: int | None, name: str) -> Workout:
        """Copy a workout within its plan, to the place behind it. The copy is a day of its own.

        Raises:
            StaleVersionError: the plan was changed meanwhile.
        """
        workout = await self._own_workout(workout_id)
        plan = await self._touch(await self._own_plan(workout.workout_plan_id), plan_version)
        before = await self.work.plans.workouts_of(plan.id)
        copy = await self.work.plans.copy_workout(workout_id, plan.id)
        copy = await self._amend(copy, None, {"name": name}, "workout")
        at = next(index for index, one in enumerate(before, start=1) if one.id == workout.id)
        await self._place([*before[:at], copy, *before[at:]])
        await self._keep_days(plan, len(before), len(before) + 1)
        return copy

    # ------------------------------------------------------------------ inside

    async def _own_plan(self, plan_id: UUID) -> WorkoutPlan:
        plan = await self.work.plans.get(plan_id)
        return found(plan if plan.user_id is not None else None, "own plan", plan_id)

    async def _own_workout(self, workout_id: UUID) -> Workout:
        workout = await self.work.plans.get_workout(workout_id)
        return found(workout if workout.user_id is not None else None, "own workout", workout_id)

    async def _own_prescription(self, prescription_id: UUID) -> WorkoutExercise:
        statement = select(WorkoutExercise).where(
            WorkoutExercise.user_id == self.user_id, WorkoutExercise.id == prescription_id
        )
        return found((await self.session.scalars(statement)).one_or_none(), "own prescription", prescription_id)

    async def _prescriptions(self, workout_id: UUID) -> list[WorkoutExercise]:
        statement = select(WorkoutExercise).where(
            WorkoutExercise.workout_id == workout_id, WorkoutExercise.deleted_at.is_(None)
        )
        return list((await self.session.scalars(statement.order_by(WorkoutExercise.sequence))).all())

    async def _sets(self, prescription_id: UUID) -> list[PrescribedSet]:
        statement = select(PrescribedSet).where(
            PrescribedSet.user_id == self.user_id, PrescribedSet.workout_exercise_id == prescription_id
        )
        in_order = statement.order_by(PrescribedSet.set_number).execution_options(populate_existing=True)
        return list((await self.session.scalars(in_order)).all())

    async def _touch(self, row: Row, version: int | None) -> Row:
        """Count the version of a list's owner up, because the list changes."""
        return await self._amend(row, version, {}, "workout" if isinstance(row, Workout) else "plan")

    async def _keep_days(self, plan: WorkoutPlan, before: int, after: int) -> None:
        """Let the days a week follow the number of workouts, where they were the same before."""
        if plan.days_per_week == before and 1 <= after <= DAYS_OF_A_WEEK:
            await self._amend(plan, None, {"days_per_week": after}, "plan")

    async def _make_room(self, rows: Sequence[Any], place: int) -> None:
        """Move what stands at a place, and all behind it, one on; where the place is free nothing moves."""
        column_name = _order_column(rows[0]) if rows else ""
        if any(getattr(row, column_name) == place for row in rows):
            behind = [row for row in rows if getattr(row, column_name) >= place]
            await self._number({row.id: getattr(row, column_name) + 1 for row in behind}, type(rows[0]))

    async def _place(self, rows: Sequence[Any]) -> None:
        """Number rows anew in the order given; only those that change are written."""
        column_name = _order_column(rows[0])
        wanted = {row.id: number for number, row in enumerate(rows, start=1) if getattr(row, column_name) != number}
        await self._number(wanted, type(rows[0]))

    async def _number(self, wanted: dict[UUID, int], model: Any) -> None:
        """Write places in two steps: below zero first, where nothing stands in the way, so that none is taken twice."""
        if not wanted:
            return
        place = getattr(model, "position" if model is Workout else "sequence")
        mine = (model.user_id == self.user_id, model.id.in_(wanted))
        await self.session.execute(
            update(model).where(*mine).values({place: -place}).execution_options(synchronize_session=False)
        )
        target = values(column("id", Uuid), column("place", Integer), name="target").data(list(wanted.items()))
        await self.session.execute(
            update(model)
            .where(model.user_id == self.user_id, model.id == target.c.id)
            .values({place: target.c.place})
            .execution_options(synchronize_session=False)
        )
        again = select(model).where(*mine).execution_options(populate_existing=True)
        (await self.session.scalars(again)).all()

    async def _write_scheme(self, row: WorkoutExercise, scheme: Sequence[PrescribedSetDraft]) -> None:
        """Store the sets of a prescription, those that stood there before included."""
        stored = await self._sets(row.id)
        for kept, one in zip(stored, scheme, strict=False):
            for name in PER_SET:
                setattr(kept, name, getattr(one, name))
        surplus = [one.id for one in stored[len(scheme) :]]
        if surplus:
            await self.session.execute(
                delete(PrescribedSet).where(PrescribedSet.user_id == self.user_id, PrescribedSet.id.in_(surplus))
            )
        self.session.add_all(
            PrescribedSet(
                id=uuid7(), user_id=self.user_id, workout_exercise_id=row.id, set_number=number, **asdict(one)
            )
            for number, one in enumerate(scheme, start=1)
            if number > len(stored)
        )
        await self.session.flush()


def _order_column(row: Workout | WorkoutExercise) -> str:
    return "position" if isinstance(row, Workout) else "sequence"


def _moved(rows: Sequence[Any], moved: Any, by: int) -> list[Any]:
    """Put one of the rows as many places further as asked, within the list."""
    others = [row for row in rows if row.id != moved.id]
    at = next(index for index, row in enumerate(rows) if row.id == moved.id)
    place = max(0, min(len(others), at + by))
    return [*others[:place], moved, *others[place:]]
