"""What the bot says about itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.answers import Text
from bot.markup import lines
from bot.messages import Messages

if TYPE_CHECKING:
    from bot.handling import Command


def commands(table: Sequence[Command], messages: Messages) -> Text:
    listed = lines(
        *(
            messages.text("help-command", name=command.name, description=messages.label(command.description))
            for command in table
        )
    )
    return Text(messages.text("help", commands=listed))


def unknown_command(messages: Messages) -> Text:
    return Text(messages.text("command-unknown"))


def unread_content(messages: Messages) -> Text:
    return Text(messages.text("content-unread"))
