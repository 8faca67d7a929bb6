"""What names mean: variants are never dropped, typos are read, a user's words win, unknown names stay unknown."""

from __future__ import annotations

import pytest

from parser import OwnExercise, Vocabulary

LIBRARY = Vocabulary.library()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("bench", "Barbell Bench Press"),
        ("squats", "Barbell Back Squat"),
        ("ohp", "Overhead Press"),
        ("db bench", "Dumbbell Bench Press"),
        ("жим гантелей лежа", "Dumbbell Bench Press"),
        ("KH Bankdrücken", "Dumbbell Bench Press"),
        ("press banca inclinado con mancuernas", "Incline Dumbbell Press"),
        ("développé couché", "Barbell Bench Press"),
        ("supino reto", "Barbell Bench Press"),
        ("benhc", "Barbell Bench Press"),
        ("romanain deadlift", "Romanian Deadlift"),
        ("dumbell shouder press", "Dumbbell Shoulder Press"),
    ],
)
def test_known_names(text: str, name: str) -> None:
    assert LIBRARY.resolve(text).name == name


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("paused incline bench", "Paused"),
        ("paused dumbbell incline bench", "Incline"),
        ("single arm cable row", "Single-Arm"),
        ("seated hammer curls", "Seated"),
        ("kb front squat", "Kettlebell"),
        ("db romanian deadlift", "Romanian"),
        ("deficit sumo deadlift", "Deficit"),
    ],
)
def test_a_variant_word_is_never_dropped(text: str, word: str) -> None:
    name = LIBRARY.resolve(text).name
    assert name is not None
    assert word in name


@pytest.mark.parametrize("text", ["zorbling floop", "left handed wiggle", "my secret lift"])
def test_an_unknown_name_is_not_swapped_for_a_similar_one(text: str) -> None:
    assert LIBRARY.resolve(text).best is None


def test_a_generic_word_offers_others() -> None:
    found = LIBRARY.resolve("curls")
    assert found.best is not None
    assert found.score < 0.88
    assert len(found.candidates) > 1


def test_a_users_words_win_and_leak_to_nobody() -> None:
    own = LIBRARY.with_user([OwnExercise("8a1b", "Zercher March")], [("bench", "dumbbell-bench-press")])
    assert own.resolve("zercher march").best is not None
    assert own.resolve("bench").name == "Dumbbell Bench Press"
    assert LIBRARY.resolve("bench").name == "Barbell Bench Press"
    assert LIBRARY.resolve("zercher march").best is None


def test_a_word_of_one_language() -> None:
    assert LIBRARY.resolve("planche").name == "Full Planche"
    assert LIBRARY.in_language("fr").resolve("planche").name == "Plank"


def test_search_gives_near_names_first() -> None:
    names = [candidate.name for candidate in LIBRARY.search("bench pres", 5)]
    assert names[0] == "Barbell Bench Press"
    assert len(names) == 5
