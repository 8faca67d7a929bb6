"""Large tables are split in place: nobody's export, key, trigger or right changes, and the bot works on."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.connecting import open_connection
from storage.database import Database
from storage.distribution import REASONS, described, look_at_distribution
from storage.drafts import SetDraft
from storage.errors import ConfigurationError
from storage.export import export_user, to_json
from storage.migrating import check_models, migrate_back
from storage.partitioning import months, partition
from tests.conftest import BOT_ROLE
from tests.server import Server
from tests.storage.everything import BENCH, make_everything

NOW = datetime.now(UTC).replace(day=1)  # the log goes by the database's clock
PEOPLE = (1, 2, 3)
SNAPSHOT = """
SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) AS line
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n' AND conparentid = 0
UNION ALL
SELECT 'index ' || tablename || ' ' || replace(indexdef, 'ON ONLY', 'ON') FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger g WHERE NOT tgisinternal AND tgparentid = 0
UNION ALL
SELECT 'policy ' || tablename || policyname || permissive || roles::text || cmd || coalesce(qual, '')
       || coalesce(with_check, '') FROM pg_policies
UNION ALL
SELECT 'table ' || c.relname || c.relrowsecurity || c.relforcerowsecurity || c.relowner::regrole
       || coalesce((SELECT string_agg(a.grantee::regrole || ' ' || a.privilege_type, ',' ORDER BY 1)
                      FROM aclexplode(c.relacl) a WHERE a.grantee <> c.relowner), '')
  FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
UNION ALL
SELECT 'column ' || attrelid::regclass || attname || format_type(atttypid, atttypmod) || attnotnull
       || coalesce(pg_get_expr(adbin, adrelid), '')
  FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
 WHERE attrelid IN ('exercise_set'::regclass, 'audit_log'::regclass) AND attnum > 0
ORDER BY 1
"""


@dataclass
class Small:
    """A small database of its own: its owner's address, the bot's door, and a superuser's connection."""

    owner: str
    database: Database
    admin: asyncpg.Connection[Any]

    async def exports(self) -> list[str]:
        found = []
        for telegram_id in PEOPLE:
            async with self.database.begin(telegram_id=telegram_id, create=False, lock=False) as work:
                found.append(to_json(await export_user(work, with_delivery=True)))
        return found

    async def snapshot(self) -> list[str]:
        return [row["line"] for row in await self.admin.fetch(SNAPSHOT)]


@pytest_asyncio.fixture
async def small(server: Server, template: str) -> AsyncIterator[Small]:
    async with server.throwaway(template) as name:
        database = Database(server.bot_of(name), role=BOT_ROLE, pool_size=2)
        for telegram_id in PEOPLE:
            await make_everything(database, telegram_id)
        admin = await open_connection(server.admin_of(name))
        yield Small(server.owner_of(name), database, admin)
        await admin.close()
        await database.close()


async def test_the_sets_are_split_by_user_and_nothing_else_changes(small: Small) -> None:
    exports, catalogue = await small.exports(), await small.snapshot()
    assert await partition(small.owner, "exercise_set", 4, NOW) == "exercise_set has 4 parts and 3 rows."
    assert await small.exports() == exports
    assert await small.snapshot() == catalogue
    parts = await small.admin.fetch("SELECT tableoid::regclass::text AS part, user_id FROM exercise_set")
    assert all(row["part"].startswith("parts.exercise_set_") for row in parts)
    await check_models(small.owner, BOT_ROLE)
    distribution = await look_at_distribution(small.admin)
    assert distribution.problems == ()


async def test_the_log_is_split_by_month_and_only_its_key_changes(small: Small) -> None:
    await small.admin.execute("UPDATE audit_log SET changed_at = changed_at - interval '40 days' WHERE random() < 0.5")
    exports, catalogue = await small.exports(), await small.snapshot()
    await partition(small.owner, "audit_log", 16, NOW)
    assert await small.exports() == exports
    changed = {line for line in await small.snapshot() if line not in catalogue}
    assert {line.split()[1] for line in changed} == {"audit_log"}
    assert len(changed) == 2
    assert all("(user_id, id, changed_at)" in line for line in changed)
    assert await small.admin.fetchval("SELECT count(*) FROM parts.audit_log_beyond") == 0
    await check_models(small.owner, BOT_ROLE)
    # A year later the months of the next are made; the log's own months are there still.
    assert await partition(small.owner, "audit_log", 16, NOW) == "audit_log has 0 more parts."
    assert (
        await partition(small.owner, "audit_log", 16, NOW.replace(year=NOW.year + 1)) == "audit_log has 12 more parts."
    )


