"""Figures over weeks, in tables of cases."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from training.feedback_review import FeedbackSets, averages, outcomes, performance_by_week
from training.performed import PerformedSet
from training.statistics import (
    DatedSet,
    ExerciseWork,
    Kept,
    MuscleVolume,
    PlannedVisit,
    day_streak,
    monday_of,
    mondays,
    per_week,
    session_bests,
    volume_by_muscle,
    week_kept,
    week_streak,
    weekly_sets,
)

MONDAY = date(2026, 11, 16)
SATURDAY = date(2026, 11, 21)


def work(
    hard: int, primary: str, secondary: str = "", period: date | int = MONDAY, tonnage: int = 0, sets: int | None = None
) -> ExerciseWork:
    count = hard if sets is None else sets
    return ExerciseWork(period, UUID(int=1), "Lift", primary.split(), secondary.split(), count, hard, Decimal(tonnage))


VOLUMES = [
    # what was done, what each group had: (sets, tonnage)
    ([], {}),
    ([work(3, "chest", tonnage=2400)], {"chest": (3, 2400)}),
    # a helper has half the sets and none of the tonnage
    ([work(3, "chest", "triceps", tonnage=2400)], {"chest": (3, 2400), "triceps": (Decimal("1.5"), 0)}),
    # two primary groups have all of it each
    ([work(2, "quads glutes", tonnage=1000)], {"glutes": (2, 1000), "quads": (2, 1000)}),
    # a group that is named twice counts once, as primary
    ([work(2, "chest chest", "chest triceps triceps")], {"chest": (2, 0), "triceps": (1, 0)}),
    # work that was not hard moved its tonnage all the same
    ([work(0, "back", "biceps", tonnage=500, sets=3)], {"back": (0, 500)}),
    # the most trained first
    ([work(1, "back"), work(4, "chest", "back")], {"chest": (4, 0), "back": (3, 0)}),
]


@pytest.mark.parametrize(("works", "expected"), VOLUMES)
def test_volume_by_muscle(works: list[ExerciseWork], expected: dict[str, tuple[Decimal, int]]) -> None:
    found = volume_by_muscle(works)
    assert found == {muscle: MuscleVolume(Decimal(sets), Decimal(kg)) for muscle, (sets, kg) in expected.items()}
    assert list(found) == list(expected)


def test_sets_by_week_have_a_figure_for_every_week() -> None:
    before = MONDAY - timedelta(days=7)
    works = [work(3, "chest", "triceps"), work(2, "back", period=before), work(0, "core", tonnage=10)]
    assert weekly_sets(works, (before, MONDAY)) == {
        "chest": (0, 3),
        "back": (2, 0),
        "triceps": (0, Decimal("1.5")),
    }


@pytest.mark.parametrize(
    ("day", "monday"),
    [(MONDAY, MONDAY), (SATURDAY, MONDAY), (date(2026, 11, 22), MONDAY), (date(2027, 1, 1), date(2026, 12, 28))],
)
def test_weeks_begin_on_monday(day: date, monday: date) -> None:
    assert monday_of(day) == monday


def test_mondays_of_a_span() -> None:
    assert mondays(date(2026, 11, 8), MONDAY) == (date(2026, 11, 2), date(2026, 11, 9), MONDAY)
    assert mondays(SATURDAY, SATURDAY) == (MONDAY,)


@pytest.mark.parametrize(
    ("count", "days", "expected"),
    [
        (0, 28, "0.0"),
        (12, 28, "3.0"),
        (10, 28, "2.5"),
        (2, 3, "2.0"),  # a week that has just begun is no eighth of one
        (7, 15, "3.3"),
    ],
)
def test_how_many_a_week(count: int, days: int, expected: str) -> None:
    assert per_week(count, MONDAY, MONDAY + timedelta(days=days - 1)) == Decimal(expected)


def ago(*days: int) -> list[date]:
    """Give days before that Saturday."""
    return [SATURDAY - timedelta(days=number) for number in days]


STREAKS = [
    # days ago with training, least days a week, weeks in a row, days in a row
    ([], 1, 0, 0),
    ([0], 1, 1, 1),
    ([1], 1, 1, 1),  # today is not over
    ([2], 1, 1, 0),
    ([6], 1, 1, 0),  # last Sunday: this week is not over
    ([13], 1, 0, 0),  # last week had nothing
    ([0, 7, 14], 1, 3, 1),
    ([0, 7, 21], 1, 2, 1),  # a week without ends it
    ([7, 14], 1, 2, 0),
    ([0, 7, 8, 14, 15], 2, 2, 1),  # two days a week were planned; this week's second is still to come
    ([0, 7, 8, 14], 2, 1, 1),
    ([0, 1, 2, 3], 1, 1, 4),
    ([0, 0, 7, 7], 2, 0, 1),  # two sessions on a day are one day
]


@pytest.mark.parametrize(("days", "least", "weeks", "row"), STREAKS)
def test_streaks(days: list[int], least: int, weeks: int, row: int) -> None:
    assert week_streak(ago(*days), SATURDAY, least) == weeks
    assert day_streak(set(ago(*days)), SATURDAY) == row


def lifted(kg: float | str, reps: int, kind: str = "working", mode: str = "external", days: int = 0) -> DatedSet:
    weight = None if mode == "bodyweight" else Decimal(kg)
    return DatedSet(SATURDAY - timedelta(days=days), PerformedSet(weight, reps, kind=kind, load_mode=mode))


BESTS = [
    # sets of a day, top set as (kg, reps), estimate
    ([lifted(80, 8)], (80, 8), "101.33"),
    # the estimate may come from a lighter set
    ([lifted(100, 8), lifted(105, 3)], (105, 3), "126.67"),
    # of two equal loads the one with more repetitions
    ([lifted(80, 5), lifted(80, 8), lifted(80, 6)], (80, 8), "101.33"),
    # warm-ups and misses do not compete
    ([lifted(60, 5, "warmup"), lifted(50, 5), lifted(140, 0)], (50, 5), "58.33"),
    # no estimate above twelve repetitions
    ([lifted(40, 20)], (40, 20), None),
    # a drop may be a top set only by its load
    ([lifted(80, 8), lifted(60, 10, "drop")], (80, 8), "101.33"),
    # less help is more
    ([lifted(30, 8, mode="assisted"), lifted(20, 6, mode="assisted")], (20, 6), None),
    # the body alone, and the body with a belt
    ([lifted(0, 12, mode="bodyweight")], (None, 12), None),
    ([lifted(0, 12, mode="bodyweight"), lifted(10, 5, mode="added")], (10, 5), None),
]


@pytest.mark.parametrize(("sets", "top", "estimate"), BESTS)
def test_the_best_of_a_day(sets: list[DatedSet], top: tuple[int | None, int], estimate: str | None) -> None:
    (best,) = session_bests(sets)
    assert (best.top.weight_kg, best.top.reps) == top
    assert best.estimate_kg == (None if estimate is None else Decimal(estimate))


def test_bests_run_from_the_oldest_day_and_leave_out_days_without_any() -> None:
    found = session_bests([lifted(90, 5), lifted(80, 5, days=7), lifted(50, 5, "warmup", days=3)])
    assert [best.top.weight_kg for best in found] == [80, 90]


DAYS_KEPT = [
    # visits on (day of the week, planned, done, status), what that day is
    ((0, 12, 12, "completed"), Kept.DONE, 12, 12),
    ((0, 12, 8, "completed"), Kept.DONE, 12, 8),
    ((0, 12, 0, None), Kept.MISSED, 12, 0),
    ((0, 12, 0, "planned"), Kept.MISSED, 12, 0),
    ((0, 12, 0, "skipped"), Kept.SKIPPED, 12, 0),
    ((0, None, 0, "skipped"), Kept.SKIPPED, 0, 0),
    ((0, None, 5, "completed"), Kept.FREE, 0, 5),
    ((5, 12, 0, None), Kept.PLANNED, 12, 0),  # today is not over
    ((6, 12, 0, None), Kept.PLANNED, 12, 0),
    ((6, 0, 0, None), Kept.PLANNED, 0, 0),  # an empty workout is planned, too
]


@pytest.mark.parametrize(("visit", "kept", "planned", "done"), DAYS_KEPT)
def test_a_day_against_its_plan(
    visit: tuple[int, int | None, int, str | None], kept: Kept, planned: int, done: int
) -> None:
    number, wanted, did, status = visit
    day = MONDAY + timedelta(days=number)
    week = week_kept(MONDAY, [PlannedVisit(day, "Push", wanted, did, status)], SATURDAY)
    assert len(week) == 7
    found = week[number]
    assert (found.day, found.kept, found.planned, found.done) == (day, kept, planned, done)
    assert {other.kept for other in week if other.day != day} == {Kept.REST}


def test_training_beside_a_plan_is_extra() -> None:
    visits = [PlannedVisit(MONDAY, "Push", 12, 12, "completed"), PlannedVisit(SATURDAY, None, None, 4, "completed")]
    assert [day.kept for day in week_kept(MONDAY, visits, SATURDAY) if day.done] == [Kept.DONE, Kept.EXTRA]


def test_two_visits_on_a_day_are_one_day_and_other_weeks_are_none() -> None:
    visits = [
        PlannedVisit(MONDAY, "Push", 12, 10, "completed"),
        PlannedVisit(MONDAY, None, None, 3, "completed"),
        PlannedVisit(MONDAY - timedelta(days=1), "Legs", 9, 9, "completed"),
    ]
    first = week_kept(MONDAY, visits, SATURDAY)[0]
    assert (first.names, first.planned, first.done) == (("Push",), 12, 13)


# ------------------------------------------------------------------ feedback


def said(week: int, soreness: int | None, challenge: int | None, sets: int, after: int | None) -> FeedbackSets:
    return FeedbackSets("chest", week, soreness, 2, challenge, sets, after)


def test_averages_of_a_week_sum_its_workouts() -> None:
    first, second = averages([said(1, 0, 1, 3, 4), said(1, 1, None, 3, 3), said(2, 3, 3, 7, None)])
    assert (first.week_number, first.soreness, first.challenge) == (1, Decimal("0.5"), 1)
    assert (first.sets, first.next_sets) == (6, 7)
    assert (second.sets, second.next_sets) == (7, None)
    assert said(1, 0, 1, 3, 4).change == 1
    assert said(2, 3, 3, 7, None).change is None


def test_answers_against_the_sets_that_followed() -> None:
    found = outcomes([said(1, 3, 3, 4, 2), said(1, 0, 1, 3, 4), said(2, 0, 1, 4, 5), said(3, 0, None, 4, None)])
    assert [(one.soreness, one.challenge, one.occurrences, one.next_sets) for one in found] == [
        (0, 1, 2, Decimal("4.5")),
        (0, None, 1, None),
        (3, 3, 1, 2),
    ]


def test_sets_against_performance() -> None:
    sets = [
        DatedSet(MONDAY, PerformedSet(Decimal(80), 8), 1),
        DatedSet(MONDAY, PerformedSet(Decimal(60), 8, kind="warmup"), 1),
        DatedSet(MONDAY, PerformedSet(Decimal(80), 8, rpe=Decimal(4)), 1),
        DatedSet(SATURDAY, PerformedSet(Decimal(85), 8), 2),
        DatedSet(SATURDAY, PerformedSet(Decimal(200), 1)),
    ]
    first, second = performance_by_week(sets)
    assert (first.week_number, first.hard_sets, first.volume_kg) == (1, 1, 1280)
    assert first.estimate_kg == Decimal("101.33")
    assert (second.week_number, second.hard_sets, second.volume_kg) == (2, 1, 680)
