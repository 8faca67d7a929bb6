"""THE table of handlers: what happens with an update, from top to bottom. The first that fits takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.handlers import buttons, dialogues, help, start, texts
from bot.handling import DialogueHandler, Handler, answering
from bot.worker import Periodic, SlowWork


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command. `description` is a message of the catalogue; the menu and /help show it."""

    name: str
    handler: Handler
    description: str


COMMANDS: Final[tuple[Command, ...]] = (
    Command("start", start.start, "command-start"),
    Command("help", help.show, "command-help"),
    Command("cancel", dialogues.cancel, "command-cancel"),
)

ACTIONS: Final[Mapping[str, Handler]] = {
    "start.unit": start.choose_unit,
    "start.language": start.choose_language,
}
"""What buttons do. A name that was ever sent stays: buttons of old messages carry it."""

DIALOGUES: Final[Mapping[str, DialogueHandler]] = {}
"""Who reads the next text while a question is open, by the dialogue's kind."""

PERIODIC: Final[tuple[Periodic, ...]] = ()
"""What falls due by the clock, e.g. sessions that have been idle for three hours."""

SLOW_WORK: Final[tuple[SlowWork[Any], ...]] = ()
"""What takes too long for a turn, e.g. reading by a model."""


def handlers() -> Sequence[BaseHandler[Any, Any, Any]]:
    """Give the handlers of python-telegram-bot, in the order in which they are asked."""
    new, edited = filters.UpdateType.MESSAGE, filters.UpdateType.EDITED_MESSAGE
    return (
        CallbackQueryHandler(answering(buttons.presses(ACTIONS))),
        *(CommandHandler(command.name, answering(command.handler), filters=new) for command in COMMANDS),
        MessageHandler(new & filters.COMMAND, answering(help.unknown_command)),
        MessageHandler(new & filters.TEXT, answering(texts.read)),
        MessageHandler(new, answering(help.unread_content)),
    )
