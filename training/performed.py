"""One performed set, as the rules of training see it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PerformedSet:
    """What was lifted and how often. ``load_mode`` and ``kind`` are the words of the database's enums.

    ``weight_kg`` is never negative: ``load_mode`` tells whether it is the load itself (external), hangs on the body
    (added) or takes off it (assisted); a bodyweight set has none. None is unknown, and not zero. ``exact_kg`` is the
    same load before it was rounded for storing, where it was typed in pounds: volumes are sums of it.
    """

    weight_kg: Decimal | None = None
    reps: int | None = None
    seconds: int | None = None
    distance_m: Decimal | None = None
    rpe: Decimal | None = None
    load_mode: str = "external"
    kind: str = "working"
    set_id: UUID | None = None
    session_id: UUID | None = None
    exact_kg: Decimal | None = None

    @property
    def is_warmup(self) -> bool:
        return self.kind == "warmup"

    @property
    def was_done(self) -> bool:
        """Tell a set from a missed attempt: one repetition, one second or one metre is enough."""
        return any(amount is not None and amount > 0 for amount in (self.reps, self.seconds, self.distance_m))
