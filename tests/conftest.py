"""What all tests share: a real, migrated PostgreSQL as the bot's role, and no network.

``database`` is a copy of the migrated database that the tests of one module share: give each test its own users
(``telegram_id``). ``fresh_database`` is a copy for one test alone.
"""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import pytest
import pytest_asyncio
import pytest_socket

from storage.connecting import open_connection
from storage.database import Database
from storage.migrating import bring_up_to_date
from tests.server import Server, running_server

BOT_ROLE = "repscribe_bot"

_telegram_ids = itertools.count(7_000_001)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with running_server() as server:
        yield server


@pytest.fixture(autouse=True)
def _no_network(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let tests reach this machine and the database, and nothing else."""
    named = urlsplit(request.getfixturevalue("server").admin).hostname if "server" in request.fixturenames else None
    hosts = ["127.0.0.1", "::1", *([named] if named else [])]
    pytest_socket.socket_allow_hosts(hosts, allow_unix_socket=True)
    yield
    pytest_socket._remove_restrictions()


@pytest_asyncio.fixture(scope="session")
async def template(server: Server) -> AsyncIterator[str]:
    """A migrated database with the library, made once a test run."""
    async with server.throwaway() as name:
        await bring_up_to_date(server.owner_of(name), BOT_ROLE)
        yield name


@pytest_asyncio.fixture(scope="module")
async def database_name(server: Server, template: str) -> AsyncIterator[str]:
    async with server.throwaway(template) as name:
        yield name


@pytest_asyncio.fixture(scope="module")
async def database(server: Server, database_name: str) -> AsyncIterator[Database]:
    """The database of this module, as the bot's role."""
    database = Database(server.bot_of(database_name), role=BOT_ROLE, pool_size=5)
    yield database
    await database.close()


@pytest_asyncio.fixture
async def fresh_database(server: Server, template: str) -> AsyncIterator[Database]:
    """A database of this test alone, as the bot's role."""
    async with server.throwaway(template) as name:
        database = Database(server.bot_of(name), role=BOT_ROLE, pool_size=5)
        yield database
        await database.close()


@pytest_asyncio.fixture
async def admin_connection(server: Server, database_name: str) -> AsyncIterator[asyncpg.Connection[Any]]:
    """A connection to the module's database as a superuser, who sees every row."""
    connection = await open_connection(server.admin_of(database_name))
    yield connection
    await connection.close()


@pytest_asyncio.fixture
async def owner_connection(server: Server, database_name: str) -> AsyncIterator[asyncpg.Connection[Any]]:
    """A connection to the module's database as the owner of the tables."""
    connection = await open_connection(server.owner_of(database_name))
    yield connection
    await connection.close()


@pytest.fixture
def telegram_id() -> int:
    """A Telegram id that no other test has."""
    return next(_telegram_ids)


@pytest.fixture
def other_telegram_id() -> int:
    return next(_telegram_ids)
