"""What an exercise of a plan asks for, as one value: read from a text, or stored as a prescription."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal

from parser import PrescribedExercise, SchemeSet
from storage.models import PrescribedSet, WorkoutExercise
from storage.planned_sets import PlannedSet

Loaded = PrescribedExercise | SchemeSet


@dataclass(frozen=True, slots=True)
class Targets:
    """The targets of equal sets. `sets` is None where no number of them is prescribed; `weight` is as it was typed."""

    sets: int | None = None
    reps_min: int | None = None
    reps_max: int | None = None
    seconds: int | None = None
    distance_m: Decimal | None = None
    weight: Decimal | None = None
    unit: str = "kg"
    load_mode: str = "external"
    percent: Decimal | None = None
    rpe: Decimal | None = None
    as_rir: bool = False
    amrap: bool = False

    @property
    def says_something(self) -> bool:
        return replace(self, unit="kg", load_mode="external", as_rir=False) != Targets()


@dataclass(frozen=True, slots=True)
class Prescribed:
    """Everything that is asked of one exercise: its targets, set by set where they differ, rest, tempo and so on."""

    targets: Targets
    scheme: tuple[Targets, ...] = ()
    rest_seconds: int | None = None
    tempo: str | None = None
    per_side: bool = False
    superset: str | None = None
    note: str | None = None


def prescribed_in(exercise: PrescribedExercise, default_unit: str) -> Prescribed:
    """Give what a reading asks for. What a set of a scheme leaves open holds from the exercise itself."""
    whole = replace(_read_targets(exercise, default_unit), sets=exercise.sets)
    scheme = tuple(filled(_read_targets(one, default_unit), whole) for one in exercise.scheme)
    return Prescribed(
        whole,
        scheme,
        exercise.rest_s,
        exercise.tempo,
        exercise.per_side,
        exercise.superset,
        exercise.note,
    )


def _read_targets(loaded: Loaded, default_unit: str) -> Targets:
    effort = loaded.rpe if loaded.rir is None else 10 - loaded.rir
    return Targets(
        reps_min=loaded.reps_min,
        reps_max=loaded.reps_max,
        seconds=loaded.seconds,
        distance_m=loaded.distance_m,
        weight=loaded.weight,
        unit=loaded.unit or default_unit,
        load_mode=loaded.load_mode,
        percent=loaded.percent,
        rpe=effort,
        as_rir=loaded.rir is not None,
        amrap=loaded.amrap,
    )


def filled(one: Targets, whole: Targets) -> Targets:
    """Take what a set does not state from the exercise; reps, time, load and effort each as a whole."""
    taken: dict[str, object] = {}
    if one.reps_min is None and one.reps_max is None and not one.amrap:
        taken |= {"reps_min": whole.reps_min, "reps_max": whole.reps_max}
    for name in ("seconds", "distance_m"):
        if getattr(one, name) is None:
            taken[name] = getattr(whole, name)
    if one.weight is None and one.percent is None:
        taken |= {name: getattr(whole, name) for name in ("weight", "unit", "load_mode", "percent")}
    if one.rpe is None:
        taken |= {"rpe": whole.rpe, "as_rir": whole.as_rir}
    known = {field.name: getattr(one, field.name) for field in fields(one)}
    return Targets(**{**known, **taken})


def prescribed_by(row: WorkoutExercise, sets: Sequence[PrescribedSet]) -> Prescribed:
    """Give what a stored prescription asks for."""
    mode = "external" if row.target_load_mode is None else str(row.target_load_mode)
    return Prescribed(
        replace(_stored_targets(row, mode, row.effort_as_rir), sets=row.sets),
        tuple(_stored_targets(one, mode, row.effort_as_rir) for one in sets),
        row.rest_time_seconds,
        row.tempo,
        row.is_per_side,
        row.superset_group,
        row.notes,
    )


def _stored_targets(row: WorkoutExercise | PrescribedSet, mode: str, as_rir: bool) -> Targets:
    typed = row.target_weight if row.target_weight_typed is None else row.target_weight_typed
    return Targets(
        reps_min=row.reps_min,
        reps_max=row.reps_max,
        seconds=row.target_duration_seconds,
        distance_m=row.target_distance_m,
        weight=typed,
        unit=row.target_weight_unit or "kg",
        load_mode=mode,
        percent=row.target_percent,
        rpe=row.target_rpe,
        as_rir=as_rir,
        amrap=row.is_amrap,
    )


def prescribed_as(planned: Sequence[PlannedSet]) -> Prescribed:
    """Give planned sets as one value: equal ones together, others as a scheme."""
    each = [_planned_targets(one) for one in planned]
    per_side = any(one.per_side for one in planned)
    if len(set(each)) == 1:
        return Prescribed(replace(each[0], sets=len(each)), per_side=per_side)
    return Prescribed(Targets(sets=len(each)), tuple(each), per_side=per_side)


def _planned_targets(one: PlannedSet) -> Targets:
    return Targets(
        reps_min=one.reps_min,
        reps_max=one.reps_max,
        seconds=one.seconds,
        distance_m=one.distance_m,
        weight=one.weight_kg if one.weight is None else one.weight,
        unit="kg" if one.weight is None else one.unit or "kg",
        load_mode=one.load_mode or "external",
        percent=one.percent,
        rpe=one.rpe,
        as_rir=one.as_rir,
        amrap=one.is_amrap,
    )
