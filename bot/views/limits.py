"""What is said where something is too much: too many messages, too long a text, a file that cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from bot.answers import Action, Answer, Button, Edit, Text, Toast
from bot.markup import Html, lines
from bot.messages import Messages

MOST_LINES: Final = 10


def flood(messages: Messages) -> Text:
    """Tell once that messages come faster than they are read, and what becomes of them."""
    return Text(messages.text("limit-flood"), [[_read_button(messages)]])


def too_fast(messages: Messages) -> Toast:
    return Toast(messages.label("limit-too-fast"))


def flood_over(messages: Messages, kept: int) -> list[Answer]:
    """Remind of the texts that were kept in a flood that is over."""
    if not kept:
        return []
    return [Text(messages.text("limit-flood-over", count=kept), [[_read_button(messages)]])]


def nothing_kept(messages: Messages) -> Toast:
    return Toast(messages.label("limit-nothing-kept"))


def more_kept(messages: Messages) -> Text:
    return Text(messages.text("limit-more-kept"), [[_read_button(messages)]])


def in_pieces(messages: Messages, count: int) -> Text:
    """Tell that a long text was cut."""
    return Text(messages.text("limit-in-pieces", count=count))


def file_reading(messages: Messages, name: str, answer_id: UUID) -> Text:
    return Text(messages.text("file-reading", name=name), id=answer_id)


def file_read(messages: Messages, answer_id: UUID | None, name: str, pieces: int) -> Answer:
    return _in_place(messages.text("file-read", name=name, pieces=pieces), answer_id)


def file_unread(messages: Messages, kind: str) -> Text:
    """Say what to do instead with a file that is no text: a spreadsheet, a document, something else."""
    return Text(messages.text("file-no-text", kind=kind))


def file_too_large(messages: Messages, most_bytes: int) -> Text:
    return Text(messages.text("file-too-large", kilobytes=most_bytes // 1000))


def file_failed(messages: Messages, answer_id: UUID | None, reason: str) -> Answer:
    return _in_place(messages.text("file-failed", reason=reason), answer_id)


def file_gave_up(messages: Messages, answer_id: UUID | None, error_id: str) -> Answer:
    return _in_place(messages.text("file-gave-up", error_id=error_id), answer_id)


def picture_unseen(messages: Messages) -> Text:
    return Text(messages.text("picture-unseen"))


def days_logged(messages: Messages, days: int, sets: int, unread: Sequence[str]) -> Text:
    """Sum up a file of many days; some of the lines that were not read are shown."""
    shown = [messages.text("log-unread", line=line) for line in unread[:MOST_LINES]]
    told = messages.text("file-days-logged", days=days, sets=sets, unread=len(unread))
    return Text(lines(told, *shown))


def _in_place(told: Html, answer_id: UUID | None) -> Answer:
    return Text(told) if answer_id is None else Edit(told, of=answer_id)


def _read_button(messages: Messages) -> Button:
    return Button(messages.label("button-read-kept"), Action("limit.read", once=False), style="success")
