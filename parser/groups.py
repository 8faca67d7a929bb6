"""A group is a number of like sets, as the figure reader finds them; and the load that belongs to sets."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from parser.atoms import Atom
from parser.reading import LoadMode, SetKind, WeightUnit

BAR_WEIGHT: dict[WeightUnit, Decimal] = {"kg": Decimal(20), "lb": Decimal(45)}
PLATE_PAIR: dict[WeightUnit, Decimal] = {"kg": Decimal(40), "lb": Decimal(90)}


@dataclass(frozen=True, slots=True)
class Load:
    """A weight as typed; `unit` None means that the text states none. The body alone has no weight."""

    weight: Decimal | None
    unit: WeightUnit | None = None
    mode: LoadMode = "external"
    is_per_hand: bool = False

    @property
    def unit_of_weight(self) -> WeightUnit | None:
        """The unit, where there is a weight: the body alone has none, whatever the line's other loads are told in."""
        return self.unit if self.weight is not None else None


NO_LOAD = Load(None)


@dataclass(slots=True)
class Group:
    """So many sets of the same figures. `is_counted` tells that the text states their number."""

    start: int
    end: int
    count: int = 1
    is_counted: bool = False
    low: int | None = None
    high: int | None = None
    is_amrap: bool = False
    is_plus: bool = False
    seconds: int | None = None
    metres: Decimal | None = None
    load: Load | None = None
    percent: Decimal | None = None
    rpe: Decimal | None = None
    rir: Decimal | None = None
    kind: SetKind = "working"
    is_side: bool = False
    has_lent_load: bool = False

    def copy(self) -> Group:
        return replace(self)


@dataclass(slots=True)
class Figures:
    """All figures of one exercise, with what was said about them and which atoms were understood."""

    groups: list[Group] = field(default_factory=list)
    rest: int | None = None
    tempo: str | None = None
    is_side: bool = False
    is_last_amrap: bool = False
    is_all_amrap: bool = False
    sets: int | None = None
    doubts: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    certainty: float = 1.0
    unused: list[Atom] = field(default_factory=list)
    load: Load | None = None
    is_refused: bool = False
    is_elsewhere: bool = False
    is_correction: bool = False

    def doubt(self, kind: str, detail: str, certainty: float, options: tuple[str, ...] = ()) -> None:
        """Lower the certainty and keep the reason."""
        self.certainty = min(self.certainty, certainty)
        self.doubts.append((kind, detail, options))

    @property
    def has_figures(self) -> bool:
        return bool(self.groups) or self.sets is not None


def make_load(atom: Atom, unit: WeightUnit, is_bodyweight: bool, assists: bool) -> Load:
    """Make a load of an amount. `unit` is the user's, which decides what a plate and the empty bar weigh."""
    value = atom.low
    if atom.unit == "bodyweight" or (value is None and atom.unit != "bar"):
        return Load(None, None, "bodyweight")
    if atom.unit == "bar":
        return Load(BAR_WEIGHT[unit], unit)
    assert value is not None
    if atom.unit == "plate":
        return Load(BAR_WEIGHT[unit] + PLATE_PAIR[unit] * value, unit)
    stated: WeightUnit | None = "kg" if atom.unit == "kg" else "lb" if atom.unit == "lb" else None
    mode: LoadMode = "external"
    if atom.sign == "-" or assists:
        mode = "assisted"
    elif atom.sign == "+" or is_bodyweight:
        mode = "added"
    return Load(value, stated, mode, atom.unit == "pair")
