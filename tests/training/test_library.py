"""The library that comes with Repscribe: complete, sound, and the same for everybody."""

from __future__ import annotations

import re
from collections import Counter
from uuid import UUID

import pytest

from storage.models import ExerciseCategory, ExerciseType, Measure, MuscleGroup
from training.__main__ import main
from training.library_check import check_library
from training.library_files import fold, load_library
from training.library_types import (
    CATEGORIES,
    EXERCISE_TYPES,
    LANGUAGES,
    MEASURES,
    MUSCLE_GROUPS,
    LibraryExercise,
    LibraryPlan,
    exercise_id,
)


def meaning(word: str) -> str | None:
    """Look a word up as a reader without any cleverness would."""
    for exercise in load_library().exercises:
        if fold(word) in {fold(exercise.name), *(fold(alias.alias) for alias in exercise.aliases)}:
            return exercise.name
    return None


def test_the_library_is_sound() -> None:
    assert check_library(load_library()) == []


def test_the_library_is_large() -> None:
    library = load_library()
    assert len(library.exercises) >= 450
    assert len(library.equipment) >= 45
    assert sum(len(exercise.aliases) >= 4 for exercise in library.exercises) >= 200


def test_skills_climb_in_three_categories() -> None:
    skills = load_library().skills
    assert len(skills) >= 90
    for category in ("push", "pull", "squat"):
        levels = Counter(skill.level for skill in skills if skill.category == category)
        assert levels.total() >= 28
        assert min(levels[level] for level in range(6)) >= 4
        orders = [skill.progression_order for skill in skills if skill.category == category]
        assert orders == list(range(1, len(orders) + 1))


def test_enum_words_are_those_of_the_database() -> None:
    assert set(MuscleGroup) == MUSCLE_GROUPS
    assert set(ExerciseType) == EXERCISE_TYPES
    assert set(ExerciseCategory) == CATEGORIES
    assert set(Measure) == MEASURES


FIXED_WORDS = [
    ("bench", "Barbell Bench Press"),
    ("squat", "Barbell Back Squat"),
    ("deadlift", "Barbell Deadlift"),
    ("dl", "Barbell Deadlift"),
    ("ohp", "Overhead Press"),
    ("press", "Overhead Press"),
    ("row", "Barbell Row"),
    ("pulldown", "Lat Pulldown"),
    ("chins", "Chin-up"),
    ("rdl", "Romanian Deadlift"),
    ("sldl", "Stiff-Leg Deadlift"),
    ("cgbp", "Close-Grip Bench Press"),
]


@pytest.mark.parametrize(("word", "name"), FIXED_WORDS)
def test_bare_words_have_one_meaning(word: str, name: str) -> None:
    assert meaning(word) == name
    aliases = {alias.alias: alias for alias in load_library().by_slug[slug(name)].aliases}
    assert not aliases[word].is_generic


def slug(name: str) -> str:
    return next(exercise.slug for exercise in load_library().exercises if exercise.name == name)


MANY_TONGUES = [
    ("ЖИМ ЛЁЖА", "Barbell Bench Press"),  # case and ё
    ("жим штанги лежа", "Barbell Bench Press"),
    ("press banca", "Barbell Bench Press"),
    ("Bankdruecken", "Barbell Bench Press"),  # umlaut spelled out
    ("bankdrücken", "Barbell Bench Press"),
    ("supino reto", "Barbell Bench Press"),
    ("developpe couche", "Barbell Bench Press"),  # without accents
    ("становая", "Barbell Deadlift"),
    ("peso muerto rumano", "Romanian Deadlift"),
    ("kreuzheben", "Barbell Deadlift"),
    ("levantamento terra", "Barbell Deadlift"),
    ("soulevé de terre", "Barbell Deadlift"),
    ("pull ups", "Pull-up"),
    ("benhc", "Barbell Bench Press"),  # a slip of the fingers
]


@pytest.mark.parametrize(("word", "name"), MANY_TONGUES)
def test_words_of_lifters(word: str, name: str) -> None:
    assert meaning(word) == name


def test_a_generic_word_is_marked() -> None:
    generic = {
        alias.alias: exercise.name
        for exercise in load_library().exercises
        for alias in exercise.aliases
        if alias.is_generic
    }
    assert generic["curls"] == "Barbell Curl"
    assert generic["flyes"] == "Dumbbell Fly"


def test_aliases_come_in_all_languages() -> None:
    spoken = Counter(alias.language for exercise in load_library().exercises for alias in exercise.aliases)
    assert set(spoken) == {*LANGUAGES, ""}
    assert min(spoken[language] for language in LANGUAGES) >= 1000


def test_ids_follow_from_slugs() -> None:
    assert exercise_id("barbell-bench-press") == UUID("15bf39e2-b2e0-5db2-9d4d-e227a42c125e")


def test_ids_are_unique() -> None:
    library = load_library()
    ids = [exercise.id for exercise in library.exercises]
    ids += [piece.id for piece in library.equipment]
    ids += [plan.id for plan in library.plans]
    ids += [alias.id for exercise in library.exercises for alias in exercise.aliases]
    for plan in library.plans:
        for workout in plan.workouts:
            ids.append(workout.id)
            for prescription in workout.prescriptions:
                ids.append(prescription.id)
                ids += [prescription.set_id(item.set_number) for item in prescription.scheme]
    assert len(set(ids)) == len(ids)


def test_plans_cover_what_people_ask_for() -> None:
    plans = load_library().plans
    assert len(plans) >= 16
    tags = Counter(tag for plan in plans for tag in plan.tags)
    assert {"beginner", "strength", "hypertrophy", "mesocycle", "calisthenics"} <= set(tags)
    assert {plan.days_per_week for plan in plans if "mesocycle" in plan.tags} == {3, 4, 5, 6}


@pytest.mark.parametrize("plan", load_library().plans, ids=lambda plan: plan.slug)
def test_a_plan_fills_its_weeks(plan: LibraryPlan) -> None:
    """A plan written out by weeks has its days in each week; any other is a rotation of at least one workout."""
    by_week = Counter(workout.week_number for workout in plan.workouts if workout.week_number is not None)
    assert all(count == plan.days_per_week for count in by_week.values())
    assert len(plan.workouts) >= min(plan.days_per_week, 2)


def test_the_check_command_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert f"exercises  {len(load_library().exercises)}" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="2"):
        main(["chekc"])


def test_a_skill_knows_its_dose() -> None:
    hold: LibraryExercise = load_library().by_slug["front-lever"]
    assert hold.level == 5
    assert hold.measure == "duration"
    assert hold.default_duration_seconds is not None
    assert hold.default_reps is None


FIGURES_OF_A_SET = re.compile(
    r"\d+ ?(m|k|km|kg|lb|lbs|min|reps|x)\b|^\d+ [a-z]+$|[^a-z]\d+s\b(?! pause)", re.IGNORECASE
)


def test_no_alias_swallows_the_figures_of_a_set() -> None:
    """Keep "5k run" out: as an alias it would eat the distance. "21s" is the name of a curl."""
    swallowing = {
        alias.alias
        for exercise in load_library().exercises
        for alias in exercise.aliases
        if FIGURES_OF_A_SET.search(alias.alias) and "21s" not in alias.alias
    }
    assert swallowing == set()
