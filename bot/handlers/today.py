"""/today, and beginning a workout."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from telegram import Update

from bot.answers import Answers, Edit, Text, Toast
from bot.context import Context
from bot.handlers import sessions
from bot.handling import Handler
from bot.turn import Turn
from bot.usecases import today
from bot.usecases.reading_context import unit_of
from bot.views import summary as summary_view
from bot.views import today as view


async def show(update: Update, context: Context) -> Answers:
    """Show what comes next. A session that has been idle is closed first."""
    turn = context.turn
    closed = await sessions.closed_before(turn)
    return [*closed, Text(*view.today(turn.messages, await today.today(turn)))]


async def show_again(update: Update, context: Context) -> Answers:
    turn = context.turn
    return Edit(*view.today(turn.messages, await today.today(turn)))


async def start(update: Update, context: Context) -> Answers:
    turn = context.turn
    started = await today.start(turn, UUID(turn.pressed_args["workout"]))
    if started is None:
        return _gone(turn)
    shown = view.started(turn.messages, started.today, was_running=started.was_running)
    if started.closed is None:
        return shown
    return [*shown, summary_view.closed(turn.messages, started.closed, unit_of(turn.user))]


async def skip(update: Update, context: Context) -> Answers:
    turn = context.turn
    return Edit(*view.today(turn.messages, await today.skip(turn, UUID(turn.pressed_args["workout"]))))


async def show_others(update: Update, context: Context) -> Answers:
    turn = context.turn
    found = await today.workouts(turn)
    if found is None:
        return await show_again(update, context)
    return Edit(*view.others(turn.messages, *found, turn.pressed_args["page"]))


async def preview(update: Update, context: Context) -> Answers:
    turn = context.turn
    shown = await today.preview(turn, UUID(turn.pressed_args["workout"]))
    return _gone(turn) if shown is None else Edit(*view.today(turn.messages, shown))


def _gone(turn: Turn) -> Toast:
    return Toast(turn.messages.label("plan-gone"))


ACTIONS: Mapping[str, Handler] = {
    "today.show": show_again,
    "today.start": start,
    "today.skip": skip,
    "today.others": show_others,
    "today.preview": preview,
}
