"""Looking back on feedback: what was said of a muscle group, and what became of its sets the week after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from training.performed import PerformedSet
from training.records import total_volume
from training.statistics import DatedSet, estimate_of
from training.volume import is_hard

TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class FeedbackSets:
    """What was said of a muscle group in a week's workout, 0 to 3 each, None where it was not answered.

    `sets` is what the group's prescriptions had in that workout that week, `next_sets` what they have the week after.
    """

    muscle: str
    week_number: int
    soreness: int | None
    pump: int | None
    challenge: int | None
    sets: int
    next_sets: int | None

    @property
    def change(self) -> int | None:
        return None if self.next_sets is None else self.next_sets - self.sets


@dataclass(frozen=True, slots=True)
class FeedbackAverage:
    """A muscle group's mean answers in a week, to a tenth; None where nobody answered."""

    muscle: str
    week_number: int
    soreness: Decimal | None
    pump: Decimal | None
    challenge: Decimal | None
    sets: int
    next_sets: int | None


@dataclass(frozen=True, slots=True)
class FeedbackOutcome:
    """How often a muscle group was answered for in one way, and the sets it had on average the week after."""

    muscle: str
    soreness: int | None
    pump: int | None
    challenge: int | None
    occurrences: int
    next_sets: Decimal | None


@dataclass(frozen=True, slots=True)
class WeekPerformance:
    """One exercise in one week of a mesocycle: how many hard sets it had, and what they were worth."""

    week_number: int
    hard_sets: int
    volume_kg: Decimal
    estimate_kg: Decimal | None


def averages(given: Iterable[FeedbackSets]) -> list[FeedbackAverage]:
    """Average the answers for each muscle group and week; sets are summed over the week's workouts."""
    groups: dict[tuple[str, int], list[FeedbackSets]] = {}
    for one in given:
        groups.setdefault((one.muscle, one.week_number), []).append(one)
    return [_average(muscle, week, found) for (muscle, week), found in sorted(groups.items())]


def _average(muscle: str, week: int, found: Sequence[FeedbackSets]) -> FeedbackAverage:
    after = [one.next_sets for one in found if one.next_sets is not None]
    return FeedbackAverage(
        muscle,
        week,
        _mean(one.soreness for one in found),
        _mean(one.pump for one in found),
        _mean(one.challenge for one in found),
        sum(one.sets for one in found),
        sum(after) if len(after) == len(found) else None,
    )


def outcomes(given: Iterable[FeedbackSets]) -> list[FeedbackOutcome]:
    """Hold each way of answering against the sets that followed, by muscle group, the most frequent first."""
    groups: dict[tuple[str, int | None, int | None, int | None], list[FeedbackSets]] = {}
    for one in given:
        groups.setdefault((one.muscle, one.soreness, one.pump, one.challenge), []).append(one)
    found = [FeedbackOutcome(*key, len(same), _mean(one.next_sets for one in same)) for key, same in groups.items()]
    return sorted(found, key=lambda one: (one.muscle, -one.occurrences, _order(one)))


def _order(one: FeedbackOutcome) -> tuple[int, ...]:
    return tuple(-1 if level is None else level for level in (one.soreness, one.pump, one.challenge))


def performance_by_week(sets: Iterable[DatedSet]) -> list[WeekPerformance]:
    """Hold an exercise's hard sets against its volume and its best estimate, for each week of a mesocycle."""
    weeks: dict[int, list[PerformedSet]] = {}
    for dated in sets:
        if dated.week_number is not None:
            weeks.setdefault(dated.week_number, []).append(dated.performed)
    return [_performance(week, done) for week, done in sorted(weeks.items())]


def _performance(week: int, done: Sequence[PerformedSet]) -> WeekPerformance:
    estimates = [estimate for one in done if (estimate := estimate_of(one)) is not None]
    volume = total_volume(done) or Decimal(0)
    return WeekPerformance(week, sum(is_hard(one) for one in done), volume, max(estimates, default=None))


def _mean(values: Iterable[int | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return (Decimal(sum(known)) / len(known)).quantize(TENTH, ROUND_HALF_UP) if known else None
