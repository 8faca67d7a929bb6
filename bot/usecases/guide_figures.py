"""Bare figures in the middle of a workout: "8 8 7", "80 8 8 7", "8 @9", "45s". What they mean goes by what is planned.

Several meanings are several answers: the user is asked which. None at all is for the reader of texts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from bot.usecases.guide import Step, is_near, needs_load, with_planned_load
from bot.usecases.performed import Performed
from storage.models import Measure

EFFORT: Final = re.compile(
    r"\s*\(?(?:(?:@|rpe)\s*(?:rpe\s*)?(?P<rpe>\d{1,2}(?:[.,]5)?)|(?P<rir>\d)\s*rir|rir\s*(?P<reserve>\d))\)?\s*$",
    re.IGNORECASE,
)
TOKEN: Final = re.compile(
    r"(?:(?P<minutes>\d{1,2}):(?P<rest>[0-5]\d)|(?P<number>\d{1,4}(?:\.\d{1,3})?)"
    r"\s?(?P<unit>kgs?|lbs?|кг|s|secs?|sek|с|сек|reps?)?)(?![^\W_])",
    re.IGNORECASE,
)
BETWEEN: Final = re.compile(r"\s*(?:,\s+|[\s/;,&]|and|und|y|и|e|et)\s*", re.IGNORECASE)
DECIMAL_COMMA: Final = re.compile(r"(?<=\d\d),(?=(?:5|25|75|50)(?:\D|$))")
SETS_OF: Final = re.compile(r"(?P<sets>\d{1,2})\s*[x×хX*]\s*(?P<reps>\d{1,3})")
LOADS: Final = {"kg": "kg", "kgs": "kg", "кг": "kg", "lb": "lb", "lbs": "lb"}
TIMES: Final = frozenset(("s", "sec", "secs", "sek", "с", "сек"))
MOST_REPS: Final = 30
"""So many repetitions are plausible where their number is open; where it is planned, twice as many and a few."""
FEW_REPS: Final = 15
MOST_NUMBERS: Final = 15
EASIEST: Final = Decimal(5)


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the text, with its unit where it has one."""

    value: Decimal
    unit: str = ""

    @property
    def is_count(self) -> bool:
        return self.unit in ("", "rep", "reps") and self.value == self.value.to_integral_value()

    @property
    def is_time(self) -> bool:
        return self.unit in TIMES


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of a text and the effort behind them."""

    numbers: tuple[Number, ...]
    rpe: Decimal | None = None
    as_rir: bool = False


def parse_figures(text: str) -> Figures | None:
    """Read a text that is nothing but numbers: `parse_figures("80 8 8 @9")`; None for any other."""
    text, rpe, as_rir = _without_effort(text.strip().rstrip(".!"))
    text = DECIMAL_COMMA.sub(".", text) if len(text.split()) > 1 or text.count(",") == 1 else text
    numbers: list[Number] = []
    at = 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None or len(numbers) == MOST_NUMBERS:
            return None
        numbers.append(_number(match))
        at = match.end()
        gap = BETWEEN.match(text, at) if at < len(text) else None
        if at < len(text) and gap is None:
            return None
        at = gap.end() if gap else at
    return Figures(tuple(numbers), rpe, as_rir) if numbers else None


def _without_effort(text: str) -> tuple[str, Decimal | None, bool]:
    match = EFFORT.search(text)
    if match is None:
        return text, None, False
    if match["rpe"] is None:
        reserve = Decimal(match["rir"] or match["reserve"])
        return text[: match.start()], 10 - reserve, True
    rpe = Decimal(match["rpe"].replace(",", "."))
    return (text[: match.start()], rpe, False) if EASIEST <= rpe <= 10 else (text, None, False)


def _number(match: re.Match[str]) -> Number:
    if match["minutes"]:
        return Number(Decimal(int(match["minutes"]) * 60 + int(match["rest"])), "s")
    return Number(Decimal(match["number"].replace(",", ".")), (match["unit"] or "").lower())


def as_sets(text: str, step: Step) -> Figures | None:
    """Read "3x10" as ten repetitions three times, where so many sets are left; None for anything else."""
    match = SETS_OF.fullmatch(text.strip())
    if match is None or not 1 < int(match["sets"]) <= step.left:
        return None
    return Figures((Number(Decimal(match["reps"]), "reps"),) * int(match["sets"]))


def meanings(figures: Figures, step: Step, unit: str) -> list[list[Performed]]:
    """Give what figures may mean as sets of an exercise, one list of sets a meaning, the likelier first."""
    if _is_hold(step):
        found = [_holds(figures, step, unit)]
    else:
        loaded, counted = _loaded(figures, step, unit), _repetitions(figures, step, unit)
        is_too_many = bool(step.planned) and len(figures.numbers) > max(step.left, 1)
        found = [loaded] if loaded and is_too_many else [counted, loaded]
    return [_with_effort(sets, figures) for sets in found if sets]


def _is_hold(step: Step) -> bool:
    """Tell whether an exercise goes by time: by its plan, or where nothing is planned by what it is."""
    planned = step.next_planned or (step.planned[-1] if step.planned else None)
    if planned is None:
        return step.exercise.measure is Measure.DURATION
    return planned.seconds is not None and planned.reps_max is None and planned.reps_min is None


def _holds(figures: Figures, step: Step, unit: str) -> list[Performed]:
    """Take the numbers for seconds; the load of a hold is that of the plan."""
    if not all(number.is_time or number.unit == "" for number in figures.numbers):
        return []
    return [
        replace(with_planned_load(step, len(step.done) + index, unit), seconds=int(number.value))
        for index, number in enumerate(figures.numbers)
    ]


def _repetitions(figures: Figures, step: Step, unit: str) -> list[Performed]:
    """Take all numbers for repetitions, at the load of the plan."""
    if not all(number.is_count and _is_plausible(number, step) for number in figures.numbers):
        return []
    sets = [
        replace(with_planned_load(step, len(step.done) + index, unit), reps=int(number.value))
        for index, number in enumerate(figures.numbers)
    ]
    return [] if needs_load(step.exercise) and any(one.weight is None for one in sets) else sets


def _loaded(figures: Figures, step: Step, unit: str) -> list[Performed]:
    """Take the first number for the load and the others for repetitions."""
    first, *others = figures.numbers
    if not others or not all(number.is_count and _is_plausible(number, step) for number in others):
        return []
    expected = with_planned_load(step, len(step.done), unit)
    # No load is known yet, and there is one number more than sets are left: "15 8 8 8" of three sets.
    is_first_load = expected.weight is None and needs_load(step.exercise) and len(others) == step.left
    if (first.unit and first.unit not in LOADS) or not (is_first_load or _may_be_load(first, step, unit)):
        return []
    written = LOADS.get(first.unit, expected.unit if expected.weight is not None else unit)
    told = expected.with_weight(first.value, written)
    if told.load_mode == "external" and not needs_load(step.exercise):
        told = replace(told, load_mode="added")
    return [replace(told, reps=int(number.value)) for number in others]


def _may_be_load(first: Number, step: Step, unit: str) -> bool:
    """A load has a unit or decimals, is near the one expected, or is too much for repetitions."""
    if first.unit in LOADS or not first.is_count or not _is_plausible(first, step):
        return True
    return is_near(first.value, with_planned_load(step, len(step.done), unit).weight)


def _is_plausible(number: Number, step: Step) -> bool:
    planned = step.next_planned
    high = max(planned.reps_max or 0, planned.reps_min or 0) if planned is not None and not planned.is_amrap else 0
    return number.value <= (max(high * 2 + 5, FEW_REPS) if high else MOST_REPS)


def _with_effort(sets: Sequence[Performed], figures: Figures) -> list[Performed]:
    """Put the effort to the last set: that is the one it is told of."""
    last = replace(sets[-1], rpe=figures.rpe, as_rir=figures.as_rir)
    return [*sets[:-1], last]
