"""/plans: shelves, a plan opened, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from telegram import Update

from bot.answers import Answers, Edit, Text, Toast
from bot.context import Context
from bot.handling import DialogueHandler, Handler
from bot.turn import Turn
from bot.usecases import plans
from bot.usecases.plans import OpenPlan
from bot.views import plans as view


async def show(update: Update, context: Context) -> Answers:
    turn = context.turn
    return Text(*view.shelf(turn.messages, await plans.shelves(turn, "own")))


async def list_shelf(update: Update, context: Context) -> Answers:
    turn = context.turn
    args = turn.pressed_args
    return Edit(*view.shelf(turn.messages, await plans.shelves(turn, args["shelf"]), args["page"]))


async def open_plan(update: Update, context: Context) -> Answers:
    turn = context.turn
    args = turn.pressed_args
    await plans.stop_renaming(turn)
    plan = await plans.open_plan(turn, UUID(args["plan"]))
    return (
        _gone(turn) if plan is None else Edit(*view.opened(turn.messages, plan, args.get("page", 0), args.get("from")))
    )


async def use(update: Update, context: Context) -> Answers:
    turn = context.turn
    plan = await plans.use(turn, UUID(turn.pressed_args["plan"]))
    if plan is None or plan.has_moved_on:
        return _shown(turn, plan)
    return view.used(turn.messages, plan, turn.pressed_args.get("from"))


async def ask_name(update: Update, context: Context) -> Answers:
    turn = context.turn
    args = turn.pressed_args
    plan = await plans.begin_rename(turn, UUID(args["plan"]), args["version"])
    return _gone(turn) if plan is None else view.ask_name(turn.messages, plan, dict(args))


async def rename(turn: Turn) -> Answers:
    plan = await plans.rename(turn)
    return None if plan is None else view.renamed(turn.messages, plan)


async def delete(update: Update, context: Context) -> Answers:
    turn = context.turn
    outcome = await plans.delete(turn, UUID(turn.pressed_args["plan"]), turn.pressed_args["version"])
    if outcome is None or isinstance(outcome, OpenPlan):
        return _shown(turn, outcome)
    return view.deleted(turn.messages, outcome)


async def restore(update: Update, context: Context) -> Answers:
    turn = context.turn
    return _shown(turn, await plans.restore(turn, UUID(turn.pressed_args["plan"])))


def _shown(turn: Turn, plan: OpenPlan | None) -> Answers:
    if plan is None:
        return _gone(turn)
    edit = Edit(*view.opened(turn.messages, plan, 0, turn.pressed_args.get("from")))
    if not plan.has_moved_on:
        return edit
    return [edit, Toast(turn.messages.label("plan-moved-on-toast"))]


def _gone(turn: Turn) -> Toast:
    return Toast(turn.messages.label("plan-gone"))


ACTIONS: Mapping[str, Handler] = {
    "plan.list": list_shelf,
    "plan.open": open_plan,
    "plan.use": use,
    "plan.rename": ask_name,
    "plan.delete": delete,
    "plan.restore": restore,
}

DIALOGUES: Mapping[str, DialogueHandler] = {plans.RENAME_DIALOGUE: rename}
