"""What happens around a session: features that follow one hang on here, each with a line in the function it wants.

A function gives what is to be said at that moment, in order; nothing, mostly.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from bot.answers import Answer, Text
from bot.usecases import level_news, mesocycle_feedback_flow, progression_events

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import WorkoutSession
    from storage.repositories.sessions import SessionEntry


def parted(said: Sequence[Answer]) -> tuple[list[Answer], list[Answer]]:
    """Part what is said into what tells and what asks; a question stands below all else, its buttons within reach."""
    asks: list[Answer] = [one for one in said if isinstance(one, Text) and one.keyboard]
    return [one for one in said if one not in asks], asks


async def on_start(turn: Turn, session: WorkoutSession) -> list[Answer]:
    """Follow the beginning of a workout, before its first exercise is shown."""
    return await progression_events.on_start(turn, session)


async def before_exercise(turn: Turn, session: WorkoutSession, entry: SessionEntry) -> list[Answer]:
    """Follow the user's coming to an exercise for the first time, before its card is shown."""
    return await mesocycle_feedback_flow.ask_soreness(turn, session, entry)


async def after_exercise(turn: Turn, session: WorkoutSession, entry: SessionEntry) -> list[Answer]:
    """Follow the last planned set of an exercise, or its being skipped, before the next card is shown."""
    return await mesocycle_feedback_flow.ask_performance(turn, session, entry)


async def on_close(turn: Turn, session: WorkoutSession) -> list[Answer]:
    """Follow the completion of a session, by the user or by three idle hours, before the summary's last message."""
    return [
        *await progression_events.on_close(turn, session),
        *await level_news.on_close(turn, session),
        *await mesocycle_feedback_flow.close(turn, session),
    ]


async def on_skip(turn: Turn, session: WorkoutSession) -> list[Answer]:
    """Follow a workout's being left out; ``session`` is the row that says so."""
    return await mesocycle_feedback_flow.skipped(turn, session.id)


async def on_unskip(turn: Turn, session: WorkoutSession) -> list[Answer]:
    """Follow the bringing back of a workout that was left out."""
    return await mesocycle_feedback_flow.brought_back(turn, session.id)


async def on_sets_changed(turn: Turn, session_ids: Sequence[UUID], root_ids: Sequence[UUID]) -> list[Answer]:
    """Follow the editing, deleting or restoring of sets that were logged earlier."""
    return await level_news.on_sets_changed(turn, session_ids, root_ids)
