"""One user's updates wait for each other here, before the lock in PostgreSQL: a waiting one holds no connection."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager


class Queues:
    """First come, first served, for each key apart. A queue that is empty leaves nothing behind."""

    def __init__(self) -> None:
        self._waiting: dict[Hashable, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def turn_of(self, key: Hashable) -> AsyncIterator[None]:
        lock, count = self._waiting.get(key, (asyncio.Lock(), 0))
        self._waiting[key] = (lock, count + 1)
        try:
            async with lock:
                yield
        finally:
            lock, count = self._waiting[key]
            if count == 1:
                del self._waiting[key]
            else:
                self._waiting[key] = (lock, count - 1)

    def waiting(self) -> int:
        """Count those who wait in any queue or are being served."""
        return sum(count for _, count in self._waiting.values())

    def __len__(self) -> int:
        return len(self._waiting)
