"""/start: units and language, asked once; later on it greets. A coach's link comes by /start, too."""

from __future__ import annotations

from telegram import Update

from bot.answers import Answers
from bot.context import Context
from bot.handlers import coaching
from bot.usecases import onboarding
from bot.views import onboarding as view
from storage.models import UnitSystem


async def start(update: Update, context: Context) -> Answers:
    turn = context.turn
    invitation = await coaching.opened(turn)
    if invitation is not None:
        return invitation
    if onboarding.has_answered(turn.user):
        return view.welcome_back(turn.messages)
    return view.ask_unit(turn.messages)


async def choose_unit(update: Update, context: Context) -> Answers:
    turn = context.turn
    await onboarding.choose_unit(turn, UnitSystem(turn.pressed_args["unit"]))
    return view.ask_language(onboarding.WRITTEN_LANGUAGES, turn.messages)


async def choose_language(update: Update, context: Context) -> Answers:
    turn = context.turn
    await onboarding.choose_language(turn, turn.pressed_args["language"])
    return view.done(turn.user.unit_system, turn.messages)
