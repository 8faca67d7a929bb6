"""The schedule of what recurs: our tables are those of the library, and of two who ask one gets the job."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio
from pgqueuer.adapters.persistence.schema_ddl import render_install
from pgqueuer.models import CronExpressionEntrypoint
from pgqueuer.types import CronEntrypoint, CronExpression

from storage.database import Database
from storage.schedules import Job, PoolDriver, TableNames, cron_expression, keep_to_schedule, queries_on
from tests.conftest import BOT_ROLE
from tests.server import Server

SWEEP = CronExpressionEntrypoint(CronEntrypoint("sweep"), CronExpression("* * * * * */2"))
NOW, LATER = timedelta(0), timedelta(hours=1)


@pytest_asyncio.fixture
async def other_process(fresh_database: Database) -> AsyncIterator[Database]:
    other = Database(fresh_database.address, role=BOT_ROLE, pool_size=2)
    yield other
    await other.close()


async def test_our_tables_are_those_that_the_library_makes(server: Server, template: str) -> None:
    """A newer release of the library with other tables needs a migration, and is noticed here."""
    columns = """
        SELECT c.table_name, c.column_name, c.is_nullable, replace(c.udt_name, 'pgqueuer_', '') AS type
          FROM information_schema.columns c
         WHERE c.table_schema = $1 AND c.table_name IN ('pgqueuer_schedules', 'pgqueuer_log')
         ORDER BY c.table_name, c.ordinal_position
    """
    async with server.throwaway(template) as name, server.connect(name) as connection:
        await connection.execute(render_install(TableNames(db_schema="theirs"), create_schema=True))
        ours, theirs = [await connection.fetch(columns, schema) for schema in ("jobs", "theirs")]
    assert [tuple(row) for row in ours] == [tuple(row) for row in theirs]
    assert len(ours) > 10


async def test_of_two_processes_that_ask_at_once_one_gets_the_job(
    fresh_database: Database, other_process: Database
) -> None:
    ours, theirs = (queries_on(PoolDriver(database)) for database in (fresh_database, other_process))
    await asyncio.gather(ours.insert_schedule({SWEEP: NOW}), theirs.insert_schedule({SWEEP: NOW}))
    for _ in range(20):
        taken = await asyncio.gather(ours.fetch_schedule({SWEEP: NOW}), theirs.fetch_schedule({SWEEP: NOW}))
        (schedule,) = [schedule for each in taken for schedule in each]
        assert await theirs.fetch_schedule({SWEEP: NOW}) == []  # while it is being done nobody else gets it
        await ours.set_schedule_queued({schedule.id})


async def test_the_job_of_a_process_that_died_is_taken_over(fresh_database: Database, other_process: Database) -> None:
    ours, theirs = (queries_on(PoolDriver(database)) for database in (fresh_database, other_process))
    await ours.insert_schedule({SWEEP: NOW})
    assert len(await ours.fetch_schedule({SWEEP: LATER})) == 1
    assert await theirs.fetch_schedule({SWEEP: LATER}) == []
    await fresh_database.ask("UPDATE jobs.pgqueuer_schedules SET heartbeat = heartbeat - interval '31 s'")
    assert len(await theirs.fetch_schedule({SWEEP: LATER})) == 1


async def test_a_job_is_done_and_noted(fresh_database: Database) -> None:
    done = asyncio.Event()

    async def sweep() -> None:
        done.set()

    keeping = asyncio.create_task(keep_to_schedule(fresh_database, [Job("sweep", 2, sweep)]))
    async with asyncio.timeout(30):
        await done.wait()
    keeping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await keeping
    (row,) = await fresh_database.ask("SELECT entrypoint, status::text, last_run FROM jobs.pgqueuer_schedules")
    assert (row["entrypoint"], row["status"]) == ("sweep", "queued")
    assert row["last_run"] is not None


async def test_names_in_the_environment_are_nothing_to_us(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PGQUEUER_SCHEDULES_TABLE", "PGQUEUER_PREFIX", "TRIGGER", "DURABILITY"):
        monkeypatch.setenv(name, "wrong; name")
    settings: Any = queries_on(PoolDriver(Database("postgresql://nobody@/nothing"))).qbs.settings
    assert settings.qualified.schedules_table == "jobs.pgqueuer_schedules"


@pytest.mark.parametrize(
    ("seconds", "expression"),
    [
        (1, "* * * * * *"),
        (3, "* * * * * */3"),
        (60, "* * * * *"),
        (300, "*/5 * * * *"),
        (3600, "0 * * * *"),
        (21600, "0 */6 * * *"),
    ],
)
def test_every_so_often_as_cron_says_it(seconds: int, expression: str) -> None:
    assert cron_expression(seconds) == expression


@pytest.mark.parametrize("seconds", [0, 7, 61, 5 * 3600, 86400])
def test_what_does_not_divide_evenly_is_refused(seconds: int) -> None:
    with pytest.raises(ValueError, match="evenly"):
        cron_expression(seconds)
