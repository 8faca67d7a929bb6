"""A week day by day: what was done, what is planned, and what was missed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.usecases import mesocycles
from bot.usecases.mesocycles import Block, SlotState
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
    """Look at the week that a day is in. Days to come show what is to be trained on their day of the week.

    The mesocycle says that, from its first day on; else the current plan does.
    """
    monday = day - timedelta(days=day.weekday())
    sunday = monday + timedelta(days=DAYS - 1)
    done = {one.workout_date: one for one in await turn.work.summaries.between(monday, sunday) if one.total_sets}
    others: defaultdict[date, list[WorkoutSession]] = defaultdict(list)
    for session in await turn.work.summaries.not_done(monday, sunday):
        others[session.session_date].append(session)
    days = [monday + timedelta(days=place) for place in range(DAYS)]
    usual = await _usual(turn, days) if sunday >= turn.today else {}
    return Week(tuple(_day(one, done.get(one), others[one], usual.get(one, ()), turn.today) for one in days))


async def _usual(turn: Turn, days: Sequence[date]) -> dict[date, Sequence[str]]:
    """Name the workouts that are for the days of a week."""
    by_plan = await _of_plan(turn)
    block = await mesocycles.open_active(turn)
    first = None if block is None or block.is_paused else block.mesocycle.start_date
    if block is None or first is None:
        return {day: by_plan.get(day.weekday(), ()) for day in days}
    by_block = _of_block(block, days[0], turn.today)
    return {day: (by_plan if day < first else by_block).get(day.weekday(), ()) for day in days}


def _of_block(block: Block, monday: date, today: date) -> Mapping[int, Sequence[str]]:
    """Name what is to do in a week of a mesocycle, by the day of the week; weeks to come follow the current one."""
    this_monday = max(today, block.mesocycle.start_date or today)
    ahead = (monday - (this_monday - timedelta(days=this_monday.weekday()))).days // DAYS
    number = block.mesocycle.current_week + ahead
    named: defaultdict[int, list[str]] = defaultdict(list)
    for week in block.weeks[number - 1 : number] if number > 0 else ():
        for slot in week.slots:
            if slot.state is SlotState.OPEN and slot.workout.day_of_week is not None:
                named[slot.workout.day_of_week].append(slot.workout.name)
    return named


async def _of_plan(turn: Turn) -> Mapping[int, Sequence[str]]:
    """Name the workouts of the current plan by the day of the week they are for; those of single weeks are left out."""
    plan_id = turn.user.current_plan_id
    if plan_id is None:
        return {}
    workouts = [one for one in await turn.work.plans.workouts_of(plan_id) if one.week_number is None]
    days = {one.day_of_week for one in workouts if one.day_of_week is not None}
    return {day: tuple(one.name for one in workouts if one.day_of_week == day) for day in days}


def _day(
    day: date,
    done: DailyWorkoutSummary | None,
    others: list[WorkoutSession],
    usual: Sequence[str],
    today: date,
) -> WeekDay:
    planned = tuple(one.name or "" for one in others if one.status is SessionStatus.PLANNED)
    skipped = tuple(one.name or "" for one in others if one.status is SessionStatus.SKIPPED)
    is_over = day < today
    if not (is_over or done or others):
        planned = tuple(usual)
    return WeekDay(day, done, () if is_over else planned, planned if is_over else (), skipped, day == today)
