"""Reading library files: what they say, what they inherit, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from training.library_check import check_library
from training.library_files import LibraryFileError, fold, load_library, parse_dose, read_library, slug_of
from training.library_types import Library, LibraryAlias
from training.plan_files import parse_reps

KIT = """
bar = { name = "Bar", description = "A bar." }
"""
LIFTS = """
["Big Lift"]
muscles = "chest + triceps shoulders"
kind = "freeweight push"
kit = "bar"
dose = "4x8 rest 150 tempo 3-1-X-0"
tags = "compound"
generic = "lift"
en = "big lift, BL, b.l., lift"
ru = "жим лежа, жим лёжа"

["Big Lift With Pause"]
like = "Big Lift"
en = "paused big lift"
"""
PLAN = """
name = "A plan"
description = "Lift."
tags = "strength"
days_per_week = 1
duration_weeks = 4

[[workout]]
name = "Day"
day = 0
do = [
  { ex = "big-lift", scheme = "5@65% 5@75% 5+@85%", rest = 180, progression = "percent_tm" },
  { ex = "big-lift-with-pause", sets = 3, reps = "8-12", rir = 2, superset = "A", per_side = true },
  { ex = "big-lift", sets = 2, reps = "5+" },
  { ex = "big-lift", scheme = "3@8 20s amrap" },
]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plans").mkdir()
    (tmp_path / "equipment.toml").write_text(KIT, encoding="utf-8")
    (tmp_path / "lifts.toml").write_text(LIFTS, encoding="utf-8")
    (tmp_path / "plans" / "a-plan.toml").write_text(PLAN, encoding="utf-8")
    return tmp_path


def add(folder: Path, text: str) -> Library:
    (folder / "more.toml").write_text(text, encoding="utf-8")
    return read_library(folder)


def test_an_exercise_says_everything_once(folder: Path) -> None:
    library = read_library(folder)
    assert check_library(library) == []
    lift = library.by_slug["big-lift"]
    assert (lift.name, lift.primary, lift.secondary) == ("Big Lift", ("chest",), ("triceps", "shoulders"))
    assert (lift.exercise_type, lift.category, lift.measure) == ("freeweight", "push", "weight_reps")
    assert (lift.default_sets, lift.default_reps, lift.default_rest_time_seconds) == (4, 8, 150)
    assert lift.default_tempo == "3-1-X-0"
    assert [(alias.alias, alias.language, alias.is_generic) for alias in lift.aliases] == [
        ("lift", "", True),
        ("BL", "en", False),
        ("b.l.", "en", False),
        ("жим лежа", "ru", False),
    ]


def test_a_variant_inherits_all_but_words_and_level(folder: Path) -> None:
    variant = read_library(folder).by_slug["big-lift-with-pause"]
    assert variant.primary == ("chest",)
    assert variant.tags == ("compound",)
    assert variant.default_rest_time_seconds == 150
    assert [alias.alias for alias in variant.aliases] == ["paused big lift"]


def test_a_plan_is_read_set_by_set(folder: Path) -> None:
    (plan,) = read_library(folder).plans
    waves, pairs, plus, mixed = plan.workouts[0].prescriptions
    assert (waves.sets, waves.reps_min, waves.reps_max, waves.is_amrap) == (3, 5, 5, True)
    assert [(item.target_percent, item.is_amrap) for item in waves.scheme] == [
        (Decimal(65), False),
        (Decimal(75), False),
        (Decimal(85), True),
    ]
    assert (pairs.sets, pairs.reps_min, pairs.reps_max) == (3, 8, 12)
    assert pairs.target_rpe == 8
    assert pairs.effort_as_rir
    assert pairs.superset_group == "A"
    assert pairs.is_per_side
    assert (plus.reps_min, plus.reps_max, plus.is_amrap) == (5, 5, True)
    assert [(item.reps_min, item.target_rpe, item.target_duration_seconds) for item in mixed.scheme] == [
        (3, 8, None),
        (None, None, 20),
        (None, None, None),
    ]
    assert mixed.scheme[2].is_amrap


def test_the_version_follows_the_contents(folder: Path) -> None:
    before = read_library(folder).version
    assert read_library(folder).version == before
    assert add(folder, "").version != before


