"""Splitting a table that has become large, in place: `exercise_set` by user, `audit_log` by month.

The table is made anew with parts, filled, and put in the place of the old one in one transaction, while nobody else
may touch it. Keys, indexes, triggers, policies and rights are taken from the catalogue, so that what later migrations
have added comes along. The parts stand in a schema of their own, ``parts``, closed to the bot's role, which goes
through the table itself and its policies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import asyncpg

from storage.connecting import open_connection
from storage.errors import ConfigurationError

SCHEMA: Final = "parts"
MONTHS_AHEAD: Final = 12

# What stands about a table in the catalogue, as statements that make it again.
INDEXES = """
SELECT pg_get_indexdef(x.indexrelid) FROM pg_index x
 WHERE x.indrelid = $1::regclass AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.indexrelid
       AND k.conrelid = x.indrelid)
 ORDER BY x.indexrelid
"""
CONSTRAINTS = """
SELECT conname, contype::text, pg_get_constraintdef(oid) AS definition FROM pg_constraint
 WHERE conrelid = $1::regclass AND contype IN ('p', 'u', 'f') ORDER BY contype DESC, conname
"""
POINTING_HERE = """
SELECT conrelid::regclass::text AS table, conname, pg_get_constraintdef(oid) AS definition FROM pg_constraint
 WHERE confrelid = $1::regclass AND contype = 'f' AND conrelid <> confrelid AND conparentid = 0 ORDER BY 1, 2
"""
TRIGGERS = (
    "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = $1::regclass AND NOT tgisinternal ORDER BY tgname"
)
POLICIES = """
SELECT format('CREATE POLICY %I ON %s AS %s FOR %s TO %s', policyname, quote_ident($1::text), permissive, cmd,
              (SELECT string_agg(CASE r WHEN 'public' THEN 'PUBLIC' ELSE quote_ident(r) END, ', ')
                 FROM unnest(roles) r))
       || coalesce(' USING (' || qual || ')', '') || coalesce(' WITH CHECK (' || with_check || ')', '')
  FROM pg_policies WHERE schemaname = current_schema() AND tablename = $1::text ORDER BY policyname
"""
GRANTS = """
SELECT format('GRANT %s ON %s TO %I', string_agg(a.privilege_type, ', '), $1::regclass, a.grantee::regrole::text)
  FROM pg_class c, aclexplode(c.relacl) a WHERE c.oid = $1::regclass AND a.grantee <> c.relowner AND a.grantee <> 0
 GROUP BY a.grantee
"""
COLUMNS = """
SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
 WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
"""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a table: its name, and which rows it takes, as PostgreSQL says it."""

    name: str
    bound: str


@dataclass(frozen=True, slots=True)
class Plan:
    """How a table is split. ``primary_key`` has the column that it is split by, as PostgreSQL asks."""

    table: str
    by: str
    primary_key: str
    parts: tuple[Part, ...]


def by_user(parts: int) -> Plan:
    """Split the sets by a hash of their user: one user's stay together."""
    pieces = tuple(
        Part(f"exercise_set_{number:03}", f"FOR VALUES WITH (MODULUS {parts}, REMAINDER {number})")
        for number in range(parts)
    )
    return Plan("exercise_set", "HASH (user_id)", "user_id, id", pieces)


def by_month(first: datetime, now: datetime) -> Plan:
    """Split the log of changes by month, from its first entry to a year from now; another part takes what is beyond."""
    pieces = (*months(first, now), Part("audit_log_beyond", "DEFAULT"))
    return Plan("audit_log", "RANGE (changed_at)", "user_id, id, changed_at", pieces)


def months(first: datetime, now: datetime) -> list[Part]:
    """List the months from one to a year after another, as parts of the log.

    >>> [part.name for part in months(datetime(2026, 11, 30, tzinfo=UTC), datetime(2025, 12, 1, tzinfo=UTC))]
    ['audit_log_2026_11', 'audit_log_2026_12']
    """
    numbers = range(first.year * 12 + first.month - 1, now.year * 12 + now.month + MONTHS_AHEAD)
    return [
        Part(f"audit_log_{_day(number):%Y_%m}", f"FOR VALUES FROM ('{_day(number)}') TO ('{_day(number + 1)}')")
        for number in numbers
    ]


def _day(month: int) -> datetime:
    return datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC)


