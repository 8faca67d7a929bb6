"""Several real processes on one database: an update takes effect once and in order, a due job is done once."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
import pytest_asyncio
from aiohttp import ClientConnectionError, ClientSession
from pydantic import SecretStr

from bot.app import App, open_app
from bot.bot_api import Person
from bot.pacing import NoPacing
from bot.routes import PERIODIC
from bot.settings import BotSettings
from bot.usecases.planning import KIND as PLANNED
from bot.usecases.privacy import ERASING
from storage.connecting import open_connection
from storage.database import Database
from storage.drafts import PlanDraft, PrescriptionDraft, SetDraft, WorkoutDraft
from storage.schedules import cron_expression
from tests.bot.telegram_server import TOKEN, TelegramServer, telegram_server
from tests.bot.test_delivery import counted
from tests.bot.test_run import PROBE, Process, free_port, running
from tests.conftest import BOT_ROLE
from tests.server import Server
from tests.storage.everything import BENCH

SETTINGS = BotSettings.model_construct(telegram_bot_token=SecretStr(TOKEN))
SECRET = {"X-Telegram-Bot-Api-Secret-Token": SETTINGS.secret_token}
EACH = 100


@pytest_asyncio.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with telegram_server() as server:
        yield server


@asynccontextmanager
async def behind_one_webhook(
    telegram: TelegramServer, address: str, processes: int, module: str
) -> AsyncIterator[list[int]]:
    """Run processes of the bot, each on a port of its own, and give the ports once all of them answer."""
    async with AsyncExitStack() as parts:
        ports = [free_port() for _ in range(processes)]
        started: list[Process] = []
        for port in ports:
            settings = {"WEBHOOK_URL": "http://127.0.0.1:1", "HOST": "127.0.0.1", "PORT": str(port)}
            started.append(await parts.enter_async_context(running(telegram, address, module, **settings)))
        try:
            await telegram.until(lambda: telegram.called.count("setWebhook") >= processes, seconds=90)
        except TimeoutError:
            pytest.fail("\n".join([log for process in started for _, log in [await process.end()]]))
        yield ports


async def bring(session: ClientSession, port: int, update: dict[str, Any]) -> None:
    """Bring an update until it is taken."""
    status = 0
    while status != 200:
        try:
            async with session.post(f"http://127.0.0.1:{port}/telegram", json=update, headers=SECRET) as answer:
                status = answer.status
        except ClientConnectionError:
            status = 0


async def test_three_processes_take_each_update_once_and_a_chats_in_order(
    telegram: TelegramServer, server: Server, database_name: str, database: Database, telegram_id: int
) -> None:
    """Whoever gets the update, and whoever gets it too; the next message of a chat comes after a 200, as Telegram's."""
    chance, each = random.Random(3), 6
    people = [Person(telegram_id + 1_000_000 + number) for number in range(8)]
    async with (
        behind_one_webhook(telegram, server.bot_of(database_name), 3, PROBE) as ports,
        ClientSession() as session,
    ):

        async def write(person: Person) -> None:
            before: list[dict[str, Any]] = []
            for number in range(each):
                update = telegram.api.say(person, f"set {number}")
                again = [chance.choice(before)] if before else []
                brought = [update] * chance.choice([1, 1, 2, 3]) + again
                await asyncio.gather(*(bring(session, chance.choice(ports), one) for one in brought))
                before.append(update)

        await asyncio.gather(*(write(person) for person in people))
        await telegram.until(lambda: len(telegram.shown) == len(people) * each, seconds=60)
    for person in people:
        said = [shown.text for shown in telegram.shown if shown.chat_id == person.id]
        assert said == [f"heard set {number}\ncounted {number + 1}" for number in range(each)]
        assert await counted(database, person.id) == each


