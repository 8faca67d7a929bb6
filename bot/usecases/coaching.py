"""Coaches and athletes: inviting, accepting, ending, and what each is told of the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from bot.usecases import mesocycles
from bot.usecases.mesocycles import Block
from bot.usecases.plans import OpenPlan, open_plan
from storage.errors import NotFoundError
from storage.models import UserRole
from storage.repositories.coached import FOR
from storage.repositories.coaching import VALID, Invitation, Partner, hash_of

if TYPE_CHECKING:
    from bot.turn import Turn

PAYLOAD: Final = "coach_"
"""What the parameter of a deep link begins with that is an invitation."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An invitation that was opened; `token_hash` is what its answer goes by."""

    invitation: Invitation
    token_hash: str


@dataclass(frozen=True, slots=True)
class News:
    """What is told of a coach or an athlete. `plan_name` is of the plan that a coach has changed."""

    kind: str
    sender: Partner
    plan_id: UUID | None = None
    plan_name: str = ""


def is_coach(turn: Turn) -> bool:
    return turn.user.role is UserRole.COACH


async def invite(turn: Turn) -> str | None:
    """Make the link of an invitation; None where the user is no coach any more."""
    if not is_coach(turn):
        return None
    token = await turn.work.coaching.invite(turn.now)
    return f"https://t.me/{turn.services.telegram.username}?start={PAYLOAD}{token}"


def valid_days() -> int:
    return VALID.days


async def open_link(turn: Turn) -> Opened | None:
    """Look at the invitation that /start came with; None where it came with none."""
    parameter = turn.text.partition(" ")[2].strip()
    if not turn.is_private or not parameter.startswith(PAYLOAD):
        return None
    token_hash = hash_of(parameter.removeprefix(PAYLOAD))
    return Opened(await turn.work.coaching.look_at(token_hash, turn.now), token_hash)


async def stop_asking(turn: Turn) -> None:
    """Drop a question about an athlete's plan: the coach has gone on by a button, and what they type next is theirs."""
    if turn.dialogue is not None and FOR in turn.dialogue.data:
        await turn.work.dialogues.close(turn.chat_id)


async def find_athlete(turn: Turn, athlete_id: UUID) -> Partner | None:
    return next((one for one in await turn.work.coaching.athletes() if one.id == athlete_id), None)


async def find_coach(turn: Turn, coach_id: UUID) -> Partner | None:
    return next((one for one in await turn.work.coaching.coaches() if one.id == coach_id), None)


async def mesocycle(turn: Turn) -> Block | None:
    """Read the mesocycle that an athlete is in; None where there is none."""
    return await mesocycles.open_active(turn)


async def give_plan(turn: Turn, plan_id: UUID) -> OpenPlan | None:
    """Copy a library plan for an athlete; what the athlete trains by stays as it is."""
    try:
        copy = await turn.work.plans.copy(plan_id)
    except NotFoundError:
        return None
    return await open_plan(turn, copy.id)


async def news(turn: Turn, notice_id: UUID) -> News | None:
    """Take what is to be told; None where it was told already, or is of a plan that is gone."""
    notice = await turn.work.coaching.take_notice(notice_id)
    if notice is None:
        return None
    if notice.kind != "plan":
        return News(notice.kind, notice.sender)
    plan = await turn.work.plans.find(notice.subject_id)
    return None if plan is None else News(notice.kind, notice.sender, plan.id, plan.name)
