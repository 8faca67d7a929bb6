"""What a prescription says in short of sets that differ. Pure rules: the summary is true of every one of the sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Final

from storage.drafts import PrescribedSetDraft
from storage.models import PrescribedSet

SHARED: Final = (
    "target_weight",
    "target_weight_typed",
    "target_weight_unit",
    "target_percent",
    "target_rpe",
    "target_duration_seconds",
    "target_distance_m",
)
"""What the summary states only where all sets have the same."""
PER_SET: Final = tuple(one.name for one in fields(PrescribedSetDraft))
FIGURES: Final = ("sets", *PER_SET)
"""The columns that a prescription and its sets must agree on."""


def summary_of(scheme: Sequence[PrescribedSetDraft]) -> dict[str, Any]:
    """Sum up sets that differ: how many, the span of their repetitions, and what they have in common.

    A load is in common only with the unit it was typed in: 100 kg and 100 lb share nothing.
    """
    first = scheme[0]
    columns: dict[str, Any] = {
        name: getattr(first, name) if len({getattr(one, name) for one in scheme}) == 1 else None for name in SHARED
    }
    if columns["target_weight"] is None or columns["target_weight_unit"] is None:
        columns["target_weight_typed"] = columns["target_weight_unit"] = None
    reps = [value for one in scheme for value in (one.reps_min, one.reps_max) if value is not None]
    has_all = all(one.reps_min is not None for one in scheme)
    return {
        **columns,
        "sets": len(scheme),
        "reps_min": min(reps) if has_all else None,
        "reps_max": max(reps) if has_all else None,
        "is_amrap": any(one.is_amrap for one in scheme),
    }


def draft_of(row: PrescribedSet) -> PrescribedSetDraft:
    """Give a stored set as a value."""
    return PrescribedSetDraft(**{name: getattr(row, name) for name in PER_SET})


def spread(scheme: Sequence[PrescribedSetDraft], columns: Mapping[str, Any]) -> tuple[PrescribedSetDraft, ...]:
    """Carry figures that were changed for the whole prescription into its sets; more sets are like the last one."""
    figures = {name: value for name, value in columns.items() if name in PER_SET}
    each = tuple(replace(one, **figures) for one in scheme)
    count = columns.get("sets")
    if count is None:
        return each
    return (*each[:count], *[each[-1]] * (count - len(each)))
