"""Figures over weeks: volume by muscle group, how often, how long without a break, the best of a day, plans kept.

Weeks begin on Monday. Days are the user's own: whoever asks has put each session on its day. What counts as a hard set
is said in `training.volume`: a primary muscle group has all of it, a secondary one half. Tonnage is not shared out: it
is told of the primary groups, each with all of it, so that a group's figure can be held against the lifts that made it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from training.performed import PerformedSet
from training.records import estimated_one_rep_max, signed_load
from training.volume import PRIMARY_SHARE, SECONDARY_SHARE

WEEK: Final = timedelta(days=7)
TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class ExerciseWork:
    """What was done of one exercise in one week; `period` is the week's Monday, or its number in a mesocycle."""

    period: date | int
    root_id: UUID
    name: str
    primary: Sequence[str]
    secondary: Sequence[str]
    sets: int
    hard_sets: int
    tonnage_kg: Decimal


@dataclass(frozen=True, slots=True)
class MuscleVolume:
    """What a muscle group had: hard sets, halves for helping, and the tonnage of the lifts that are its own."""

    sets: Decimal = Decimal(0)
    tonnage_kg: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class DatedSet:
    """A set, the user's day it was done on, and the week of its mesocycle where it belongs to one."""

    day: date
    performed: PerformedSet
    week_number: int | None = None


@dataclass(frozen=True, slots=True)
class SessionBest:
    """The best of one exercise on one day: its heaviest set, and the highest estimate of a one-rep maximum.

    `top` is the set with the most load, of equal ones that with the most repetitions, then the longest. The estimate
    may be another set's: 100 kg x 8 promises more than 105 kg x 3.
    """

    day: date
    top: PerformedSet
    estimate_kg: Decimal | None


class Kept(StrEnum):
    """What became of a day's plan. `EXTRA` is training beside the week's plan, `FREE` that of a week without one."""

    DONE = "done"
    MISSED = "missed"
    SKIPPED = "skipped"
    PLANNED = "planned"
    EXTRA = "extra"
    FREE = "free"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """A workout on a day: how many sets were planned, how many done. `planned` is None where nothing was planned.

    `status` is the session's, or None for a workout of the plan that has no session yet.
    """

    day: date
    name: str | None
    planned: int | None
    done: int
    status: str | None = None


@dataclass(frozen=True, slots=True)
class DayKept:
    """One day of a week, planned against done."""

    day: date
    names: tuple[str, ...]
    planned: int
    done: int
    kept: Kept


def monday_of(day: date) -> date:
    """Give the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def mondays(first: date, last: date) -> tuple[date, ...]:
    """List the Mondays of all weeks that the days from `first` to `last` are in."""
    begin, end = monday_of(first), monday_of(last)
    return tuple(begin + WEEK * number for number in range((end - begin).days // 7 + 1))


def volume_by_muscle(works: Iterable[ExerciseWork]) -> dict[str, MuscleVolume]:
    """Sum hard sets and tonnage for each muscle group, the most trained first."""
    counted: dict[str, MuscleVolume] = {}
    for work in works:
        for muscle in dict.fromkeys(work.primary):
            _add(counted, muscle, work.hard_sets * PRIMARY_SHARE, work.tonnage_kg)
        for muscle in dict.fromkeys(work.secondary):
            if muscle not in work.primary:
                _add(counted, muscle, work.hard_sets * SECONDARY_SHARE, Decimal(0))
    return dict(sorted(counted.items(), key=lambda item: (-item[1].sets, -item[1].tonnage_kg, item[0])))


def _add(counted: dict[str, MuscleVolume], muscle: str, sets: Decimal, tonnage_kg: Decimal) -> None:
    if sets or tonnage_kg:
        so_far = counted.get(muscle, MuscleVolume())
        counted[muscle] = MuscleVolume(so_far.sets + sets, so_far.tonnage_kg + tonnage_kg)


def weekly_sets(works: Iterable[ExerciseWork], periods: Sequence[date | int]) -> dict[str, tuple[Decimal, ...]]:
    """Give each muscle group's hard sets, one figure for each of the periods, the most trained group first."""
    listed = list(works)
    by_period = [volume_by_muscle(work for work in listed if work.period == period) for period in periods]
    return {
        muscle: tuple(volume.get(muscle, MuscleVolume()).sets for volume in by_period)
        for muscle, total in volume_by_muscle(listed).items()
        if total.sets
    }


