"""What must not be called sure: figures that no body can do, that cannot be read, or whose meaning is open."""

from __future__ import annotations

import pytest

from parser import Confidence, Reading, read_shorthand
from parser.reading import Doubt, LoggedExercise, PrescribedExercise


def exercises_of(reading: Reading) -> list[LoggedExercise | PrescribedExercise]:
    return [*reading.exercises, *(exercise for day in reading.days for exercise in day.exercises)]


@pytest.mark.parametrize(
    "text",
    [
        "Row 3x10 @ 100000000000kg",
        "Bench 3x99999999999999999999",
        "bench 99999999999x5",
        "bench 80 99999999999 8 8",
        "bench 80x8x99999999999",
        "bench 1e309x5",
        "bench 1e9x8",
        "squat 80x1E5",
        "squat 5000x5",
        "bench 80x5000",
        "run 500000km",
        "plank 90000 min",
        "bench 3x8 80kg rpe 55",
    ],
)
def test_absurd_and_unreadable_numbers_are_asked_about(text: str) -> None:
    reading = read_shorthand(text)
    found = exercises_of(reading)
    assert all(exercise.confidence is Confidence.LOW and exercise.doubts for exercise in found)
    assert found or reading.unread


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("squat 1000 lb x 5", Confidence.MEDIUM),
        ("squat 450x5", Confidence.MEDIUM),
        ("deadlift 400x12", Confidence.MEDIUM),
        ("deadlift 3x5 460kg", Confidence.MEDIUM),
        ("squat 490x1", Confidence.HIGH),
        ("squat 400x5", Confidence.HIGH),
        ("leg press 600x10", Confidence.HIGH),
    ],
)
def test_a_record_for_one_repetition_is_none_for_many(text: str, confidence: Confidence) -> None:
    (exercise,) = exercises_of(read_shorthand(text))
    assert exercise.confidence is confidence
    assert (Doubt("numbers", "heavy") in exercise.doubts) is (confidence is Confidence.MEDIUM)


def test_a_set_cut_off_by_an_unreadable_number_is_unread() -> None:
    assert [line.text for line in read_shorthand("bench 80x99999999999").unread] == ["bench 80x99999999999"]


@pytest.mark.parametrize(
    "text",
    [
        "OHP 50 5/5/5/4 (last one with help)",
        "bench -80x8",
        "bench 80x8\n12 12 somewhat later 10",
        "jerk 70x1 75x1 80x1F",
        "pull-ups +10kg: 6,6,5,5. Then negatives 3x5",
        "bench 100x3 with pause",
        "deadlift 405x3 (missed last 2)",
        "squat 100-110 3x5",
        "Squat program\n1: 5x5 @ 70%\n2: 5x4 @ 75%",
        "bench\n80x8\n80x6 spotter helped on the last one",
    ],
)
def test_open_meanings_are_not_sure(text: str) -> None:
    assert [exercise.confidence for exercise in exercises_of(read_shorthand(text))] == [Confidence.MEDIUM]


def test_a_unit_said_last_does_not_make_repetitions_of_a_load() -> None:
    (bench,) = exercises_of(read_shorthand("bench 85x7 lb"))
    assert bench.confidence is Confidence.LOW


def test_help_takes_no_weight_off_a_bar() -> None:
    (press,) = read_shorthand("OHP 50 5/5/5/4 (last one with help)").exercises
    assert {one.load_mode for one in press.sets} == {"external"}


@pytest.mark.parametrize("text", ["pull ups 8, 7 with 20kg assistance", "pullups -20kg 8, 7", "dips -20 8, 7"])
def test_help_takes_weight_off_the_body(text: str) -> None:
    (exercise,) = read_shorthand(text).exercises
    assert [(one.weight, one.load_mode, one.reps) for one in exercise.sets] == [
        (20, "assisted", 8),
        (20, "assisted", 7),
    ]


def test_no_load_is_made_of_repetitions_that_words_part() -> None:
    (bench,) = read_shorthand("bench 80x8\n12 12 somewhat later 10").exercises
    assert [one.weight for one in bench.sets] == [80, None, None, None]


