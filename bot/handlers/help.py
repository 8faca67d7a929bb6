"""/help, and what to say to a command that there is not."""

from __future__ import annotations

from telegram import Update

from bot.answers import Answers
from bot.context import Context
from bot.handlers.roles import ROLE_COMMANDS
from bot.views import help as view


async def show(update: Update, context: Context) -> Answers:
    turn = context.turn
    own = ROLE_COMMANDS.get(turn.user.role, ()) if turn.is_private else ()
    return view.commands([*turn.services.commands, *own], turn.messages)


async def unknown_command(update: Update, context: Context) -> Answers:
    """Answer in a private chat; in a group the command may be meant for another bot."""
    return view.unknown_command(context.turn.messages) if context.turn.is_private else None


async def unread_content(update: Update, context: Context) -> Answers:
    """Answer a sticker, a location and the like."""
    return view.unread_content(context.turn.messages) if context.turn.is_private else None
