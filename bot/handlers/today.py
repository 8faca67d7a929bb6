"""/today, and beginning a workout."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from telegram import Update

from bot.answers import Answer, Answers, Edit, Text, Toast
from bot.context import Context
from bot.handlers import sessions
from bot.handling import Handler
from bot.turn import Turn
from bot.usecases import guide_flow, planning, today
from bot.usecases.guide import find_guide
from bot.usecases.today import NoPlan, Started, Today
from bot.views import planning as planning_view
from bot.views import today as view


async def show(update: Update, context: Context) -> Answers:
    """Show the workout that is going on, or what comes next. A session that has been idle is closed first."""
    turn = context.turn
    closed = await sessions.closed_before(turn)
    guide = await find_guide(turn)
    if guide is not None:
        return [*closed, *await guide_flow.show(turn, guide)]
    shown = await today.today(turn)
    return [*closed, *_missed(turn, shown), Text(*view.today(turn.messages, shown))]


def _missed(turn: Turn, shown: Today | NoPlan) -> list[Answer]:
    """Say what was missed in a message of its own, so that its buttons are its own."""
    days = () if isinstance(shown, NoPlan) else shown.missed
    return [Text(*planning_view.missed(turn.messages, one)) for one in days[-view.MOST_MISSED :]]


async def show_again(update: Update, context: Context) -> Answers:
    turn = context.turn
    guide = await find_guide(turn)
    if guide is not None:
        return await guide_flow.show(turn, guide)
    return Edit(*view.today(turn.messages, await today.today(turn)))


async def start(update: Update, context: Context) -> Answers:
    turn = context.turn
    scheduled = turn.pressed_args.get("session")
    workout_id = UUID(turn.pressed_args["workout"])
    return await begin(turn, await today.start(turn, workout_id, None if scheduled is None else UUID(scheduled)))


async def begin(turn: Turn, started: Started | None) -> Answers:
    """Show a workout that has begun, in the place of the message whose button began it."""
    if started is None:
        return _gone(turn)
    if started.closed is None:
        return await guide_flow.begin(turn, started.guide, started.said, is_new=not started.was_running)
    name = turn.messages.text("today-begun", name=started.guide.session.name or turn.messages.label("guide-workout"))
    shown = await guide_flow.begin(turn, started.guide, started.said, below=True)
    return [Edit(name), *await sessions.closed(turn, started.closed), *shown]


async def skip(update: Update, context: Context) -> Answers:
    """Leave out the workout that is shown, and show the next one, with a way back."""
    turn = context.turn
    scheduled = turn.pressed_args.get("session")
    if scheduled is not None:
        skipped = await planning.skip_planned(turn, UUID(scheduled))
    else:
        skipped = await planning.skip_next(turn, UUID(turn.pressed_args["workout"]))
    shown = Edit(*view.today(turn.messages, await today.today(turn), skipped))
    return shown if skipped is None else [shown, *skipped.said]


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
