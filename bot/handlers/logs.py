"""The buttons under a log and under the questions about one."""

from __future__ import annotations

from uuid import UUID

from telegram import Update

from bot.answers import Answers, Edit, Text, Toast
from bot.context import Context
from bot.turn import Turn
from bot.usecases import incoming, log_answers, log_doubts, repeating, undoing
from bot.usecases.log_doubts import find_log
from bot.usecases.logging_sets import outcome_of
from bot.views import logged, undone


async def confirm(update: Update, context: Context) -> Answers:
    turn = context.turn
    return log_answers.shown_again(turn, await log_doubts.confirm(turn, *_item(turn)))


async def choose_name(update: Update, context: Context) -> Answers:
    turn = context.turn
    outcome = await log_doubts.choose_name(turn, *_item(turn), turn.pressed_args["key"])
    return log_answers.shown_again(turn, outcome)


async def choose_order(update: Update, context: Context) -> Answers:
    turn = context.turn
    outcome = await log_doubts.choose_order(turn, *_item(turn), turn.pressed_args["order"])
    return await log_answers.answered(turn, outcome, _item(turn)[1])


async def save_anyway(update: Update, context: Context) -> Answers:
    turn = context.turn
    outcome = await log_doubts.save_anyway(turn, *_item(turn))
    return await log_answers.answered(turn, outcome, _item(turn)[1])


async def leave_out(update: Update, context: Context) -> Answers:
    turn = context.turn
    outcome = await log_doubts.leave_out(turn, *_item(turn))
    return await log_answers.answered(turn, outcome, _item(turn)[1])


async def type_figures(update: Update, context: Context) -> Answers:
    turn = context.turn
    log = await log_doubts.listen(turn, *_item(turn))
    if log is None:
        return logged.moved_on(turn.messages)
    return Text(turn.messages.text("ask-figures-again"))


async def again(update: Update, context: Context) -> Answers:
    turn = context.turn
    outcome = await repeating.repeat(turn, UUID(turn.pressed_args["set_id"]))
    return logged.moved_on(turn.messages) if outcome is None else await log_answers.answers_of(turn, outcome)


async def undo(update: Update, context: Context) -> Answers:
    turn = context.turn
    result = await undoing.undo(turn, UUID(turn.pressed_args["import_id"]))
    if result is None:
        return Toast(turn.messages.label("undo-done-already"))
    return [*await log_answers.mended_by(turn, result), undone.in_place(turn.messages, result)]


async def undo_newest(update: Update, context: Context) -> Answers:
    """/undo"""
    turn = context.turn
    result = await undoing.undo_newest(turn)
    if result is None:
        return Text(turn.messages.text("undo-nothing"))
    return await log_answers.undone_by_text(turn, result)


async def keep(update: Update, context: Context) -> Answers:
    """Leave the sets of a message that was edited into nothing."""
    return Edit(context.turn.messages.text("edit-kept"))


async def restore(update: Update, context: Context) -> Answers:
    turn = context.turn
    import_id = UUID(turn.pressed_args["import_id"])
    row = await undoing.restore(turn, import_id)
    log = await find_log(turn, import_id) if row is not None else None
    if log is None:
        return Toast(turn.messages.label("restore-done-already"))
    return log_answers.edit_of(logged.answer(turn.messages, await outcome_of(turn, log.row, log.draft)))


async def choose_asked_name(update: Update, context: Context) -> Answers:
    """Take one of the exercises trained lately for figures that came without a name."""
    turn = context.turn
    import_id, index = _item(turn)
    row = await turn.work.imports.get(import_id)
    key = turn.pressed_args["key"]
    exercise = (await turn.work.exercises.find_by_keys([key])).get(key)
    outcome = None if exercise is None else await log_doubts.name_it(turn, row, index, exercise)
    return await log_answers.answered(turn, outcome, index)


def _item(turn: Turn) -> tuple[UUID, int]:
    return UUID(turn.pressed_args["import_id"]), int(turn.pressed_args["item"])


async def figures_told(turn: Turn) -> Answers:
    """Take the next text for the figures of an exercise that was asked about."""
    dialogue = turn.dialogue
    outcome = await incoming.figures_told(turn)
    return (
        None
        if outcome is None or dialogue is None
        else await log_answers.answered(turn, outcome, int(dialogue.data["item"]))
    )