class Due:
    """People for whom something is due: an idle session, a planned workout and a notice, or the end of an account."""

    def __init__(self, server: Server, name: str, database: Database) -> None:
        self.name = name
        self._server, self._database = server, database
        self.now = datetime.now(UTC)
        self.reminded = list(range(8_000_001, 8_000_001 + EACH))
        self.erased = list(range(8_500_001, 8_500_001 + EACH))

    async def make(self) -> None:
        users = [await self._make_reminded(telegram_id) for telegram_id in self.reminded]
        for telegram_id in self.erased:
            async with self._database.begin(telegram_id=telegram_id) as work:
                await work.users.set_preference(ERASING, self.now.isoformat())
        await self._notify(users)

    async def _make_reminded(self, telegram_id: int) -> UUID:
        began = self.now - timedelta(hours=5)
        async with self._database.begin(telegram_id=telegram_id) as work:
            session = await work.sessions.open_free(session_date=began.date(), started_at=began)
            await work.sets.log(session.id, [SetDraft(BENCH, 8, Decimal(80))], at=began)
            plan = await work.plans.save(
                PlanDraft("Push", (WorkoutDraft("Push", (PrescriptionDraft(BENCH, sets=3),)),))
            )
            (workout,) = (await work.plans.read(plan.id)).workouts
            planned = await work.sessions.plan_workout(workout.workout.id, session_date=self.now.date())
            await work.reminders.set(PLANNED, self.now, chat_id=telegram_id, session_id=planned.id)
            return work.user_id

    async def _notify(self, users: Sequence[UUID]) -> None:
        rows = [(user, uuid4(), users[number - 1], self.now) for number, user in enumerate(users)]
        connection = await open_connection(self._server.admin_of(self.name))
        await connection.executemany(
            "INSERT INTO notice (user_id, id, sender_id, kind, subject_id, due_at)"
            " VALUES ($1, $2, $3, 'revoked', $3, $4)",
            rows,
        )
        await connection.close()

    def join(self, telegram: TelegramServer) -> None:
        for telegram_id in self.reminded:
            telegram.api.join(telegram.api.private_chat(Person(telegram_id)))

    async def left(self, connection: asyncpg.Connection[Any]) -> int:
        """Count what is still due or owed."""
        return int(
            await connection.fetchval(
                "SELECT (SELECT count(*) FROM workout_session WHERE status = 'in_progress')"
                " + (SELECT count(*) FROM reminder WHERE done_at IS NULL) + (SELECT count(*) FROM notice)"
                """ + (SELECT count(*) FROM "user" WHERE preferences ? 'erasing_since')"""
                " + (SELECT count(*) FROM outbox WHERE status = 'pending')"
            )
        )

    async def told(self, connection: asyncpg.Connection[Any]) -> tuple[Counter[int], Counter[str]]:
        """Count the messages to each person, and what the log of changes says was done to each row."""
        sent = await connection.fetch("SELECT chat_id, count(*) FROM outbox GROUP BY chat_id")
        done = await connection.fetch(
            "SELECT table_name || ' ' || action AS what, count(*) FROM audit_log WHERE action = 'erase'"
            " OR table_name = 'workout_session' AND after ->> 'status' = 'completed' GROUP BY 1"
        )
        return Counter(dict(map(tuple, sent))), Counter(dict(map(tuple, done)))

    def check(self, sent: Counter[int], done: Counter[str]) -> None:
        assert sent == dict.fromkeys(self.reminded, 3)  # a summary, a planned workout, a notice
        assert done == {"workout_session update": EACH, "user erase": EACH}


@pytest_asyncio.fixture(scope="module")
async def due(server: Server, template: str) -> AsyncIterator[Due]:
    """Everything that is due, in a database that tests make copies of."""
    async with server.throwaway(template) as name:
        database = Database(server.bot_of(name), role=BOT_ROLE, pool_size=5)
        due = Due(server, name, database)
        await due.make()
        await database.close()
        yield due


@asynccontextmanager
async def two_apps(telegram: TelegramServer, database: Database, **more: Any) -> AsyncIterator[list[App]]:
    """Two bots in this process, each with a pool of its own."""
    settings = SETTINGS.model_copy(update={"telegram_api_base": telegram.address} | more)
    other = Database(database.address, role=BOT_ROLE, pool_size=5)
    async with AsyncExitStack() as parts:
        yield [
            await parts.enter_async_context(open_app(each, settings, pacing=NoPacing())) for each in (database, other)
        ]
    await other.close()


async def test_two_real_processes_do_a_hundred_due_jobs_of_each_kind_once(
    telegram: TelegramServer, server: Server, due: Due
) -> None:
    due.join(telegram)
    async with server.throwaway(due.name) as name, server.connect(name) as connection:
        async with behind_one_webhook(telegram, server.bot_of(name), 2, "bot"), asyncio.timeout(120):
            await connection.execute("UPDATE jobs.pgqueuer_schedules SET next_run = now()")  # not the next minute
            while await due.left(connection):
                await connection.execute("SELECT pg_sleep(0.5)")
        due.check(*await due.told(connection))
        ran = await connection.fetch("SELECT entrypoint FROM jobs.pgqueuer_schedules WHERE last_run IS NOT NULL")
    assert {"sweep", *(job.name for job in PERIODIC)} <= {row["entrypoint"] for row in ran}
    assert Counter(shown.chat_id for shown in telegram.shown) == dict.fromkeys(due.reminded, 3)


async def test_even_two_that_sweep_at_the_same_moment_do_each_job_once(
    telegram: TelegramServer, server: Server, due: Due
) -> None:
    """Were the schedule ever kept by two: the turn looks again whether its row is due."""
    due.join(telegram)
    async with server.throwaway(due.name) as name:
        database = Database(server.bot_of(name), role=BOT_ROLE, pool_size=5)
        async with two_apps(telegram, database, turn_seconds=60) as apps, server.connect(name) as connection:
            for job in PERIODIC:
                await asyncio.gather(*(app.worker.do_periodic(job) for app in apps))
            for app in apps:
                await app.background.settle()
                assert app.metrics.failures() == 0
            due.check(*await due.told(connection))
        await database.close()


@pytest.mark.parametrize("job", PERIODIC, ids=lambda job: job.name)
def test_what_recurs_can_be_put_into_the_schedule(job: Any) -> None:
    assert len(cron_expression(job.every_seconds).split()) in (5, 6)