def per_week(count: int, first: date, last: date) -> Decimal:
    """Say how many there were a week from `first` to `last`, both included, to a tenth; less than a week is a week."""
    days = max((last - first).days + 1, 7)
    return (Decimal(count) * 7 / days).quantize(TENTH, ROUND_HALF_UP)


def week_streak(trained: Iterable[date], today: date, least: int = 1) -> int:
    """Count the weeks in a row with at least `least` days of training, up to now.

    The week that is under way counts once it has enough, and breaks nothing before it is over.
    """
    days: dict[date, set[date]] = {}
    for day in trained:
        days.setdefault(monday_of(day), set()).add(day)
    enough = {monday for monday, found in days.items() if len(found) >= least}
    this_week = monday_of(today)
    return _run(enough, this_week if this_week in enough else this_week - WEEK, WEEK)


def day_streak(trained: Collection[date], today: date) -> int:
    """Count the days in a row with training, up to today, or up to yesterday where today has none yet."""
    one = timedelta(days=1)
    return _run(trained, today if today in trained else today - one, one)


def _run(trained: Collection[date], end: date, step: timedelta) -> int:
    length = 0
    while end - step * length in trained:
        length += 1
    return length


def session_bests(sets: Iterable[DatedSet]) -> list[SessionBest]:
    """Give the best of each day, the oldest first; warm-ups and missed attempts do not compete."""
    by_day: dict[date, list[PerformedSet]] = {}
    for dated in sets:
        if not dated.performed.is_warmup and dated.performed.was_done:
            by_day.setdefault(dated.day, []).append(dated.performed)
    return [SessionBest(day, max(done, key=_weight_of), _best_estimate(done)) for day, done in sorted(by_day.items())]


def _weight_of(performed: PerformedSet) -> tuple[bool, Decimal, int, int]:
    load = signed_load(performed)
    return load is not None, load or Decimal(0), performed.reps or 0, performed.seconds or 0


def _best_estimate(done: Sequence[PerformedSet]) -> Decimal | None:
    return max((estimate for one in done if (estimate := estimate_of(one)) is not None), default=None)


def estimate_of(performed: PerformedSet) -> Decimal | None:
    """Estimate a one-rep maximum in kilograms, of external loads alone: under others the body's weight is unknown."""
    if performed.load_mode != "external" or not performed.weight_kg or not performed.reps or performed.is_warmup:
        return None
    return estimated_one_rep_max(performed.weight_kg, performed.reps)


def week_kept(monday: date, visits: Iterable[PlannedVisit], today: date) -> list[DayKept]:
    """Hold a week's seven days against their plan."""
    by_day: Mapping[date, list[PlannedVisit]] = {monday + timedelta(days=number): [] for number in range(7)}
    for visit in visits:
        if visit.day in by_day:
            by_day[visit.day].append(visit)
    week = [_day_kept(day, found, today) for day, found in by_day.items()]
    if any(day.planned for day in week):
        return week
    return [replace(day, kept=Kept.FREE) if day.kept is Kept.EXTRA else day for day in week]


def _day_kept(day: date, visits: Sequence[PlannedVisit], today: date) -> DayKept:
    names = tuple(dict.fromkeys(visit.name for visit in visits if visit.name))
    planned = sum(visit.planned or 0 for visit in visits)
    done = sum(visit.done for visit in visits)
    return DayKept(day, names, planned, done, _kept(day, visits, done, today))


def _kept(day: date, visits: Sequence[PlannedVisit], done: int, today: date) -> Kept:
    is_planned = any(visit.planned is not None for visit in visits)
    if done:
        return Kept.DONE if is_planned else Kept.EXTRA
    if any(visit.status == "skipped" for visit in visits):
        return Kept.SKIPPED
    if not is_planned:
        return Kept.REST
    return Kept.MISSED if day < today else Kept.PLANNED
