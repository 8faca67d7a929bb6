"""/plans: shelves, a plan opened, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from telegram import Update

from bot.answers import Answers, Edit, Text, Toast
from bot.context import Context
from bot.handlers import plan_editing as editing
from bot.handling import DialogueHandler, Handler
from bot.turn import Turn
from bot.usecases import library_plans, plan_questions, plans
from bot.usecases.library_plans import Filter
from bot.usecases.plan_screens import plan_screen
from bot.usecases.plans import OpenPlan
from bot.views import library_plans as library_view
from bot.views import plans as view


async def show(update: Update, context: Context) -> Answers:
    turn = context.turn
    return Text(*view.shelf(turn.messages, await plans.shelves(turn, "own")))


async def list_shelf(update: Update, context: Context) -> Answers:
    turn = context.turn
    args = turn.pressed_args
    if args["shelf"] == "library":
        shelf = await library_plans.browse(turn, Filter.of(args))
        return Edit(*library_view.shelf(turn.messages, shelf, args["page"]))
    return Edit(*view.shelf(turn.messages, await plans.shelves(turn, args["shelf"]), args["page"]))


async def choose_filter(update: Update, context: Context) -> Answers:
    turn = context.turn
    args = turn.pressed_args
    found = await library_plans.choices(turn, args["facet"], Filter.of(args))
    return Edit(*library_view.choices(turn.messages, found))


async def make_mine(update: Update, context: Context) -> Answers:
    """Copy a library plan; where there is a copy already, ask whether it is the one that is meant."""
    turn = context.turn
    args = turn.pressed_args
    known = await library_plans.copies(turn, UUID(args["plan"]))
    if known is None:
        return _gone(turn)
    if known.copies and not args.get("again"):
        return library_view.offer_copies(turn.messages, known, args.get("from"))
    return await _made_mine(turn, known.plan.id, args)


async def _made_mine(turn: Turn, plan_id: UUID, args: Mapping[str, Any]) -> Answers:
    copy = await library_plans.make_mine(turn, plan_id)
    toast = Toast(turn.messages.label("plan-made-mine", name=copy.name))
    if args.get("edit"):
        return [editing.shown(turn, await plan_screen(turn, copy.id)), toast]
    opened = await plans.open_plan(turn, copy.id)
    return _gone(turn) if opened is None else [Edit(*view.opened(turn.messages, opened, 0)), toast]


async def edit(update: Update, context: Context) -> Answers:
    """Open a plan for editing; of one of the library a copy is offered first."""
    turn = context.turn
    args = turn.pressed_args
    known = await library_plans.copies(turn, UUID(args["plan"]))
    if known is not None:
        return library_view.offer_copies(turn.messages, known, args.get("from"), edit=True)
    await plan_questions.stop(turn)
    return editing.shown(turn, await plan_screen(turn, UUID(args["plan"]), args.get("page", 0)))


async def open_plan(update: Update, context: Context) -> Answers:
    turn = context.turn
    args = turn.pressed_args
    await plans.stop_renaming(turn)
    await plan_questions.stop(turn)
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
    known = await library_plans.copies(turn, UUID(args["plan"]))
    if known is not None and known.copies and not args.get("again"):
        return library_view.offer_copies(turn.messages, known, args.get("from"))
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
    "plan.filter": choose_filter,
    "plan.open": open_plan,
    "plan.mine": make_mine,
    "plan.use": use,
    "plan.rename": ask_name,
    "plan.delete": delete,
    "plan.restore": restore,
    "edit.plan": edit,
}

DIALOGUES: Mapping[str, DialogueHandler] = {plans.RENAME_DIALOGUE: rename}
