"""Other ways to read an exercise: where two readers disagree, or three numbers may stand in several orders.

Each is offered as a button. Which way round the user writes three numbers is learned from the answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from bot.answers import Answers
from bot.usecases import programs
from bot.usecases.program_draft import Decision, Draft, Item, Place
from bot.usecases.program_limits import fits
from bot.usecases.reading_context import NUMBER_ORDERS, THREE_NUMBER_ORDER, reading_context
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
    return tuple(option for option in dict.fromkeys(written) if _read_option(option, context))[:MOST_OPTIONS]


def _read_option(option: str, context: ReadingContext) -> PrescribedExercise | None:
    found = read_as_program(option, context)
    return found[0] if len(found) == 1 and found[0].key is not None else None


async def choose(turn: Turn, args: Mapping[str, Any]) -> Answers:
    """Take one of the readings; the text it was read from stays its receipt."""
    read = _read_option(args["option"], await reading_context(turn, None))
    if read is None:
        return await programs.change(turn, args, lambda draft: draft)
    return await programs.change(turn, args, lambda draft: _with_option(draft, _places(args), read))


def _places(args: Mapping[str, Any]) -> Iterator[Place]:
    return (Place(*place) for place in args["places"])


def _with_option(draft: Draft, places: Iterator[Place], option: PrescribedExercise) -> Draft:
    for place in places:
        old = draft.item(place).read
        new = replace(option, raw=old.raw, note=old.note, rest_s=old.rest_s, tempo=old.tempo, superset=old.superset)
        draft = draft.rewrite(place, [new])
        draft = draft.decide([place], lambda _: Decision(key=option.key, name=option.name, figures="confirmed"))
    return draft


# ------------------------------------------------------------------ three numbers


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


async def choose_order(turn: Turn, args: Mapping[str, Any]) -> Answers:
    """Note how the user writes three numbers, and read every exercise anew that waits for it."""
    if await programs.find_open(turn, args) is None:
        return await programs.show_current(turn, UUID(args["import"]), is_stale=True)
    order: NumberOrder = args["order"]
    await turn.work.users.set_preference(THREE_NUMBER_ORDER, order)
    context = await reading_context(turn, None)
    return await programs.change(turn, args, lambda draft: _all_in_order(draft, context, order))


def _all_in_order(draft: Draft, context: ReadingContext, order: NumberOrder) -> Draft:
    for place, item in draft.kept:
        if has_order_doubt(item.read) and item.decision.figures is None:
            ordered = in_order(item.read.raw, context, order)
            if ordered is not None and fits(ordered):
                draft = _with_figures(draft, place, item, ordered)
    return draft


def _with_figures(draft: Draft, place: Place, item: Item, ordered: PrescribedExercise) -> Draft:
    """Take other figures; the name stays what it was, with its doubts and what was decided about it."""
    old = item.read
    doubts = tuple(doubt for doubt in old.doubts if doubt.kind == "name")
    kept = {name: getattr(old, name) for name in ("raw", "name", "key", "candidates", "superset")}
    decision = replace(item.decision, figures="confirmed", is_rewritten=True)
    return draft.rewrite(place, [replace(ordered, doubts=doubts, **kept)]).decide([place], lambda _: decision)
