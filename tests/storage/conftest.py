"""Fixtures for looking at what storage does to the database."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import event

from storage.database import Database
from tests.server import Server

CutConnections = Callable[[], Awaitable[int]]


@pytest.fixture
def statements(database: Database) -> Iterator[list[str]]:
    """Every statement that the bot sends in this test; BEGIN and COMMIT are not among them."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    engine = database._engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def cut_connections(server: Server, database_name: str) -> CutConnections:
    """End all connections to the module's database, as a restart of the server would; tells how many there were."""

    async def cut() -> int:
        async with server.connect() as connection:
            gone = await connection.fetchval(
                "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = $1", database_name
            )
        return int(gone)

    return cut
