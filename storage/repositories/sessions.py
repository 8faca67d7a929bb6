"""Sessions: opened freely or from a workout, closed, deleted and restored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import func, select, update
from uuid_utils.compat import uuid7

from storage.models import (
    ExerciseSet,
    PrescribedSet,
    SessionExercise,
    SessionStatus,
    WorkoutExercise,
    WorkoutSession,
)
from storage.repositories.base import Row, found
from storage.repositories.plans import Prescription
from storage.repositories.session_history import (
    NextWorkout,
    SessionEntry,
    SessionHistory,
    SessionSets,
    SessionSummary,
    SessionTree,
)
from training.units import plain

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork

__all__ = ["NextWorkout", "SessionEntry", "SessionSets", "SessionSummary", "SessionTree", "Sessions"]


class Sessions(SessionHistory):
    def __init__(self, work: UnitOfWork) -> None:
        super().__init__(work)
        self._open: WorkoutSession | None = None
        self._is_open_known = False

    async def find_open(self) -> WorkoutSession | None:
        """Find the session that is going on; of several the one begun last. It is looked up again after a change."""
        if not self._is_open_known:
            statement = self._live().where(WorkoutSession.status == SessionStatus.IN_PROGRESS)
            newest = statement.order_by(WorkoutSession.created_at.desc(), WorkoutSession.id.desc()).limit(1)
            self._open = (await self.session.scalars(newest)).one_or_none()
            self._is_open_known = True
        return self._open

    async def find_on(self, session_date: date) -> list[WorkoutSession]:
        """List the sessions of a day that are going on or completed, the newest first."""
        statement = self._live().where(
            WorkoutSession.session_date == session_date,
            WorkoutSession.status.in_([SessionStatus.IN_PROGRESS, SessionStatus.COMPLETED]),
        )
        newest_first = statement.order_by(WorkoutSession.started_at.desc(), WorkoutSession.id.desc())
        return list((await self.session.scalars(newest_first)).all())

    # ------------------------------------------------------------------ opening and closing

    async def open_free(
        self,
        *,
        session_date: date,
        started_at: datetime,
        name: str | None = None,
        import_id: UUID | None = None,
        status: SessionStatus = SessionStatus.IN_PROGRESS,
        completed_at: datetime | None = None,
    ) -> WorkoutSession:
        """Open a session without a plan; for a diary of the past open it as completed already."""
        session = await self._write(
            WorkoutSession(
                user_id=self.user_id,
                session_date=session_date,
                started_at=started_at,
                last_activity_at=completed_at or started_at,
                completed_at=completed_at,
                name=name,
                import_id=import_id,
                status=status,
            )
        )
        if status is SessionStatus.IN_PROGRESS:
            self._open, self._is_open_known = session, True  # of several it is the newest
        return session

    async def open_workout(
        self,
        workout_id: UUID,
        *,
        session_date: date,
        started_at: datetime,
        week_number: int | None = None,
        mesocycle_id: UUID | None = None,
    ) -> WorkoutSession:
        """Begin a workout of a plan, one's own or the library's.

        What is planned is copied into the session, so that history stays true when the plan changes.
        """
        tree = await self.work.plans.read_workout(workout_id)
        session = await self._write(
            WorkoutSession(
                user_id=self.user_id,
                workout_plan_id=tree.workout.workout_plan_id,
                workout_id=workout_id,
                mesocycle_id=mesocycle_id,
                week_number=week_number,
                name=tree.workout.name,
                session_date=session_date,
                started_at=started_at,
                last_activity_at=started_at,
                status=SessionStatus.IN_PROGRESS,
            )
        )
        self.session.add_all(
            _planned_entry(self.user_id, session.id, order, prescription)
            for order, prescription in enumerate(tree.prescriptions, start=1)
        )
        await self.session.flush()
        return session

    async def close(self, session_id: UUID, at: datetime) -> WorkoutSession:
        """Complete a session; an exercise counts as completed when its planned sets, or any, were done."""
        session = await self._end(session_id, SessionStatus.COMPLETED, at)
        done = (
            select(func.count())
            .where(
                ExerciseSet.user_id == self.user_id,
                ExerciseSet.session_exercise_id == SessionExercise.id,
                ExerciseSet.deleted_at.is_(None),
            )
            .scalar_subquery()
        )
        planned = func.coalesce(func.jsonb_array_length(SessionExercise.planned_sets), 1)
        await self.session.execute(
            update(SessionExercise)
            .where(SessionExercise.user_id == self.user_id, SessionExercise.workout_session_id == session_id)
            .values(is_completed=done >= func.greatest(planned, 1))
            .execution_options(synchronize_session=False)
        )
        await self.work.summaries.refresh([session.session_date])
        return session

    async def abandon(self, session_id: UUID, at: datetime) -> WorkoutSession:
        """End a session that came to nothing."""
        session = await self._end(session_id, SessionStatus.ABANDONED, at)
        await self.work.summaries.refresh([session.session_date])
        return session

    async def skip(self, workout_id: UUID, *, session_date: date) -> WorkoutSession:
        """Note that a workout was left out, so that the next one comes up."""
        workout = await self.work.plans.get_workout(workout_id)
        return await self._write(
            WorkoutSession(
                user_id=self.user_id,
                workout_plan_id=workout.workout_plan_id,
                workout_id=workout_id,
                name=workout.name,
                session_date=session_date,
                status=SessionStatus.SKIPPED,
            )
        )

    async def reopen(self, session_id: UUID) -> WorkoutSession:
        """Go on with a session that was closed."""
        columns = {"status": SessionStatus.IN_PROGRESS, "completed_at": None}
        session = await self._amend(await self.get(session_id), None, columns, "session")
        await self.work.summaries.refresh([session.session_date])
        return session

    async def touch(self, session_id: UUID, at: datetime) -> WorkoutSession:
        """Note that something happened in a session; it never goes back in time."""
        statement = (
            update(WorkoutSession)
            .where(WorkoutSession.user_id == self.user_id, WorkoutSession.id == session_id)
            .values(last_activity_at=func.greatest(WorkoutSession.last_activity_at, at))
            .returning(WorkoutSession)
            .execution_options(populate_existing=True, synchronize_session=False)
        )
        return found((await self.session.scalars(statement)).one_or_none(), "session", session_id)

    async def note(self, session_id: UUID, notes: str | None) -> WorkoutSession:
        return await self._amend(await self.get(session_id), None, {"notes": notes}, "session")

    async def delete(self, session_id: UUID) -> WorkoutSession:
        """Mark a session and its sets as deleted; records and the day's summary follow."""
        deleted_at = func.now()
        session = await self._amend(await self.get(session_id), None, {"deleted_at": deleted_at}, "session")
        await self._mark_sets(session, ExerciseSet.deleted_at.is_(None), session.deleted_at)
        return session

    async def restore(self, session_id: UUID) -> WorkoutSession:
        """Bring a deleted session back, with the sets that went with it."""
        session = await self.get(session_id)
        deleted_at = session.deleted_at
        if deleted_at is None:
            return session
        session = await self._amend(session, None, {"deleted_at": None}, "session")
        await self._mark_sets(session, ExerciseSet.deleted_at == deleted_at, None)
        return session

    # ------------------------------------------------------------------ inside

    async def _write(self, row: Row) -> Row:
        self._is_open_known = False
        return await super()._write(row)

    async def _amend(self, row: Row, version: int | None, columns: Mapping[str, Any], what: str) -> Row:
        self._is_open_known = False
        return await super()._amend(row, version, columns, what)

    def _live(self) -> Any:
        return select(WorkoutSession).where(WorkoutSession.user_id == self.user_id, WorkoutSession.deleted_at.is_(None))

    async def _end(self, session_id: UUID, status: SessionStatus, at: datetime) -> WorkoutSession:
        columns = {"status": status, "completed_at": func.greatest(at, WorkoutSession.started_at)}
        return await self._amend(await self.get(session_id), None, columns, "session")

    async def _mark_sets(self, session: WorkoutSession, which: Any, deleted_at: datetime | None) -> None:
        statement = (
            update(ExerciseSet)
            .where(ExerciseSet.user_id == self.user_id, ExerciseSet.workout_session_id == session.id, which)
            .values(deleted_at=deleted_at, version=ExerciseSet.version + 1)
            .returning(ExerciseSet)
            .execution_options(populate_existing=True, synchronize_session=False)
        )
        roots = {row.exercise_root_id for row in await self.session.scalars(statement)}
        await self.work.records.recalculate(roots)
        await self.work.summaries.refresh([session.session_date])


