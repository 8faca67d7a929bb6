"""What every repository has: the unit of work's session, and the user it works for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast
from uuid import UUID

from sqlalchemy import Select, Table, Uuid, bindparam, insert, inspect, select, update
from uuid_utils.compat import uuid7

from storage.direct import Direct, adopt
from storage.errors import NotFoundError, StaleVersionError
from storage.models import Base

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork

Row = TypeVar("Row", bound=Base)

OWNER: Final = bindparam("owner", type_=Uuid())
"""Whose rows a statement is for."""


class Repository:
    """Row-level security keeps other users' rows away; queries name the user all the same, for the indexes' sake."""

    def __init__(self, work: UnitOfWork) -> None:
        self.work = work
        self.session = work.session
        self.user_id: UUID = work.user_id

    async def _find(self, model: type[Row], *key: Any) -> Row | None:
        """Find a row by its primary key; one that the session has is not asked for again."""
        session = self.session.sync_session
        known: Any = session.identity_map.get(inspect(model).identity_key_from_primary_key(key))
        return known if known is not None else await self.session.get(model, key)

    async def _write(self, row: Row) -> Row:
        """Insert a row now, so that what the database refuses fails here and its defaults are known."""
        await insert_rows(self.work, [row])
        return row

    async def _amend(self, row: Row, version: int | None, columns: Mapping[str, Any], what: str) -> Row:
        """Change columns of a row that the user owns, and count its version up.

        Raises:
            StaleVersionError: the row has another version than the caller saw.
        """
        return await amend(self.work, row, version, columns, what)


def live(model: type[Any]) -> Select[Any]:
    """Select the rows of ``:owner`` that are not deleted."""
    return select(model).where(model.user_id == OWNER, model.deleted_at.is_(None))


async def amend(work: UnitOfWork, row: Row, version: int | None, columns: Mapping[str, Any], what: str) -> Row:
    """Do what `Repository._amend` says: one UPDATE that names the version it goes by."""
    model: Any = type(row)  # every model that is amended has these columns, which `Row` cannot say
    known: Any = row
    if columns.get("import_id") is not None:
        await work.imports.write()  # a text that a row points at goes before it
    seen = version if version is not None else known.version
    statement = (
        update(model)
        .where(model.user_id == work.user_id, model.id == known.id, model.version == seen)
        .values(**columns, version=seen + 1)
        .returning(model)
        .execution_options(populate_existing=True)
    )
    changed: Row | None = (await work.session.scalars(statement)).one_or_none()
    if changed is None:
        await work.session.refresh(row)
        raise StaleVersionError(what, row)
    return changed


async def insert_rows(work: UnitOfWork, rows: Sequence[Row]) -> None:
    """Insert rows of one kind, with the same columns set, in one statement; what the database filled in is known then.

    The session does the same by a flush, in three times as long: a flush finds out anew each time what is to be
    written. The rows belong to the session afterwards, like those it has fetched.
    """
    if "import_id" in rows[0].__dict__:
        await work.imports.write()
    if work.session.new or work.session.dirty:
        await work.session.flush()  # what these rows may point at goes before them
    columns = _columns_of(type(rows[0]))
    for row in rows:
        if "id" in columns and row.__dict__.get("id") is None:
            unnamed: Any = row
            unnamed.id = uuid7()
    first = rows[0].__dict__
    given = tuple(name for name in columns if name in first)
    statement = _insert_statement(type(rows[0]), given)
    if len(rows) == 1:
        (filled_in,) = await work.ask(statement, first)
        first.update(filled_in._asdict())
    else:
        values = [{name: row.__dict__[name] for name in given} for row in rows]
        by_id = {row.__dict__["id"]: row for row in rows}
        for one in (await work.session.execute(statement.statement, values)).mappings():
            by_id[one["id"]].__dict__.update(one)
    for row in rows:
        adopt(row, work.session.sync_session)


@cache
def _columns_of(model: type[Base]) -> tuple[str, ...]:
    return tuple(column.name for column in model.__table__.columns)


@lru_cache(maxsize=500)
def _insert_statement(model: type[Base], given: tuple[str, ...]) -> Direct:
    """Make the statement once for each choice of columns."""
    table = cast("Table", model.__table__)
    filled_in = [column for column in table.columns if column.name not in given or column.name == "id"]
    said = {name: bindparam(name, type_=table.c[name].type) for name in given}
    return Direct(insert(table).values(said).returning(*filled_in or [table.c.user_id]))


def found(row: Row | None, what: str, key: object) -> Row:
    """Insist that a row is there.

    Raises:
        NotFoundError: it is not.
    """
    if row is None:
        raise NotFoundError(what, key)
    return row
