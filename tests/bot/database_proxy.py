"""A way to the database that can be cut: what a test sees when PostgreSQL goes away and comes back."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlsplit

SOCKET = ".s.PGSQL.5432"


class DatabaseProxy:
    """Passes bytes between a socket of its own and the real server, for as long as it is up."""

    def __init__(self, upstream: str, directory: Path) -> None:
        self._upstream = urlsplit(upstream)
        self._directory = directory
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    @property
    def address(self) -> str:
        """Give the address that leads through here."""
        userinfo = self._upstream.netloc.rpartition("@")[0]
        return f"postgresql://{userinfo}@{self._upstream.path}?host={quote(str(self._directory), safe='/')}"

    async def up(self) -> None:
        self._server = await asyncio.start_unix_server(self._serve, self._directory / SOCKET)

    async def down(self) -> None:
        """Refuse new connections and cut those that are open."""
        if self._server is not None:
            self._server.close()
            (self._directory / SOCKET).unlink(missing_ok=True)
        self.cut()

    def cut(self) -> None:
        for writer in self._writers:
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            upstream_reader, upstream_writer = await self._connect()
            self._writers.add(upstream_writer)
            await asyncio.gather(_pass(reader, upstream_writer), _pass(upstream_reader, writer))
            self._writers.discard(upstream_writer)
        finally:
            self._writers.discard(writer)

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        host = dict(parse_qsl(self._upstream.query)).get("host")
        if host is not None:
            return await asyncio.open_unix_connection(Path(host) / SOCKET)
        return await asyncio.open_connection(self._upstream.hostname, self._upstream.port or 5432)


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    with suppress(ConnectionError, RuntimeError):
        writer.close()


@asynccontextmanager
async def database_proxy(upstream: str) -> AsyncIterator[DatabaseProxy]:
    """Open a way to the database at an address, up to begin with."""
    directory = Path(tempfile.mkdtemp(prefix="repscribe-proxy-"))
    proxy = DatabaseProxy(upstream, directory)
    await proxy.up()
    try:
        yield proxy
    finally:
        await proxy.down()
        shutil.rmtree(directory, ignore_errors=True)
