"""What is said where something is too much: too many messages, too long a text, a file that cannot be read."""

from __future__ import annotations

from bot.answers import Action, Answer, Button, Text, Toast
from bot.messages import Messages


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


def _read_button(messages: Messages) -> Button:
    return Button(messages.label("button-read-kept"), Action("limit.read", once=False), style="success")
