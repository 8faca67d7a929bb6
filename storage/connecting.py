"""One connection to PostgreSQL: opened by any address, checked, and acting as the role that it shall be."""

from __future__ import annotations

import socket
import ssl
from typing import Any

import asyncpg
from sqlalchemy import NullPool
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.addresses import normalise_address, shown
from storage.errors import ConfigurationError, DatabaseUnavailableError

OLDEST_VERSION = 15
CONNECT_SECONDS = 10.0

# The bot has some two hundred statements, and a few more for their variants: none shall push another out.
PREPARED_STATEMENTS = 500

# Whoever may pass row-level security by (a superuser, an owner of tables) has to act as the bot's own role.
LOOK_AROUND = """
SELECT r.rolsuper OR r.rolbypassrls OR EXISTS (
           SELECT FROM pg_class c
            WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
              AND pg_has_role(c.relowner, 'USAGE')
       ) AS is_privileged,
       EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS has_role
  FROM pg_roles r
 WHERE r.rolname = current_user
"""


async def open_connection(address: str, settings: dict[str, str] | None = None) -> asyncpg.Connection[Any]:
    """Open a connection to a PostgreSQL that is new enough.

    Raises:
        ConfigurationError: the address, the user, the password or the version is wrong.
        DatabaseUnavailableError: nobody answers there now.
    """
    try:
        connection = await asyncpg.connect(
            normalise_address(address),
            timeout=CONNECT_SECONDS,
            server_settings=settings or {},
            statement_cache_size=PREPARED_STATEMENTS,
            max_cached_statement_lifetime=0,  # for as long as the connection lives
        )
    except (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidPasswordError) as error:
        raise ConfigurationError(
            f"PostgreSQL at {shown(address)} refuses the user or the password: {error}."
        ) from error
    except asyncpg.InvalidCatalogNameError as error:
        raise ConfigurationError(f"PostgreSQL answers, but {error} ({shown(address)}).") from error
    except (asyncpg.ClientConfigurationError, ValueError) as error:
        raise ConfigurationError(f"The database address {shown(address)} cannot be used: {error}.") from error
    except (
        OSError,
        TimeoutError,
        ssl.SSLError,
        socket.gaierror,
        asyncpg.PostgresError,
        asyncpg.InterfaceError,
    ) as error:
        raise DatabaseUnavailableError(f"No database answers at {shown(address)}: {_reason(error)}.") from error
    version = connection.get_server_version()
    if version.major < OLDEST_VERSION:
        await connection.close()
        raise ConfigurationError(
            f"PostgreSQL {OLDEST_VERSION} or newer is needed; {shown(address)} is {version.major}.{version.minor}."
        )
    return connection


async def act_as(connection: asyncpg.Connection[Any], role: str) -> None:
    """Take on the bot's role for the life of a connection that could otherwise see everybody's rows.

    Raises:
        ConfigurationError: there is no such role yet, or this user may not take it on.
    """
    found = await connection.fetchrow(LOOK_AROUND, role)
    assert found is not None
    if not found["is_privileged"]:
        return
    if not found["has_role"]:
        raise ConfigurationError(f"The database has no role {role} yet: run `make migrate` first.")
    try:
        await connection.execute("SELECT set_config('role', $1, false)", role)
    except asyncpg.InsufficientPrivilegeError as error:
        user = await connection.fetchval("SELECT current_user")
        raise ConfigurationError(
            f"The database user {user} owns the tables and may not act as {role}: GRANT {role} TO {user}, "
            "or give the bot an address of its own in DATABASE_URL and the owner's in MIGRATION_DATABASE_URL."
        ) from error


def plain_engine(address: str, settings: dict[str, str] | None = None) -> AsyncEngine:
    """Make an engine without a pool that connects as the address says: for migrations and for looking around."""

    async def connect() -> asyncpg.Connection[Any]:
        return await open_connection(address, settings)

    return create_async_engine("postgresql+asyncpg://", async_creator=connect, poolclass=NullPool, hide_parameters=True)


def _reason(error: BaseException) -> str:
    text = str(error).strip().splitlines()
    return text[0].rstrip(".") if text else type(error).__name__
