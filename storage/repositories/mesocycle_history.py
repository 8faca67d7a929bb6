"""What was done in a mesocycle: its sessions, their sets, and the records among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from storage.models import Exercise, ExerciseSet, PersonalRecord, SessionStatus, Workout, WorkoutSession
from storage.repositories.base import Repository
from training.mesocycle import muscle_group_of
from training.mesocycle_review import BlockSet
from training.performed import PerformedSet


@dataclass(frozen=True, slots=True)
class BlockSession:
    """A session of a mesocycle in a line. ``root_id`` is the lineage of its workout."""

    id: UUID
    workout_id: UUID
    root_id: UUID
    week: int
    status: SessionStatus


@dataclass(frozen=True, slots=True)
class BlockRecord:
    """A record that was set within a mesocycle and still stands."""

    exercise: str
    record: PersonalRecord


class MesocycleHistory(Repository):
    async def sessions(self, mesocycle_id: UUID) -> list[BlockSession]:
        """List its sessions that are going on, done or skipped, in the order in which they came."""
        statement = (
            select(
                WorkoutSession.id,
                WorkoutSession.workout_id,
                Workout.root_id,
                WorkoutSession.week_number,
                WorkoutSession.status,
            )
            .join(Workout, Workout.id == WorkoutSession.workout_id)
            .where(
                WorkoutSession.user_id == self.user_id,
                WorkoutSession.mesocycle_id == mesocycle_id,
                WorkoutSession.week_number.is_not(None),
                WorkoutSession.deleted_at.is_(None),
                WorkoutSession.status.in_([SessionStatus.IN_PROGRESS, SessionStatus.COMPLETED, SessionStatus.SKIPPED]),
            )
            .order_by(WorkoutSession.session_date, WorkoutSession.created_at, WorkoutSession.id)
        )
        return [
            BlockSession(session_id, workout_id, root_id, week, status)
            for session_id, workout_id, root_id, week, status in await self.session.execute(statement)
            if workout_id is not None and week is not None
        ]

    async def last_day(self, mesocycle_id: UUID) -> date | None:
        """Tell the day of its newest session that was trained."""
        return await self.session.scalar(
            select(func.max(WorkoutSession.session_date)).where(
                WorkoutSession.user_id == self.user_id,
                WorkoutSession.mesocycle_id == mesocycle_id,
                WorkoutSession.deleted_at.is_(None),
                WorkoutSession.status.in_([SessionStatus.IN_PROGRESS, SessionStatus.COMPLETED]),
            )
        )

    async def block_sets(self, mesocycle_id: UUID) -> list[BlockSet]:
        """List every set that was done in it, in the order of time; one statement."""
        statement = (
            select(ExerciseSet, Exercise, WorkoutSession.week_number)
            .join(
                WorkoutSession,
                (WorkoutSession.user_id == ExerciseSet.user_id) & (WorkoutSession.id == ExerciseSet.workout_session_id),
            )
            .join(Exercise, Exercise.id == ExerciseSet.exercise_id)
            .where(
                WorkoutSession.user_id == self.user_id,
                WorkoutSession.mesocycle_id == mesocycle_id,
                WorkoutSession.week_number.is_not(None),
                WorkoutSession.deleted_at.is_(None),
                ExerciseSet.deleted_at.is_(None),
            )
            .order_by(ExerciseSet.performed_at, ExerciseSet.set_number, ExerciseSet.id)
        )
        return [
            _block_set(row, exercise, week)
            for row, exercise, week in await self.session.execute(statement)
            if week is not None
        ]

    async def records(self, mesocycle_id: UUID) -> list[BlockRecord]:
        """List the records that were set in it and still stand, by exercise."""
        statement = (
            select(Exercise.name, PersonalRecord)
            .join(
                WorkoutSession,
                (WorkoutSession.user_id == PersonalRecord.user_id)
                & (WorkoutSession.id == PersonalRecord.workout_session_id),
            )
            .join(
                ExerciseSet,
                (ExerciseSet.user_id == PersonalRecord.user_id) & (ExerciseSet.id == PersonalRecord.exercise_set_id),
            )
            .join(Exercise, Exercise.id == ExerciseSet.exercise_id)
            .where(PersonalRecord.user_id == self.user_id, WorkoutSession.mesocycle_id == mesocycle_id)
            .order_by(Exercise.name, PersonalRecord.record_type)
        )
        return [BlockRecord(name, record) for name, record in await self.session.execute(statement)]


def group_of(exercise: Exercise) -> str | None:
    """Name the muscle group that the sets of an exercise follow; None for cardio and mobility."""
    return muscle_group_of([str(group) for group in exercise.primary_muscle_groups], str(exercise.category))


def _block_set(row: ExerciseSet, exercise: Exercise, week: int) -> BlockSet:
    performed = PerformedSet(
        weight_kg=row.weight,
        reps=row.reps,
        seconds=row.duration_seconds,
        distance_m=row.distance_m,
        rpe=row.rpe,
        load_mode=str(row.load_mode),
        kind=str(row.kind),
        set_id=row.id,
        session_id=row.workout_session_id,
    )
    return BlockSet(week, row.exercise_root_id, exercise.name, group_of(exercise), performed)
