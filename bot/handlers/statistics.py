"""/stats, its pages, and a mesocycle's feedback."""

from __future__ import annotations

from uuid import UUID

from telegram import Update

from bot.answers import Answers
from bot.context import Context
from bot.handlers.history import in_place
from bot.usecases import statistics
from bot.usecases.reading_context import unit_of
from bot.views import statistics as view


async def show(update: Update, context: Context) -> Answers:
    turn = context.turn
    return view.overview(turn.messages, await statistics.overview(turn), unit_of(turn.user))


async def turn_page(update: Update, context: Context) -> Answers:
    turn = context.turn
    shown = await statistics.overview(turn, turn.pressed_args["span"], turn.pressed_args["offset"])
    return in_place(view.overview(turn.messages, shown, unit_of(turn.user)))


async def show_feedback(update: Update, context: Context) -> Answers:
    turn = context.turn
    review = await statistics.feedback_review(turn, UUID(turn.pressed_args["id"]))
    return in_place(view.feedback(turn.messages, review, unit_of(turn.user)))
