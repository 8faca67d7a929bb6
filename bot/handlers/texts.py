"""A text, new or edited: first for the question that is open in the chat, then to be read."""

from __future__ import annotations

from telegram import Update

from bot.answers import Answers, Text
from bot.context import Context


async def read(update: Update, context: Context) -> Answers:
    turn = context.turn
    if turn.dialogue is not None and turn.dialogue.kind in turn.services.dialogues:
        answers = await turn.services.dialogues[turn.dialogue.kind](turn)
        if answers is not None:
            return answers
    return Text(turn.messages.text("text-unread"))
