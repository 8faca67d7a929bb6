"""Other ways to read an exercise: where two readers disagree, or three numbers may stand in several orders.

Each is offered as a button; `program_choices` takes what was pressed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.usecases.program_limits import fits
from bot.usecases.reading_context import NUMBER_ORDERS, reading_context
from bot.usecases.targets import Prescribed, prescribed_in
from parser import PrescribedExercise, ReadingContext, read_shorthand
from parser.reading import NumberOrder

if TYPE_CHECKING:
    from bot.turn import Turn

AS_PROGRAM: Final = "Program\nDay 1\n"
"""Put before a line that would read as a set that was done: here it can only be one that is to be done."""
MOST_OPTIONS: Final = 3


def read_as_program(text: str, context: ReadingContext) -> Sequence[PrescribedExercise]:
    """Read a text as part of a program, also where it would be a log when it stood alone."""
    reading = read_shorthand(text, context)
    return reading.prescribed or read_shorthand(AS_PROGRAM + text, context).prescribed


async def options_of(turn: Turn, read: PrescribedExercise) -> tuple[str, ...]:
    """List the other readings of an exercise that can be chosen with one tap."""
    written = [option for doubt in read.doubts if doubt.kind != "name" for option in doubt.options]
    if not written:
        return ()
    context = await reading_context(turn, None)
    return tuple(option for option in dict.fromkeys(written) if read_option(option, context))[:MOST_OPTIONS]


def read_option(option: str, context: ReadingContext) -> PrescribedExercise | None:
    """Read an option as the one exercise that it is."""
    found = read_as_program(option, context)
    return found[0] if len(found) == 1 and found[0].key is not None else None


def has_order_doubt(read: PrescribedExercise) -> bool:
    return any(doubt.kind == "order" for doubt in read.doubts)


async def orders_of(turn: Turn, read: PrescribedExercise) -> tuple[tuple[NumberOrder, Prescribed], ...]:
    """Read three numbers in every order; ways that mean the same, or that fit no prescription, are left out."""
    if not has_order_doubt(read):
        return ()
    context = await reading_context(turn, None)
    found: dict[NumberOrder, Prescribed] = {}
    for order in NUMBER_ORDERS:
        ordered = in_order(read.raw, context, order)
        if ordered is not None and fits(ordered):
            asked = prescribed_in(ordered, context.unit)
            if asked not in found.values():
                found[order] = asked
    return tuple(found.items())


def in_order(text: str, context: ReadingContext, order: NumberOrder) -> PrescribedExercise | None:
    """Read a text that holds one exercise, its three numbers in this order."""
    ordered = replace(context, habits=replace(context.habits, three_number_order=order))
    exercises = read_as_program(text, ordered)
    return exercises[0] if len(exercises) == 1 else None
