"""From settings to a database that can be used: which server, as whom, and is everything up to date."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from storage import embedded
from storage.addresses import normalise_address, user_of
from storage.connecting import open_connection
from storage.database import Database
from storage.embedded import EmbeddedPostgres
from storage.errors import ConfigurationError, DatabaseUnavailableError
from storage.migrating import bring_up_to_date, is_up_to_date, with_connection
from storage.settings import StorageSettings, load_settings


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the data is, for the bot and for the owner of the tables, and the role that the bot acts as."""

    bot: str
    owner: str
    bot_role: str


def addresses_of(settings: StorageSettings) -> Addresses | None:
    """Take the addresses from the settings; None means the embedded server.

    With two addresses the bot's role is whoever the bot's address names; with one it is the role of the settings.
    """
    if settings.database_url is None:
        if settings.migration_database_url is not None:
            raise ConfigurationError(
                "MIGRATION_DATABASE_URL is set and DATABASE_URL is not: the bot needs its own too."
            )
        return None
    bot = normalise_address(settings.database_url.get_secret_value())
    if settings.migration_database_url is None:
        return Addresses(bot, bot, settings.database_role)
    owner = normalise_address(settings.migration_database_url.get_secret_value())
    named = user_of(bot)
    is_other = named is not None and named != user_of(owner)
    return Addresses(bot, owner, named if is_other and named is not None else settings.database_role)


@asynccontextmanager
async def open_database(settings: StorageSettings | None = None) -> AsyncIterator[Database]:
    """Open the database of the settings, migrated and with its library, and close it at the end of the block.

    Without DATABASE_URL the embedded server is started, or joined where it runs already.

    Raises:
        ConfigurationError: a setting is wrong, nobody answers at the address, or the database is not up to date and may
            not be migrated from here.
    """
    settings = settings or load_settings()
    async with server_of(settings) as (addresses, server):
        database = Database(
            addresses.bot,
            role=addresses.bot_role,
            pool_size=settings.database_pool_size,
            revive=server.ensure_running if server is not None else None,
        )
        try:
            try:
                await _ensure_up_to_date(addresses)
                await database.ping()
            except DatabaseUnavailableError as error:
                raise ConfigurationError(str(error)) from error
            yield database
        finally:
            await database.close()


@asynccontextmanager
async def server_of(settings: StorageSettings) -> AsyncIterator[tuple[Addresses, EmbeddedPostgres | None]]:
    """Name the addresses to use, and keep the embedded server running meanwhile where it is the one."""
    addresses = addresses_of(settings)
    if addresses is not None:
        yield addresses, None
        return
    server = EmbeddedPostgres(settings.repscribe_home)
    await asyncio.to_thread(server.start)
    try:
        bot, owner = (server.address(user=user) for user in (embedded.BOT_ROLE, embedded.OWNER))
        yield Addresses(bot, owner, embedded.BOT_ROLE), server
    finally:
        await asyncio.to_thread(server.release)


@asynccontextmanager
async def migration_target(settings: StorageSettings) -> AsyncIterator[tuple[str, str]]:
    """Name the owner's address and the bot's role, with the server running meanwhile."""
    async with server_of(settings) as (addresses, _):
        yield addresses.owner, addresses.bot_role


def with_migration_connection(work: Callable[[Connection, str], Any]) -> None:
    """Do something on the database that the settings name: for the ``alembic`` command."""

    async def run() -> None:
        async with migration_target(load_settings()) as (address, bot_role):
            await with_connection(address, lambda connection: work(connection, bot_role))

    asyncio.run(run())


async def _ensure_up_to_date(addresses: Addresses) -> None:
    if await is_up_to_date(addresses.owner):
        return
    if not await _may_migrate(addresses.owner):
        raise ConfigurationError(
            "The database is not up to date and this user may not migrate it: run `python -m storage migrate` with "
            "the owner's address in MIGRATION_DATABASE_URL."
        )
    await bring_up_to_date(addresses.owner, addresses.bot_role)


async def _may_migrate(address: str) -> bool:
    """Tell whether a user may make tables here, and owns those that are there."""
    connection = await open_connection(address)
    try:
        may = await connection.fetchval(
            "SELECT has_schema_privilege(current_schema(), 'CREATE') AND NOT EXISTS (SELECT FROM pg_class c"
            " WHERE c.relname = 'alembic_version' AND c.relnamespace = current_schema()::regnamespace"
            " AND NOT pg_has_role(c.relowner, 'USAGE'))"
        )
    finally:
        await connection.close()
    return bool(may)
