"""What a user said of a muscle group: soreness since last time, pump and challenge of the session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from uuid_utils.compat import uuid7

from storage.models import Exercise, ExerciseSet, MuscleGroup, MuscleGroupFeedback, SetKind, WorkoutSession
from storage.repositories.base import Repository

Question = Literal["soreness", "pump", "challenge"]


@dataclass(frozen=True, slots=True)
class FeedbackMeans:
    """What a muscle group felt like on average; None where it was never said. ``sessions`` had an answer."""

    muscle_group: MuscleGroup
    soreness: Decimal | None
    pump: Decimal | None
    challenge: Decimal | None
    sessions: int


class MuscleFeedback(Repository):
    async def note_asked(self, session_id: UUID, muscle_group: str) -> bool:
        """Note that a muscle group is being asked about in a session; False where it was before."""
        statement = insert(MuscleGroupFeedback).values(
            user_id=self.user_id,
            id=uuid7(),
            workout_session_id=session_id,
            muscle_group=MuscleGroup(muscle_group),
        )
        new = statement.on_conflict_do_nothing(index_elements=["user_id", "workout_session_id", "muscle_group"])
        return (await self.session.execute(new.returning(MuscleGroupFeedback.id))).one_or_none() is not None

    async def record(
        self, session_id: UUID, muscle_group: str, question: Question, level: int, at: datetime
    ) -> MuscleGroupFeedback:
        """Write down one answer, 0 to 3; a later one takes the place of an earlier."""
        answered = "soreness_recorded_at" if question == "soreness" else "performance_recorded_at"
        columns = {question: level, answered: at}
        statement = insert(MuscleGroupFeedback).values(
            user_id=self.user_id,
            id=uuid7(),
            workout_session_id=session_id,
            muscle_group=MuscleGroup(muscle_group),
            **columns,
        )
        keys = ["user_id", "workout_session_id", "muscle_group"]
        rows = await self.session.scalars(
            statement.on_conflict_do_update(index_elements=keys, set_=columns).returning(MuscleGroupFeedback),
            execution_options={"populate_existing": True},
        )
        return rows.one()

    async def of_session(self, session_id: UUID) -> dict[str, MuscleGroupFeedback]:
        """Give what was asked or said in a session, by muscle group."""
        statement = select(MuscleGroupFeedback).where(
            MuscleGroupFeedback.user_id == self.user_id, MuscleGroupFeedback.workout_session_id == session_id
        )
        rows = await self.session.scalars(statement, execution_options={"populate_existing": True})
        return {str(row.muscle_group): row for row in rows}

    async def last_unanswered(self, session_id: UUID) -> MuscleGroupFeedback | None:
        """Find the muscle group that was asked about last in a session and of which an answer is missing."""
        statement = select(MuscleGroupFeedback).where(
            MuscleGroupFeedback.user_id == self.user_id,
            MuscleGroupFeedback.workout_session_id == session_id,
            MuscleGroupFeedback.soreness.is_(None)
            | MuscleGroupFeedback.pump.is_(None)
            | MuscleGroupFeedback.challenge.is_(None),
        )
        newest = statement.order_by(MuscleGroupFeedback.id.desc()).limit(1)
        return (await self.session.scalars(newest, execution_options={"populate_existing": True})).one_or_none()

    async def last_trained(self, muscle_group: str, *, before: UUID, since: date) -> date | None:
        """Tell the day a muscle group was trained last, in another session and not before ``since``.

        It counts for the exercises that name the group first.
        """
        statement = (
            select(func.max(WorkoutSession.session_date))
            .select_from(WorkoutSession)
            .join(
                ExerciseSet,
                (ExerciseSet.user_id == WorkoutSession.user_id) & (ExerciseSet.workout_session_id == WorkoutSession.id),
            )
            .join(Exercise, Exercise.id == ExerciseSet.exercise_id)
            .where(
                WorkoutSession.user_id == self.user_id,
                WorkoutSession.session_date >= since,
                WorkoutSession.id != before,
                WorkoutSession.deleted_at.is_(None),
                ExerciseSet.deleted_at.is_(None),
                ExerciseSet.kind != SetKind.WARMUP,
                Exercise.primary_muscle_groups[1] == MuscleGroup(muscle_group),
            )
        )
        return await self.session.scalar(statement)

    async def means(self, mesocycle_id: UUID) -> Sequence[FeedbackMeans]:
        """Average what was said in a mesocycle, by muscle group."""
        row = MuscleGroupFeedback
        means = (func.avg(row.soreness), func.avg(row.pump), func.avg(row.challenge))
        answered = func.count(func.coalesce(row.soreness, row.pump, row.challenge))
        statement = (
            select(row.muscle_group, *means, answered)
            .join(
                WorkoutSession,
                (WorkoutSession.user_id == row.user_id) & (WorkoutSession.id == row.workout_session_id),
            )
            .where(
                row.user_id == self.user_id,
                WorkoutSession.mesocycle_id == mesocycle_id,
                WorkoutSession.deleted_at.is_(None),
            )
            .group_by(row.muscle_group)
            .having(answered > 0)
            .order_by(row.muscle_group)
        )
        return [FeedbackMeans(*found) for found in await self.session.execute(statement)]
