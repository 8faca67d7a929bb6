"""The buttons of a program's preview, and what is typed about it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from telegram import Update

from bot.answers import Answers
from bot.context import Context
from bot.handling import DialogueHandler, Handler
from bot.turn import Turn
from bot.usecases import (
    program_choices,
    program_reading,
    program_saving,
    program_typing,
    programs,
    reading_worker,
)
from bot.worker import SlowWork

UseCase = Callable[[Turn, Mapping[str, Any]], Awaitable[Answers]]


def pressing(use_case: UseCase) -> Handler:
    """Make the handler of a button that does one thing with its arguments."""

    async def handle(update: Update, context: Context) -> Answers:
        return await use_case(context.turn, context.turn.pressed_args)

    return handle


async def decide_figures(turn: Turn, args: Mapping[str, Any]) -> Answers:
    return await programs.decide_figures(turn, args, args["figures"])


async def show(turn: Turn, args: Mapping[str, Any]) -> Answers:
    """Go back to the preview; a question that waits for a text about it is dropped."""
    dialogue = turn.dialogue
    if dialogue is not None and dialogue.data.get("import") == args["import"]:
        await turn.work.dialogues.close(turn.chat_id)
    return await programs.show(turn, args)


ACTIONS: Mapping[str, Handler] = {
    "program.show": pressing(show),
    "program.ask": pressing(programs.ask),
    "program.items": pressing(programs.show_items),
    "program.item": pressing(programs.show_item),
    "program.figures": pressing(decide_figures),
    "program.option": pressing(program_choices.choose),
    "program.order": pressing(program_choices.choose_order),
    "program.swap": pressing(program_choices.swap),
    "program.leave_out": pressing(programs.leave_out),
    "program.take_back": pressing(programs.take_back),
    "program.ignore": pressing(programs.ignore_line),
    "program.rewrite": pressing(program_typing.begin_rewrite),
    "program.rewrite_line": pressing(program_typing.begin_rewrite),
    "program.rename": pressing(program_typing.begin_rename),
    "program.retry": pressing(program_reading.retry),
    "program.save": pressing(program_saving.save),
    "program.save_without": pressing(program_saving.save_without),
    "program.save_as_written": pressing(program_saving.save_as_written),
    "program.discard": pressing(program_saving.discard),
    "program.revive": pressing(program_saving.revive),
}

DIALOGUES: Mapping[str, DialogueHandler] = {
    program_typing.RENAME_DIALOGUE: program_typing.rename,
    program_typing.REWRITE_DIALOGUE: program_typing.rewrite,
}

READING: SlowWork[reading_worker.ReadingTask] = SlowWork(
    "reading by a model",
    reading_worker.due,
    reading_worker.claim,
    reading_worker.run,
    reading_worker.finish,
    reading_worker.give_up,
)
