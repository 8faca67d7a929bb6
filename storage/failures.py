"""What a failure of the database means: come again later, try once more, or somebody's mistake."""

from __future__ import annotations

from collections.abc import Iterator

import asyncpg
from sqlalchemy import exc

from storage.errors import DatabaseUnavailableError

# The classes of SQLSTATE that say: not now. Connection lost, out of resources, shut down, disk trouble, a standby.
UNAVAILABLE = ("08", "53", "57P", "58", "25006")

# These say: the same work may succeed when it is done again from the start.
LOCK_TIMEOUT = "55P03"
TRANSIENT = ("40001", "40P01", LOCK_TIMEOUT)

# What the driver says of a connection whose other end is gone; the last when it goes while a statement is being sent.
DEAD = ConnectionError | asyncpg.PostgresConnectionError | asyncpg.InternalClientError

# What a migration does to statements that were prepared before it.
STALE = asyncpg.InvalidCachedStatementError | asyncpg.DatatypeMismatchError


def is_unavailable(error: BaseException) -> bool:
    """Tell whether the database cannot serve now, through no fault of what was asked of it."""
    for cause in _causes(error):
        if isinstance(cause, DatabaseUnavailableError | exc.TimeoutError | DEAD):
            return True
        if isinstance(cause, exc.DBAPIError) and cause.connection_invalidated:
            return True
        if _state(cause).startswith(UNAVAILABLE):
            return True
    return False


def is_transient(error: BaseException) -> bool:
    """Tell whether the whole unit of work may be tried once more: nothing of it was committed."""
    return is_stale_connection(error) or any(_state(cause).startswith(TRANSIENT) for cause in _causes(error))


def is_lock_timeout(error: BaseException) -> bool:
    """Tell whether a lock was not to be had in time."""
    return any(_state(cause) == LOCK_TIMEOUT for cause in _causes(error))


def is_stale_connection(error: BaseException) -> bool:
    """Tell whether a pooled connection had died, or held a statement that a migration has made stale."""
    for cause in _causes(error):
        if isinstance(cause, DEAD | STALE):
            return True
        if isinstance(cause, exc.DBAPIError) and cause.connection_invalidated:
            return True
    return False


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Walk from an error to what it was made of: SQLAlchemy wraps the driver's errors twice."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        cause = waiting.pop()
        if cause is None or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        origin = getattr(cause, "orig", None)
        waiting += [cause.__cause__, origin if isinstance(origin, BaseException) else None]


def _state(error: BaseException) -> str:
    state = getattr(error, "sqlstate", None)
    return state if isinstance(state, str) else ""
