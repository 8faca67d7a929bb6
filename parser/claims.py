"""What readers say about sets, in one shape for what was done and what is to be done, so that it can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from parser.reading import LoadMode, LoggedExercise, PrescribedExercise, ReadSet, SchemeSet, SetKind, WeightUnit
from training.units import to_kg

NEAR = Decimal("0.006")


@dataclass(frozen=True, slots=True)
class Claim:
    """`count` sets that are alike. None is not stated; `reps_max` is only there where it differs from `reps`."""

    count: int = 1
    reps: int | None = None
    reps_max: int | None = None
    seconds: int | None = None
    distance_m: Decimal | None = None
    weight: Decimal | None = None
    unit: WeightUnit | None = None
    load_mode: LoadMode = "external"
    percent: Decimal | None = None
    rpe: Decimal | None = None
    rir: Decimal | None = None
    kind: SetKind = "working"
    is_amrap: bool = False

    @property
    def states_nothing(self) -> bool:
        stated = (self.reps, self.seconds, self.distance_m, self.weight, self.percent, self.rpe, self.rir)
        return self.count == 1 and not self.is_amrap and all(value is None for value in stated)

    @property
    def effort(self) -> Decimal | None:
        """The effort as RPE, however it was stated."""
        return self.rpe if self.rpe is not None or self.rir is None else 10 - self.rir


def claims_of(exercise: LoggedExercise | PrescribedExercise) -> tuple[Claim, ...]:
    """Give the sets of an exercise as claims, neighbours that are alike taken together."""
    if isinstance(exercise, LoggedExercise):
        return joined(_claim_of_set(read) for read in exercise.sets)
    if exercise.scheme:
        return joined(_claim_of_scheme_set(exercise, item) for item in exercise.scheme)
    whole = _claim_of_scheme_set(exercise, SchemeSet(amrap=exercise.amrap))
    count = exercise.sets if exercise.sets is not None else 1
    if exercise.amrap and exercise.reps_min is not None and count > 1:
        # `3x5+`: only the last set is as many as possible.
        return (replace(whole, count=count - 1, is_amrap=False), whole)
    claim = replace(whole, count=count)
    return () if claim.states_nothing else (claim,)


def joined(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Take neighbours together that differ in their count alone."""
    groups = groupby(claims, key=lambda claim: replace(claim, count=1))
    return tuple(replace(alike, count=sum(claim.count for claim in group)) for alike, group in groups)


def _claim_of_set(read: ReadSet) -> Claim:
    return Claim(
        reps=read.reps,
        seconds=read.seconds,
        distance_m=read.distance_m,
        weight=read.weight,
        unit=read.unit,
        load_mode=read.load_mode,
        rpe=read.rpe,
        kind=read.kind,
    )


def _claim_of_scheme_set(whole: PrescribedExercise, item: SchemeSet) -> Claim:
    """Give one prescribed set; what it does not state itself is taken from the exercise."""
    own_reps = item.reps_min is not None or item.reps_max is not None
    low, high = (item.reps_min, item.reps_max) if own_reps else (whole.reps_min, whole.reps_max)
    own_load = item.weight is not None
    own_effort = item.rpe is not None or item.rir is not None
    low = low if low is not None else high
    return Claim(
        reps=low,
        reps_max=high if high != low else None,
        seconds=item.seconds if item.seconds is not None else whole.seconds,
        distance_m=item.distance_m if item.distance_m is not None else whole.distance_m,
        weight=item.weight if own_load else whole.weight,
        unit=item.unit if own_load else whole.unit,
        load_mode=item.load_mode if own_load else whole.load_mode,
        percent=item.percent if item.percent is not None else whole.percent,
        rpe=item.rpe if own_effort else whole.rpe,
        rir=item.rir if own_effort else whole.rir,
        is_amrap=item.amrap,
    )


def read_sets(claims: Iterable[Claim]) -> tuple[ReadSet, ...]:
    """Give claims as performed sets, one each. Percents and upper ends of ranges have no place there."""
    return tuple(
        ReadSet(
            weight=claim.weight,
            unit=claim.unit,
            load_mode=claim.load_mode,
            reps=claim.reps,
            seconds=claim.seconds,
            distance_m=claim.distance_m,
            rpe=claim.effort,
            kind=claim.kind,
        )
        for claim in claims
        for _ in range(claim.count)
    )


