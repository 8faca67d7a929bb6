"""What is done with one exercise of a log: saved, saved with a mark, or asked about. Pure rules, no database.

The reader says how sure it is of the words; here it is weighed against what this lifter has lifted before. Nothing that
is not sure enough is stored, and nothing that was read is forgotten: what is asked about waits in the import's draft.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final, get_args

from bot.usecases.performed import Performed
from parser.reading import Confidence, LoggedExercise, NumberOrder

SURPRISING_FACTOR = Decimal("1.6")
"""A load over so many times the lifter's best is marked: it may be a typing mistake."""
UNBELIEVABLE_FACTOR = Decimal("2.5")
"""A load over so many times the lifter's best is asked about before it is stored."""
NUMBER_ORDERS: Final = frozenset(get_args(NumberOrder))
MOST_SETS = 60
"""More sets of one exercise in one text than anybody does are asked about."""
MOST_KG = Decimal("99999999")
MOST_REPS = 100_000
MOST_SECONDS = 7 * 24 * 3600
MOST_METRES = Decimal("9999999")


class Question(StrEnum):
    """What the user is asked before an exercise is stored."""

    NAME = "name"
    FIGURES = "figures"
    ORDER = "order"
    LOAD = "load"
    CHECK = "check"


class Mark(StrEnum):
    """Why an exercise that was stored should be looked at."""

    NAME = "name"
    NUMBERS = "numbers"
    LOAD = "load"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Either a question, or the sets are stored, with a mark or without one."""

    question: Question | None = None
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an exercise and this lifter.

    `best_kg` is the heaviest load stored so far. Where it was `set_today`, the way up from the empty bar may be long.
    `is_bodyweight`: the body itself is lifted, so that loads are added to it or help it.
    """

    best_kg: Decimal | None = None
    set_today: bool = False
    is_bodyweight: bool = False


def judge(exercise: LoggedExercise, performed: Sequence[Performed], known: Known) -> Verdict:
    """Decide what is done with an exercise."""
    if not performed or not all(one.says_something for one in performed):
        return Verdict(question=Question.FIGURES if exercise.key is not None else Question.NAME)
    if exercise.key is None:
        return Verdict(question=Question.NAME)
    if asked := _question(exercise):
        return Verdict(question=asked)
    if not all(_is_storable(one) for one in performed) or len(performed) > MOST_SETS:
        return Verdict(question=Question.CHECK)
    if not known.is_bodyweight and any(one.load_mode in ("added", "assisted") for one in performed):
        return Verdict(question=Question.CHECK)
    if not known.is_bodyweight and known.best_kg is not None and any(_lacks_load(one) for one in performed):
        unsure = exercise.confidence is not Confidence.HIGH
        return Verdict(question=Question.CHECK) if unsure else Verdict(mark=Mark.NUMBERS)
    surprise = _ratio(performed, known.best_kg)
    if known.set_today and exercise.confidence is Confidence.HIGH:
        surprise = Decimal(0)
    if surprise > UNBELIEVABLE_FACTOR:
        return Verdict(question=Question.LOAD)
    if surprise > SURPRISING_FACTOR:
        return Verdict(mark=Mark.LOAD)
    if exercise.confidence is Confidence.MEDIUM:
        return Verdict(mark=_mark(exercise))
    return Verdict()


def _question(exercise: LoggedExercise) -> Question | None:
    kinds = {doubt.kind for doubt in exercise.doubts}
    if any(doubt.kind == "order" and len(NUMBER_ORDERS & set(doubt.options)) > 1 for doubt in exercise.doubts):
        return Question.ORDER
    if exercise.confidence is not Confidence.LOW:
        return None
    if "name" in kinds:
        return Question.NAME
    return Question.CHECK


def _mark(exercise: LoggedExercise) -> Mark:
    is_name = any(doubt.kind == "name" for doubt in exercise.doubts) or exercise.scores.name < exercise.scores.numbers
    return Mark.NAME if is_name else Mark.NUMBERS


def _lacks_load(one: Performed) -> bool:
    return one.reps is not None and one.weight is None and one.load_mode == "external"


def _ratio(performed: Sequence[Performed], best_kg: Decimal | None) -> Decimal:
    """Compare the heaviest load with the best one so far; help from a machine is no load."""
    loads = [one.weight_kg for one in performed if one.weight_kg is not None and one.load_mode != "assisted"]
    if not loads or best_kg is None or best_kg <= 0:
        return Decimal(0)
    return max(loads) / best_kg


def _is_storable(one: Performed) -> bool:
    """Tell whether the figures fit the columns at all; beyond that, belief is a question for the reader."""
    return (
        (one.weight_kg is None or one.weight_kg <= MOST_KG)
        and (one.reps is None or one.reps <= MOST_REPS)
        and (one.seconds is None or one.seconds <= MOST_SECONDS)
        and (one.distance_m is None or one.distance_m <= MOST_METRES)
    )
