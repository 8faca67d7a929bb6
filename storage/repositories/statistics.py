"""Figures over many sessions. Each method sends one statement, or says how many, however much there is to sum up.

Days are those of the sessions (`session_date`), so in the user's time zone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, select

from storage.direct import Direct
from storage.models import ExerciseSet, Mesocycle, WorkoutSession
from storage.repositories.base import Repository
from storage.repositories.statistics_sql import (
    BEST_LIFTS,
    FAVOURITES,
    FEEDBACK,
    MESOCYCLE_WORK,
    PLANNED_WORKOUTS,
    TRAINED_DAYS,
    VOLUME_TRENDS,
    WEEK_SESSIONS,
    WEEKLY_WORK,
    WEEKS,
)
from training.feedback_review import FeedbackSets
from training.performed import PerformedSet
from training.statistics import DatedSet, ExerciseWork, PlannedVisit

SEEN = (
    ExerciseSet.id,
    ExerciseSet.exercise_root_id,
    ExerciseSet.workout_session_id,
    ExerciseSet.weight,
    ExerciseSet.load_mode,
    ExerciseSet.reps,
    ExerciseSet.duration_seconds,
    ExerciseSet.distance_m,
    ExerciseSet.rpe,
    ExerciseSet.kind,
    WorkoutSession.session_date,
    WorkoutSession.week_number,
    WorkoutSession.mesocycle_id,
)


@dataclass(frozen=True, slots=True)
class TrainingWeek:
    """A week with training in it: sessions, days with any, and minutes of those whose time is known."""

    week: date
    sessions: int
    days: int
    minutes: int


@dataclass(frozen=True, slots=True)
class BestLift:
    """An exercise's record of the estimated one-rep maximum, and the set that holds it. Loads are in kilograms."""

    root_id: UUID
    name: str
    estimate_kg: Decimal
    weight_kg: Decimal | None
    reps: int | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class NamedRoot:
    """A root exercise under the name that the user has for it."""

    root_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class VolumeTrend:
    """A muscle group's week, by primary groups: sessions, sets without warm-ups, kilograms, means of load and reps."""

    week: date
    muscle: str
    sessions: int
    sets: int
    volume_kg: Decimal
    mean_weight_kg: Decimal | None
    mean_reps: Decimal | None


