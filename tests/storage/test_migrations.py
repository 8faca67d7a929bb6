"""The migrations: each alone up, down and up again, the whole chain, and agreement with the models."""

from __future__ import annotations

import asyncio
import itertools
import os
import sys
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from alembic.script import ScriptDirectory

from storage.connecting import open_connection
from storage.database import Database
from storage.migrating import alembic_config, bring_up_to_date, check_models, is_up_to_date, migrate, migrate_back
from tests.conftest import BOT_ROLE
from tests.roles import appoint, take_coach
from tests.server import Server
from tests.storage.everything import BENCH, make_everything
from tests.traces import find_traces

CHAIN = ["base", "0001", "0002", "0003", "0004", "0006", "0007", "0008", "0009", "0012", "0013", "0010", "0014", "0015"]

# Everything that a migration makes: what stands in the schema, and what is allowed there.
SNAPSHOT = """
SELECT c.relkind::text || ' ' || c.relname || ' ' || c.relrowsecurity || ' ' || c.relforcerowsecurity
       || ' ' || coalesce((SELECT string_agg(a.grantee::regrole || ' ' || a.privilege_type, ',' ORDER BY 1)
                             FROM aclexplode(c.relacl) a WHERE a.grantee <> c.relowner), '') AS line
  FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE 'alembic_version%'
UNION ALL
SELECT 'column ' || attrelid::regclass || '.' || attname || ' ' || atttypid::regtype
  FROM pg_attribute WHERE attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace
   AND relkind = 'r' AND relname <> 'alembic_version') AND attnum > 0 AND NOT attisdropped
UNION ALL
SELECT 'function ' || p.oid::regprocedure::text || md5(p.prosrc) FROM pg_proc p
 WHERE p.pronamespace = 'public'::regnamespace
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
UNION ALL
SELECT 'type ' || t.typname FROM pg_type t WHERE t.typnamespace = 'public'::regnamespace AND t.typtype = 'e'
UNION ALL
SELECT 'policy ' || tablename || ' ' || policyname || coalesce(qual, '') || coalesce(with_check, '') FROM pg_policies
UNION ALL
SELECT 'trigger ' || tgrelid::regclass || ' ' || tgname FROM pg_trigger WHERE NOT tgisinternal
UNION ALL
SELECT 'constraint ' || conrelid::regclass || ' ' || conname FROM pg_constraint
 WHERE connamespace = 'public'::regnamespace AND conname NOT LIKE 'alembic_version%'
ORDER BY 1
"""


@pytest_asyncio.fixture
async def empty(server: Server) -> AsyncIterator[str]:
    async with server.throwaway() as name:
        yield name


async def snapshot(server: Server, name: str) -> list[str]:
    connection = await open_connection(server.owner_of(name))
    try:
        return [row["line"] for row in await connection.fetch(SNAPSHOT)]
    finally:
        await connection.close()


def test_there_are_these_in_a_row() -> None:
    scripts = ScriptDirectory.from_config(alembic_config())
    assert [script.revision for script in scripts.walk_revisions()] == CHAIN[:0:-1]


@pytest.mark.parametrize(("before", "revision"), list(itertools.pairwise(CHAIN)))
async def test_each_alone_up_down_up(server: Server, empty: str, before: str, revision: str) -> None:
    address = server.owner_of(empty)
    if before != "base":
        await migrate(address, BOT_ROLE, before)
    without = await snapshot(server, empty)
    await migrate(address, BOT_ROLE, revision)
    with_it = await snapshot(server, empty)
    assert with_it != without
    await migrate_back(address, BOT_ROLE, before)
    assert await snapshot(server, empty) == without
    await migrate(address, BOT_ROLE, revision)
    assert await snapshot(server, empty) == with_it


