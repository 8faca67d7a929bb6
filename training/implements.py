"""What an exercise is loaded with, by the kit it needs."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from training.loading import Implement

BY_KIT: Final = (
    # What runs on rails or turns in a sleeve weighs what nobody knows: only steps are sure.
    ("smith-machine", Implement.STACK),
    ("landmine", Implement.STACK),
    ("ez-bar", Implement.EZ_BAR),
    ("trap-bar", Implement.TRAP_BAR),
    ("dumbbells", Implement.DUMBBELL),
    ("kettlebell", Implement.KETTLEBELL),
    ("barbell", Implement.BAR),
)
LOWER_BODY: Final = frozenset(("squat", "hinge", "lunge"))
"""The categories whose loads and training maxima rise twice as fast where a method says so."""


def implement_of(kit: Collection[str], *, is_bodyweight: bool) -> Implement:
    """Tell what carries the load; whatever is not known to be a bar or to come in sizes goes by steps."""
    if is_bodyweight:
        return Implement.HUNG
    return next((implement for slug, implement in BY_KIT if slug in kit), Implement.STACK)
