"""From a settled draft to the plan that is stored. Pure rules, no database: exercises are looked up beforehand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from bot.usecases.program_draft import Draft, DraftDay, Item, Place, confidence_of
from bot.usecases.program_limits import MOST_SETS, fits, split_sets, without_figures
from bot.usecases.targets import Prescribed, Targets, prescribed_in
from bot.usecases.weekdays import weekday_in
from parser import PrescribedExercise
from storage.drafts import PlanDraft, PrescribedSetDraft, PrescriptionDraft, WorkoutDraft
from training.units import to_kg

MOST_WEEKS: Final = 52
DAYS_OF_A_WEEK: Final = 7


def plan_of(
    draft: Draft,
    name: str,
    workout_names: tuple[str, ...],
    exercises: Mapping[Place, UUID],
    notes: Mapping[Place, str],
    unit: str,
    import_id: UUID,
) -> PlanDraft:
    """Make the plan. Items without an exercise in `exercises` are left out, and workouts that nothing is left of.

    `notes` has the words for figures that are kept as a note.
    """
    workouts = tuple(
        WorkoutDraft(
            workout_names[d],
            tuple(_prescriptions(d, day, exercises, notes, unit)),
            week_number=day.week if day.week is not None and 1 <= day.week <= MOST_WEEKS else None,
            day_of_week=day.day_of_week if day.day_of_week is not None else weekday_in(day.name),
        )
        for d, day in enumerate(draft.days)
        if any(Place(d, i) in exercises for i in range(len(day.items)))
    )
    weeks = [workout.week_number for workout in workouts if workout.week_number is not None]
    return PlanDraft(
        name,
        workouts,
        description="\n".join(draft.notes) or None,
        days_per_week=_days_per_week(workouts),
        duration_weeks=max(weeks) if weeks else None,
        import_id=import_id,
    )


def _days_per_week(workouts: tuple[WorkoutDraft, ...]) -> int | None:
    """Count the workouts of the fullest week; without weeks all of them are one, unless they are too many for it."""
    days = max(Counter(workout.week_number for workout in workouts).values(), default=0)
    return days if 1 <= days <= DAYS_OF_A_WEEK else None


def _prescriptions(
    d: int, day: DraftDay, exercises: Mapping[Place, UUID], notes: Mapping[Place, str], unit: str
) -> Iterator[PrescriptionDraft]:
    for i, item in enumerate(day.items):
        exercise_id = exercises.get(Place(d, i))
        if exercise_id is not None:
            for part in _parts(item):
                yield _prescription(item, part, exercise_id, notes.get(Place(d, i)), unit)


def _parts(item: Item) -> tuple[PrescribedExercise, ...]:
    """Give what is stored of an item: itself, its sets in parts, or its name alone where the figures stay a note."""
    if item.decision.figures == "split":
        return tuple(split_sets(item.asked))
    return (item.asked,) if stays_as_read(item) else (without_figures(item.asked),)


def stays_as_read(item: Item) -> bool:
    """Tell whether the figures are stored as figures; else they are kept as a note."""
    return item.decision.figures == "split" or (item.decision.figures != "noted" and fits(item.read))


def _prescription(
    item: Item, part: PrescribedExercise, exercise_id: UUID, noted: str | None, unit: str
) -> PrescriptionDraft:
    asked = prescribed_in(part, unit)
    columns = columns_of(asked)
    columns["notes"] = "\n".join(note for note in (part.note, noted) if note) or None
    return PrescriptionDraft(
        exercise_id,
        **columns,
        raw_text=item.read.raw.strip(),
        confidence_level=str(confidence_of(item)),
        span_start=item.read.span.start,
        span_end=item.read.span.end,
        read_by="user" if item.is_touched else item.read.reader,
        scheme=scheme_of(asked),
    )


def columns_of(asked: Prescribed) -> dict[str, Any]:
    """Give what is asked for as columns of a prescription, sets that differ summed up."""
    summary = _summary(asked)
    return {
        "sets": len(asked.scheme) if asked.scheme else summary.sets,
        "reps_min": summary.reps_min,
        "reps_max": summary.reps_max,
        "target_weight": None if summary.weight is None else to_kg(summary.weight, summary.unit),
        "target_weight_typed": summary.weight,
        "target_weight_unit": None if summary.weight is None else summary.unit,
        "target_load_mode": _load_mode(asked),
        "target_percent": summary.percent,
        "target_rpe": summary.rpe,
        "effort_as_rir": summary.as_rir,
        "target_duration_seconds": summary.seconds,
        "target_distance_m": summary.distance_m,
        "rest_time_seconds": asked.rest_seconds,
        "tempo": asked.tempo,
        "superset_group": asked.superset,
        "is_amrap": summary.amrap,
        "is_per_side": asked.per_side,
        "notes": asked.note,
    }


def scheme_of(asked: Prescribed) -> tuple[PrescribedSetDraft, ...]:
    """Give the sets one by one where they differ."""
    return tuple(_set(one) for one in asked.scheme[:MOST_SETS])


def _load_mode(asked: Prescribed) -> str | None:
    modes = {one.load_mode for one in (asked.targets, *asked.scheme)}
    for mode in ("added", "assisted", "bodyweight"):
        if mode in modes:
            return mode
    return "external" if any(one.weight is not None for one in (asked.targets, *asked.scheme)) else None


def _summary(asked: Prescribed) -> Targets:
    """Sum up sets that differ, so that what stands in the prescription itself is true of all of them."""
    if not asked.scheme:
        return asked.targets
    reps = [value for one in asked.scheme for value in (one.reps_min, one.reps_max) if value is not None]
    has_all_reps = all(one.reps_min is not None for one in asked.scheme)
    first = asked.scheme[0]
    shared: dict[str, Any] = {
        name: getattr(first, name) if all(getattr(one, name) == getattr(first, name) for one in asked.scheme) else None
        for name in ("seconds", "distance_m", "weight", "percent", "rpe")
    }
    return replace(
        asked.targets,
        reps_min=min(reps) if has_all_reps else None,
        reps_max=max(reps) if has_all_reps else None,
        unit=first.unit,
        as_rir=first.as_rir,
        amrap=any(one.amrap for one in asked.scheme),
        **shared,
    )


def _set(one: Targets) -> PrescribedSetDraft:
    return PrescribedSetDraft(
        reps_min=one.reps_min,
        reps_max=one.reps_max,
        target_weight=None if one.weight is None else to_kg(one.weight, one.unit),
        target_weight_typed=one.weight,
        target_weight_unit=None if one.weight is None else one.unit,
        target_percent=one.percent,
        target_rpe=one.rpe,
        target_duration_seconds=one.seconds,
        target_distance_m=one.distance_m,
        is_amrap=one.amrap,
    )
