"""The rules of a mesocycle: the ramp, the deload, the table of feedback and how a change is spread."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.mesocycle import (
    Feedback,
    Prescribed,
    SetsChange,
    Why,
    deload_sets,
    follow_feedback,
    muscle_group_of,
    planned_weeks,
    spread,
    target_rir,
    wanted_change,
)
from training.mesocycle_review import BlockSet, growth, sets_by_group
from training.mesocycle_weeks import PlannedWorkout, usual_days, week_slots
from training.performed import PerformedSet

A, B, C = UUID(int=1), UUID(int=2), UUID(int=3)
LEVELS = st.none() | st.integers(0, 3)
FEEDBACK = st.builds(Feedback, LEVELS, LEVELS, LEVELS)
SETS = st.lists(st.integers(1, 15), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("weeks", "ramp"),
    [
        (3, "3 1 4"),  # two hard weeks end at one in reserve
        (4, "3 2 1 4"),
        (5, "3 2 1 0 4"),  # four hard weeks are enough to come down to none
        (6, "3 2 2 1 0 4"),  # 2.25 and 1.5: halves go up
        (7, "3 2 2 1 1 0 4"),
    ],
)
def test_reps_in_reserve_fall_evenly_and_the_last_week_is_the_deload(weeks: int, ramp: str) -> None:
    assert [target_rir(week, weeks) for week in range(1, weeks + 1)] == [Decimal(rir) for rir in ramp.split()]


@pytest.mark.parametrize(("first", "deload"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (14, 7), (15, 8)])
def test_the_deload_has_half_of_week_one_rounded_up(first: int, deload: int) -> None:
    assert deload_sets(first) == deload


def test_all_weeks_are_laid_out_beforehand() -> None:
    weeks = planned_weeks(A, 3, 5)
    assert [(one.week, one.sets, one.rir, one.load_factor) for one in weeks] == [
        (1, 3, 3, 1),
        (2, 3, 2, 1),
        (3, 3, 1, 1),
        (4, 3, 0, 1),
        (5, 2, 4, Decimal("0.6")),
    ]


TABLE = [
    # soreness 0, never sore
    (0, 0, 2),
    (0, 1, 1),
    (0, 2, 1),
    (0, 3, 0),
    # soreness 1, recovered a while ago
    (1, 0, 1),
    (1, 1, 1),
    (1, 2, 0),
    (1, 3, 0),
    # soreness 2, recovered just in time
    (2, 0, 1),
    (2, 1, 0),
    (2, 2, 0),
    (2, 3, -1),
    # soreness 3, still sore
    (3, 0, 0),
    (3, 1, -1),
    (3, 2, -1),
    (3, 3, -2),
]


@pytest.mark.parametrize(("soreness", "challenge", "change"), TABLE)
def test_soreness_and_challenge_decide(soreness: int, challenge: int, change: int) -> None:
    assert wanted_change(Feedback(soreness, None, challenge)) == change
    assert wanted_change(Feedback(soreness, 2, challenge)) == change
    assert wanted_change(Feedback(soreness, 3, challenge)) == change


@pytest.mark.parametrize(
    ("soreness", "pump", "challenge", "change"),
    [
        (0, 0, 0, 3),  # fresh, easy and no pump: the most there is
        (0, 1, 3, 1),  # the table's nothing becomes one
        (1, 1, 1, 2),
        (1, 0, 2, 1),
        (2, 0, 0, 1),  # only just recovered: a pump says nothing
        (2, 1, 3, -1),
        (3, 0, 0, 0),  # still sore: nothing is added
        (3, 0, 3, -2),
    ],
)
def test_a_low_pump_adds_one_to_what_is_fresh(soreness: int, pump: int, challenge: int, change: int) -> None:
    assert wanted_change(Feedback(soreness, pump, challenge)) == change


@pytest.mark.parametrize("feedback", [Feedback(), Feedback(soreness=0), Feedback(challenge=0), Feedback(pump=0)])
def test_what_was_not_said_changes_nothing(feedback: Feedback) -> None:
    assert wanted_change(feedback) is None


@pytest.mark.parametrize(
    ("sets", "change", "after"),
    [
        ([3], 1, [4]),
        ([3], 2, [5]),  # alone, it takes both
        ([3], -2, [1]),
        ([3, 3], 1, [4, 3]),  # first come first
        ([3, 3], 2, [4, 4]),  # one set each
        ([3, 3], 3, [5, 4]),
        ([3, 3, 3], 2, [4, 4, 3]),
        ([3, 3], -1, [2, 3]),
        ([1, 3], -1, [1, 2]),  # who is at the least is passed over
        ([1, 3], -2, [1, 1]),
        ([1], -2, [1]),
        ([15, 3], 1, [15, 4]),
        ([14], 3, [15]),
        ([15, 15], 2, [15, 15]),
        ([3, 2], 0, [3, 2]),
    ],
)
def test_a_change_is_spread_over_the_groups_prescriptions(sets: list[int], change: int, after: list[int]) -> None:
    assert list(spread(sets, change)) == after


def changes(workout: list[tuple[UUID, str | None, int]], **feedback: Feedback) -> dict[UUID, SetsChange]:
    prescribed = [Prescribed(*one) for one in workout]
    return {one.prescription_id: one for one in follow_feedback(prescribed, feedback)}


def test_each_group_follows_its_own_feedback_and_says_why() -> None:
    told = changes([(A, "chest", 3), (B, "back", 4), (C, "chest", 2)], chest=Feedback(1, 2, 0), back=Feedback(3, 2, 3))
    assert [(one.before, one.after, one.why) for one in told.values()] == [
        (3, 4, Why.MORE),
        (4, 2, Why.FEWER),
        (2, 2, Why.SHARED),  # the bench before it took the chest's one set
    ]
    assert told[B].wanted == -2
    assert told[A].feedback == Feedback(1, 2, 0)


@pytest.mark.parametrize(
    ("sets", "feedback", "why"),
    [
        (15, Feedback(0, 2, 0), Why.MOST),
        (1, Feedback(3, 2, 2), Why.FEWEST),
        (3, Feedback(2, 2, 1), Why.SAME),
        (3, Feedback(None, 2, 1), Why.UNKNOWN),
    ],
)
def test_no_change_has_a_reason_too(sets: int, feedback: Feedback, why: Why) -> None:
    told = changes([(A, "quads", sets)], quads=feedback)
    assert (told[A].change, told[A].why) == (0, why)


def test_what_has_no_muscle_group_follows_nothing() -> None:
    assert muscle_group_of(("chest", "triceps"), "push") == "chest"
    assert muscle_group_of(("legs",), "cardio") is None
    assert muscle_group_of((), "push") is None
    assert changes([(A, None, 3)], chest=Feedback(0, 0, 0)) == {}


@given(SETS, st.integers(-3, 3))
def test_spreading_keeps_the_bounds_and_loses_nothing_that_there_is_room_for(sets: list[int], change: int) -> None:
    after = spread(sets, change)
    assert all(1 <= one <= 15 for one in after)
    room = sum(15 - one for one in sets) if change > 0 else sum(one - 1 for one in sets)
    moved = sum(after) - sum(sets)
    assert moved == (min(change, room) if change > 0 else max(change, -room))


@given(SETS, FEEDBACK, st.integers(3, 7))
def test_a_mesocycle_never_leaves_its_bounds(sets: list[int], feedback: Feedback, weeks: int) -> None:
    current = [Prescribed(UUID(int=number), "chest", one) for number, one in enumerate(sets)]
    for _ in range(weeks - 2):
        told = follow_feedback(current, {"chest": feedback})
        assert all(abs(one.change) <= 3 and 1 <= one.after <= 15 for one in told)
        current = [Prescribed(one.prescription_id, "chest", one.after) for one in told]
    before, after = sum(sets), sum(one.sets for one in current)
    wanted = wanted_change(feedback) or 0
    assert before <= after if wanted >= 0 else after <= before


@given(st.integers(3, 7))
def test_the_ramp_never_rises(weeks: int) -> None:
    ramp = [target_rir(week, weeks) for week in range(1, weeks)]
    assert ramp == sorted(ramp, reverse=True)
    assert ramp[0] == 3
    assert ramp[-1] in (0, 1)


@pytest.mark.parametrize(
    ("workouts", "days", "weeks"),
    [
        ([(A, None), (B, None)], 2, [[A, B], [A, B]]),
        ([(A, None), (B, None)], 3, [[A, B, A], [B, A, B]]),  # an A/B plan on three days
        ([(A, None), (B, None), (C, None)], 2, [[A, B], [C, A]]),  # goes on where the week before ended
        ([(A, 1), (B, 2), (C, None)], 4, [[A, C], [B, C], [A, C]]),  # the weeks differ: each has its own
        ([(A, 1), (B, 1)], 2, [[A, B], [A, B]]),  # one week only: all alike
        ([], 3, [[], []]),
    ],
)
def test_weeks_are_made_of_workouts(
    workouts: list[tuple[UUID, int | None]], days: int, weeks: list[list[UUID]]
) -> None:
    planned = [PlannedWorkout(*one) for one in workouts]
    assert [list(week_slots(planned, days, week)) for week in range(1, len(weeks) + 1)] == weeks


@pytest.mark.parametrize(
    ("workouts", "days"),
    [([(A, None), (B, None)], 2), ([(A, 1), (B, 2), (C, None)], 2), ([(A, None)] * 9, 7), ([], 1)],
)
def test_a_plan_is_trained_on_as_many_days_as_it_has_workouts(
    workouts: list[tuple[UUID, int | None]], days: int
) -> None:
    assert usual_days([PlannedWorkout(*one) for one in workouts]) == days


def done(week: int, root: UUID, group: str, weight: int, reps: int, kind: str = "working") -> BlockSet:
    return BlockSet(week, root, f"exercise {root.int}", group, PerformedSet(Decimal(weight), reps, kind=kind))


def test_the_review_counts_hard_sets_and_what_grew() -> None:
    sets = [
        done(1, A, "chest", 40, 8, "warmup"),
        done(1, A, "chest", 80, 8),
        done(1, B, "back", 60, 10),
        done(3, A, "chest", 85, 8),
        done(3, A, "chest", 85, 7),
        done(3, B, "back", 60, 9),
        done(4, A, "chest", 50, 8),
        done(3, C, "core", 10, 12),
    ]
    groups = {one.muscle_group: (one.first, one.last) for one in sets_by_group(sets, 4)}
    assert groups == {"chest": (1, 2), "core": (0, 1), "back": (1, 1)}
    bench, row = growth(sets)
    assert (bench.first_kg, bench.best_kg) == (Decimal("101.33"), Decimal("107.67"))
    assert row.gained_kg == Decimal("-2.00")
