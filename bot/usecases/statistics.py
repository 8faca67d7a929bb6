"""/stats: a week or a block in figures: how often, how much by muscle group, how long without a break, best lifts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final
from uuid import UUID

from training.feedback_review import (
    FeedbackAverage,
    FeedbackOutcome,
    WeekPerformance,
    averages,
    outcomes,
    performance_by_week,
)
from training.statistics import (
    WEEK,
    ExerciseWork,
    MuscleVolume,
    day_streak,
    monday_of,
    per_week,
    volume_by_muscle,
    week_streak,
)

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import Mesocycle
    from storage.repositories.statistics import BestLift

BLOCK_WEEKS: Final = 4
LIFTS: Final = 5


@dataclass(frozen=True, slots=True)
class Totals:
    """What a span of time came to."""

    sessions: int
    minutes: int
    sets: int
    hard_sets: int
    tonnage_kg: Decimal


@dataclass(frozen=True, slots=True)
class Overview:
    """A week, or a block of weeks, from `first` to `last`. `offset` counts back from the one under way, 0.

    `before` is the span of the same length that ended when this one began; None where nothing was done in it.
    `mesocycle` is set where the block is one: its name, the week it is in, and how many it has.
    """

    span: str
    offset: int
    first: date
    last: date
    totals: Totals
    before: Totals | None
    sessions_per_week: Decimal
    muscles: Mapping[str, MuscleVolume]
    week_streak: int
    day_streak: int
    lifts: tuple[BestLift, ...]
    mesocycle_id: UUID | None = None
    mesocycle: tuple[str, int, int] | None = None
    has_any: bool = True


@dataclass(frozen=True, slots=True)
class ExerciseProgress:
    """An exercise in a mesocycle: its hard sets of each week against what they were worth."""

    name: str
    weeks: tuple[WeekPerformance, ...]


@dataclass(frozen=True, slots=True)
class FeedbackReview:
    """A mesocycle looked back on: answers by muscle group and week, what followed from them, and the lifts."""

    name: str
    averages: tuple[FeedbackAverage, ...]
    outcomes: tuple[FeedbackOutcome, ...]
    exercises: tuple[ExerciseProgress, ...]


async def overview(turn: Turn, span: str = "week", offset: int = 0) -> Overview:
    """Sum up a week or a block; a mesocycle under way is the newest block."""
    statistics = turn.work.statistics
    mesocycle = begun(await turn.work.mesocycles.active(), turn.today)
    first, last = bounds(span, offset, turn.today, None if mesocycle is None else mesocycle.start_date)
    works, now = await _sum_up(turn, first, last)
    _, before = await _sum_up(turn, first - (last - first) - timedelta(days=1), first - timedelta(days=1))
    days = await statistics.trained_days(turn.today)
    is_mesocycle = span == "block" and offset == 0 and mesocycle is not None
    return Overview(
        span=span,
        offset=offset,
        first=first,
        last=last,
        totals=now,
        before=before if before.sets else None,
        sessions_per_week=per_week(now.sessions, first, min(last, turn.today)),
        muscles=volume_by_muscle(works),
        week_streak=week_streak(days, turn.today),
        day_streak=day_streak(set(days), turn.today),
        lifts=tuple(await statistics.best_lifts(LIFTS)),
        mesocycle_id=None if mesocycle is None else mesocycle.id,
        mesocycle=(mesocycle.name, mesocycle.current_week, mesocycle.duration_weeks)
        if is_mesocycle and mesocycle is not None
        else None,
        has_any=bool(days),
    )


def begun(mesocycle: Mesocycle | None, today: date) -> Mesocycle | None:
    """Give a mesocycle whose first day has come."""
    if mesocycle is None or mesocycle.start_date is None or mesocycle.start_date > today:
        return None
    return mesocycle


def bounds(span: str, offset: int, today: date, mesocycle_start: date | None) -> tuple[date, date]:
    """Give the first and last day of a week or a block, both whole weeks.

    Blocks are of four weeks, but the newest is the mesocycle under way, up to the end of this week.
    """
    sunday = monday_of(today) + timedelta(days=6)
    if span == "week":
        last = sunday - WEEK * offset
        return last - timedelta(days=6), last
    if mesocycle_start is not None:
        if offset == 0:
            return monday_of(mesocycle_start), sunday
        sunday, offset = monday_of(mesocycle_start) - timedelta(days=1), offset - 1
    last = sunday - WEEK * BLOCK_WEEKS * offset
    return last - WEEK * BLOCK_WEEKS + timedelta(days=1), last


async def _sum_up(turn: Turn, first: date, last: date) -> tuple[list[ExerciseWork], Totals]:
    works = await turn.work.statistics.work_by_week(first, last)
    weeks = await turn.work.statistics.weeks(first, last)
    totals = Totals(
        sum(week.sessions for week in weeks),
        sum(week.minutes for week in weeks),
        sum(work.sets for work in works),
        sum(work.hard_sets for work in works),
        sum((work.tonnage_kg for work in works), Decimal(0)),
    )
    return works, totals


async def feedback_review(turn: Turn, mesocycle_id: UUID) -> FeedbackReview | None:
    """Look back on a mesocycle's feedback and lifts; None where it is gone."""
    statistics = turn.work.statistics
    mesocycle = await turn.work.mesocycles.find(mesocycle_id)
    if mesocycle is None:
        return None
    given = await statistics.feedback([mesocycle_id])
    sets = await statistics.sets_of_mesocycle(mesocycle_id)
    works = await statistics.work_by_mesocycle_week(mesocycle_id)
    names = {work.root_id: work.name for work in works}
    ranked = sorted(names, key=lambda root: -sum(work.hard_sets for work in works if work.root_id == root))
    progress = tuple(ExerciseProgress(names[root], tuple(performance_by_week(sets.get(root, ())))) for root in ranked)
    return FeedbackReview(mesocycle.name, tuple(averages(given)), tuple(outcomes(given)), progress[:LIFTS])
