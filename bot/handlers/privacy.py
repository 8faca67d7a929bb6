"""/privacy: what is kept, taking it along, and erasing the account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from telegram import Update

from bot.answers import Answers, Edit, Text
from bot.context import Context
from bot.handlers import exporting
from bot.handlers.history import in_place
from bot.handling import Handler, in_private
from bot.turn import Turn
from bot.usecases import privacy
from bot.views import privacy as view
from storage.database import Database


@in_private
async def show(update: Update, context: Context) -> Answers:
    turn = context.turn
    return view.privacy(turn.messages, await privacy.privacy(turn))


@in_private
async def show_again(update: Update, context: Context) -> Answers:
    turn = context.turn
    return in_place(view.privacy(turn.messages, await privacy.privacy(turn)))


@in_private
async def ask(update: Update, context: Context) -> Answers:
    turn = context.turn
    return in_place(view.first_question(turn.messages, await privacy.privacy(turn)))


@in_private
async def ask_again(update: Update, context: Context) -> Answers:
    return in_place(view.second_question(context.turn.messages))


@in_private
async def erase(update: Update, context: Context) -> Answers:
    """Say farewell; the account goes as soon as that has been sent."""
    turn = context.turn
    await privacy.begin_erasing(turn)
    return [Edit(turn.messages.text("privacy-erasing")), Text(turn.messages.text("privacy-farewell"))]


async def erase_due(turn: Turn, user_id: UUID) -> Answers:
    """Erase an account whose farewell has been sent; there is nobody left to answer."""
    await privacy.erase(turn)
    return None


async def due(database: Database, now: datetime, limit: int) -> Sequence[tuple[UUID, UUID]]:
    """List the users who asked to be erased and are owed nothing any more."""
    return await database.due_erasures(now, limit)


ACTIONS: Mapping[str, Handler] = {
    "privacy.export": exporting.export,
    "privacy.ask": ask,
    "privacy.ask_again": ask_again,
    "privacy.keep": show_again,
    "privacy.erase": erase,
}
