"""A mesocycle moves on, ends, and is put away.

Its current week moves on by itself when each of the week's workouts is done or skipped; the deload's last workout ends
the mesocycle.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from bot.usecases.mesocycles import Block, find, read, under_way
from storage.errors import NotFoundError, StaleVersionError
from storage.models import Mesocycle, MesocycleStatus
from training.mesocycle import is_deload

if TYPE_CHECKING:
    from bot.turn import Turn


@dataclass(frozen=True, slots=True)
class WeekEnded:
    """A week is over. `block` is the mesocycle as it stands now: in its next week, or completed."""

    week: int
    block: Block

    @property
    def is_over(self) -> bool:
        return self.block.mesocycle.status is not MesocycleStatus.ACTIVE


async def advance(turn: Turn, mesocycle: Mesocycle) -> WeekEnded | None:
    """Go on to the next week where each workout of the current one is done or skipped."""
    if mesocycle.status is not MesocycleStatus.ACTIVE:
        return None
    block = await read(turn, mesocycle)
    return await _next_week(turn, mesocycle) if block.week.is_over else None


async def go_on(turn: Turn, mesocycle_id: UUID, week: int) -> WeekEnded | Block | None:
    """Leave `week` behind because the user says so, whatever is still to do in it; the block where it moved on."""
    mesocycle = await find(turn, mesocycle_id)
    if mesocycle is None:
        return None
    if mesocycle.status is not MesocycleStatus.ACTIVE or mesocycle.current_week != week:
        return await read(turn, mesocycle)
    return await _next_week(turn, mesocycle)


async def _next_week(turn: Turn, mesocycle: Mesocycle) -> WeekEnded:
    week = mesocycle.current_week
    if is_deload(week, mesocycle.duration_weeks):
        changed = await _finish(turn, mesocycle)
    else:
        changed = await turn.work.mesocycles.amend(mesocycle.id, mesocycle.version, current_week=week + 1)
    return WeekEnded(week, await read(turn, changed))


async def note_skipped(turn: Turn, session_id: UUID) -> WeekEnded | None:
    """Count a workout that was left out as one of the current week, and go on where it was the week's last."""
    mesocycle = await under_way(turn)
    if mesocycle is None:
        return None
    skipped = await turn.work.sessions.get(session_id)
    workouts = await turn.work.plans.workouts_of(mesocycle.workout_plan_id)
    if skipped.workout_id not in {one.id for one in workouts}:
        return None
    await turn.work.sessions.reschedule(session_id, mesocycle_id=mesocycle.id, week_number=mesocycle.current_week)
    return await advance(turn, mesocycle)


async def note_unskipped(turn: Turn, session_id: UUID) -> Block | None:
    """Go back to the week of a workout that was brought back; None where the mesocycle stands as it stood."""
    brought_back = await turn.work.sessions.get(session_id)
    week = brought_back.week_number
    mesocycle = None if brought_back.mesocycle_id is None else await find(turn, brought_back.mesocycle_id)
    if mesocycle is None or week is None or not await _has_to_go_back(turn, mesocycle, week):
        return None
    columns = {"current_week": week, "status": MesocycleStatus.ACTIVE, "completed_at": None}
    return await read(turn, await turn.work.mesocycles.amend(mesocycle.id, mesocycle.version, **columns))


async def _has_to_go_back(turn: Turn, mesocycle: Mesocycle, week: int) -> bool:
    """Tell whether a week was left that has a workout to do again; one that was archived stays as it is."""
    if mesocycle.status is MesocycleStatus.ACTIVE:
        return mesocycle.current_week > week
    return mesocycle.status is MesocycleStatus.COMPLETED and await turn.work.mesocycles.active() is None


# ---------------------------------------------------------------------- ending


async def end(turn: Turn, mesocycle_id: UUID, version: int) -> Mesocycle | None:
    """End a mesocycle before its weeks are over; None where it is gone, has ended or was changed meanwhile."""
    mesocycle = await find(turn, mesocycle_id)
    if mesocycle is None or mesocycle.status is not MesocycleStatus.ACTIVE or mesocycle.version != version:
        return None
    return await _finish(turn, mesocycle)


async def _finish(turn: Turn, mesocycle: Mesocycle) -> Mesocycle:
    return await turn.work.mesocycles.finish(mesocycle.id, mesocycle.version, at=turn.said_at, day=turn.today)


async def archive(turn: Turn, mesocycle_id: UUID, version: int) -> Mesocycle | None:
    mesocycle = await find(turn, mesocycle_id)
    if mesocycle is None or mesocycle.status is MesocycleStatus.ACTIVE:
        return None
    try:
        return await turn.work.mesocycles.archive(mesocycle_id, version)
    except StaleVersionError:
        return None


async def delete(turn: Turn, mesocycle_id: UUID, version: int) -> Mesocycle | None:
    """Delete a mesocycle; what was trained in it stays. None where it is gone or was changed meanwhile."""
    if await find(turn, mesocycle_id) is None:
        return None
    try:
        return await turn.work.mesocycles.delete(mesocycle_id, version)
    except StaleVersionError:
        return None


async def restore(turn: Turn, mesocycle_id: UUID) -> Mesocycle | None:
    try:
        return await turn.work.mesocycles.restore(mesocycle_id)
    except NotFoundError:
        return None


async def train_again(turn: Turn, mesocycle_id: UUID) -> Block | None:
    """Train by the mesocycle's plan again, after another plan was used."""
    mesocycle = await find(turn, mesocycle_id)
    if mesocycle is None:
        return None
    await turn.work.users.set_current_plan(mesocycle.workout_plan_id)
    return await read(turn, mesocycle)
