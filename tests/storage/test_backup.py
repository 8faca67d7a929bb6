"""Backups: what was written comes back whole, into the embedded server's place and into an empty database elsewhere."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import pytest
from pydantic import SecretStr

from storage.backup import back_up, restore
from storage.connecting import open_connection
from storage.database import Database
from storage.embedded import SUPERUSER, EmbeddedPostgres
from storage.errors import ConfigurationError
from storage.export import export_user, to_json
from storage.opening import open_database
from storage.settings import StorageSettings
from tests.server import Server
from tests.storage.everything import make_everything


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[StorageSettings]:
    """An embedded server of our own."""
    home = Path(tempfile.mkdtemp(prefix="rs-"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield settings_of(repscribe_home=home)
    EmbeddedPostgres(home).stop()
    shutil.rmtree(home, ignore_errors=True)


def settings_of(**values: Any) -> StorageSettings:
    return StorageSettings.model_validate({"database_pool_size": 2, **values})


async def exported(database: Database) -> str:
    async with database.begin(telegram_id=1, create=False) as work:
        return to_json(await export_user(work, with_delivery=True))


async def test_the_embedded_database_is_backed_up_and_restored(settings: StorageSettings, tmp_path: Path) -> None:
    target = tmp_path / "monday.dump"
    async with open_database(settings) as database:
        await make_everything(database, 1)
        before = await exported(database)
        await back_up(settings, target)
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
        assert os.listdir(tmp_path) == ["monday.dump"]  # noqa: PTH208 - nothing waits for so short a list
        async with database.begin(telegram_id=1) as work:
            await work.plans.delete((await work.plans.own())[0].plan.id)
        with pytest.raises(ConfigurationError, match="in use"):
            await restore(settings, target)
    replaced = await restore(settings, target)
    assert replaced is not None
    async with open_database(settings) as database:
        assert await exported(database) == before
        server = EmbeddedPostgres(settings.repscribe_home)
        server.start()
        connection = await open_connection(server.address(replaced, SUPERUSER))
        assert await connection.fetchval("SELECT count(*) FROM workout_plan WHERE deleted_at IS NOT NULL") == 1
        await connection.close()
        server.release()


async def test_a_database_that_was_dropped_is_restored_from_its_backup_elsewhere(
    server: Server, template: str, tmp_path: Path
) -> None:
    target = tmp_path / "backup"
    async with server.throwaway(template) as name, server.throwaway() as empty:
        database = Database(server.bot_of(name), pool_size=1)
        await make_everything(database, 1)
        before = await exported(database)
        await database.close()
        await back_up(settings_of(database_url=SecretStr(server.admin_of(name))), target)
        await server.drop(name)
        elsewhere = settings_of(database_url=SecretStr(server.admin_of(empty)))
        assert await restore(elsewhere, target) is None
        restored = Database(server.bot_of(empty), pool_size=1)
        assert await exported(restored) == before
        await restored.close()
        with pytest.raises(ConfigurationError, match="empty"):
            await restore(elsewhere, target)


async def test_what_is_no_backup_is_refused(settings: StorageSettings, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="There is no file"):
        await restore(settings, tmp_path / "missing")
    (tmp_path / "text").write_text("bench 80x8")
    with pytest.raises(ConfigurationError, match="pg_restore failed"):
        await restore(settings, tmp_path / "text")


async def test_the_password_is_not_among_what_a_program_is_called_with(
    server: Server, template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list of processes shows it to everybody on the machine."""
    told = tmp_path / "told"
    async with server.connect() as connection:
        version = connection.get_server_version().major
    program = tmp_path / "pg_dump"
    program.write_text(
        f'#!/bin/sh\n[ "$1" = --version ] && echo "pg_dump (PostgreSQL) {version}" && exit\n'
        f'printf "%s\\n" "$PGPASSWORD" "$*" > {told}\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    async with server.throwaway(template) as name:
        for address in passworded(server.admin_of(name), "p@ss w/rd"):
            await back_up(settings_of(database_url=SecretStr(address)), tmp_path / "backup")
            password, arguments = told.read_text().splitlines()
            assert password == "p@ss w/rd"
            assert name in arguments
            assert "p@ss" not in arguments
            assert quote("p@ss w/rd", safe="") not in arguments


def passworded(address: str, password: str) -> tuple[str, str]:
    """Give an address with a password, in either of the places that it may have."""
    parts = urlsplit(address)
    user, _, place = parts.netloc.rpartition("@")
    quoted = quote(password, safe="")
    before = urlunsplit(parts._replace(netloc=f"{user.partition(':')[0]}:{quoted}@{place}"))
    query = f"{parts.query}&password={quoted}".lstrip("&")
    return before, urlunsplit(parts._replace(netloc=f"{user.partition(':')[0]}@{place}", query=query))
