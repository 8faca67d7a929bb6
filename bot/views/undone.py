"""What was taken back, with the button that puts it back."""

from __future__ import annotations

from uuid import UUID

from bot.answers import Action, Button, Edit, Keyboard, Text
from bot.markup import Html, lines
from bot.messages import Messages
from bot.usecases.undoing import Undone
from bot.views import figures, logged


def told(messages: Messages, undone: Undone) -> Text:
    return Text(_text(messages, undone), _keyboard(messages, undone))


def in_place(messages: Messages, undone: Undone, of: UUID | None = None) -> Edit:
    return Edit(_text(messages, undone), _keyboard(messages, undone), of=of)


def _text(messages: Messages, undone: Undone) -> Html:
    if undone.was_amendment:
        shown = lines(*(logged.line(messages, line) for line in undone.lines))
        return messages.text("undo-amendment", lines=shown)
    shown = lines(
        *(messages.text("undo-line", name=line.name, sets=figures.sets(messages, line.sets)) for line in undone.lines)
    )
    return messages.text("undo-log", lines=shown)


def _keyboard(messages: Messages, undone: Undone) -> Keyboard:
    if undone.was_amendment:
        return ()
    return [[Button(messages.label("button-put-back"), Action("log.restore", {"import_id": str(undone.import_id)}))]]
