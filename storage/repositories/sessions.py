"""Sessions: opened freely or from a workout, closed, deleted and restored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import DateTime, Uuid, bindparam, case, func, select, update
from uuid_utils.compat import uuid7

from storage.direct import Direct
from storage.models import ExerciseSet, SessionExercise, SessionStatus, SetKind, WorkoutSession
from storage.planned_sets import PlannedExercise, prescribed, to_json
from storage.repositories.base import OWNER, Row, found, live, stands_at
from storage.repositories.plans import Prescription
from storage.repositories.session_history import (
    NextWorkout,
    SessionEntry,
    SessionHistory,
    SessionSets,
    SessionSummary,
    SessionTree,
)

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork

__all__ = ["NextWorkout", "SessionEntry", "SessionSets", "SessionSummary", "SessionTree", "Sessions"]


OPEN: Final = Direct(
    live(WorkoutSession)
    .where(stands_at(WorkoutSession.status, SessionStatus.IN_PROGRESS))
    .order_by(WorkoutSession.created_at.desc(), WorkoutSession.id.desc())
    .limit(1)
)
PLANNED: Final = Direct(
    live(WorkoutSession)
    .where(stands_at(WorkoutSession.status, SessionStatus.PLANNED))
    .order_by(WorkoutSession.session_date, WorkoutSession.scheduled_time.nulls_last(), WorkoutSession.id)
)
TOUCH: Final = (
    update(WorkoutSession)
    .where(WorkoutSession.user_id == OWNER, WorkoutSession.id == bindparam("touched", type_=Uuid()))
    .values(
        last_activity_at=func.greatest(WorkoutSession.last_activity_at, bindparam("at", type_=DateTime(timezone=True)))
    )
    .returning(WorkoutSession)
    .execution_options(populate_existing=True, synchronize_session=False)
)


class Sessions(SessionHistory):
    def __init__(self, work: UnitOfWork) -> None:
        super().__init__(work)
        self._open: WorkoutSession | None = None
        self._is_open_known = False

    async def find_open(self) -> WorkoutSession | None:
        """Find the session that is going on; of several the one begun last. It is looked up again after a change."""
        if not self._is_open_known:
            asked = await self.work.ask(OPEN, {"owner": self.user_id})
            self._open = asked[0].WorkoutSession if asked else None
            self._is_open_known = True
        return self._open

    def know_open(self, session: WorkoutSession | None) -> None:
        """Have the session in hand that is going on, or that none is: it was fetched along with other things."""
        self._open, self._is_open_known = session, True

    async def find_on(self, session_date: date) -> list[WorkoutSession]:
        """List the sessions of a day that are going on or completed, the newest first."""
        statement = live(WorkoutSession).where(
            WorkoutSession.session_date == session_date,
            WorkoutSession.status.in_([SessionStatus.IN_PROGRESS, SessionStatus.COMPLETED]),
        )
        newest_first = statement.order_by(WorkoutSession.started_at.desc(), WorkoutSession.id.desc())
        return list((await self.session.scalars(newest_first, {"owner": self.user_id})).all())

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
        planned: Mapping[UUID, PlannedExercise] | None = None,
        planned_session_id: UUID | None = None,
    ) -> WorkoutSession:
        """Begin a workout of a plan, one's own or the library's.

        What is planned is copied into the session, so that history stays true when the plan changes: ``planned`` by the
        ids of prescriptions, and as it is prescribed where it says nothing. A session that had been planned for a day
        (``planned_session_id``) is the one that begins.
        """
        tree = await self.work.plans.read_workout(workout_id)
        begun = {
            "mesocycle_id": mesocycle_id,
            "week_number": week_number,
            "name": tree.workout.name,
            "session_date": session_date,
            "started_at": started_at,
            "last_activity_at": started_at,
            "status": SessionStatus.IN_PROGRESS,
        }
        if planned_session_id is not None:
            session = await self._amend(await self.get(planned_session_id), None, begun, "session")
        else:
            of = {"user_id": self.user_id, "workout_plan_id": tree.workout.workout_plan_id, "workout_id": workout_id}
            session = await self._write(WorkoutSession(**of, **begun))
        self.session.add_all(
            _planned_entry(self.user_id, session.id, order, prescription, (planned or {}).get(prescription.row.id))
            for order, prescription in enumerate(tree.prescriptions, start=1)
        )
        await self.session.flush()
        return session

    async def plan_workout(
        self, workout_id: UUID, *, session_date: date, scheduled_time: time | None = None
    ) -> WorkoutSession:
        """Set a workout down for a day."""
        columns = {"session_date": session_date, "scheduled_time": scheduled_time}
        return await self._write_of(workout_id, SessionStatus.PLANNED, **columns)

    async def planned(self) -> list[WorkoutSession]:
        """List the workouts that are set down for a day and not begun, the earliest first, past ones too."""
        return [row.WorkoutSession for row in await self.work.ask(PLANNED, {"owner": self.user_id})]

    async def reschedule(self, session_id: UUID, **columns: Any) -> WorkoutSession:
        """Change the day, the time, the workout or the status of a session that has not begun."""
        return await self._amend(await self.get(session_id), None, columns, "session")

    async def close(self, session_id: UUID, at: datetime) -> WorkoutSession:
        """Complete a session; an exercise counts as completed when its planned sets, or any, were done."""
        session = await self._end(session_id, SessionStatus.COMPLETED, at)
        done = (
            select(func.count())
            .where(
                ExerciseSet.user_id == self.user_id,
                ExerciseSet.session_exercise_id == SessionExercise.id,
                ExerciseSet.deleted_at.is_(None),
                ExerciseSet.kind != SetKind.WARMUP,
            )
            .scalar_subquery()
        )
        asked = SessionExercise.planned_sets
        planned = case((func.jsonb_typeof(asked) == "array", func.jsonb_array_length(asked)), else_=1)
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

    async def skip(self, workout_id: UUID, *, session_date: date, at: datetime) -> WorkoutSession:
        """Note that a workout was left out, so that the next one comes up; ``at`` tells it from others of that day."""
        return await self._write_of(workout_id, SessionStatus.SKIPPED, session_date=session_date, last_activity_at=at)

    async def _write_of(self, workout_id: UUID, status: SessionStatus, **columns: Any) -> WorkoutSession:
        """Write a session of a workout in which nothing is done yet."""
        workout = await self.work.plans.get_workout(workout_id)
        of = {"workout_plan_id": workout.workout_plan_id, "workout_id": workout_id, "name": workout.name}
        return await self._write(WorkoutSession(user_id=self.user_id, status=status, **of, **columns))

    async def reopen(self, session_id: UUID) -> WorkoutSession:
        """Go on with a session that was closed."""
        columns = {"status": SessionStatus.IN_PROGRESS, "completed_at": None}
        session = await self._amend(await self.get(session_id), None, columns, "session")
        await self.work.summaries.refresh([session.session_date])
        return session

    async def touch(self, session_id: UUID, at: datetime) -> WorkoutSession:
        """Note that something happened in a session; it never goes back in time."""
        parameters = {"owner": self.user_id, "touched": session_id, "at": at}
        return found((await self.session.scalars(TOUCH, parameters)).one_or_none(), "session", session_id)

    async def note(self, session_id: UUID, notes: str | None) -> WorkoutSession:
        return await self._amend(await self.get(session_id), None, {"notes": notes}, "session")

    # ------------------------------------------------------------------ the exercises of a session

    async def add_entry(self, session_id: UUID, exercise_id: UUID, *, selected_at: datetime) -> SessionExercise:
        """Add an exercise that was not planned, behind the others."""
        self.work.sets.forget_newest()
        last = await self.session.scalar(
            select(func.max(SessionExercise.exercise_order)).where(
                SessionExercise.user_id == self.user_id, SessionExercise.workout_session_id == session_id
            )
        )
        return await self._write(
            SessionExercise(
                user_id=self.user_id,
                workout_session_id=session_id,
                exercise_id=exercise_id,
                exercise_order=(last or 0) + 1,
                selected_at=selected_at,
            )
        )

    async def find_entry(self, entry_id: UUID) -> SessionExercise | None:
        return await self._find(SessionExercise, self.user_id, entry_id)

    async def amend_entry(self, entry_id: UUID, **columns: Any) -> None:
        """Change columns of a session's exercise: when it was turned to or skipped, its note."""
        self.work.sets.forget_newest()
        statement = (
            update(SessionExercise)
            .where(SessionExercise.user_id == self.user_id, SessionExercise.id == entry_id)
            .values(**columns)
            .returning(SessionExercise)
            .execution_options(populate_existing=True, synchronize_session=False)
        )
        found((await self.session.scalars(statement)).one_or_none(), "session exercise", entry_id)

    async def reorder(self, session_id: UUID, entry_ids: Sequence[UUID]) -> None:
        """Put the exercises of a session in this order; it names all of them."""
        mine = (SessionExercise.user_id == self.user_id, SessionExercise.workout_session_id == session_id)
        places = {entry_id: place for place, entry_id in enumerate(entry_ids, start=1)}
        # No two may have one place at any moment, so that all of them step aside first.
        for order in (-SessionExercise.exercise_order, case(places, value=SessionExercise.id)):
            statement = update(SessionExercise).where(*mine).values(exercise_order=order)
            await self.session.execute(statement.execution_options(synchronize_session=False))

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


def _planned_entry(
    user_id: UUID, session_id: UUID, order: int, prescription: Prescription, planned: PlannedExercise | None
) -> SessionExercise:
    row = prescription.row
    planned = planned or PlannedExercise(prescribed(row, prescription.sets))
    return SessionExercise(
        id=uuid7(),
        user_id=user_id,
        workout_session_id=session_id,
        exercise_id=row.exercise_id,
        workout_exercise_id=row.id,
        exercise_order=order,
        planned_sets=to_json(planned.sets),
        planned_reason=planned.reason,
        planned_tempo=row.tempo,
        planned_rest_time_seconds=row.rest_time_seconds,
        planned_notes=row.notes,
    )
