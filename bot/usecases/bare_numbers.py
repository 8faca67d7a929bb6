"""A number alone as a correction: of a hold it can only be its time, of a run it may be anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from bot.usecases.performed import Performed
from bot.usecases.short_texts import FIGURE_WORD, WORD
from parser import Amendment


def bare_number(text: str, amendment: Amendment) -> Decimal | None:
    """Give the number of "45" and "no, 45"; None where more is said, or what the number is of."""
    if any(FIGURE_WORD.fullmatch(word) for word in WORD.findall(text)):
        return None
    said = [one for one in (amendment.weight, amendment.reps) if one is not None]
    others = (amendment.unit, amendment.seconds, amendment.distance_m, amendment.rpe, amendment.kind)
    return Decimal(said[0]) if len(said) == 1 and others == (None,) * len(others) else None


def as_meant(text: str, amendment: Amendment, sets: Iterable[Performed]) -> Amendment | Decimal:
    """Read a number alone by the sets it is about; the number itself where it is not clear what of theirs it is.

    Sets with repetitions have the amendment as it is: there the size of a number tells what it is of.
    """
    number = bare_number(text, amendment)
    told = list(sets)
    if number is None or any(one.reps is not None for one in told):
        return amendment
    is_time = all(one.is_bare_hold for one in told)
    if not is_time or number <= 0 or number != number.to_integral_value():
        return number
    return replace(amendment, weight=None, reps=None, seconds=int(number))
