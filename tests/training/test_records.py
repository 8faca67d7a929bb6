"""What a set is worth, and which set of a history is the best."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.performed import PerformedSet
from training.records import (
    RECORD_TYPES,
    RECORD_UNITS,
    best_records,
    estimated_one_rep_max,
    is_better,
    set_values,
    total_volume,
)

MONDAY, FRIDAY = UUID(int=1), UUID(int=2)


def done(weight: str | None = None, reps: int | None = None, **more: Any) -> PerformedSet:
    return PerformedSet(weight_kg=None if weight is None else Decimal(weight), reps=reps, **more)


def numbers(values: dict[str, Decimal]) -> dict[str, str]:
    return {name: str(value.normalize()) if value else "0" for name, value in values.items()}


ESTIMATES = [
    ("100", 0, None),  # a missed attempt
    ("100", 1, "100.00"),  # a single is itself
    ("100", 2, "106.67"),  # from two on the formula
    ("100", 5, "116.67"),
    ("100", 10, "133.33"),
    ("100", 12, "140.00"),  # the last that is trusted
    ("100", 13, None),  # beyond it says nothing
    ("82.5", 8, "104.50"),
]


@pytest.mark.parametrize(("weight", "reps", "estimate"), ESTIMATES)
def test_estimated_one_rep_max(weight: str, reps: int, estimate: str | None) -> None:
    expected = None if estimate is None else Decimal(estimate)
    assert estimated_one_rep_max(Decimal(weight), reps) == expected


WORTH: list[tuple[PerformedSet, dict[str, str]]] = [
    # 80 kg for 8
    (done("80", 8), {"1rm": "101.33", "set_volume": "6.4E+2", "max_weight": "8E+1", "max_reps": "8"}),
    # a warm-up never counts
    (done("80", 8, kind="warmup"), {}),
    # drops and sets to failure do
    (done("60", 1, kind="drop"), {"1rm": "6E+1", "set_volume": "6E+1", "max_weight": "6E+1", "max_reps": "1"}),
    (done("60", 1, kind="failure"), {"1rm": "6E+1", "set_volume": "6E+1", "max_weight": "6E+1", "max_reps": "1"}),
    # a missed attempt is worth nothing
    (done("140", 0), {}),
    # a weight alone is no set
    (done("100"), {}),
    # twenty repetitions give no estimate
    (done("60", 20), {"set_volume": "1.2E+3", "max_weight": "6E+1", "max_reps": "2E+1"}),
    # repetitions without a known load
    (done(None, 10), {"max_reps": "1E+1"}),
    # an external load of zero is no load
    (done("0", 10), {"max_reps": "1E+1"}),
    # a bodyweight set competes with assisted ones, at zero
    (done(None, 12, load_mode="bodyweight"), {"max_weight": "0", "max_reps": "12"}),
    # of an added load only a single is a one-rep maximum
    (done("20", 5, load_mode="added"), {"set_volume": "1E+2", "max_weight": "2E+1", "max_reps": "5"}),
    (done("40", 1, load_mode="added"), {"1rm": "4E+1", "set_volume": "4E+1", "max_weight": "4E+1", "max_reps": "1"}),
    # assistance counts below zero, and neither its volume nor its repetitions count
    (done("20", 8, load_mode="assisted"), {"max_weight": "-2E+1"}),
    # assistance of zero is none
    (done("0", 8, load_mode="assisted"), {"max_weight": "0", "max_reps": "8"}),
    # a hold
    (done(seconds=80, load_mode="bodyweight"), {"max_weight": "0", "max_duration": "8E+1"}),
    # a loaded hold
    (done("20", seconds=45, load_mode="added"), {"max_weight": "2E+1", "max_duration": "45"}),
    # an assisted hold
    (done("10", seconds=45, load_mode="assisted"), {"max_weight": "-1E+1"}),
    # a carry
    (done("32", distance_m=Decimal(40)), {"max_weight": "32"}),
    # taking longer for the same way is no record
    (done(distance_m=Decimal(5000), seconds=1600), {}),
    # nor is taking longer for the same repetitions
    (done("20", 10, seconds=60), {"1rm": "26.67", "set_volume": "2E+2", "max_weight": "2E+1", "max_reps": "1E+1"}),
]


@pytest.mark.parametrize(("performed", "worth"), WORTH)
def test_what_a_set_is_worth(performed: PerformedSet, worth: dict[str, str]) -> None:
    assert numbers(set_values(performed)) == worth


def test_total_volume_is_a_sum_over_working_sets() -> None:
    sets = [done("60", 10, kind="warmup"), done("80", 8), done("80", 7), done(None, 12, load_mode="bodyweight")]
    assert total_volume(sets) == 80 * 15
    assert total_volume(sets[-1:]) is None


BETTER = [
    ("100", None, True),  # the first of all
    ("100", "97.5", True),
    ("100", "100", False),  # equalling is not beating
    ("-15", "-20", True),  # less assistance
    ("-20", "-15", False),
    ("0", "-5", True),  # none at all
]


@pytest.mark.parametrize(("value", "current", "better"), BETTER)
def test_is_better(value: str, current: str | None, better: bool) -> None:
    assert is_better(Decimal(value), None if current is None else Decimal(current)) is better


def test_records_of_a_history() -> None:
    history = [
        done("100", 5, session_id=MONDAY, set_id=UUID(int=11)),
        done("100", 5, session_id=MONDAY, set_id=UUID(int=12)),
        done("120", 1, session_id=FRIDAY, set_id=UUID(int=21)),
        done("60", 15, session_id=FRIDAY, set_id=UUID(int=22)),
        done("20", 40, session_id=FRIDAY, set_id=UUID(int=23), kind="warmup"),
    ]
    best = best_records(history)
    assert {name: (record.value, record.performed.set_id) for name, record in best.items()} == {
        "1rm": (Decimal("120.00"), UUID(int=21)),
        "set_volume": (Decimal(900), UUID(int=22)),
        "total_volume": (Decimal(1020), UUID(int=22)),
        "max_weight": (Decimal(120), UUID(int=21)),
        "max_reps": (Decimal(15), UUID(int=22)),
    }
    assert [record.unit for record in best.values()] == ["kg", "kg", "kg", "kg", "reps"]


def test_the_first_of_equals_keeps_the_record() -> None:
    first, second = done("100", 5, set_id=UUID(int=11)), done("100", 5, set_id=UUID(int=12))
    assert best_records([first, second])["max_weight"].performed is first


def test_the_bare_body_is_a_load_only_beside_assistance() -> None:
    bare, assisted = done(None, 3, load_mode="bodyweight"), done("15", 8, load_mode="assisted")
    assert "max_weight" not in best_records([bare])
    assert best_records([assisted])["max_weight"].value == -15
    assert best_records([assisted, bare])["max_weight"].value == 0
    assert best_records([bare, assisted])["max_weight"].value == 0
    added = done("5", 3, load_mode="added")
    assert best_records([bare, assisted, added])["max_weight"].value == 5


def test_no_sets_no_records() -> None:
    assert best_records([]) == {}


SETS = st.builds(
    PerformedSet,
    weight_kg=st.none() | st.integers(0, 400).map(Decimal),
    reps=st.none() | st.integers(0, 30),
    seconds=st.none() | st.integers(0, 600),
    load_mode=st.sampled_from(["external", "added", "assisted", "bodyweight"]),
    kind=st.sampled_from(["warmup", "working", "drop", "failure"]),
    session_id=st.sampled_from([MONDAY, FRIDAY]),
)


@given(st.lists(SETS, max_size=12))
def test_the_order_of_sets_does_not_change_a_record(history: list[PerformedSet]) -> None:
    forward, backward = best_records(history), best_records(history[::-1])
    assert {name: record.value for name, record in forward.items()} == {
        name: record.value for name, record in backward.items()
    }


@given(st.lists(SETS, max_size=12), SETS)
def test_another_set_never_lowers_a_record(history: list[PerformedSet], performed: PerformedSet) -> None:
    before, after = best_records(history), best_records([*history, performed])
    for name, record in before.items():
        assert after[name].value >= record.value


def test_every_kind_of_record_has_a_unit() -> None:
    assert tuple(RECORD_UNITS) == RECORD_TYPES
