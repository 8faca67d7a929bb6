"""Answers become rows of the outbox: cut to Telegram's limits, their buttons tied to the row by a token."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from telegram.constants import InlineKeyboardMarkupLimit, MessageLimit
from uuid_utils.compat import uuid7

from bot.answers import Answer, Button, CopyButton, Edit, File, Keyboard, Reaction, Text, Toast
from bot.markup import Html, plain_text, split, visible_length
from bot.owed import Owed, owe
from bot.turn import Turn
from storage.models import Outbox

LABEL_LIMIT = 64


@dataclass(frozen=True, slots=True)
class Markup:
    """A keyboard as Telegram wants it, and what its buttons do, in reading order."""

    token: str | None
    reply_markup: Mapping[str, Any] | None
    actions: list[Any] | None


async def enqueue(turn: Turn, answers: Iterable[Answer]) -> tuple[Toast | None, Owed | None]:
    """Write the answers into the outbox of the turn's transaction.

    Gives the toast that a press is owed, if any, and the row that is to be sent first, claimed.
    """
    toast, rows = None, list[Outbox]()
    for answer in answers:
        if isinstance(answer, Toast):
            toast = answer
            continue
        if isinstance(answer, Edit):
            answer = await _resolved(turn, answer, rows)
        rows += _rows(turn, answer)
    return toast, await owe(turn.work, rows) if rows else None


async def _resolved(turn: Turn, edit: Edit, unwritten: Sequence[Outbox]) -> Edit:
    """Name the row of the message itself, where an earlier edit of it was named, and let it tell the new `about`."""
    of = edit.of or (turn.press.message_row_id if turn.press else None)
    if of is None:
        raise ValueError("an Edit needs `of` where no button was pressed")
    new = {row.id: row for row in unwritten}
    row = new.get(of) or await turn.work.outbox.get(of)
    if row.edits_id is not None:
        row = new.get(row.edits_id) or await turn.work.outbox.get(row.edits_id)
    if edit.about is not None:
        row.about = dict(edit.about)
    return replace(edit, of=row.id)


def _rows(turn: Turn, answer: Text | Edit | File | Reaction) -> Iterator[Outbox]:
    match answer:
        case Text():
            yield from _text_rows(turn, answer)
        case Edit():
            yield from _edit_rows(turn, answer)
        case File():
            yield from _file_rows(turn, answer)
        case Reaction():
            payload = {
                "message_id": answer.message_id,
                "reaction": [{"type": "emoji", "emoji": answer.emoji}],
                "instead": answer.instead,
            }
            yield _row(turn, "setMessageReaction", payload)


def _text_rows(turn: Turn, text: Text) -> Iterator[Outbox]:
    parts = _parts(text.text, MessageLimit.MAX_TEXT_LENGTH)
    for number, part in enumerate(parts):
        payload: dict[str, Any] = {"text": part, "parse_mode": "HTML"}
        if text.reply_to is not None and number == 0:
            payload["reply_parameters"] = {"message_id": text.reply_to, "allow_sending_without_reply": True}
        if text.silent:
            payload["disable_notification"] = True
        is_last = number == len(parts) - 1
        row_id = text.id if is_last else None
        yield _row(turn, "sendMessage", payload, text.keyboard if is_last else (), text.about, row_id=row_id)


def _edit_rows(turn: Turn, edit: Edit) -> Iterator[Outbox]:
    first, *rest = _parts(edit.text, MessageLimit.MAX_TEXT_LENGTH)
    payload = {"text": first, "parse_mode": "HTML"}
    yield _row(turn, "editMessageText", payload, () if rest else edit.keyboard, edit.about, edits_id=edit.of)
    for number, part in enumerate(rest, start=1):
        keyboard = edit.keyboard if number == len(rest) else ()
        yield from _text_rows(turn, Text(part, keyboard, edit.about))


def _file_rows(turn: Turn, file: File) -> Iterator[Outbox]:
    fits = visible_length(file.caption) <= MessageLimit.CAPTION_LENGTH
    payload: dict[str, Any] = {"filename": file.filename}
    if fits and file.caption:
        payload |= {"caption": file.caption, "parse_mode": "HTML"}
    row = _row(
        turn, "sendPhoto" if file.photo else "sendDocument", payload, file.keyboard if fits else (), file.about,
        row_id=file.id,
    )  # fmt: skip
    row.file = file.content
    yield row
    if not fits:
        yield from _text_rows(turn, Text(file.caption, file.keyboard, file.about))


def _parts(text: Html, limit: int) -> Sequence[Html]:
    if not plain_text(text).strip():
        raise ValueError("a message needs some text")
    return split(text, limit)


def _row(
    turn: Turn,
    method: str,
    payload: dict[str, Any],
    keyboard: Keyboard = (),
    about: Mapping[str, Any] | None = None,
    *,
    edits_id: UUID | None = None,
    row_id: UUID | None = None,
) -> Outbox:
    markup = render_keyboard(keyboard)
    if markup.reply_markup is not None:
        payload["reply_markup"] = dict(markup.reply_markup)
    return Outbox(
        id=row_id or uuid7(),
        user_id=turn.user.id,
        chat_id=turn.chat_id,
        method=method,
        payload=payload,
        token=markup.token,
        actions=markup.actions,
        edits_id=edits_id,
        about=None if about is None else dict(about),
    )


def render_keyboard(keyboard: Keyboard) -> Markup:
    """Number the buttons and give each the data ``token:number``; rows that are too wide are broken.

    Raises:
        ValueError: more buttons than a message can have, or one without a label.
    """
    rows = [row[at : at + MAX_WIDTH] for row in keyboard for at in range(0, len(row), MAX_WIDTH)]
    buttons = [button for row in rows for button in row]
    if not buttons:
        return Markup(None, None, None)
    if len(buttons) > InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER:
        raise ValueError(f"{len(buttons)} buttons under one message")
    token = secrets.token_urlsafe(9)
    numbers = iter(range(len(buttons)))
    inline = [[_inline_button(button, f"{token}:{next(numbers)}") for button in row] for row in rows]
    return Markup(token, {"inline_keyboard": inline}, [_stored_action(button) for button in buttons])


MAX_WIDTH = int(InlineKeyboardMarkupLimit.BUTTONS_PER_ROW)


def _inline_button(button: Button | CopyButton, data: str) -> dict[str, Any]:
    if not button.label.strip():
        raise ValueError("a button needs a label")
    label = button.label if len(button.label) <= LABEL_LIMIT else button.label[: LABEL_LIMIT - 1] + "…"
    if isinstance(button, CopyButton):
        return {"text": label, "copy_text": {"text": button.text}}
    style = {"style": button.style} if button.style else {}
    return {"text": label, "callback_data": data, **style}


def _stored_action(button: Button | CopyButton) -> dict[str, Any] | None:
    if isinstance(button, CopyButton):
        return None
    action = button.action
    return {"action": action.name, "args": dict(action.args), "once": action.once}
