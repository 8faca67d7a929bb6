"""What is chosen by a button for exercises of a program: another reading, an order of three numbers, a substitute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from bot.answers import Answers
from bot.usecases import programs
from bot.usecases.program_draft import Decision, Draft, Item, Place, draft_from_json
from bot.usecases.program_kit import Lack, lacks_of
from bot.usecases.program_limits import fits
from bot.usecases.program_options import has_order_doubt, in_order, read_option
from bot.usecases.reading_context import THREE_NUMBER_ORDER, reading_context
from parser import PrescribedExercise, ReadingContext
from parser.reading import NumberOrder

if TYPE_CHECKING:
    from bot.turn import Turn


async def choose(turn: Turn, args: Mapping[str, Any]) -> Answers:
    """Take one of the readings; the text it was read from stays its receipt."""
    read = read_option(args["option"], await reading_context(turn, None))
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


async def swap(turn: Turn, args: Mapping[str, Any]) -> Answers:
    """Put the substitute in the place of an exercise, or of all that the kit does not allow."""
    row = await programs.find_open(turn, args)
    if row is None:
        return await programs.show_current(turn, UUID(args["import"]), is_stale=True)
    draft = draft_from_json(row.draft or {})
    for key, lack in (await lacks_of(turn, draft)).items():
        if lack.key is not None and args["key"] in (key, None):
            draft = _with_substitute(draft, key, lack)
    return await programs.write(turn, row, draft, args)


def _with_substitute(draft: Draft, key: str, lack: Lack) -> Draft:
    def decide(decision: Decision) -> Decision:
        before = decision.instead_of or lack.exercise
        return replace(decision, key=lack.key, name=lack.name, own_name=None, own_muscle=None, instead_of=before)

    return draft.decide([place for place, item in draft.kept if item.key == key], decide)
