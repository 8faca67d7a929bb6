"""/export: everything stored of the user, as a file."""

from __future__ import annotations

from telegram import Update

from bot.answers import Answers, File
from bot.context import Context
from storage.export import export_user, to_json


async def export(update: Update, context: Context) -> Answers:
    turn = context.turn
    content = to_json(await export_user(turn.work)).encode()
    filename = turn.messages.label("export-filename", day=turn.today.isoformat())
    return File(content, filename, turn.messages.text("export-caption"))