async def partition(address: str, table: str, parts: int, now: datetime) -> str:
    """Split a table, or add the months to come to a log that is split already; tell what was done.

    Raises:
        ConfigurationError: it is split already, or this user does not own it.
    """
    connection = await open_connection(address, {"timezone": "UTC", "statement_timeout": "0"})
    try:
        is_split = await connection.fetchval("SELECT relkind = 'p' FROM pg_class WHERE oid = $1::regclass", table)
        async with connection.transaction():
            if is_split and table == "audit_log":
                return f"{table} has {await _add_months(connection, now)} more parts."
            if is_split:
                raise ConfigurationError(f"{table} is split already.")
            plan = by_user(parts) if table == "exercise_set" else by_month(await _first_entry(connection) or now, now)
            rows = await _split(connection, plan)
            return f"{table} has {len(plan.parts)} parts and {rows} rows."
    except asyncpg.InsufficientPrivilegeError as error:
        raise ConfigurationError(f"{table} is split by its owner, in MIGRATION_DATABASE_URL: {error}.") from error
    finally:
        await connection.close()


async def _first_entry(connection: asyncpg.Connection[Any]) -> datetime | None:
    await connection.execute("LOCK TABLE audit_log IN ACCESS EXCLUSIVE MODE")
    await connection.execute("ALTER TABLE audit_log NO FORCE ROW LEVEL SECURITY")
    first: datetime | None = await connection.fetchval("SELECT min(changed_at) FROM audit_log")
    return first


async def _add_months(connection: asyncpg.Connection[Any], now: datetime) -> int:
    """Make the parts that are missing. The log's newest rows are in a month's part, so nothing has to be moved."""
    there = {row[0] for row in await connection.fetch("SELECT relname FROM pg_class WHERE relname LIKE 'audit_log_%'")}
    missing = [part for part in months(now, now) if part.name not in there]
    for part in missing:
        await _make_part(connection, "audit_log", part)
    return len(missing)


async def _split(connection: asyncpg.Connection[Any], plan: Plan) -> int:
    """Make the table anew, with parts, and give the number of its rows."""
    old, whole = plan.table, f"{plan.table}_whole"
    await connection.execute(f"LOCK TABLE {old} IN ACCESS EXCLUSIVE MODE")
    pointing = await connection.fetch(POINTING_HERE, old)
    again = await _statements_to_make_again(connection, plan)
    columns = await connection.fetchval(COLUMNS, old)
    # Forced policies would hide the rows from their owner.
    await connection.execute(f"ALTER TABLE {old} NO FORCE ROW LEVEL SECURITY")
    for key in pointing:
        await connection.execute(f"ALTER TABLE {key['table']} DROP CONSTRAINT {key['conname']}")
    await connection.execute(f"ALTER TABLE {old} RENAME TO {whole}")
    await connection.execute(
        f"CREATE TABLE {old} (LIKE {whole} INCLUDING ALL EXCLUDING INDEXES) PARTITION BY {plan.by}"
    )
    await connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    for part in plan.parts:
        await _make_part(connection, old, part)
    moved = await connection.execute(f"INSERT INTO {old} ({columns}) SELECT {columns} FROM {whole}")  # noqa: S608 - names of the catalogue
    await connection.execute(f"DROP TABLE {whole}")
    for statement in again:
        await connection.execute(statement)
    for key in pointing:
        await connection.execute(f"ALTER TABLE {key['table']} ADD CONSTRAINT {key['conname']} {key['definition']}")
    await connection.execute(f"ANALYZE {old}")
    return int(moved.split()[-1])


async def _statements_to_make_again(connection: asyncpg.Connection[Any], plan: Plan) -> Sequence[str]:
    """Take from the catalogue what has to be made again, in an order in which it can be."""
    table = plan.table
    statements = []
    for row in await connection.fetch(CONSTRAINTS, table):
        definition = f"PRIMARY KEY ({plan.primary_key})" if row["contype"] == "p" else row["definition"]
        statements.append(f"ALTER TABLE {table} ADD CONSTRAINT {row['conname']} {definition}")
    for query in (INDEXES, TRIGGERS, POLICIES, GRANTS):
        statements += [row[0] for row in await connection.fetch(query, table)]
    return [
        *statements,
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
    ]


async def _make_part(connection: asyncpg.Connection[Any], table: str, part: Part) -> None:
    """Make a part. Nobody goes to it directly: without policies of its own it would show nothing."""
    name = f"{SCHEMA}.{part.name}"
    await connection.execute(f"CREATE TABLE {name} PARTITION OF {table} {part.bound}")
    await connection.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
    await connection.execute(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")
