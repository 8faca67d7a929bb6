"""Progress without weights: a repetition more, a harder variation, a set more, five seconds more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from training.lift import WORK, Judged, Lift, judge, range_args, suggestion
from training.targets import SetTarget, Suggestion

SECONDS_MORE: Final = 5
MOST_SETS: Final = 5
"""Where a set more stops being the answer, and another exercise is."""
BARE: Final = Decimal(0)


def bodyweight_reps(lift: Lift) -> Suggestion:
    """Add a repetition up to the top of the range; from there on a harder variation, or a set."""
    if not lift.history:
        return suggestion(lift, _bare(lift), "first-bodyweight")
    last = judge(lift, lift.history[0])
    if last.load is not None and last.load != 0:
        return _with_load(lift, last)
    if last.is_made and lift.high is not None:
        return _beyond_the_top(lift)
    return one_rep_more(lift, last)


def _with_load(lift: Lift, last: Judged) -> Suggestion:
    """Sets with a load or with help go up by the step of what is hung or taken off."""
    assert last.load is not None
    if last.is_made:
        raised = lift.up(last.load)
        key = "less-help" if last.load < 0 else "double-up"
        args = {"load": f"{abs(raised).normalize():f}", "step": f"{(raised - last.load).normalize():f}"}
        return suggestion(lift, [raised] * len(lift.targets), key, {**args, **range_args(lift)})
    reps = ", ".join(str(reps) for reps in last.reps)
    return suggestion(lift, [last.load] * len(lift.targets), "beat", {"reps": reps, **range_args(lift)})


def _beyond_the_top(lift: Lift) -> Suggestion:
    args = range_args(lift)
    if lift.harder is not None:
        return suggestion(lift, _bare(lift), "harder", {"exercise": lift.harder, **args})
    if lift.has_count and len(lift.targets) < MOST_SETS:
        wider = replace(lift, targets=(*lift.targets, lift.targets[-1]))
        return suggestion(wider, _bare(wider), "set-more", {"sets": len(wider.targets), **args})
    return suggestion(lift, _bare(lift), "at-the-top", args)


def one_rep_more(lift: Lift, last: Judged) -> Suggestion:
    """Ask for a repetition more than the weakest set had, and never for fewer than the bottom of the range.

    Below the top of the range the top stays the limit; who has reached it goes on beyond it.
    """
    if not lift.is_uniform or not last.reps or not last.is_whole:
        key = "unfinished" if last.reps and not last.is_whole else "first-bodyweight"
        reps = ", ".join(str(reps) for reps in last.reps)
        args = {"reps": reps, "sets": len(lift.targets), **range_args(lift)}
        return suggestion(lift, _bare(lift), key, args)
    weakest = min(last.reps)
    wanted = weakest + 1 if last.is_made or lift.high is None else min(weakest + 1, lift.high)
    wanted = max(wanted, lift.low or 0)
    if weakest + 1 < (lift.low or 0):
        reps = ", ".join(str(reps) for reps in last.reps)
        return suggestion(lift, _bare(lift), "beat", {"reps": reps, **range_args(lift)})
    sets = tuple(replace(one, reps_min=wanted, reps_max=max(wanted, lift.high or wanted)) for one in lift.targets)
    args = {"reps": wanted, **range_args(lift)}
    return suggestion(replace(lift, targets=sets), _bare(lift), "rep-more", args)


def hold_time(lift: Lift) -> Suggestion:
    """Add five seconds when every set was held for as long as it was meant to be."""
    asked = lift.targets[0].seconds
    if not lift.history:
        return suggestion(lift, _loads_of_holds(lift, ()), "first-hold")
    past = lift.history[0]
    held = [one.seconds or 0 for one in past.sets if one.kind in WORK and (one.seconds is not None or one.reps is None)]
    loads = _loads_of_holds(lift, [judge(lift, past).load])
    meant = _meant(past.planned, asked)
    if not held or meant is None:
        return suggestion(lift, loads, "first-hold")
    is_whole = len(held) >= len(lift.targets) or not lift.has_count
    if is_whole and min(held) >= meant:
        longer = replace(lift, targets=tuple(replace(one, seconds=min(held) + SECONDS_MORE) for one in lift.targets))
        return suggestion(longer, loads, "hold-up", {"seconds": meant, "more": SECONDS_MORE})
    same = replace(lift, targets=tuple(replace(one, seconds=meant) for one in lift.targets))
    return suggestion(same, loads, "hold-again", {"seconds": meant, "held": ", ".join(str(one) for one in held)})


def _meant(planned: Sequence[SetTarget], asked: int | None) -> int | None:
    """Say how long last time's sets were meant to be held: what was planned then, else what is asked for now."""
    then = [one.seconds for one in planned if one.seconds is not None]
    return max(then) if then else asked


def _loads_of_holds(lift: Lift, last: Sequence[Decimal | None]) -> list[Decimal | None]:
    load = last[0] if last else None
    return [BARE if load is None and lift.is_bodyweight else load] * len(lift.targets)


def _bare(lift: Lift) -> list[Decimal | None]:
    """Ask for the bare body where that is what carries; where a load was left open it stays open."""
    return [BARE if lift.is_bodyweight else None] * len(lift.targets)
