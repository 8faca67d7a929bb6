"""A person in front of the bot, for tests: the real application on a real database, Telegram played in the process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot import outgoing
from bot.answers import Button, CopyButton
from bot.bot_api import Shown
from bot.console.conversation import Conversation, open_conversation
from bot.handling import Routes
from bot.pressed_args import pressed_args
from storage.database import Database
from tests.bot.probe import probe_routes

OpenChat = Callable[..., AbstractAsyncContextManager["Chat"]]


@pytest.fixture(autouse=True)
def buttons_are_fit_to_be_pressed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the bot fail over a button that it would call too old itself."""
    store = outgoing._stored_action

    def checked(button: Button | CopyButton) -> dict[str, Any] | None:
        stored = store(button)
        if stored is not None:
            pressed_args(stored["action"], stored["args"])
        return stored

    monkeypatch.setattr(outgoing, "_stored_action", checked)


class Chat:
    """What a test does to the bot, and what it saw of it. Each call gives what the bot sent because of it."""

    def __init__(self, conversation: Conversation, seen: list[Shown]) -> None:
        self.conversation = conversation
        self.seen = seen

    @property
    def last(self) -> Shown:
        """The last thing the bot sent."""
        return self.seen[-1]

    @property
    def texts(self) -> list[str]:
        return [shown.text for shown in self.seen]

    async def enter(self, typed: str) -> list[Shown]:
        """Do one step of a script."""
        before = len(self.seen)
        await self.conversation.enter(typed)
        return self.seen[before:]

    async def say(self, text: str) -> list[Shown]:
        before = len(self.seen)
        await self.conversation.say(text)
        return self.seen[before:]

    async def press(self, button: int | str) -> list[Shown]:
        """Press a button of the newest message that has any, by its number (from 1) or its label."""
        return await self.enter(f"#{button if isinstance(button, int) else self._number_of(button)}")

    async def edit(self, text: str) -> list[Shown]:
        return await self.enter(f"/edit {text}")

    async def reply(self, text: str) -> list[Shown]:
        return await self.enter(f"/reply {text}")

    async def at(self, when: str) -> list[Shown]:
        return await self.enter(f"@@at {when}")

    def _number_of(self, label: str) -> int:
        messages = self.conversation.api.messages(self.conversation.person.id)
        newest = next(message for message in reversed(messages) if message.keyboard)
        labels = [button["text"] for button in newest.buttons]
        assert label in labels, f"{label!r} is none of {labels}"
        return labels.index(label) + 1


@asynccontextmanager
async def open_chat(
    database: Database, telegram_id: int, files: Path, routes: Routes | None = None, **options: Any
) -> AsyncIterator[Chat]:
    seen: list[Shown] = []
    async with open_conversation(database, telegram_id, seen.append, files, routes=routes, **options) as conversation:
        yield Chat(conversation, seen)


@pytest_asyncio.fixture
async def chat(database: Database, telegram_id: int, tmp_path: Path) -> AsyncIterator[Chat]:
    """A new person in front of the bot, whose failures fail the test."""
    async with open_chat(database, telegram_id, tmp_path) as chat:
        yield chat
        assert chat.conversation.app.metrics.failures() == 0, "the bot failed; the log above says where"


@pytest_asyncio.fixture
async def probe(database: Database, telegram_id: int, tmp_path: Path) -> AsyncIterator[Chat]:
    """A new person in front of the probing handlers."""
    async with open_chat(database, telegram_id, tmp_path, probe_routes()) as chat:
        yield chat


@pytest.fixture
def open_probe(database: Database, tmp_path: Path) -> OpenChat:
    """Open chats with the probing handlers, or with others."""

    def opener(telegram_id: int, routes: Routes | None = None, **options: Any) -> AbstractAsyncContextManager[Chat]:
        return open_chat(database, telegram_id, tmp_path, routes or probe_routes(), **options)

    return opener