async def test_the_whole_chain_up_down_up(server: Server, empty: str) -> None:
    address = server.owner_of(empty)
    nothing = await snapshot(server, empty)
    await bring_up_to_date(address, BOT_ROLE)
    everything = await snapshot(server, empty)
    await migrate_back(address, BOT_ROLE, "base")
    assert await snapshot(server, empty) == nothing
    await bring_up_to_date(address, BOT_ROLE)
    assert await snapshot(server, empty) == everything


async def test_the_models_say_the_same(server: Server, template: str) -> None:
    await check_models(server.owner_of(template), BOT_ROLE)


async def test_whether_there_is_something_to_do_is_known(server: Server, empty: str) -> None:
    address = server.owner_of(empty)
    assert not await is_up_to_date(address)
    await migrate(address, BOT_ROLE)
    assert not await is_up_to_date(address)  # the library is not there yet
    await bring_up_to_date(address, BOT_ROLE)
    assert await is_up_to_date(address)


async def test_going_back_loses_nobody_anything(server: Server, template: str) -> None:
    """Down to the bare schema and up again: users' rows and the library rows under them are there as before."""
    async with server.throwaway(template) as name:
        address = server.owner_of(name)
        database = Database(server.bot_of(name), role=BOT_ROLE, pool_size=1)
        await make_everything(database, 1)
        await database.close()
        await migrate_back(address, BOT_ROLE, "0001")
        connection = await open_connection(server.admin_of(name))
        library = await connection.fetch("SELECT id FROM exercise WHERE user_id IS NULL")
        await connection.close()
        # The bench press has a set; its other rows, and every exercise that nobody has touched, are gone.
        assert [row["id"] for row in library] == [BENCH]
        await bring_up_to_date(address, BOT_ROLE)
        database = Database(server.bot_of(name), role=BOT_ROLE, pool_size=1)
        async with database.begin(telegram_id=1) as work:
            assert len((await work.sessions.history()).items) == 1
            assert len(await work.plans.library()) > 0
            assert len(await work.plans.own()) == 1
        await database.close()


async def test_those_who_were_erased_before_leave_no_trace_either(server: Server, template: str) -> None:
    """An erasure of before 0014 left the erased in the logs of those they had coached and been coached by."""
    async with server.throwaway(template) as name:
        address = server.owner_of(name)
        database = Database(server.bot_of(name), role=BOT_ROLE, pool_size=1)
        stays, goes = await make_everything(database, 1), await make_everything(database, 2)
        for coach, athlete in ((1, 2), (2, 1)):
            await appoint(database, coach)
            await take_coach(database, (stays, goes)[athlete - 1], (stays, goes)[coach - 1])
        await migrate_back(address, BOT_ROLE, "0010")
        async with database.begin(user_id=goes) as work:
            await work.users.erase()
        await database.close()
        connection = await open_connection(server.admin_of(name))
        entries = await connection.fetchval("SELECT count(*) FROM audit_log")
        assert len(await find_traces(connection, [str(goes)])) > 2
        await migrate(address, BOT_ROLE)
        (trace,) = await find_traces(connection, [str(goes)])
        assert '"action": "erase"' in trace
        assert await connection.fetchval("SELECT count(*) FROM audit_log") == entries
        await connection.close()


async def test_two_processes_at_once_wait_for_each_other(server: Server, empty: str) -> None:
    environment = os.environ | {"DATABASE_URL": server.owner_of(empty)}
    command = (sys.executable, "-m", "storage", "migrate")
    runs = [await asyncio.create_subprocess_exec(*command, env=environment) for _ in range(2)]
    assert [await run.wait() for run in runs] == [0, 0]
    assert await is_up_to_date(server.owner_of(empty))


async def test_the_alembic_command_goes_by_the_same_settings(server: Server, empty: str) -> None:
    environment = os.environ | {"DATABASE_URL": server.owner_of(empty)}
    run = await asyncio.create_subprocess_exec(sys.executable, "-m", "alembic", "upgrade", "0002", env=environment)
    assert await run.wait() == 0
    await migrate(server.owner_of(empty), BOT_ROLE)
    await check_models(server.owner_of(empty), BOT_ROLE)
