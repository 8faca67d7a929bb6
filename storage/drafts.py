"""What is handed to storage to be written: plain values, one a row, named like the columns of `storage.models`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from storage.models import ConfidenceLevel, LoadMode, SetKind


@dataclass(frozen=True, slots=True)
class SetDraft:
    """A performed set. ``weight`` is in kilograms, ``typed_weight`` in ``typed_unit`` is what the user wrote.

    ``id`` is for those who have to name the set before it is written.
    """

    exercise_id: UUID
    reps: int | None = None
    weight: Decimal | None = None
    load_mode: LoadMode | str = LoadMode.EXTERNAL
    typed_weight: Decimal | None = None
    typed_unit: str | None = None
    duration_seconds: int | None = None
    distance_m: Decimal | None = None
    rpe: Decimal | None = None
    effort_as_rir: bool = False
    rest_time_seconds: int | None = None
    kind: SetKind | str = SetKind.WORKING
    notes: str | None = None
    confidence_level: ConfidenceLevel | str = ConfidenceLevel.HIGH
    span_start: int | None = None
    span_end: int | None = None
    read_by: str | None = None
    performed_at: datetime | None = None
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class PrescribedSetDraft:
    """One set of a prescription whose sets differ."""

    reps_min: int | None = None
    reps_max: int | None = None
    target_weight: Decimal | None = None
    target_weight_typed: Decimal | None = None
    target_weight_unit: str | None = None
    target_percent: Decimal | None = None
    target_rpe: Decimal | None = None
    target_duration_seconds: int | None = None
    target_distance_m: Decimal | None = None
    is_amrap: bool = False


@dataclass(frozen=True, slots=True)
class PrescriptionDraft:
    """An exercise of a workout with its targets. ``scheme`` has one entry a set where the sets differ."""

    exercise_id: UUID
    sets: int | None = None
    reps_min: int | None = None
    reps_max: int | None = None
    target_weight: Decimal | None = None
    target_weight_typed: Decimal | None = None
    target_weight_unit: str | None = None
    target_load_mode: LoadMode | str | None = None
    target_percent: Decimal | None = None
    target_rpe: Decimal | None = None
    effort_as_rir: bool = False
    target_duration_seconds: int | None = None
    target_distance_m: Decimal | None = None
    rest_time_seconds: int | None = None
    tempo: str | None = None
    superset_group: str | None = None
    is_amrap: bool = False
    is_per_side: bool = False
    progression: str | None = None
    notes: str | None = None
    raw_text: str | None = None
    confidence_level: ConfidenceLevel | str = ConfidenceLevel.MEDIUM
    span_start: int | None = None
    span_end: int | None = None
    read_by: str | None = None
    scheme: tuple[PrescribedSetDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkoutDraft:
    """A training day. ``day_of_week`` is 0 for Monday."""

    name: str
    prescriptions: tuple[PrescriptionDraft, ...] = ()
    description: str | None = None
    week_number: int | None = None
    day_of_week: int | None = None


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A plan in the order of its workouts. ``import_id`` is the text it was read from, every prescription's receipt."""

    name: str
    workouts: tuple[WorkoutDraft, ...] = ()
    description: str | None = None
    days_per_week: int | None = None
    duration_weeks: int | None = None
    tags: tuple[str, ...] = ()
    import_id: UUID | None = None
