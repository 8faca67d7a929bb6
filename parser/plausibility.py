"""Whether figures are what a body can do. What is not plausible is read all the same, but never with high
confidence.
"""

from __future__ import annotations

from decimal import Decimal

from parser.groups import Group
from parser.products import Lift
from training.records import MOST_REPS_FOR_ESTIMATE, estimated_one_rep_max

MOST_KG = Decimal(500)
MOST_LEG_KG = Decimal(1000)
MOST_REPS_UNDER_LOAD = 60
MOST_REPS_OF_A_SET = 500
MOST_METRES = Decimal(250_000)
MOST_SECONDS = 6 * 3600
# So many times more than anybody has done: not a feat, a slip of the hand.
ABSURD = 3
LB = Decimal("0.45359237")


def implausible(groups: list[Group], lift: Lift, unit: str) -> str | None:
    """Name what is implausible about the sets, or give None."""
    if sum(group.count for group in groups) > 40:
        return "many sets"
    for group in groups:
        found = _implausible_group(group, lift, unit)
        if found:
            return found
    ways = [group for group in groups if group.metres is not None and group.metres >= 1000]
    if ways and len(ways) < len(groups) and lift.measure not in ("distance", "duration"):
        return "a way among sets"
    is_mixed = any(g.metres is not None for g in groups) and any(g.metres is None and g.low is not None for g in groups)
    # The 2 of `farmer walk 2x32kg 40m x3` counts the weights and is no set.
    return "a way among sets" if is_mixed else None


def is_absurd(groups: list[Group], unit: str) -> bool:
    """Tell whether figures are beyond what any body has ever done, so that they cannot be meant."""
    if sum(group.count for group in groups) > 40 * ABSURD:
        return True
    return any(_is_absurd_group(group, unit) for group in groups)


def _is_absurd_group(group: Group, unit: str) -> bool:
    weight = group.load.weight if group.load is not None else None
    scale = LB if ((group.load and group.load.unit) or unit) == "lb" else Decimal(1)
    figures = (
        (weight * scale if weight is not None else None, MOST_LEG_KG),
        (group.low, MOST_REPS_OF_A_SET),
        (group.seconds, MOST_SECONDS * 4),
        (group.metres, MOST_METRES),
        (group.percent, Decimal(100)),
        (group.rpe, Decimal(10)),
    )
    return any(value is not None and value > most * ABSURD for value, most in figures)


def _most_kilos(lift: Lift) -> Decimal:
    """A leg press moves more than anybody can carry on the back."""
    on_legs = lift.category in ("squat", "hinge") and (lift.is_machine or not lift.is_known)
    return MOST_LEG_KG if on_legs else MOST_KG


def _could_lift(kilos: Decimal, group: Group) -> Decimal:
    """Tell what somebody who does these repetitions could lift once: what is a record once is none for five."""
    reps = min(group.low or 1, MOST_REPS_FOR_ESTIMATE)
    return estimated_one_rep_max(kilos, reps) or kilos


def _implausible_group(group: Group, lift: Lift, unit: str) -> str | None:
    weight = group.load.weight if group.load is not None else None
    kilos = weight * (LB if ((group.load and group.load.unit) or unit) == "lb" else 1) if weight is not None else None
    if kilos is not None and _could_lift(kilos, group) > _most_kilos(lift):
        return "heavy"
    if kilos == 0 and group.low is not None and group.load is not None and group.load.mode == "external":
        return "no weight"
    if kilos is not None and lift.category == "isolation" and kilos > 200:
        return "heavy"
    if group.low is not None and kilos is not None and group.low > MOST_REPS_UNDER_LOAD:
        return "many repetitions"
    if group.low is not None and group.low > MOST_REPS_OF_A_SET:
        return "many repetitions"
    if group.metres is not None and group.metres > MOST_METRES:
        return "far"
    if group.seconds is not None and group.seconds > MOST_SECONDS:
        return "long"
    if group.percent is not None and not 20 <= group.percent <= 130:
        return "percent"
    if group.rpe is not None and not 1 <= group.rpe <= 10:
        return "rpe"
    return None
