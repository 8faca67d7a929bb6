"""How the bot's own connections have statements planned: by index, once, whatever the statistics say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.repositories.outbox import ADD, claim_statement
from storage.repositories.own_words import SPOKEN
from storage.repositories.sessions import OPEN, PLANNED
from storage.repositories.updates import ARRIVE
from storage.unit_of_work import UnitOfWork
from tests.load.timing import sequential_scans
from tests.server import Server
from tests.storage.test_sets_and_records import bench, log


async def plan_of(work: UnitOfWork, statement: str) -> Any:
    """Have a statement planned as it is when it has been prepared, whatever its parameters are."""
    connection = await work.session.connection()
    number = len(set(re.findall(r"\$\d+", statement)))
    await connection.exec_driver_sql(f"PREPARE planned AS {statement}")
    given = ", ".join(["NULL"] * number)
    rows = await connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) EXECUTE planned ({given})")
    await connection.exec_driver_sql("DEALLOCATE planned")
    plan = rows.scalar()
    return (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]


def nodes(plan: Any) -> Iterator[Any]:
    yield plan
    for child in plan.get("Plans", ()):
        yield from nodes(child)


async def test_what_is_planned_while_a_table_is_empty_uses_its_index(
    database: Database, telegram_id: int, server: Server, database_name: str
) -> None:
    async with server.connect(database_name) as admin:
        await admin.execute("ANALYZE outbox; ANALYZE workout_import_log; ANALYZE processed_update")
    async with database.begin(telegram_id=telegram_id) as work:
        for table in ("outbox", "workout_import_log", "processed_update"):
            plan = await plan_of(work, f"SELECT * FROM {table} WHERE user_id = $1::uuid")
            assert not sequential_scans(plan)


async def test_the_newest_of_many_sets_is_found_without_sorting_them(
    database: Database, telegram_id: int, server: Server, database_name: str
) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        for _ in range(20):
            await log(work, *[bench(str(60 + reps), reps) for reps in range(1, 13)])
    async with server.connect(database_name) as admin:
        await admin.execute("ANALYZE exercise_set; ANALYZE personal_record")
    async with database.begin(telegram_id=telegram_id) as work:
        plan = await plan_of(work, SPOKEN._text[0])
    (limit,) = [node for node in nodes(plan) if node["Node Type"] == "Limit"]
    below = {node["Node Type"] for node in nodes(limit)}
    assert "Index Scan" in below
    assert not below & {"Sort", "Incremental Sort", "Bitmap Heap Scan", "Seq Scan"}


STANDING = {
    "the open session": (OPEN, "ix_workout_session_open"),
    "the planned sessions": (PLANNED, "ix_workout_session_planned"),
    "an arriving update": (ARRIVE, "ix_workout_session_open"),
    "a message that is owed": (ADD, "ix_outbox_owed"),
    "the next message": (claim_statement(of_one_chat=False), "ix_outbox_owed"),
    "a message that was sent": (claim_statement(of_one_chat=False, after_sent=True), "ix_outbox_owed"),
}


@pytest.mark.parametrize("what", STANDING)
async def test_what_stands_at_a_status_is_found_among_few(database: Database, telegram_id: int, what: str) -> None:
    """The equality of enums is not leakproof: as a parameter it would be looked at for every row of the user."""
    statement, index = STANDING[what]
    async with database.begin(telegram_id=telegram_id) as work:
        plan = await plan_of(work, statement._text[0])
    assert index in {node.get("Index Name") for node in nodes(plan)}
    for node in nodes(plan):
        assert "status" not in node.get("Filter", "").replace("'sent'", ""), node["Index Name"]


async def test_a_statement_is_planned_once(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        for _ in range(8):
            await log(work, bench("80", 8))
            await work.sets.newest()
        counted = text("SELECT sum(custom_plans) AS anew, sum(generic_plans) AS kept FROM pg_prepared_statements")
        row = (await work.session.execute(counted)).one()
    assert row.kept > 20
    assert row.anew == 0
