"""Exercises that a user makes: what a new one is taken to be where only its name and its figures are known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from parser import PrescribedExercise, ReadSet, SchemeSet
from storage.errors import ExerciseNameTakenError

if TYPE_CHECKING:
    from storage.models import Exercise
    from storage.unit_of_work import UnitOfWork

LONGEST_NAME: Final = 100
GUESSED_TAG: Final = "muscles guessed"
"""On exercises whose muscles nobody named: they were taken from the exercises beside them."""

Counted = PrescribedExercise | SchemeSet | ReadSet


def measure_of(counted: Iterable[Counted]) -> str:
    """Tell how an exercise is counted, from what was written for it."""
    parts = tuple(counted)
    if any(_reps(part) is not None for part in parts):
        return "weight_reps"
    if any(part.distance_m is not None for part in parts):
        return "distance"
    return "duration" if any(part.seconds is not None for part in parts) else "weight_reps"


def _reps(part: Counted) -> int | None:
    return part.reps if isinstance(part, ReadSet) else part.reps_min


async def create_own(
    work: UnitOfWork, name: str, muscles: Sequence[str], measure: str, tags: Sequence[str] = ()
) -> Exercise:
    """Make an exercise of the user's own; where they have one of that name, it is the one that is meant."""
    try:
        return await work.exercises.create(
            name.strip()[:LONGEST_NAME], primary_muscle_groups=muscles, measure=measure, tags=list(tags)
        )
    except ExerciseNameTakenError as taken:
        exercise: Exercise = taken.exercise
        return exercise
