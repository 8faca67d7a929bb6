"""Percents of a training max, the waves of 5/3/1, and what becomes of the training max when a cycle is over.

After Jim Wendler's 5/3/1: the training max is nine tenths of a true maximum. Week by week the sets are 65-75-85 %,
70-80-90 %, 75-85-95 % and a light 40-50-60 %; the last set of the first three goes on for as many repetitions as there
are. After a cycle the training max rises by 2.5 kg (5 lb), for squats and deadlifts by 5 kg (10 lb). Who does not even
get the repetitions that are written down takes a tenth off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_DOWN, Decimal
from typing import Final

from training.lift import NINE_TENTHS, WORK, Lift, PastWork, loaded
from training.loading import USUAL_STEPS
from training.targets import Reason, SetTarget, Suggestion
from training.units import from_kg, plain, to_kg

Wave = tuple[tuple[int, int], ...]
WAVES: Final[tuple[Wave, ...]] = (
    ((65, 5), (75, 5), (85, 5)),
    ((70, 3), (80, 3), (90, 3)),
    ((75, 5), (85, 3), (95, 1)),
    ((40, 5), (50, 5), (60, 5)),
)
"""Percent and repetitions of each set, week by week; the last week is the light one."""
TENTH: Final = Decimal("0.1")


def percent_of_training_max(lift: Lift) -> Suggestion:
    """Turn percents into loads; where a plan names none, the waves of 5/3/1 are meant."""
    has_percents = any(one.percent is not None for one in lift.targets)
    if not has_percents:
        lift = replace(lift, targets=wave_sets(lift.targets[0], next_wave(lift.history)))
    maximum = maximum_of(lift)
    if maximum is None:
        return Suggestion(lift.targets, Reason("progression-reason-no-maximum", {"unit": lift.unit}), lift.unit)
    sets = tuple(_at_percent(lift, one, maximum) for one in lift.targets)
    rounded = plain(maximum.quantize(TENTH))
    args: dict[str, str | int] = {"unit": lift.unit, "maximum": rounded}
    if lift.training_max_kg is not None:
        return Suggestion(sets, Reason("progression-reason-training-max", args), lift.unit)
    key = "derived-max" if lift.is_percent_of_training_max else "one-rep-max"
    return Suggestion(sets, Reason(f"progression-reason-{key}", args), lift.unit)


def maximum_of(lift: Lift) -> Decimal | None:
    """Give what percents are of, in the lift's unit: the lifter's training max, else what the record comes to."""
    if lift.training_max_kg is not None:
        return from_kg(lift.training_max_kg, lift.unit)
    if lift.best_kg is None or lift.best_kg <= 0:
        return None
    best = from_kg(lift.best_kg, lift.unit)
    return best * NINE_TENTHS if lift.is_percent_of_training_max else best


def _at_percent(lift: Lift, target: SetTarget, maximum: Decimal) -> SetTarget:
    if target.percent is None:
        return target
    return loaded(lift, target, lift.nearest(maximum * target.percent / 100))


def wave_sets(like: SetTarget, week: int) -> tuple[SetTarget, ...]:
    """Write out a week of 5/3/1, counted from 0."""
    wave = WAVES[week]
    return tuple(
        replace(
            like,
            reps_min=reps,
            reps_max=reps,
            percent=Decimal(percent),
            is_amrap=week < len(WAVES) - 1 and number == len(wave) - 1,
        )
        for number, (percent, reps) in enumerate(wave)
    )


def wave_of(planned: Sequence[SetTarget]) -> int | None:
    """Tell which week of 5/3/1 sets are, counted from 0; None where they are none."""
    percents = tuple(one.percent for one in planned)
    for week, wave in enumerate(WAVES):
        if percents == tuple(Decimal(percent) for percent, _ in wave):
            return week
    return None


def next_wave(history: Sequence[PastWork]) -> int:
    """Go on after the week that was trained last, from the light one back to the first."""
    for past in history:
        week = wave_of(past.planned)
        if week is not None:
            return (week + 1) % len(WAVES)
    return 0


@dataclass(frozen=True, slots=True)
class TrainingMaxChange:
    """A new training max in the lift's unit; ``is_less`` after a miss, else after a cycle that was made."""

    before: Decimal
    after: Decimal
    unit: str
    is_less: bool


def missed_percents(past: PastWork) -> bool:
    """Tell whether the heaviest percent fell short of the repetitions written down.

    Only sets that were done are judged: who left early has missed nothing.
    """
    done = [one for one in past.sets if one.kind in WORK]
    if not past.planned or len(done) < len(past.planned):
        return False
    pairs = list(zip(past.planned, done[-len(past.planned) :], strict=True))
    heaviest = max((one.percent for one, _ in pairs if one.percent is not None), default=None)
    return any(
        one.percent is not None and one.percent == heaviest and (performed.reps or 0) < (one.reps_min or 0)
        for one, performed in pairs
    )


def rise_of_cycle(unit: str, *, is_lower: bool) -> Decimal:
    """Give by how much a training max rises after a cycle that was made."""
    return USUAL_STEPS[unit] * (2 if is_lower else 1)


def training_max_after(
    training_max_kg: Decimal,
    unit: str,
    *,
    is_lower: bool,
    missed: bool,
    cycle_missed: bool,
    ends_cycle: bool,
    own_step: Decimal | None = None,
) -> TrainingMaxChange | None:
    """Say what becomes of a training max after a session: a tenth off a miss at once, a step up after a clean cycle.

    ``own_step`` is the lifter's own choice of that step, in this unit.
    """
    before = from_kg(training_max_kg, unit)
    step = USUAL_STEPS[unit]
    if missed:
        after = (before * NINE_TENTHS / step).quantize(Decimal(1), ROUND_HALF_DOWN) * step
        return TrainingMaxChange(before, min(after, before) or before, unit, is_less=True)
    if not ends_cycle or cycle_missed:
        return None
    return TrainingMaxChange(before, before + (own_step or rise_of_cycle(unit, is_lower=is_lower)), unit, is_less=False)


def stored(change: TrainingMaxChange) -> Decimal:
    """Give the new training max in kilograms."""
    return to_kg(change.after, change.unit)
