"""One prescription as the rules of progression see it: what is asked, what was done, and what can be loaded.

Loads are worked out in the lifter's unit for the exercise and on one line: external and added loads above zero, the
bare body at zero, assistance below it. So heavier is always better, also for assisted work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from training.loading import DEFAULT_KITS, Implement, Kit, loadable, next_down, next_up, reduced, usual_step
from training.performed import PerformedSet
from training.records import signed_load
from training.targets import Reason, SetTarget, Suggestion
from training.units import from_kg, plain, to_kg

NINE_TENTHS: Final = Decimal("0.9")
WORK: Final = frozenset(("working", "failure"))
"""The kinds of sets that are judged: warm-ups come before the work, drop sets are lightened on purpose."""


def bottom_of(target: SetTarget) -> int | None:
    """Give the fewest repetitions that are asked for."""
    return target.reps_max if target.reps_min is None else target.reps_min


def top_of(target: SetTarget) -> int | None:
    """Give the most repetitions that are asked for."""
    return target.reps_min if target.reps_max is None else target.reps_max


@dataclass(frozen=True, slots=True)
class PastWork:
    """The sets of the exercise in one session, as they were done, and what had been planned for them.

    ``is_same``: they were done for this prescription; else they were logged without a plan.
    """

    sets: tuple[PerformedSet, ...]
    planned: tuple[SetTarget, ...] = ()
    is_same: bool = True


@dataclass(frozen=True, slots=True)
class Lift:
    """``history`` has the newest first. ``step`` is the lifter's own, in ``unit``; what is None is not known.

    ``has_count``: a number of sets is prescribed. ``best_kg`` is the estimated one-rep maximum on record.
    ``next_kg`` is the load that the lifter has settled for next time, on the line of loads.
    ``harder`` names the exercise that comes after this one.
    """

    targets: tuple[SetTarget, ...]
    scheme: str
    history: tuple[PastWork, ...] = ()
    unit: str = "kg"
    kit: Kit = DEFAULT_KITS["kg"]
    implement: Implement = Implement.BAR
    step: Decimal | None = None
    is_lower: bool = False
    is_bodyweight: bool = False
    has_count: bool = True
    best_kg: Decimal | None = None
    training_max_kg: Decimal | None = None
    is_percent_of_training_max: bool = True
    harder: str | None = None
    next_kg: Decimal | None = None

    @property
    def low(self) -> int | None:
        """Give the bottom of the rep range."""
        return bottom_of(self.targets[0])

    @property
    def high(self) -> int | None:
        """Give the top of the rep range."""
        return top_of(self.targets[0])

    @property
    def is_uniform(self) -> bool:
        """Tell whether the same is asked of every set."""
        return len({replace(one, is_amrap=False) for one in self.targets}) == 1

    @property
    def own_step(self) -> Decimal:
        return usual_step(self.kit, self.implement) if self.step is None else self.step

    def up(self, load: Decimal, steps: int = 1) -> Decimal:
        """Give the load so many steps up; what cannot be made heavier stays."""
        if load >= 0:
            return next_up(load, self.kit, self.implement, self.own_step * steps)
        step = self.own_step * steps
        return Decimal(0) if -load <= step else -next_down(-load, self.kit, Implement.STACK, step)

    def down(self, load: Decimal, share: Decimal = NINE_TENTHS) -> Decimal:
        """Take a tenth off; of assisted work that is a tenth more help. The bare body cannot be made lighter."""
        if load == 0:
            return load
        if load > 0:
            return reduced(load, self.kit, self.implement, share)
        return -next_up(-load, self.kit, Implement.STACK, -load * (1 - share))

    def nearest(self, load: Decimal) -> Decimal:
        """Round to what can be loaded; help comes from a machine with a stack."""
        if load == 0:
            return load
        return loadable(load, self.kit, self.implement) if load > 0 else -loadable(-load, self.kit, Implement.STACK)


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one session. ``loads`` are those of the targets, set by set, ``load`` the heaviest of them.

    ``is_made``: every set at the top and none too hard. ``is_too_hard``: at the top, but beyond the effort asked for.
    ``is_under``: a set did not reach the bottom. ``is_whole``: all sets that were asked for were done.
    """

    load: Decimal | None
    loads: tuple[Decimal | None, ...]
    reps: tuple[int, ...]
    is_whole: bool
    is_made: bool
    is_too_hard: bool
    is_under: bool


