"""The buttons of the question which exercise is meant."""

from __future__ import annotations

from collections.abc import Mapping

from telegram import Update

from bot.answers import Answers
from bot.context import Context
from bot.handling import DialogueHandler, Handler
from bot.usecases import exercise_picker


async def choose(update: Update, context: Context) -> Answers:
    return await exercise_picker.choose(context.turn, context.turn.pressed_args)


async def leave_out(update: Update, context: Context) -> Answers:
    return await exercise_picker.leave_out(context.turn, context.turn.pressed_args)


async def ask_muscle(update: Update, context: Context) -> Answers:
    return await exercise_picker.ask_muscle(context.turn, context.turn.pressed_args)


async def keep_as_own(update: Update, context: Context) -> Answers:
    return await exercise_picker.keep_as_own(context.turn, context.turn.pressed_args)


async def begin_search(update: Update, context: Context) -> Answers:
    return await exercise_picker.begin_search(context.turn, context.turn.pressed_args)


async def cancel(update: Update, context: Context) -> Answers:
    return await exercise_picker.cancel(context.turn, context.turn.pressed_args)


ACTIONS: Mapping[str, Handler] = {
    "picker.choose": choose,
    "picker.leave_out": leave_out,
    "picker.own": ask_muscle,
    "picker.muscle": keep_as_own,
    "picker.search": begin_search,
    "picker.cancel": cancel,
}

DIALOGUES: Mapping[str, DialogueHandler] = {exercise_picker.SEARCH_DIALOGUE: exercise_picker.search}
