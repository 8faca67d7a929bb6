"""How an exercise is to go up, told behind its sets: found, and no figure of it taken for a set or a load."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parser import Progression, find_progression, read_shorthand

TOLD = [
    ("Bench press 4x6-8 double progression", Progression("double")),
    ("Bench press 4x6-8 (double progression)", Progression("double")),
    ("Overhead press 3x5, add 2.5kg each session", Progression("linear", Decimal("2.5"), "kg")),
    ("Deadlift 1x5 increase by 5 lb every time", Progression("linear", Decimal(5), "lb")),
    ("OHP 3x5 +2,5 kg per week", Progression("linear", Decimal("2.5"), "kg")),
    ("Kniebeuge 3x5 +2,5 kg pro Einheit", Progression("linear", Decimal("2.5"), "kg")),
    # a step within a range of repetitions
    ("Row 3x8-12 double progression, add 5 lb each week", Progression("double", Decimal(5), "lb")),
    ("Squat 5/3/1 65%x5 75%x5 85%x5+", Progression("percent_tm")),
    ("Squat 3x5 @ 80% of TM", Progression("percent_tm")),
    ("Squat 3x5 @ 80% TM", Progression("percent_tm")),
    ("Squat 5x3+ GZCLP", Progression("gzclp")),
    ("Row 3x8 linear progression", Progression("linear")),
    # percents of a true maximum, repetitions with strokes, and an everyday word
    ("Squat 3x5 @ 80%", None),
    ("Squat 5/3/1 @ 100 kg", None),
    ("Linear hack squat 3x8", None),
    ("Bench 3x8 @ 80 kg", None),
]


@pytest.mark.parametrize(("line", "told"), TOLD)
def test_a_line_tells_how_to_go_up(line: str, told: Progression | None) -> None:
    assert find_progression(line) == told


UNHARMED = [
    ("Bench press 4x6-8 double progression", (4, 6, 8, None)),
    ("Bench press 4x6-8 (double progression)", (4, 6, 8, None)),
    ("Overhead press 3x5 add 2.5kg each session", (3, 5, 5, None)),
    ("Overhead press 3x5 60kg, add 2.5 kg every workout", (3, 5, 5, Decimal(60))),
    ("Deadlift 3x5, increase by 5 lb each time", (3, 5, 5, None)),
]


@pytest.mark.parametrize(("line", "figures"), UNHARMED)
def test_its_figures_are_no_sets_and_no_loads(line: str, figures: tuple[int, int, int, Decimal | None]) -> None:
    reading = read_shorthand(f"Program\nDay 1\n{line}\nLat pulldown 3x10")
    first = reading.prescribed[0]
    assert (first.sets, first.reps_min, first.reps_max, first.weight) == figures
    assert first.scheme == ()


def test_the_waves_of_531_beside_percents_are_no_sets() -> None:
    reading = read_shorthand("Program\nDay 1\nSquat 5/3/1 65%x5 75%x5 85%x5+\nLat pulldown 3x10")
    assert [(one.reps_min, one.percent) for one in reading.prescribed[0].scheme] == [(5, 65), (5, 75), (5, 85)]


def test_a_line_of_nothing_else_does_not_vanish() -> None:
    reading = read_shorthand("Program\nDay 1\nSquat 3x5\nAdd 2.5 kg each session\nBench 3x5")
    assert reading.prescribed[0].note == "Add 2.5 kg each session"
