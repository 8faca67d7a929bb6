"""/meso: starting a mesocycle, its weeks, moving on, ending, repeating."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from telegram import Update

from bot.answers import Answers, Edit, Text, Toast
from bot.context import Context
from bot.handlers import muscle_feedback
from bot.handling import DialogueHandler, Handler
from bot.turn import Turn
from bot.usecases import mesocycle_changes, mesocycle_feedback_flow, mesocycle_start, mesocycles
from bot.usecases.mesocycle_start import Running
from bot.usecases.mesocycles import Block
from bot.views import mesocycle_start as start_view
from bot.views import mesocycles as view
from bot.views.plans import Shown
from storage.models import MesocycleStatus

PAGE = view.ON_A_PAGE


async def show(update: Update, context: Context) -> Answers:
    return Text(*await _overview(context.turn))


async def show_again(update: Update, context: Context) -> Answers:
    return Edit(*await _overview(context.turn))


async def _overview(turn: Turn) -> Shown:
    """Show the one that is going on, or ask for a plan to start one over."""
    mesocycle = await mesocycles.active(turn)
    if mesocycle is None:
        return start_view.shelf(turn.messages, await mesocycle_start.shelf(turn))
    return view.grid(turn.messages, await mesocycles.read(turn, mesocycle))


# ---------------------------------------------------------------------- starting


async def list_plans(update: Update, context: Context) -> Answers:
    turn = context.turn
    shelf = await mesocycle_start.shelf(turn, is_library=turn.pressed_args.get("library"))
    return Edit(*start_view.shelf(turn.messages, shelf, turn.pressed_args["page"]))


async def choose_plan(update: Update, context: Context) -> Answers:
    turn = context.turn
    choice = await mesocycle_start.choose(turn, UUID(turn.pressed_args["plan"]))
    return _gone(turn, "meso-plan-gone") if choice is None else Edit(*start_view.ask_weeks(turn.messages, choice))


async def choose_weeks(update: Update, context: Context) -> Answers:
    turn, args = context.turn, context.turn.pressed_args
    choice = await mesocycle_start.choose(turn, UUID(args["plan"]))
    if choice is None:
        return _gone(turn, "meso-plan-gone")
    if choice.is_days_known:
        return Edit(*start_view.ask_start(turn.messages, turn.today, {**args, "days": choice.usual_days}))
    return Edit(*start_view.ask_days(turn.messages, choice, args))


async def choose_days(update: Update, context: Context) -> Answers:
    turn = context.turn
    return Edit(*start_view.ask_start(turn.messages, turn.today, turn.pressed_args))


async def type_date(update: Update, context: Context) -> Answers:
    turn = context.turn
    await mesocycle_start.ask_date(turn, turn.pressed_args)
    return start_view.ask_date(turn.messages)


async def begin(update: Update, context: Context) -> Answers:
    turn, args = context.turn, context.turn.pressed_args
    outcome = await mesocycle_start.begin(turn, args, date.fromisoformat(args["start"]))
    if outcome is None:
        return _gone(turn, "meso-plan-gone")
    if isinstance(outcome, Running):
        return Edit(*start_view.running(turn.messages, outcome, args))
    return Edit(*view.started(turn.messages, outcome))


async def date_told(turn: Turn) -> Answers:
    """Take a typed date; any other text is read as usual."""
    args: Mapping[str, Any] = turn.dialogue.data if turn.dialogue is not None else {}
    outcome = await mesocycle_start.date_told(turn)
    if outcome is None:
        return None
    if isinstance(outcome, Running):
        start = mesocycle_start.day_in(turn.text, turn.today)
        return Text(*start_view.running(turn.messages, outcome, {**args, "start": str(start)}))
    if isinstance(outcome, Block):
        return Text(*view.started(turn.messages, outcome))
    return start_view.too_far(turn.messages, outcome)


async def ask_repeat(update: Update, context: Context) -> Answers:
    turn = context.turn
    mesocycle = await mesocycle_start.repeatable(turn, _id(turn))
    return _gone(turn) if mesocycle is None else Edit(*start_view.ask_repeat(turn.messages, mesocycle))


async def repeat_week(update: Update, context: Context) -> Answers:
    turn = context.turn
    mesocycle = await mesocycle_start.repeatable(turn, _id(turn))
    if mesocycle is None:
        return _gone(turn)
    args = mesocycle_start.repeat_args(mesocycle, turn.pressed_args["week"])
    return Edit(*start_view.ask_start(turn.messages, turn.today, args))


# ---------------------------------------------------------------------- looking


async def show_grid(update: Update, context: Context) -> Answers:
    turn = context.turn
    block = await mesocycles.open_block(turn, _id(turn))
    return _gone(turn) if block is None else Edit(*view.grid(turn.messages, block))


async def show_week(update: Update, context: Context) -> Answers:
    turn = context.turn
    block = await mesocycles.open_block(turn, _id(turn))
    if block is None:
        return _gone(turn)
    return Edit(*view.week_details(turn.messages, block, turn.pressed_args["week"]))


async def show_past(update: Update, context: Context) -> Answers:
    turn, page = context.turn, context.turn.pressed_args["page"]
    found = await turn.work.mesocycles.past(limit=PAGE, offset=page * PAGE)
    return Edit(*view.past(turn.messages, found, page))


async def open_one(update: Update, context: Context) -> Answers:
    """Open one that has ended: its review."""
    turn = context.turn
    mesocycle = await mesocycles.find(turn, _id(turn))
    if mesocycle is not None and mesocycle.status is MesocycleStatus.ACTIVE:
        return await show_grid(update, context)
    shown = await mesocycle_feedback_flow.review(turn, _id(turn))
    return _gone(turn) if shown is None else Edit(*shown)


# ---------------------------------------------------------------------- moving on and ending


async def ask_next(update: Update, context: Context) -> Answers:
    return await _confirm(context.turn, "next")


async def ask_end(update: Update, context: Context) -> Answers:
    return await _confirm(context.turn, "end")


async def ask_delete(update: Update, context: Context) -> Answers:
    return await _confirm(context.turn, "delete")


async def _confirm(turn: Turn, what: str) -> Answers:
    mesocycle = await mesocycles.find(turn, _id(turn))
    return _gone(turn) if mesocycle is None else Edit(*view.confirm(turn.messages, mesocycle, what))


async def go_on(update: Update, context: Context) -> Answers:
    turn = context.turn
    outcome = await mesocycle_changes.go_on(turn, _id(turn), turn.pressed_args["week"])
    if outcome is None:
        return _gone(turn)
    if isinstance(outcome, Block):
        return [Edit(*view.grid(turn.messages, outcome)), _moved_on(turn)]
    if outcome.is_over:
        return await open_one(update, context)
    return Edit(*view.grid(turn.messages, outcome.block))


async def end(update: Update, context: Context) -> Answers:
    turn = context.turn
    if await mesocycle_changes.end(turn, _id(turn), turn.pressed_args["version"]) is None:
        return await _stands(turn)
    return await open_one(update, context)


async def archive(update: Update, context: Context) -> Answers:
    turn = context.turn
    archived = await mesocycle_changes.archive(turn, _id(turn), turn.pressed_args["version"])
    return await _stands(turn) if archived is None else Edit(*view.put_away(turn.messages, archived, "archive"))


async def delete(update: Update, context: Context) -> Answers:
    turn = context.turn
    deleted = await mesocycle_changes.delete(turn, _id(turn), turn.pressed_args["version"])
    return await _stands(turn) if deleted is None else Edit(*view.put_away(turn.messages, deleted, "delete"))


async def restore(update: Update, context: Context) -> Answers:
    turn = context.turn
    if await mesocycle_changes.restore(turn, _id(turn)) is None:
        return _gone(turn)
    block = await mesocycles.open_block(turn, _id(turn))
    return _gone(turn) if block is None else Edit(*view.grid(turn.messages, block))


async def train_again(update: Update, context: Context) -> Answers:
    turn = context.turn
    block = await mesocycle_changes.train_again(turn, _id(turn))
    return _gone(turn) if block is None else Edit(*view.grid(turn.messages, block))


async def _stands(turn: Turn) -> Answers:
    """Show how a mesocycle stands that was changed since the button was made."""
    block = await mesocycles.open_block(turn, _id(turn))
    return _gone(turn) if block is None else [Edit(*view.grid(turn.messages, block)), _moved_on(turn)]


def _id(turn: Turn) -> UUID:
    return UUID(turn.pressed_args["mesocycle"])


def _gone(turn: Turn, key: str = "meso-gone") -> Toast:
    return Toast(turn.messages.label(key))


def _moved_on(turn: Turn) -> Toast:
    return Toast(turn.messages.label("meso-moved-on"))


ACTIONS: Mapping[str, Handler] = {
    "meso.show": show_again,
    "meso.plans": list_plans,
    "meso.plan": choose_plan,
    "meso.weeks": choose_weeks,
    "meso.days": choose_days,
    "meso.type_date": type_date,
    "meso.begin": begin,
    "meso.repeat": ask_repeat,
    "meso.repeat_week": repeat_week,
    "meso.grid": show_grid,
    "meso.week": show_week,
    "meso.past": show_past,
    "meso.open": open_one,
    "meso.ask_next": ask_next,
    "meso.ask_end": ask_end,
    "meso.ask_delete": ask_delete,
    "meso.next": go_on,
    "meso.end": end,
    "meso.archive": archive,
    "meso.delete": delete,
    "meso.restore": restore,
    "meso.train_again": train_again,
    **muscle_feedback.ACTIONS,
}

DIALOGUES: Mapping[str, DialogueHandler] = {mesocycle_start.DATE_DIALOGUE: date_told}
