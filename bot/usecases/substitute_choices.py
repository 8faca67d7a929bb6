"""What can be done instead of an exercise, with the load it comes to by the user's own history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final
from uuid import UUID

from bot.usecases.kit import kit_of
from bot.usecases.reading_context import unit_of
from training.implements import implement_of
from training.loading import loadable
from training.substitution import Lift, Strength, Translation, is_counted_alike, missing_kit, rank, translate_load
from training.units import from_kg, to_kg

if TYPE_CHECKING:
    from bot.turn import Turn

MOST: Final = 6


@dataclass(frozen=True, slots=True)
class Load:
    """A load in the user's unit that can be put together, and what it was carried over by."""

    value: Decimal
    unit: str
    translation: Translation

    @property
    def kg(self) -> Decimal:
        return to_kg(self.value, self.unit)

    def shown(self, kilograms: Decimal) -> Decimal:
        """Give kilograms in this load's unit, no finer than is of use."""
        return round(from_kg(kilograms, self.unit), 1)


@dataclass(frozen=True, slots=True)
class Substitute:
    """An exercise that can take another's place; `load` only where both lifts have history."""

    lift: Lift
    load: Load | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be done instead of `lift`. `missing` names the equipment the user lacks for it."""

    lift: Lift
    substitutes: tuple[Substitute, ...]
    has_told_kit: bool
    missing: tuple[str, ...] = ()


async def substitutes(
    turn: Turn, exercise_id: UUID, limit: int = MOST, load_kg: Decimal | None = None
) -> tuple[Substitute, ...]:
    """Rank what can be done instead; loads are carried over from `load_kg`, or from what was lifted last."""
    choices = await find_choices(turn, exercise_id, limit, load_kg)
    return () if choices is None else choices.substitutes


async def find_choices(
    turn: Turn, exercise_id: UUID, limit: int = MOST, load_kg: Decimal | None = None
) -> Choices | None:
    """Do what `substitutes` does, and tell about the kit; None where there is no such exercise."""
    lift = (await turn.work.substitutes.lifts([exercise_id])).get(exercise_id)
    if lift is None:
        return None
    kit = await turn.work.equipment.slugs()
    ranked = rank(lift, await turn.work.substitutes.candidates(lift.primary), kit)[:limit]
    if load_kg is None:
        load_kg = (await turn.work.exercises.last_loads()).get(lift.root_id)
    strengths = await turn.work.substitutes.strengths([lift.root_id, *(one.root_id for one in ranked)])
    found = tuple(Substitute(one, carry_over(turn, load_kg, lift, one, strengths)) for one in ranked)
    return Choices(lift, found, kit is not None, await names_of(turn, missing_kit(lift.kit, kit)))


async def best_for(turn: Turn, exercise_ids: Iterable[UUID]) -> dict[UUID, Lift]:
    """Find the first substitute of each of several exercises that is counted in the same way; some may have none."""
    lifts = await turn.work.substitutes.lifts(exercise_ids)
    if not lifts:
        return {}
    kit = await turn.work.equipment.slugs()
    candidates = await turn.work.substitutes.candidates(group for one in lifts.values() for group in one.primary)
    found: dict[UUID, Lift] = {}
    for key, lift in lifts.items():
        alike = (one for one in rank(lift, candidates, kit) if is_counted_alike(lift, one))
        if (best := next(alike, None)) is not None:
            found[key] = best
    return found


async def names_of(turn: Turn, slugs: Sequence[str]) -> tuple[str, ...]:
    """Name equipment by its slugs."""
    if not slugs:
        return ()
    names = {one.slug: one.name for one in await turn.work.equipment.all()}
    return tuple(names[slug] for slug in slugs if slug in names)


def carry_over(
    turn: Turn, load_kg: Decimal | None, before: Lift, after: Lift, strengths: Mapping[UUID, Strength]
) -> Load | None:
    """Carry a load over to a substitute and round it to what can be put together."""
    if not (_is_loaded(before) and _is_loaded(after)):
        return None
    old, new = strengths.get(before.root_id, Strength()), strengths.get(after.root_id, Strength())
    translation = translate_load(load_kg, old, new)
    if translation is None:
        return None
    unit = unit_of(turn.user)
    implement = implement_of(after.kit, is_bodyweight=False)
    load = loadable(from_kg(translation.load_kg, unit), kit_of(turn.user, unit), implement)
    return Load(load, unit, translation)


def _is_loaded(lift: Lift) -> bool:
    """Tell whether a lift's whole load is known: under an added load the body is the greater part of it."""
    return lift.measure == "weight_reps" and lift.exercise_type != "bodyweight"
