"""Commands for coaches and admins alone. To anybody else they are commands that there are not."""

from __future__ import annotations

from typing import Final

from telegram import Update

from bot.answers import Answers
from bot.context import Context
from bot.handlers import coaching
from bot.handling import Command, Handler, in_private
from bot.views import admin as admin_view
from bot.views import help as help_view
from storage.models import UserRole


async def show_figures(update: Update, context: Context) -> Answers:
    """Show how the bot is doing: counts and sizes, nothing of anybody's."""
    turn = context.turn
    return admin_view.figures(turn.messages, await turn.work.coaching.figures(turn.now))


def only_for(role: UserRole, handler: Handler) -> Handler:
    """Keep a command to those of a role, and to their private chat."""

    async def handle(update: Update, context: Context) -> Answers:
        turn = context.turn
        if turn.user.role is not role:
            return help_view.unknown_command(turn.messages) if turn.is_private else None
        return await in_private(handler)(update, context)

    return handle


ROLE_COMMANDS: Final = {
    UserRole.COACH: (Command("athletes", only_for(UserRole.COACH, coaching.show_athletes), "command-athletes"),),
    UserRole.ADMIN: (Command("admin", only_for(UserRole.ADMIN, show_figures), "command-admin"),),
}
