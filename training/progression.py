"""What comes next time, and why: one rule for each scheme, over what was prescribed and what was done.

* double: all work sets at the top of the rep range within the effort asked for: one step up. Two sessions in a row
  under the bottom: a tenth off. Else the same load, to be beaten. On the bare body a step is one repetition.
* linear: all repetitions made: one step up. Three sessions in a row missed: a tenth off. Else once more.
* rir: the load that leaves the repetitions in reserve which are asked for, by the last session's estimated maximum;
  at most one step up at once, at most a tenth off.
* percent_tm, gzclp, bodyweight_reps and hold_time have modules of their own.

Nothing is made up: without a history the plan's own load stands, or an estimate from a maximum on record, or none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from training.bodyweight_progression import bodyweight_reps, hold_time, one_rep_more
from training.first_time import first_time, why
from training.gzclp import gzclp, tier_of
from training.lift import (
    WORK,
    Judged,
    Lift,
    PastWork,
    bottom_of,
    judge,
    line_load,
    loaded,
    misses_in_a_row,
    range_args,
    suggestion,
    written,
)
from training.records import MOST_REPS_FOR_ESTIMATE
from training.targets import SetTarget, Suggestion
from training.training_max import percent_of_training_max
from training.units import from_kg, plain

MISSES_BEFORE_LESS: Final = {"double": 2, "linear": 3}


def suggest_next(lift: Lift) -> Suggestion:
    """Say what the next session of a prescription asks for, and why."""
    if lift.next_kg is not None:
        return _overruled(lift, lift.next_kg)
    return RULES[lift.scheme](lift)


def scheme_of(
    targets: tuple[SetTarget, ...], *, own: str | None, prescribed: str | None, is_bodyweight: bool, measure: str
) -> str:
    """Name the scheme: what the lifter has chosen, else what the plan says, else what the targets look like."""
    if own in RULES or prescribed in RULES:
        return str(own if own in RULES else prescribed)
    first = targets[0]
    if any(one.percent is not None for one in targets):
        return "percent_tm"
    if first.reps_min is None and first.reps_max is None and first.seconds is not None:
        return "hold_time"
    is_loaded = any(one.weight_kg is not None for one in targets)
    if (is_bodyweight or measure == "reps") and not is_loaded:
        return "bodyweight_reps"
    if first.reps_min is not None and first.reps_max is not None and first.reps_min < first.reps_max:
        return "double"
    return "linear"


def belonging(scheme: str, targets: Sequence[SetTarget], works: Sequence[PastWork]) -> tuple[PastWork, ...]:
    """Give the past work that says something about a prescription, the newest first.

    An exercise may stand in a plan twice, heavy on one day and light on another: what was planned with other
    repetitions is another matter. What was logged without a plan counts when it was work of the same kind, and not
    lighter than a load that the plan itself names and that was never trained by it.
    """
    kept = []
    for past in works:
        if past.planned:
            if _was_planned_so(scheme, targets, past):
                kept.append(replace(past, is_same=True))
        elif _is_of_the_kind(targets[0], past):
            kept.append(replace(past, is_same=False))
    if any(past.is_same for past in kept):
        return tuple(kept)
    named = max((one.weight_kg for one in targets if one.weight_kg is not None), default=Decimal(0))
    return tuple(past for past in kept if _heaviest(past) >= named)


def _heaviest(past: PastWork) -> Decimal:
    return max(
        (one.weight_kg for one in past.sets if one.weight_kg is not None and one.kind in WORK), default=Decimal(0)
    )


def _was_planned_so(scheme: str, targets: Sequence[SetTarget], past: PastWork) -> bool:
    if scheme == "gzclp":
        return tier_of(past.planned) == tier_of(targets)
    if scheme == "percent_tm":
        return past.is_same or any(one.percent is not None for one in past.planned)
    if past.is_same and all(one.weight_kg is None for one in past.planned):
        return True  # repetitions and seconds that were to go up are still those of this prescription
    first, then = targets[0], past.planned[0]
    return (first.reps_min, first.reps_max) == (then.reps_min, then.reps_max)


def _is_of_the_kind(target: SetTarget, past: PastWork) -> bool:
    """Tell whether a set was long enough: a test of the maximum says nothing about sets of eight."""
    done = [one for one in past.sets if one.kind in WORK]
    bottom = bottom_of(target)
    if bottom is None:
        return any(one.seconds is not None for one in done) if target.seconds is not None else bool(done)
    return any((one.reps or 0) >= bottom for one in done)


def double(lift: Lift) -> Suggestion:
    """Go up in repetitions first, then in load."""
    return _step_once_made(lift, "double-up")


def linear(lift: Lift) -> Suggestion:
    """Add a step every session, as long as all repetitions are made."""
    return _step_once_made(lift, "linear-up")


def _step_once_made(lift: Lift, key: str) -> Suggestion:
    """Add a step where the last time was made, which is said by `key`; else hold the load or lower it."""
    if not lift.history:
        return first_time(lift)
    last = judge(lift, lift.history[0])
    if last.load is None:
        return first_time(lift)
    if last.load == 0:
        return one_rep_more(lift, last)
    if last.is_made:
        return _step_up(lift, last, key)
    return _held_or_less(lift, last)


def _step_up(lift: Lift, last: Judged, key: str) -> Suggestion:
    loads = [None if load is None else lift.up(load) for load in last.loads]
    assert last.load is not None
    raised = lift.up(last.load)
    if raised == last.load:
        return suggestion(lift, loads, "nothing-heavier", {"load": written(last.load)})
    if last.load < 0:
        return suggestion(lift, loads, "less-help", {"load": written(raised), **range_args(lift)})
    return suggestion(lift, loads, key, {"step": plain(raised - last.load), **range_args(lift)})


def _held_or_less(lift: Lift, last: Judged) -> Suggestion:
    """Keep the load, or take a tenth off it after as many misses in a row as the scheme allows."""
    allowed = MISSES_BEFORE_LESS[lift.scheme]
    misses = misses_in_a_row(lift, allowed)
    if misses >= allowed:
        loads = [None if load is None else lift.nearest(lift.down(load)) for load in last.loads]
        return suggestion(lift, loads, "less-after-misses", {"count": misses, **range_args(lift)})
    key = "missed" if last.is_under else "too-hard" if last.is_too_hard else "beat" if last.is_whole else "unfinished"
    reps = ", ".join(str(reps) for reps in last.reps)
    args = {"reps": reps, "count": misses, "allowed": allowed, "sets": len(lift.targets), **range_args(lift)}
    return suggestion(lift, last.loads, key, args)


def rir(lift: Lift) -> Suggestion:
    """Choose the load that should leave the repetitions in reserve which the plan asks for."""
    reserve = _reserve(lift.targets[0])
    if not lift.history or reserve is None or lift.high is None or lift.low is None:
        return replace_scheme(lift, "double") if lift.history else first_time(lift)
    last = judge(lift, lift.history[0])
    if last.load is None:
        return first_time(lift)
    maximum = _maximum(lift, lift.history[0], reserve)
    aimed = min((lift.low + lift.high) // 2, int(MOST_REPS_FOR_ESTIMATE - reserve))
    if last.load <= 0 or maximum is None or aimed < lift.low:
        return replace_scheme(lift, "double")
    wanted = lift.nearest(maximum * 30 / (30 + aimed + reserve))
    load = min(wanted, lift.up(last.load)) if wanted > last.load else max(wanted, lift.down(last.load))
    key = "rir-up" if load > last.load else "rir-down" if load < last.load else "rir-same"
    return suggestion(
        lift, [load] * len(lift.targets), key, {"rir": plain(reserve), "aimed": aimed, **range_args(lift)}
    )


def replace_scheme(lift: Lift, scheme: str) -> Suggestion:
    """Go by another scheme where this one has nothing to go by."""
    return RULES[scheme](replace(lift, scheme=scheme))


def _reserve(target: SetTarget) -> Decimal | None:
    return None if target.rpe is None else 10 - target.rpe


def _maximum(lift: Lift, past: PastWork, reserve: Decimal) -> Decimal | None:
    """Estimate the one-rep maximum by Epley over repetitions done and left, as the mean over the session's sets.

    An effort that was not told is taken to have been the one that was asked for then.
    """
    asked = next((left for one in past.planned if (left := _reserve(one)) is not None), reserve)
    estimates = []
    for one in past.sets:
        load = line_load(lift.unit, one)
        if one.kind in WORK and load is not None and load > 0 and one.reps:
            reps = one.reps + (asked if one.rpe is None else 10 - one.rpe)
            if reps <= MOST_REPS_FOR_ESTIMATE:
                estimates.append(load * (30 + reps) / 30)
    return sum(estimates, Decimal(0)) / len(estimates) if estimates else None


def _overruled(lift: Lift, next_kg: Decimal) -> Suggestion:
    """Take the load that the lifter has settled; of sets that differ it is the heaviest, and the others follow."""
    load = from_kg(next_kg, lift.unit) if next_kg >= 0 else -from_kg(-next_kg, lift.unit)
    own = [one.weight_kg for one in lift.targets]
    percents = [one.percent for one in lift.targets]
    shares = _shares(own) or _shares(percents) or [Decimal(1)] * len(lift.targets)
    loads = [load if share == 1 else lift.nearest(load * share) for share in shares]
    sets = tuple(loaded(lift, one, kept) for one, kept in zip(lift.targets, loads, strict=True))
    return Suggestion(sets, why(lift, "overruled"), lift.unit)


def _shares(figures: list[Decimal | None]) -> list[Decimal] | None:
    known = [figure for figure in figures if figure is not None]
    if len(known) < len(figures) or not known or max(known) <= 0:
        return None
    return [figure / max(known) for figure in known]


RULES: Final[Mapping[str, Callable[[Lift], Suggestion]]] = {
    "linear": linear,
    "double": double,
    "gzclp": gzclp,
    "percent_tm": percent_of_training_max,
    "bodyweight_reps": bodyweight_reps,
    "hold_time": hold_time,
    "rir": rir,
}
"""Every scheme that a plan of the library or a lifter can name."""
