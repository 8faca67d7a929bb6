"""The planned sets of a session's exercise: what was asked for when the session began, kept as JSON beside it.

One entry a set. Decimals are strings, and what is not prescribed is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from storage.models import PrescribedSet, WorkoutExercise
from training.units import plain

# The names under which what a value says stands in the JSON.
COLUMNS: Final = {
    "reps_min": "reps_min",
    "reps_max": "reps_max",
    "weight_kg": "target_weight",
    "weight": "target_weight_typed",
    "unit": "target_weight_unit",
    "load_mode": "target_load_mode",
    "percent": "target_percent",
    "rpe": "target_rpe",
    "seconds": "target_duration_seconds",
    "distance_m": "target_distance_m",
    "is_amrap": "is_amrap",
    "as_rir": "effort_as_rir",
    "per_side": "is_per_side",
}
DECIMALS: Final = frozenset(("weight_kg", "weight", "percent", "rpe", "distance_m"))


@dataclass(frozen=True, slots=True)
class PlannedSet:
    """One set as it was asked for. ``weight`` in ``unit`` is what is shown, ``weight_kg`` the same as it is stored."""

    reps_min: int | None = None
    reps_max: int | None = None
    weight_kg: Decimal | None = None
    weight: Decimal | None = None
    unit: str | None = None
    load_mode: str | None = None
    percent: Decimal | None = None
    rpe: Decimal | None = None
    seconds: int | None = None
    distance_m: Decimal | None = None
    is_amrap: bool = False
    as_rir: bool = False
    per_side: bool = False


@dataclass(frozen=True, slots=True)
class PlannedExercise:
    """What one prescription comes to in a session: its sets, and in words why they are what they are."""

    sets: tuple[PlannedSet, ...]
    reason: str | None = None


def prescribed(row: WorkoutExercise, sets: Sequence[PrescribedSet]) -> tuple[PlannedSet, ...]:
    """Write a prescription out set by set; one without a number of sets asks for one."""
    each: Sequence[WorkoutExercise | PrescribedSet] = sets or [row] * (row.sets or 1)
    return tuple(_asked(row, one) for one in each)


def _asked(row: WorkoutExercise, one: WorkoutExercise | PrescribedSet) -> PlannedSet:
    return PlannedSet(
        reps_min=one.reps_min,
        reps_max=one.reps_max,
        weight_kg=one.target_weight,
        weight=one.target_weight_typed,
        unit=one.target_weight_unit,
        load_mode=None if row.target_load_mode is None else str(row.target_load_mode),
        percent=one.target_percent,
        rpe=one.target_rpe,
        seconds=one.target_duration_seconds,
        distance_m=one.target_distance_m,
        is_amrap=one.is_amrap,
        as_rir=row.effort_as_rir,
        per_side=row.is_per_side,
    )


def to_json(sets: Iterable[PlannedSet]) -> list[Any]:
    return [{"set_number": number} | _document(one) for number, one in enumerate(sets, start=1)]


def _document(one: PlannedSet) -> dict[str, Any]:
    said = {name: getattr(one, name) for name in COLUMNS}
    return {
        COLUMNS[name]: plain(value) if isinstance(value, Decimal) else value
        for name, value in said.items()
        if value is not None and value is not False
    }


def from_json(document: Iterable[Mapping[str, Any]] | None) -> tuple[PlannedSet, ...]:
    """Read what `to_json` wrote; none where nothing was planned."""
    return tuple(_from(one) for one in document or ())


def _from(document: Mapping[str, Any]) -> PlannedSet:
    said: dict[str, Any] = {name: document[column] for name, column in COLUMNS.items() if column in document}
    decimals = {name: Decimal(value) for name, value in said.items() if name in DECIMALS}
    return PlannedSet(**{**said, **decimals})
