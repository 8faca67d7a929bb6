"""Efforts told one by one behind their sets: `4x8 75 kg, rpe 7 8 8 9`."""

from __future__ import annotations

from decimal import Decimal

from parser.chunks import Chunk
from parser.groups import Group

EASIEST, HARDEST = Decimal(5), Decimal(10)
MOST_IN_RESERVE = Decimal(5)
JOINTS = (",", "/", " ", "-", "")


def efforts_ahead(chunks: list[Chunk], groups: list[Group]) -> list[Decimal]:
    """Give as many efforts as there are sets, where chunks start with a list of them; else nothing."""
    total = sum(group.count for group in groups)
    first = chunks[0]
    is_said = first.is_single and first.factors[0].unit in ("rpe", "rir")
    if total < 2 or not (is_said or (first.is_bare and first.is_at)) or _is_told(groups):
        return []
    if not is_said and any(group.load is None and group.percent is None for group in groups):
        # `3x8 @ 10, 10, 10` without a load tells the loads.
        return []
    most, least = (MOST_IN_RESERVE, Decimal(0)) if first.factors[0].unit == "rir" else (HARDEST, EASIEST)
    run: list[Decimal] = []
    for place, chunk in enumerate(chunks):
        if place and not (chunk.is_bare and chunk.before in JOINTS and not chunk.is_at):
            break
        atom = chunk.factors[0]
        if atom.low is None or atom.low != atom.high or not least <= atom.low <= most or atom.is_plus:
            break
        run.append(atom.low)
    return run if len(run) == total else []


def _is_told(groups: list[Group]) -> bool:
    return any(group.rpe is not None or group.rir is not None for group in groups)


def with_efforts(groups: list[Group], efforts: list[Decimal], are_reserves: bool) -> list[Group]:
    """Give the sets one by one, each with its effort."""
    singles: list[Group] = []
    for group in groups:
        for _ in range(group.count):
            single = group.copy()
            single.count, single.is_counted = 1, True
            effort = efforts[len(singles)]
            single.rpe, single.rir = (None, effort) if are_reserves else (effort, None)
            singles.append(single)
    return singles
