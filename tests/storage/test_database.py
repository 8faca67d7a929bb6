"""The unit of work: one user a transaction, found or made by Telegram id; no pooled connection carries anybody over."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text

from storage.database import CONNECTION_SETTINGS, Database
from storage.direct import Direct
from storage.errors import DatabaseUnavailableError, NotFoundError
from storage.models import User
from storage.unit_of_work import UnitOfWork
from tests.server import Server
from tests.storage.conftest import CutConnections


async def test_a_user_is_made_once_and_found_again(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id, language="es", username="ana", seen_at=_now()) as work:
        made = work.user
    async with database.begin(telegram_id=telegram_id, language="fr", username="ana_lifts", seen_at=_now()) as work:
        found = work.user
    assert (made.language, made.username) == ("es", "ana")
    assert (found.id, found.language, found.username) == (made.id, "es", "ana_lifts")
    async with database.begin(user_id=made.id) as work:
        assert work.user.telegram_id == telegram_id


async def test_twenty_first_messages_at_once_make_one_user(database: Database, telegram_id: int) -> None:
    async def enter() -> object:
        async with database.begin(telegram_id=telegram_id) as work:
            return work.user_id

    assert len(set(await asyncio.gather(*(enter() for _ in range(20))))) == 1


async def test_an_unknown_user_id_is_not_found(database: Database) -> None:
    with pytest.raises(NotFoundError):
        async with database.begin(user_id=uuid4()):
            pass


async def test_an_exception_rolls_everything_back(database: Database, telegram_id: int) -> None:
    async def fail(work: UnitOfWork) -> None:
        work.user.timezone = "Europe/Berlin"
        await work.session.flush()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.run(fail, telegram_id=telegram_id)
    async with database.begin(telegram_id=telegram_id) as work:
        assert work.user.timezone == "UTC"


async def test_a_user_sees_only_the_own_user_row(database: Database, telegram_id: int, other_telegram_id: int) -> None:
    async with database.begin(telegram_id=other_telegram_id):
        pass
    async with database.begin(telegram_id=telegram_id) as work:
        assert await work.session.scalar(select(func.count()).select_from(User)) == 1


async def test_interleaved_users_never_carry_over(database: Database) -> None:
    ids = range(8_000_001, 8_000_021)

    async def enter(telegram_id: int) -> None:
        async with database.begin(telegram_id=telegram_id) as work:
            seen = (await work.session.scalars(select(User.telegram_id))).all()
            assert seen == [telegram_id]

    await asyncio.gather(*(enter(telegram_id) for telegram_id in [*ids] * 10))


async def test_without_a_user_there_are_no_rows(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id):
        pass
    async with database._engine.connect() as connection:
        assert await connection.scalar(text('SELECT count(*) FROM "user"')) == 0


async def test_one_user_takes_turns(database: Database, telegram_id: int) -> None:
    inside = 0
    most = 0

    async def enter() -> None:
        nonlocal inside, most
        async with database.begin(telegram_id=telegram_id) as work:
            inside += 1
            most = max(most, inside)
            await work.session.execute(text("SELECT 1"))
            inside -= 1

    await asyncio.gather(*(enter() for _ in range(10)))
    assert most == 1


async def test_both_doors_share_the_turn(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        user_id = work.user_id
    async with database.begin(telegram_id=telegram_id), database.begin(user_id=user_id, lock=False) as looking:
        assert looking.user_id == user_id
        free = "SELECT pg_try_advisory_xact_lock(hashtextextended(:user, 0))"
        assert await looking.session.scalar(text(free), {"user": str(user_id)}) is False


async def test_a_quick_unit_of_work_is_one_statement_between_begin_and_commit(
    database: Database, telegram_id: int, statements: list[str]
) -> None:
    async with database.begin(telegram_id=telegram_id):
        pass
    statements.clear()
    async with database.begin(telegram_id=telegram_id):
        pass
    assert len(statements) == 1


async def test_last_seen_is_written_at_most_once_a_minute(database: Database, telegram_id: int) -> None:
    begun = _now()
    for seconds, expected in ((0, 0), (30, 0), (61, 61)):
        async with database.begin(telegram_id=telegram_id, seen_at=begun + timedelta(seconds=seconds)) as work:
            assert work.user.last_seen_at == begun + timedelta(seconds=expected)


async def test_a_dead_pooled_connection_is_replaced(
    database: Database, telegram_id: int, cut_connections: CutConnections
) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        user_id = work.user_id
    assert await cut_connections() > 0
    async with database.begin(telegram_id=telegram_id) as work:
        assert work.user_id == user_id


async def test_run_tries_once_more_after_a_lost_connection(
    database: Database, telegram_id: int, cut_connections: CutConnections
) -> None:
    tries = 0

    async def work_fn(work: UnitOfWork) -> int:
        nonlocal tries
        tries += 1
        if tries == 1:
            await cut_connections()
        await work.session.execute(text("SELECT 1"))
        return tries

    assert await database.run(work_fn, telegram_id=telegram_id) == 2


async def test_a_connection_lost_inside_a_block_is_unavailability(
    database: Database, telegram_id: int, cut_connections: CutConnections
) -> None:
    async def lose(work: UnitOfWork) -> None:
        await cut_connections()
        await work.session.execute(text("SELECT 1"))

    with pytest.raises(DatabaseUnavailableError):
        await database.run(lose, telegram_id=telegram_id)


async def test_a_turn_that_does_not_come_is_unavailability(
    database: Database, telegram_id: int, monkeypatch: pytest.MonkeyPatch, server: Server, database_name: str
) -> None:
    monkeypatch.setitem(CONNECTION_SETTINGS, "lock_timeout", "50ms")
    impatient = Database(server.bot_of(database_name), pool_size=1)
    async with database.begin(telegram_id=telegram_id):
        pass
    async with database.begin(telegram_id=telegram_id):
        with pytest.raises(DatabaseUnavailableError, match="turn"):
            async with impatient.begin(telegram_id=telegram_id):
                pass
    await impatient.close()


@pytest.mark.parametrize("change", ["ADD COLUMN nickname text", "ALTER COLUMN email TYPE varchar(300)"])
async def test_a_migration_while_serving_is_not_noticed(
    server: Server, template: str, telegram_id: int, change: str
) -> None:
    async with server.throwaway(template) as name:
        serving = Database(server.bot_of(name), pool_size=2)
        async with serving.begin(telegram_id=telegram_id) as work:
            user_id = work.user_id
        async with server.connect(name) as connection:
            await connection.execute(f'ALTER TABLE "user" {change}')
        async with serving.begin(telegram_id=telegram_id) as work:
            assert work.user_id == user_id
        await serving.close()


async def test_nobody_there_is_unavailability() -> None:
    nobody = Database("postgresql://bot@127.0.0.1:1/nothing")
    with pytest.raises(DatabaseUnavailableError, match=r"127\.0\.0\.1:1"):
        async with nobody.begin(telegram_id=1):
            pass
    with pytest.raises(DatabaseUnavailableError):
        await nobody.ping()


def _now() -> datetime:
    return datetime(2026, 11, 21, 18, 30, tzinfo=UTC)


async def test_a_rush_waits_for_its_turn(server: Server, database_name: str) -> None:
    """More units of work than there are connections queue up, and none of them is turned away."""
    database = Database(server.bot_of(database_name), pool_size=2)
    inside, most = 0, 0

    async def visit(number: int) -> None:
        nonlocal inside, most
        async with database.begin(telegram_id=8_100_000 + number) as work:
            inside += 1
            most = max(most, inside)
            await work.session.execute(text("SELECT 1"))
            assert await database.due_outbox() is not None
            inside -= 1

    await asyncio.gather(*(visit(number) for number in range(40)))
    await database.close()
    assert most == 2


async def test_a_connection_keeps_every_statement_that_it_has_prepared(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        for number in range(300):
            await work.session.execute(text(f"SELECT {number} AS column_{number}"))
            await work.ask(Direct(text(f"SELECT {number} AS direct_{number}")), {})
        kept = await work.session.scalar(
            text("SELECT count(*) FROM pg_prepared_statements WHERE statement ~ 'AS (column|direct)_[0-9]'")
        )
    assert kept >= 600
