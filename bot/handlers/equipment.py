"""/equipment: the user's own kit, by buttons."""

from __future__ import annotations

from collections.abc import Mapping

from telegram import Update

from bot.answers import Answers, Edit, Text
from bot.context import Context
from bot.handling import Handler
from bot.usecases import equipment
from bot.views import equipment as view


async def show(update: Update, context: Context) -> Answers:
    turn = context.turn
    return Text(*view.kit(turn.messages, await equipment.shown(turn)))


async def show_again(update: Update, context: Context) -> Answers:
    turn = context.turn
    return Edit(*view.kit(turn.messages, await equipment.shown(turn)))


async def open_group(update: Update, context: Context) -> Answers:
    turn = context.turn
    args = turn.pressed_args
    return Edit(*view.group(turn.messages, await equipment.shown(turn), args["group"], args["page"]))


async def set_one(update: Update, context: Context) -> Answers:
    turn = context.turn
    args = turn.pressed_args
    shown = await equipment.set_one(turn, args["slug"], has=args["has"])
    return Edit(*view.group(turn.messages, shown, args["group"], args["page"]))


async def take_preset(update: Update, context: Context) -> Answers:
    turn = context.turn
    return Edit(*view.kit(turn.messages, await equipment.take_preset(turn, turn.pressed_args["preset"])))


async def replace(update: Update, context: Context) -> Answers:
    turn = context.turn
    return Edit(*view.kit(turn.messages, await equipment.replace(turn, turn.pressed_args["slugs"])))


ACTIONS: Mapping[str, Handler] = {
    "kit.show": show_again,
    "kit.group": open_group,
    "kit.set": set_one,
    "kit.preset": take_preset,
    "kit.replace": replace,
}