@pytest.mark.parametrize("text", ["tempo squat 3-1-0 185x5", "squat 3-1-0 185x5", "tempo squat 5-3-1 185x5"])
def test_a_tempo_of_three_is_no_list_of_repetitions(text: str) -> None:
    (squat,) = exercises_of(read_shorthand(text))
    assert isinstance(squat, PrescribedExercise)
    assert (squat.reps_min, squat.weight, bool(squat.tempo), squat.scheme) == (5, 185, True, ())


def test_falling_repetitions_stay_a_list() -> None:
    (bench,) = read_shorthand("bench 100 5-3-1").exercises
    assert [one.reps for one in bench.sets] == [5, 3, 1]


def test_amrap_in_front_of_a_set_makes_no_set_of_its_own() -> None:
    (bench,) = read_shorthand("amrap bench 60 x 22").exercises
    assert [(one.weight, one.reps) for one in bench.sets] == [(60, 22)]


def test_a_pause_at_each_repetition_is_no_side() -> None:
    (bench,) = exercises_of(read_shorthand("Bench press - 3 working sets, 6-8 reps, pause each rep"))
    assert isinstance(bench, PrescribedExercise)
    assert not bench.per_side


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("squat 800x1", ["medium"]),
        ("leg press 800x1", ["high"]),  # a sled on rails
        ("bench 225 x 5 lb", ["low"]),  # the unit may belong to either number
        ("raises 3x12", ["medium"]),  # a family of exercises
        ("Plan\nDay 1\nsquat 3x5\n20 minutes of 5 rounds\nbench 3x8", ["high", "medium"]),  # sets beside rounds
    ],
)
def test_how_sure(text: str, levels: list[str]) -> None:
    assert [exercise.confidence for exercise in exercises_of(read_shorthand(text))] == levels


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("Plan\nDay 1\nsquat 3x5\n???? 3x8\nbench 3x8", ["???? 3x8"]),
        ("bench 100", ["bench 100"]),
    ],
)
def test_what_carries_training_and_is_not_read_is_shown(text: str, unread: list[str]) -> None:
    assert [line.text for line in read_shorthand(text).unread] == unread


def test_a_superset_on_a_line_of_its_own_opens_no_day() -> None:
    reading = read_shorthand("Day 1\nsquat 3x5\nSuperset:\nbench 3x8\nrow 3x8")
    (day,) = reading.days
    assert [bool(exercise.superset) for exercise in day.exercises] == [False, True, True]


def test_rounds_of_a_giant_set_hold_for_all_of_it() -> None:
    found = exercises_of(read_shorthand("Giant set x3: pushups 10, dips 10, plank 30s"))
    assert [exercise.sets for exercise in found] == [3, 3, 3]
    assert len({exercise.superset for exercise in found if isinstance(exercise, PrescribedExercise)}) == 1


@pytest.mark.parametrize(
    "line", ["blorbed the wagon 40 back and forth 3", "leg press quattro serie da otto", "20 minutes of 5 rounds"]
)
def test_a_line_between_exercises_does_not_vanish(line: str) -> None:
    reading = read_shorthand(f"Day 1\nsquat 3x5\nbench 3x8\n{line}")
    assert [(one.line, one.text) for one in reading.unread] == [(4, line)]
    assert len(exercises_of(reading)) == 2


def test_talk_between_exercises_is_not_shown() -> None:
    assert read_shorthand("bench 80x8\nleg press was taken\nslept 8 hours, 2 coffees").unread == ()


@pytest.mark.parametrize("line", ["same but 8 reps", "same weight 7 reps"])
def test_the_same_again_has_the_load_above(line: str) -> None:
    (bench,) = read_shorthand(f"bench 80x9\n{line}").exercises
    assert [one.weight for one in bench.sets] == [80, 80]
    assert bench.confidence is Confidence.MEDIUM


def test_what_is_beyond_the_longest_text_is_shown() -> None:
    reading = read_shorthand("bench 80x8\n" * 6000)
    assert reading.unread[-1].line == 65_536 // 11 + 1


@pytest.mark.parametrize(
    "text",
    [
        "bench 80x8 zorb 5",  # a word that may say what the number counts
        "bench (seat 4, 30 degrees) 80x8",
        "bench 80x8x3x4",  # four factors
        "bench 0x8 @ 0kg",
        "squat 1,000,000 x 5",
        "Treadmill 30 min @ 6% incline",
    ],
)
def test_numbers_whose_meaning_is_open_are_not_sure(text: str) -> None:
    assert all(exercise.confidence is not Confidence.HIGH for exercise in exercises_of(read_shorthand(text)))


