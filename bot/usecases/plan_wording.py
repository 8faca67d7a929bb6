"""What is typed about an exercise of a plan: "incline press 3x8-12", or "4x6-8 @8 90s rest" for one that is there.

Figures are read with the name of their exercise before them, as they would be in a program.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from bot.usecases import program_options
from bot.usecases.program_limits import MOST_SETS, fits, set_count
from bot.usecases.program_options import read_as_program
from bot.usecases.reading_context import NUMBER_ORDERS
from bot.usecases.targets import Prescribed, prescribed_in
from parser import Confidence, PrescribedExercise, ReadingContext, read_shorthand
from parser.reading import NumberOrder

Order = NumberOrder | Literal["sets_reps", "weight_reps"]
"""How numbers follow each other: three of them, or two that may be sets and reps or a load and reps."""
HARMLESS: Final = frozenset((("figures", "none"), ("numbers", "no load")))
"""Doubts that mean nothing here: an exercise may be prescribed without a load, and a change without sets."""
PRODUCT: Final = re.compile(r"\d\s*[x×х*]\s*\d", re.IGNORECASE)
LONE_NUMBER: Final = re.compile(r"\s*\d+\s*")
STAND_IN: Final = "3x1"
"""Figures put before others that are only understood beside some, such as "RPE 8"; they are taken away again."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What was understood. `is_sure`: nothing has to be asked. `orders` are the ways to read the numbers, by order."""

    read: PrescribedExercise
    asked: Prescribed
    is_sure: bool
    orders: tuple[tuple[Order, Prescribed], ...] = ()

    @property
    def fits(self) -> bool:
        return fits(self.read)

    @property
    def sets(self) -> int:
        return set_count(self.read)

    @property
    def says_something(self) -> bool:
        asked = self.asked
        beside = (asked.rest_seconds, asked.tempo, asked.note, asked.superset)
        bodyweight = asked.targets.load_mode == "bodyweight"
        is_more = bodyweight or asked.per_side or any(one is not None for one in beside)
        return asked.targets.says_something or bool(asked.scheme) or is_more


def read_exercises(text: str, context: ReadingContext) -> Sequence[PrescribedExercise]:
    """Read a text as exercises to be done; none where it is surely a set that was done, or no exercise at all."""
    reading = read_shorthand(text, context)
    exercises = read_as_program(text, context)
    is_done = reading.kind == "log" and all(one.confidence is Confidence.HIGH for one in reading.exercises)
    if is_done and any(one.sets is None and not _may_be_sets(one) for one in exercises):
        return ()
    return exercises


def wording_of(read: PrescribedExercise, text: str, context: ReadingContext) -> Wording:
    """Weigh one exercise that was read in `text`."""
    doubts = [one for one in read.doubts if one.kind != "name" and (one.kind, one.detail) not in HARMLESS]
    asked = prescribed_in(read, context.unit)
    is_sure = not doubts and not _may_be_otherwise(read, text)
    if any(one.kind == "order" for one in doubts):
        return Wording(read, asked, False, _orders(text, context))
    if _may_be_sets(read):
        counted = prescribed_in(_as_sets(read), context.unit)
        return Wording(read, asked, False, (("sets_reps", counted), ("weight_reps", asked)))
    return Wording(read, asked, is_sure)


def _may_be_sets(read: PrescribedExercise) -> bool:
    """Tell whether a load without a unit may as well be a number of sets: "12x8"."""
    is_bare_load = read.weight is not None and read.unit is None and read.sets is None and not read.scheme
    return is_bare_load and read.reps_min is not None and read.weight in range(1, MOST_SETS + 1)


def _as_sets(read: PrescribedExercise) -> PrescribedExercise:
    return replace(read, sets=None if read.weight is None else int(read.weight), weight=None)


def _may_be_otherwise(read: PrescribedExercise, text: str) -> bool:
    """Tell whether a figure may be meant as another one: a load without a unit, a number alone, a product half read."""
    is_bare_load = read.weight is not None and read.unit is None and read.sets is None
    is_half_read = read.sets is not None and not _has_amounts(read) and PRODUCT.search(text) is not None
    is_nothing = read.reps_min == 0
    return is_bare_load or is_half_read or is_nothing or LONE_NUMBER.fullmatch(text.rpartition(":")[2]) is not None


def _has_amounts(read: PrescribedExercise) -> bool:
    amounts = (read.reps_min, read.reps_max, read.seconds, read.distance_m)
    return read.amrap or bool(read.scheme) or any(one is not None for one in amounts)


def _orders(text: str, context: ReadingContext) -> tuple[tuple[Order, Prescribed], ...]:
    """Read three numbers in every order; ways that mean the same count once."""
    found: dict[Order, Prescribed] = {}
    for order in NUMBER_ORDERS:
        read = in_order(text, context, order)
        if read is not None and fits(read):
            asked = prescribed_in(read, context.unit)
            if asked not in found.values():
                found[order] = asked
    return tuple(found.items())


def in_order(text: str, context: ReadingContext, order: Order) -> PrescribedExercise | None:
    """Read a text that holds one exercise, its numbers in this order."""
    if order == "sets_reps" or order == "weight_reps":
        exercises = read_as_program(text, context)
        read = exercises[0] if len(exercises) == 1 else None
        return _as_sets(read) if read is not None and order == "sets_reps" else read
    return program_options.in_order(text, context, order)


def read_figures(text: str, name: str, context: ReadingContext) -> Wording | None:
    """Read figures for an exercise that is known; None where there are none in the text."""
    named = f"{name}: {text}"
    wording = _single(named, context)
    if wording is not None and wording.says_something and (wording.is_sure or _has_amounts(wording.read)):
        return wording
    beside = _single(f"{name}: {STAND_IN} {text}", context)
    if beside is not None and beside.is_sure and beside.read.sets == 3 and not beside.asked.scheme:
        bare = replace(beside.read, sets=None, reps_min=None, reps_max=None)
        without = Wording(bare, prescribed_in(bare, context.unit), is_sure=True)
        if without.says_something:
            return without
    return wording if wording is not None and wording.says_something else None


def _single(text: str, context: ReadingContext) -> Wording | None:
    exercises = read_as_program(text, context)
    return wording_of(exercises[0], text, context) if len(exercises) == 1 else None
