"""What a session asks for: each prescription's sets with the loads they come to, and why.

The prescription is the base, the progression says what comes next of it, and the week of a mesocycle decides how many
sets there are, how many repetitions stay in reserve and, in a deload, which part of the load.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from bot.usecases import mesocycles
from bot.usecases.kit import kit_of
from bot.usecases.logging_sets import lifts_the_body
from bot.usecases.mesocycles import MesoTarget, MesoWeek
from bot.usecases.suggestions import kit_needed, look_up, suggest
from bot.views import suggestions as suggestion_words
from storage.planned_sets import PlannedExercise, PlannedSet, prescribed
from training.implements import implement_of
from training.loading import loadable
from training.targets import SetTarget, Suggestion
from training.units import from_kg, to_kg

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import Workout
    from storage.repositories.past_work import DoneWork
    from storage.repositories.plans import Prescription


@dataclass(frozen=True, slots=True)
class Targets:
    """What a workout comes to now, by the ids of its prescriptions; `week` where a mesocycle is going on.

    `done` is the past work that was gone by, by root exercise, the newest first.
    """

    planned: Mapping[UUID, PlannedExercise]
    done: Mapping[UUID, tuple[DoneWork, ...]]
    week: MesoWeek | None = None


async def compose(
    turn: Turn, workout: Workout, prescriptions: Sequence[Prescription], *, is_next: bool = False
) -> Targets:
    """Say what each prescription of a workout asks for now, or in the week in which it comes next."""
    week = await mesocycles.week_of(turn, workout, is_next=is_next)
    of_week = {} if week is None else week.by_prescription
    reserves = {prescription_id: target.rir for prescription_id, target in of_week.items()}
    known = await look_up(turn, [one.exercise.root_id for one in prescriptions])
    suggestions = suggest(turn, prescriptions, known, reserves)
    planned = {
        one.row.id: _planned(turn, one, suggestions[one.row.id], of_week.get(one.row.id)) for one in prescriptions
    }
    return Targets(planned, known.done, week)


def _planned(turn: Turn, one: Prescription, suggestion: Suggestion, of_week: MesoTarget | None) -> PlannedExercise:
    base = prescribed(one.row, one.sets)
    # A suggestion may ask for another number of sets: a set more, or the next set scheme of a stalled lift.
    bases = _as_many(base, len(suggestion.sets))
    sets = tuple(
        _suggested(planned, target, suggestion.unit) for planned, target in zip(bases, suggestion.sets, strict=True)
    )
    why = suggestion_words.reason(turn.messages, suggestion.reason)
    reasons = [why] if why else []
    if of_week is not None:
        sets = tuple(_in_week(turn, one, each, of_week) for each in _as_many(sets, of_week.sets))
        reasons = [*([of_week.reason] if of_week.reason else []), *(reasons if of_week.load_factor == 1 else [])]
    return PlannedExercise(sets, " · ".join(reasons) or None)


def _suggested(base: PlannedSet, target: SetTarget, unit: str) -> PlannedSet:
    """Put what is suggested into a prescribed set; a load that stays is shown as it was typed."""
    is_same = target.weight_kg == base.weight_kg and base.weight is not None
    weight = base.weight if is_same else None if target.weight_kg is None else from_kg(target.weight_kg, unit)
    return replace(
        base,
        reps_min=target.reps_min,
        reps_max=target.reps_max,
        weight_kg=target.weight_kg,
        weight=weight,
        unit=base.unit if is_same else unit if weight is not None else None,
        load_mode=base.load_mode if target.weight_kg is None else target.load_mode,
        percent=target.percent,
        rpe=target.rpe,
        seconds=target.seconds,
        distance_m=target.distance_m,
        is_amrap=target.is_amrap,
    )


def _as_many(sets: Sequence[PlannedSet], count: int) -> list[PlannedSet]:
    """Give so many sets: the first ones, and the last one again where there are more."""
    return [sets[min(index, len(sets) - 1)] for index in range(count)]


def _in_week(turn: Turn, prescription: Prescription, one: PlannedSet, of_week: MesoTarget) -> PlannedSet:
    """Put the week's reserve into a set, and lighten it where the week is a deload.

    A percent of a max says already how hard a set is; one that is as light as a deload stays as it is.
    """
    if one.percent is not None and (of_week.load_factor == 1 or one.percent <= 100 * of_week.load_factor):
        return one
    eased = replace(one, rpe=10 - of_week.rir, as_rir=True)
    if of_week.load_factor != 1:
        percent = None if one.percent is None else round(one.percent * of_week.load_factor)
        eased = replace(eased, is_amrap=False, percent=None if percent is None else Decimal(percent))
    if of_week.load_factor == 1 or one.weight_kg is None:
        return eased
    unit = one.unit or "kg"
    weight = _eased(turn, prescription, from_kg(one.weight_kg, unit) * of_week.load_factor, unit)
    return replace(eased, weight=weight, unit=unit, weight_kg=to_kg(weight, unit))


def _eased(turn: Turn, prescription: Prescription, weight: Decimal, unit: str) -> Decimal:
    exercise = prescription.exercise
    implement = implement_of(kit_needed(exercise), is_bodyweight=lifts_the_body(exercise))
    return loadable(weight, kit_of(turn.user, unit), implement)
