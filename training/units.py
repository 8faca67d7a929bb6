"""Kilograms and pounds. Loads are Decimal; what is stored is kilograms with two decimals, beside what was typed."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

KILOGRAMS_PER_POUND = Decimal("0.45359237")
"""Exact by definition: the international yard and pound agreement of 1959."""

STORED_STEP = Decimal("0.01")
TYPED_STEPS = tuple(Decimal(step) for step in ("1", "0.5", "0.25", "0.1", "0.01"))
"""The steps in which lifters write loads, the coarsest first."""

UNITS = ("kg", "lb")


def to_kg(value: Decimal, unit: str) -> Decimal:
    """Convert a load to kilograms as they are stored: ``to_kg(Decimal(225), "lb")`` is 102.06."""
    return (value * _kilograms_in(unit)).quantize(STORED_STEP, ROUND_HALF_UP)


def exact_kg(value: Decimal, unit: str) -> Decimal:
    """Convert a load to kilograms without rounding, so that a sum of many is right in pounds, too."""
    return value * _kilograms_in(unit)


def from_kg(kilograms: Decimal, unit: str) -> Decimal:
    """Convert stored kilograms to the load somebody would have typed: 102.06 kg is 225 lb, not 225.0038.

    Of all loads that are stored as these kilograms, the roundest is chosen. So everything typed in quarters or tenths
    of a pound comes back as it was.
    """
    if unit == "kg":
        return kilograms
    exact = kilograms / _kilograms_in(unit)
    for step in TYPED_STEPS:
        rounded = (exact / step).quantize(Decimal(1), ROUND_HALF_UP) * step
        if to_kg(rounded, unit) == kilograms:
            return rounded
    return exact.quantize(STORED_STEP, ROUND_HALF_UP)


def plain(value: Decimal | int) -> str:
    """Write a number without an exponent and without zeros that say nothing: 82.50 is "82.5", 1E+2 is "100"."""
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _kilograms_in(unit: str) -> Decimal:
    if unit == "kg":
        return Decimal(1)
    if unit == "lb":
        return KILOGRAMS_PER_POUND
    raise ValueError(f"{unit!r} is neither kg nor lb")
