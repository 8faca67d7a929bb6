"""What a model says about sets, as claims; marks only where the text has words for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from parser.claims import Claim
from parser.evidence import SourceLine
from parser.llm_schema import WireSets
from parser.reading import SetKind, WeightUnit

KIND_OF_MARK: dict[str, SetKind] = {"warmup": "warmup", "drop": "drop", "failure": "failure"}
# The plus of `3x5+`: the last set is as many as possible.
OPEN_SET = re.compile(r"\d\s*\+(?!\s*\d)")


def claims_of_wire(
    sets: Sequence[WireSets], lines: Sequence[SourceLine], is_log: bool
) -> tuple[list[Claim], tuple[str, ...]]:
    """Give what a model claims, and what of it no claim can hold, such as half a repetition."""
    marks = _marks_of(lines)
    # Small models number the sets where they should count them.
    is_numbered = len(sets) > 1 and [wire.sets for wire in sets] == list(range(1, len(sets) + 1))
    counts = [1 if is_numbered else max(wire.sets, 1) for wire in sets]
    claims = [
        _claim(wire, count, wire.mark if wire.mark in marks else None, is_log)
        for wire, count in zip(sets, counts, strict=True)
    ]
    unfit = [
        f"{name} {value}"
        for wire in sets
        for name, value in (("reps", wire.reps), ("to", wire.to), ("seconds", wire.seconds))
        if value is not None and _whole(value) is None
    ]
    return claims, tuple(unfit)


def _marks_of(lines: Sequence[SourceLine]) -> set[str]:
    """Give the marks for which there are words: a set is a warm-up, a drop set or open where the text says so."""
    marks = {role for line in lines for role in line.roles if role in ("warmup", "drop", "failure", "amrap")}
    return marks | {"amrap"} if any(OPEN_SET.search(line.text) for line in lines) else marks


def _claim(wire: WireSets, count: int, mark: str | None, is_log: bool) -> Claim:
    reps, to = _whole(wire.reps), _whole(wire.to)
    # Nobody logs percents; a model that says so means the load, and the text says in what unit.
    is_percent = wire.unit == "percent" and not is_log
    is_range = reps is not None and to is not None and to > reps
    # Nothing weighs, lasts or measures 0: models write it where none is stated.
    load = abs(wire.load) if wire.load else None
    # Small models fill every property they are given: what repeats another figure of the group says nothing.
    said = (wire.reps, load)
    unit: WeightUnit | None = wire.unit if wire.unit != "percent" else None
    return Claim(
        count=count,
        reps=reps,
        reps_max=to if is_range else None,
        seconds=None if wire.seconds in said else _whole(wire.seconds) or None,
        distance_m=None if wire.metres in said else wire.metres or None,
        weight=None if is_percent else load,
        unit=unit,
        percent=load if is_percent else None,
        rpe=wire.rpe or None,
        kind=KIND_OF_MARK.get(mark or "", "working"),
        is_amrap=mark == "amrap" or (mark == "failure" and not is_log and reps is None),
    )


def _whole(value: Decimal | None) -> int | None:
    if value is None or value != value.to_integral_value() or abs(value) > 10**6:
        return None
    return int(value)
