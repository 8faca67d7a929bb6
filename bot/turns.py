"""Opening a turn and closing it: a transaction of one user, what was answered into the outbox, and then the commit."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from bot.answers import Toast
from bot.clock import Clock
from bot.journal import note
from bot.outgoing import enqueue
from bot.owed import Owed
from bot.services import Services
from bot.turn import Turn
from storage.database import Database
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")
Body = Callable[[Turn], Awaitable[T]]


@dataclass(frozen=True, slots=True)
class Taken(Generic[T]):
    """A committed turn: what its body gave, and what is to be done now that it has taken effect."""

    result: T
    user_id: UUID
    toast: Toast | None
    owed: Owed | None
    wakes_worker: bool


class Turns:
    """The one place where a turn begins and ends."""

    def __init__(self, database: Database, services: Services, clock: Clock) -> None:
        self._database = database
        self._services = services
        self._clock = clock

    async def take(
        self, body: Body[T], *, chat_id: int | None = None, said_at: datetime | None = None, **entry: Any
    ) -> Taken[T]:
        """Take a turn of one user; `entry` says whose (see `Database.begin`). Without a chat it is the private one.

        The body may be run a second time where the database asks for that; nothing of the first run remains then.
        """

        async def work_through(work: UnitOfWork) -> Taken[T]:
            now = self._clock.now()
            note(user=work.user_id)
            turn = Turn(
                work=work,
                services=self._services,
                chat_id=work.user.telegram_id if chat_id is None else chat_id,
                now=now,
                said_at=said_at or now,
            )
            result = await body(turn)
            toast, owed = await enqueue(turn, turn.answers)
            return Taken(result, work.user.id, toast, owed, turn.wakes_worker)

        return await self._database.run(work_through, **entry)
