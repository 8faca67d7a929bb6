"""What a prescription can hold, and what is done with one that asks for more. Pure rules, no database.

A figure that does not fit is never bent until it does: it is asked about, or kept as a note in the user's own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, TypeVar

from parser import PrescribedExercise, SchemeSet

T = TypeVar("T")

MOST_SETS: Final = 15
MOST_REPS: Final = 100_000
MOST_SECONDS: Final = 7 * 24 * 3600
MOST_WEIGHT: Final = Decimal(10_000)
MOST_METRES: Final = Decimal(1_000_000)
MOST_PERCENT: Final = Decimal(200)
MOST_EFFORT: Final = Decimal(10)


def has_too_many_sets(exercise: PrescribedExercise) -> bool:
    """Tell whether the exercise asks for more sets than one prescription holds."""
    return set_count(exercise) > MOST_SETS


def set_count(exercise: PrescribedExercise) -> int:
    """Count the sets, 1 where none are stated."""
    return len(exercise.scheme) or (1 if exercise.sets is None else exercise.sets)


def can_split(exercise: PrescribedExercise) -> bool:
    """Tell whether the sets can be spread over a few prescriptions of the same exercise."""
    return MOST_SETS < set_count(exercise) <= 4 * MOST_SETS and not has_odd_figures(exercise)


def has_odd_figures(exercise: PrescribedExercise) -> bool:
    """Tell whether a figure other than the number of sets is out of all bounds."""
    parts: tuple[PrescribedExercise | SchemeSet, ...] = (exercise, *exercise.scheme)
    return not all(_fits(part) for part in parts) or not _rest_fits(exercise) or _mixes_loads(exercise)


def _mixes_loads(exercise: PrescribedExercise) -> bool:
    """Tell whether loads of several kinds stand side by side, such as help and added weight."""
    return len({one.load_mode for one in exercise.scheme if one.weight is not None}) > 1


def fits(exercise: PrescribedExercise) -> bool:
    return 1 <= set_count(exercise) <= MOST_SETS and not has_odd_figures(exercise)


def _rest_fits(exercise: PrescribedExercise) -> bool:
    return exercise.rest_s is None or 0 <= exercise.rest_s <= MOST_SECONDS


def _fits(part: PrescribedExercise | SchemeSet) -> bool:
    return (
        _between(part.reps_min, MOST_REPS)
        and _between(part.reps_max, MOST_REPS)
        and (part.reps_min is None or part.reps_max is None or part.reps_min <= part.reps_max)
        and _between(part.seconds, MOST_SECONDS)
        and _between(part.distance_m, MOST_METRES)
        and _between(part.weight, MOST_WEIGHT)
        and _between(part.percent, MOST_PERCENT)
        and _between(part.rpe, MOST_EFFORT)
        and _between(part.rir, MOST_EFFORT)
    )


def _between(value: int | Decimal | None, most: int | Decimal) -> bool:
    return value is None or 0 <= value <= most


def split_sets(exercise: PrescribedExercise) -> Sequence[PrescribedExercise]:
    """Spread the sets over as few prescriptions as hold them, evenly: 20 sets are 10 and 10.

    An AMRAP that counts for the last set alone stays with the last part.
    """
    if exercise.scheme:
        return tuple(replace(exercise, sets=len(part), scheme=tuple(part)) for part in _even_parts(exercise.scheme))
    sizes = [len(part) for part in _even_parts(range(set_count(exercise)))]
    is_last_only = exercise.amrap and exercise.reps_min is not None
    return tuple(
        replace(exercise, sets=size, amrap=exercise.amrap and (not is_last_only or number == len(sizes)))
        for number, size in enumerate(sizes, start=1)
    )


def _even_parts(items: Sequence[T]) -> Iterator[Sequence[T]]:
    parts = -(-len(items) // MOST_SETS)
    for number in range(parts):
        yield items[number * len(items) // parts : (number + 1) * len(items) // parts]


def without_figures(exercise: PrescribedExercise) -> PrescribedExercise:
    """Keep the name and drop the figures, for an exercise whose figures stay a note in its own words."""
    return PrescribedExercise(
        raw=exercise.raw,
        span=exercise.span,
        line=exercise.line,
        name=exercise.name,
        key=exercise.key,
        candidates=exercise.candidates,
        superset=exercise.superset,
        note=exercise.note,
        confidence=exercise.confidence,
        scores=exercise.scores,
        doubts=exercise.doubts,
    )
