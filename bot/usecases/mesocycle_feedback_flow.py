"""Where a mesocycle meets a session: the questions around its exercises, and what its end changes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from bot.answers import Answer, Text
from bot.usecases import mesocycle_changes, mesocycle_review, muscle_feedback
from bot.usecases.mesocycle_changes import WeekEnded
from bot.usecases.muscle_feedback import NextSets
from bot.usecases.reading_context import unit_of
from bot.views import mesocycle_review as review_view
from bot.views import mesocycles as view
from bot.views import muscle_feedback as feedback_view
from bot.views.plans import Shown

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import WorkoutSession
    from storage.repositories.sessions import SessionEntry


async def ask_soreness(turn: Turn, session: WorkoutSession, entry: SessionEntry) -> list[Answer]:
    """Ask before a muscle group's first exercise how it felt after last time."""
    group = await muscle_feedback.soreness_to_ask(turn, session, entry)
    return [] if group is None else [feedback_view.asked(turn.messages, session.id, group, "soreness")]


async def ask_performance(turn: Turn, session: WorkoutSession, entry: SessionEntry) -> list[Answer]:
    """Ask after a muscle group's last exercise about its pump, and then how hard it was."""
    group = await muscle_feedback.performance_to_ask(turn, session, entry)
    return [] if group is None else [feedback_view.asked(turn.messages, session.id, group, "pump")]


async def close(turn: Turn, session: WorkoutSession) -> list[Answer]:
    """Let the sets to come follow a session that was closed, and go on where it was the week's last."""
    if session.mesocycle_id is None:
        return []
    answers: list[Answer] = []
    following = await muscle_feedback.follow(turn, session)
    if following is not None:
        answers.extend(told(turn, following))
        groups = await muscle_feedback.unanswered(turn, session)
        if groups:
            answers.append(feedback_view.still_open(turn.messages, session.id, groups))
    mesocycle = await turn.work.mesocycles.find(session.mesocycle_id)
    if mesocycle is not None and mesocycle.deleted_at is None:
        answers.extend(await moved_on(turn, await mesocycle_changes.advance(turn, mesocycle)))
    return answers


async def skipped(turn: Turn, session_id: UUID) -> list[Answer]:
    """Count a workout that was left out in the mesocycle's week."""
    return await moved_on(turn, await mesocycle_changes.note_skipped(turn, session_id))


async def brought_back(turn: Turn, session_id: UUID) -> list[Answer]:
    """Go back to the week of a workout that was to be left out and now is not."""
    block = await mesocycle_changes.note_unskipped(turn, session_id)
    return [] if block is None else [Text(*view.grid(turn.messages, block))]


def told(turn: Turn, following: NextSets) -> list[Answer]:
    """Say what becomes of the sets; nothing where nobody said how it was."""
    if not following.has_answers:
        return []
    name = view.workout_name(turn.messages, following.workout)
    return [feedback_view.next_sets(turn.messages, following.session_id, following.week, name, following.changes)]


async def moved_on(turn: Turn, ended: WeekEnded | None) -> list[Answer]:
    """Say that a week is over; after the last one comes the review."""
    if ended is None:
        return []
    if not ended.is_over:
        return [view.week_over(turn.messages, ended.week, ended.block)]
    shown = await review(turn, ended.block.mesocycle.id)
    return [] if shown is None else [Text(*shown)]


async def review(turn: Turn, mesocycle_id: UUID) -> Shown | None:
    found = await mesocycle_review.review(turn, mesocycle_id)
    return None if found is None else review_view.review(turn.messages, found, unit_of(turn.user))