REFUSED = [
    '["Odd"]\nkind = "freeweight push"\nkit = "bar"',  # no muscles
    '["Odd"]\nlike = "Nothing"',  # leads nowhere
    '["Odd"]\nlike = "Odd"',  # leads to itself
    '["Odd"]\nlike = "Big Lift"\nweight = 3',  # a key that means nothing
    '["Big Lift"]\nlike = "Big Lift With Pause"',  # a name in two files
    '["Odd"]\nlike = "Big Lift"\ndose = "three of eight"',
    '["Odd"',  # no TOML
]


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_read_is_refused(folder: Path, text: str) -> None:
    with pytest.raises(LibraryFileError):
        add(folder, text)


PROBLEMS = [
    ('["Odd"]\nlike = "Big Lift"\nmuscles = "pecs"', "Odd: muscle group 'pecs' is unknown"),
    ('["Odd"]\nlike = "Big Lift"\nmuscles = "chest + chest"', "Odd: a muscle group stands twice"),
    ('["Odd"]\nlike = "Big Lift"\nkind = "anvil push"', "Odd: 'anvil' is unknown"),
    ('["Odd"]\nlike = "Big Lift"\nkit = "anvil"', "Odd: equipment 'anvil' is unknown"),
    ('["Odd"]\nlike = "Big Lift"\nen = "BL"', "alias 'bl' means Big Lift and Odd"),
    ('["Odd"]\nlike = "Big Lift"\nfr = "Big-Lift"', "alias 'big lift' means Big Lift and Odd"),
    ('["Odd"]\nlike = "Big Lift"\ndose = "20x5"', "Odd: 20 sets"),
    ('["Odd"]\nlike = "Big Lift"\nlevel = 6', "Odd: level 6"),
    ('["Odd"]\nlike = "Big Lift"\nlevel = 2', "Odd: a skill without sets, rest, tempo or description"),
]


@pytest.mark.parametrize(("text", "problem"), PROBLEMS)
def test_what_is_wrong_is_said(folder: Path, text: str, problem: str) -> None:
    assert problem in check_library(add(folder, text))


def test_a_plan_of_unknown_exercises_is_wrong(folder: Path) -> None:
    path = folder / "plans" / "a-plan.toml"
    path.write_text(PLAN.replace('"big-lift-with-pause"', '"anvil-toss"'), encoding="utf-8")
    assert check_library(read_library(folder)) == ["plan a-plan: Day, anvil-toss: no such exercise"]


def test_an_alias_in_two_spellings_is_one(folder: Path) -> None:
    library = read_library(folder)
    lift = library.by_slug["big-lift"]
    doubled = replace(library.by_slug["big-lift-with-pause"], aliases=(LibraryAlias("x", "ru", "ЖИМ ЛЁЖА"),))
    assert check_library(replace(library, exercises=(lift, doubled), plans=())) == [
        "alias 'жим лежа' means Big Lift and Big Lift With Pause"
    ]


DOSES = [
    ("", {}),
    ("3x8 rest 90", {"default_sets": 3, "default_reps": 8, "default_rest_time_seconds": 90}),
    ("3x30s rest 60", {"default_sets": 3, "default_duration_seconds": 30, "default_rest_time_seconds": 60}),
    ("1x20min", {"default_sets": 1, "default_duration_seconds": 1200}),
    ("5x5 at 22.5", {"default_sets": 5, "default_reps": 5, "default_weight": Decimal("22.5")}),
]


@pytest.mark.parametrize(("text", "dose"), DOSES)
def test_parse_dose(text: str, dose: dict[str, object]) -> None:
    assert {key: value for key, value in parse_dose(text).items() if value is not None} == dose


REPS = [
    (None, (None, None, False)),
    (5, (5, 5, False)),
    ("8-12", (8, 12, False)),
    ("5+", (5, 5, True)),
    ("amrap", (None, None, True)),
]


@pytest.mark.parametrize(("reps", "parsed"), REPS)
def test_parse_reps(reps: int | str | None, parsed: tuple[int | None, int | None, bool]) -> None:
    assert parse_reps(reps) == parsed


FOLDED = [
    ("Développé-Couché", "developpe couche"),
    ("ЖИМ ЛЁЖА", "жим лежа"),
    ("Farmer’s  Walk", "farmers walk"),
    ("T-Bar_Row", "t bar row"),
    ("Straße", "strasse"),
    ("Klimmzu\u0308ge", "klimmzuge"),  # a combining mark
    ("...", ""),
]


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_slugs() -> None:
    assert slug_of("Farmer's Walk") == "farmers-walk"
    assert slug_of("90/90 Hip Stretch") == "90-90-hip-stretch"


def test_the_library_is_read_once() -> None:
    assert load_library() is load_library()