@pytest.mark.parametrize("text", ["treadmill 30 min @ 6% incline", "treadmill 6% incline 30 min"])
def test_a_slope_is_no_percent_and_names_nothing(text: str) -> None:
    (run,) = read_shorthand(text).exercises
    assert [one.seconds for one in run.sets] == [1800]


def test_drop_sets_are_counted() -> None:
    (fly,) = exercises_of(read_shorthand("Cable flys, 2 drop sets to failure"))
    assert fly.sets == 2


def test_a_list_of_loads_is_no_million() -> None:
    (press,) = read_shorthand("leg press 100,105,110 x 10").exercises
    assert [one.weight for one in press.sets] == [100, 105, 110]


@pytest.mark.parametrize("text", ["bench 80x8, seat 4", "bench 80x8 #3", "bench press 80 for 8 felt 9"])
def test_a_number_that_may_count_something_else_is_not_sure(text: str) -> None:
    (exercise,) = exercises_of(read_shorthand(text))
    assert exercise.confidence is Confidence.MEDIUM


@pytest.mark.parametrize(
    "text",
    [
        "Dips 3/10",
        "squat 1.125,5 x3",
        "squat 100,000x5",
        "zercher thing 3x8 50kg",
        "bench 80 x8 x8",
        "one arm row 30kg 10/10",
        "row 1 1/4 plates x 5",
    ],
)
def test_what_can_mean_two_things_is_not_sure(text: str) -> None:
    reading = read_shorthand(text)
    found = exercises_of(reading)
    assert found
    assert all(exercise.confidence is not Confidence.HIGH for exercise in found)


@pytest.mark.parametrize(
    "text",
    [
        "pushups 50 in 4 sets",
        "leg press 4 plates each side 10 10 10",
        "bench 80x5, +5kg x5",
        "20 min emom 5 pullups 10 pushups done",
        "plank 3x60",
        "жим ногами 4/12 180кг",
        "supino 3x10 30kg de cada lado",
        "bench 8x3x80",
    ],
)
def test_figures_of_two_meanings_are_not_sure(text: str) -> None:
    found = exercises_of(read_shorthand(text))
    assert found
    assert all(exercise.confidence is not Confidence.HIGH for exercise in found)


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("15 kettlebell swings 24kg", "around the name"),
        ("Squats: 100x5, 100x5, 100x3 (bailed on rep 4)", "brackets"),
        ("Incline DB Press 30kg 12, 11, 10 (RIR 2)", "brackets"),
        ("seated calf raises 80kg 4x15, slow pause at bottom 2s", "words"),
        ("Calf raise 60kg 4x20-70", "range"),
        ("Bench 5x5 @ 100 @ 5", "effort or repetitions"),
        ("| Exercise | Heavy | Light |\n|---|---|---|\n| Squat | 3x5 100kg | 3x8 80kg |", "columns"),
    ],
)
def test_unfamiliar_shapes_are_not_sure(text: str, detail: str) -> None:
    found = exercises_of(read_shorthand(text))
    assert found
    assert all(exercise.confidence is not Confidence.HIGH for exercise in found)
    assert ("unfamiliar", detail) in [(doubt.kind, doubt.detail) for one in found for doubt in one.doubts]


def test_an_unknown_word_in_front_of_a_name_makes_it_doubtful() -> None:
    found = exercises_of(read_shorthand("wobbly dips 3x8"))
    assert all(exercise.confidence is not Confidence.HIGH for exercise in found)


@pytest.mark.parametrize(
    "text", ["bench 80x8, 80x8, 80x7", "squat 3x5 @ 100kg", "10 km run", "plank 3x45s", "OHP 40kg 5/5/4"]
)
def test_familiar_shapes_stay_sure(text: str) -> None:
    found = exercises_of(read_shorthand(text))
    assert [(doubt.kind, doubt.detail) for one in found for doubt in one.doubts if doubt.kind == "unfamiliar"] == []
    assert not any(doubt.detail == "word in front" for one in found for doubt in one.doubts)
