"""Telegram's limits on what a bot sends: 30 a second over all, about one a second in a chat, 20 a minute in a group.

Short bursts are let through, as Telegram does. Several processes each keep the limits for themselves; what they exceed
together comes back as 429, which the outbox honours.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

OVERALL_INTERVAL = 1 / 30
PRIVATE_INTERVAL, PRIVATE_BURST = 1.0, 4
GROUP_INTERVAL, GROUP_BURST = 3.0, 4
PRUNE_ABOVE = 10_000


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

    async def wait(self, chat_id: int) -> None:
        seconds = self.book(chat_id)
        if seconds > 0:
            await asyncio.sleep(seconds)


class NoPacing(Pacing):
    """For the terminal, which is in no hurry to refuse anything."""

    async def wait(self, chat_id: int) -> None:
        return
