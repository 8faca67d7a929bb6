"""What a button carries: kept as JSON with its message, and pressed years later, when the bot may know it differently.

Nothing of it is taken that has not the shape that its name promises. So a button of an earlier version, or one whose
arguments somebody has tampered with, is too old and no failure of the bot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from uuid import UUID

from bot.usecases.onboarding import WRITTEN_LANGUAGES
from storage.models import MuscleGroup, UnitSystem
from training.calisthenics import CATEGORIES
from training.equipment_groups import GROUPS, PRESETS
from training.loading import DEFAULT_KITS

Shape = Callable[[Any], bool]
LARGEST: Final = 1_000_000
PARTS_OF_A_KIT: Final = tuple(field.name for field in fields(DEFAULT_KITS["kg"]) if field.name != "unit")

# What was typed is kept with the buttons of the question about it, and goes on from there as a whole.
ANSWERED_LATER: Final = ("edit.tell", "edit.own", "edit.muscle")
KEPT_WITH_AN_ANSWER: Final = ("what", "id", "version", "text")


class OutdatedButtonError(Exception):
    """A button carries something else than what it does can be done with."""


class PressedArgs(dict[str, Any]):
    """The arguments of a button; one that is asked for and is not there makes the button too old."""

    def __missing__(self, name: str) -> Any:
        raise OutdatedButtonError(f"no {name}")


def pressed_args(action: str, stored: Any) -> PressedArgs:
    """Take the arguments of a button as they were stored.

    Raises:
        OutdatedButtonError: one of them has not the shape that it has today.
    """
    if not isinstance(stored, dict):
        raise OutdatedButtonError(action)
    own = OF_ACTIONS.get(action, {})
    for name, value in stored.items():
        shape = own.get(name) or SHAPES.get(name)
        if shape is not None and not shape(value):
            raise OutdatedButtonError(f"{name} of {action}")
    args = PressedArgs(stored)
    for name in KEPT_WITH_AN_ANSWER if action in ANSWERED_LATER else ():
        _ = args[name]
    return args


# ------------------------------------------------------------------ shapes


def one_of(*values: str) -> Shape:
    return lambda value: value in values


def or_none(shape: Shape) -> Shape:
    return lambda value: value is None or shape(value)


def list_of(shape: Shape) -> Shape:
    return lambda value: isinstance(value, list) and all(shape(one) for one in value)


is_unit: Final = one_of("kg", "lb")
is_system: Final = one_of(*UnitSystem)
is_muscle: Final = one_of(*MuscleGroup)


def is_id(value: Any) -> bool:
    return isinstance(value, str) and _is_read_by(UUID, value)


def is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST


def is_grade(value: Any) -> bool:
    """Tell whether a value is an answer to a question about a muscle, which are graded from 0 to 3."""
    return is_number(value) and 0 <= value <= 3


def is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def is_text(value: Any) -> bool:
    return isinstance(value, str)


def is_day(value: Any) -> bool:
    return isinstance(value, str) and _is_read_by(date.fromisoformat, value)


def is_decimal(value: Any) -> bool:
    if not isinstance(value, str) or not _is_read_by(Decimal, value):
        return False
    read = Decimal(value)
    return read.is_finite() and abs(read) <= LARGEST


def is_object(value: Any) -> bool:
    return isinstance(value, dict)


def is_path(value: Any) -> bool:
    """Tell whether a value leads into a document: names and numbers, one after the other."""
    return isinstance(value, list) and bool(value) and all(is_text(one) or is_number(one) for one in value)


def is_place(value: Any) -> bool:
    """Tell whether a value is a day and an exercise of it, both counted from 0."""
    return isinstance(value, list) and len(value) == 2 and all(is_number(one) for one in value)


def is_load(value: Any) -> bool:
    """Tell whether a value is a load as it was typed, of `/next bench +2.5`."""
    if not isinstance(value, dict):
        return False
    weight, unit, sign = value.get("weight"), value.get("unit"), value.get("sign")
    return is_decimal(weight) and (unit is None or is_unit(unit)) and is_text(sign)


def is_swapped(value: Any) -> bool:
    """Tell whether a value is what a prescription was before a swap."""
    return isinstance(value, dict) and is_id(value.get("exercise_id"))


def _is_read_by(read: Callable[[str], Any], text: str) -> bool:
    try:
        read(text)
    except (ValueError, InvalidOperation):
        return False
    return True


# ------------------------------------------------------------------ names

SHAPES: Final[Mapping[str, Shape]] = {
    **dict.fromkeys(
        (
            "athlete", "coach", "e", "exercise", "exercise_id", "for", "id", "import", "import_id", "mesocycle", "now",
            "of", "p", "parent", "plan", "prescription", "session", "session_id", "set_id", "w", "workout",
        ),
        is_id,
    ),
    **dict.fromkeys(
        (
            "asked", "by", "days", "item", "items", "limit", "line", "months", "number", "offset", "page", "pv", "v",
            "version", "week", "weeks", "wv",
        ),
        is_number,
    ),
    **dict.fromkeys(
        ("again", "all", "edit", "has", "here", "is_narrowing", "joined", "kit", "library", "new", "on", "sure"),
        is_flag,
    ),
    **dict.fromkeys(
        ("field", "figures", "goal", "hash", "key", "order", "part", "slug", "span", "text", "what", "words"),
        is_text,
    ),
    "bar": is_decimal,
    "category": one_of(*CATEGORIES),
    "day": is_day,
    "end": is_id,
    "entry": is_id,
    "facet": one_of("days", "goal", "level"),
    "from": or_none(is_object),
    "group": is_muscle,
    "language": one_of(*WRITTEN_LANGUAGES),
    "last": is_day,
    "level": is_text,
    "load": or_none(is_load),
    "monday": is_day,
    "muscle": is_muscle,
    "option": is_number,
    "path": is_path,
    "place": is_place,
    "places": list_of(is_place),
    "preset": one_of(*PRESETS),
    "question": one_of("pump", "soreness", "challenge"),
    "scheme": or_none(is_text),
    "set_ids": list_of(is_id),
    "sets": is_object,
    "shelf": one_of("own", "library", "deleted"),
    "slugs": list_of(is_text),
    "start": is_day,
    "step": or_none(is_decimal),
    "unit": is_unit,
    "was": is_swapped,
    "was_on": or_none(is_day),
    "weight": is_decimal,
}  # fmt: skip
"""What every name holds, wherever a button carries it."""

OF_ACTIONS: Final[Mapping[str, Mapping[str, Shape]]] = {
    "edit.workout_day": {"day": or_none(is_number)},
    "kit.change": {"part": one_of(*PARTS_OF_A_KIT), "value": or_none(is_decimal)},
    "kit.group": {"group": one_of(*GROUPS)},
    "kit.part": {"part": one_of(*PARTS_OF_A_KIT)},
    "kit.set": {"group": one_of(*GROUPS)},
    "log.step": {"step": is_text},
    "meso.answer": {"level": is_grade},
    "program.ask": {"question": is_number},
    "program.option": {"option": is_text},
    "program.swap": {"key": or_none(is_text)},
    "session.note": {"entry": or_none(is_id)},
    "settings.unit_alone": {"unit": is_system},
    "settings.units": {"unit": is_system},
    "start.unit": {"unit": is_system},
}
"""Where an action holds something else under a name."""
