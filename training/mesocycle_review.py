"""What a mesocycle came to: sets by muscle group, and which lifts grew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from training.mesocycle import hard_weeks
from training.performed import PerformedSet
from training.records import set_values
from training.volume import is_hard


@dataclass(frozen=True, slots=True)
class BlockSet:
    """A set that was done within a mesocycle, in which week, of which exercise and muscle group."""

    week: int
    root_id: UUID
    exercise: str
    muscle_group: str | None
    performed: PerformedSet


@dataclass(frozen=True, slots=True)
class GroupSets:
    """Hard sets of a muscle group in the first and in the last hard week."""

    muscle_group: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Growth:
    """An exercise's best estimated one-rep maximum in the week it was first trained, and the best after that."""

    exercise: str
    first_kg: Decimal
    best_kg: Decimal

    @property
    def gained_kg(self) -> Decimal:
        return self.best_kg - self.first_kg


def sets_by_group(sets: Sequence[BlockSet], weeks: int) -> tuple[GroupSets, ...]:
    """Count hard sets by muscle group in week 1 and in the last week before the deload, the greatest change first."""
    groups = dict.fromkeys(one.muscle_group for one in sets if one.muscle_group is not None)
    counted = (
        GroupSets(group, _count(sets, group, 1), _count(sets, group, hard_weeks(weeks)))
        for group in groups
        if group is not None
    )
    return tuple(sorted(counted, key=lambda one: (one.first - one.last, one.muscle_group)))


def growth(sets: Iterable[BlockSet]) -> tuple[Growth, ...]:
    """List the exercises by how much their estimated one-rep maximum rose; one week alone says nothing."""
    best: dict[UUID, dict[int, Decimal]] = {}
    names: dict[UUID, str] = {}
    for one in sets:
        value = set_values(one.performed).get("1rm")
        names[one.root_id] = one.exercise
        if value is not None:
            weeks = best.setdefault(one.root_id, {})
            weeks[one.week] = max(value, weeks.get(one.week, value))
    grown = [
        Growth(names[root], weeks[min(weeks)], max(value for week, value in weeks.items() if week != min(weeks)))
        for root, weeks in best.items()
        if len(weeks) > 1
    ]
    return tuple(sorted(grown, key=lambda one: (-one.gained_kg, one.exercise)))


def _count(sets: Iterable[BlockSet], group: str, week: int) -> int:
    return sum(one.muscle_group == group and one.week == week and is_hard(one.performed) for one in sets)
