"""/level: calisthenics levels and their skills; /week: the days of a week."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from telegram import Update

from bot.answers import Answers, Edit, Text
from bot.context import Context
from bot.handling import Handler
from bot.usecases import levels, week
from bot.views import levels as view
from bot.views import week as week_view


async def show(update: Update, context: Context) -> Answers:
    turn = context.turn
    return Text(*view.overview(turn.messages, await levels.overview(turn)))


async def show_again(update: Update, context: Context) -> Answers:
    """Show the levels in the place of the message, or below the news of one."""
    turn = context.turn
    shown = view.overview(turn.messages, await levels.overview(turn))
    return Text(*shown) if turn.pressed_args.get("new") else Edit(*shown)


async def open_level(update: Update, context: Context) -> Answers:
    turn = context.turn
    args = turn.pressed_args
    return Edit(*view.level(turn.messages, await levels.category(turn, args["category"]), args["page"]))


async def show_week(update: Update, context: Context) -> Answers:
    turn = context.turn
    return Text(*week_view.week(turn.messages, await week.week_of(turn, turn.today)))


async def turn_week(update: Update, context: Context) -> Answers:
    turn = context.turn
    monday = date.fromisoformat(turn.pressed_args["monday"]) + timedelta(weeks=turn.pressed_args["by"])
    return Edit(*week_view.week(turn.messages, await week.week_of(turn, monday)))


ACTIONS: Mapping[str, Handler] = {
    "level.show": show_again,
    "level.open": open_level,
    "week.turn": turn_week,
}
