"""How much was done: tonnage, and hard sets for each muscle group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from training.performed import PerformedSet
from training.records import total_volume

PRIMARY_SHARE = Decimal(1)
SECONDARY_SHARE = Decimal("0.5")
EASIEST_HARD_RPE = Decimal(6)
"""Four repetitions in reserve; what is easier than that hardly trains."""
HARD_KINDS = frozenset(("working", "failure"))
"""Warm-ups are no hard sets, and a drop is the tail of the set before it."""


@dataclass(frozen=True, slots=True)
class TrainedExercise:
    """An exercise's muscle groups and the sets that were done of it."""

    primary: Sequence[str]
    secondary: Sequence[str]
    sets: Sequence[PerformedSet]


def tonnage(sets: Iterable[PerformedSet]) -> Decimal:
    """Sum weight x reps in kilograms over any sets; bodyweight and assistance add nothing."""
    return total_volume(sets) or Decimal(0)


def is_hard(performed: PerformedSet) -> bool:
    """Tell whether a set counts as training: done, no warm-up and no drop, and of unknown effort or RPE 6 and more."""
    if performed.kind not in HARD_KINDS or not performed.was_done:
        return False
    return performed.kind == "failure" or performed.rpe is None or performed.rpe >= EASIEST_HARD_RPE


def hard_sets_by_muscle(trained: Iterable[TrainedExercise]) -> Mapping[str, Decimal]:
    """Count hard sets for each muscle group: one for a primary group, half for a secondary one."""
    counted: dict[str, Decimal] = {}
    for exercise in trained:
        hard = sum(is_hard(performed) for performed in exercise.sets)
        for muscle in exercise.primary:
            _add(counted, muscle, hard * PRIMARY_SHARE)
        for muscle in exercise.secondary:
            if muscle not in exercise.primary:
                _add(counted, muscle, hard * SECONDARY_SHARE)
    return counted


def _add(counted: dict[str, Decimal], muscle: str, share: Decimal) -> None:
    if share:
        counted[muscle] = counted.get(muscle, Decimal(0)) + share
