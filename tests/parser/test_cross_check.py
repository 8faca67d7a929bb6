"""Agreement makes surer, disagreement asks, and what shorthand is sure of stands, whatever a model says."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from parser.cross_check import cross_check
from parser.evidence import read_source
from parser.needs_llm import needs_llm, unclear_lines
from parser.pipeline import read_shorthand
from parser.reading import (
    Candidate,
    Confidence,
    Day,
    Doubt,
    LoggedExercise,
    PrescribedExercise,
    Reading,
    ReadingContext,
    ReadSet,
    Scores,
    Span,
    UnreadLine,
)

HIGH, MEDIUM, LOW = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW
TEXT = "Bench 80x8\nSquat 100 5 5 5\nsome curls 12 12 with the 15s\nhome at 8"
CONTEXT = ReadingContext()


def logged(line: int, name: str, confidence: Confidence, *sets: tuple[int, int], **stated: Any) -> LoggedExercise:
    """An exercise on a line of TEXT; `sets` are (load, reps)."""
    span = read_source(TEXT).lines[line - 1].span
    key = stated.pop("key", name.lower().replace(" ", "-"))
    done = tuple(ReadSet(Decimal(load), reps=reps) for load, reps in sets)
    scores = Scores(1.0, 1.0)
    return LoggedExercise(
        TEXT[span.start : span.end], span, line, name, key, sets=done, confidence=confidence, scores=scores, **stated
    )


def planned(line: int, name: str, confidence: Confidence, sets: int, reps: int, **stated: Any) -> PrescribedExercise:
    span = read_source(TEXT).lines[line - 1].span
    key = name.lower().replace(" ", "-")
    scores = Scores(1.0, 1.0)
    return PrescribedExercise(
        "",
        span,
        line,
        name,
        key,
        sets=sets,
        reps_min=reps,
        reps_max=reps,
        confidence=confidence,
        scores=scores,
        **stated,
    )


def log(*exercises: LoggedExercise, **stated: Any) -> Reading:
    return Reading("log", exercises=exercises, **stated)


def of_model(*exercises: LoggedExercise) -> Reading:
    return log(*(replace(exercise, reader="llm") for exercise in exercises), reader="llm")


BENCH = logged(1, "Bench Press", HIGH, (80, 8))
NUMBERS = (Doubt("numbers", "shaky"),)
SQUAT_LOW = logged(2, "Back Squat", LOW, (100, 5), (100, 5), (100, 5), doubts=NUMBERS)
SQUAT_MEDIUM = replace(SQUAT_LOW, confidence=MEDIUM)


def check(shorthand: Reading, llm: Reading) -> Reading:
    return cross_check(shorthand, llm, TEXT, CONTEXT)


@pytest.mark.parametrize(("own", "after"), [(SQUAT_LOW, MEDIUM), (SQUAT_MEDIUM, HIGH)])
def test_agreement_makes_one_step_surer(own: LoggedExercise, after: Confidence) -> None:
    (bench, squat) = check(log(BENCH, own), of_model(SQUAT_MEDIUM)).exercises
    assert bench == BENCH
    assert (squat.confidence, squat.reader, squat.sets) == (after, "both", own.sets)


@pytest.mark.parametrize(
    "doubt",
    [Doubt("order", "10x10x3"), Doubt("unit", "none"), Doubt("name", "generic")],
)
def test_agreement_settles_nothing_that_only_the_user_knows(doubt: Doubt) -> None:
    own = replace(SQUAT_MEDIUM, doubts=(doubt,))
    (squat,) = check(log(own), of_model(SQUAT_MEDIUM)).exercises
    assert (squat.confidence, squat.doubts) == (MEDIUM, (doubt,))


def test_agreement_with_half_grounded_numbers_is_none() -> None:
    shorthand = log(SQUAT_LOW)
    assert check(shorthand, of_model(SQUAT_LOW)) == shorthand


def test_numbers_that_shorthand_doubts_give_way_to_numbers_that_use_all_figures() -> None:
    theirs = logged(2, "Back Squat", MEDIUM, (100, 5), (100, 5))
    (squat,) = check(log(SQUAT_LOW), of_model(theirs)).exercises
    assert (squat.confidence, len(squat.sets), squat.reader) == (LOW, 2, "llm")


def test_disagreement_asks_with_both_readings() -> None:
    theirs = logged(2, "Back Squat", MEDIUM, (100, 5), (100, 5))
    (squat,) = check(log(SQUAT_MEDIUM), of_model(theirs)).exercises
    assert (squat.confidence, squat.sets) == (LOW, SQUAT_MEDIUM.sets)
    assert squat.doubts[-1] == Doubt("readers", "numbers", ("Back Squat: 3x5 100", "Back Squat: 2x5 100"))


def test_disagreement_about_the_name_asks_too() -> None:
    theirs = replace(SQUAT_MEDIUM, name="Front Squat", key="front-squat")
    (squat,) = check(log(SQUAT_MEDIUM), of_model(theirs)).exercises
    assert (squat.confidence, squat.key) == (LOW, "back-squat")
    assert (squat.doubts[-1].kind, squat.doubts[-1].detail) == ("readers", "name")


def test_what_shorthand_is_sure_of_cannot_be_changed() -> None:
    shorthand = log(BENCH, replace(SQUAT_MEDIUM, confidence=HIGH, doubts=()))
    liars = [
        logged(1, "Bench Press", MEDIUM, (500, 1)),
        logged(1, "Deadlift", MEDIUM, (80, 8)),
        logged(2, "Back Squat", MEDIUM, (100, 50)),
        logged(3, "Curl", MEDIUM, (15, 12), (15, 12)),
    ]
    assert check(shorthand, of_model(*liars)) == shorthand


def test_no_exercise_is_added_beside_one_that_is_sure() -> None:
    shorthand = log(BENCH, unread=(UnreadLine(1, "Bench 80x8"),))
    assert check(shorthand, of_model(logged(1, "Row", MEDIUM, (80, 8)))) == shorthand


def test_a_line_that_was_unread_is_filled_in_at_most_at_medium() -> None:
    unread = (UnreadLine(3, "some curls 12 12 with the 15s"), UnreadLine(4, "home at 8"))
    curls = logged(3, "Curl", HIGH, (15, 12), (15, 12))
    reading = check(log(BENCH, SQUAT_MEDIUM, unread=unread), of_model(curls))
    assert [exercise.name for exercise in reading.exercises] == ["Bench Press", "Back Squat", "Curl"]
    assert (reading.exercises[2].confidence, reading.exercises[2].reader) == (MEDIUM, "llm")
    assert (reading.unread, reading.reader) == ((unread[1],), "both")


@pytest.mark.parametrize(
    ("doubt", "is_added"),
    [
        (Doubt("numbers", "not_in_text: reps 9"), False),
        (Doubt("unused", "2 figures"), False),
        (Doubt("figures", "none"), False),
        (Doubt("name", "unknown"), True),
        (Doubt("numbers", "heavy"), True),
    ],
)
@pytest.mark.parametrize("kind", ["log", "other"])
def test_an_unread_line_is_better_than_half_a_reading(kind: Any, doubt: Doubt, is_added: bool) -> None:
    shorthand = Reading(kind, unread=(UnreadLine(3, "some curls 12 12 with the 15s"),))
    reading = check(shorthand, of_model(logged(3, "Curl", LOW, (15, 12), (15, 12), doubts=(doubt,))))
    assert (len(reading.exercises), len(reading.unread)) == ((1, 0) if is_added else (0, 1))


def unknown(line: int, name: str, confidence: Confidence = LOW) -> PrescribedExercise:
    named = planned(line, name, confidence, 5, 5, doubts=(Doubt("name", "unknown"),))
    return replace(named, key=None, reader="llm")


@pytest.mark.parametrize(
    "text",
    [
        "Plan 5x5 (A/B alternos)\nA: Sentadilla 5x5, Press banca 5x5\nB: Sentadilla 5x5, Peso muerto 1x5",
        "Novice plan, 5x5 for all\nDay 1\nSquat 5x5\nBench press 5x5\nDay 2\nDeadlift 1x5",
    ],
)
def test_a_title_that_was_unread_does_not_become_an_exercise(text: str) -> None:
    shorthand = read_shorthand(text)
    title = replace(unknown(1, text.split()[0]), span=Span(0, text.index("\n")))
    unread = replace(shorthand, unread=(UnreadLine(1, text.split("\n")[0]),))
    llm = Reading("program", days=(Day(exercises=(title,)),), reader="llm")
    assert shorthand.kind == "program"
    assert cross_check(unread, llm, text, CONTEXT) == unread


def test_the_name_of_a_day_does_not_become_an_exercise_even_where_it_is_one() -> None:
    text = "Day 1\nRow 5x5\nBench day 2\nSquat 5x5"
    rows, squats = planned(2, "Row", HIGH, 5, 5), planned(4, "Squat", HIGH, 5, 5)
    days = (Day("Day 1", exercises=(rows,)), Day("Bench day 2", exercises=(squats,)))
    shorthand = Reading("program", days=days, unread=(UnreadLine(3, "Bench day 2"),))
    heading = read_source(text).lines[2].span
    theirs = replace(planned(3, "Bench Press", MEDIUM, 2, 5), span=heading)
    own = [replace(e, span=read_source(text).lines[e.line - 1].span) for e in (rows, squats)]
    shorthand = replace(shorthand, days=tuple(replace(day, exercises=(e,)) for day, e in zip(days, own, strict=True)))
    llm = Reading("program", days=(Day(exercises=(theirs,)),), reader="llm")
    assert cross_check(shorthand, llm, text, CONTEXT) == shorthand


def test_an_unknown_name_that_only_a_model_read_is_asked_about() -> None:
    shorthand = log(BENCH, unread=(UnreadLine(3, ""),))
    theirs = replace(logged(3, "Flarp", HIGH, (15, 12), (15, 12)), key=None)
    assert [(e.name, e.confidence) for e in check(shorthand, of_model(theirs)).exercises[1:]] == [("Flarp", LOW)]


def test_a_line_that_nobody_asked_about_stays_what_it_was() -> None:
    shorthand = log(BENCH, SQUAT_MEDIUM)
    assert check(shorthand, of_model(logged(4, "Home", MEDIUM, (8, 8)))) == shorthand


def test_a_log_stays_a_log() -> None:
    shorthand = log(BENCH, unread=(UnreadLine(3, ""),))
    program = Reading("program", days=(Day("Day 1", exercises=(planned(3, "Curl", MEDIUM, 3, 12),)),), reader="llm")
    assert check(shorthand, program) == shorthand


@pytest.mark.parametrize("intent", ["question", "greeting"])
def test_what_is_surely_no_training_stays_none(intent: Any) -> None:
    shorthand = Reading("other", intent=intent)
    assert check(shorthand, of_model(BENCH)) == shorthand


def test_a_line_of_talk_without_figures_of_training_stays_talk() -> None:
    shorthand = Reading("other", intent="chatter")
    assert check(shorthand, of_model(logged(4, "Home", MEDIUM, (8, 8)))) == shorthand


def test_talk_that_a_model_reads_as_training_is_asked_about() -> None:
    reading = check(Reading("other", intent="chatter"), of_model(BENCH))
    assert [(e.name, e.confidence) for e in reading.exercises] == [(BENCH.name, LOW)]


@pytest.mark.parametrize("intent", ["question", "greeting"])
def test_a_question_with_a_line_left_open_stays_a_question(intent: Any) -> None:
    shorthand = Reading("other", intent=intent, unread=(UnreadLine(1, "Bench 80x8"),))
    assert check(shorthand, of_model(BENCH)) == shorthand


def test_training_that_only_the_model_saw_is_asked_about() -> None:
    unread = (UnreadLine(1, "Bench 80x8"), UnreadLine(4, "home at 8"))
    reading = check(Reading("other", intent="chatter", unread=unread), of_model(replace(BENCH, confidence=MEDIUM)))
    assert (reading.kind, reading.reader, reading.unread) == ("log", "llm", (unread[1],))
    assert [(e.confidence, e.doubts[-1].kind) for e in reading.exercises] == [(LOW, "kind")]


def test_a_name_without_figures_gets_those_the_model_found() -> None:
    bare = logged(3, "Curl", LOW, doubts=(Doubt("figures", "none"),))
    found = logged(3, "Curl", MEDIUM, (15, 12), (15, 12))
    (curl,) = check(log(bare), of_model(found)).exercises
    assert (curl.sets[0].reps, len(curl.sets), curl.confidence, curl.reader) == (12, 2, MEDIUM, "llm")
    other = replace(found, key="hammer-curl", name="Hammer Curl")
    (curl,) = check(log(bare), of_model(other)).exercises
    assert (curl.name, curl.confidence) == ("Curl", LOW)


def test_what_the_model_takes_an_unknown_name_for_is_offered() -> None:
    own = logged(3, "some curls", LOW, (15, 12), (15, 12), key=None, doubts=(Doubt("name", "unknown"),))
    candidate = Candidate("curl", "Curl", 0.9)
    theirs = logged(3, "Curl", LOW, (15, 12), (15, 12), candidates=(candidate,))
    (curl,) = check(log(own), of_model(theirs)).exercises
    assert (curl.key, curl.name, curl.confidence, curl.candidates) == (None, "some curls", LOW, (candidate,))


def test_a_guess_gives_way_to_a_reading_that_explains_its_line_and_is_asked_about() -> None:
    guesses = (
        logged(3, "with", LOW, (12, 12), key=None, doubts=(Doubt("name", "none"),)),
        logged(3, "the", LOW, (15, 1), key=None, doubts=(Doubt("name", "none"), Doubt("unused", "12"))),
    )
    reading = check(log(BENCH, *guesses), of_model(logged(3, "Curl", MEDIUM, (15, 12), (15, 12))))
    assert [(e.name, e.confidence, e.reader) for e in reading.exercises[1:]] == [("Curl", LOW, "llm")]
    options = ("Curl: 2x12 15", "with: 1x12 12 + the: 1x1 15")
    assert reading.exercises[1].doubts[-1] == Doubt("readers", "model_first", options)


@pytest.mark.parametrize(
    "own",
    [
        replace(SQUAT_LOW, doubts=(Doubt("order", "10x10x3"),)),
        replace(SQUAT_LOW, key="front-squat", name="Front Squat"),
        SQUAT_MEDIUM,
    ],
)
def test_what_is_more_than_a_guess_stays_in_front(own: LoggedExercise) -> None:
    theirs = logged(2, "Back Squat", MEDIUM, (100, 5), (100, 5))
    (squat,) = check(log(own), of_model(theirs)).exercises
    assert (squat.sets, squat.key, squat.confidence) == (own.sets, own.key, LOW)


def test_two_exercises_on_a_line_are_compared_by_name() -> None:
    own = (SQUAT_MEDIUM, logged(2, "Lunge", MEDIUM, (100, 5), doubts=NUMBERS))
    theirs = (logged(2, "Lunge", MEDIUM, (100, 5)), SQUAT_MEDIUM, logged(2, "Row", MEDIUM, (100, 5)))
    reading = check(log(*own), of_model(*theirs))
    assert [(e.name, e.confidence) for e in reading.exercises] == [("Back Squat", HIGH), ("Lunge", HIGH)]


def test_a_new_prescription_goes_into_the_day_in_which_it_stands() -> None:
    push = Day("Push", exercises=(planned(1, "Bench Press", HIGH, 3, 8),))
    pull = Day("Pull", exercises=(planned(4, "Row", HIGH, 3, 8),))
    unread = (UnreadLine(2, ""), UnreadLine(3, ""))
    shorthand = Reading("program", days=(push, pull), unread=unread)
    new = Day(exercises=(planned(2, "Dip", MEDIUM, 3, 8), planned(3, "Fly", MEDIUM, 3, 12)))
    reading = check(shorthand, Reading("program", days=(new,), reader="llm"))
    assert [[e.name for e in day.exercises] for day in reading.days] == [["Bench Press", "Dip", "Fly"], ["Row"]]
    assert reading.unread == ()


def test_prescriptions_agree_and_disagree_as_sets_do() -> None:
    own = planned(2, "Back Squat", MEDIUM, 5, 5, doubts=NUMBERS)
    shorthand = Reading("program", days=(Day("Legs", exercises=(own,)),))
    for theirs, after in (
        (planned(2, "Back Squat", MEDIUM, 5, 5), HIGH),
        (planned(2, "Back Squat", MEDIUM, 5, 3), LOW),
    ):
        reading = check(shorthand, Reading("program", days=(Day(exercises=(theirs,)),), reader="llm"))
        assert [(e.confidence, e.reps_min) for e in reading.prescribed] == [(after, 5)]


def test_a_program_without_days_takes_new_prescriptions() -> None:
    shorthand = Reading("program", unread=(UnreadLine(3, ""),))
    new = Day(exercises=(planned(3, "Curl", MEDIUM, 3, 12),))
    reading = check(shorthand, Reading("program", days=(new,), reader="llm"))
    assert [e.name for e in reading.prescribed] == ["Curl"]


# A reading, whether a model is asked about it, and about which lines.
NEEDS = [
    (log(BENCH), False, ()),
    (log(BENCH, SQUAT_LOW), True, (2,)),
    (log(BENCH, SQUAT_MEDIUM), True, (2,)),
    (log(BENCH, unread=(UnreadLine(4, "home at 8"),)), True, (4,)),
    (log(replace(SQUAT_LOW, doubts=(Doubt("order", "10x10x3"),))), False, ()),
    (log(replace(SQUAT_LOW, doubts=(Doubt("unit", "none"),))), False, ()),
    (log(replace(SQUAT_MEDIUM, doubts=(Doubt("name", "generic"),))), False, ()),
    (log(replace(SQUAT_MEDIUM, key=None, doubts=(Doubt("name", "unknown"),))), True, (2,)),
    (Reading("other", intent="question"), False, ()),
    (Reading("other", intent="chatter"), False, (1, 2, 3)),
    (Reading("other", intent="greeting", unread=(UnreadLine(2, ""),)), False, (2,)),
    (Reading("other", intent="chatter", unread=(UnreadLine(2, ""),)), True, (2,)),
    (Reading("other"), True, (1, 2, 3, 4)),
]


@pytest.mark.parametrize(("reading", "needed", "lines"), NEEDS)
def test_a_model_is_asked_where_it_could_help_and_only_about_that(
    reading: Reading, needed: bool, lines: tuple[int, ...]
) -> None:
    assert (needs_llm(reading), unclear_lines(read_source(TEXT), reading)) == (needed, lines)


# Talk in which shorthand found nothing, and whether it may be training all the same.
TALK = [
    ("ho fatto panca piana 80 chili per otto, tre serie", True),
    ("oggi la panca, 80 chili in 3 serie", True),
    ("dzisiaj 5 serii po 60 kg", True),
    ("idag körde jag squat med 100, fem gånger", True),
    ("wczoraj 80x8", True),
    ("New shoes arrived, $120 but worth it", False),
    ("gym closed today, will train tomorrow at 6", False),
    ("ci vediamo alle 18:30?", False),
    ("feeling strong, the bench went well", False),
    ("weighed 81.3 kg this morning", False),
]


@pytest.mark.parametrize(("text", "needed"), TALK)
def test_talk_with_figures_of_training_is_shown_to_a_model(text: str, needed: bool) -> None:
    talk = Reading("other", intent="chatter")
    assert (needs_llm(talk, text), unclear_lines(read_source(text), talk)) == (needed, (1,) if needed else ())


def test_of_talk_only_the_lines_with_figures_of_training_are_sent() -> None:
    text = "ciao a tutti, bella giornata\nho fatto panca piana 80 chili per otto, tre serie\npoi a casa alle 8"
    reading = read_shorthand(text)
    assert reading.kind == "other"
    assert needs_llm(reading, text)
    assert unclear_lines(read_source(text), reading) == (2,)


def test_questions_and_greetings_are_never_sent() -> None:
    for intent in ("question", "greeting"):
        assert not needs_llm(Reading("other", intent=intent), "is bench 100 kg x 5 good after 3 months")


def test_an_exercise_over_several_lines_is_asked_about_whole() -> None:
    whole = replace(SQUAT_LOW, span=Span(SQUAT_LOW.span.start, len(TEXT)))
    assert unclear_lines(read_source(TEXT), log(whole)) == (2, 3, 4)
