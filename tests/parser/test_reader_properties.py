"""Properties of reading that hold for any text."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parser import (
    Amendment,
    LoggedExercise,
    Reading,
    ReadingContext,
    ReadSet,
    Span,
    UnreadLine,
    Vocabulary,
    parse_amendment,
    parse_follow_up,
    read_shorthand,
    reading_from_json,
    reading_to_json,
)
from parser.normalise import normalise
from parser.pipeline import read_in_stages
from parser.render import render_reading
from parser.scoring import load_corpus

CORPUS = Path(__file__).parents[1] / "corpus"
PIECES = [
    "bench", "squat", "жим лежа", "3x8", "80kg", "80x8", "@8", "RPE", "Day 1",
    "Week 2:", "rest 60s", "\n", " ", ", ", "- ", "| ", "5+", "85%",
    "to", "each side", "AMRAP", "1:30", "5k", "2 plates", "bw+10", "x", "×",
    "½", "\u200b", "tempo 3-1-1-0", "12/10/8", "sorry", "?", "(", ")", "#",
    "**", "\t", "then", "and", "superset", "3 rounds:", "one hundred", "🔥", "0",
    "-20",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_reading_never_raises_and_spans_lie_in_the_text(text: str) -> None:
    reading, _ = read_in_stages(text, ReadingContext())
    for exercise in (*reading.exercises, *reading.prescribed):
        assert 0 <= exercise.span.start <= exercise.span.end <= len(text)
        assert text[exercise.span.start : exercise.span.end] == exercise.raw
    for exercise in reading.exercises:
        assert all(0 <= one.span.start <= one.span.end <= len(text) for one in exercise.sets)


@pytest.mark.parametrize(
    "text",
    [
        "Sq row 3x12. us 5x5 1g, bench 0kg, row 3x12. Rest 2 min",
        "incline bench 3x8@60 la 3x8d@e bench 60 last set only goDt 6",
        "bench 3x8\n, 8 &",
    ],
)
def test_texts_that_a_stage_once_stumbled_over(text: str) -> None:
    read_in_stages(text, ReadingContext())


def test_what_a_stage_stumbles_over_is_unread_and_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object) -> NoReturn:
        raise IndexError

    monkeypatch.setattr("parser.pipeline.decide_kind", stumble)
    reading = read_shorthand("bench 80x8\n\nsquat 100x5")
    assert (reading.kind, reading.exercises) == ("other", ())
    assert reading.unread == (UnreadLine(1, "bench 80x8"), UnreadLine(3, "squat 100x5"))


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_short_answers_never_raise(text: str) -> None:
    follow_up, amendment = parse_follow_up(text), parse_amendment(text)
    assert follow_up is None or follow_up.times >= 1
    assert amendment is None or amendment != Amendment(is_explicit=amendment.is_explicit)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_readings_survive_json(text: str) -> None:
    reading = read_shorthand(text)
    assert reading_from_json(json.loads(json.dumps(reading_to_json(reading)))) == reading


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_every_kept_character_points_to_its_origin(text: str) -> None:
    plain = normalise(text)
    assert len(plain.origins) == len(plain.text) + 1
    assert list(plain.origins) == sorted(plain.origins)
    assert plain.origins[-1] == len(text)


WORDS_FOR_NUMBERS = ("plate", "bar", "eighty", "сто", "disc", "stack", "single")


def test_every_weight_stands_in_the_text() -> None:
    for record in load_corpus(CORPUS / "logs.jsonl"):
        text = normalise(record["text"]).text.replace(",", ".")
        if any(word in text.casefold() for word in WORDS_FOR_NUMBERS):
            continue
        for exercise in read_shorthand(record["text"], ReadingContext(language=record["lang"])).exercises:
            for one in exercise.sets:
                assert one.weight is None or f"{one.weight.normalize():f}" in text, record["id"]


@pytest.mark.parametrize("name", ["logs.jsonl", "programs.jsonl", "adversarial.jsonl"])
def test_unread_lines_are_lines_of_the_text(name: str) -> None:
    for record in load_corpus(CORPUS / name):
        lines = normalise(record["text"]).text.split("\n")
        for line in read_shorthand(record["text"], ReadingContext(language=record["lang"])).unread:
            assert normalise(line.text).text.strip() in lines[line.line - 1], record["id"]


NAMES = sorted(
    exercise.name
    for exercise in Vocabulary.library().exercises.values()
    if exercise.measure == "weight_reps" and not exercise.is_bodyweight
)
WEIGHTS = st.decimals(Decimal(20), Decimal(300), places=1).map(lambda w: (w * 2).to_integral_value() / 2)
SETS = st.builds(
    lambda weight, reps, unit, rpe: ReadSet(weight, unit, reps=reps, rpe=rpe),
    WEIGHTS,
    st.integers(1, 30),
    st.sampled_from(["kg", "lb"]),
    st.one_of(st.none(), st.sampled_from([Decimal(7), Decimal("8.5"), Decimal(10)])),
)


@given(st.sampled_from(NAMES), st.lists(SETS, min_size=1, max_size=6))
@settings(max_examples=200, deadline=None)
def test_a_log_that_is_written_out_reads_the_same(name: str, sets: list[ReadSet]) -> None:
    written = Reading("log", exercises=(LoggedExercise("", Span(0, 0), 1, name, sets=tuple(sets)),))
    (exercise,) = read_shorthand(render_reading(written)).exercises
    assert exercise.key == Vocabulary.library().resolve(name).candidates[0].key
    assert [(one.weight, one.unit, one.reps, one.rpe) for one in exercise.sets] == [
        (one.weight, one.unit, one.reps, one.rpe) for one in sets
    ]