class Statistics(Repository):
    async def work_by_week(self, first: date, last: date) -> list[ExerciseWork]:
        """Sum up each exercise and week; weeks are named by their Mondays and hold days from `first` to `last` only."""
        return [_as_work(row) for row in await self._rows(WEEKLY_WORK, first=first, last=last)]

    async def work_by_mesocycle_week(self, mesocycle_id: UUID) -> list[ExerciseWork]:
        """Sum up each exercise and week of a mesocycle; weeks are named by their numbers."""
        return [_as_work(row) for row in await self._rows(MESOCYCLE_WORK, mesocycle_id=mesocycle_id)]

    async def weeks(self, first: date, last: date) -> list[TrainingWeek]:
        """Count the sessions of each week that has any with a set."""
        rows = await self._rows(WEEKS, first=first, last=last)
        return [TrainingWeek(row.week, row.sessions, row.days, row.minutes) for row in rows]

    async def trained_days(self, last: date) -> list[date]:
        """List every day with a set up to `last`; for streaks."""
        return [row.workout_date for row in await self._rows(TRAINED_DAYS, last=last)]

    async def best_lifts(self, limit: int = 5) -> list[BestLift]:
        """List the highest estimates of a one-rep maximum on record."""
        rows = await self._rows(BEST_LIFTS, limit=limit)
        return [BestLift(row.root_id, row.name, row.value, row.weight, row.reps, row.typed_unit) for row in rows]

    async def favourites(self, since: Any, limit: int = 4) -> list[NamedRoot]:
        """List what was trained most since a moment."""
        rows = await self._rows(FAVOURITES, since=since, limit=limit)
        return [NamedRoot(row.root_id, row.name) for row in rows]

    async def sets_of(self, root_id: UUID, first: date | None = None) -> list[DatedSet]:
        """List the sets of an exercise and its copies in the order of time, from a day on or all of them."""
        statement = self._dated().where(ExerciseSet.exercise_root_id == root_id)
        if first is not None:
            statement = statement.where(WorkoutSession.session_date >= first)
        rows = await self.session.execute(statement.order_by(ExerciseSet.performed_at))
        return [_as_dated(row) for row in rows]

    async def sets_of_mesocycle(self, mesocycle_id: UUID) -> dict[UUID, list[DatedSet]]:
        """List the sets done in a mesocycle, by root exercise, in the order of time."""
        statement = self._dated().where(WorkoutSession.mesocycle_id == mesocycle_id).order_by(ExerciseSet.performed_at)
        found: dict[UUID, list[DatedSet]] = {}
        for row in await self.session.execute(statement):
            found.setdefault(row.exercise_root_id, []).append(_as_dated(row))
        return found

    async def feedback(self, mesocycle_ids: Sequence[UUID]) -> list[FeedbackSets]:
        """Hold what was said of muscle groups against the sets they have in the same workout the week after."""
        rows = await self._rows(FEEDBACK, mesocycles=list(mesocycle_ids))
        return [
            FeedbackSets(
                row.muscle, row.week_number, row.soreness, row.pump, row.challenge, int(row.sets),
                None if row.next_sets is None else int(row.next_sets),
            )
            for row in rows
        ]  # fmt: skip

    async def volume_trends(self, first: date, last: date) -> list[VolumeTrend]:
        """Follow muscle groups from week to week, the newest week first."""
        rows = await self._rows(VOLUME_TRENDS, first=first, last=last)
        return [
            VolumeTrend(row.week, row.muscle, row.sessions, row.sets, row.volume, row.mean_weight, row.mean_reps)
            for row in rows
        ]

    async def planned_week(self, monday: date, today: date) -> list[PlannedVisit]:
        """List what was planned and done in a week: sessions, and workouts of the plan that have none.

        Three statements. A workout of the plan counts as done on the day of its session, whichever that was.
        """
        sunday = monday + timedelta(days=6)
        sessions = await self._rows(WEEK_SESSIONS, first=monday, last=sunday)
        visits = [_as_visit(row) for row in sessions]
        begun = {row.workout_root for row in sessions if row.done or row.status != "abandoned"}
        return visits + [
            PlannedVisit(monday + timedelta(days=row.day_of_week), row.name, int(row.planned), 0)
            for row in await self._planned_workouts(monday, today)
            if row.root_id not in begun and monday + timedelta(days=row.day_of_week) >= row.since
        ]

    async def _planned_workouts(self, monday: date, today: date) -> Sequence[Any]:
        mesocycle = await self.work.mesocycles.active()
        plan_id = mesocycle.workout_plan_id if mesocycle is not None else self.work.user.current_plan_id
        if plan_id is None:
            return ()
        return await self._rows(
            PLANNED_WORKOUTS,
            plan_id=plan_id,
            today=today,
            mesocycle_id=None if mesocycle is None else mesocycle.id,
            week_number=0 if mesocycle is None else _week_of(mesocycle, monday),
        )

    def _dated(self) -> Any:
        """Select what the rules look at of live sets: columns, because rows of the models cost ten times as much."""
        statement = select(*SEEN).join(
            WorkoutSession,
            (WorkoutSession.user_id == ExerciseSet.user_id) & (WorkoutSession.id == ExerciseSet.workout_session_id),
        )
        return statement.where(
            ExerciseSet.user_id == self.user_id, ExerciseSet.deleted_at.is_(None), WorkoutSession.deleted_at.is_(None)
        )

    async def _rows(self, statement: Any, **parameters: Any) -> Sequence[Any]:
        return await self.work.ask(_direct(statement), {"user_id": self.user_id, **parameters})


@cache
def _direct(statement: TextClause) -> Direct:
    return Direct(statement)


def _week_of(mesocycle: Mesocycle, monday: date) -> int:
    """Give the week of a mesocycle that a calendar week is; its own count where it says no date."""
    if mesocycle.start_date is None:
        return mesocycle.current_week
    first = mesocycle.start_date - timedelta(days=mesocycle.start_date.weekday())
    return (monday - first).days // 7 + 1


def _as_work(row: Any) -> ExerciseWork:
    return ExerciseWork(
        row.period,
        row.root_id,
        row.name,
        tuple(row.primary_groups),
        tuple(row.secondary_groups),
        row.sets,
        row.hard_sets,
        row.tonnage,
    )


def _as_visit(row: Any) -> PlannedVisit:
    planned = row.prescribed if row.planned is None and row.workout_root is not None else row.planned
    return PlannedVisit(row.day, row.name, None if planned is None else int(planned), row.done, row.status)


def _as_dated(row: Any) -> DatedSet:
    performed = PerformedSet(
        weight_kg=row.weight,
        reps=row.reps,
        seconds=row.duration_seconds,
        distance_m=row.distance_m,
        rpe=row.rpe,
        load_mode=row.load_mode.value,
        kind=row.kind.value,
        set_id=row.id,
        session_id=row.workout_session_id,
    )
    return DatedSet(row.session_date, performed, row.week_number if row.mesocycle_id else None)
