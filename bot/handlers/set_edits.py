"""The buttons that change, delete and put back one set."""

from __future__ import annotations

from uuid import UUID

from telegram import Update

from bot.answers import Answers, Toast
from bot.context import Context
from bot.usecases import log_answers, set_editing
from bot.views import edits, logged


async def edit(update: Update, context: Context) -> Answers:
    """Show the buttons that change a set."""
    turn = context.turn
    choice = await set_editing.begin(turn, [UUID(one) for one in turn.pressed_args["set_ids"]])
    return logged.moved_on(turn.messages) if choice is None else edits.ask(turn.messages, choice)


async def choose_set(update: Update, context: Context) -> Answers:
    turn = context.turn
    choice = await set_editing.begin(turn, [UUID(turn.pressed_args["set_id"])])
    if choice is None:
        return logged.moved_on(turn.messages)
    return log_answers.edit_of(edits.ask(turn.messages, choice))


async def change_set(update: Update, context: Context) -> Answers:
    """Change one figure of a set by a button: one repetition more, a step less, a warm-up."""
    turn = context.turn
    choice = await set_editing.step(turn, UUID(turn.pressed_args["set_id"]), turn.pressed_args["step"])
    if choice is None:
        return logged.moved_on(turn.messages)
    return log_answers.edit_of(edits.ask(turn.messages, choice))


async def end_edit(update: Update, context: Context) -> Answers:
    """Close the buttons that change a set, and show what the set is now."""
    turn = context.turn
    set_id = UUID(turn.pressed_args["set_id"])
    lines = await set_editing.end(turn, set_id)
    return [*await log_answers.mended_with(turn, set_id), edits.ended(turn.messages, lines)]


async def delete_set(update: Update, context: Context) -> Answers:
    turn = context.turn
    set_id = UUID(turn.pressed_args["set_id"])
    lines = await set_editing.remove(turn, set_id)
    if not lines:
        return logged.moved_on(turn.messages)
    return [*await log_answers.mended_with(turn, set_id), edits.removed(turn.messages, lines, str(set_id))]


async def put_back(update: Update, context: Context) -> Answers:
    turn = context.turn
    set_id = UUID(turn.pressed_args["set_id"])
    lines = await set_editing.put_back(turn, set_id)
    if not lines:
        return Toast(turn.messages.label("restore-done-already"))
    return [*await log_answers.mended_with(turn, set_id), edits.ended(turn.messages, lines)]
