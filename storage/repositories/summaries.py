"""What a user did on each day, in one row, kept in the transaction of what it sums up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Final

from sqlalchemy import ARRAY, Date, bindparam, select, text

from storage.direct import Direct
from storage.models import DailyWorkoutSummary, SessionStatus, WorkoutSession
from storage.repositories.base import Repository

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork

# Volume counts as the records count it: no warm-ups, no assisted work.
REFRESH_SQL: Final = """
INSERT INTO daily_workout_summary (
    user_id, workout_date, total_exercises, completed_exercises, total_sets, total_volume, total_duration_minutes,
    categories, is_completed)
SELECT :user_id, days.day, coalesce(work.exercises, 0), coalesce(work.completed, 0), coalesce(work.sets, 0),
       coalesce(work.volume, 0), coalesce(visits.minutes, 0), coalesce(work.categories, '{}'),
       coalesce(visits.is_completed, false)
  FROM unnest(:days) AS days (day)
  LEFT JOIN LATERAL (
       SELECT sum(v.duration_minutes) AS minutes, bool_and(v.status = 'completed') AS is_completed
         FROM workout_session v
        WHERE v.user_id = :user_id AND v.session_date = days.day AND v.deleted_at IS NULL
          AND v.status IN ('in_progress', 'completed')) visits ON true
  LEFT JOIN LATERAL (
       SELECT count(DISTINCT entry.exercise_root_id) AS exercises,
              count(DISTINCT entry.exercise_root_id) FILTER (WHERE x.is_completed) AS completed,
              sum(entry.sets) AS sets, sum(entry.volume) AS volume,
              array_agg(DISTINCT e.category ORDER BY e.category) AS categories
         FROM (SELECT s.session_exercise_id, s.exercise_id, s.exercise_root_id, count(*) AS sets,
                      sum(CASE WHEN s.typed_unit = 'lb' THEN s.typed_weight * 0.45359237 ELSE s.weight END * s.reps)
                          FILTER (WHERE s.kind <> 'warmup' AND s.load_mode <> 'assisted') AS volume
                 FROM workout_session v
                 JOIN exercise_set s ON s.user_id = v.user_id AND s.workout_session_id = v.id AND s.deleted_at IS NULL
                WHERE v.user_id = :user_id AND v.session_date = days.day AND v.deleted_at IS NULL
                GROUP BY s.session_exercise_id, s.exercise_id, s.exercise_root_id) entry
         JOIN session_exercise x ON x.user_id = :user_id AND x.id = entry.session_exercise_id
         JOIN exercise e ON e.id = entry.exercise_id) work ON true
ON CONFLICT (user_id, workout_date) DO UPDATE
   SET total_exercises = excluded.total_exercises, completed_exercises = excluded.completed_exercises,
       total_sets = excluded.total_sets, total_volume = excluded.total_volume,
       total_duration_minutes = excluded.total_duration_minutes, categories = excluded.categories,
       is_completed = excluded.is_completed
"""
DAYS: Final = bindparam("days", type_=ARRAY(Date))
REFRESH: Final = Direct(text(REFRESH_SQL).bindparams(DAYS))


class Summaries(Repository):
    def __init__(self, work: UnitOfWork) -> None:
        super().__init__(work)
        self._owed: set[date] = set()

    async def of(self, day: date) -> DailyWorkoutSummary | None:
        return await self.session.get(DailyWorkoutSummary, (self.user_id, day), populate_existing=True)

    async def between(self, first: date, last: date) -> list[DailyWorkoutSummary]:
        """List the days from ``first`` to ``last``, both included, that have a summary."""
        statement = select(DailyWorkoutSummary).where(
            DailyWorkoutSummary.user_id == self.user_id, DailyWorkoutSummary.workout_date.between(first, last)
        )
        ordered = statement.order_by(DailyWorkoutSummary.workout_date).execution_options(populate_existing=True)
        return list((await self.session.scalars(ordered)).all())

    async def not_done(self, first: date, last: date) -> list[WorkoutSession]:
        """List the workouts that were set down for these days and not begun, or left out, by day."""
        statement = select(WorkoutSession).where(
            WorkoutSession.user_id == self.user_id,
            WorkoutSession.deleted_at.is_(None),
            WorkoutSession.session_date.between(first, last),
            WorkoutSession.status.in_([SessionStatus.PLANNED, SessionStatus.SKIPPED]),
        )
        return list(
            (await self.session.scalars(statement.order_by(WorkoutSession.session_date, WorkoutSession.id))).all()
        )

    async def refresh(self, days: Iterable[date]) -> None:
        """Sum days up anew, in one statement."""
        await self.work.ask(REFRESH, {"user_id": self.user_id, "days": sorted(set(days))})

    def owe(self, day: date) -> None:
        """Have a day summed up by the next statement that can do it along with its own work, or by `settle`."""
        self._owed.add(day)

    def take_owed(self) -> list[date]:
        """Give the days that are owed to whoever sums them up now."""
        days, self._owed = sorted(self._owed), set()
        return days

    async def settle(self) -> None:
        """Sum up the days that are still owed."""
        if self._owed:
            await self.refresh(self.take_owed())
