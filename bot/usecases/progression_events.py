"""What progression does around a session: training maxima are settled before it and judged after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers import Answer
from bot.usecases import training_maxima
from bot.views import progression as view

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import WorkoutSession


async def on_start(turn: Turn, session: WorkoutSession) -> list[Answer]:
    """Settle what the percents of the workout are of; there is nothing to say about it."""
    await training_maxima.settle_for(turn, session)
    return []


async def on_close(turn: Turn, session: WorkoutSession) -> list[Answer]:
    """Say which training maxima have changed."""
    changes = await training_maxima.after_session(turn, session)
    return [view.announced(turn.messages, changes)] if changes else []
