"""Whether figures are what a body can do. What is not plausible is read all the same, but never with high
confidence.
"""

from __future__ import annotations

from decimal import Decimal

from parser.groups import Group
from parser.products import Lift

MOST_KG = Decimal(500)
MOST_LEG_KG = Decimal(1000)
MOST_REPS_UNDER_LOAD = 60
MOST_SECONDS = 6 * 3600
LB = Decimal("0.45359237")


def implausible(groups: list[Group], lift: Lift, unit: str) -> str | None:
    """Name what is implausible about the sets, or give None."""
    if sum(group.count for group in groups) > 40:
        return "many sets"
    for group in groups:
        found = _implausible_group(group, lift, unit)
        if found:
            return found
    return None


def _implausible_group(group: Group, lift: Lift, unit: str) -> str | None:
    weight = group.load.weight if group.load is not None else None
    kilos = weight * (LB if ((group.load and group.load.unit) or unit) == "lb" else 1) if weight is not None else None
    if kilos is not None and kilos > (MOST_LEG_KG if lift.category in ("squat", "hinge") else MOST_KG):
        return "heavy"
    if kilos is not None and lift.category == "isolation" and kilos > 200:
        return "heavy"
    if group.low is not None and kilos is not None and group.low > MOST_REPS_UNDER_LOAD:
        return "many repetitions"
    if group.seconds is not None and group.seconds > MOST_SECONDS:
        return "long"
    if group.percent is not None and not 20 <= group.percent <= 130:
        return "percent"
    if group.rpe is not None and not 1 <= group.rpe <= 10:
        return "rpe"
    return None
