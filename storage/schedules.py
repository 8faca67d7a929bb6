"""Which process does the work that recurs, and when: kept by the scheduler of pgqueuer, in the schema ``jobs``.

Every process knows all jobs and asks a few times a minute what is due. Whoever asks first takes a job: its row is
``picked`` until it is done, and the others pass it by. A process that dies with a job in hand leaves a heartbeat that
grows old, and after half a minute another takes it. So a job is done at one place at a time; that each row it finds is
handled once is for the row's own transaction to see to.

This is the only module that knows pgqueuer. It goes through the pool of `Database`, as the bot's role.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment, QueryQueueBuilder, QuerySchedulerBuilder
from pgqueuer.core.tm import TaskManager
from pgqueuer.domain.settings import DBSettings
from pgqueuer.models import Schedule
from pgqueuer.ports.driver import Driver, NotifyCallback
from pgqueuer.queries import Queries
from pgqueuer.sm import SchedulerManager
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from storage.database import Database

SCHEMA = "jobs"
MINUTE, HOUR, DAY = 60, 3600, 86400


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do again and again. ``do`` sorts out its own failures."""

    name: str
    every_seconds: int
    do: Callable[[], Awaitable[Any]]


async def keep_to_schedule(database: Database, jobs: Sequence[Job]) -> None:
    """Do the jobs that no other process is doing, when they are due, until cancelled.

    Raises:
        DatabaseUnavailableError: the database cannot be reached; what is being done is finished first.
    """
    scheduler = SchedulerManager(queries_on(PoolDriver(database)))
    for job in jobs:
        scheduler.schedule(job.name, cron_expression(job.every_seconds))(_scheduled(job))
    await scheduler.run()


def cron_expression(every_seconds: int) -> str:
    """Say "every so many seconds" as cron does, with the seconds as a sixth field: only what divides evenly can be.

    >>> cron_expression(3), cron_expression(60), cron_expression(21600)
    ('* * * * * */3', '* * * * *', '0 */6 * * *')
    """
    for unit, whole, pattern in (
        (1, MINUTE, "* * * * * */{}"),
        (MINUTE, HOUR, "*/{} * * * *"),
        (HOUR, DAY, "0 */{} * * *"),
    ):
        if unit <= every_seconds < whole and every_seconds % unit == 0 and whole % every_seconds == 0:
            return pattern.format(every_seconds // unit).replace("*/1 ", "* ").removesuffix("/1")
    raise ValueError(f"{every_seconds} s divide neither a minute nor an hour nor a day evenly")


def queries_on(driver: Driver) -> Queries:
    """Give the statements of pgqueuer for our tables."""
    settings = TableNames(db_schema=SCHEMA)
    return Queries(
        driver,
        qbe=QueryBuilderEnvironment(settings),
        qbq=QueryQueueBuilder(settings),
        qbs=QuerySchedulerBuilder(settings),
    )


class TableNames(DBSettings):
    """The names of its tables, which pgqueuer would take from the environment, whoever had set them there."""

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], init_settings: PydanticBaseSettingsSource, *_: Any, **__: Any
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


class PoolDriver(Driver):
    """What pgqueuer needs of a connection, from our pool: a connection that died is replaced by the next one."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._shutdown = asyncio.Event()

    async def fetch(self, query: str, *args: object) -> list[dict[str, object]]:
        return [dict(row) for row in await self._database.ask(query, *args)]

    async def execute(self, query: str, *args: object) -> str:
        await self._database.ask(query, *args)
        return ""

    async def add_listener(self, channel: str, callback: NotifyCallback) -> None:
        raise RuntimeError("schedules are asked for, not listened to")

    async def notify(self, channel: str, payload: str) -> None:
        raise RuntimeError("schedules are asked for, not listened to")

    @property
    def shutdown(self) -> asyncio.Event:
        return self._shutdown

    @property
    def tm(self) -> TaskManager:
        return TaskManager()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        return


def _scheduled(job: Job) -> Callable[[Schedule], Awaitable[None]]:
    async def do(_: Schedule) -> None:
        await job.do()

    return do
