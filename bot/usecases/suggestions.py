"""What comes next time for prescriptions, and why: history, settings, records and kit put together for the rules.

A constant number of statements, however many prescriptions there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from bot.usecases.kit import kit_of
from bot.usecases.logging_sets import lifts_the_body
from bot.usecases.reading_context import unit_of
from storage.models import Exercise, ExerciseCategory, ExerciseSetting, RecordType
from storage.planned_sets import PlannedSet, prescribed
from training.implements import LOWER_BODY, implement_of
from training.library_files import load_library
from training.lift import Lift, PastWork
from training.loading import Implement
from training.performed import PerformedSet
from training.progression import belonging, scheme_of, suggest_next
from training.targets import SetTarget, Suggestion
from training.units import from_kg

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import ExerciseSet
    from storage.repositories.past_work import DoneWork
    from storage.repositories.plans import Prescription

NEXT_LOADS: Final = "next_loads"
"""The preference that holds the loads which the user has settled for next time, by root exercise."""
BY_TRAINING_MAX: Final = "percent_tm"
UNSCHEMED: Final = frozenset((ExerciseCategory.CARDIO, ExerciseCategory.MOBILITY))
"""What is not trained for a step more each time, unless a plan or the user says so."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules are told about the exercises of prescriptions, by root."""

    done: Mapping[UUID, tuple[DoneWork, ...]]
    settings: Mapping[UUID, ExerciseSetting]
    best_kg: Mapping[UUID, Decimal]


def suggest(
    turn: Turn, prescriptions: Sequence[Prescription], known: Known, reserves: Mapping[UUID, Decimal]
) -> dict[UUID, Suggestion]:
    """Say what each prescription asks for next, by its id.

    ``reserves`` are repetitions in reserve that something else, such as the week of a mesocycle, asks for in place of
    the prescription's own.
    """
    suggestions = {}
    for one in prescriptions:
        lift = lift_of(turn, one, known)
        if one.row.id in reserves:
            lift = with_reserve(lift, reserves[one.row.id])
        suggestions[one.row.id] = suggest_next(lift) if is_progressed(one, lift) else Suggestion(lift.targets)
    return suggestions


async def look_up(turn: Turn, root_ids: Iterable[UUID], before: UUID | None = None) -> Known:
    """Fetch what is known about exercises, in three statements."""
    roots = list(dict.fromkeys(root_ids))
    records = await turn.work.records.of_many(roots)
    return Known(
        await turn.work.past_work.recent(roots, before=before),
        await turn.work.exercise_settings.of(roots),
        {one.exercise_root_id: one.value for one in records if one.record_type is RecordType.ONE_REP_MAX},
    )


def lift_of(turn: Turn, prescription: Prescription, known: Known) -> Lift:
    """Put one prescription together for the rules."""
    root_id = prescription.exercise.root_id
    setting, done = known.settings.get(root_id), known.done.get(root_id, ())
    planned = prescribed(prescription.row, prescription.sets)
    targets = tuple(target_of(one) for one in planned)
    is_bodyweight = lifts_the_body(prescription.exercise)
    own = None if setting is None else setting.progression
    scheme = scheme_of(
        targets,
        own=own,
        prescribed=prescription.row.progression,
        is_bodyweight=is_bodyweight,
        measure=str(prescription.exercise.measure),
    )
    unit = _unit(turn, setting, done, planned)
    kit = kit_of(turn.user, unit)
    works = [_past(one, prescription.row.id, is_bodyweight=is_bodyweight) for one in done if not one.is_deload]
    implement = implement_of(kit_needed(prescription.exercise), is_bodyweight=is_bodyweight)
    step = None if setting is None or setting.load_step is None else from_kg(setting.load_step, unit)
    lift = Lift(
        targets,
        scheme,
        belonging(scheme, targets, works),
        unit,
        kit,
        implement,
        step,
        is_lower=str(prescription.exercise.category) in LOWER_BODY,
        is_bodyweight=is_bodyweight,
        has_count=bool(prescription.sets) or prescription.row.sets is not None,
        best_kg=known.best_kg.get(root_id),
        training_max_kg=None if setting is None else setting.training_max,
        is_percent_of_training_max=BY_TRAINING_MAX in (own, prescription.row.progression),
        harder=harder_than(prescription.exercise),
        next_kg=next_load(turn.user.preferences, root_id, done),
    )
    return _off_the_bar(lift)