def prescribed(exercise: PrescribedExercise, claims: tuple[Claim, ...]) -> PrescribedExercise:
    """Give a prescribed exercise these sets: as one target where they are alike, as a scheme where they are not."""
    if not claims:
        return exercise
    first, last = claims[0], claims[-1]
    total = sum(claim.count for claim in claims)
    is_plus = is_last_open(claims)
    scheme = () if len(claims) == 1 or is_plus else tuple(_scheme_set(c) for c in claims for _ in range(c.count))
    whole = last if is_plus else first if not scheme else Claim()
    return replace(
        exercise,
        sets=total if total > 1 or not scheme else None,
        reps_min=whole.reps,
        reps_max=whole.reps_max if whole.reps_max is not None else whole.reps,
        seconds=whole.seconds,
        distance_m=whole.distance_m,
        weight=whole.weight,
        unit=whole.unit,
        load_mode=whole.load_mode,
        percent=whole.percent,
        rpe=whole.rpe,
        rir=whole.rir,
        amrap=whole.is_amrap,
        scheme=scheme,
    )


def is_last_open(claims: Sequence[Claim]) -> bool:
    """Tell whether these are like sets of which only the last is as many as possible: `3x5+`."""
    if len(claims) != 2 or claims[0].is_amrap:
        return False
    return claims[1] == replace(claims[0], count=1, is_amrap=True)


def _scheme_set(claim: Claim) -> SchemeSet:
    return SchemeSet(
        reps_min=claim.reps,
        reps_max=claim.reps_max if claim.reps_max is not None else claim.reps,
        seconds=claim.seconds,
        distance_m=claim.distance_m,
        weight=claim.weight,
        unit=claim.unit,
        load_mode=claim.load_mode,
        percent=claim.percent,
        rpe=claim.rpe,
        rir=claim.rir,
        amrap=claim.is_amrap,
    )


def same_numbers(one: tuple[Claim, ...], other: tuple[Claim, ...], unit: WeightUnit) -> bool:
    """Tell whether two readers claim the same sets; `unit` is meant where none is stated."""
    mine = [claim for claim in one for _ in range(claim.count)]
    theirs = [claim for claim in other for _ in range(claim.count)]
    return len(mine) == len(theirs) and all(_is_same(a, b, unit) for a, b in zip(mine, theirs, strict=True))


def _is_same(a: Claim, b: Claim, unit: WeightUnit) -> bool:
    whole = (a.reps, a.reps_max, a.seconds, a.is_amrap) == (b.reps, b.reps_max, b.seconds, b.is_amrap)
    loads = _is_near(kilograms(a, unit), kilograms(b, unit)) and _is_near(a.percent, b.percent)
    return whole and loads and _is_near(a.distance_m, b.distance_m) and _is_near(a.effort, b.effort)


def kilograms(claim: Claim, unit: WeightUnit) -> Decimal | None:
    """Give the load in kilograms; `unit` is meant where none is stated."""
    return None if claim.weight is None else to_kg(claim.weight, claim.unit or unit)


def _is_near(a: Decimal | None, b: Decimal | None) -> bool:
    if a is None or b is None:
        return a is b
    return abs(a - b) <= NEAR * max(abs(a), abs(b))


def describe(claims: Iterable[Claim]) -> str:
    """Write claims as a lifter would: `3x8-12 80kg @8, 1x5 75%`."""
    return ", ".join(_described(claim) for claim in claims)


def _described(claim: Claim) -> str:
    words = [f"{claim.count}x{_amount(claim)}"]
    if claim.weight is not None:
        sign = {"added": "+", "assisted": "-"}.get(claim.load_mode, "")
        words.append(f"{sign}{claim.weight.normalize():f}{claim.unit or ''}")
    if claim.percent is not None:
        words.append(f"{claim.percent.normalize():f}%")
    if claim.effort is not None:
        words.append(f"@{claim.effort.normalize():f}")
    return " ".join(words)


def _amount(claim: Claim) -> str:
    if claim.reps is not None:
        return f"{claim.reps}{'' if claim.reps_max is None else f'-{claim.reps_max}'}{'+' if claim.is_amrap else ''}"
    if claim.seconds is not None:
        return f"{claim.seconds}s"
    if claim.distance_m is not None:
        return f"{claim.distance_m.normalize():f}m"
    return "AMRAP" if claim.is_amrap else "?"
