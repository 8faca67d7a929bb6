"""Mastery of skills, what to work toward, and levels."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from training.calisthenics import Dose, Standing, achieved, level_of, next_dose, standing
from training.library_files import load_library
from training.performed import PerformedSet

FIRST, SECOND, THIRD = UUID(int=1), UUID(int=2), UUID(int=3)
REPS = Dose(3, 8)
HOLD = Dose(3, None, 30)


def did(*reps: int, session: UUID = FIRST, **columns: Any) -> list[PerformedSet]:
    return [replace(PerformedSet(reps=one, session_id=session, load_mode="bodyweight"), **columns) for one in reps]


def held(*seconds: int, session: UUID = FIRST) -> list[PerformedSet]:
    return [PerformedSet(seconds=one, session_id=session, load_mode="bodyweight") for one in seconds]


MASTERY = [
    ("all sets at the dose", did(8, 8, 8), REPS, True),
    ("more is as good", did(12, 9, 8, 8), REPS, True),
    ("a weak set between does not matter where there are enough", did(8, 5, 8, 8), REPS, True),
    ("one set short", did(12, 12), REPS, False),
    ("one repetition short", did(8, 8, 7), REPS, False),
    ("two sessions together are none", [*did(8, 8), *did(8, session=SECOND)], REPS, False),
    ("assisted sets do not count", did(8, 8, 8, load_mode="assisted", weight_kg=Decimal(20)), REPS, False),
    ("assistance of nothing is none", did(8, 8, 8, load_mode="assisted", weight_kg=Decimal(0)), REPS, True),
    ("a load on the body counts", did(8, 8, 8, load_mode="added", weight_kg=Decimal(5)), REPS, True),
    ("warm-ups do not count", [*did(8, kind="warmup"), *did(8, 8)], REPS, False),
    ("held long enough", held(30, 31, 30), HOLD, True),
    ("let go too early", held(30, 29, 30), HOLD, False),
    ("repetitions are no hold", did(30, 30, 30), HOLD, False),
    ("nothing done", [], REPS, False),
]


@pytest.mark.parametrize(("sets", "dose", "is_mastered"), [one[1:] for one in MASTERY], ids=[one[0] for one in MASTERY])
def test_mastery(sets: list[PerformedSet], dose: Dose, is_mastered: bool) -> None:
    assert standing(sets, dose).is_mastered is is_mastered


def test_the_first_session_that_meets_the_dose_is_remembered() -> None:
    history = [*did(8, 8, 6), *did(8, 8, 8, session=SECOND), *did(9, 9, 9, session=THIRD)]
    found = standing(history, REPS)
    assert found.mastered_in == history[5]
    assert (found.sessions, found.best, found.latest) == (3, Dose(3, 9), Dose(3, 9))


ACHIEVED = [
    (did(6, 6, 5), Dose(3, 5)),
    (did(5, 6, 6, 7), Dose(3, 6)),  # of four sets the best three
    (did(9), Dose(1, 9)),
    (did(0), None),
    ([], None),
]


@pytest.mark.parametrize(("sets", "expected"), ACHIEVED)
def test_a_session_in_equal_sets(sets: list[PerformedSet], expected: Dose | None) -> None:
    assert achieved(sets, REPS) == expected


NEXT = [
    # latest, dose, next time
    (None, REPS, Dose(3, 4)),  # half of it to begin with
    (None, Dose(4, None, 15), Dose(4, None, 8)),
    (Dose(1, 5), REPS, Dose(2, 5)),  # first the sets
    (Dose(2, 5), REPS, Dose(3, 5)),
    (Dose(3, 5), REPS, Dose(3, 6)),  # then a repetition more
    (Dose(3, 7), REPS, Dose(3, 8)),
    (Dose(3, 8), REPS, Dose(3, 8)),  # there
    (Dose(2, 12), REPS, Dose(3, 8)),  # no further than the dose
    (Dose(3, None, 20), HOLD, Dose(3, None, 25)),  # five seconds more
    (Dose(3, None, 28), HOLD, Dose(3, None, 30)),
]


@pytest.mark.parametrize(("latest", "dose", "expected"), NEXT)
def test_working_targets(latest: Dose | None, dose: Dose, expected: Dose) -> None:
    assert next_dose(latest, dose) == expected


def test_working_targets_reach_every_skill_s_dose() -> None:
    for skill in load_library().skills:
        assert skill.default_sets is not None
        dose = Dose(skill.default_sets, skill.default_reps, skill.default_duration_seconds)
        now = next_dose(None, dose)
        for _ in range(60):
            now = next_dose(now, dose)
        assert now == dose


def at(mastered: int, learning: int = 0, tried: int = 0) -> list[Standing]:
    done = PerformedSet(reps=8)
    return [
        *[Standing(1, REPS, REPS, REPS, done)] * mastered,
        *[Standing(2, Dose(3, 5), Dose(3, 5), Dose(3, 6))] * learning,
        *[Standing(1, Dose(1, 1), Dose(1, 1), Dose(2, 1))] * tried,
    ]


LEVELS = [
    ("nothing trained", {}, 0),
    ("one mastered is not enough", {0: at(1)}, 0),
    ("two mastered are", {0: at(2)}, 1),
    ("one that is still being learned holds back", {0: at(2, learning=1)}, 0),
    ("one that was only tried does not", {0: at(2, tried=1)}, 1),
    ("level by level", {0: at(2), 1: at(3)}, 2),
    ("a gap stays behind", {0: at(2), 1: at(2, learning=1)}, 1),
    ("the highest counts, whatever is below", {0: at(0, learning=1), 3: at(2)}, 4),
    ("there is nothing above five", {5: at(2)}, 5),
]


@pytest.mark.parametrize(("by_level", "expected"), [one[1:] for one in LEVELS], ids=[one[0] for one in LEVELS])
def test_levels(by_level: dict[int, list[Standing]], expected: int) -> None:
    assert level_of(by_level) == expected