async def test_split_tables_serve_as_before(small: Small) -> None:
    """Logging, records, the log of changes and its names, another's rows, erasure, and the way back to nothing."""
    for table in ("exercise_set", "audit_log"):
        await partition(small.owner, table, 4, NOW)
    async with small.database.begin(telegram_id=1) as work:
        first = work.user_id
        session = await work.sessions.find_open()
        assert session is not None
        logged = await work.sets.log(session.id, [SetDraft(BENCH, 5, Decimal(100))], at=NOW)
        (new,) = logged.sets
        await work.sets.amend(new.id, new.version, reps=6)
        assert {record.set_id for record in logged.records} == {new.id}
    told = await small.admin.fetch("SELECT table_name, action FROM audit_log WHERE row_id = $1", str(new.id))
    assert [tuple(row) for row in told] == [("exercise_set", "insert"), ("exercise_set", "update")]
    touched = await small.admin.fetchrow("SELECT created_at, updated_at FROM exercise_set WHERE id = $1", new.id)
    assert touched["updated_at"] >= touched["created_at"]
    async with small.database.begin(telegram_id=2) as work:
        assert await work.session.scalar(text("SELECT count(*) FROM exercise_set")) == 1
        assert (
            await work.session.scalar(text("SELECT count(*) FROM audit_log WHERE user_id <> :me"), {"me": work.user_id})
            == 0
        )
        with pytest.raises(DBAPIError, match="permission denied"):
            await work.session.execute(text("SELECT count(*) FROM parts.exercise_set_000"))
    async with small.database.begin(telegram_id=1) as work:
        await work.session.execute(text("SELECT erase_account()"))
    assert await small.admin.fetchval("SELECT count(*) FROM exercise_set WHERE user_id = $1", first) == 0
    assert await small.admin.fetch("SELECT action FROM audit_log WHERE user_id = $1", first) == [("erase",)]
    await small.database.close()
    await migrate_back(small.owner, BOT_ROLE, "base")


async def test_a_table_is_split_once_and_by_its_owner(small: Small) -> None:
    if small.database.address != small.owner:  # on a server that has one login for all, that is the owner's too
        with pytest.raises(ConfigurationError, match="by its owner"):
            await partition(small.database.address, "exercise_set", 4, NOW)
    await partition(small.owner, "exercise_set", 4, NOW)
    with pytest.raises(ConfigurationError, match="split already"):
        await partition(small.owner, "exercise_set", 8, NOW)


def test_the_months_of_a_log() -> None:
    parts = months(datetime(2026, 11, 30, tzinfo=UTC), datetime(2026, 11, 21, 12, tzinfo=UTC))
    assert [parts[0].name, parts[1].name, parts[2].name] == [
        "audit_log_2026_11",
        "audit_log_2026_12",
        "audit_log_2027_01",
    ]
    assert (len(parts), parts[-1].name) == (13, "audit_log_2027_11")
    assert "FROM ('2026-12-01 00:00:00+00:00') TO ('2027-01-01 00:00:00+00:00')" in parts[1].bound


# ------------------------------------------------------------------ whether rows can be spread by user


async def test_every_key_carries_the_user_or_has_its_reason(admin_connection: asyncpg.Connection[Any]) -> None:
    distribution = await look_at_distribution(admin_connection)
    assert distribution.problems == ()
    assert distribution.keys > 100
    assert REASONS.keys() <= distribution.excused.keys()
    assert described(distribution).endswith("All others carry the user.")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("ALTER TABLE reminder ALTER user_id DROP NOT NULL", "reminder.user_id may be null"),
        ("CREATE UNIQUE INDEX uq_new ON exercise_set (import_id, set_number)", "exercise_set: uq_new has no user"),
        (
            "ALTER TABLE personal_record ADD CONSTRAINT fk_new FOREIGN KEY (exercise_set_id) REFERENCES one (id)",
            "personal_record: fk_new points at one without its user",
        ),
        (
            "ALTER TABLE exercise_set ADD CONSTRAINT fk_new FOREIGN KEY (id, user_id) REFERENCES one (user_id, id)",
            "exercise_set: fk_new points at one without its user",
        ),
        ("DROP INDEX uq_exercise_alias_library", "uq_exercise_alias_library has a reason and needs none"),
    ],
)
async def test_what_does_not_is_found(admin_connection: asyncpg.Connection[Any], change: str, problem: str) -> None:
    transaction = admin_connection.transaction()
    await transaction.start()
    await admin_connection.execute(
        "CREATE TABLE one (user_id uuid NOT NULL, id uuid PRIMARY KEY, UNIQUE (user_id, id))"
    )
    await admin_connection.execute("DELETE FROM personal_record; DELETE FROM exercise_set")
    if "reminder" in change:
        await admin_connection.execute("ALTER TABLE reminder DROP CONSTRAINT pk_reminder")
    await admin_connection.execute(change)
    distribution = await look_at_distribution(admin_connection)
    await transaction.rollback()
    assert problem in distribution.problems
    assert problem in described(distribution)


async def test_the_command_tells_and_ends_with_0() -> None:
    environment = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    run = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "storage", "check", "--distribution", env=environment, stdout=asyncio.subprocess.PIPE
    )
    told, _ = await run.communicate()
    assert run.returncode == 0
    assert told.decode().strip().endswith("All others carry the user.")