def judge(lift: Lift, past: PastWork, targets: Sequence[SetTarget] | None = None) -> Judged:
    """Hold a session's work against targets, those of the prescription where no others are given."""
    wanted = lift.targets if targets is None else tuple(targets)
    is_uniform = lift.is_uniform if targets is None else len({one.reps_min for one in wanted}) == 1
    # A week of a mesocycle may have asked for more sets than the prescription, or for fewer.
    asked = len(past.planned) if targets is None and is_uniform and past.is_same and past.planned else len(wanted)
    sets = _work_sets(lift, past, asked, is_uniform)
    pairs = list(zip(sets, [*wanted, *[wanted[-1]] * len(sets)], strict=False))
    loads = [line_load(lift.unit, one) for one in sets]
    top = max((load for load in loads if load is not None), default=None)
    if is_uniform:
        is_level = all(load == top for load in loads)
        judged_pairs = [pair for pair, load in zip(pairs, loads, strict=True) if load == top]
    else:
        is_level, judged_pairs = True, pairs
    is_whole = bool(sets) and (len(sets) >= asked or not lift.has_count)
    is_high = is_whole and is_level and all(_reaches(one, top_of(target)) for one, target in pairs)
    is_hard = any(_is_harder(one, target) for one, target in pairs)
    return Judged(
        load=top,
        loads=(top,) * len(wanted) if is_uniform else tuple([*loads, *[None] * len(wanted)][: len(wanted)]),
        reps=tuple(one.reps or 0 for one in sets),
        is_whole=is_whole,
        is_made=is_high and not is_hard,
        is_too_hard=is_high and is_hard,
        is_under=any(not _reaches(one, bottom_of(target) or 0) for one, target in judged_pairs),
    )


def _work_sets(lift: Lift, past: PastWork, count: int, is_uniform: bool) -> tuple[PerformedSet, ...]:
    """Give the sets that were the work. Of more sets than were asked for the lighter ones count as warm-ups."""
    sets = tuple(one for one in past.sets if one.kind in WORK)
    if len(sets) <= count or not lift.has_count:
        return sets
    if not is_uniform:
        return sets[-count:]
    loads = [line_load("kg", one) for one in sets]
    heaviest = sorted(range(len(sets)), key=lambda place: (loads[place] is None, -(loads[place] or 0)))[:count]
    return tuple(sets[place] for place in sorted(heaviest))


def _reaches(one: PerformedSet, reps: int | None) -> bool:
    """Tell whether so many repetitions were done; where none are asked for, nothing is reached."""
    return reps is not None and (one.reps or 0) >= reps


def _is_harder(one: PerformedSet, target: SetTarget) -> bool:
    if one.rpe is None or target.rpe is None or target.is_amrap:
        return False
    return one.rpe > target.rpe


def line_load(unit: str, one: PerformedSet) -> Decimal | None:
    """Put a set's load on the line of loads, in a unit; None where none was stated."""
    kilograms = signed_load(one)
    if kilograms is None:
        return None
    return -from_kg(-kilograms, unit) if kilograms < 0 else from_kg(kilograms, unit)


def misses_in_a_row(lift: Lift, most: int) -> int:
    """Count the newest sessions under the bottom of the range, back to one that was heavier or was no miss."""
    count, load = 0, None
    for past in lift.history[:most]:
        judged = judge(lift, past)
        if not judged.is_under or judged.load is None or (load is not None and judged.load > load):
            break
        count, load = count + 1, judged.load
    return count


def loaded(lift: Lift, target: SetTarget, load: Decimal | None) -> SetTarget:
    """Give a target a load from the line of loads; None takes its load away."""
    if load is None:
        return replace(target, weight_kg=None)
    if load < 0:
        return replace(target, weight_kg=to_kg(-load, lift.unit), load_mode="assisted")
    if load == 0 and lift.is_bodyweight:
        return replace(target, weight_kg=None, load_mode="bodyweight")
    return replace(target, weight_kg=to_kg(load, lift.unit), load_mode="added" if lift.is_bodyweight else "external")


def suggestion(
    lift: Lift, loads: Sequence[Decimal | None], key: str, args: dict[str, str | int] | None = None
) -> Suggestion:
    """Put loads on the prescription's sets, with the reason for them."""
    sets = tuple(loaded(lift, target, load) for target, load in zip(lift.targets, loads, strict=True))
    return Suggestion(sets, Reason(f"progression-reason-{key}", {"unit": lift.unit, **(args or {})}), lift.unit)


def written(load: Decimal) -> str:
    """Write a load for a reason, without its sign: the reason's words tell what it means."""
    return plain(abs(load))


def range_args(lift: Lift) -> dict[str, str | int]:
    """Give the rep range for a reason."""
    return {"low": lift.low or 0, "high": lift.high or 0}
