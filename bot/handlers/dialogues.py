"""/cancel: end the question that is open in this chat."""

from __future__ import annotations

from telegram import Update

from bot.answers import Answers, Text
from bot.context import Context


async def cancel(update: Update, context: Context) -> Answers:
    turn = context.turn
    closed = await turn.work.dialogues.close(turn.chat_id)
    return Text(turn.messages.text("cancel-done" if closed else "cancel-nothing"))
