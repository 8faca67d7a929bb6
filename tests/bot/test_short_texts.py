"""Texts that say only half: figures without a name, a name without figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.usecases.short_texts import done_instead_of_planned, read_text
from parser import Candidate, Confidence, Habits, LoggedExercise, ReadingContext, read_shorthand
from tests.bot.conftest import Chat
from tests.bot.stored import stored

BENCH = Candidate("barbell-bench-press", "Barbell Bench Press", 1.0)
PLANK = Candidate("plank", "Plank", 1.0)


def context(current: Candidate | None = None, **loads: str) -> ReadingContext:
    habits = Habits(None, {key.replace("_", "-"): Decimal(load) for key, load in loads.items()})
    return ReadingContext(current=current, today=date(2026, 11, 21), habits=habits)


def only(text: str, where: ReadingContext) -> LoggedExercise:
    reading = read_text(text, where)
    assert reading.kind == "log"
    (exercise,) = reading.exercises
    return exercise


@pytest.mark.parametrize(
    ("text", "sets"),
    [
        ("80x8", [(80, 8)]),
        ("80 kg x 8", [(80, 8)]),
        ("90x3x3", [(90, 3)] * 3),
        ("82.5kg 8 8 7", [(Decimal("82.5"), 8), (Decimal("82.5"), 8), (Decimal("82.5"), 7)]),
    ],
)
def test_bare_figures_belong_to_the_exercise_under_way(text: str, sets: list[tuple[Decimal, int]]) -> None:
    exercise = only(text, context(BENCH, barbell_bench_press="80"))
    assert (exercise.key, exercise.confidence) == (BENCH.key, Confidence.HIGH)
    assert [(one.weight, one.reps) for one in exercise.sets] == sets
    assert all(0 <= one.span.start < one.span.end <= len(text) for one in exercise.sets)


def test_bare_figures_without_an_exercise_keep_their_figures_and_no_name() -> None:
    exercise = only("80x8", context())
    assert (exercise.key, exercise.confidence) == (None, Confidence.LOW)
    assert [(one.weight, one.reps) for one in exercise.sets] == [(80, 8)]


def test_a_time_belongs_to_a_hold() -> None:
    (held,) = only("1:45", context(PLANK)).sets
    assert (held.seconds, held.weight) == (105, None)


def test_repetitions_without_a_load_are_not_sure_where_there_was_one() -> None:
    assert only("3x10", context(BENCH, barbell_bench_press="80")).confidence is Confidence.LOW


@pytest.mark.parametrize("text", ["bench", "Bench:", "bench 80x", "bench 80 kg x "])
def test_a_name_without_figures_is_asked_for_them(text: str) -> None:
    exercise = only(text, context())
    assert exercise.key == BENCH.key
    assert all(one.reps is None for one in exercise.sets)
    assert [doubt.kind for doubt in exercise.doubts] == ["figures"]


def test_a_cut_off_load_is_kept() -> None:
    assert [one.weight for one in only("bench 82,5x", context()).sets] == [Decimal("82.5")]


@pytest.mark.parametrize("text", ["bench?", "hello", "how much should I bench", "nice", "foo 12 bar", "", "🙂"])
def test_what_is_neither_stays_something_else(text: str) -> None:
    assert read_text(text, context()).kind == "other"


@pytest.mark.parametrize("text", ["yesterday bench 80x8", "вчера жим лежа 80х8", "gestern Bankdrücken 80x8"])
def test_yesterday_is_a_date(text: str) -> None:
    assert read_text(text, context()).date == date(2026, 11, 20)


def test_a_line_that_looks_like_a_plan_can_be_read_as_done() -> None:
    text = "bench 3x10"
    done = done_instead_of_planned(text, read_shorthand(text, context()), context())
    assert done is not None
    (exercise,) = done.exercises
    assert [one.reps for one in exercise.sets] == [10, 10, 10]
    assert exercise.span.end <= len(text)


def test_two_lines_of_a_plan_are_a_plan() -> None:
    text = "bench 3x10\nsquat 3x10"
    assert done_instead_of_planned(text, read_shorthand(text, context()), context()) is None


@pytest.mark.parametrize(
    "text",
    [
        "tomorrow squat 300x5",
        "gonna hit 300x5 on squat tomorrow",
        "завтра присед 300х5",
        "mañana sentadilla 300x5",
        "morgen Kniebeuge 300x5",
        "amanhã agachamento 300x5",
        "demain squat 300x5",
    ],
)
async def test_what_is_planned_is_never_logged_unasked(chat: Chat, text: str) -> None:
    await chat.say("bench 80x8")
    await chat.say(text)
    assert await stored(chat) == [("Barbell Bench Press", [(80, "kg", 8)])]
