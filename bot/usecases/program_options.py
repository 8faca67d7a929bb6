"""Other ways to read an exercise, where two readers disagree: each is offered as a button, and read like any line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from bot.answers import Answers
from bot.usecases import programs
from bot.usecases.program_draft import Decision, Draft, Place
from bot.usecases.reading_context import reading_context
from parser import PrescribedExercise, ReadingContext, read_shorthand

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
