"""What can be loaded, case by case, and what holds of every load."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.loading import (
    DEFAULT_KITS,
    Implement,
    Kit,
    Plate,
    loadable,
    next_down,
    next_up,
    plates_for,
    reduced,
)

KG, LB = DEFAULT_KITS["kg"], DEFAULT_KITS["lb"]
HOME = replace(
    KG,
    plates=(Plate(Decimal(20), 1), Plate(Decimal(15), 2), Plate(Decimal(5), 1)),
    dumbbells=(Decimal("7.5"), Decimal(12), Decimal(20)),
)


def d(*values: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(value) for value in values)


PLATES = [
    # the load, the bar, the kit, the plates of a side, what it comes to
    ("102.5", "20", KG, d("25", "15", "1.25"), "102.5"),
    ("60", "20", KG, d("20"), "60"),
    ("20", "20", KG, (), "20"),
    # four plates and a bar
    ("225", "45", LB, d("45", "45"), "225"),
    ("315", "45", LB, d("45", "45", "45"), "315"),
    ("230", "45", LB, d("45", "45", "2.5"), "230"),
    # another bar
    ("102.5", "15", KG, d("25", "15", "2.5", "1.25"), "102.5"),
    # lighter than the bar
    ("15", "20", KG, (), "20"),
    # between two loads: the nearest below
    ("101", "20", KG, d("25", "15"), "100"),
    ("103.9", "20", KG, d("25", "15", "1.25"), "102.5"),
    # the heaviest first would leave 10 that nothing fills: 20 gives way to two fifteens
    ("80", "20", HOME, d("15", "15"), "80"),
    ("90", "20", HOME, d("20", "15"), "90"),
    # all that there is
    ("500", "20", HOME, d("20", "15", "15", "5"), "130"),
    # beyond what is counted out at once
    ("1020", "20", KG, d(*["25"] * 20), "1020"),
]


@pytest.mark.parametrize(("load", "bar", "kit", "per_side", "total"), PLATES)
def test_plates_on_a_bar(load: str, bar: str, kit: Kit, per_side: tuple[Decimal, ...], total: str) -> None:
    stacked = plates_for(Decimal(load), Decimal(bar), kit.plates)
    assert (stacked.per_side, stacked.total) == (per_side, Decimal(total))
    assert stacked.is_exact == (load == total)


NEAREST = [
    ("101.2", KG, Implement.BAR, "100"),
    ("101.3", KG, Implement.BAR, "102.5"),
    # as near to both: the lighter
    ("101.25", KG, Implement.BAR, "100"),
    ("223", LB, Implement.BAR, "225"),
    # nothing is lighter than the bar
    ("12", KG, Implement.BAR, "20"),
    ("12", KG, Implement.EZ_BAR, "12.5"),
    ("83", HOME, Implement.BAR, "80"),
    ("23", KG, Implement.DUMBBELL, "22"),
    ("0.4", KG, Implement.DUMBBELL, "2"),
    # dumbbells that are there
    ("10", HOME, Implement.DUMBBELL, "12"),
    ("9.75", HOME, Implement.DUMBBELL, "7.5"),
    ("50", HOME, Implement.DUMBBELL, "20"),
    ("17", KG, Implement.KETTLEBELL, "16"),
    ("43", KG, Implement.STACK, "42.5"),
    ("42", LB, Implement.STACK, "40"),
    # hung on the body: nothing at all can be hung
    ("0.3", KG, Implement.HUNG, "0"),
    ("6", KG, Implement.HUNG, "6.25"),
]


@pytest.mark.parametrize(("load", "kit", "implement", "nearest"), NEAREST)
def test_the_nearest_load(load: str, kit: Kit, implement: Implement, nearest: str) -> None:
    assert loadable(Decimal(load), kit, implement) == Decimal(nearest)


STEPS = [
    # the load, the kit, its kind, one up, one down
    ("80", KG, Implement.BAR, "82.5", "77.5"),
    ("225", LB, Implement.BAR, "230", "220"),
    ("24", KG, Implement.DUMBBELL, "26", "22"),
    ("50", LB, Implement.DUMBBELL, "55", "45"),
    # the next that can be made, however far it is
    ("60", HOME, Implement.BAR, "70", "50"),
    ("12", HOME, Implement.DUMBBELL, "20", "7.5"),
    # the end of what there is
    ("130", HOME, Implement.BAR, "130", "120"),
    ("20", KG, Implement.BAR, "22.5", "20"),
    ("10", KG, Implement.HUNG, "12.5", "7.5"),
    ("1.25", KG, Implement.HUNG, "3.75", "0"),
    # a load that was never loadable comes back onto the grid
    ("81", KG, Implement.BAR, "82.5", "77.5"),
]


@pytest.mark.parametrize(("load", "kit", "implement", "up", "down"), STEPS)
def test_steps(load: str, kit: Kit, implement: Implement, up: str, down: str) -> None:
    assert next_up(Decimal(load), kit, implement) == Decimal(up)
    assert next_down(Decimal(load), kit, implement) == Decimal(down)


def test_small_plates_allow_small_steps_only_when_asked_for() -> None:
    fine = replace(KG, plates=(*KG.plates, Plate(Decimal("0.5"), 2)))
    assert next_up(Decimal(80), fine, Implement.BAR) == Decimal("82.5")
    assert next_up(Decimal(80), fine, Implement.BAR, Decimal(1)) == Decimal(81)


REDUCED = [
    ("100", KG, Implement.BAR, "90"),
    ("82.5", KG, Implement.BAR, "75"),  # 74.25
    ("22.5", KG, Implement.BAR, "20"),
    ("20", KG, Implement.BAR, "20"),  # nothing is lighter
    ("4", KG, Implement.DUMBBELL, "2"),  # 3.6 would be 4 again
    ("225", LB, Implement.BAR, "200"),  # 202.5 is as near to both
]


@pytest.mark.parametrize(("load", "kit", "implement", "lighter"), REDUCED)
def test_a_tenth_less(load: str, kit: Kit, implement: Implement, lighter: str) -> None:
    assert reduced(Decimal(load), kit, implement, Decimal("0.9")) == Decimal(lighter)


supplies = st.lists(
    st.builds(Plate, st.sampled_from(d("0.5", "1.25", "2.5", "5", "7.5", "10", "15", "20", "25")), st.integers(1, 4)),
    max_size=6,
    unique_by=lambda plate: plate.weight,
)
loads = st.decimals(0, 400, places=2)


@given(loads, supplies)
def test_plates_never_weigh_more_than_was_wanted_and_are_there(load: Decimal, supply: list[Plate]) -> None:
    stacked = plates_for(load, Decimal(20), supply)
    assert stacked.total == 20 + 2 * sum(stacked.per_side)
    assert stacked.total <= max(load, Decimal(20))
    assert all(stacked.per_side.count(plate.weight) <= (plate.pairs or 0) for plate in supply)


@given(loads, supplies, st.sampled_from(list(Implement)))
def test_what_is_loadable_stays_as_it_is(load: Decimal, supply: list[Plate], implement: Implement) -> None:
    kit = replace(KG, plates=tuple(supply))
    made = loadable(load, kit, implement)
    assert made >= 0
    assert loadable(made, kit, implement) == made
    assert next_up(made, kit, implement) >= made
    assert next_down(made, kit, implement) <= made
    assert loadable(next_up(made, kit, implement), kit, implement) == next_up(made, kit, implement)
