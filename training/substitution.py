"""What can be done instead of an exercise: who shares its muscles, what the kit allows, who comes first, how heavy.

A substitute shares at least one primary muscle group and needs nothing that is not there. The order: overlap of the
primary groups first, then how the exercise moves (category), how it is counted (measure) and loaded (type), how much
easier a skill it is, then how many of the secondary groups differ, and at last how common it is. The name breaks ties,
so that the order is always the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal
from uuid import UUID

from training.targets import SetTarget

BODYWEIGHT = "bodyweight"
"""The slug of the kit that everybody has."""
STANDS_IN: Mapping[str, frozenset[str]] = {
    # An incline bench can be set level; whatever is firm and of the right height is a step.
    "bench": frozenset(("incline-bench",)),
    "box-steps": frozenset(("plyo-box", "bench", "incline-bench")),
}
"""What does for a piece of kit that is not there."""
EASY_LEVEL = 2
"""The highest level of a bodyweight skill that is no step up for somebody whose exercise has no level."""
APART = frozenset(("mobility", "cardio"))
"""Categories that are substituted only among themselves: no stretch takes the place of a press."""
DEFAULT_REPS = (8, 12)
DEFAULT_SECONDS = 30

LoadBasis = Literal["estimated", "heaviest"]


@dataclass(frozen=True, slots=True)
class Lift:
    """An exercise as the ranking sees it. ``kit`` are slugs of equipment, all of them needed.

    Copies of one exercise share ``root_id``. ``commonness`` is any count that is greater for what people do more often.
    """

    id: UUID
    root_id: UUID
    name: str
    primary: frozenset[str]
    secondary: frozenset[str] = frozenset()
    exercise_type: str = "freeweight"
    category: str = "isolation"
    measure: str = "weight_reps"
    kit: frozenset[str] = field(default_factory=frozenset)
    level: int | None = None
    commonness: int = 0
    default_reps: int | None = None
    default_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Strength:
    """A user's best in a lift, in kilograms: by estimate, and as it was lifted."""

    one_rep_max: Decimal | None = None
    max_weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Translation:
    """A load carried over from one lift to another, not rounded yet. ``basis`` says what was compared."""

    load_kg: Decimal
    basis: LoadBasis
    best_before_kg: Decimal
    best_after_kg: Decimal


def missing_kit(needed: Iterable[str], kit: Collection[str] | None) -> tuple[str, ...]:
    """List what an exercise needs and the user has not, by slug. None for the kit: nothing is known, all is allowed."""
    if kit is None:
        return ()
    return tuple(sorted(slug for slug in set(needed) if not _is_there(slug, kit)))


def _is_there(slug: str, kit: Collection[str]) -> bool:
    return slug == BODYWEIGHT or slug in kit or any(other in kit for other in STANDS_IN.get(slug, ()))


def rank(lift: Lift, candidates: Iterable[Lift], kit: Collection[str] | None = None) -> list[Lift]:
    """Order what can be done instead of ``lift``, the best first."""
    fitting = [one for one in candidates if _can_stand_in(lift, one) and not missing_kit(one.kit, kit)]
    return sorted(fitting, key=lambda one: _place(lift, one))


def _can_stand_in(lift: Lift, other: Lift) -> bool:
    if other.root_id == lift.root_id or not lift.primary & other.primary:
        return False
    return lift.category == other.category or not {lift.category, other.category} & APART


def _place(lift: Lift, other: Lift) -> tuple[object, ...]:
    return (
        -overlap(lift.primary, other.primary),
        lift.category != other.category,
        _step_up(lift, other),
        lift.measure != other.measure,
        lift.exercise_type != other.exercise_type,
        _step_down(lift, other),
        len(lift.secondary ^ other.secondary),
        -other.commonness,
        other.name.casefold(),
        str(other.id),
    )


def overlap(one: frozenset[str], other: frozenset[str]) -> Decimal:
    """Give what two sets of muscle groups share, of all that are in either: 1 for equal sets, 0 for strangers."""
    union = one | other
    return Decimal(len(one & other)) / len(union) if union else Decimal(0)


def _step_up(lift: Lift, other: Lift) -> int:
    """Count the levels that the other is above the lift: nobody who cannot press the bar today does a planche."""
    return max(0, (other.level or 0) - (EASY_LEVEL if lift.level is None else lift.level))


def _step_down(lift: Lift, other: Lift) -> int:
    """Count the levels that a skill is below another: a wall push-up is little to somebody who does them on one arm."""
    return 0 if lift.level is None or other.level is None else max(0, lift.level - other.level)


# ------------------------------------------------------------------ loads and targets


def translate_load(load_kg: Decimal | None, before: Strength, after: Strength) -> Translation | None:
    """Carry a load over by what the user is able to in both lifts; None where one of them has no history.

    Estimated maxima are compared where both lifts have one, else the heaviest loads.
    """
    if load_kg is None or load_kg <= 0:
        return None
    pairs: tuple[tuple[LoadBasis, Decimal | None, Decimal | None], ...] = (
        ("estimated", before.one_rep_max, after.one_rep_max),
        ("heaviest", before.max_weight, after.max_weight),
    )
    for basis, old, new in pairs:
        if old is not None and new is not None and old > 0 and new > 0:
            return Translation(load_kg * new / old, basis, old, new)
    return None


def translate_sets(
    sets: Sequence[SetTarget], before: Lift, after: Lift, loads_kg: Mapping[Decimal, Decimal]
) -> tuple[SetTarget, ...]:
    """Carry the targets of a lift over to its substitute.

    Repetitions and effort stay. A load is the one that ``loads_kg`` has for it, else it is left open, as is a
    percentage of the old lift's maximum. Where one is counted and the other timed or measured, the substitute's own
    defaults are taken.
    """
    return tuple(_translated(one, before, after, loads_kg) for one in sets)


def _translated(one: SetTarget, before: Lift, after: Lift, loads_kg: Mapping[Decimal, Decimal]) -> SetTarget:
    load = None if one.weight_kg is None else loads_kg.get(one.weight_kg)
    plain = replace(one, weight_kg=load, percent=None, load_mode="external" if load is not None else one.load_mode)
    if is_counted_alike(before, after):
        return plain
    bare = replace(plain, reps_min=None, reps_max=None, seconds=None, distance_m=None, is_amrap=False)
    if after.measure == "duration":
        return replace(bare, seconds=after.default_seconds or DEFAULT_SECONDS)
    if after.measure == "distance":
        return bare
    low, high = (after.default_reps, after.default_reps) if after.default_reps is not None else DEFAULT_REPS
    return replace(bare, reps_min=low, reps_max=high)


def is_counted_alike(one: Lift, other: Lift) -> bool:
    """Tell whether both lifts are done for repetitions, both for time or both for a distance."""
    return _kind(one.measure) == _kind(other.measure)


def _kind(measure: str) -> str:
    return "reps" if measure == "weight_reps" else measure
