"""People, chats and messages, and how Telegram writes them as JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

ENTITY = re.compile(r"(?P<bot_command>(?<!\S)/\w+(?:@\w+)?)|(?P<mention>(?<!\w)@\w{3,})")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes to the bot."""

    id: int
    first_name: str = "Lifter"
    username: str | None = None
    language_code: str = "en"

    def to_json(self) -> dict[str, Any]:
        named = {"username": self.username} if self.username else {}
        return {
            "id": self.id, "is_bot": False, "first_name": self.first_name, "language_code": self.language_code, **named
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat; the private one of a person has the person's id, a group has a negative one."""

    id: int
    type: str = "private"
    title: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {"id": self.id, "type": self.type} | ({"title": self.title} if self.title else {})


@dataclass(slots=True)
class Message:
    """A message of a chat. `markup` is its text as it was sent, `text` what is seen of it."""

    chat: Chat
    message_id: int
    sender: Mapping[str, Any]
    date: datetime
    text: str
    markup: str = ""
    kind: str = "text"
    keyboard: Sequence[Sequence[Mapping[str, Any]]] = ()
    file: Mapping[str, Any] | None = None
    edited: datetime | None = None
    reply_to: Message | None = None

    def to_json(self) -> dict[str, Any]:
        body: dict[str, Any] = {
            "message_id": self.message_id,
            "date": int(self.date.timestamp()),
            "chat": self.chat.to_json(),
            "from": dict(self.sender),
        }
        if self.kind == "text":
            body["text"] = self.text
            body["entities"] = entities(self.text)
        else:
            body["caption"] = self.text
            body[self.kind] = [self.file] if self.kind == "photo" else self.file
        if self.keyboard:
            body["reply_markup"] = {"inline_keyboard": [list(row) for row in self.keyboard]}
        if self.edited is not None:
            body["edit_date"] = int(self.edited.timestamp())
        if self.reply_to is not None:
            body["reply_to_message"] = self.reply_to.to_json() | {"reply_to_message": None}
        return body

    @property
    def buttons(self) -> list[Mapping[str, Any]]:
        """Give the buttons in reading order."""
        return [button for row in self.keyboard for button in row]


def entities(text: str) -> list[dict[str, Any]]:
    """Find the commands and mentions of a text, in UTF-16 units as Telegram counts."""
    found = []
    for match in ENTITY.finditer(text):
        offset, length = (len(part.encode("utf-16-le")) // 2 for part in (text[: match.start()], match.group()))
        found.append({"type": match.lastgroup, "offset": offset, "length": length})
    return found
