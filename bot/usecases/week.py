"""A week day by day: what was done, what is planned, and what was missed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from storage.models import SessionStatus

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import DailyWorkoutSummary, WorkoutSession

DAYS = 7


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day. `planned` are still to come, `missed` were set down for a day that is over, `skipped` were left out."""

    day: date
    done: DailyWorkoutSummary | None
    planned: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    is_today: bool = False


@dataclass(frozen=True, slots=True)
class Week:
    """A week from Monday to Sunday."""

    days: tuple[WeekDay, ...]

    @property
    def monday(self) -> date:
        return self.days[0].day

    @property
    def done(self) -> tuple[DailyWorkoutSummary, ...]:
        return tuple(one.done for one in self.days if one.done is not None)

    @property
    def minutes(self) -> int:
        return sum(one.total_duration_minutes for one in self.done)

    @property
    def sets(self) -> int:
        return sum(one.total_sets for one in self.done)


async def week_of(turn: Turn, day: date) -> Week:
    """Look at the week that a day is in; two statements."""
    monday = day - timedelta(days=day.weekday())
    sunday = monday + timedelta(days=DAYS - 1)
    done = {one.workout_date: one for one in await turn.work.summaries.between(monday, sunday) if one.total_sets}
    others: defaultdict[date, list[WorkoutSession]] = defaultdict(list)
    for session in await turn.work.summaries.not_done(monday, sunday):
        others[session.session_date].append(session)
    days = (monday + timedelta(days=place) for place in range(DAYS))
    return Week(tuple(_day(one, done.get(one), others[one], turn.today) for one in days))


def _day(day: date, done: DailyWorkoutSummary | None, others: list[WorkoutSession], today: date) -> WeekDay:
    planned = tuple(one.name or "" for one in others if one.status is SessionStatus.PLANNED)
    skipped = tuple(one.name or "" for one in others if one.status is SessionStatus.SKIPPED)
    is_over = day < today
    return WeekDay(day, done, () if is_over else planned, planned if is_over else (), skipped, day == today)
