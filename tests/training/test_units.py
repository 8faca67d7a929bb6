"""Kilograms and pounds: what was typed comes back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.units import from_kg, plain, to_kg

TO_KG = [
    ("80", "kg", "80.00"),  # kilograms stay
    ("82.5", "kg", "82.50"),
    ("225", "lb", "102.06"),  # two plates
    ("45", "lb", "20.41"),  # the bar
    ("2.5", "lb", "1.13"),  # the smallest plate
    ("0", "lb", "0.00"),  # an empty stack is a load of zero, not an unknown one
    ("0.125", "kg", "0.13"),  # halves are rounded up
]


@pytest.mark.parametrize(("value", "unit", "kilograms"), TO_KG)
def test_to_kg(value: str, unit: str, kilograms: str) -> None:
    assert to_kg(Decimal(value), unit) == Decimal(kilograms)


@pytest.mark.parametrize("unit", ["stone", "", "KG"])
def test_an_unknown_unit_is_refused(unit: str) -> None:
    with pytest.raises(ValueError, match="neither kg nor lb"):
        to_kg(Decimal(1), unit)
    with pytest.raises(ValueError, match="neither kg nor lb"):
        from_kg(Decimal(1), unit)


@given(st.integers(0, 20_000).map(lambda quarters: Decimal(quarters) / 4))
def test_pounds_in_quarters_come_back(pounds: Decimal) -> None:
    assert from_kg(to_kg(pounds, "lb"), "lb") == pounds


@given(st.integers(0, 50_000).map(lambda tenths: Decimal(tenths) / 10))
def test_pounds_in_tenths_come_back(pounds: Decimal) -> None:
    assert from_kg(to_kg(pounds, "lb"), "lb") == pounds


@given(st.integers(0, 1_000_000).map(lambda hundredths: Decimal(hundredths) / 100))
def test_stored_kilograms_survive_being_shown_in_pounds(kilograms: Decimal) -> None:
    assert to_kg(from_kg(kilograms, "lb"), "lb") == kilograms


@given(st.integers(0, 1_000_000).map(lambda hundredths: Decimal(hundredths) / 100))
def test_kilograms_are_shown_as_they_are(kilograms: Decimal) -> None:
    assert from_kg(to_kg(kilograms, "kg"), "kg") == kilograms


PLAIN = [
    ("82.50", "82.5"),  # no zeros that say nothing
    ("100", "100"),  # zeros that say something stay
    ("1E+2", "100"),  # never an exponent
    ("0.00", "0"),
    ("-20.0", "-20"),
    ("102.06", "102.06"),
]


@pytest.mark.parametrize(("value", "text"), PLAIN)
def test_plain(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text
