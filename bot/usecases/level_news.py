"""What is mastered now and was not before: told when a session closes and when sets are changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from bot.answers import Answer
from bot.views import levels as view

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import WorkoutSession


async def on_close(turn: Turn, session: WorkoutSession) -> list[Answer]:
    """Say what the session has mastered, and which level it was worth."""
    done = await turn.work.sets.of_session(session.id)
    return await on_sets_changed(turn, [session.id], [one.exercise_root_id for one in done])


async def on_sets_changed(turn: Turn, session_ids: Sequence[UUID], root_ids: Sequence[UUID]) -> list[Answer]:
    """Say what is mastered now and was not before, and the other way round."""
    changes = await turn.work.mastery.refresh(root_ids)
    return view.news(turn.messages, changes)
