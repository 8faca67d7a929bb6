"""/export: everything stored of the user as JSON, or the sets as a table."""

from __future__ import annotations

from telegram import Update

from bot.answers import Action, Answers, Button, File, Text
from bot.context import Context
from bot.handlers.history import words_after_command
from bot.handling import in_private
from bot.turn import Turn
from storage.export import export_user, to_json
from storage.set_table import csv_of

TABLE = frozenset(("csv", "table"))


@in_private
async def export(update: Update, context: Context) -> Answers:
    """Send the JSON document, and offer the table; "/export csv" asks for the table alone."""
    turn = context.turn
    if words_after_command(turn).casefold() in TABLE:
        return await _table(turn)
    return await _document(turn)


@in_private
async def export_table(update: Update, context: Context) -> Answers:
    return await _table(context.turn)


@in_private
async def export_document(update: Update, context: Context) -> Answers:
    return await _document(context.turn)


async def _document(turn: Turn) -> File:
    content = to_json(await export_user(turn.work)).encode()
    filename = turn.messages.label("export-filename", day=turn.today.isoformat())
    table = Button(turn.messages.label("button-export-csv"), Action("export.csv", once=False))
    return File(content, filename, turn.messages.text("export-caption"), [[table]])


async def _table(turn: Turn) -> File | Text:
    pieces = [piece.encode() async for piece in csv_of(turn.work)]
    document = Button(turn.messages.label("button-export-json"), Action("export.json", once=False))
    if len(pieces) == 1:
        return Text(turn.messages.text("export-csv-none"), [[document]])
    filename = turn.messages.label("export-csv-filename", day=turn.today.isoformat())
    return File(b"".join(pieces), filename, turn.messages.text("export-csv-caption"), [[document]])
