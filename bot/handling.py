"""What a handler is: the one signature, how its answers reach the turn, and what a table of handlers holds."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.ext import ApplicationHandlerStop, BaseHandler

from bot.answers import Answers, Text, Toast, as_sequence
from bot.context import Context
from bot.turn import Turn
from bot.worker import Periodic, SlowWork

Handler = Callable[[Update, Context], Awaitable[Answers]]
DialogueHandler = Callable[[Turn], Awaitable[Answers]]
"""Takes a text that may answer an open question; None says that it does not, and that it is to be read as any text."""


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command. `description` is a message of the catalogue; the menu and /help show it."""

    name: str
    handler: Handler
    description: str


@dataclass(frozen=True, slots=True)
class Routes:
    """All there is to do for the bot: `bot.routes` is the one table, tests of the plumbing have their own."""

    commands: Sequence[Command]
    dialogues: Mapping[str, DialogueHandler]
    handlers: Sequence[BaseHandler[Any, Any, Any]]
    periodic: Sequence[Periodic] = ()
    slow_work: Sequence[SlowWork[Any]] = ()


def answering(handler: Handler) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
    """Wrap a handler for python-telegram-bot: its answers are put down in the turn."""

    async def handle(update: Update, context: Context) -> None:
        context.turn.answers.extend(as_sequence(await handler(update, context)))

    return handle


def in_private(handler: Handler) -> Handler:
    """Keep a handler to the private chat: a group is not shown all that is kept of somebody, even if they ask there."""

    async def handle(update: Update, context: Context) -> Answers:
        turn = context.turn
        if turn.is_private:
            return await handler(update, context)
        if turn.press is not None:
            return Toast(turn.messages.label("private-only"), alert=True)
        return Text(turn.messages.text("private-only"))

    return handle


async def note_failure(update: Any, context: Context) -> None:
    """Keep the exception for delivery: `Application.process_update` itself does not tell that a handler failed."""
    context.turn.failure = context.error
    raise ApplicationHandlerStop
