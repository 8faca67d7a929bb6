"""Which workouts a week of a mesocycle holds.

A plan whose weeks are alike is trained round and round: three days of an A/B plan are A B A, then B A B. A plan whose
weeks differ gives each week its own workouts, and begins again after its last week.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PlannedWorkout:
    """A workout of a plan, in the plan's order; ``plan_week`` where the weeks of the plan differ."""

    workout_id: UUID
    plan_week: int | None = None


def has_own_weeks(workouts: Sequence[PlannedWorkout]) -> bool:
    """Tell whether the weeks of a plan differ. A plan that speaks of one week only has weeks that are alike."""
    return len({one.plan_week for one in workouts if one.plan_week is not None}) > 1


def week_slots(workouts: Sequence[PlannedWorkout], days_per_week: int, week: int) -> tuple[UUID, ...]:
    """Name the workouts of a week, counted from 1, in the order of the week; one may come twice."""
    if not workouts:
        return ()
    if has_own_weeks(workouts):
        return _own_week(workouts, week)
    first = (week - 1) * days_per_week
    return tuple(workouts[(first + day) % len(workouts)].workout_id for day in range(days_per_week))


def usual_days(workouts: Sequence[PlannedWorkout]) -> int:
    """Say on how many days a week a plan is trained when nobody says otherwise: each workout once, 1 to 7."""
    if has_own_weeks(workouts):
        weeks = {one.plan_week for one in workouts if one.plan_week is not None}
        return max(1, min(7, max(len(_own_week(workouts, week)) for week in range(1, len(weeks) + 1))))
    return max(1, min(7, len(workouts)))


def _own_week(workouts: Sequence[PlannedWorkout], week: int) -> tuple[UUID, ...]:
    numbers = sorted({one.plan_week for one in workouts if one.plan_week is not None})
    number = numbers[(week - 1) % len(numbers)]
    return tuple(one.workout_id for one in workouts if one.plan_week in (None, number))
