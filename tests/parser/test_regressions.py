"""Texts of kinds that were once read wrongly: each stands for a class, told by `tests/corpus/regressions.jsonl`."""

from __future__ import annotations

from pathlib import Path

import pytest

from parser import Confidence, Reading, ReadingContext, read_shorthand
from parser.scoring import load_corpus, score_records

CORPUS = Path(__file__).parents[1] / "corpus" / "regressions.jsonl"


def read(text: str, language: str = "en") -> Reading:
    return read_shorthand(text, ReadingContext(language=language))


@pytest.mark.parametrize("record", load_corpus(CORPUS), ids=lambda record: str(record["id"]))
def test_the_class_is_read(record: dict[str, object]) -> None:
    assert score_records([record]).wrong == []


def test_three_open_numbers_are_a_log_whose_order_is_asked_about() -> None:
    reading = read("incline db press 10x10x3")
    assert reading.kind == "log"
    (exercise,) = reading.exercises
    assert exercise.confidence is Confidence.LOW
    (doubt,) = [doubt for doubt in exercise.doubts if doubt.kind == "order"]
    assert set(doubt.options) == {"weight_reps_sets", "sets_reps_weight", "weight_sets_reps"}


@pytest.mark.parametrize(
    "text", ["bench 80x", "bench 3x", "жим 80х", "the usual but heavier", "как обычно, но тяжелее"]
)
def test_half_texts_are_shown_as_unread(text: str) -> None:
    reading = read(text)
    assert reading.kind in ("log", "other")
    assert reading.exercises == ()
    assert [line.text for line in reading.unread] == [text]


def test_a_reference_in_a_program_is_unread() -> None:
    reading = read("Day 1\nsquat 3x5\nsomething heavy for the back, as usual but heavier")
    assert [line.line for line in reading.unread] == [3]


def test_an_unknown_word_beside_a_known_name_is_never_dropped() -> None:
    (exercise,) = read("zercher flop 50x8").exercises
    assert (exercise.name, exercise.key, exercise.confidence) == ("Zercher Flop", None, Confidence.LOW)
    assert [candidate.key for candidate in exercise.candidates] == ["zercher-squat"]


@pytest.mark.parametrize("name", ["Zercher wobble press", "Larsen wobble press", "sumo blarg squat"])
def test_an_unknown_word_between_names_makes_another_exercise(name: str) -> None:
    (exercise,) = read(f"{name} 80kg x8").exercises
    assert (exercise.name, exercise.key, exercise.confidence) == (name.title(), None, Confidence.LOW)


@pytest.mark.parametrize(
    ("text", "key"),
    [("benhc press 80x8", "barbell-bench-press"), ("rdl deadlift 100x5", "romanian-deadlift")],
)
def test_words_of_the_full_name_behind_the_short_one_are_no_other_exercise(text: str, key: str) -> None:
    (exercise,) = read(text).exercises
    assert (exercise.key, exercise.confidence) == (key, Confidence.HIGH)


@pytest.mark.parametrize("text", ["zercher press 60x8", "squats pull ups 3x10"])
def test_a_name_right_behind_another_is_not_sure(text: str) -> None:
    reading = read(text)
    named = [*reading.exercises, *reading.prescribed]
    assert len(named) == 2
    assert all(one.confidence is not Confidence.HIGH for one in named)


def test_exercises_that_are_not_alike_are_not_offered() -> None:
    (day,) = read("Gorilla flarps 3x10").days
    (exercise,) = day.exercises
    assert (exercise.name, exercise.key, exercise.candidates) == ("Gorilla Flarps", None, ())


@pytest.mark.parametrize(
    "text",
    [
        "air squats 100 total, 4 sets of 25",
        "150 on deadlift for a triple. did 110x5 and 130x5 before that",
        "front squats: 100kg x 2, 2, 2 (15s between), 105kg x 2, 2, 1 (same)",
        "Overhead press 40x5, 5h",
    ],
)
def test_a_figure_that_no_set_explains_costs_the_confidence(text: str) -> None:
    reading = read(text)
    assert reading.exercises
    assert all(exercise.confidence is not Confidence.HIGH for exercise in reading.exercises)


@pytest.mark.parametrize("text", ["RIR stuff: db bench 75s 3x9", "coffee, then bench 80x8", "partner: bench 80x8"])
def test_talk_is_no_misspelled_exercise(text: str) -> None:
    assert len(read(text).exercises) == 1
