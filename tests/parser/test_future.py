"""What is still to be done is a plan in every language, and no part of a log."""

from __future__ import annotations

import pytest

from parser import ReadingContext, read_shorthand, speaks_of_future

PLANS = [
    "tomorrow squat 300x5",
    "squat 100x5 tomorrow",
    "gonna hit 140x3 on squat tomorrow",
    "will squat 100x5",
    "planned: bench 100x5",
    "aiming for 100x5 on bench",
    "завтра присед 100х5",
    "буду приседать 100х5",
    "на следующей неделе жим 100х5",
    "mañana sentadilla 100x5",
    "voy a hacer sentadilla 100x5",
    "morgen Kniebeuge 100x5",
    "geplant: Bankdrücken 80x5",
    "amanhã agachamento 100x5",
    "vou fazer supino 80x5",
    "demain squat 100x5",
    "je vais faire squat 100x5",
]


@pytest.mark.parametrize("text", PLANS)
def test_a_load_that_is_still_to_be_lifted_is_a_plan(text: str) -> None:
    assert read_shorthand(text).kind == "program"
    assert speaks_of_future(text)


def test_a_heading_of_tomorrow_holds_for_what_stands_below() -> None:
    assert read_shorthand("Tomorrow:\nsquat 100x5, 110x3\nbench 80x5").kind == "program"


@pytest.mark.parametrize(
    ("text", "logged", "unread"),
    [
        ("did bench 80x5 today, tomorrow squats", ["Barbell Bench Press"], 0),
        ("squat 100x5 done. tomorrow bench 80x5", ["Barbell Back Squat"], 1),
        ("did bench 80x5, going to squat 100x5 later", ["Barbell Bench Press"], 1),
        ("bench 80x8, want to do more next time", ["Barbell Bench Press"], 0),
    ],
)
def test_a_log_leaves_out_what_is_still_to_be_done(text: str, logged: list[str], unread: int) -> None:
    reading = read_shorthand(text, ReadingContext())
    assert reading.kind == "log"
    assert [exercise.name for exercise in reading.exercises] == logged
    assert len(reading.unread) == unread


@pytest.mark.parametrize("text", ["bench 80x8", "did 3x10 dips", "жим 80х8"])
def test_what_was_done_speaks_of_no_future(text: str) -> None:
    assert not speaks_of_future(text)
