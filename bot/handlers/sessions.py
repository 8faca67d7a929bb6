"""/done, reopening, and the session that closes itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from telegram import Update

from bot.answers import Answer, Answers, Text, Toast
from bot.context import Context
from bot.turn import Turn
from bot.usecases import sessions
from bot.usecases.reading_context import unit_of
from bot.views import summary as view
from storage.database import Database


async def done(update: Update, context: Context) -> Answers:
    turn = context.turn
    summary = await sessions.finish(turn)
    if summary is None:
        return Text(turn.messages.text("session-none"))
    return view.closed(turn.messages, summary, unit_of(turn.user))


async def reopen(update: Update, context: Context) -> Answers:
    turn = context.turn
    if not await sessions.reopen(turn, UUID(turn.pressed_args["session_id"])):
        return Toast(turn.messages.label("session-not-reopened"))
    return Text(turn.messages.text("session-reopened"))


async def close_idle(turn: Turn, session_id: UUID) -> Answers:
    """Sum up a session that the clock found idle."""
    summary = await sessions.close_idle_session(turn, session_id)
    return None if summary is None else view.closed(turn.messages, summary, unit_of(turn.user))


async def closed_before(turn: Turn) -> list[Answer]:
    """Close an idle session before anything new is logged, so that the new set opens one of its own."""
    summary = await sessions.close_if_idle(turn)
    return [] if summary is None else [view.closed(turn.messages, summary, unit_of(turn.user))]


async def due_idle(database: Database, now: datetime, limit: int) -> Sequence[tuple[UUID, UUID]]:
    """List the sessions in which nothing has happened for three hours, of all users."""
    return (await database.idle_sessions(now))[:limit]
