"""`python -m tests.load`: fill a database to the size of years and time the bot on it.

    python -m tests.load                      # 0.12, 1 and 9 million sets; about half an hour, 6 GB of disk
    python -m tests.load --sessions 4 33      # 0.12 and 1 million sets
    python -m tests.load --home DIR --runs 0  # only fill; with --home and without --runs 0 what is there is timed,
                                              # with other people each time (--first): they train on that day

Every figure stands beside a bare asyncpg transaction that does the writes of a log in the same run: machines differ,
the ratio much less.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from time import monotonic
from typing import Any

import uvloop
from sqlalchemy import text

from storage import embedded
from storage.embedded import EmbeddedPostgres
from storage.migrating import bring_up_to_date
from tests.load.fill import SESSIONS, USERS, Filling, follow_up
from tests.load.throughput import Load, throughput
from tests.load.timing import Bench, Plans, Series, open_bench, sequential_scans
from tests.server import Server

# A server as it would be run: durable, with some memory.
OPTIONS = (
    "max_connections=200",
    "shared_buffers=1GB",
    "maintenance_work_mem=512MB",
    "max_wal_size=8GB",
    "work_mem=16MB",
)
PEOPLE = 20


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--sessions", type=int, nargs="+", default=[4, 33, SESSIONS], help="sessions of each user")
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--messages", type=int, default=4_000)
    parser.add_argument("--chats", type=int, default=1_000)
    parser.add_argument("--first", type=int, default=100, help="the first of the people who are timed")
    parser.add_argument("--home", type=Path, help="keep the databases there; those that are there are not filled anew")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends it ends what it has started
    return uvloop.run(bench(parser.parse_args()))  # as `python -m bot run` does


async def bench(wanted: argparse.Namespace) -> int:
    home = wanted.home or Path(tempfile.mkdtemp(prefix="repscribe-load-"))
    postgres = EmbeddedPostgres(home, OPTIONS)
    postgres.start()
    try:
        roles = (embedded.SUPERUSER, embedded.OWNER, embedded.BOT_ROLE)
        server = Server(*(postgres.address("postgres", role) for role in roles), embedded.OWNER)
        names = [await _filled(server, sessions) for sessions in wanted.sessions]
        if not wanted.runs:
            return 0
        scans = [await _timed(wanted, server, name) for name in names]
        for processes in (1, 2):
            load = await throughput(server.bot_of(names[-1]), processes, wanted.chats, wanted.messages, home)
            _print_load(load, wanted.chats)
    finally:
        postgres.release()
        postgres.stop()
        if wanted.home is None:
            shutil.rmtree(home, ignore_errors=True)
    return 1 if scans[-1] else 0


async def _filled(server: Server, sessions: int) -> str:
    """Give the name of a database in which every user has so many sessions; it is filled where it is not there yet."""
    name, began = f"load_{sessions}", monotonic()
    async with server.connect() as admin:
        is_there = await admin.fetchval("SELECT true FROM pg_database WHERE datname = $1", name)
    if is_there:
        await bring_up_to_date(server.owner_of(name), embedded.BOT_ROLE)
        return name
    filled = await server.create()
    await bring_up_to_date(server.owner_of(filled), embedded.BOT_ROLE)
    async with server.connect(filled) as connection:
        filling = Filling(connection, lambda line: print(line, flush=True))
        await filling.people()
        sets = await filling.grow(sessions)
        async with open_bench(server.bot_of(filled), embedded.BOT_ROLE) as bench:
            await follow_up(bench.app.database, sessions)
        await connection.execute("VACUUM (ANALYZE) personal_record, daily_workout_summary")
        size = await connection.fetchval("SELECT pg_size_pretty(pg_database_size(current_database()))")
    print(f"{sets:,} sets of {USERS:,} users: {size}, filled in {monotonic() - began:.0f} s", flush=True)
    async with server.connect() as admin:
        await admin.execute(f"ALTER DATABASE {filled} RENAME TO {name}")  # a name for what is whole
    return name


async def _timed(wanted: argparse.Namespace, server: Server, name: str) -> set[str]:
    """Time what users do, and name their tables that were read from end to end."""
    async with open_bench(server.bot_of(name), embedded.BOT_ROLE) as bench:
        sets = await bench.bare.fetchval("SELECT reltuples FROM pg_class WHERE relname = 'exercise_set'")
        print(f"\n{sets:,.0f} sets of {USERS:,} users", flush=True)
        people = list(range(wanted.first, wanted.first + PEOPLE))
        logs = await bench.quick_logs(wanted.runs, people)
        with Plans(bench.app.database) as plans:
            commands = await bench.commands(max(wanted.runs // 6, 20), people)
        _print(logs | commands)
        scans = await _explain(bench, plans)
    found = ", ".join(sorted(scans)) or "none"
    print(f"  sequential scans over users' tables of more than 1 MB: {found}", flush=True)
    return scans


def _print_load(load: Load, chats: int) -> None:
    print(f"\n{chats} chats at once, processes: {load.processes}; {load.messages / load.seconds:.0f} messages/s")
    for what, series in (("acknowledged after", load.waited), ("once it had a connection", load.handled)):
        print(f"  {what} {series.median:.0f} ms (median), {series.quantile(0.99):.0f} ms (99 %)")
    print(
        f"  up after {load.start_seconds:.1f} s; MiB: {load.at_rest:.0f} at rest, {load.under_load:.0f} in use",
        flush=True,
    )


def _print(found: Mapping[str, Series]) -> None:
    bare = found["bare transaction"].median
    print(f"  {'':28}{'median':>10}{'99 %':>10}{'ratio':>8}")
    for name, series in found.items():
        ratio = series.median / bare
        print(f"  {name:28}{series.median:8.2f} ms{series.quantile(0.99):7.2f} ms{ratio:7.1f}x", flush=True)


async def _explain(bench: Bench, plans: Plans) -> set[str]:
    """Have every statement that ran explained as the bot's role, for one of the users."""
    found: dict[str, str] = {}
    async with bench.app.database.begin(telegram_id=10_000_100, lock=False) as work:
        owned = {
            row[0]
            for row in await work.session.execute(
                # A table of few pages is read whole because that is quickest, whatever indexes it has.
                text(
                    "SELECT t.relname FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid"
                    " WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace AND a.attname = 'user_id'"
                    " AND pg_relation_size(t.oid) > 1000000"
                )
            )
        }
        connection = await work.session.connection()
        for statement, parameters in plans.statements.items():
            if "enter_user" in statement:
                continue
            rows: Any = await connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters)
            for table in sequential_scans(rows.scalar()[0]["Plan"]) & owned:
                found.setdefault(table, statement)
    for table, statement in found.items():
        print(f"  seq scan of {table}: {statement[:200]}")
    return set(found)


if __name__ == "__main__":
    sys.exit(main())
