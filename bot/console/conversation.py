"""People in front of the bot: what the terminal, scripts and tests type becomes updates, and is brought to its end."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic import SecretStr

from bot.app import App, open_app
from bot.bot_api import BotApi, InProcessRequest, Message, Person, Shown, Upload
from bot.clock import SetClock, zone
from bot.handling import Routes
from bot.pacing import NoPacing
from bot.settings import BotSettings
from storage.database import Database

TOKEN = "1:in-the-terminal"  # noqa: S105 - there is nobody to show it to
SECONDS_PER_MESSAGE = 1
QUICK_SECONDS = 0.5
AS_FAST_AS_ONE_CAN = 1_000_000

COMMAND = re.compile(r"(?P<name>/edit|/reply|/file|@@user|@@at)(?:\s+(?P<rest>.*))?\Z", re.DOTALL)
PRESS = re.compile(r"#(?P<number>\d{1,3})\Z")


class NotPossibleError(Exception):
    """What was typed cannot be done: no such button, nothing to edit, no such time. It says which."""


@dataclass
class Conversation:
    """One terminal with one or more people taking turns at it."""

    app: App
    api: BotApi
    clock: SetClock
    users: set[UUID]
    person: Person = field(default_factory=lambda: Person(7))
    timezone: str = "UTC"
    is_patient: bool = True
    """Whether slow work is waited for. In the terminal one can go on typing, and sees its answer when it comes."""

    async def enter(self, typed: str) -> None:
        """Do what was typed: ``#2`` presses, ``/edit``, ``/reply``, ``/file``, ``@@user`` and ``@@at`` do as they say,
        the rest is said.

        Raises:
            NotPossibleError: it cannot be done.
        """
        if press := PRESS.match(typed):
            await self.press(int(press["number"]))
        elif command := COMMAND.match(typed):
            await self._obey(command["name"], (command["rest"] or "").strip())
        else:
            await self.say(typed)

    async def _obey(self, name: str, rest: str) -> None:
        if not rest:
            raise NotPossibleError(f"{name} needs something after it")
        match name:
            case "/edit":
                await self.edit(rest)
            case "/reply":
                await self.reply(rest)
            case "/file":
                await self.send_file(rest)
            case "@@user":
                if not rest.isdecimal() or not 0 < int(rest) < 2**52:
                    raise NotPossibleError("@@user takes a number, the user's Telegram id")
                await self.switch(int(rest))
            case "@@at":
                await self.at(rest)

    async def switch(self, telegram_id: int) -> None:
        """Let another person take over."""
        self.person = Person(telegram_id)
        await self._look_up()
        self.api.join(self.api.private_chat(self.person))

    async def say(self, text: str) -> None:
        await self._deliver(self.api.say(self.person, text))

    async def reply(self, text: str) -> None:
        """Reply to the bot's last message."""
        answered = self._last(lambda message: message.sender["id"] == self.api.me["id"])
        if answered is None:
            raise NotPossibleError("the bot has not said anything to reply to")
        await self._deliver(self.api.say(self.person, text, reply_to=answered.message_id))

    async def edit(self, text: str) -> None:
        """Change the last message of one's own."""
        own = self._last(lambda message: message.sender["id"] == self.person.id)
        if own is None:
            raise NotPossibleError("there is no message of yours to edit")
        await self._deliver(self.api.edit(self.person, own.message_id, text))

    async def press(self, number: int) -> None:
        """Press a button, counted from 1, of the newest message that has buttons."""
        message = self._last(lambda message: bool(message.keyboard))
        buttons = message.buttons if message else []
        if message is None or not 1 <= number <= len(buttons):
            raise NotPossibleError(f"there is no button #{number}")
        data = buttons[number - 1].get("callback_data")
        if data is not None:
            await self._deliver(self.api.press(self.person, message, data))

    async def send_file(self, name: str) -> None:
        """Send the file of that name."""
        try:
            upload = await asyncio.to_thread(_read_file, Path(name))
        except OSError as error:
            raise NotPossibleError(f"{name} cannot be read: {error.strerror}") from error
        await self._deliver(self.api.hand_over(self.person, upload))

    async def at(self, when: str) -> None:
        """Set the clock, in the user's time zone where the time names none, and let happen what falls due by then."""
        await self._look_up()
        try:
            time = datetime.fromisoformat(when)
        except ValueError as error:
            raise NotPossibleError("@@at takes a time like 2026-12-01T18:30") from error
        self.clock.set(time if time.tzinfo else time.replace(tzinfo=zone(self.timezone)))
        await self.app.worker.settle()

    async def _deliver(self, update: dict[str, object]) -> None:
        """Bring an update to its end: the effect, what is owed, and the work it gave rise to."""
        await self.app.delivery.deliver(update)
        if self.is_patient:
            await self.app.worker.settle()
        else:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.app.background.settle(), QUICK_SECONDS)
        self.clock.move(SECONDS_PER_MESSAGE)

    async def _look_up(self) -> None:
        async with self.app.database.begin(telegram_id=self.person.id, language=self.person.language_code) as work:
            self.users.add(work.user_id)
            self.timezone = work.user.timezone

    def _last(self, condition: Callable[[Message], bool]) -> Message | None:
        found = [message for message in self.api.messages(self.person.id) if condition(message)]
        return found[-1] if found else None


def _read_file(path: Path) -> Upload:
    path = path.expanduser()
    return path.name, path.read_bytes()


@asynccontextmanager
async def open_conversation(
    database: Database,
    telegram_id: int,
    show: Callable[[Shown], None],
    files: Path | None = None,
    *,
    routes: Routes | None = None,
    turn_seconds: float = 30,
    **limits: Any,
) -> AsyncIterator[Conversation]:
    """Put a person in front of the bot; `show` gets everything the bot sends, `files` is where its files are put."""
    clock, users = SetClock(), set[UUID]()
    api = BotApi(TOKEN, now=clock.now, files=files)
    api.listeners.append(show)
    settings = BotSettings.model_construct(
        telegram_bot_token=SecretStr(TOKEN),
        turn_seconds=turn_seconds,
        **{"messages_per_minute": AS_FAST_AS_ONE_CAN, **limits},
    )
    async with open_app(
        database,
        settings,
        request=InProcessRequest(api),
        clock=clock,
        pacing=NoPacing(),
        only_for=users,
        routes=routes,
    ) as app:
        conversation = Conversation(app, api, clock, users)
        await conversation.switch(telegram_id)
        yield conversation
