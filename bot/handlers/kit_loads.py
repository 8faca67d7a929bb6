"""Bars and plates: the part of the kit that says which loads can be made."""

from __future__ import annotations

from collections.abc import Mapping

from telegram import Update

from bot.answers import Answers, Edit
from bot.context import Context
from bot.handling import DialogueHandler, Handler
from bot.turn import Turn
from bot.usecases import kit
from bot.usecases.reading_context import unit_of
from bot.views import kit_loads as view


async def show(update: Update, context: Context) -> Answers:
    turn = context.turn
    if turn.dialogue is not None and turn.dialogue.kind == kit.DIALOGUE:
        await turn.work.dialogues.close(turn.chat_id)
    unit = turn.pressed_args.get("unit", unit_of(turn.user))
    return Edit(*view.loads(turn.messages, kit.kit_of(turn.user, unit)))


async def ask(update: Update, context: Context) -> Answers:
    """Ask for one part; what is typed next may be it."""
    turn = context.turn
    args = turn.pressed_args
    if args["part"] in view.TYPED_PARTS:
        await kit.ask(turn, args["unit"], args["part"])
    return Edit(*view.part(turn.messages, kit.kit_of(turn.user, args["unit"]), args["part"]))


async def change(update: Update, context: Context) -> Answers:
    turn = context.turn
    args = turn.pressed_args
    if turn.dialogue is not None and turn.dialogue.kind == kit.DIALOGUE:
        await turn.work.dialogues.close(turn.chat_id)
    return Edit(*view.loads(turn.messages, await kit.change(turn, args["unit"], args["part"], args["value"])))


async def set_usual(update: Update, context: Context) -> Answers:
    turn = context.turn
    return Edit(*view.loads(turn.messages, await kit.set_all_as_usual(turn, turn.pressed_args["unit"])))


async def told(turn: Turn) -> Answers:
    """Take typed weights; what is no weights is read like any other text."""
    part = "" if turn.dialogue is None else turn.dialogue.data["part"]
    taken = await kit.take_told(turn)
    return None if taken is None else view.changed(turn.messages, taken, part)


ACTIONS: Mapping[str, Handler] = {
    "kit.loads": show,
    "kit.part": ask,
    "kit.change": change,
    "kit.usual": set_usual,
}
DIALOGUES: Mapping[str, DialogueHandler] = {kit.DIALOGUE: told}
