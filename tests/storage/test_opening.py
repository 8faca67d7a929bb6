"""From settings to a database: one address or two, whatever role it names, and one clear sentence when it cannot be."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit
from uuid import uuid4

import pytest
import pytest_asyncio
from pydantic import SecretStr
from sqlalchemy import text

from storage import connecting
from storage.addresses import normalise_address, shown, user_of, with_database
from storage.connecting import open_connection
from storage.database import Database
from storage.errors import ConfigurationError
from storage.migrating import migrate
from storage.opening import addresses_of, open_database
from storage.settings import StorageSettings, load_settings
from tests.conftest import BOT_ROLE
from tests.server import Server

PASSWORD = "a word: with @/%? signs"


def settings_of(bot: str, owner: str | None = None, **others: object) -> StorageSettings:
    values: dict[str, object] = {"database_url": SecretStr(bot), "database_pool_size": 2, **others}
    if owner is not None:
        values["migration_database_url"] = SecretStr(owner)
    return StorageSettings.model_validate(values)


def as_user(address: str, user: str, password: str = PASSWORD) -> str:
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    netloc = f"{user}:{quote(password, safe='')}@{host}"
    return urlunsplit(parts._replace(netloc=netloc)) if host else f"postgresql://{netloc}{parts.path}?{parts.query}"


@dataclass(frozen=True)
class Roles:
    """A database that belongs to an owner who is no superuser, and a bot that may only log in."""

    owner: str
    bot: str
    owner_address: str
    bot_address: str


@pytest_asyncio.fixture
async def roles(server: Server) -> AsyncIterator[Roles]:
    mark = uuid4().hex[:8]
    owner, bot, name = f"owner_{mark}", f"bot_{mark}", f"repscribe_test_{mark}"
    async with server.connect() as connection:
        for role in (owner, bot):
            await connection.execute(f"CREATE ROLE {role} LOGIN PASSWORD '{PASSWORD}'")
        await connection.execute(f"CREATE DATABASE {name} OWNER {owner}")
        address = server.admin_of(name)
        yield Roles(owner, bot, as_user(address, owner), as_user(address, bot))
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await connection.execute(f"DROP ROLE {owner}")
        await connection.execute(f"DROP ROLE {bot}")


async def role_of(database: Database) -> str:
    async with database.begin(telegram_id=1) as work:
        return str(await work.session.scalar(text("SELECT current_user")))


async def test_two_addresses_the_bot_connects_as_itself(roles: Roles) -> None:
    async with open_database(settings_of(roles.bot_address, roles.owner_address)) as database:
        assert await role_of(database) == roles.bot
    # From now on the bot's address is enough.
    async with open_database(settings_of(roles.bot_address)) as database:
        assert await role_of(database) == roles.bot


async def test_the_bots_address_alone_cannot_migrate(roles: Roles) -> None:
    with pytest.raises(ConfigurationError, match="MIGRATION_DATABASE_URL"):
        async with open_database(settings_of(roles.bot_address)):
            pass


async def test_an_owner_who_may_not_make_roles_says_so(server: Server, roles: Roles) -> None:
    missing = f"missing_{uuid4().hex[:8]}"
    with pytest.raises(ConfigurationError, match=f'CREATE ROLE "{missing}"'):
        await migrate(roles.owner_address, missing)


async def test_an_owner_alone_acts_as_the_bots_role(server: Server, roles: Roles) -> None:
    async with server.connect() as connection:
        await connection.execute(f"ALTER ROLE {roles.owner} CREATEROLE")
        made = f"made_{uuid4().hex[:8]}"
        async with open_database(settings_of(roles.owner_address, REPSCRIBE_DATABASE_ROLE=made)) as database:
            assert await role_of(database) == made
        await connection.execute(f"DROP DATABASE {urlsplit(roles.owner_address).path[1:]} WITH (FORCE)")
        await connection.execute(f"CREATE DATABASE {urlsplit(roles.owner_address).path[1:]}")
        await connection.execute(f"DROP ROLE {made}")


async def test_a_superuser_acts_as_the_bots_role(server: Server, template: str) -> None:
    async with server.throwaway(template) as name:
        database = Database(server.admin_of(name), role=BOT_ROLE, pool_size=1)
        assert await role_of(database) == BOT_ROLE
        await database.close()


async def test_a_role_that_passes_row_level_security_by_is_refused(server: Server, roles: Roles) -> None:
    async with server.connect() as connection:
        await connection.execute(f"ALTER ROLE {roles.bot} BYPASSRLS")
    with pytest.raises(ConfigurationError, match="bypass row-level security"):
        await migrate(roles.owner_address, roles.bot)


# ------------------------------------------------------------------ addresses


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("postgres://me@db/x", "postgresql://me@db/x"),
        ("postgresql://me@db:5433/x?sslmode=require", "postgresql://me@db:5433/x?sslmode=require"),
        ("postgresql+asyncpg://me@/x?host=/run/pg", "postgresql://me@/x?host=/run/pg"),
        ("  postgresql+psycopg://db/x\n", "postgresql://db/x"),
    ],
)
def test_addresses_as_people_write_them(written: str, read: str) -> None:
    assert normalise_address(written) == read


@pytest.mark.parametrize("written", ["", "mysql://db/x", "localhost:5432", "sqlite:///x.db", "postgresql://db:port/x"])
def test_what_is_no_address(written: str) -> None:
    with pytest.raises(ConfigurationError, match="DATABASE_URL"):
        normalise_address(written)


def test_parts_of_an_address() -> None:
    address = "postgresql://a%40b:secret@db:5433/one?sslmode=require&dbname=two"
    assert user_of(address) == "a@b"
    assert with_database(address, "three") == "postgresql://a%40b:secret@db:5433/three?sslmode=require"
    assert with_database("postgresql://me@/one?host=/run/pg", "two") == "postgresql://me@/two?host=/run/pg"
    assert shown(address) == "db:5433/one"
    assert "secret" not in shown(address)


async def test_all_forms_of_the_servers_address_connect(server: Server, database_name: str) -> None:
    rest = server.admin_of(database_name).removeprefix("postgresql")
    for scheme in ("postgres", "postgresql", "postgresql+asyncpg"):
        connection = await open_connection(normalise_address(scheme + rest))
        assert await connection.fetchval("SELECT current_database()") == database_name
        await connection.close()


async def test_a_server_that_is_too_old_is_refused(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "OLDEST_VERSION", 99)
    with pytest.raises(ConfigurationError, match="PostgreSQL 99 or newer is needed"):
        await open_connection(server.admin)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("postgresql://bot:hunter2@127.0.0.1:1/x", r"No database answers at 127\.0\.0\.1:1/x"),
        ("postgresql://bot:hunter2@/x?host=/nowhere", "No database answers at /nowhere/x"),
    ],
)
async def test_nobody_there(address: str, sentence: str) -> None:
    with pytest.raises(ConfigurationError, match=sentence) as caught:
        async with open_database(settings_of(address)):
            pass
    assert "hunter2" not in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_a_database_that_is_not_there(server: Server) -> None:
    with pytest.raises(ConfigurationError, match='database "not_there" does not exist'):
        async with open_database(settings_of(server.admin_of("not_there"))):
            pass


def test_the_owners_address_alone_is_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    settings = StorageSettings.model_validate({"migration_database_url": SecretStr("postgresql://db/x")})
    with pytest.raises(ConfigurationError, match="DATABASE_URL is not"):
        addresses_of(settings)


def test_a_wrong_setting_is_named_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_POOL_SIZE", "plenty")
    with pytest.raises(ConfigurationError, match="DATABASE_POOL_SIZE") as caught:
        load_settings()
    assert "plenty" not in str(caught.value)


def test_the_home_is_the_users_data_directory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("REPSCRIBE_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert StorageSettings(_env_file=None).repscribe_home == tmp_path / "repscribe"
    monkeypatch.setenv("REPSCRIBE_HOME", "~/lifts")
    assert StorageSettings(_env_file=None).repscribe_home == Path.home() / "lifts"
