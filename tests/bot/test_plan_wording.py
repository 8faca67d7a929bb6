"""What is typed about an exercise of a plan, as a table: what is understood, what is asked about, what stays."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.usecases import prescription_edits as edits
from bot.usecases.plan_wording import read_figures
from bot.usecases.targets import Prescribed, Targets
from parser import ReadingContext

STANDS = Prescribed(
    Targets(sets=3, reps_min=5, reps_max=5, weight=Decimal(80), rpe=Decimal(7)), rest_seconds=120, tempo="3010"
)
WAVE = Prescribed(
    Targets(sets=2), (Targets(reps_min=5, reps_max=5, percent=Decimal(75)), Targets(reps_min=3, reps_max=3))
)


def laid_over(stands: Prescribed, text: str) -> Prescribed:
    wording = read_figures(text, "Barbell Bench Press", ReadingContext())
    assert wording is not None
    assert wording.is_sure, wording.read.doubts
    return edits.merged(stands, wording.asked)


@pytest.mark.parametrize(
    ("text", "sets", "reps", "weight", "rpe", "rest"),
    [
        ("4x6-8 @8 90s rest", 4, (6, 8), 80, 8, 90),  # the load was not spoken of
        ("4x6-8", 4, (6, 8), 80, 7, 120),
        ("8-12", 3, (8, 12), 80, 7, 120),  # nor the number of sets
        ("5 sets", 5, (5, 5), 80, 7, 120),
        ("85kg", 3, (5, 5), 85, 7, 120),
        ("RPE 9", 3, (5, 5), 80, 9, 120),  # understood only beside sets, and yet no sets are made up
        ("@8", 3, (5, 5), 80, 8, 120),  # an effort, no load of 8 kg
        ("rest 3 min", 3, (5, 5), 80, 7, 180),
        ("75%", 3, (5, 5), None, 7, 120),  # a percent takes the place of the load
    ],
)
def test_what_is_left_out_stays(
    text: str, sets: int, reps: tuple[int, int], weight: int | None, rpe: int, rest: int
) -> None:
    asked = laid_over(STANDS, text)
    targets = asked.targets
    assert (targets.sets, (targets.reps_min, targets.reps_max)) == (sets, reps)
    assert targets.weight == (None if weight is None else Decimal(weight))
    assert (targets.rpe, asked.rest_seconds, asked.tempo) == (Decimal(rpe), rest, "3010")


def test_sets_that_differ_are_kept_replaced_or_given_up() -> None:
    assert [one.percent for one in laid_over(WAVE, "3 sets").scheme] == [Decimal(75), None, None]
    assert {one.rpe for one in laid_over(WAVE, "RPE 8").scheme} == {Decimal(8)}
    assert laid_over(WAVE, "3x10").scheme == ()
    assert [one.reps_min for one in laid_over(STANDS, "12, 10, 8").scheme] == [12, 10, 8]
    assert {one.weight for one in laid_over(STANDS, "12, 10, 8").scheme} == {Decimal(80)}


@pytest.mark.parametrize("text", ["12x8", "20x5", "10x10x3", "3", "3x0"])
def test_what_may_mean_two_things_is_not_sure(text: str) -> None:
    wording = read_figures(text, "Barbell Bench Press", ReadingContext())
    assert wording is not None
    assert not wording.is_sure


@pytest.mark.parametrize("text", ["hello there", "how was my week?", "x"])
def test_what_has_no_figures_is_none(text: str) -> None:
    assert read_figures(text, "Barbell Bench Press", ReadingContext()) is None


def test_steps_end_where_a_prescription_does() -> None:
    most = Prescribed(Targets(sets=15, reps_min=1, reps_max=1, weight=Decimal(0)))
    assert edits.with_sets(most, 1) is None
    assert edits.with_sets(Prescribed(Targets(sets=1)), -1) is None
    assert edits.with_amount(most, -1) is None
    assert edits.with_load(most, -1) is None
    assert edits.with_amount(Prescribed(Targets(seconds=5)), -1) is None
    assert edits.with_load(WAVE, 1) is None
    pounds = edits.with_load(Prescribed(Targets(weight=Decimal("102.5"), unit="lb")), 1)
    assert pounds is not None
    assert pounds.targets.weight == Decimal("107.5")
    hold = edits.with_amount(Prescribed(Targets(sets=3, seconds=45)), 1)
    assert hold is not None
    assert hold.targets.seconds == 50
