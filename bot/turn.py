"""One turn of the conversation: what handlers, use cases and background work need to know and have in hand.

A turn lives inside one transaction of one user. It is opened by `bot.turns` alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from bot.answers import Answer
from bot.clock import zone
from bot.messages import Messages, messages_in

if TYPE_CHECKING:
    from uuid import UUID

    from bot.services import Services
    from storage.models import Dialogue, Outbox, User
    from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed: the outbox row it came with, its action's name and its arguments."""

    row: Outbox
    name: str
    args: Mapping[str, Any]

    @property
    def message_row_id(self) -> UUID:
        """Name the outbox row of the message under which the button is, for a later `Edit(of=...)`."""
        return self.row.edits_id or self.row.id


@dataclass(slots=True)
class Turn:
    """`now` is the bot's clock; `said_at` is when the user said it, which is earlier when the bot was away."""

    work: UnitOfWork
    services: Services
    chat_id: int
    now: datetime
    said_at: datetime
    is_private: bool = True
    text: str = ""
    """What the user wrote, without the mention that addressed the bot; a caption counts."""
    message_id: int | None = None
    """The user's message, of an update that is one (also of an edited one)."""
    replied_message_id: int | None = None
    """The message of the bot that the user replied to."""
    press: Press | None = None
    dialogue: Dialogue | None = None
    answers: list[Answer] = field(default_factory=list)
    failure: Exception | None = None
    wakes_worker: bool = False

    @property
    def user(self) -> User:
        return self.work.user

    @property
    def pressed_args(self) -> Mapping[str, Any]:
        """Give the arguments of the button that was pressed; none when it was no button."""
        return self.press.args if self.press is not None else {}

    @property
    def messages(self) -> Messages:
        """Give the messages in the user's language of this moment."""
        return messages_in(self.user.language)

    @property
    def timezone(self) -> tzinfo:
        return zone(self.user.timezone)

    @property
    def today(self) -> date:
        """Give the user's date at the time of the message."""
        return self.said_at.astimezone(self.timezone).date()

    def wake_worker(self) -> None:
        """Have slow work looked for as soon as this turn is committed."""
        self.wakes_worker = True

    async def find_replied(self) -> Outbox | None:
        """Find the outbox row of the message that the user replied to; its `about` says what it told of."""
        if self.replied_message_id is None:
            return None
        return await self.work.outbox.find_by_message(self.chat_id, self.replied_message_id)
