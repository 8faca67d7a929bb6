"""What delivery has to know of an update before anybody reads it: whose it is, and whether it is for the bot at all."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member")
BIGINT: Final = 2**63
LONGEST_NAME: Final = 200
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Me:
    """The bot itself, as Telegram knows it."""

    id: int
    username: str
    commands: Collection[str]


@dataclass(frozen=True, slots=True)
class Envelope:
    """An update that is for the bot. `said_at` is None where the update has no time of its own (a press)."""

    update_id: int
    kind: str
    telegram_id: int
    chat_id: int
    is_private: bool
    username: str | None
    full_name: str | None
    language: str | None
    text: str
    message_id: int | None
    replied_message_id: int | None
    said_at: datetime | None
    callback_query_id: str | None
    payload: Mapping[str, Any]


def cleaned(value: Any) -> Any:
    """Give JSON without what PostgreSQL cannot keep: NUL characters go, halves of characters become a mark."""
    if isinstance(value, str):
        return LONE_SURROGATE.sub("\ufffd", value.replace("\0", ""))
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    if isinstance(value, dict):
        return {cleaned(key): cleaned(item) for key, item in value.items()}
    return value


def read_envelope(update: Mapping[str, Any], me: Me) -> Envelope | None:
    """Read an update's envelope; None when it is nobody's, another bot's, or in a group and not meant for the bot.

    Nothing is kept of such an update, not even that it came.
    """
    kind = next((kind for kind in ALLOWED_UPDATES if isinstance(update.get(kind), dict)), None)
    if kind is None or not _is_id(update.get("update_id")):
        return None
    try:
        body: Mapping[str, Any] = cleaned(update[kind])
    except RecursionError:  # So deep is nothing that Telegram sends.
        return None
    message = _dict(body.get("message")) if kind == "callback_query" else body
    sender, chat = _dict(body.get("from")), _dict(message.get("chat"))
    if not _is_id(sender.get("id")) or sender.get("is_bot") or not _is_id(chat.get("id", sender.get("id"))):
        return None
    is_private = chat.get("type", "private") == "private"
    is_message = kind in ("message", "edited_message")
    text = _string(message, "text") or _string(message, "caption") if is_message else ""
    if not is_private and not (kind == "callback_query" or (is_message and _is_addressed(message, text, me))):
        return None
    return Envelope(
        update_id=update["update_id"],
        kind=kind,
        telegram_id=sender["id"],
        chat_id=chat.get("id", sender["id"]),
        is_private=is_private,
        username=_string(sender, "username")[:LONGEST_NAME] or None,
        full_name=f"{_string(sender, 'first_name')} {_string(sender, 'last_name')}".strip()[:LONGEST_NAME] or None,
        language=_string(sender, "language_code").partition("-")[0].lower()[:LONGEST_NAME] or None,
        text=without_mention(text, me.username),
        message_id=_id_of(message) if is_message else None,
        replied_message_id=_replied_message_id(message, me) if is_message else None,
        said_at=_said_at(message) if is_message else None,
        callback_query_id=_string(body, "id") or None if kind == "callback_query" else None,
        payload={"update_id": update["update_id"], kind: body},
    )


def without_mention(text: str, username: str) -> str:
    """Take the bot's own mention out of a text; a command's (``/done@bot``) stays, the command needs it."""
    return re.sub(rf"(?i)(?<!\S)@{re.escape(username)}\b[,:]?[ \t]*", "", text).strip()


def _is_addressed(message: Mapping[str, Any], text: str, me: Me) -> bool:
    if _replied_message_id(message, me) is not None:
        return True
    command = re.match(r"/(\w+)(?:@(\w+))?", text)
    if command:
        addressee = command.group(2)
        return addressee.lower() == me.username.lower() if addressee else command.group(1).lower() in me.commands
    return re.search(rf"(?i)(?<!\S)@{re.escape(me.username)}\b", text) is not None


def _replied_message_id(message: Mapping[str, Any], me: Me) -> int | None:
    replied = _dict(message.get("reply_to_message"))
    return _id_of(replied) if _dict(replied.get("from")).get("id") == me.id else None


def _said_at(message: Mapping[str, Any]) -> datetime | None:
    sent = message.get("date")
    is_plausible = isinstance(sent, int) and 0 < sent < 2**32
    return datetime.fromtimestamp(sent, UTC) if is_plausible and isinstance(sent, int) else None


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _string(body: Mapping[str, Any], name: str) -> str:
    """Give a text; what is there but is none counts as missing, as Telegram never sends that."""
    value = body.get(name)
    return value if isinstance(value, str) else ""


def _id_of(message: Mapping[str, Any]) -> int | None:
    value = message.get("message_id")
    return value if _is_id(value) else None


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and -BIGINT <= value < BIGINT
