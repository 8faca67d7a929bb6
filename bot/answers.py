"""What a handler answers with: values, which `bot.outgoing` turns into rows of the outbox.

A handler never calls the Bot API. It returns one of these, several in the order they shall be seen, or None.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from bot.markup import Html


@dataclass(frozen=True, slots=True)
class Action:
    """What a button does: a name of `bot.routes.ACTIONS` and its arguments, kept as JSON in the outbox.

    `once`: a second press of the same button says that it is done already. Browsing (the next page) sets it to False.
    """

    name: str
    args: Mapping[str, Any] = field(default_factory=dict)
    once: bool = True


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message. `style` is "primary", "success" or "danger"; clients that know none show it plain."""

    label: str
    action: Action
    style: str | None = None


@dataclass(frozen=True, slots=True)
class CopyButton:
    """A button that puts `text` (1 to 256 characters) on the reader's clipboard."""

    label: str
    text: str


EMPTY = Html("")

Keyboard = Sequence[Sequence[Button | CopyButton]]


@dataclass(frozen=True, slots=True)
class Text:
    """A new message. Over-long texts are split; the keyboard goes under the last part.

    `about` is what the message tells of, e.g. ``{"sets": [...]}``: it is found again when the user replies to it
    (`Turn.find_replied`). `id` may be chosen beforehand (`uuid7()`), for a message to be edited later.
    """

    text: Html
    keyboard: Keyboard = ()
    about: Mapping[str, Any] | None = None
    reply_to: int | None = None
    silent: bool = False
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """New text and buttons for an earlier message: the one with the pressed button, or the outbox row `of`.

    Without a keyboard the buttons go. A message that is no longer there is sent anew.
    """

    text: Html
    keyboard: Keyboard = ()
    about: Mapping[str, Any] | None = None
    of: UUID | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A file, or with `photo` a picture shown as one (PNG, at most 10 MB). A caption over 1,024 units goes below."""

    content: bytes
    filename: str
    caption: Html = EMPTY
    keyboard: Keyboard = ()
    about: Mapping[str, Any] | None = None
    photo: bool = False
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Reaction:
    """An emoji on the user's own message, a quiet "saved"; `instead` is said where reactions are not to be had."""

    emoji: str
    message_id: int
    instead: Html


@dataclass(frozen=True, slots=True)
class Toast:
    """The passing note that answers a press, at most 200 characters; with `alert` it waits to be closed."""

    text: str
    alert: bool = False


Answer = Text | Edit | File | Reaction | Toast
Answers = Answer | Sequence[Answer] | None


def as_sequence(answers: Answers) -> Sequence[Answer]:
    """Give one answer, several or none as a sequence."""
    if answers is None:
        return ()
    return answers if isinstance(answers, Sequence) else (answers,)
