"""Notations of sets, one a row: what is typed, and the sets it means as (weight, repetitions)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parser import Confidence, Habits, ReadingContext, Vocabulary, read_shorthand


def sets_of(text: str, context: ReadingContext | None = None) -> list[tuple[str | None, int | None]]:
    reading = read_shorthand(text, context)
    found = [one for exercise in reading.exercises for one in exercise.sets]
    return [(f"{one.weight:f}" if one.weight is not None else None, one.reps) for one in found]


@pytest.mark.parametrize(
    ("text", "sets"),
    [
        ("bench 80x8x3", [("80", 8)] * 3),  # weight first, then repetitions and sets
        ("bench 3 x 8 x 80kg", [("80", 8)] * 3),  # the unit tells the weight
        ("bench 3x12x25", [("25", 12)] * 3),  # too large for sets, last
        ("deads 5x140 3x160", [("140", 5), ("160", 3)]),  # too large for repetitions
        ("bench 8@80", [("80", 8)]),
        ("bench 5x5 @ 92.5", [("92.5", 5)] * 5),
        ("bench 80kg 8,8,7", [("80", 8), ("80", 8), ("80", 7)]),
        ("bench 62,5x8", [("62.5", 8)]),  # a decimal comma
        ("bench 100 5 5 5", [("100", 5)] * 3),
        ("bench 100 for 5, 5 and 4", [("100", 5), ("100", 5), ("100", 4)]),
        ("leg press 40,45,50 x 10", [("40", 10), ("45", 10), ("50", 10)]),
        ("leg press 120/140/160 x 12/10/8", [("120", 12), ("140", 10), ("160", 8)]),
        ("жим лежа 140 на 5", [("140", 5)]),
        ("eighty kilos for eight on bench", [("80", 8)]),
        ("жал сто на восемь", [("100", 8)]),
        ("squat 2 plates x 8", [("100", 8)]),
        ("squat bar x10", [("20", 10)]),
        ("curls 10kg x12 > 8kg x10", [("10", 12), ("8", 10)]),
        ("bench 80kg x12 x12 x10", [("80", 12), ("80", 12), ("80", 10)]),
        ("bench 60 - 10, 70 - 8", [("60", 10), ("70", 8)]),
        ("bench 2 x 20 kg 3 x 10", [("20", 10)] * 3),  # a weight in each hand
        ("deadlift 3 sets of 5 at 100, 110 and 120", [("100", 5), ("110", 5), ("120", 5)]),
        ("bench 80x8 sorry 82.5x8", [("82.5", 8)]),
        ("bench 90x5, 90x5, 90x4 - edit: last one was 5", [("90", 5)] * 3),
        ("clean 90x0 (missed)", [("90", 0)]),
        ("pushups 30 25 20", [(None, 30), (None, 25), (None, 20)]),
        ("dips BW+20kg x 8", [("20", 8)]),
        ("chins BWx10, BWx8", [(None, 10), (None, 8)]),  # the sign is glued to the word
        ("bench 60 10, 70 8, 80 6", [("60", 10), ("70", 8), ("80", 6)]),
        ("leg press 100,120,140 - 15,12,10", [("100", 15), ("120", 12), ("140", 10)]),
        ("deadlift up to 180 single", [("180", 1)]),
        ("clean & jerk 70 80 90(miss)", [("70", None), ("80", None), ("90", 0)]),
        ("row: 10 @ 70 x 3", [("70", 10)] * 3),
        ("bench 5x3 60kg (3/3/3/3/2)", [("60", 3)] * 4 + [("60", 2)]),
        ("deadlift 165x1+, got 4", [("165", 4)]),
        ("squat 3 x 100 (bailed on rep 4)", [("100", 3)]),
        ("did deadlifts two twenty five for five", [("225", 5)]),
        ("100 pushups: 40, 30, 30", [(None, 40), (None, 30), (None, 30)]),  # the first number is their sum
    ],
)
def test_sets(text: str, sets: list[tuple[str | None, int | None]]) -> None:
    assert sets_of(text) == sets


@pytest.mark.parametrize(
    ("text", "seconds", "metres"),
    [
        ("plank 1:30", 90, None),
        ("plank 1 min 30", 90, None),
        ('plank 45"', 45, None),
        ("plank 1'30\"", 90, None),
        ("ran 5k in 26:40", 1600, "5000"),
        ("ran 3 miles in 25 min", 1500, "4828.0320"),
    ],
)
def test_times_and_distances(text: str, seconds: int, metres: str | None) -> None:
    (exercise,) = read_shorthand(text).exercises
    (one,) = exercise.sets
    assert one.seconds == seconds
    assert one.distance_m == (Decimal(metres) if metres else None)


@pytest.mark.parametrize("text", ["bench 10x10x3", "lateral raise 12x10x8", "squat 10x10", "curls 12x10"])
def test_open_orders_are_never_sure(text: str) -> None:
    reading = read_shorthand(text)
    exercises = [*reading.exercises, *reading.prescribed]
    assert exercises
    assert all(exercise.confidence is not Confidence.HIGH for exercise in exercises)


def test_a_habit_settles_an_open_order() -> None:
    context = ReadingContext(habits=Habits(three_number_order="sets_reps_weight"))
    (exercise,) = read_shorthand("barbell curl 10x10x10", context).exercises
    assert exercise.confidence is Confidence.HIGH
    assert [one.reps for one in exercise.sets] == [10] * 10


def test_the_last_load_settles_an_open_order() -> None:
    key = Vocabulary.library().resolve("lateral raise").best
    assert key is not None
    context = ReadingContext(habits=Habits(last_loads_kg={key.key: Decimal(12)}))
    assert sets_of("lateral raise 12x10x3", context) == [("12", 10)] * 3


@pytest.mark.parametrize("text", ["squat 80x", "squat 80 x", "squat: 80x,"])
def test_a_cut_off_set_is_unread(text: str) -> None:
    reading = read_shorthand(text)
    assert [one for exercise in reading.exercises for one in exercise.sets] == []


@pytest.mark.parametrize("text", ["bench the usual but heavier", "squats same as last time"])
def test_what_refers_to_another_day_is_left_empty(text: str) -> None:
    assert sets_of(text) == []


def test_figures_of_one_exercise_do_not_spread_to_another() -> None:
    reading = read_shorthand("did bench and squats today, squats were 100kg for 5")
    figures = {exercise.name: len(exercise.sets) for exercise in reading.exercises}
    assert figures == {"Barbell Bench Press": 0, "Barbell Back Squat": 1}


def test_bare_figures_belong_to_the_exercise_under_way() -> None:
    bench = Vocabulary.library().resolve("bench").best
    (exercise,) = read_shorthand("82.5x7", ReadingContext(current=bench)).exercises
    assert exercise.name == "Barbell Bench Press"
    assert exercise.sets[0].weight == Decimal("82.5")


def test_bare_figures_without_an_exercise_are_unread() -> None:
    reading = read_shorthand("82.5x7")
    assert reading.exercises == ()
    assert [line.text for line in reading.unread] == ["82.5x7"]
