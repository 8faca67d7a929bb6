"""The context that python-telegram-bot hands to every handler: its own, with the turn in it."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from telegram.ext import CallbackContext, ExtBot

from bot.turn import Turn

CURRENT_TURN: ContextVar[Turn] = ContextVar("current_turn")
"""Set by delivery around `Application.process_update`, which passes nothing else along with an update."""


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """A context whose state is the turn: user_data and chat_data live in one process and are never used."""

    @property
    def turn(self) -> Turn:
        return CURRENT_TURN.get()
