"""Percents told one by one for sets told before them: `5/4/3 @ 75/80/85%`, where the last alone may have the sign."""

from __future__ import annotations

from decimal import Decimal

from parser.chunks import Chunk
from parser.groups import Group

LEAST, MOST = Decimal(30), Decimal(110)
JOINTS = (",", "/")


def percents_ahead(chunks: list[Chunk], waiting: list[Group]) -> list[Decimal]:
    """Give as many percents as sets wait for one, where chunks start with a list of them; else nothing."""
    run: list[Chunk] = []
    for chunk in chunks:
        if not chunk.is_single or (run and chunk.before not in JOINTS) or not _may_be_percent(chunk):
            break
        run.append(chunk)
    signed = [place for place, chunk in enumerate(run) if chunk.factors[0].unit == "percent"]
    values = [chunk.factors[0].low or Decimal(0) for chunk in run]
    is_told = bool(signed) and signed[-1] == len(run) - 1 and (len(signed) in (1, len(run)))
    return values if is_told and len(run) > 1 and len(run) == sum(group.count for group in waiting) else []


def _may_be_percent(chunk: Chunk) -> bool:
    atom = chunk.factors[0]
    is_plain = atom.is_number and atom.low == atom.high and not atom.sign and atom.unit in (None, "percent")
    return is_plain and LEAST <= (atom.low or 0) <= MOST


def with_percents(waiting: list[Group], percents: list[Decimal]) -> list[Group]:
    """Give the sets that waited one by one, each with its percent."""
    singles: list[Group] = []
    for group in waiting:
        for _ in range(group.count):
            single = group.copy()
            single.count, single.is_counted, single.percent = 1, True, percents[len(singles)]
            singles.append(single)
    return singles
