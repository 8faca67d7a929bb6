"""/athletes for coaches, /coach for everybody, invitations by link, and what both are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from telegram import Update

from bot.answers import Answers, Edit, Text, Toast
from bot.coached import about_people
from bot.context import Context
from bot.handling import Handler, in_private
from bot.turn import Turn
from bot.usecases import coaching, onboarding
from bot.usecases.coaching import Opened
from bot.views import coaching as view
from bot.views import dates
from bot.views import mesocycles as meso_view
from bot.views import onboarding as onboarding_view
from bot.views import plans as plans_view
from storage.database import Database
from storage.repositories.coaching import InvitationState, Partner


async def show_athletes(update: Update, context: Context) -> Answers:
    turn = context.turn
    await coaching.stop_asking(turn)
    return Text(*view.athletes(turn.messages, await turn.work.coaching.athletes()))


async def list_athletes(update: Update, context: Context) -> Answers:
    turn = context.turn
    return Edit(*view.athletes(turn.messages, await turn.work.coaching.athletes()))


async def invite(update: Update, context: Context) -> Answers:
    turn = context.turn
    link = await coaching.invite(turn)
    return _ended(turn) if link is None else view.invited(turn.messages, link, coaching.valid_days())


async def open_athlete(update: Update, context: Context) -> Answers:
    turn = context.turn
    await coaching.stop_asking(turn)
    found = await coaching.find_athlete(turn, UUID(turn.pressed_args["athlete"]))
    return _ended(turn) if found is None else Edit(*view.athlete(turn.messages, found, _day(turn, found)))


def _day(turn: Turn, partner: Partner) -> str:
    return "" if partner.since is None else dates.day(turn.messages, partner.since.astimezone(turn.timezone).date())


async def show_mesocycle(update: Update, context: Context) -> Answers:
    """Show the mesocycle that an athlete is in."""
    turn = context.turn
    block = await coaching.mesocycle(turn)
    return Edit(turn.messages.text("coach-no-meso")) if block is None else Edit(*meso_view.grid(turn.messages, block))


async def give_plan(update: Update, context: Context) -> Answers:
    """Put a copy of a library plan among an athlete's plans. Whether to train by it is for the athlete to say."""
    turn = context.turn
    given = await coaching.give_plan(turn, UUID(turn.pressed_args["plan"]))
    return Toast(turn.messages.label("plan-gone")) if given is None else Edit(*plans_view.opened(turn.messages, given))


async def ask_leave(update: Update, context: Context) -> Answers:
    turn = context.turn
    found = await coaching.find_athlete(turn, UUID(turn.pressed_args["athlete"]))
    return _ended(turn) if found is None else view.ask_leave(turn.messages, found)


async def leave(update: Update, context: Context) -> Answers:
    turn = context.turn
    athlete_id = UUID(turn.pressed_args["athlete"])
    await turn.work.coaching.end(athlete_id=athlete_id, coach_id=turn.user.id, at=turn.now)
    return Edit(*view.athletes(turn.messages, await turn.work.coaching.athletes()))


def _ended(turn: Turn) -> Toast:
    return Toast(turn.messages.label("coach-ended"), alert=True)


# ---------------------------------------------------------------------- athletes


async def opened(turn: Turn) -> Answers:
    """Show the invitation that /start came with; None where it came with none."""
    found = await coaching.open_link(turn)
    return None if found is None else view.invitation(turn.messages, found)


async def accept(update: Update, context: Context) -> Answers:
    """Take a coach; somebody who is new is then asked what everybody is asked."""
    turn = context.turn
    token_hash = turn.pressed_args["hash"]
    taken = Opened(await turn.work.coaching.accept(token_hash, turn.now), token_hash)
    told = view.accepted(turn.messages, taken)
    is_new = taken.invitation.state is InvitationState.ACCEPTED and not onboarding.has_answered(turn.user)
    return [told, onboarding_view.ask_unit(turn.messages)] if is_new else told


async def decline(update: Update, context: Context) -> Answers:
    return Edit(context.turn.messages.text("coach-declined"))


@in_private
async def show_coaches(update: Update, context: Context) -> Answers:
    turn = context.turn
    partners = await turn.work.coaching.coaches()
    shown = view.coaches(turn.messages, partners, {one.id: _day(turn, one) for one in partners})
    return Text(*shown, about_people(*(one.id for one in partners)))


async def list_coaches(update: Update, context: Context) -> Answers:
    turn = context.turn
    partners = await turn.work.coaching.coaches()
    shown = view.coaches(turn.messages, partners, {one.id: _day(turn, one) for one in partners})
    return Edit(*shown, about_people(*(one.id for one in partners)))


async def ask_end(update: Update, context: Context) -> Answers:
    turn = context.turn
    found = await coaching.find_coach(turn, UUID(turn.pressed_args["coach"]))
    return await list_coaches(update, context) if found is None else view.ask_end(turn.messages, found)


async def end(update: Update, context: Context) -> Answers:
    turn = context.turn
    coach_id = UUID(turn.pressed_args["coach"])
    await turn.work.coaching.end(athlete_id=turn.user.id, coach_id=coach_id, at=turn.now)
    return [*_as_list(await list_coaches(update, context)), Toast(turn.messages.label("coach-end-done"))]


def _as_list(answers: Answers) -> list[Edit]:
    return [answers] if isinstance(answers, Edit) else []


# ---------------------------------------------------------------------- news


async def due(database: Database, now: datetime, limit: int) -> Sequence[tuple[UUID, UUID]]:
    """List what users are to be told of each other by now."""
    return await database.due_notices(now, limit)


async def tell(turn: Turn, notice_id: UUID) -> Answers:
    """Tell a user what their coach or athlete has done, in their own turn and language."""
    told = await coaching.news(turn, notice_id)
    return None if told is None else view.news(turn.messages, told)


ACTIONS: Mapping[str, Handler] = {
    "coach.athletes": list_athletes,
    "coach.invite": invite,
    "coach.athlete": open_athlete,
    "coach.meso": show_mesocycle,
    "coach.give": give_plan,
    "coach.ask_leave": ask_leave,
    "coach.leave": leave,
    "coach.accept": accept,
    "coach.decline": decline,
    "coach.coaches": list_coaches,
    "coach.ask_end": ask_end,
    "coach.end": end,
}
