"""What can be loaded: bars and plates, dumbbells, stacks; the load nearest to a wish, and the next one up and down.

Everything here is in the unit of the kit. A load of a bar is the bar and the same plates on either side, a load of
dumbbells is one of them. Where two loads are as near, the lighter one is meant.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_DOWN, Decimal
from enum import StrEnum
from functools import lru_cache
from math import gcd
from typing import Final

HUNDREDTHS: Final = 100
REACH: Final = 400
"""How far the loads of one side are counted out at once, in the unit of the kit."""


class Implement(StrEnum):
    """What carries the load. A stack is any machine or cable; hung is what is added to, or takes off, the body."""

    BAR = "bar"
    EZ_BAR = "ez_bar"
    TRAP_BAR = "trap_bar"
    DUMBBELL = "dumbbell"
    KETTLEBELL = "kettlebell"
    STACK = "stack"
    HUNG = "hung"


BARS: Final = frozenset((Implement.BAR, Implement.EZ_BAR, Implement.TRAP_BAR))
KETTLEBELL_STEPS: Final[Mapping[str, Decimal]] = {"kg": Decimal(4), "lb": Decimal(9)}
"""Kettlebells are cast in steps of 4 kg, and sold in pounds as what that comes to, rounded."""


@dataclass(frozen=True, slots=True, order=True)
class Plate:
    """A kind of plate and how many pairs of it there are; None is as many as anybody needs."""

    weight: Decimal
    pairs: int | None = None


@dataclass(frozen=True, slots=True)
class Kit:
    """What somebody trains with, in one unit. Where no ``dumbbells`` are named there is one every ``dumbbell_step``."""

    unit: str
    bar: Decimal
    ez_bar: Decimal
    trap_bar: Decimal
    plates: tuple[Plate, ...]
    dumbbell_step: Decimal
    stack_step: Decimal
    dumbbells: tuple[Decimal, ...] = ()

    def bar_of(self, implement: Implement) -> Decimal:
        """Give the weight of the bar itself."""
        return {Implement.EZ_BAR: self.ez_bar, Implement.TRAP_BAR: self.trap_bar}.get(implement, self.bar)


@dataclass(frozen=True, slots=True)
class Stacked:
    """Plates on each side of a bar, the heaviest inside, and what all of it weighs."""

    wanted: Decimal
    total: Decimal
    bar: Decimal
    per_side: tuple[Decimal, ...]

    @property
    def is_exact(self) -> bool:
        return self.total == self.wanted


def _plates(*weights: str) -> tuple[Plate, ...]:
    return tuple(Plate(Decimal(weight)) for weight in weights)


DEFAULT_KITS: Final[Mapping[str, Kit]] = {
    "kg": Kit(
        unit="kg",
        bar=Decimal(20),
        ez_bar=Decimal(10),
        trap_bar=Decimal(25),
        plates=_plates("25", "20", "15", "10", "5", "2.5", "1.25"),
        dumbbell_step=Decimal(2),
        stack_step=Decimal("2.5"),
    ),
    "lb": Kit(
        unit="lb",
        bar=Decimal(45),
        ez_bar=Decimal(25),
        trap_bar=Decimal(55),
        plates=_plates("45", "35", "25", "10", "5", "2.5"),
        dumbbell_step=Decimal(5),
        stack_step=Decimal(5),
    ),
}
"""What an ordinary gym has, with plates enough."""

BAR_CHOICES: Final[Mapping[str, Mapping[str, Decimal]]] = {
    "kg": {"olympic": Decimal(20), "womens": Decimal(15), "light": Decimal(10)},
    "lb": {"olympic": Decimal(45), "womens": Decimal(33), "light": Decimal(22)},
}
"""Straight bars by kind. In pounds the lighter two are what 15 kg and 10 kg come to."""

USUAL_STEPS: Final[Mapping[str, Decimal]] = {"kg": Decimal("2.5"), "lb": Decimal(5)}
"""The smallest step up of anything but dumbbells and kettlebells."""


def usual_step(kit: Kit, implement: Implement) -> Decimal:
    """Give the smallest step by which loads are raised, unless somebody has set another."""
    if implement is Implement.DUMBBELL:
        return kit.dumbbell_step
    if implement is Implement.KETTLEBELL:
        return KETTLEBELL_STEPS[kit.unit]
    if implement is Implement.STACK:
        return kit.stack_step
    return USUAL_STEPS[kit.unit]


def loadable(load: Decimal, kit: Kit, implement: Implement) -> Decimal:
    """Give the nearest load that can be made; never less than the empty bar or the lightest dumbbell."""
    if not (loads := _listed(load, kit, implement)):
        return _rounded(load, kit, implement)
    above = bisect_left(loads, load)
    if above == 0:
        return loads[0]
    if above == len(loads):
        return loads[-1]
    low, high = loads[above - 1], loads[above]
    return high if high - load < load - low else low


def next_up(load: Decimal, kit: Kit, implement: Implement, step: Decimal | None = None) -> Decimal:
    """Give the load one step up: the nearest to a step more that is heavier; the load itself when there is none."""
    wanted = loadable(load + (usual_step(kit, implement) if step is None else step), kit, implement)
    if wanted > load:
        return wanted
    if loads := _listed(load, kit, implement):
        above = bisect_right(loads, load)
        return loads[above] if above < len(loads) else load
    return _rounded(load, kit, implement, ROUND_CEILING) if wanted < load else load + _grid(kit, implement)


def reduced(load: Decimal, kit: Kit, implement: Implement, share: Decimal) -> Decimal:
    """Give what a share of the load, such as nine tenths, comes to: loadable, and lighter where anything is lighter."""
    wanted = loadable(load * share, kit, implement)
    return wanted if wanted < load else next_down(load, kit, implement)


def next_down(load: Decimal, kit: Kit, implement: Implement, step: Decimal | None = None) -> Decimal:
    """Give the load one step down; the load itself when nothing is lighter."""
    wanted = loadable(max(load - (usual_step(kit, implement) if step is None else step), Decimal(0)), kit, implement)
    if wanted < load:
        return wanted
    if loads := _listed(load, kit, implement):
        below = bisect_left(loads, load)
        return loads[below - 1] if below else load
    return load


def plates_for(load: Decimal, bar: Decimal, plates: Sequence[Plate]) -> Stacked:
    """Say what goes on each side. A load that cannot be made becomes the nearest below it, at the least the bar alone.

    The heaviest plates go first; where that does not come out because some of them are few, every other way is tried.
    """
    room = (load - bar) / 2
    if room <= 0:
        return Stacked(load, bar, bar, ())
    supply = tuple(sorted(plates, reverse=True))
    sides = _sides(supply, _reach_for(room))
    side = sides[bisect_right(sides, room) - 1]
    per_side = _filled(side, supply)
    assert per_side is not None
    return Stacked(load, bar + 2 * side, bar, per_side)


def _filled(side: Decimal, supply: tuple[Plate, ...]) -> tuple[Decimal, ...] | None:
    """Fill one side exactly, taking as many as fit of the heaviest first; None where these plates do not come to it."""
    dead_ends: set[tuple[Decimal, int]] = set()

    def fill(left: Decimal, kind: int) -> tuple[Decimal, ...] | None:
        if left == 0:
            return ()
        if kind == len(supply) or (left, kind) in dead_ends:
            return None
        plate = supply[kind]
        fitting = int(left // plate.weight)
        for count in range(fitting if plate.pairs is None else min(fitting, plate.pairs), -1, -1):
            rest = fill(left - count * plate.weight, kind + 1)
            if rest is not None:
                return (plate.weight,) * count + rest
        dead_ends.add((left, kind))
        return None

    return fill(side, 0)


def _listed(load: Decimal, kit: Kit, implement: Implement) -> Sequence[Decimal]:
    """List the loads around one that can be made, in order; nothing where they follow a step without end."""
    if implement in BARS:
        bar = kit.bar_of(implement)
        reach = _reach_for((load - bar) / 2 + max((plate.weight for plate in kit.plates), default=Decimal(0)))
        return _totals(bar, tuple(sorted(kit.plates, reverse=True)), reach)
    if implement is Implement.DUMBBELL and kit.dumbbells:
        return kit.dumbbells
    return ()


def _reach_for(side: Decimal) -> int:
    return max(1, -(-int(side + 1) // REACH)) * REACH


@lru_cache(maxsize=64)
def _totals(bar: Decimal, supply: tuple[Plate, ...], reach: int) -> tuple[Decimal, ...]:
    return tuple(bar + 2 * side for side in _sides(supply, reach))


@lru_cache(maxsize=64)
def _sides(supply: tuple[Plate, ...], reach: int) -> tuple[Decimal, ...]:
    """Count out every sum that plates of one side come to, from nothing up to the reach."""
    weights = [int(plate.weight * HUNDREDTHS) for plate in supply]
    unit = gcd(*weights) if weights else 1
    most = reach * HUNDREDTHS // unit
    reached = 1
    for weight, plate in zip(weights, supply, strict=True):
        size = weight // unit
        count = most // size if plate.pairs is None else min(plate.pairs, most // size)
        reached = _with_copies(reached, size, count)
    reached &= (1 << (most + 1)) - 1
    return tuple(Decimal(place * unit) / HUNDREDTHS for place in range(most + 1) if reached >> place & 1)


def _with_copies(reached: int, size: int, count: int) -> int:
    """Add up to so many copies of a size to every sum; sums are the bits of a number, copies go in doubling packs."""
    pack = 1
    while count > 0:
        taken = min(pack, count)
        reached |= reached << (size * taken)
        count -= taken
        pack *= 2
    return reached


def _grid(kit: Kit, implement: Implement) -> Decimal:
    """Give the step in which loads without a list come."""
    if implement is Implement.HUNG:
        return min((plate.weight for plate in kit.plates), default=USUAL_STEPS[kit.unit] / 2)
    return usual_step(kit, implement)


def _rounded(load: Decimal, kit: Kit, implement: Implement, rounding: str = ROUND_HALF_DOWN) -> Decimal:
    grid = _grid(kit, implement)
    steps = (load / grid).quantize(Decimal(1), rounding)
    least = 0 if implement is Implement.HUNG else 1
    return max(steps, Decimal(least)) * grid
