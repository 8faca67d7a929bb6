"""What is said to a text without a set in it: a line that helps, by what the text seems to want."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from bot.answers import Action, Button, Text
from bot.markup import Html, lines
from bot.messages import Messages
from bot.usecases.performed import from_reading
from bot.views import dates, figures
from parser import Reading

MOST_LINES = 5


def _unread(messages: Messages, reading: Reading) -> list[Html]:
    return [messages.text("log-unread", line=line.text.strip()) for line in reading.unread[:MOST_LINES]]


def answer(messages: Messages, reading: Reading, answer_id: UUID | None = None) -> Text:
    """Answer a question, a greeting or chatter; lines that look like training are shown as not read.

    With an `answer_id` a model is looking at them, and this message will be edited.
    """
    if answer_id is not None:
        return Text(lines(*_unread(messages, reading), messages.text("log-note-reading")), id=answer_id)
    if reading.unread:
        return Text(lines(*_unread(messages, reading), messages.text("unread-hint")))
    return Text(messages.text(f"other-{reading.intent or 'chatter'}"))


def done_or_planned(messages: Messages, import_id: str, done: Reading, unit: str) -> Text:
    """Ask whether one line was done or is planned."""
    read = done.exercises[0]
    sets = figures.sets(messages, [from_reading(one, unit) for one in read.sets])
    args = {"import_id": import_id}
    keyboard = [
        [
            Button(messages.label("button-done-log"), Action("log.done", args), style="success"),
            Button(messages.label("button-planned"), Action("log.planned", args)),
        ]
    ]
    return Text(messages.text("ask-done-or-planned", name=read.name or read.raw, sets=sets), keyboard)


def logged_before(messages: Messages, import_id: str, day: date) -> Text:
    """Ask whether a diary that was logged already is meant a second time."""
    args = {"import_id": import_id}
    keyboard = [
        [
            Button(messages.label("button-leave-text"), Action("log.leave_text", args), style="success"),
            Button(messages.label("button-log-again"), Action("log.done", args)),
        ]
    ]
    return Text(messages.text("ask-logged-before", day=dates.day(messages, day)), keyboard)
