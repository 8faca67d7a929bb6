"""/privacy: counted, exported, and erased after two questions; then nothing of the user is anywhere."""

from __future__ import annotations

from typing import Any

import asyncpg

from storage.database import Database
from tests.bot.conftest import Chat
from tests.storage.everything import make_everything

TABLES = """
SELECT c.table_name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
 WHERE c.table_schema = 'public' AND c.column_name = 'user_id' AND t.table_type = 'BASE TABLE'
"""


async def rows_of(connection: asyncpg.Connection[Any], user_id: Any) -> dict[str, int]:
    """Count a user's rows in every table that has users, as somebody who sees all rows."""
    found = {}
    for (table,) in await connection.fetch(TABLES):
        found[table] = await connection.fetchval(f'SELECT count(*) FROM "{table}" WHERE user_id = $1', user_id)
    found["user"] = await connection.fetchval('SELECT count(*) FROM "user" WHERE id = $1', user_id)
    return {table: count for table, count in found.items() if count}


async def test_it_counts_and_exports(chat: Chat) -> None:
    await chat.say("bench 80x8")
    (shown,) = await chat.say("/privacy")
    assert "0 plans, 1 session, 1 set, 1 text " in shown.text.replace("\n", " ")
    files = await chat.press("📦 Give me all of it")
    assert any(one.path is not None for one in files)


async def test_two_questions_and_then_nothing_is_left(
    chat: Chat, admin_connection: asyncpg.Connection[Any], database: Database
) -> None:
    person = chat.conversation.person
    await make_everything(database, person.id)
    others = await make_everything(database, person.id + 500_000)
    for telegram_id in (person.id, person.id + 500_000):
        async with database.begin(telegram_id=telegram_id) as work:
            for row in await work.imports.recent(9):
                await work.imports.update(row.id, status="saved")  # no model is to read them
    await chat.say("bench 80x8")
    user_id = await admin_connection.fetchval('SELECT id FROM "user" WHERE telegram_id = $1', person.id)
    before = await rows_of(admin_connection, others)
    await chat.say("/privacy")
    await chat.press("Erase my account")
    await chat.press("Yes, erase it")
    assert await rows_of(admin_connection, user_id)
    shown = await chat.press("Erase everything for ever")
    assert "Train well" in shown[-1].text
    assert await rows_of(admin_connection, user_id) == {"audit_log": 1}
    trace = await admin_connection.fetchrow("SELECT * FROM audit_log WHERE user_id = $1", user_id)
    assert (trace["action"], trace["before"], trace["after"]) == ("erase", None, None)
    assert await rows_of(admin_connection, others) == before
    await chat.say("/start")
    assert await admin_connection.fetchval('SELECT id FROM "user" WHERE telegram_id = $1', person.id) != user_id


async def test_keeping_it_changes_nothing(chat: Chat) -> None:
    await chat.say("bench 80x8")
    await chat.say("/privacy")
    await chat.press("Erase my account")
    await chat.press("Keep it all")
    assert "1 set" in chat.last.text
    assert (await chat.say("/history"))[0].text.count("Bench Press") == 1


async def test_nobody_can_be_erased_by_another(
    database: Database, admin_connection: asyncpg.Connection[Any], telegram_id: int, other_telegram_id: int
) -> None:
    victim = await make_everything(database, telegram_id)
    before = await rows_of(admin_connection, victim)
    async with database.begin(telegram_id=other_telegram_id) as work:
        await work.users.erase()
    assert await rows_of(admin_connection, victim) == before
