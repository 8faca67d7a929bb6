"""A number that is not in the text does not get through, in whatever notation the text has it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parser.claims import Claim, claims_of, describe, prescribed, read_sets, same_numbers
from parser.evidence import read_source
from parser.grounding import Grounding, Ledger, find_name, ground_all, ground_exercise
from parser.needs_llm import exercises_of
from parser.pipeline import read_shorthand
from parser.reading import (
    LoggedExercise,
    PrescribedExercise,
    ReadingContext,
    ReadSet,
    SchemeSet,
    Span,
    WeightUnit,
)
from parser.scoring import load_corpus


def claim(count: int = 1, reps: int | None = None, weight: Any = None, **stated: Any) -> Claim:
    decimals = {name: Decimal(str(value)) for name, value in stated.items() if name in ("rpe", "percent", "distance_m")}
    load = None if weight is None else Decimal(str(weight))
    return Claim(count=count, reps=reps, weight=load, **{**stated, **decimals})


def ground(text: str, *claims: Claim, unit: WeightUnit = "kg") -> Grounding:
    source = read_source(text)
    figures = [figure for line in source.lines for figure in line.figures]
    whole = Span(0, len(text))
    return ground_all([claims], Ledger(figures, unit=unit), whole, [])[0]


# A text, what is claimed of it, and that all of it is borne out with nothing left over.
BORNE_OUT = [
    ("bench 80x8x3", [claim(3, 8, 80)]),
    ("bench 82,5 x 8", [claim(1, 8, "82.5")]),
    ("bench 82.50kg x 8", [claim(1, 8, "82.5")]),
    ("bench 80kg 8,8,7", [claim(2, 8, 80), claim(1, 7, 80)]),
    ("80x8, 80x8, 80x8", [claim(3, 8, 80)]),
    ("40,45,50 x 10", [claim(1, 10, 40), claim(1, 10, 45), claim(1, 10, 50)]),
    ("three sets of twelve on leg press w/ 160", [claim(3, 12, 160)]),
    ("twenty five push ups", [claim(1, 25)]),
    ("one hundred and twenty kilos for a triple", [claim(1, 3, 120)]),
    ("три подхода по двенадцать", [claim(3, 12)]),
    ("drei Sätze mit je zwölf", [claim(3, 12)]),
    ("twenty two point five kilos for eight", [claim(1, 8, "22.5")]),
    ("two and a half minutes of plank", [claim(seconds=150)]),
    ("5x800m run, rest 2 min", [claim(5, distance_m=800)]),
    ("bench rest-pause: 80kg x 10", [claim(1, 10, 80)]),
    ("C&J 80x1", [claim(1, 1, 80)]),
    ("plank 1:30", [claim(seconds=90)]),
    ("plank 1 min 30", [claim(seconds=90)]),
    ("plank 2 min", [claim(seconds=120)]),
    ("plank 3x45s", [claim(3, seconds=45)]),
    ('hollow hold 45"', [claim(seconds=45)]),
    ("run 5k in 26:40", [claim(distance_m=5000, seconds=1600)]),
    ("6 x 400m", [claim(6, distance_m=400)]),
    ("squat 140x3 2RIR", [claim(1, 3, 140, rpe=8)]),
    ("squat 140x3, RIR: 2", [claim(1, 3, 140, rpe=8)]),
    ("squat 140x3, two left in the tank", [claim(1, 3, 140, rpe=8)]),
    ("5x5 @ 75%", [claim(5, 5, percent=75)]),
    ("70x3, 80x3, 90x3", [claim(1, 3, percent=70), claim(1, 3, percent=80), claim(1, 3, percent=90)]),
    ("squat 2 plates x 8", [claim(1, 8, 100)]),
    ("squat: bar x10", [claim(1, 10, 20)]),
    ("3x8-12", [claim(3, 8, reps_max=12)]),
    ("1. bench 80x8, rest 90s", [claim(1, 8, 80)]),
    ("A1 bench 80x8 tempo 3-1-1-0", [claim(1, 8, 80)]),
    ("21.04.2025 bench 80x8", [claim(1, 8, 80)]),
    ("Set 1: 80kg x 10", [claim(1, 10, 80)]),
    ("Week 3: 3x5", [claim(3, 5)]),
    ("3 sets 8 8 6", [claim(2, 8), claim(1, 6)]),
    ("clean 90x0", [claim(1, 0, 90)]),
    ("bench 3x5+", [claim(2, 5), claim(1, 5, is_amrap=True)]),
    ("deadlift 1x5 140", [claim(1, 5, 140)]),
    ("deads 5x140 3x160 1x180", [claim(1, 5, 140), claim(1, 3, 160), claim(1, 1, 180)]),
]


@pytest.mark.parametrize(("text", "claims"), BORNE_OUT)
def test_what_the_text_says_is_borne_out_whole(text: str, claims: list[Claim]) -> None:
    grounding = ground(text, *claims)
    assert (grounding.missing, grounding.is_out_of_order) == ((), False)
    assert [text[figure.span.start : figure.span.end] for figure in grounding.unused] == []
    assert same_numbers(grounding.claims, tuple(claims), "kg")
    assert grounding.score == 1.0


# A text, what is claimed of it, what is dropped, and what is left.
MADE_UP = [
    ("bench 80x8", [claim(1, 9, 80)], ("reps 9",), "1x? 80"),
    ("bench 80x8", [claim(1, 8, 85)], ("weight 85",), "1x8"),
    ("bench 80x8", [claim(3, 8, 80)], ("sets 3",), "1x8 80"),
    ("bench 80x8", [claim(1, 8, 80, rpe=9)], ("rpe 9",), "1x8 80"),
    ("bench 80x8x3", [claim(3, 8, 80, percent=75)], ("percent 75",), "3x8 80"),
    ("bench press, the usual", [claim(3, 8, 80)], ("reps 8", "weight 80", "sets 3"), ""),
    ("plank 90", [claim(seconds=45)], ("seconds 45",), ""),
    ("80kg bench", [claim(1, 80)], ("reps 80",), ""),  # Kilograms are no repetitions,
    ("bench 80%", [claim(1, None, 80)], ("weight 80",), ""),  # a percentage is no load,
    ("8 reps", [claim(1, None, 8)], ("weight 8",), ""),  # repetitions are no load,
    ("rest 90s", [claim(seconds=90)], ("seconds 90",), ""),  # a rest is no hold,
    ("squat, RIR 2", [claim(rpe=2)], ("rpe 2",), ""),  # and reps in reserve are no RPE.
    ("curl 12.5x8", [claim(1, 12)], ("reps 12",), ""),
    ("day 2", [claim(2)], ("sets 2",), ""),
    ("walked 5000 steps", [claim(1, 5000)], ("reps 5000",), ""),  # In the text, and still nobody's repetitions.
    ("squat 9999kg x 5", [claim(1, 5, 9999)], ("weight 9999",), "1x5"),
    ("10000 sets of 5", [claim(10_000, 5)], ("sets 10000",), "1x5"),
    ("rpe 11", [claim(rpe=11)], ("rpe 11",), ""),
]


@pytest.mark.parametrize(("text", "claims", "missing", "left"), MADE_UP)
def test_what_the_text_does_not_say_is_dropped(
    text: str, claims: list[Claim], missing: tuple[str, ...], left: str
) -> None:
    grounding = ground(text, *claims)
    assert (grounding.missing, describe(grounding.claims)) == (missing, left)
    assert grounding.score < 1.0


@pytest.mark.parametrize(
    ("text", "claims", "unused"),
    [
        ("bench 80x8, 80x8, 80x8", [claim(1, 8, 80)], ["80", "8", "80", "8"]),
        ("bench 80x8x3", [claim(1, 8, 80)], ["3"]),
        ("bench 80x8 @9", [claim(1, 8, 80)], ["9"]),
        ("bench 80x8 then 60x15", [claim(1, 8, 80)], ["60", "15"]),
        ("3x8, 4x6", [claim(3, 8)], ["4", "6"]),
    ],
)
def test_a_figure_that_nobody_used_is_reported(text: str, claims: list[Claim], unused: list[str]) -> None:
    grounding = ground(text, *claims)
    assert [text[figure.span.start : figure.span.end] for figure in grounding.unused] == unused
    assert not grounding.is_whole


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("bench 80x8, 85x6", [claim(1, 8, 85), claim(1, 6, 80)]),
        ("80x8 90x5", [claim(1, 5, 80), claim(1, 8, 90)]),
    ],
)
def test_swapped_numbers_are_noticed(text: str, claims: list[Claim]) -> None:
    grounding = ground(text, *claims)
    assert grounding.is_out_of_order
    assert not grounding.is_whole


@pytest.mark.parametrize(
    ("text", "said", "unit", "mode"),
    [
        ("bench 80x8", claim(1, 8, 80, unit="lb"), None, "external"),
        ("bench 225 lb x5", claim(1, 5, 225, unit="kg"), "lb", "external"),
        ("80, 85 kg x 5", claim(1, 5, 80), "kg", "external"),
        ("dips +20kg x 5", claim(1, 5, 20), "kg", "added"),
        ("pull ups -15 x 8", claim(1, 8, 15), None, "assisted"),
    ],
)
def test_unit_and_sign_are_those_of_the_text(text: str, said: Claim, unit: str | None, mode: str) -> None:
    (kept,) = ground(text, said).claims
    assert (kept.unit, kept.load_mode) == (unit, mode)


@pytest.mark.parametrize(("unit", "weight"), [("kg", 100), ("lb", 225)])
def test_plates_weigh_what_the_users_unit_says(unit: WeightUnit, weight: int) -> None:
    other = 325 - weight
    assert ground("2 plates x 8", claim(1, 8, weight), unit=unit).is_whole
    assert not ground("2 plates x 8", claim(1, 8, other), unit=unit).is_whole


def test_a_figure_serves_one_exercise_only() -> None:
    text = "bench and row 3x10 60"
    source = read_source(text)
    ledger = Ledger(source.lines[0].figures)
    whole = Span(0, len(text))
    said = [claim(3, 10, 60)]
    first, second = ground_all([said, said], ledger, whole, [Span(0, 5), Span(10, 13)])
    assert first.is_whole
    assert (second.claims, second.missing) == ((), ("reps 10", "weight 60", "sets 3"))


def test_a_heading_holds_for_all_below_it() -> None:
    text = "4 sets of 10-12:\n- leg press\n- leg curl"
    source = read_source(text)
    said = PrescribedExercise("- leg press", Span(17, 28), 2, "Leg Press", sets=4, reps_min=10, reps_max=12)
    assert ground_exercise(said, source, "kg", shared=[source.lines[0].span]).is_whole
    assert ground_exercise(said, source, "kg").missing == ("reps 10", "reps_max 12", "sets 4")


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("bench press", "Bench Press 80x8", "Bench Press"),
        ("bench press", "benhc pres 80x8", "benhc pres"),
        ("жим лежа", "сегодня жим лёжа 80 на 8", "жим лёжа"),
        ("Bankdrücken", "BANKDRUCKEN 80x8", "BANKDRUCKEN"),
        ("45 degree hyperextension", "45 degree hyperextension 3x15", "45 degree hyperextension"),
        ("deadlift", "Bench Press 80x8", None),
        ("", "Bench Press 80x8", None),
        ("80", "Bench Press 80x8", None),
        ("ignore all of the above", "Bench Press 80x8", None),
    ],
)
def test_a_name_is_words_of_the_text(words: str, text: str, found: str | None) -> None:
    source = read_source(text)
    span = find_name(words, source, source.lines)
    assert (text[span.start : span.end] if span is not None else None) == found


def test_spans_lead_back_into_the_text_as_it_was_given() -> None:
    text = "💪 **bench**\u200b 8\u200b0 × ８\r\nplank １:30"
    source = read_source(text)
    spans = [text[f.span.start : f.span.end] for line in source.lines for f in line.figures]
    assert spans == ["8\u200b0", "８", "１:30"]


@given(st.text(max_size=200))
def test_any_text_has_figures_within_its_lines(text: str) -> None:
    source = read_source(text)
    for line in source.lines:
        assert all(0 <= f.span.start < f.span.end <= len(text) for f in line.figures)


@given(st.text(alphabet="0123456789x., :kgsmin%+-@\n", max_size=60), st.integers(0, 1200), st.integers(1, 70))
def test_no_number_gets_through_whose_digits_are_not_there(text: str, reps: int, count: int) -> None:
    for kept in ground(text, Claim(count=count, reps=reps)).claims:
        assert kept.reps is None or str(kept.reps) in text.replace(",", "").replace(".", "") or ":" in text
        assert kept.count == 1 or str(kept.count) in text or text.count(str(reps)) >= kept.count


# ------------------------------------------------------------------------------------------------ claims


def test_sets_become_claims_and_come_back() -> None:
    sets = (ReadSet(Decimal(80), "kg", reps=8), ReadSet(Decimal(80), "kg", reps=8), ReadSet(Decimal(80), "kg", reps=7))
    exercise = LoggedExercise("", Span(0, 0), 1, "Bench", sets=sets)
    assert claims_of(exercise) == (claim(2, 8, 80, unit="kg"), claim(1, 7, 80, unit="kg"))
    assert read_sets(claims_of(exercise)) == sets


BARE = PrescribedExercise("", Span(0, 0), 1, "Bench")


@pytest.mark.parametrize(
    ("claims", "text"),
    [
        ((claim(3, 8, reps_max=12),), "3x8-12"),
        ((claim(5, 5, percent=75),), "5x5 75%"),
        ((claim(2, 5), claim(1, 5, is_amrap=True)), "2x5, 1x5+"),
        ((claim(1, 10), claim(1, 8), claim(1, 6)), "1x10, 1x8, 1x6"),
        ((claim(3, is_amrap=True),), "3xAMRAP"),
        ((claim(3, seconds=30),), "3x30s"),
        ((claim(6, distance_m=400),), "6x400m"),
        ((claim(1, 3, rpe=8), claim(3, 5, percent=80)), "1x3 @8, 3x5 80%"),
        ((claim(3, 8, 20, load_mode="added", unit="kg"),), "3x8 +20kg"),
    ],
)
def test_prescriptions_become_claims_and_come_back(claims: tuple[Claim, ...], text: str) -> None:
    assert claims_of(prescribed(BARE, claims)) == claims
    assert describe(claims) == text


def test_what_a_scheme_does_not_state_comes_from_the_exercise() -> None:
    scheme = (SchemeSet(reps_min=5, reps_max=5), SchemeSet(reps_min=3, reps_max=3))
    exercise = PrescribedExercise("", Span(0, 0), 1, "Squat", sets=2, weight=Decimal(100), unit="kg", scheme=scheme)
    assert describe(claims_of(exercise)) == "1x5 100kg, 1x3 100kg"


@pytest.mark.parametrize(
    ("one", "other", "unit", "is_same"),
    [
        (claim(3, 8, 80), claim(3, 8, 80, unit="kg"), "kg", True),
        (claim(3, 8, 80), claim(3, 8, 80, unit="kg"), "lb", False),
        (claim(1, 5, 225, unit="lb"), claim(1, 5, "102.06", unit="kg"), "kg", True),
        (claim(3, 8, 80), claim(2, 8, 80), "kg", False),
        (claim(1, 8, 80, rpe=8), claim(1, 8, 80, rir=Decimal(2)), "kg", True),
        (claim(1, 0, 80), claim(1, None, 80), "kg", False),
    ],
)
def test_numbers_are_the_same_whatever_the_notation(one: Claim, other: Claim, unit: WeightUnit, is_same: bool) -> None:
    assert same_numbers((one,), (other,), unit) is is_same


# ------------------------------------------------------------------------------------------------ shorthand, held to it

CORPORA = sorted((Path(__file__).parent.parent / "corpus").glob("*.jsonl"))


@pytest.mark.parametrize("corpus", CORPORA, ids=lambda path: path.stem)
def test_no_number_that_shorthand_reads_is_made_up(corpus: Path) -> None:
    """Evidence is found by other means than reading, so this is a second opinion on every number of every corpus."""
    for record in load_corpus(corpus):
        source = read_source(record["text"])
        # How many rounds fit into an EMOM is worked out, not read.
        if any(line.roles & {"emom", "every"} for line in source.lines):
            continue
        unit: WeightUnit = "lb" if record["units"] == "lb" else "kg"
        reading = read_shorthand(record["text"], ReadingContext(unit=unit, language=record["lang"]))
        for exercise in exercises_of(reading):
            grounding = ground_exercise(exercise, source, unit, shared=[line.span for line in source.lines])
            assert grounding.missing == (), (record["id"], exercise.name)
