"""Slow imports never stand in the way of quick logs: a model that hangs holds neither a connection nor a turn."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from aiohttp import web
from sqlalchemy import func, select

from bot.bot_api import Person
from bot.usecases.reading_worker import SPARE_SECONDS
from storage.database import Database
from tests.bot.stored import stored
from tests.bot.telegram_server import telegram_server
from tests.bot.test_log_model import UNCLEAR, heard
from tests.bot.test_programs_model import model_chat
from tests.bot.test_run import running
from tests.fake_openai import Body, FakeOpenAI, hangs, says
from tests.server import Server

BUSY = """
SELECT count(*) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid() AND (state LIKE 'idle in trans%' OR state = 'active')
   AND backend_type = 'client backend'
"""


async def test_while_a_model_hangs_everybody_logs_and_no_transaction_is_open(
    database: Database, telegram_id: int, other_telegram_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    admin_connection: asyncpg.Connection[Any],
) -> None:  # fmt: skip
    asked, may_answer = asyncio.Event(), asyncio.Event()

    async def answer(request: web.Request, body: Body) -> web.StreamResponse:
        asked.set()
        await may_answer.wait()
        return await says(heard(2, "squatting", "Back Squat", 5, 120))(request, body)

    async with model_chat(database, telegram_id, tmp_path, monkeypatch, answer) as (chat, _):
        app, api = chat.conversation.app, chat.conversation.api
        slow = asyncio.create_task(chat.say(UNCLEAR))
        await asyncio.wait_for(asked.wait(), 30)
        assert await admin_connection.fetchval(BUSY) == 0
        assert app.database.connections()[0] == 0, "no connection of the pool is held"
        for person in (chat.conversation.person, Person(other_telegram_id)):
            await app.delivery.deliver(api.say(person, "bench 90x5"))
            await app.sender.sweep()
        assert not slow.done()
        assert [one.chat_id for one in chat.seen if "90 kg × 5" in one.text] == [telegram_id, other_telegram_id]
        async with database.begin(telegram_id=telegram_id) as work:
            row = next(row for row in await work.imports.recent() if row.raw_text == UNCLEAR)
            assert row.lease_until is not None
            left = row.lease_until - await work.session.scalar(select(func.now()))
        assert left.total_seconds() > app.delivery._turns._services.reader.deadline_seconds
        assert SPARE_SECONDS > 30
        may_answer.set()
        await slow
        assert ("Barbell Back Squat", [(120, "kg", 5)]) in await stored(chat)


async def test_an_import_whose_process_is_killed_is_finished_by_another(
    server: Server, database_name: str, database: Database, telegram_id: int, admin_connection: asyncpg.Connection[Any]
) -> None:
    model = FakeOpenAI(hangs(), says(heard(2, "squatting", "Back Squat", 5, 120)))
    async with telegram_server() as telegram, model:
        settings = {
            "OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": "sk-test", "OPENAI_MODEL": "fake",
            "OPENAI_MAX_RETRIES": "0", "OPENAI_REASONING_EFFORT": "none",
        }  # fmt: skip
        address = server.bot_of(database_name)
        async with running(telegram, address, "bot", **settings) as process:
            await telegram.say(Person(telegram_id), UNCLEAR)
            await telegram.until(lambda: model.requests and telegram.shown and not telegram.unconfirmed)
            assert "Barbell Bench Press · set 1: 80 kg × 8" in telegram.texts[-1]
            assert "⏳" in telegram.texts[-1]
            await process.end(signal.SIGKILL)
        # The dead process's lease runs out; here it is made to, as nobody wants to wait for that.
        await admin_connection.execute("UPDATE workout_import_log SET lease_until = now() WHERE status = 'reading'")
        async with running(telegram, address, "bot", **settings):
            await telegram.until(lambda: "⏳" not in telegram.texts[-1], seconds=90)
    assert len(model.requests) == 2
    async with database.begin(telegram_id=telegram_id) as work:
        (row,) = await work.imports.recent()
        assert (row.status, row.attempts, row.model) == ("saved", 2, "fake")
        assert len(await work.sets.of_import(row.id)) == 2
