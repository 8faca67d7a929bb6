"""Who takes the place of an exercise, within which kit, and how heavy: the rules on the library as it is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from training.equipment_groups import GROUPS, PRESETS
from training.library_files import load_library
from training.library_types import LibraryExercise
from training.substitution import (
    Lift,
    Strength,
    missing_kit,
    overlap,
    rank,
    translate_load,
    translate_sets,
)
from training.targets import SetTarget


def lift(exercise: LibraryExercise) -> Lift:
    return Lift(
        exercise.id,
        exercise.id,
        exercise.name,
        frozenset(exercise.primary),
        frozenset(exercise.secondary),
        exercise.exercise_type,
        exercise.category,
        exercise.measure,
        frozenset(exercise.equipment),
        exercise.level,
        len(exercise.aliases),
        exercise.default_reps,
        exercise.default_duration_seconds,
    )


LIFTS = {exercise.slug: lift(exercise) for exercise in load_library().exercises}
DUMBBELLS = frozenset(("dumbbells", "bench"))
NOTHING = frozenset(("bodyweight",))

FIRST = [
    # exercise, kit, who comes first
    ("barbell-bench-press", None, "Dumbbell Bench Press"),  # no kit told: all is allowed
    ("barbell-bench-press", DUMBBELLS, "Dumbbell Bench Press"),
    ("barbell-bench-press", NOTHING, "Push-up"),
    ("barbell-back-squat", DUMBBELLS, "Goblet Squat"),
    ("overhead-press", DUMBBELLS, "Dumbbell Shoulder Press"),
    ("barbell-back-squat", NOTHING, "Air Squat"),
    ("pull-up", DUMBBELLS, "Single-Arm Dumbbell Row"),  # without a bar: rows
    ("lat-pulldown", DUMBBELLS, "Single-Arm Dumbbell Row"),
    ("barbell-curl", DUMBBELLS, "Dumbbell Curl"),
    ("plank", NOTHING, "Side Plank"),
    ("diamond-push-up", NOTHING, "Close-Grip Push-up"),
]


@pytest.mark.parametrize(("slug", "kit", "first"), FIRST, ids=[f"{slug}-{first}" for slug, _, first in FIRST])
def test_who_comes_first(slug: str, kit: frozenset[str] | None, first: str) -> None:
    assert rank(LIFTS[slug], LIFTS.values(), kit)[0].name == first


@pytest.mark.parametrize("slug", ["barbell-bench-press", "pull-up", "leg-press", "plank", "running"])
@pytest.mark.parametrize("kit", [None, DUMBBELLS, NOTHING])
def test_every_substitute_shares_a_primary_group_and_needs_what_is_there(slug: str, kit: frozenset[str] | None) -> None:
    wanted = LIFTS[slug]
    for other in rank(wanted, LIFTS.values(), kit):
        assert other.primary & wanted.primary
        assert other.id != wanted.id
        assert kit is None or other.kit <= kit | NOTHING


@pytest.mark.parametrize(("slug", "easiest"), [("single-arm-push-up", 3), ("archer-push-up", 2), ("push-up", 0)])
def test_skills_of_about_the_same_difficulty_come_before_common_ones(slug: str, easiest: int) -> None:
    found = rank(LIFTS[slug], LIFTS.values(), NOTHING)
    levels = [one.level or 0 for one in found if one.primary == LIFTS[slug].primary][:2]
    assert min(levels) >= easiest
    assert max(levels) <= (LIFTS[slug].level or 0)


def test_without_anything_that_trains_it_there_is_no_substitute() -> None:
    assert rank(LIFTS["barbell-curl"], LIFTS.values(), NOTHING) == []


def test_the_order_does_not_depend_on_the_order_of_the_candidates() -> None:
    forth, back = list(LIFTS.values()), list(reversed(LIFTS.values()))
    wanted = LIFTS["barbell-bench-press"]
    assert rank(wanted, forth) == rank(wanted, back)


def test_a_copy_of_the_exercise_itself_is_no_substitute() -> None:
    bench = LIFTS["barbell-bench-press"]
    copy = Lift(uuid4(), bench.root_id, "My bench", bench.primary)
    assert rank(bench, [copy]) == []


def made(name: str, **columns: Any) -> Lift:
    key = uuid4()
    return replace(Lift(key, key, name, frozenset(("chest",)), category="push"), **columns)


RULES = [
    # what is better, what is worse
    ("overlap before category", {"category": "pull"}, {"primary": frozenset(("chest", "triceps"))}),
    ("category before measure", {"measure": "reps"}, {"category": "pull"}),
    ("measure before type", {"exercise_type": "machine"}, {"measure": "reps"}),
    ("type before secondary", {}, {"exercise_type": "machine", "secondary": frozenset(("triceps",))}),
    ("secondary before commonness", {"secondary": frozenset(("triceps",))}, {"commonness": 99}),
    ("commonness before the name", {"commonness": 1}, {}),
    ("no step up in level", {"level": 1}, {"level": 5, "commonness": 99}),
]


@pytest.mark.parametrize(("better", "worse"), [rule[1:] for rule in RULES], ids=[rule[0] for rule in RULES])
def test_what_counts_more(better: dict[str, Any], worse: dict[str, Any]) -> None:
    wanted = made("Wanted", secondary=frozenset(("triceps",)))
    first, second = made("Z", **better), made("A", **worse)
    assert rank(wanted, [second, first]) == [first, second]


def test_a_stretch_takes_no_press_s_place() -> None:
    wanted = made("Press")
    assert rank(wanted, [made("Stretch", category="mobility"), made("Swim", category="cardio")]) == []


KITS = [
    # needed, there, missing
    (("barbell", "bench"), None, ()),
    (("barbell", "bench"), ("barbell",), ("bench",)),
    (("bodyweight",), (), ()),
    ((), (), ()),
    (("bench",), ("incline-bench",), ()),  # its back can be let down
    (("incline-bench",), ("bench",), ("incline-bench",)),  # but not the other way round
    (("rack", "barbell"), (), ("barbell", "rack")),
]


@pytest.mark.parametrize(("needed", "there", "missing"), KITS)
def test_missing_kit(needed: tuple[str, ...], there: tuple[str, ...] | None, missing: tuple[str, ...]) -> None:
    assert missing_kit(needed, there) == missing


def test_overlap() -> None:
    chest, both = frozenset(("chest",)), frozenset(("chest", "triceps"))
    assert overlap(chest, chest) == 1
    assert overlap(chest, both) == Decimal("0.5")
    assert overlap(frozenset(), frozenset()) == 0


LOADS = [
    # load, best before, best after: what the load becomes
    (80, Strength(Decimal(100)), Strength(Decimal(40)), Decimal(32)),  # estimated maxima
    (80, Strength(Decimal(100), Decimal(90)), Strength(None, Decimal(45)), Decimal(40)),  # heaviest loads
    (80, Strength(), Strength(Decimal(40)), None),  # no history of one
    (80, Strength(Decimal(100)), Strength(), None),  # of the other
    (80, Strength(Decimal(100)), Strength(None, Decimal(40)), None),  # nothing that can be compared
    (80, Strength(Decimal(100)), Strength(None, Decimal(-20)), None),  # assisted work is no load
    (None, Strength(Decimal(100)), Strength(Decimal(40)), None),  # nothing to carry over
]


@pytest.mark.parametrize(("load", "before", "after", "expected"), LOADS)
def test_loads(load: int | None, before: Strength, after: Strength, expected: Decimal | None) -> None:
    translated = translate_load(None if load is None else Decimal(load), before, after)
    assert (None if translated is None else translated.load_kg) == expected


def test_sets_keep_their_repetitions_and_take_the_load_that_was_found() -> None:
    sets = (SetTarget(6, 8, Decimal(80), percent=Decimal(75), rpe=Decimal(8)), SetTarget(6, 8, Decimal(90)))
    loads = {Decimal(80): Decimal(28)}
    bench, dumbbells = LIFTS["barbell-bench-press"], LIFTS["dumbbell-bench-press"]
    assert translate_sets(sets, bench, dumbbells, loads) == (
        SetTarget(6, 8, Decimal(28), rpe=Decimal(8)),
        SetTarget(6, 8),
    )


def test_between_repetitions_and_holds_the_substitute_s_own_defaults_count() -> None:
    hold, push = LIFTS["pike-hold"], LIFTS["push-up"]
    assert translate_sets((SetTarget(5, 8),), push, hold, {}) == (SetTarget(seconds=hold.default_seconds),)
    assert translate_sets((SetTarget(seconds=20),), hold, push, {}) == (
        SetTarget(push.default_reps, push.default_reps),
    )


def test_every_piece_of_equipment_is_in_one_group() -> None:
    slugs = [slug for group in GROUPS.values() for slug in group]
    assert sorted(slugs) == sorted(one.slug for one in load_library().equipment)
    assert all(preset <= set(slugs) for preset in PRESETS.values())
