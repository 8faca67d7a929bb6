"""Telegram's limits on what a bot sends: 30 a second over all, about one a second in a chat, 20 a minute in a group.

Short bursts in a chat are let through, as Telegram does. All processes book their places in the database, many at a
time when there is much to send, so that the limits hold for them together; while the database is away each keeps them
for itself.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable

from storage.database import Database, Place
from storage.errors import DatabaseUnavailableError

log = logging.getLogger(__name__)

OVERALL_INTERVAL = 1 / 30
PRIVATE_INTERVAL, PRIVATE_BURST = 1.0, 4
GROUP_INTERVAL, GROUP_BURST = 3.0, 4
PRUNE_ABOVE = 10_000
BOOKED_AT_ONCE = 15  # half a second of sending: a process that has much to send does not ask for each message
PATIENCE_SECONDS = 10.0  # a message that has to wait longer goes back into the outbox: its lease would run out


class Pacing:
    """Tells when the next message to a chat may go: each is booked at the time it will be sent."""

    def __init__(self, time: Callable[[], float] | None = None) -> None:
        self._time = time
        self._overall = 0.0
        self._chats: dict[int, float] = {}

    def book(self, chat_id: int) -> float:
        """Book the next place for a chat; give the seconds until then."""
        now = (self._time or asyncio.get_running_loop().time)()
        interval, burst = (PRIVATE_INTERVAL, PRIVATE_BURST) if chat_id > 0 else (GROUP_INTERVAL, GROUP_BURST)
        # A chat's theoretical arrival time: every message moves it on by one interval, and it may run ahead by a burst.
        due = max(self._chats.get(chat_id, 0.0), now)
        overall = max(self._overall, now)
        start = max(due - interval * (burst - 1), overall)
        self._chats[chat_id] = due + interval
        # A chat that has to wait takes its place in the overall count now: it shall not hold back the others.
        self._overall = overall + OVERALL_INTERVAL
        if len(self._chats) > PRUNE_ABOVE:
            self._chats = {chat: due for chat, due in self._chats.items() if due > now}
        return start - now

    async def wait(self, chat_id: int) -> float:
        """Wait for the chat's next place; give 0, or in how many seconds to come again where it is too far off."""
        seconds = self.book(chat_id)
        if seconds > 0:
            await asyncio.sleep(seconds)
        return 0

    async def pause(self, chat_id: int, seconds: float) -> None:
        """Take note that Telegram wants to hear nothing for a while; the outbox itself holds the chat's messages."""


class SharedPacing(Pacing):
    """The pace of all processes together, kept by the database."""

    def __init__(self, database: Database, time: Callable[[], float] | None = None) -> None:
        super().__init__(time)
        self._database = database
        self._asked: deque[tuple[int, asyncio.Future[Place]]] = deque()
        self._booking: asyncio.Task[None] | None = None

    async def wait(self, chat_id: int) -> float:
        while True:
            place = await self.place(chat_id)
            if place.seconds > PATIENCE_SECONDS:
                return place.seconds
            await asyncio.sleep(place.seconds)
            if place.is_booked:
                return 0

    async def place(self, chat_id: int) -> Place:
        """Book a chat's next place. What is asked for while a booking is on its way goes along with the next one."""
        answer: asyncio.Future[Place] = asyncio.get_running_loop().create_future()
        self._asked.append((chat_id, answer))
        if self._booking is None or self._booking.done():
            self._booking = asyncio.create_task(self._book_what_is_asked())
        return await answer

    async def pause(self, chat_id: int, seconds: float) -> None:
        try:
            if await self._database.pause_sending(chat_id, seconds):
                log.warning("Telegram holds several chats back: nothing is sent for %.0f s", seconds)
        except DatabaseUnavailableError:
            log.warning("the database is away; the other processes do not hear of Telegram's pause")

    async def _book_what_is_asked(self) -> None:
        while self._asked:
            asked = [self._asked.popleft() for _ in range(min(BOOKED_AT_ONCE, len(self._asked)))]
            try:
                places = await self._book_places([chat_id for chat_id, _ in asked])
            except Exception as error:
                for _, answer in asked:
                    if not answer.done():
                        answer.set_exception(error)
                continue
            for (_, answer), place in zip(asked, places, strict=True):
                if not answer.done():
                    answer.set_result(place)

    async def _book_places(self, chat_ids: list[int]) -> list[Place]:
        try:
            return await self._database.book_sending(chat_ids, PATIENCE_SECONDS)
        except DatabaseUnavailableError:
            return [Place(self.book(chat_id), is_booked=True) for chat_id in chat_ids]


class NoPacing(Pacing):
    """For the terminal, which is in no hurry to refuse anything."""

    async def wait(self, chat_id: int) -> float:
        return 0
