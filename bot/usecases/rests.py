"""The rest after a set: told at once, and a quiet message when it is over."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import Reminder, WorkoutSession

KIND: Final = "rest"
PREFERENCE: Final = "rest_timer"
OFF: Final = "off"
STALE: Final = timedelta(minutes=10)
"""A rest that was over so long ago is not spoken of any more."""


def is_on(turn: Turn) -> bool:
    return turn.user.preferences.get(PREFERENCE) != OFF


async def turn_on(turn: Turn, on: bool) -> None:
    """Have rests told when they are over, or not; one that is running is called off."""
    await turn.work.users.set_preference(PREFERENCE, None if on else OFF)
    if not on:
        await turn.work.reminders.call_off(KIND, turn.now)


async def begin(turn: Turn, session: WorkoutSession, seconds: int | None) -> None:
    """Begin a rest in the place of the one before; none where no rest is asked for."""
    await call_off(turn)
    if seconds and is_on(turn):
        due_at = turn.said_at + timedelta(seconds=seconds)
        await turn.work.reminders.set(KIND, due_at, chat_id=turn.chat_id, session_id=session.id)


async def call_off(turn: Turn) -> None:
    await turn.work.reminders.call_off(KIND, turn.now)


def is_stale(turn: Turn, reminder: Reminder) -> bool:
    return turn.now - reminder.due_at > STALE
