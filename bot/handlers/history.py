"""/history and /records, whole or of one exercise, and their pages."""

from __future__ import annotations

from uuid import UUID

from telegram import Update

from bot.answers import Answers, Edit, Text
from bot.context import Context
from bot.turn import Turn
from bot.usecases import history, records
from bot.usecases.reading_context import unit_of
from bot.views import history as history_view
from bot.views import records as records_view


def words_after_command(turn: Turn) -> str:
    """Give what was written after a command."""
    return turn.text.partition(" ")[2].strip()


def in_place(text: Text) -> Edit:
    """Show a text in the place of the message whose button was pressed."""
    return Edit(text.text, text.keyboard, text.about)


async def show_history(update: Update, context: Context) -> Answers:
    turn = context.turn
    words = words_after_command(turn)
    if not words:
        return history_view.sessions(turn.messages, await history.sessions_page(turn), unit_of(turn.user))
    exercise, others = await history.find_exercise(turn, words)
    if exercise is None:
        return history_view.unknown(turn.messages, words, others)
    return history_view.exercise(turn.messages, await history.exercise_page(turn, exercise, others=others))


async def turn_page(update: Update, context: Context) -> Answers:
    turn = context.turn
    page = await history.sessions_page(turn, turn.pressed_args["offset"])
    return in_place(history_view.sessions(turn.messages, page, unit_of(turn.user)))


async def open_session(update: Update, context: Context) -> Answers:
    turn = context.turn
    shown = await history.one_session(turn, UUID(turn.pressed_args["id"]))
    return in_place(history_view.one_session(turn.messages, shown, unit_of(turn.user), turn.pressed_args["offset"]))


async def turn_exercise_page(update: Update, context: Context) -> Answers:
    turn = context.turn
    exercise = await turn.work.exercises.get(UUID(turn.pressed_args["id"]))
    page = await history.exercise_page(turn, exercise, turn.pressed_args["offset"])
    return in_place(history_view.exercise(turn.messages, page))


async def open_exercise(update: Update, context: Context) -> Answers:
    """Show the exercise that was meant by a word, once its button was pressed."""
    turn = context.turn
    key = turn.pressed_args["key"]
    exercise = (await turn.work.exercises.find_by_keys([key])).get(key)
    if exercise is None:
        return in_place(history_view.unknown(turn.messages, key, ()))
    return in_place(history_view.exercise(turn.messages, await history.exercise_page(turn, exercise)))


async def show_records(update: Update, context: Context) -> Answers:
    turn = context.turn
    words, unit = words_after_command(turn), unit_of(turn.user)
    if not words:
        return records_view.page(turn.messages, await records.page(turn), unit)
    exercise, others = await history.find_exercise(turn, words)
    if exercise is None:
        return records_view.unknown(turn.messages, words, others)
    return records_view.exercise(turn.messages, await records.of_exercise(turn, exercise), unit, others)


async def turn_records_page(update: Update, context: Context) -> Answers:
    turn = context.turn
    page = await records.page(turn, turn.pressed_args["offset"])
    return in_place(records_view.page(turn.messages, page, unit_of(turn.user)))


async def open_records(update: Update, context: Context) -> Answers:
    turn = context.turn
    key = turn.pressed_args["key"]
    exercise = (await turn.work.exercises.find_by_keys([key])).get(key)
    if exercise is None:
        return in_place(records_view.unknown(turn.messages, key, ()))
    shown = await records.of_exercise(turn, exercise)
    return in_place(records_view.exercise(turn.messages, shown, unit_of(turn.user), ()))
