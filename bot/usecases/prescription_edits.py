"""What becomes of a prescription when some of it is changed. Pure rules, no database.

What a change does not speak of stays as it is: "90s rest" leaves sets and load alone, "4x6-8" leaves load and rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from bot.usecases.program_limits import MOST_REPS, MOST_SETS, MOST_WEIGHT
from bot.usecases.targets import Prescribed, Targets, filled

LOAD_STEPS: Final = {"kg": Decimal("2.5"), "lb": Decimal(5)}
PERCENT_STEP: Final = Decimal("2.5")
SECONDS_STEP: Final = 5
LEAST_PERCENT: Final = Decimal(5)
MOST_STEPPED_PERCENT: Final = Decimal(150)
FIRST_SETS: Final = 3
FIRST_REPS: Final = 10

AMOUNTS: Final = ("reps_min", "reps_max", "seconds", "distance_m", "amrap")
LOAD: Final = ("weight", "unit", "load_mode", "percent")
EFFORT: Final = ("rpe", "as_rir")


def merged(old: Prescribed, told: Prescribed) -> Prescribed:
    """Lay what was told over what stood there, figure group by figure group."""
    whole, new = old.targets, told.targets
    taken: dict[str, Any] = {}
    if new.sets is not None:
        taken["sets"] = new.sets
    if _says_amounts(new):
        taken |= _of(new, AMOUNTS)
    if says_load(new):
        taken |= _of(new, LOAD)
    if new.rpe is not None:
        taken |= _of(new, EFFORT)
    whole = replace(whole, **taken)
    return Prescribed(
        whole,
        _scheme(old, told, whole),
        old.rest_seconds if told.rest_seconds is None else told.rest_seconds,
        told.tempo or old.tempo,
        told.per_side or old.per_side,
        told.superset or old.superset,
        told.note or old.note,
    )


def _scheme(old: Prescribed, told: Prescribed, whole: Targets) -> tuple[Targets, ...]:
    if told.scheme:
        bare = replace(whole, **_of(Targets(), AMOUNTS))
        return tuple(filled(one, bare) for one in told.scheme)
    if not old.scheme or _says_amounts(told.targets):
        return ()
    names = (*(LOAD if says_load(told.targets) else ()), *(EFFORT if told.targets.rpe is not None else ()))
    each = [replace(one, **_of(told.targets, names)) for one in old.scheme]
    return tuple(_resized(each, told.targets.sets))


def _resized(each: Sequence[Targets], count: int | None) -> Sequence[Targets]:
    return each if count is None else [*each[:count], *[each[-1]] * (count - len(each))]


def _of(targets: Targets, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(targets, name) for name in names}


def _says_amounts(targets: Targets) -> bool:
    return targets.amrap or any(
        value is not None for value in (targets.reps_min, targets.reps_max, targets.seconds, targets.distance_m)
    )


def says_load(targets: Targets) -> bool:
    return targets.weight is not None or targets.percent is not None or targets.load_mode == "bodyweight"


def without_load(old: Prescribed) -> Prescribed:
    """Drop loads: they were meant for another exercise. Percents go with it, being percents of its maximum."""
    none = _of(Targets(), LOAD)
    return replace(old, targets=replace(old.targets, **none), scheme=tuple(replace(one, **none) for one in old.scheme))


def with_sets(old: Prescribed, by: int) -> Prescribed | None:
    """Ask for more or fewer sets; None where a prescription does not hold so many."""
    count = (old.targets.sets or 0) + by
    if not 1 <= count <= MOST_SETS:
        return None
    scheme = tuple(_resized(old.scheme, count)) if old.scheme else ()
    return replace(old, targets=replace(old.targets, sets=count), scheme=scheme)


def with_amount(old: Prescribed, by: int) -> Prescribed | None:
    """Ask for more or fewer repetitions, or seconds where it goes by time; a range moves as a whole."""
    one = old.targets
    if old.scheme:
        return None
    if one.reps_min is None and one.seconds is not None:
        seconds = one.seconds + by * SECONDS_STEP
        return replace(old, targets=replace(one, seconds=seconds)) if seconds > 0 else None
    low = FIRST_REPS if one.reps_min is None else one.reps_min + by
    high = FIRST_REPS if one.reps_max is None else one.reps_max + by
    if low < 1 or high > MOST_REPS:
        return None
    return replace(old, targets=replace(one, reps_min=low, reps_max=max(low, high)))


def with_load(old: Prescribed, by: int) -> Prescribed | None:
    """Ask for a step more or less load, in the unit or in the percents that it is written in."""
    one = old.targets
    if old.scheme:
        return None
    if one.weight is not None:
        weight = one.weight + by * LOAD_STEPS[one.unit]
        return replace(old, targets=replace(one, weight=weight)) if 0 <= weight <= MOST_WEIGHT else None
    if one.percent is not None:
        percent = one.percent + by * PERCENT_STEP
        fits = LEAST_PERCENT <= percent <= MOST_STEPPED_PERCENT
        return replace(old, targets=replace(one, percent=percent)) if fits else None
    return None


def with_effort(old: Prescribed, rpe: Decimal | None, *, as_rir: bool) -> Prescribed:
    """Ask for an effort, in every set."""
    effort: dict[str, Any] = {"rpe": rpe, "as_rir": as_rir}
    scheme = tuple(replace(one, **effort) for one in old.scheme)
    return replace(old, targets=replace(old.targets, **effort), scheme=scheme)


def with_equal_sets(old: Prescribed) -> Prescribed:
    """Make all sets like the first one."""
    if not old.scheme:
        return old
    return replace(old, targets=replace(old.scheme[0], sets=len(old.scheme)), scheme=())


def with_usual(old: Prescribed, sets: int | None, reps: int | None, seconds: int | None) -> Prescribed:
    """Ask for what is usual for an exercise, where nothing was told."""
    usual_reps = reps if reps is not None or seconds is not None else FIRST_REPS
    usual_sets = FIRST_SETS if sets is None else sets
    targets = Targets(sets=usual_sets, reps_min=usual_reps, reps_max=usual_reps, seconds=seconds)
    return replace(old, targets=targets)
