"""Backups of the whole database, with PostgreSQL's own programs.

A backup is written beside its place and moved there when it is whole. It is restored into a database of its own, which
takes the place of the old one when it is complete; the old one stays, under another name.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import asyncpg

from storage.addresses import password_of, without_password
from storage.connecting import open_connection
from storage.embedded import DATABASE, OWNER, SUPERUSER, EmbeddedPostgres
from storage.errors import ConfigurationError
from storage.opening import server_of
from storage.postgres_programs import binaries
from storage.settings import StorageSettings


async def back_up(settings: StorageSettings, target: Path) -> None:
    """Write the database into a file that only its owner may read.

    Raises:
        ConfigurationError: pg_dump cannot; the message is its own.
    """
    async with server_of(settings) as (addresses, server):
        address = addresses.owner if server is None else server.address(DATABASE, SUPERUSER)
        unfinished = target.with_name(target.name + ".part")
        os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        try:
            await _run("pg_dump", address, "--format=custom", f"--file={unfinished}")
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)


async def restore(settings: StorageSettings, source: Path) -> str | None:
    """Put a backup in the place of the database; name the database that holds what was there before, if anything was.

    A database of one's own (DATABASE_URL) has to be empty.

    Raises:
        ConfigurationError: the file or the database is not as it has to be.
    """
    _require_file(source)
    async with server_of(settings) as (addresses, server):
        if server is None:
            await _require_empty(addresses.owner)
            await _restore_into(addresses.owner, source)
            return None
        return await _swap(server, source)


async def _swap(server: EmbeddedPostgres, source: Path) -> str | None:
    maintenance = await open_connection(server.address("postgres", SUPERUSER))
    stamp = datetime.now(UTC).strftime("%Y%m%d_%H%M%S")
    restored, before = f"{DATABASE}_restored_{stamp}", f"{DATABASE}_before_{stamp}"
    try:
        await maintenance.execute(f"CREATE DATABASE {restored} OWNER {OWNER}")
        try:
            await _restore_into(server.address(restored, SUPERUSER), source)
        except ConfigurationError:
            await maintenance.execute(f"DROP DATABASE {restored}")
            raise
        was_empty = await _is_empty(server.address(DATABASE, SUPERUSER))
        await _rename(maintenance, DATABASE, before)
        await _rename(maintenance, restored, DATABASE)
        if was_empty:
            await maintenance.execute(f"DROP DATABASE {before}")
        return None if was_empty else before
    finally:
        await maintenance.close()


async def _rename(maintenance: asyncpg.Connection, name: str, new_name: str) -> None:
    try:
        await maintenance.execute(f"ALTER DATABASE {name} RENAME TO {new_name}")
    except asyncpg.ObjectInUseError as error:
        raise ConfigurationError("The database is in use: stop the bot and close psql first.") from error


def _require_file(source: Path) -> None:
    if not source.is_file():
        raise ConfigurationError(f"There is no file {source}.")


async def _require_empty(address: str) -> None:
    if not await _is_empty(address):
        raise ConfigurationError("The database has tables already: restore into an empty one.")


async def _is_empty(address: str) -> bool:
    connection = await open_connection(address)
    try:
        tables = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
        return bool(await connection.fetchval(tables) == 0)
    finally:
        await connection.close()


async def _restore_into(address: str, source: Path) -> None:
    await _run("pg_restore", address, "--exit-on-error", "--single-transaction", str(source))


async def _run(program: str, address: str, *arguments: str) -> None:
    connection = await open_connection(address)
    version = connection.get_server_version().major
    await connection.close()
    # Everybody on the machine can see what a program was called with, but not its environment.
    password = password_of(address)
    environment = os.environ if password is None else {**os.environ, "PGPASSWORD": password}
    done = subprocess.run(  # noqa: S603, ASYNC221 - PostgreSQL's own programs; nothing else goes on meanwhile
        [_program(program, version), f"--dbname={without_password(address)}", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    if done.returncode != 0:
        said = done.stderr.strip().splitlines()
        raise ConfigurationError(f"{program} failed: {said[0] if said else 'it did not say why'}")


def _program(name: str, version: int) -> str:
    """Find the program that fits the server: a newer pg_dump writes what an older server does not understand."""
    installed = shutil.which(name)
    if installed is not None:
        said = subprocess.run(  # noqa: S603 - a program of PostgreSQL's, where the PATH has it
            [installed, "--version"], capture_output=True, text=True, check=False
        )
        if re.search(rf"\) {version}\b", said.stdout):
            return installed
    return str(binaries() / name)
