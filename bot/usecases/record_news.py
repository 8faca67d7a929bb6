"""Which records are worth a cup in the answer to a set. Pure rules, no database.

A record is news when it beats something: the first visit with an exercise sets every record and announces none. The
volume of a session grows with every set, so it is told in the summary of the session and not after each set.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

AT_ONCE: Final = ("max_weight", "1rm", "max_reps", "max_duration")
"""What is told right after the set, the most telling first."""
IN_SUMMARY: Final = (*AT_ONCE, "set_volume", "total_volume")
MOST_AT_ONCE: Final = 2


@dataclass(frozen=True, slots=True)
class RecordNews:
    """A record that was beaten: kilograms, repetitions or seconds, as its kind has it."""

    record_type: str
    value: Decimal
    is_assisted: bool = False


def told_at_once(news: Iterable[RecordNews], has_load: bool) -> Sequence[RecordNews]:
    """Choose what the answer to a set says, the most telling first."""
    return _worth_telling([item for item in news if item.record_type in AT_ONCE], has_load)[:MOST_AT_ONCE]


def told_in_summary(news: Iterable[RecordNews], has_load: bool) -> Sequence[RecordNews]:
    """Choose what the summary of a session says."""
    return _worth_telling(news, has_load)


def _worth_telling(news: Iterable[RecordNews], has_load: bool) -> Sequence[RecordNews]:
    """Leave out what another record says already; most repetitions compete with loads only where there are none."""
    by_type = {item.record_type: item for item in news}
    if has_load:
        by_type.pop("max_reps", None)
    heaviest, strongest = by_type.get("max_weight"), by_type.get("1rm")
    if heaviest and strongest and heaviest.value == strongest.value:
        by_type.pop("1rm")
    return [by_type[name] for name in IN_SUMMARY if name in by_type]
