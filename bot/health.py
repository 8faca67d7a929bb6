"""Whether the bot can do its work: asked by the container's health check."""

from __future__ import annotations

import asyncio
import json
from contextlib import closing
from http.client import HTTPConnection, HTTPException

from bot.settings import load_settings

SECONDS = 4


async def is_well() -> bool:
    """Ask the web application where there is one; with long polling and no METRICS_PORT, the database itself."""
    settings = load_settings()
    port = settings.port if settings.webhook_url is not None else settings.metrics_port
    if port is not None:
        return await asyncio.to_thread(_web_answers, port)
    return await _database_answers()


def _web_answers(port: int) -> bool:
    try:
        with closing(HTTPConnection("127.0.0.1", port, timeout=SECONDS)) as connection:
            connection.request("GET", "/healthz")
            response = connection.getresponse()
            return response.status == 200 and json.loads(response.read()).get("database") == "reached"
    except (OSError, HTTPException, ValueError):
        return False


async def _database_answers() -> bool:
    from storage.connecting import open_connection
    from storage.errors import DatabaseUnavailableError
    from storage.opening import addresses_of
    from storage.settings import load_settings as load_storage_settings

    addresses = addresses_of(load_storage_settings())
    if addresses is None:
        # The embedded server lives and dies with the bot.
        return True
    try:
        async with asyncio.timeout(SECONDS):
            connection = await open_connection(addresses.bot)
            await connection.close()
    except (DatabaseUnavailableError, TimeoutError, OSError):
        return False
    return True
