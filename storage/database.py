"""The one door to the data: a unit of work is one transaction of one user.

``begin`` opens the transaction and says for whom it works; row-level security shows nothing before that. It costs two
round trips (BEGIN, and one statement that finds or makes the user, takes the user's turn and sets the identity), and
COMMIT is the third. The settings die with the transaction, so a pooled connection carries nobody over.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypedDict, TypeVar, Unpack
from uuid import UUID

import asyncpg
from sqlalchemy import QueuePool, exc, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from uuid_utils.compat import uuid7

from storage.connecting import PREPARED_STATEMENTS, act_as, open_connection
from storage.direct import Direct, Driver
from storage.errors import DatabaseUnavailableError, NotFoundError
from storage.failures import is_lock_timeout, is_stale_connection, is_transient, is_unavailable
from storage.models import User
from storage.storable_text import storable, to_storable_json
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")
Key = tuple[UUID, UUID]

# A query that takes longer than this is a mistake; a turn that is not free within the lock's time is taken later.
CONNECTION_SETTINGS = {
    "application_name": "repscribe",
    "statement_timeout": "20s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
    "timezone": "UTC",
    # Every statement is for the rows of one user and has its index (docs/decisions/0010-planning-and-asking.md).
    "jit": "off",
    "plan_cache_mode": "force_generic_plan",
    "enable_seqscan": "off",
    "enable_bitmapscan": "off",
}

USER_COLUMNS = list(User.__table__.columns)

ENTER = Direct(
    text(
        f"SELECT {', '.join(column.name for column in USER_COLUMNS)} FROM enter_user("  # noqa: S608 - our own columns
        ":telegram_id, :user_id, :actor_id, :new_id, :lock, :username, :full_name, :language, :seen_at)"
    ).columns(*USER_COLUMNS),
    whole=User,
)


class Entry(TypedDict, total=False):
    """For whom a unit of work is: one of ``telegram_id`` (the user is made when new) and ``user_id``."""

    telegram_id: int | None
    user_id: UUID | None
    create: bool
    lock: bool
    username: str | None
    full_name: str | None
    language: str | None
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Queue:
    """How many rows of all users wait, and for how many seconds the first of them has."""

    waiting: int
    oldest_seconds: float


@dataclass(frozen=True, slots=True)
class Place:
    """When the next message to a chat may go: in so many seconds. Where it is not booked, ask again then."""

    seconds: float
    is_booked: bool


class Database:
    """A pool of connections that act as the bot's role.

    ``revive`` is called, once, when a connection is refused: the embedded server may have died under us.
    """

    def __init__(
        self,
        address: str,
        *,
        role: str = "repscribe_bot",
        pool_size: int = 10,
        revive: Callable[[], None] | None = None,
    ) -> None:
        self.address = address
        self.role = role
        self._revive = revive
        self._engine = create_async_engine(
            f"postgresql+asyncpg://?prepared_statement_cache_size={PREPARED_STATEMENTS}",
            connect_args={"async_creator_fn": self._connect},
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_timeout=10,
            pool_recycle=3600,
            json_serializer=to_storable_json,
            # What a statement that fails was given is not for any log: it is what users wrote.
            hide_parameters=True,
        )
        self._sessions = async_sessionmaker(self._engine, expire_on_commit=False)
        # Units of work queue here, first come, first served, however long a rush lasts: the pool itself would turn
        # them away. What it has beside these places is for looking up due work and for signs of life.
        self._places = asyncio.Semaphore(pool_size)

    @asynccontextmanager
    async def begin(self, **entry: Unpack[Entry]) -> AsyncIterator[UnitOfWork]:
        """Open a transaction of one user: committed at the end of the block, rolled back by an exception.

        Give ``telegram_id`` or ``user_id``; a Telegram user who is new is made, unless ``create`` is false. ``lock``
        (the default) makes one user's units of work wait for each other.
        ``username``, ``full_name`` and ``seen_at`` are kept on the user when ``seen_at`` is given; ``language`` counts
        for a new user only.

        Raises:
            NotFoundError: there is no such user.
            DatabaseUnavailableError: the database cannot be reached.
        """
        try:
            async with self._places, self._sessions() as session:
                work = await self._enter(session, entry)
                yield work
                await work.finish()
                work.is_committing = True
                await session.commit()
        except exc.DBAPIError as error:
            if is_unavailable(error):
                raise DatabaseUnavailableError(f"The connection was lost: {error.orig}") from error
            raise
        except exc.TimeoutError as error:
            raise DatabaseUnavailableError("All connections to the database are busy.") from error

    async def run(self, work_fn: Callable[[UnitOfWork], Awaitable[T]], **entry: Unpack[Entry]) -> T:
        """Do a unit of work, and once more from the start where the first try failed by bad luck.

        Bad luck is a deadlock, a turn that was not free, a plan that a migration made stale, a connection that had
        died in the pool. A connection lost during COMMIT is not tried again: the work may have been done.
        """
        for is_last_try in (False, True):
            work = None
            try:
                async with self.begin(**entry) as work:
                    return await work_fn(work)
            except (exc.DBAPIError, DatabaseUnavailableError) as error:
                may_be_done = work is not None and work.is_committing
                if is_last_try or may_be_done or not is_transient(error):
                    raise
        raise AssertionError("unreachable")

    async def ping(self) -> None:
        """Ask the database for a sign of life.

        Raises:
            DatabaseUnavailableError: there is none.
        """
        try:
            async with self._engine.connect() as connection:
                await connection.execute(text("SELECT 1"))
        except (exc.DBAPIError, exc.TimeoutError) as error:
            raise DatabaseUnavailableError(f"The database does not answer: {error}") from error

    async def queue_lengths(self) -> dict[str, Queue]:
        """Count what waits, of all users: ``outbox`` and ``imports``.

        Raises:
            DatabaseUnavailableError: the database cannot be reached.
        """
        try:
            async with self._engine.connect() as connection:
                rows = await connection.execute(text("SELECT queue, waiting, oldest_seconds FROM queue_lengths()"))
                return {row.queue: Queue(row.waiting, row.oldest_seconds) for row in rows}
        except (exc.DBAPIError, exc.TimeoutError) as error:
            raise DatabaseUnavailableError("The queues could not be counted.") from error

    def connections(self) -> tuple[int, int]:
        """Count the connections of the pool: those in use, and those that wait for work."""
        pool = self._engine.pool
        assert isinstance(pool, QueuePool)
        return pool.checkedout(), pool.checkedin()

    async def close(self) -> None:
        """Close all connections."""
        await self._engine.dispose()

    async def due_outbox(self, limit: int = 100) -> list[Key]:
        """List what is owed to chats and can be sent now, of all users: (user id, outbox id), oldest first."""
        return await self._keys("SELECT user_id, id FROM due_outbox(:limit)", limit=limit)

    async def due_imports(self, limit: int = 100) -> list[Key]:
        """List the imports that wait to be read, of all users: (user id, import id)."""
        return await self._keys("SELECT user_id, id FROM due_imports(:limit)", limit=limit)

    async def idle_sessions(self, now: datetime, *, hours: float = 3, limit: int = 100) -> list[Key]:
        """List the open sessions without activity for some hours, of all users: (user id, session id)."""
        statement = "SELECT user_id, id FROM idle_sessions(:idle_since, :limit)"
        return await self._keys(statement, idle_since=now - timedelta(hours=hours), limit=limit)

    async def due_reminders(self, now: datetime, limit: int = 100) -> list[Key]:
        """List what is to be said by now, of all users: (user id, reminder id), the longest due first."""
        return await self._keys("SELECT user_id, id FROM due_reminders(:now, :limit)", now=now, limit=limit)

    async def due_charts(self, limit: int = 100) -> list[Key]:
        """List the charts that wait to be drawn, of all users: (user id, chart job id)."""
        return await self._keys("SELECT user_id, id FROM due_charts(:limit)", limit=limit)

    async def due_notices(self, now: datetime, limit: int = 100) -> list[Key]:
        """List what users are to be told of their coaches and athletes by now: (user id, notice id)."""
        return await self._keys("SELECT user_id, id FROM due_notices(:now, :limit)", now=now, limit=limit)

    async def due_erasures(self, now: datetime, limit: int = 100) -> list[Key]:
        """List the users who are to be erased: whatever they are owed has been sent, or an hour has passed."""
        statement = "SELECT user_id, id FROM due_erasures(:asked_before, :limit)"
        return await self._keys(statement, asked_before=now - timedelta(hours=1), limit=limit)

    async def purge_delivery(self, before: datetime) -> int:
        """Forget the updates and the messages that were done with before a time; tell how many."""
        async with self._engine.begin() as connection:
            return int(await connection.scalar(text("SELECT purge_delivery(:before)"), {"before": before}) or 0)

    async def book_sending(
        self, chat_ids: Sequence[int], horizon_seconds: float, at: datetime | None = None
    ) -> list[Place]:
        """Book places among the thirty messages a second that all processes may send, one for each chat, in order."""
        statement = "SELECT seconds, is_booked FROM book_sending($1::bigint[], $2, $3)"
        return [Place(**row) for row in await self.ask(statement, list(chat_ids), horizon_seconds, at)]

    async def pause_sending(self, chat_id: int, seconds: float, at: datetime | None = None) -> bool:
        """Note that Telegram wants a chat to be left alone for a while; tell whether all chats are, by now."""
        (row,) = await self.ask("SELECT pause_sending($1, $2, $3) AS is_overall", chat_id, seconds, at)
        return bool(row["is_overall"])

    async def forget_pace(self, at: datetime | None = None) -> int:
        """Forget the chats that may be written to at once again; tell how many."""
        (row,) = await self.ask("SELECT forget_pace($1) AS forgotten", at)
        return int(row["forgotten"])

    async def ask(self, statement: str, *values: object) -> list[Mapping[str, Any]]:
        """Run one statement for no user, committed at once; its parameters are ``$1``, ``$2``, …

        Raises:
            DatabaseUnavailableError: the database cannot be reached.
        """
        try:
            async with self._engine.connect() as connection:
                await connection.execution_options(isolation_level="AUTOCOMMIT")
                result = await connection.exec_driver_sql(statement, values)
                return [dict(row) for row in result.mappings()] if result.returns_rows else []
        except (exc.DBAPIError, exc.TimeoutError) as error:
            if is_unavailable(error):
                raise DatabaseUnavailableError(f"The connection was lost: {getattr(error, 'orig', error)}") from error
            raise

    async def _keys(self, statement: str, **parameters: Any) -> list[Key]:
        try:
            async with self._engine.connect() as connection:
                rows = await connection.execute(text(statement), parameters)
                return [(row[0], row[1]) for row in rows]
        except exc.DBAPIError as error:
            if is_unavailable(error):
                raise DatabaseUnavailableError(f"The connection was lost: {error.orig}") from error
            raise

    async def _connect(self) -> asyncpg.Connection[Any]:
        try:
            connection = await open_connection(self.address, CONNECTION_SETTINGS)
        except DatabaseUnavailableError:
            if self._revive is None:
                raise
            await asyncio.to_thread(self._revive)
            connection = await open_connection(self.address, CONNECTION_SETTINGS)
        try:
            await act_as(connection, self.role)
        except BaseException:
            await connection.close()
            raise
        return connection

    async def _enter(self, session: AsyncSession, entry: Entry) -> UnitOfWork:
        telegram_id, user_id = entry.get("telegram_id"), entry.get("user_id")
        if (telegram_id is None) == (user_id is None):
            raise ValueError("a unit of work is for one user: give telegram_id or user_id")
        parameters = {
            "telegram_id": telegram_id,
            "user_id": user_id,
            "actor_id": None,
            "new_id": uuid7() if entry.get("create", True) else None,
            "lock": entry.get("lock", True),
            "username": _storable(entry.get("username")),
            "full_name": _storable(entry.get("full_name")),
            "language": _storable(entry.get("language")),
            "seen_at": entry.get("seen_at"),
        }
        driver, user = await self._first_statement(session, parameters)
        if user is None:
            raise NotFoundError("user", user_id or telegram_id)
        return UnitOfWork(session, driver, user, is_new=user.id == parameters["new_id"])

    async def _first_statement(self, session: AsyncSession, parameters: dict[str, Any]) -> tuple[Driver, User | None]:
        """Enter, on another connection where the pooled one has died or was prepared before a migration."""
        try:
            return await _entered(session, parameters)
        except exc.DBAPIError as error:
            if is_lock_timeout(error):
                raise DatabaseUnavailableError("The user's turn did not come: another takes too long.") from error
            if not is_stale_connection(error):
                raise
            # What happened to one connection of the pool has mostly happened to all of them.
            await session.invalidate()
            await self._engine.dispose(close=False)
            return await _entered(session, parameters)


async def _entered(session: AsyncSession, parameters: dict[str, Any]) -> tuple[Driver, User | None]:
    driver = await Driver.begin(session)
    rows = await ENTER.all(session, driver, parameters)
    return driver, rows[0].User if rows else None


def _storable(text: str | None) -> str | None:
    return None if text is None else storable(text)
