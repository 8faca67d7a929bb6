"""GZCLP: linear progress in three tiers, where a stalled lift changes its sets before it changes its load.

After Cody Lefever's method. First tier: 5x3, 6x2, 10x1, the last set for as many repetitions as there are. Second tier:
3x10, 3x8, 3x6. All repetitions made: a step up, and two for squats and deadlifts. A miss: the next set scheme with the
same load. A miss in the last scheme: back to the first with 85 % of the load. Third tier: a step up once the last set
reaches 25.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from training.first_time import first_time
from training.lift import WORK, Judged, Lift, PastWork, judge, line_load, suggestion, top_of, written
from training.targets import SetTarget, Suggestion
from training.units import plain

Stage = tuple[int, int]
FIRST_TIER: Final[tuple[Stage, ...]] = ((5, 3), (6, 2), (10, 1))
SECOND_TIER: Final[tuple[Stage, ...]] = ((3, 10), (3, 8), (3, 6))
ENOUGH_IN_THIRD_TIER: Final = 25
RESTART: Final = Decimal("0.85")


def tier_of(targets: Sequence[SetTarget]) -> int:
    """Tell the tier by its repetitions: up to 3 the first, up to 10 the second, more the third."""
    reps = top_of(targets[0])
    if reps is not None and reps <= 3:
        return 1
    return 2 if reps is not None and reps <= 10 else 3


def gzclp(lift: Lift) -> Suggestion:
    """Go up by the rules of the lift's tier."""
    past = next((one for one in lift.history if _has_work(one)), None)
    tier = tier_of(lift.targets)
    if past is None:
        return first_time(lift)
    if tier == 3:
        return _third_tier(lift, past)
    stages = FIRST_TIER if tier == 1 else SECOND_TIER
    number = _stage(stages, past.planned or lift.targets)
    asked = _sets_of(lift, stages[number], tier)
    last = judge(replace(lift, has_count=True), past, asked)
    if last.load is None:
        return first_time(lift)
    return _after(lift, stages, number, tier, last)


def _after(lift: Lift, stages: Sequence[Stage], number: int, tier: int, last: Judged) -> Suggestion:
    assert last.load is not None
    if last.is_made:
        raised = lift.up(last.load, 2 if lift.is_lower else 1)
        return _staged(lift, stages[number], tier, raised, "gzclp-up", {"step": plain(raised - last.load)})
    if not last.is_under:
        return _staged(lift, stages[number], tier, last.load, "unfinished", {"reps": _reps(last)})
    if number + 1 < len(stages):
        return _staged(lift, stages[number + 1], tier, last.load, "gzclp-stage", {"missed": _named(stages[number])})
    lighter = lift.nearest(min(last.load * RESTART, last.load))
    return _staged(lift, stages[0], tier, lighter, "gzclp-restart", {"missed": _named(stages[number])})


def _third_tier(lift: Lift, past: PastWork) -> Suggestion:
    last = judge(lift, past)
    if last.load is None:
        return first_time(lift)
    last_set = last.reps[-1] if last.reps else 0
    args: dict[str, str | int] = {"reps": last_set, "enough": ENOUGH_IN_THIRD_TIER}
    if last.is_whole and last_set >= ENOUGH_IN_THIRD_TIER:
        raised = lift.up(last.load)
        args["step"] = plain(raised - last.load)
        return suggestion(lift, [raised] * len(lift.targets), "gzclp-third-up", args)
    return suggestion(lift, [last.load] * len(lift.targets), "gzclp-third-again", args)


def _staged(lift: Lift, stage: Stage, tier: int, load: Decimal, key: str, args: dict[str, str | int]) -> Suggestion:
    staged = replace(lift, targets=_sets_of(lift, stage, tier))
    told = {"stage": _named(stage), "load": written(load), "sets": stage[0], "low": stage[1], "high": stage[1], **args}
    return suggestion(staged, [load] * stage[0], key, told)


def _sets_of(lift: Lift, stage: Stage, tier: int) -> tuple[SetTarget, ...]:
    """Write a stage out; the last set of the first tier goes on for as many repetitions as there are."""
    count, reps = stage
    one = replace(lift.targets[0], reps_min=reps, reps_max=reps, is_amrap=False)
    return (*(one,) * (count - 1), replace(one, is_amrap=tier == 1))


def _stage(stages: Sequence[Stage], planned: Sequence[SetTarget]) -> int:
    """Find the stage that was planned; sets of another kind count as the first."""
    shape = (len(planned), top_of(planned[0]))
    return next((number for number, stage in enumerate(stages) if stage == shape), 0)


def _has_work(past: PastWork) -> bool:
    return past.is_same and any(one.kind in WORK and line_load("kg", one) is not None for one in past.sets)


def _reps(last: Judged) -> str:
    return ", ".join(str(reps) for reps in last.reps)


def _named(stage: Stage) -> str:
    return f"{stage[0]}×{stage[1]}"