def _planned_entry(user_id: UUID, session_id: UUID, order: int, prescription: Prescription) -> SessionExercise:
    row = prescription.row
    return SessionExercise(
        id=uuid7(),
        user_id=user_id,
        workout_session_id=session_id,
        exercise_id=row.exercise_id,
        workout_exercise_id=row.id,
        exercise_order=order,
        planned_sets=planned_sets(row, prescription.sets),
        planned_tempo=row.tempo,
        planned_rest_time_seconds=row.rest_time_seconds,
        planned_notes=row.notes,
    )


PLANNED = (
    "reps_min",
    "reps_max",
    "target_weight",
    "target_weight_typed",
    "target_weight_unit",
    "target_percent",
    "target_rpe",
    "target_duration_seconds",
    "target_distance_m",
    "is_amrap",
)


def planned_sets(row: WorkoutExercise, sets: Sequence[PrescribedSet]) -> list[Any]:
    """Write a prescription out set by set, as JSON: decimals as strings, what is not prescribed left out."""
    each: Sequence[WorkoutExercise | PrescribedSet] = sets or [row] * (row.sets or 1)
    return [
        {"set_number": number} | {name: _json(getattr(one, name)) for name in PLANNED if getattr(one, name) is not None}
        for number, one in enumerate(each, start=1)
    ]


def _json(value: Any) -> Any:
    return plain(value) if isinstance(value, Decimal) else value
