"""The PostgreSQL that the tests run on, and throwaway databases there.

TEST_DATABASE_URL or DATABASE_URL names a server on which the tests may make databases; without them the embedded server
is started in a temporary directory. One database is migrated and filled with the library; the others are copies of it,
which takes a tenth of a second each.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg

from storage import embedded
from storage.addresses import normalise_address, with_database
from storage.connecting import open_connection
from storage.embedded import EmbeddedPostgres

HOME_PREFIX = "repscribe-tests-"

# A test's data need not survive a power cut.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "autovacuum=off")


@dataclass(frozen=True)
class Server:
    """How to reach a database of the test server: as who may make databases, as the owner of tables, as the bot."""

    admin: str
    owner: str
    bot: str
    owner_role: str | None = None

    def admin_of(self, database: str) -> str:
        return with_database(self.admin, database)

    def owner_of(self, database: str) -> str:
        return with_database(self.owner, database)

    def bot_of(self, database: str) -> str:
        return with_database(self.bot, database)

    @asynccontextmanager
    async def connect(self, database: str = "postgres") -> AsyncIterator[asyncpg.Connection[Any]]:
        connection = await open_connection(self.admin_of(database))
        try:
            yield connection
        finally:
            await connection.close()

    async def create(self, template: str | None = None) -> str:
        """Make a database, empty or as a copy, and name it."""
        name = f"repscribe_test_{uuid4().hex[:12]}"
        copied = f" TEMPLATE {template}" if template else ""
        owner = f" OWNER {self.owner_role}" if self.owner_role else ""
        async with self.connect() as connection:
            await connection.execute(f"CREATE DATABASE {name}{copied}{owner}")
        return name

    async def drop(self, name: str) -> None:
        async with self.connect() as connection:
            await connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    @asynccontextmanager
    async def throwaway(self, template: str | None = None) -> AsyncIterator[str]:
        name = await self.create(template)
        try:
            yield name
        finally:
            await self.drop(name)


@contextmanager
def running_server() -> Iterator[Server]:
    """Use the server that the environment names, or the embedded one."""
    named = os.environ.get("TEST_DATABASE_URL") or os.environ.get("DATABASE_URL")
    if named:
        address = normalise_address(named)
        yield Server(address, address, address)
        return
    _clear_abandoned()
    home = Path(tempfile.mkdtemp(prefix=HOME_PREFIX))
    server = EmbeddedPostgres(home, FAST)
    try:
        server.start()
        admin, owner, bot = (
            server.address("postgres", user) for user in (embedded.SUPERUSER, embedded.OWNER, embedded.BOT_ROLE)
        )
        yield Server(admin, owner, bot, embedded.OWNER)
    finally:
        server.release()
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


def _clear_abandoned() -> None:
    """Stop the servers of test runs that were killed."""
    for home in Path(tempfile.gettempdir()).glob(f"{HOME_PREFIX}*"):
        with suppress(OSError), (home / "postgres.in-use").open("rb+") as use:
            fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            EmbeddedPostgres(home).stop()
            shutil.rmtree(home, ignore_errors=True)
