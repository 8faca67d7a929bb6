"""Slow and periodic work: claimed, done outside any transaction, finished once, given up with a word to the user."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import text

from bot.answers import Answers, Text
from bot.markup import Html, escape
from bot.services import Services
from bot.turn import Turn
from bot.worker import Periodic, SlowWork
from storage.database import Database
from storage.models import ImportStatus
from tests.bot.conftest import OpenChat
from tests.bot.probe import count, probe_routes
from tests.bot.test_delivery import counted


@dataclass(frozen=True)
class ReadingTask:
    row_id: UUID
    chat_id: int
    attempts: int
    lease_token: UUID | None
    raw_text: str


@dataclass
class Reader:
    """A kind of slow work: it reads imports, fails at "broken", and waits at "held"."""

    ran: list[str] = field(default_factory=list)
    held: asyncio.Event = field(default_factory=asyncio.Event)
    began: asyncio.Event = field(default_factory=asyncio.Event)
    open_transactions: list[int] = field(default_factory=list)

    def work(self) -> SlowWork[ReadingTask]:
        return SlowWork("reading", self.due, self.claim, self.run, self.finish, self.give_up)

    async def due(self, database: Database, limit: int) -> Sequence[tuple[UUID, UUID]]:
        return await database.due_imports(limit)

    async def claim(self, turn: Turn, row_id: UUID) -> ReadingTask | None:
        row = await turn.work.imports.claim(row_id)
        if row is None:
            return None
        return ReadingTask(row.id, row.chat_id or turn.chat_id, row.attempts, row.lease_token, row.raw_text)

    async def run(self, services: Services, task: ReadingTask) -> str:
        self.ran.append(task.raw_text)
        self.began.set()
        if task.raw_text == "broken":
            raise RuntimeError("a model that is no model")
        if task.raw_text == "held":
            await self.held.wait()
        return task.raw_text.upper()

    async def finish(self, turn: Turn, task: ReadingTask, result: str) -> Answers:
        assert task.lease_token is not None
        if not await turn.work.imports.finish(task.row_id, task.lease_token, status=ImportStatus.PREVIEW):
            return None
        return Text(escape(f"read {result}"))

    async def give_up(self, turn: Turn, task: ReadingTask, error_id: str) -> Answers:
        assert task.lease_token is not None
        await turn.work.imports.finish(task.row_id, task.lease_token, status=ImportStatus.FAILED, error=error_id)
        return Text(escape(f"gave up after {task.attempts}: {error_id}"))


async def receive(database: Database, telegram_id: int, raw_text: str) -> UUID:
    async with database.begin(telegram_id=telegram_id) as work:
        return (await work.imports.receive(raw_text, chat_id=telegram_id)).id


async def status(database: Database, telegram_id: int, row_id: UUID) -> ImportStatus:
    async with database.begin(telegram_id=telegram_id) as work:
        return (await work.imports.get(row_id)).status


async def test_work_is_done_and_answered_before_the_next_message(
    open_probe: OpenChat, database: Database, telegram_id: int
) -> None:
    reader = Reader()
    async with open_probe(telegram_id, probe_routes(slow_work=[reader.work()])) as chat:
        row_id = await receive(database, telegram_id, "program")
        await chat.say("hello")
        assert chat.texts == ["heard hello\ncounted 1", "read PROGRAM"]
        assert await status(database, telegram_id, row_id) == ImportStatus.PREVIEW
        await chat.say("again")
        assert reader.ran == ["program"]


async def test_no_transaction_is_open_while_it_runs_and_the_chat_goes_on(
    open_probe: OpenChat, database: Database, telegram_id: int, admin_connection: asyncpg.Connection[Any]
) -> None:
    reader = Reader()
    async with open_probe(telegram_id, probe_routes(slow_work=[reader.work()])) as chat:
        await receive(database, telegram_id, "held")
        settling = asyncio.create_task(chat.conversation.app.worker.settle())
        await reader.began.wait()
        idle = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in trans%'"
        )
        assert await admin_connection.fetchval(idle) == 0
        await chat.conversation.app.delivery.deliver(chat.conversation.api.say(chat.conversation.person, "hello"))
        assert await counted(database, telegram_id) == 1
        assert ("sendChatAction", {"chat_id": telegram_id, "action": "typing"}) in chat.conversation.api.calls
        reader.held.set()
        await settling
        assert set(chat.texts) == {"heard hello\ncounted 1", "read HELD"}


async def test_what_fails_is_given_up_with_a_word_and_an_error_id(
    open_probe: OpenChat, database: Database, telegram_id: int, caplog: pytest.LogCaptureFixture
) -> None:
    reader = Reader()
    async with open_probe(telegram_id, probe_routes(slow_work=[reader.work()])) as chat:
        row_id = await receive(database, telegram_id, "broken")
        await chat.conversation.app.worker.settle()
        assert chat.last.text.startswith("gave up after 1: ")
        assert chat.last.text[-8:] in caplog.text
        assert await status(database, telegram_id, row_id) == ImportStatus.FAILED
        assert chat.conversation.app.metrics.failures() == 1


async def test_what_three_processes_died_of_is_not_tried_by_a_fourth(
    open_probe: OpenChat, database: Database, telegram_id: int
) -> None:
    reader = Reader()
    row_id = await receive(database, telegram_id, "program")
    async with database.begin(telegram_id=telegram_id) as work:
        await work.imports.update(row_id, attempts=3)
    async with open_probe(telegram_id, probe_routes(slow_work=[reader.work()])) as chat:
        await chat.conversation.app.worker.settle()
        assert chat.last.text.startswith("gave up after 4: ")
        assert reader.ran == []


async def test_one_who_was_too_slow_finds_that_another_has_taken_over(
    open_probe: OpenChat, database: Database, telegram_id: int
) -> None:
    slow, quick = Reader(), Reader()
    quick.held.set()
    row_id = await receive(database, telegram_id, "held")
    async with (
        open_probe(telegram_id, probe_routes(slow_work=[slow.work()])) as first,
        open_probe(telegram_id, probe_routes(slow_work=[quick.work()])) as second,
    ):
        settling = asyncio.create_task(first.conversation.app.worker.settle())
        await slow.began.wait()
        await second.conversation.app.worker.settle()
        assert quick.ran == []  # the lease holds
        async with database.begin(telegram_id=telegram_id) as work:
            await work.session.execute(
                text("UPDATE workout_import_log SET lease_until = now() - interval '1 s' WHERE id = :id"),
                {"id": row_id},
            )
        await second.conversation.app.worker.settle()
        slow.held.set()
        await settling
        assert [*first.texts, *second.texts] == ["read HELD"]


async def test_a_terminal_works_for_its_own_people_alone(
    open_probe: OpenChat, database: Database, telegram_id: int, other_telegram_id: int
) -> None:
    reader = Reader()
    row_id = await receive(database, other_telegram_id, "program")
    async with open_probe(telegram_id, probe_routes(slow_work=[reader.work()])) as chat:
        await chat.say("hello")
        assert reader.ran == []
        assert await status(database, other_telegram_id, row_id) == ImportStatus.RECEIVED
        await chat.enter(f"@@user {other_telegram_id}")
        await chat.say("hello")
        assert chat.texts[-1] == "read PROGRAM"


async def test_what_falls_due_by_the_clock_is_done_when_the_clock_is_set(
    open_probe: OpenChat, database: Database, telegram_id: int
) -> None:
    due_at = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)
    seen: list[datetime] = []
    async with database.begin(telegram_id=telegram_id) as work:
        user_id = work.user_id

    async def due(_: Database, now: datetime, limit: int) -> Sequence[tuple[UUID, UUID]]:
        return [(user_id, user_id)] if now >= due_at and not seen else []

    async def handle(turn: Turn, row_id: UUID) -> Answers:
        seen.append(turn.now)
        await count(turn)
        return Text(Html("time is up"))

    async with open_probe(telegram_id, probe_routes(periodic=[Periodic("idle", 60, due, handle)])) as chat:
        assert await chat.at("2026-12-01T18:29:59") == []
        (shown,) = await chat.at("2026-12-01T18:30")
        assert (shown.text, shown.chat_id) == ("time is up", telegram_id)
        assert seen == [due_at]
        assert await counted(database, telegram_id) == 1


async def test_a_time_without_a_zone_is_the_users_own(
    open_probe: OpenChat, database: Database, telegram_id: int
) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        await work.users.set_timezone("Europe/Madrid")
    async with open_probe(telegram_id) as chat:
        await chat.at("2026-12-01T18:30")
        assert chat.conversation.clock.now() == datetime(2026, 12, 1, 17, 30, tzinfo=UTC)
        await chat.at("2026-12-01T18:30+03:00")
        assert chat.conversation.clock.now() == datetime(2026, 12, 1, 15, 30, tzinfo=UTC)
        await chat.say("hello")
        assert chat.conversation.clock.now() == datetime(2026, 12, 1, 15, 30, 1, tzinfo=UTC)
