"""/done, reopening, and the session that closes itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from telegram import Update

from bot.answers import Answer, Answers, Text, Toast
from bot.context import Context
from bot.turn import Turn
from bot.usecases import guide_flow, session_closing, session_events, sessions
from bot.usecases.guide import find_guide
from bot.usecases.reading_context import unit_of
from bot.usecases.sessions import SessionSummary
from bot.views import summary as view
from storage.database import Database


async def done(update: Update, context: Context) -> Answers:
    turn = context.turn
    session = await turn.work.sessions.find_open()
    summary = await session_closing.finish(turn)
    if summary is None:
        is_workout = session is not None and session.workout_id is not None
        left = await guide_flow.without_card(turn, session.id) if session is not None and is_workout else []
        return [*left, Text(turn.messages.text("session-nothing-done" if is_workout else "session-none"))]
    return await closed(turn, summary)


async def closed(turn: Turn, summary: SessionSummary) -> list[Answer]:
    """Sum up a session that was just closed: what other features tell stands above, what they ask below."""
    left = await guide_flow.without_card(turn, summary.session_id) if summary.is_guided else []
    told, asked = session_events.parted(summary.said)
    return [*left, *told, view.closed(turn.messages, summary, unit_of(turn.user)), *asked]


async def reopen(update: Update, context: Context) -> Answers:
    """Open a session again; a workout shows where it stands."""
    turn = context.turn
    if not await sessions.reopen(turn, UUID(turn.pressed_args["session_id"])):
        return Toast(turn.messages.label("session-not-reopened"))
    guide = await find_guide(turn)
    if guide is not None:
        return await guide_flow.show(turn, guide)
    return Text(turn.messages.text("session-reopened"))


async def close_idle(turn: Turn, session_id: UUID) -> Answers:
    """Sum up a session that the clock found idle."""
    summary = await session_closing.close_idle_session(turn, session_id)
    return None if summary is None else await closed(turn, summary)


async def closed_before(turn: Turn) -> list[Answer]:
    """Close an idle session before anything new is logged, so that the new set opens one of its own."""
    summary = await session_closing.close_if_idle(turn)
    return [] if summary is None else await closed(turn, summary)


async def due_idle(database: Database, now: datetime, limit: int) -> Sequence[tuple[UUID, UUID]]:
    """List the sessions in which nothing has happened for three hours, of all users."""
    return (await database.idle_sessions(now))[:limit]
