"""Tonnage and hard sets."""

from __future__ import annotations

from decimal import Decimal

import pytest

from training.performed import PerformedSet
from training.volume import TrainedExercise, hard_sets_by_muscle, is_hard, tonnage

HARD = [
    (PerformedSet(reps=8), True),  # effort unknown: it counts
    (PerformedSet(reps=8, rpe=Decimal(6)), True),
    (PerformedSet(reps=8, rpe=Decimal("5.5")), False),  # too easy to train
    (PerformedSet(reps=8, kind="warmup"), False),
    (PerformedSet(reps=8, kind="drop"), False),  # the tail of the set before
    (PerformedSet(reps=8, kind="failure", rpe=Decimal(5)), True),  # failure is hard whatever else was said
    (PerformedSet(reps=0), False),  # missed
    (PerformedSet(seconds=40), True),  # a hold is a set as well
]


@pytest.mark.parametrize(("performed", "hard"), HARD)
def test_is_hard(performed: PerformedSet, hard: bool) -> None:
    assert is_hard(performed) is hard


def test_a_secondary_muscle_group_counts_half() -> None:
    three = [PerformedSet(reps=8)] * 3
    bench = TrainedExercise(("chest",), ("triceps", "shoulders"), [*three, PerformedSet(reps=10, kind="warmup")])
    fly = TrainedExercise(("chest",), (), three[:2])
    pushdown = TrainedExercise(("triceps",), (), [PerformedSet(reps=12)])
    assert hard_sets_by_muscle([bench, fly, pushdown]) == {
        "chest": 5,
        "triceps": Decimal("2.5"),
        "shoulders": Decimal("1.5"),
    }


def test_a_muscle_group_without_hard_sets_is_not_listed() -> None:
    assert hard_sets_by_muscle([TrainedExercise(("chest",), (), [PerformedSet(reps=5, kind="warmup")])]) == {}


def test_tonnage() -> None:
    sets = [
        PerformedSet(Decimal("82.5"), 8),
        PerformedSet(Decimal(60), 10, kind="warmup"),  # not counted
        PerformedSet(None, 12, load_mode="bodyweight"),  # nothing known to count
        PerformedSet(Decimal(20), 5, load_mode="assisted"),  # help is no work
    ]
    assert tonnage(sets) == 660
    assert tonnage(sets[1:]) == 0
