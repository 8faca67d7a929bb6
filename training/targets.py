"""What a set is to be: the targets that a session is trained by, and why they are what they are.

Loads are in kilograms as they are stored; the unit beside them says in which one they were worked out, so that
102.06 kg is shown as the 225 lb that it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class SetTarget:
    """One set: repetitions, load, time or distance. What is None is left to the lifter."""

    reps_min: int | None = None
    reps_max: int | None = None
    weight_kg: Decimal | None = None
    seconds: int | None = None
    distance_m: Decimal | None = None
    percent: Decimal | None = None
    rpe: Decimal | None = None
    is_amrap: bool = False
    load_mode: str = "external"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a suggestion is what it is: the key of a message in the catalogue, and what it is said with."""

    key: str
    args: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The sets of a prescription for next time. ``unit`` is the one in which its loads were worked out."""

    sets: tuple[SetTarget, ...]
    reason: Reason | None = None
    unit: str = "kg"
