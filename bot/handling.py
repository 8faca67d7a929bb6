"""What a handler is: the one signature, and how its answers reach the turn."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.ext import ApplicationHandlerStop

from bot.answers import Answers, as_sequence
from bot.context import Context
from bot.turn import Turn

Handler = Callable[[Update, Context], Awaitable[Answers]]
DialogueHandler = Callable[[Turn], Awaitable[Answers]]
"""Takes a text that may answer an open question; None says that it does not, and that it is to be read as any text."""


def answering(handler: Handler) -> Callable[[Update, Context], Awaitable[None]]:
    """Wrap a handler for python-telegram-bot: its answers are put down in the turn."""

    async def handle(update: Update, context: Context) -> None:
        context.turn.answers.extend(as_sequence(await handler(update, context)))

    return handle


async def note_failure(update: Any, context: Context) -> None:
    """Keep the exception for delivery: `Application.process_update` itself does not tell that a handler failed."""
    context.turn.failure = context.error
    raise ApplicationHandlerStop