def target_of(one: PlannedSet) -> SetTarget:
    return SetTarget(
        one.reps_min,
        one.reps_max,
        one.weight_kg,
        one.seconds,
        one.distance_m,
        one.percent,
        one.rpe,
        one.is_amrap,
        one.load_mode or "external",
    )


def performed_set(row: ExerciseSet, *, is_bodyweight: bool) -> PerformedSet:
    """Give a stored set to the rules; who writes no load at a pull-up means the bare body."""
    is_bare = is_bodyweight and row.weight is None and str(row.load_mode) == "external"
    return PerformedSet(
        row.weight,
        row.reps,
        row.duration_seconds,
        row.distance_m,
        row.rpe,
        "bodyweight" if is_bare else str(row.load_mode),
        str(row.kind),
        row.id,
        row.workout_session_id,
    )


def _past(done: DoneWork, prescription_id: UUID, *, is_bodyweight: bool) -> PastWork:
    return PastWork(
        tuple(performed_set(row, is_bodyweight=is_bodyweight) for row in done.sets),
        tuple(target_of(one) for one in done.planned),
        is_same=done.prescription_id == prescription_id,
    )


def _unit(turn: Turn, setting: ExerciseSetting | None, done: Sequence[DoneWork], planned: Sequence[PlannedSet]) -> str:
    """Choose the unit: the one settled for the exercise, typed last, of its training max, the plan's, the user's."""
    settled = None if setting is None else setting.unit
    of_maximum = None if setting is None else setting.training_max_unit
    typed = next((row.typed_unit for one in done for row in reversed(one.sets) if row.typed_unit), None)
    prescribed_unit = next((one.unit for one in planned if one.unit), None)
    return settled or typed or of_maximum or prescribed_unit or unit_of(turn.user)


def _off_the_bar(lift: Lift) -> Lift:
    """Leave the bar out where less than a bar was lifted: that was something else, and goes by steps."""
    if lift.implement not in (Implement.BAR, Implement.EZ_BAR, Implement.TRAP_BAR) or not lift.history:
        return lift
    loads = [one.weight_kg for one in lift.history[0].sets if one.weight_kg is not None and not one.is_warmup]
    bar = lift.kit.bar_of(lift.implement)
    if loads and from_kg(max(loads), lift.unit) < bar:
        return replace(lift, implement=Implement.STACK)
    return lift


def with_reserve(lift: Lift, reserve: Decimal) -> Lift:
    return replace(lift, targets=tuple(replace(one, rpe=10 - reserve) for one in lift.targets))


def is_progressed(prescription: Prescription, lift: Lift) -> bool:
    """Tell whether there is something to go up in: not in a run, and not where no more than sets is asked for."""
    if lift.next_kg is not None:
        return True
    if prescription.exercise.category in UNSCHEMED and prescription.row.progression is None:
        return False
    first = lift.targets[0]
    asks = (first.reps_min, first.reps_max, first.seconds, first.percent, first.weight_kg)
    if first.distance_m is not None and first.reps_max is None and first.reps_min is None:
        return False
    return prescription.row.progression is not None or first.is_amrap or any(one is not None for one in asks)


def next_load(preferences: Mapping[str, Any], root_id: UUID, done: Sequence[DoneWork]) -> Decimal | None:
    """Give the load that the user has settled for next time, as long as nothing has been done since."""
    settled = preferences.get(NEXT_LOADS, {}).get(str(root_id))
    if settled is None:
        return None
    # It was settled for the time after the session that was going on then.
    others = [one for one in done if str(one.session_id) != settled.get("session")]
    if others and others[0].performed_at > datetime.fromisoformat(settled["at"]):
        return None
    return Decimal(settled["kg"])


@cache
def _library_kit() -> Mapping[UUID, tuple[str, ...]]:
    return {one.id: one.equipment for one in load_library().exercises}


@cache
def _harder() -> Mapping[UUID, str]:
    """Name the skill that follows each one in its category."""
    return {
        one.id: following.name
        for one, following in pairwise(load_library().skills)
        if one.category == following.category
    }


def kit_needed(exercise: Exercise) -> tuple[str, ...]:
    """Give the kit that the library knows for an exercise or for the one it was made from."""
    return _library_kit().get(exercise.root_id, ())


def harder_than(exercise: Exercise) -> str | None:
    """Name the skill that follows this one in its category; None for all other exercises, and for the last."""
    return _harder().get(exercise.root_id)
