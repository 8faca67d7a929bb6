"""A name that was asked for and typed, told from training that was typed in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.usecases.reading_context import reading_context
from parser import Confidence, read_shorthand

if TYPE_CHECKING:
    from bot.turn import Turn

LONGEST_NAME: Final = 100


async def typed_name(turn: Turn) -> str | None:
    """Give the name that was typed; None where it is several lines, or a set that was surely meant to be logged."""
    name = " ".join(turn.text.split())
    if not name or "\n" in turn.text.strip():
        return None
    reading = read_shorthand(turn.text, await reading_context(turn, None))
    if reading.kind == "log" and all(one.confidence is Confidence.HIGH for one in reading.exercises):
        return None
    return name[:LONGEST_NAME]
