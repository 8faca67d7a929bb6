"""What to begin with, where nothing has been done yet. No load is ever made up."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from training.lift import Lift, range_args, suggestion
from training.records import MOST_REPS_FOR_ESTIMATE
from training.targets import Reason, Suggestion
from training.units import from_kg, plain

FIRST_RESERVE: Final = 2
"""Repetitions that a first session leaves in reserve when its load is estimated from a maximum."""


def first_time(lift: Lift) -> Suggestion:
    """Say what to begin with: the plan's own load, an estimate, or the advice to start light."""
    if any(one.weight_kg is not None for one in lift.targets):
        return Suggestion(lift.targets, why(lift, "plan-load"), lift.unit)
    if lift.is_bodyweight:
        return suggestion(lift, [Decimal(0)] * len(lift.targets), "first-bodyweight")
    if lift.best_kg is not None and (load := _estimate(lift, from_kg(lift.best_kg, lift.unit))) is not None:
        best = plain(from_kg(lift.best_kg, lift.unit).quantize(Decimal("0.1")))
        return suggestion(lift, [load] * len(lift.targets), "estimate", {"maximum": best, **range_args(lift)})
    return Suggestion(lift.targets, why(lift, "start-light"), lift.unit)


def _estimate(lift: Lift, maximum: Decimal) -> Decimal | None:
    """Work Epley's formula backwards for the top of the range; None where it does not reach so far."""
    if not lift.is_uniform or lift.high is None or lift.high + FIRST_RESERVE > MOST_REPS_FOR_ESTIMATE:
        return None
    return lift.nearest(maximum * 30 / (30 + lift.high + FIRST_RESERVE))


def why(lift: Lift, key: str) -> Reason:
    """Give a reason that needs no figures."""
    return Reason(f"progression-reason-{key}", {"unit": lift.unit})
