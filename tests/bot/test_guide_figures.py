"""What bare figures mean in the middle of a workout, by what is planned: a table without a database."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.usecases.guide import Step
from bot.usecases.guide_figures import meanings, parse_figures
from storage.models import ExerciseType, Measure
from storage.planned_sets import PlannedSet

BENCH = (PlannedSet(6, 8, Decimal(80), Decimal(80), "kg"),) * 3
CURLS = (PlannedSet(20, 20, Decimal("22.5"), Decimal("22.5"), "kg"),) * 3
PULL_UPS = (PlannedSet(8, 8),) * 3
PLANK = (PlannedSet(seconds=45),) * 2
AMRAP = (PlannedSet(5, None, Decimal(100), Decimal(225), "lb", is_amrap=True),)
OPEN = (PlannedSet(8, 8),) * 3


def step(planned: tuple[PlannedSet, ...], *, body: bool = False, measure: Measure = Measure.WEIGHT_REPS) -> Step:
    """Give an exercise of a workout in which nothing is done yet."""
    exercise = SimpleNamespace(
        name="Exercise",
        measure=measure,
        exercise_type=ExerciseType.BODYWEIGHT if body else ExerciseType.FREEWEIGHT,
    )
    row = SimpleNamespace(skipped_at=None, selected_at=None)
    return Step(cast("Any", SimpleNamespace(row=row, exercise=exercise)), planned, ())


CASES: list[tuple[str, Step, list[list[str]]]] = [
    # Repetitions at the planned load, one set or several.
    ("8", step(BENCH), [["80kg x8"]]),
    ("8 8 7", step(BENCH), [["80kg x8", "80kg x8", "80kg x7"]]),
    ("8,8,7", step(BENCH), [["80kg x8", "80kg x8", "80kg x7"]]),
    ("8/8/7 @9", step(BENCH), [["80kg x8", "80kg x8", "80kg x7 @9"]]),
    ("8 2rir", step(BENCH), [["80kg x8 @8"]]),
    # The load comes first: too much for repetitions, with decimals, or with a unit.
    ("80 8 8 7", step(BENCH), [["80kg x8", "80kg x8", "80kg x7"]]),
    ("82,5 8 8", step(BENCH), [["82.5kg x8", "82.5kg x8"]]),
    ("180 lb 8 8", step(BENCH), [["180lb x8", "180lb x8"]]),
    ("85kg 8", step(BENCH), [["85kg x8"]]),
    # Both are possible: both are given.
    ("20 20 20", step(CURLS), [["22.5kg x20", "22.5kg x20", "22.5kg x20"], ["20kg x20", "20kg x20"]]),
    # More numbers than sets are left: the load first where that fits, else more sets than planned.
    ("20 20 20 20", step(CURLS), [["20kg x20", "20kg x20", "20kg x20"]]),
    ("8 8 8 8", step(BENCH), [["80kg x8"] * 4]),
    # The bare body needs no load; one that is told hangs on it.
    ("8 8 7", step(PULL_UPS, body=True), [["x8", "x8", "x7"]]),
    ("10kg 5 5", step(PULL_UPS, body=True), [["+10kg x5", "+10kg x5"]]),
    # Holds are seconds, whatever they are written like.
    ("45 40", step(PLANK, measure=Measure.DURATION), [["45s", "40s"]]),
    ("1:00", step(PLANK, measure=Measure.DURATION), [["60s"]]),
    # As many as possible may be many.
    ("25", step(AMRAP), [["225lb x25"]]),
    # A load that nobody knows is not made up, a load alone says no repetitions, seconds are no repetitions.
    ("8 8", step(OPEN), []),
    ("60 8 8", step(OPEN), [["60kg x8", "60kg x8"]]),
    ("80", step(BENCH), []),
    ("25", step(BENCH), []),
    ("90s", step(BENCH), []),
]


@pytest.mark.parametrize(
    ("typed", "under_way", "expected"), CASES, ids=lambda case: case if isinstance(case, str) else ""
)
def test_figures_mean_what_is_planned(typed: str, under_way: Step, expected: list[list[str]]) -> None:
    figures = parse_figures(typed)
    assert figures is not None
    assert [[_written(one) for one in sets] for sets in meanings(figures, under_way, "kg")] == expected


def _written(one: Any) -> str:
    load = "" if one.weight is None else f"{'+' if one.load_mode == 'added' else ''}{one.weight}{one.unit}"
    amount = f"{one.seconds}s" if one.seconds is not None else f"x{one.reps}"
    effort = "" if one.rpe is None else f"@{one.rpe}"
    return " ".join(part for part in (load, amount, effort) if part)


@pytest.mark.parametrize("text", ["80x8", "bench 8", "8 @80", "8-10", "", "8 reps with a pause", "same", "+1"])
def test_what_is_no_row_of_bare_figures_is_left_to_the_reader(text: str) -> None:
    assert parse_figures(text) is None
