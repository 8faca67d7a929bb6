"""A name and one set, read without the way through all stages: to the same as the stages read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import cycle

import pytest

from parser import Habits, OwnExercise, ReadingContext, Vocabulary
from parser.amendment import parse_amendment
from parser.follow_up import parse_follow_up
from parser.pipeline import read_in_stages, read_shorthand
from parser.plain_sets import is_plain_set, read_plain_set
from parser.reading import Candidate
from training.library_files import load_library

LANGUAGES = ("en", "ru", "es", "de", "pt", "fr")
FIGURES = (
    "80x8", "31 x 30", "30x5", "102.5 x3", "22.25 kg x 12", "100lb x 5", "225 lbs x1", "80х8 @8", "80 X 8@9.5",
    "999 x 10 @ 10", "12 kg x 20", "60 x 31", "14.5x6", "11 x 11", "85 кг x 5", "150lb x12 @ 7", "80x0", "80x8 @5",
)  # fmt: skip
NAMES = [name for one in load_library().exercises for name in (one.name, *(a.alias for a in one.aliases))]
EVERYBODYS = Vocabulary.library()
HABITS = Habits(None, {"barbell-bench-press": Decimal(80), "barbell-back-squat": Decimal(140)}, {"barbell-row": "lb"})
OWN = EVERYBODYS.with_user(
    [OwnExercise("own1", "Zercher Thing"), OwnExercise("own2", "Squat")],
    [("my press", "barbell-bench-press"), ("bench", "own1"), ("жим лежа", "own1"), ("press banca", "own2")],
)


def contexts() -> list[ReadingContext]:
    today, row = date(2026, 11, 21), Candidate("barbell-row", "Barbell Row", 1.0)
    plain = [ReadingContext("kg", language, today, EVERYBODYS, Habits()) for language in LANGUAGES]
    return [*plain, *(ReadingContext("lb", language, today, OWN, HABITS, row) for language in LANGUAGES)]


def spoken(context: ReadingContext) -> ReadingContext:
    vocabulary = context.vocabulary.in_language(context.language)
    return ReadingContext(context.unit, context.language, context.today, vocabulary, context.habits, context.current)


@pytest.mark.parametrize("part", range(2))
def test_a_plain_set_is_read_as_all_stages_read_it(part: int) -> None:
    names = [*NAMES[part * 6 :: 12], "bench", "жим лежа", "press banca", "my press", "zercher thing", "squat"]
    read = 0
    for name, figures, context in zip(names, cycle(FIGURES), cycle(contexts()[::-1]), strict=False):
        for text in (f"{name} {figures}", f"{name.casefold()} {figures}"):
            found = read_plain_set(text, spoken(context))
            if found is not None:
                read += 1
                assert found == read_in_stages(text, context)[0], (text, context.language)
    assert read > len(names), "most names are read so"


def test_words_of_the_users_own_go_before_the_librarys() -> None:
    context = contexts()[-1]
    assert read_plain_set("press banca 80x8", spoken(context)) is None
    assert read_shorthand("press banca 80x8", context).exercises[0].key == "own2"
    assert read_shorthand("press banca 80x8", contexts()[2]).exercises[0].key == "barbell-bench-press"


@pytest.mark.parametrize(
    "text",
    [
        "bench 5x5", "bench 30x5", "bench 80x8x3", "bench 80x31", "bench 80x8, 75x8", "bench 80x8 felt good", "80x8",
        "no 80x8", "same 80x8", "rest 90x2", "last set 80x8", "bench 80x8?", "bench\n80x8", "row 500 m x4",
        "squats tomorrow 100x5", "max bench 100x1", "bench 1000x5", "bench 080x8", "x" * 200 + " 80x8",
    ],
)  # fmt: skip
def test_everything_else_goes_through_all_stages(text: str) -> None:
    assert read_plain_set(text, contexts()[0]) is None


@pytest.mark.parametrize("part", range(2))
def test_a_plain_set_is_no_short_answer_and_no_correction(part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"{name} {figures}" for name, figures in zip(NAMES[part * 9 :: 18], cycle(FIGURES), strict=False)]
    plain = [text for text in texts if is_plain_set(text)]
    assert len(plain) > len(texts) / 3
    monkeypatch.setattr("parser.follow_up.is_plain_set", lambda _: False)
    monkeypatch.setattr("parser.amendment.is_plain_set", lambda _: False)
    for text in plain:
        assert parse_follow_up(text) is None, text
        assert parse_amendment(text) is None, text
