"""What is done with an exercise that was read: stored, stored with a mark, or asked about."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.usecases.performed import Performed
from bot.usecases.verdicts import Known, Mark, Question, Verdict, judge
from parser import Confidence, Doubt, LoggedExercise, Scores, Span

ORDERS = ("weight_reps_sets", "sets_reps_weight")


def read(confidence: Confidence = Confidence.HIGH, key: str | None = "bench", *doubts: Doubt) -> LoggedExercise:
    return LoggedExercise("bench 80x8", Span(0, 10), 1, "Bench", key, confidence=confidence, doubts=doubts)


def sets(*weights: int | None, reps: int | None = 5) -> tuple[Performed, ...]:
    return tuple(Performed(weight=None if w is None else Decimal(w), reps=reps) for w in weights)


@pytest.mark.parametrize(
    ("exercise", "performed", "best", "verdict"),
    [
        (read(), sets(80), None, Verdict()),
        (read(), sets(80), Decimal(80), Verdict()),
        (read(), sets(128), Decimal(80), Verdict()),  # exactly 1.6 times is no surprise yet
        (read(), sets(129), Decimal(80), Verdict(mark=Mark.LOAD)),
        (read(), sets(201), Decimal(80), Verdict(question=Question.LOAD)),
        (read(), sets(None), Decimal(80), Verdict(mark=Mark.NUMBERS)),  # where is the load?
        (read(), sets(80, reps=0), None, Verdict()),  # a missed lift is stored
        (read(), sets(80, reps=None), None, Verdict(question=Question.FIGURES)),  # a load alone is no set
        (read(), (), None, Verdict(question=Question.FIGURES)),
        (read(key=None), sets(80), None, Verdict(question=Question.NAME)),
        (read(Confidence.LOW, "bench", Doubt("name", "fuzzy")), sets(80), None, Verdict(question=Question.NAME)),
        (read(Confidence.LOW, "bench", Doubt("numbers", "x")), sets(80), None, Verdict(question=Question.CHECK)),
        (read(Confidence.LOW, "bench", Doubt("order", "x", ORDERS)), sets(10), None, Verdict(question=Question.ORDER)),
        (read(Confidence.MEDIUM, "bench", Doubt("name", "x")), sets(80), None, Verdict(mark=Mark.NAME)),
        (read(Confidence.MEDIUM, "bench", Doubt("numbers", "x")), sets(80), None, Verdict(mark=Mark.NUMBERS)),
        (read(), sets(*[80] * 61), None, Verdict(question=Question.CHECK)),
        (read(), sets(80, reps=10**9), None, Verdict(question=Question.CHECK)),  # would not fit its column
    ],
)
def test_what_is_not_sure_is_not_stored_as_if_it_were(
    exercise: LoggedExercise, performed: tuple[Performed, ...], best: Decimal | None, verdict: Verdict
) -> None:
    assert judge(exercise, performed, Known(best)) == verdict


HELPED = (Performed(weight=Decimal(60), reps=5, load_mode="assisted"),)


def test_assistance_is_no_load() -> None:
    assert judge(read(), HELPED, Known(Decimal(10), is_bodyweight=True)) == Verdict()


def test_nothing_helps_a_barbell() -> None:
    assert judge(read(), HELPED, Known()) == Verdict(question=Question.CHECK)


def test_a_set_without_the_load_it_always_had_is_not_sure() -> None:
    medium = read(Confidence.MEDIUM, "bench", Doubt("numbers", "no load"))
    assert judge(medium, sets(None), Known(Decimal(80))) == Verdict(question=Question.CHECK)
    assert judge(medium, sets(None), Known()).question is None, "nothing is known to be missing"
    assert judge(medium, sets(None), Known(Decimal(20), is_bodyweight=True)).question is None


def test_without_a_doubt_the_weaker_score_tells_what_to_check() -> None:
    unsure = LoggedExercise(
        "x", Span(0, 1), 1, "X", "x", confidence=Confidence.MEDIUM, scores=Scores(name=0.9, numbers=0.6)
    )
    assert judge(unsure, sets(80), Known()).mark is Mark.NUMBERS


def test_the_way_up_from_the_empty_bar_is_long() -> None:
    assert judge(read(), sets(100), Known(Decimal(20), set_today=True)) == Verdict()
    heavy = read(Confidence.MEDIUM, "bench", Doubt("numbers", "heavy"))
    assert judge(heavy, sets(800), Known(Decimal(80), set_today=True)) == Verdict(question=Question.LOAD)
