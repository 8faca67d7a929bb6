"""The end of a session, by /done or by three idle hours: it is summed up, and what follows it has its say."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from bot.usecases import rests, session_events
from bot.usecases.next_time import next_time
from bot.usecases.reading_context import FRESH
from bot.usecases.sessions import SessionSummary, last_activity, summarise

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import WorkoutSession


async def close_if_idle(turn: Turn) -> SessionSummary | None:
    """Close the open session if nothing has been said for three hours, as of its last activity."""
    session = await turn.work.sessions.find_open()
    if session is None or turn.said_at - last_activity(session) < FRESH:
        return None
    return await close(turn, session, last_activity(session), closed_itself=True)


async def close_idle_session(turn: Turn, session_id: UUID) -> SessionSummary | None:
    """Close this session if it is still open and idle; the sweep that found it may be late."""
    session = await turn.work.sessions.find_open()
    if session is None or session.id != session_id or turn.now - last_activity(session) < FRESH:
        return None
    return await close(turn, session, last_activity(session), closed_itself=True)


async def finish(turn: Turn) -> SessionSummary | None:
    """Close the open session because the user says so."""
    session = await turn.work.sessions.find_open()
    if session is None:
        return None
    idle = turn.said_at - last_activity(session) >= FRESH
    return await close(turn, session, last_activity(session) if idle else turn.said_at)


async def close(
    turn: Turn, session: WorkoutSession, at: datetime, closed_itself: bool = False
) -> SessionSummary | None:
    """Close a session and sum it up; one without a set leaves no trace in the history."""
    summary = await summarise(turn, session.id)
    if summary.set_count == 0:
        await turn.work.sessions.abandon(session.id, max(at, session.started_at or at))
        return None
    closed = await turn.work.sessions.close(session.id, max(at, session.started_at or at))
    said = await session_events.on_close(turn, closed)
    summary = await summarise(turn, closed.id, closed_itself)
    if closed.workout_id is None:
        return replace(summary, said=tuple(said))
    await rests.call_off(turn)
    return replace(summary, said=tuple(said), next_time=await next_time(turn, closed))
