"""How the exercises of a program are to go up, as its text says. Pure rules over a plan that is about to be stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from parser import Progression, find_progression
from storage.drafts import PlanDraft, PrescriptionDraft
from training.units import to_kg


def with_progressions(plan: PlanDraft, text: str) -> PlanDraft:
    """Give every prescription the scheme that its own line names, else the one that the plan's name or notes do."""
    whole = find_progression("\n".join(part for part in (plan.name, plan.description) if part))
    return replace(
        plan,
        workouts=tuple(
            replace(
                workout,
                prescriptions=tuple(_with_scheme(one, _own(one, text) or whole) for one in workout.prescriptions),
            )
            for workout in plan.workouts
        ),
    )


def steps(plan: PlanDraft, text: str) -> dict[UUID, Decimal]:
    """Give the steps in kilograms that lines name for their exercises: "add 5 lb each session"."""
    return dict(_steps(plan, text))


def _steps(plan: PlanDraft, text: str) -> Iterator[tuple[UUID, Decimal]]:
    for workout in plan.workouts:
        for one in workout.prescriptions:
            told = _own(one, text)
            if told is not None and told.step is not None and told.unit is not None:
                yield one.exercise_id, to_kg(told.step, told.unit)


def _own(one: PrescriptionDraft, text: str) -> Progression | None:
    """Read the whole line that a prescription came from, and its note."""
    line = None
    if one.span_start is not None and 0 <= one.span_start < len(text):
        begin = text.rfind("\n", 0, one.span_start) + 1
        end = text.find("\n", one.span_start)
        line = find_progression(text[begin : len(text) if end < 0 else end])
    return line or find_progression(one.notes or "")


def _with_scheme(one: PrescriptionDraft, told: Progression | None) -> PrescriptionDraft:
    if one.progression is not None or told is None or not _fits(one, told.scheme):
        return one
    return replace(one, progression=told.scheme)


def _fits(one: PrescriptionDraft, scheme: str) -> bool:
    """Tell whether a scheme has something to work on: percents for a training max, repetitions for the others."""
    if scheme == "percent_tm":
        return one.target_percent is not None or any(each.target_percent is not None for each in one.scheme)
    if scheme == "double":
        return one.reps_min is not None and one.reps_max is not None and one.reps_min < one.reps_max
    return one.reps_max is not None
