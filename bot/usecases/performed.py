"""One performed set as a value, whatever it came from: a reading, or a row of the database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from training.units import exact_kg, to_kg

if TYPE_CHECKING:
    from parser.reading import ReadSet
    from storage.models import ExerciseSet

EACH_SIDE: Final = "each side"
"""How a set's notes begin in the database whose figures are those of each side."""
BETWEEN: Final = "; "


@dataclass(frozen=True, slots=True)
class Performed:
    """What a set says, in the words it was said: `weight` in `unit`, never negative; `load_mode` tells the sign.

    `as_rir`: the effort was written as reps in reserve, and is shown so. `per_side`: repetitions or time of each side.
    `span` is where in its text it stands.
    """

    weight: Decimal | None = None
    unit: str = "kg"
    load_mode: str = "external"
    reps: int | None = None
    seconds: int | None = None
    distance_m: Decimal | None = None
    rpe: Decimal | None = None
    as_rir: bool = False
    kind: str = "working"
    per_side: bool = False
    note: str | None = None
    span: tuple[int, int] | None = None

    @property
    def weight_kg(self) -> Decimal | None:
        """Give the load in kilograms, rounded as it is stored."""
        return None if self.weight is None else to_kg(self.weight, self.unit)

    @property
    def exact_kg(self) -> Decimal | None:
        """Give the load in kilograms as it is summed up: 50 times 135 lb are 6,750 lb."""
        return None if self.weight is None else exact_kg(self.weight, self.unit)

    @property
    def is_warmup(self) -> bool:
        return self.kind == "warmup"

    @property
    def is_bare_hold(self) -> bool:
        """Tell whether it is a time and nothing else: a number about it can only be seconds."""
        return self.seconds is not None and (self.reps, self.distance_m, self.weight) == (None, None, None)

    @property
    def says_something(self) -> bool:
        """Tell whether there is anything done in it; a load alone is not."""
        return self.reps is not None or self.seconds is not None or self.distance_m is not None

    def with_weight(self, weight: Decimal | None, unit: str | None = None) -> Performed:
        """Give the same set with another load; a bodyweight set that is given one becomes an added one."""
        mode = self.load_mode
        if weight is None:
            mode = "bodyweight" if mode in ("added", "assisted") else mode
        elif mode == "bodyweight":
            mode = "added"
        return replace(self, weight=weight, unit=unit or self.unit, load_mode=mode)


def from_reading(read: ReadSet, default_unit: str, as_rir: bool = False) -> Performed:
    """Take a set as it was read; a load without a unit is in the user's."""
    return Performed(
        weight=read.weight if read.load_mode != "bodyweight" else None,
        unit=read.unit or default_unit,
        load_mode=read.load_mode,
        reps=read.reps,
        seconds=read.seconds,
        distance_m=read.distance_m,
        rpe=read.rpe,
        as_rir=as_rir and read.rpe is not None,
        kind=read.kind,
        per_side=read.per_side,
        note=read.note,
        span=(read.span.start, read.span.end) if read.span.end > read.span.start else None,
    )


def from_row(row: ExerciseSet) -> Performed:
    """Take a stored set; what was typed comes back as it was typed."""
    note, per_side = _without_side(row.notes)
    typed = row.typed_weight is not None and row.typed_unit is not None
    return Performed(
        weight=row.typed_weight if typed else row.weight,
        unit=(row.typed_unit or "kg") if typed else "kg",
        load_mode=str(row.load_mode),
        reps=row.reps,
        seconds=row.duration_seconds,
        distance_m=row.distance_m,
        rpe=row.rpe,
        as_rir=row.effort_as_rir,
        kind=str(row.kind),
        per_side=per_side,
        note=note,
        span=(row.span_start, row.span_end) if row.span_start is not None and row.span_end is not None else None,
    )


def columns(performed: Performed) -> dict[str, Any]:
    """Give the columns of `exercise_set` that hold the figures."""
    return {
        "weight": performed.weight_kg,
        "typed_weight": performed.weight,
        "typed_unit": None if performed.weight is None else performed.unit,
        "load_mode": performed.load_mode,
        "reps": performed.reps,
        "duration_seconds": performed.seconds,
        "distance_m": performed.distance_m,
        "rpe": performed.rpe,
        "effort_as_rir": performed.as_rir,
        "kind": performed.kind,
        "notes": _with_side(performed.note) if performed.per_side else performed.note,
    }


def _with_side(note: str | None) -> str:
    return f"{EACH_SIDE}{BETWEEN}{note}" if note else EACH_SIDE


def _without_side(notes: str | None) -> tuple[str | None, bool]:
    """Take a set's notes apart: the user's own note, and whether its figures are of each side."""
    side, _, rest = (notes or "").partition(BETWEEN)
    return (rest or None, True) if side == EACH_SIDE else (notes, False)
