"""Work beside the turns: what is too slow for one, and what falls due by the clock.

Slow work is a row with a status and a lease that any process can pick up: claimed in one transaction, done outside of
any, finished in another that checks that nobody else has taken over. A wake-up after a commit makes it quick, a look
every few seconds makes it certain.

What falls due by the clock is looked for by one process at a time, whichever `storage.schedules` says. A due row is
handled in a turn of its user that looks again whether it is still due: so it is handled once, whoever found it.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Container, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar
from uuid import UUID

from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.answers import Answers, as_sequence
from bot.background import Background
from bot.clock import Clock, SystemClock
from bot.journal import describe, noting
from bot.metrics import Metrics
from bot.outbox import OutboxSender, due_limit
from bot.services import Services
from bot.turn import Turn
from storage.database import Database
from storage.errors import DatabaseUnavailableError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.turns import Turns

log = logging.getLogger(__name__)

Key = tuple[UUID, UUID]
Do = Callable[[], Awaitable[Any]]

LOOK_SECONDS = 5.0
SWEEP_SECONDS = 2
FORGET_SECONDS = 60
AWAY_SECONDS = 1.0
TYPING_SECONDS = 4.0
AT_ONCE = 4
MOST_ATTEMPTS = 3
TIDY_SECONDS = 6 * 3600
KEPT = timedelta(days=180)  # how long the buttons of an old message still know what they do


class Task(Protocol):
    """What a claim gives: a value with all that `run` needs. `attempts` counts the claims, this one included."""

    @property
    def chat_id(self) -> int: ...

    @property
    def attempts(self) -> int: ...


TaskT = TypeVar("TaskT", bound=Task)


@dataclass(frozen=True, slots=True)
class SlowWork(Generic[TaskT]):
    """A kind of slow work. `claim`, `finish` and `give_up` run in a turn, `run` outside any transaction.

    `claim` takes the lease and gives None where there is nothing to do any more. `finish` writes the result if the
    lease is still its own, and answers; None where somebody else has taken over. `give_up` gets an error id for the log
    and the user when `run` raised, or when three processes in a row died of it.
    """

    name: str
    due: Callable[[Database, int], Awaitable[Sequence[Key]]]
    claim: Callable[[Turn, UUID], Awaitable[TaskT | None]]
    run: Callable[[Services, TaskT], Awaitable[Any]]
    finish: Callable[[Turn, TaskT, Any], Awaitable[Answers]]
    give_up: Callable[[Turn, TaskT, str], Awaitable[Answers]]


@dataclass(frozen=True, slots=True)
class Periodic:
    """Something that falls due by the bot's clock. `handle` runs in a turn in the user's private chat.

    `every_seconds` divides a minute, an hour or a day evenly. `handle` looks whether the row is still due.
    """

    name: str
    every_seconds: int
    due: Callable[[Database, datetime, int], Awaitable[Sequence[Key]]]
    handle: Callable[[Turn, UUID], Awaitable[Answers]]


class Worker:
    """Looks for work and does it. `only_for` limits it to some users: a terminal works for its own alone."""

    def __init__(
        self,
        database: Database,
        turns: Turns,
        sender: OutboxSender,
        services: Services,
        clock: Clock,
        metrics: Metrics,
        background: Background,
        *,
        slow_work: Sequence[SlowWork[Any]] = (),
        periodic: Sequence[Periodic] = (),
        only_for: Container[UUID] | None = None,
    ) -> None:
        self._database = database
        self._turns = turns
        self._sender = sender
        self._services = services
        self._clock = clock
        self._metrics = metrics
        self._background = background
        self._slow_work = slow_work
        self._periodic = periodic
        self._only_for = only_for
        self._limit = due_limit(only_for)
        self._woken = asyncio.Event()
        self._places = asyncio.Semaphore(AT_ONCE)
        self._in_hand: set[Key] = set()

    def wake(self) -> None:
        """Look for slow work now."""
        self._woken.set()

    async def run(self) -> None:
        """Sweep, look and work until cancelled. A database that is away is waited for."""
        jobs: list[tuple[str, int, Do]] = [
            ("sweep", SWEEP_SECONDS, self._sender.sweep),
            *((job.name, job.every_seconds, partial(self.do_periodic, job)) for job in self._periodic),
        ]
        if self._only_for is not None:
            repeated = [self._repeat(do, seconds, name) for name, seconds, do in jobs]
            await asyncio.gather(self._look_for_slow_work(), *repeated)
            return
        jobs += [
            ("tidying up", TIDY_SECONDS, self._tidy_up),
            ("forgetting the pace", FORGET_SECONDS, self._database.forget_pace),
        ]
        await asyncio.gather(
            self._look_for_slow_work(),
            self._repeat(self._sender.mark_unmarked, SWEEP_SECONDS, "marking what was sent"),
            self._keep_to_schedule(jobs),
        )

    async def _keep_to_schedule(self, jobs: Sequence[tuple[str, int, Do]]) -> None:
        """Do the jobs whenever it falls to this process, through all absences of the database."""
        # A terminal keeps no schedule, and need not wait for the library to be loaded.
        from storage.schedules import Job, keep_to_schedule

        scheduled = [Job(name, seconds, partial(self._try, do, name)) for name, seconds, do in jobs]
        await self._repeat(lambda: keep_to_schedule(self._database, scheduled), AWAY_SECONDS, "the schedule")

    async def settle(self) -> None:
        """Do everything that is due now, periodic work included, and wait until all of it has been answered."""
        await self._background.settle()
        for job in self._periodic:
            await self.do_periodic(job)
        await self._background.settle()
        done: set[Key] = set()
        while await self._start_slow_work(done):
            await self._background.settle()
        await self._sender.sweep()
        await self._background.settle()

    async def do_periodic(self, job: Periodic) -> None:
        """Do what is due of one job, one user at a time; one that fails does not keep the others waiting."""
        for user_id, row_id in await job.due(self._database, self._clock.now(), self._limit):
            if self._is_mine(user_id):
                await self._handle_due(job, user_id, row_id)

    async def _tidy_up(self) -> None:
        """Forget what was delivered long ago. By the machine's clock: a terminal's may have been set to any time."""
        await self._database.purge_delivery(SystemClock().now() - KEPT)

    async def _handle_due(self, job: Periodic, user_id: UUID, row_id: UUID) -> None:
        async def body(turn: Turn) -> None:
            turn.answers.extend(as_sequence(await job.handle(turn, row_id)))

        with noting(work=job.name, row_id=row_id):
            try:
                await self._take_turn(body, user_id)
                self._metrics.work.labels(job.name, "done").inc()
            except DatabaseUnavailableError:
                raise
            except Exception as error:
                if isinstance(error, NotFoundError) and error.key == user_id:
                    return  # the account has been erased since
                self._metrics.work.labels(job.name, "failed").inc()
                log.error("%s of %s failed: %s", job.name, row_id, describe(error))

    async def _look_for_slow_work(self) -> None:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), LOOK_SECONDS)
            self._woken.clear()
            try:
                await self._start_slow_work(set())
            except DatabaseUnavailableError:
                log.warning("the database is away; slow work waits")

    async def _start_slow_work(self, done: set[Key]) -> int:
        """Start what is due and is neither in hand nor `done`, which grows by it; give how many."""
        started = 0
        for kind in self._slow_work:
            for user_id, row_id in await kind.due(self._database, self._limit):
                key = (user_id, row_id)
                if key in self._in_hand or key in done or not self._is_mine(user_id):
                    continue
                done.add(key)
                self._in_hand.add(key)
                self._background.spawn(self._work(kind, key), kind.name)
                started += 1
        return started

    async def _work(self, kind: SlowWork[Any], key: Key) -> None:
        try:
            with noting(work=kind.name, row_id=key[1]):
                async with self._places:
                    await self._work_on(kind, *key)
        finally:
            self._in_hand.discard(key)

    async def _work_on(self, kind: SlowWork[Any], user_id: UUID, row_id: UUID) -> None:
        task = await self._take_turn(lambda turn: kind.claim(turn, row_id), user_id)
        if task is None:
            return
        try:
            if task.attempts > MOST_ATTEMPTS:
                raise RuntimeError(f"given up after {MOST_ATTEMPTS} attempts")
            async with self._typing(task.chat_id):
                result = await kind.run(self._services, task)
            await self._answer(lambda turn: kind.finish(turn, task, result), user_id, task.chat_id)
            self._metrics.work.labels(kind.name, "done").inc()
        except DatabaseUnavailableError:
            raise
        except Exception as error:
            error_id = secrets.token_hex(4)
            self._metrics.work.labels(kind.name, "failed").inc()
            log.error("%s of %s failed, error %s: %s", kind.name, row_id, error_id, describe(error))
            await self._answer(lambda turn: kind.give_up(turn, task, error_id), user_id, task.chat_id)

    async def _answer(self, body: Callable[[Turn], Awaitable[Answers]], user_id: UUID, chat_id: int) -> None:
        async def answer(turn: Turn) -> None:
            turn.answers.extend(as_sequence(await body(turn)))

        await self._take_turn(answer, user_id, chat_id)

    async def _take_turn(
        self, body: Callable[[Turn], Awaitable[Any]], user_id: UUID, chat_id: int | None = None
    ) -> Any:
        taken = await self._turns.take(body, chat_id=chat_id, user_id=user_id)
        self._sender.start(user_id, taken.owed)
        if taken.wakes_worker:
            self.wake()
        return taken.result

    @asynccontextmanager
    async def _typing(self, chat_id: int) -> AsyncIterator[None]:
        """Show "typing" for as long as the block takes."""
        sign = asyncio.create_task(self._show_typing(chat_id))
        try:
            yield
        finally:
            sign.cancel()
            await asyncio.gather(sign, return_exceptions=True)

    async def _show_typing(self, chat_id: int) -> None:
        while True:
            with suppress(TelegramError):
                await self._services.telegram.send_chat_action(chat_id, ChatAction.TYPING)
            await asyncio.sleep(TYPING_SECONDS)

    async def _repeat(self, job: Do, seconds: float, name: str) -> None:
        while True:
            await self._try(job, name)
            await asyncio.sleep(seconds)

    @staticmethod
    async def _try(job: Do, name: str) -> None:
        try:
            await job()
        except DatabaseUnavailableError:
            log.warning("the database is away; %s waits", name)
        except Exception as error:
            log.error("%s failed: %s", name, describe(error))

    def _is_mine(self, user_id: UUID) -> bool:
        return self._only_for is None or user_id in self._only_for
