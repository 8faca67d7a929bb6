"""Tasks that run beside the turns, held so that they are neither forgotten nor lost at the end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from bot.journal import describe
from storage.errors import DatabaseUnavailableError

log = logging.getLogger(__name__)


class Background:
    """A set of running tasks. What goes wrong in one is logged; nobody waits for its result."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def spawn(self, work: Coroutine[Any, Any, Any], name: str) -> None:
        task = asyncio.create_task(self._guarded(work, name), name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settle(self) -> None:
        """Wait until nothing runs any more, what running tasks start included."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def close(self, seconds: float) -> None:
        """Let what runs finish within the time, then stop it."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @staticmethod
    async def _guarded(work: Coroutine[Any, Any, Any], name: str) -> None:
        try:
            await work
        except DatabaseUnavailableError:
            log.warning("%s: the database is away; what is due stays due", name)
        except Exception as error:
            log.error("%s failed: %s", name, describe(error))
