"""Charts: what is to be drawn, and the row that waits for it. The drawing itself is slow work, outside of any turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from bot.usecases.reading_context import unit_of
from training.records import signed_load
from training.statistics import (
    WEEK,
    DayKept,
    SessionBest,
    monday_of,
    mondays,
    session_bests,
    week_kept,
    weekly_sets,
)

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.repositories.statistics import NamedRoot

LIFT: Final = "lift"
VOLUME: Final = "volume"
WEEK_KEPT: Final = "week"

SPANS: Final = (3, 12, 0)
"""How many months of an exercise are drawn; 0 is all of them."""
USUAL_MONTHS: Final = 12
USUAL_WEEKS: Final = 6
MOST_WEEKS: Final = 7
"""More columns are too narrow for their figures on a phone; a mesocycle has no more."""
FEWEST_WEEKS: Final = 4
FEWEST_DAYS: Final = 2
"""A line needs two days."""
FAVOURITE_WEEKS: Final = 12


@dataclass(frozen=True, slots=True)
class LiftHistory:
    """An exercise through time. `measure` is what its top sets are compared by: load, reps, seconds or metres."""

    exercise_id: UUID
    name: str
    months: int
    unit: str
    measure: str
    bests: tuple[SessionBest, ...]

    @property
    def is_enough(self) -> bool:
        return len(self.bests) >= FEWEST_DAYS


@dataclass(frozen=True, slots=True)
class VolumeHistory:
    """Hard sets by muscle group for each of the weeks, which are named by their Mondays."""

    weeks: tuple[date, ...]
    muscles: dict[str, tuple[Decimal, ...]]

    @property
    def is_enough(self) -> bool:
        return bool(self.muscles)


@dataclass(frozen=True, slots=True)
class WeekHistory:
    """A week planned against done."""

    monday: date
    is_now: bool
    days: tuple[DayKept, ...]

    @property
    def is_enough(self) -> bool:
        return any(day.planned or day.done for day in self.days)


History = LiftHistory | VolumeHistory | WeekHistory


async def ask(turn: Turn, kind: str, args: dict[str, Any]) -> None:
    """Have a chart drawn as soon as this turn is committed."""
    await turn.work.chart_jobs.ask(kind, args, chat_id=turn.chat_id)
    turn.wake_worker()


async def gather(turn: Turn, kind: str, args: dict[str, Any]) -> History:
    """Fetch what a chart shows."""
    if kind == LIFT:
        return await lift(turn, UUID(args["exercise_id"]), args.get("months", USUAL_MONTHS))
    if kind == VOLUME:
        last = date.fromisoformat(args["last"]) if "last" in args else turn.today
        return await volume(turn, last, args.get("weeks", USUAL_WEEKS))
    return await week(turn, date.fromisoformat(args["monday"]) if "monday" in args else turn.today)


async def lift(turn: Turn, exercise_id: UUID, months: int = USUAL_MONTHS) -> LiftHistory:
    """Give the best of each day of an exercise; where the last months have too little, of all its days."""
    exercise = await turn.work.exercises.get(exercise_id)
    bests = session_bests(await turn.work.statistics.sets_of(exercise.root_id, _months_ago(turn.today, months)))
    if months and len(bests) < FEWEST_DAYS:
        months, bests = 0, session_bests(await turn.work.statistics.sets_of(exercise.root_id))
    settled = await turn.work.exercise_settings.find(exercise.root_id)
    unit = settled.unit if settled is not None and settled.unit else unit_of(turn.user)
    measure = measure_of(bests)
    known = tuple(best for best in bests if amount(best, measure) is not None)
    return LiftHistory(exercise.id, exercise.name, months, unit, measure, known)


def _months_ago(today: date, months: int) -> date | None:
    return today - timedelta(days=round(months * 30.44)) if months else None


def measure_of(bests: Sequence[SessionBest]) -> str:
    """Say what top sets are compared by: their load where there was any, else repetitions, time or distance."""
    tops = [best.top for best in bests]
    if any(signed_load(top) for top in tops):
        return "load"
    for measure in ("reps", "seconds"):
        if any(getattr(top, measure) for top in tops):
            return measure
    return "metres"


def amount(best: SessionBest, measure: str) -> Decimal | None:
    """Give a top set's amount by a measure, loads in kilograms; None where it has none."""
    top = best.top
    values = {"load": signed_load(top), "reps": top.reps, "seconds": top.seconds, "metres": top.distance_m}
    value = values[measure]
    return None if value is None else Decimal(value)


async def volume(turn: Turn, last: date, count: int = USUAL_WEEKS) -> VolumeHistory:
    """Give the hard sets of some weeks up to the one with `last` in it; empty weeks at the beginning are left out."""
    count = max(1, min(count, MOST_WEEKS))
    newest = monday_of(last)
    works = await turn.work.statistics.work_by_week(newest - WEEK * (count - 1), newest + timedelta(days=6))
    weeks = mondays(newest - WEEK * (count - 1), newest)
    trained = {work.period for work in works if work.hard_sets}
    while len(weeks) > FEWEST_WEEKS and weeks[0] not in trained:
        weeks = weeks[1:]
    return VolumeHistory(weeks, weekly_sets(works, weeks))


async def week(turn: Turn, day: date) -> WeekHistory:
    """Hold the week with a day in it against its plan."""
    monday = monday_of(day)
    visits = await turn.work.statistics.planned_week(monday, turn.today)
    return WeekHistory(monday, monday == monday_of(turn.today), tuple(week_kept(monday, visits, turn.today)))


async def favourites(turn: Turn) -> list[NamedRoot]:
    """Name the exercises that were trained most of late."""
    since = datetime.combine(turn.today - WEEK * FAVOURITE_WEEKS, time(), tzinfo=turn.timezone)
    return await turn.work.statistics.favourites(since)
