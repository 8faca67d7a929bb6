"""What every repository has: the unit of work's session, and the user it works for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast
from uuid import UUID

from sqlalchemy import (
    ClauseElement,
    Column,
    ColumnElement,
    Integer,
    Select,
    Table,
    Uuid,
    bindparam,
    insert,
    inspect,
    literal_column,
    select,
    update,
)
from uuid_utils.compat import uuid7

from storage.direct import Direct, adopt
from storage.errors import NotFoundError, StaleVersionError
from storage.models import Base, WorkoutImportLog

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork

Row = TypeVar("Row", bound=Base)

MOST_AT_ONCE: Final = 16
"""So many rows are inserted at once by a statement for just as many, planned once; more of them by the session."""

TEXT: Final = "text_"
"""What the columns of a text are called beside those of the rows that it told of."""

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
        known: Row | None = self.session.sync_session.identity_map.get(_identity(model, key))
        if known is not None:
            return known
        rows = await self.work.ask(_of_key(model), dict(zip(_key_of(model), key, strict=True)))
        return next((row[0] for row in rows), None)

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


def stands_at(column: Any, value: StrEnum) -> ColumnElement[bool]:
    """Compare with a value of an enum that stands in the statement's own text, and is no parameter of it.

    Only so an index of the rows with this value is taken. Under row-level security the equality of enums, which
    PostgreSQL does not hold for leakproof, is no condition of an index otherwise: all rows of the user are looked at.
    """
    return cast("ColumnElement[bool]", column == literal_column(f"'{value}'", column.type))


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
    said = {name: value for name, value in columns.items() if not isinstance(value, ClauseElement)}
    computed = {name: value for name, value in columns.items() if name not in said}
    make = _amendment if not computed else _amendment.__wrapped__  # what is computed is compiled each time
    statement = make(model, tuple(said), **computed)
    parameters = {f"new_{name}": value for name, value in said.items()}
    rows = await work.ask(statement, parameters | {"owner": work.user_id, "amended": known.id, "seen": seen})
    changed: Row | None = rows[0][0] if rows else None
    if changed is None:
        await work.session.refresh(row)
        raise StaleVersionError(what, row)
    return changed


async def insert_rows(work: UnitOfWork, rows: Sequence[Row]) -> None:
    """Insert rows of one kind, with the same columns set, in one statement; what the database filled in is known then.

    The session does the same by a flush, in three times as long: a flush finds out anew each time what is to be
    written. The rows belong to the session afterwards, like those it has fetched.
    """
    told_by = work.imports.take_unwritten() if "import_id" in rows[0].__dict__ else None
    if told_by is not None and len(rows) > MOST_AT_ONCE:
        await insert_rows(work, [told_by])
        told_by = None
    if work.session.new or work.session.dirty:
        await work.session.flush()  # what these rows may point at goes before them
    columns = _columns_of(type(rows[0]))
    for row in rows:
        if "id" in columns and row.__dict__.get("id") is None:
            unnamed: Any = row
            unnamed.id = uuid7()
    by_id = {row.__dict__.get("id"): row for row in rows}
    assert len(by_id) == len(rows), "many rows are told apart by their ids"
    given = _given(rows[0])
    if len(rows) > MOST_AT_ONCE:
        values = [{name: row.__dict__[name] for name in given} for row in rows]
        inserted = await work.session.execute(_insert_statement(type(rows[0]), given, 1).statement, values)
        answer: Sequence[Any] = inserted.all()
    else:
        said = {_name_in(number, name): row.__dict__[name] for number, row in enumerate(rows) for name in given}
        of_text = () if told_by is None else _given(told_by)
        said |= {TEXT + name: told_by.__dict__[name] for name in of_text}
        answer = await work.ask(_insert_statement(type(rows[0]), given, len(rows), of_text), said)
    for one in answer:
        _complete(by_id[getattr(one, "id", None)], one._asdict())
    if told_by is not None:
        _complete(told_by, answer[0]._asdict(), TEXT)
        adopt(told_by, work.session.sync_session)
    for row in rows:
        adopt(row, work.session.sync_session)


def _complete(row: Base, filled_in: Mapping[str, Any], prefix: str = "") -> None:
    """Put what the database put in into a row, and None where it put nothing."""
    for name in _columns_of(type(row)):
        if name not in row.__dict__:
            row.__dict__[name] = filled_in.get(prefix + name)


def _given(row: Base) -> tuple[str, ...]:
    return tuple(name for name in _columns_of(type(row)) if name in row.__dict__)


def _name_in(number: int, name: str) -> str:
    """Name the parameter of a column in one of the rows of a statement."""
    return f"{name}_of_{number}" if number else name


@cache
def _columns_of(model: type[Base]) -> tuple[str, ...]:
    return tuple(column.name for column in model.__table__.columns)


@lru_cache(maxsize=500)
def _insert_statement(model: type[Base], given: tuple[str, ...], number: int, of_text: tuple[str, ...] = ()) -> Direct:
    """Make the statement once for each choice of columns and number of rows, with the text that told of them."""
    table = cast("Table", model.__table__)
    said = [{name: bindparam(_name_in(row, name), type_=table.c[name].type) for name in given} for row in range(number)]
    statement = insert(table).values(said if number > 1 else said[0])
    answer: list[Any] = [column for column in (table.c.get("id"), *_filled_in(table, given)) if column is not None]
    if of_text:
        texts = cast("Table", WorkoutImportLog.__table__)
        written = {name: bindparam(TEXT + name, type_=texts.c[name].type) for name in of_text}
        filled_in = _filled_in(texts, of_text)
        text = insert(texts).values(written).returning(*filled_in).cte("text")
        answer += [select(text.c[one.name]).scalar_subquery().label(TEXT + one.name) for one in filled_in]
    return Direct(statement.returning(*answer or [table.c.user_id]))


def _filled_in(table: Table, given: Collection[str]) -> list[Column[Any]]:
    """List the columns in which the database puts something where nothing is said."""
    return [
        column
        for column in table.columns
        if column.name not in given and (column.server_default is not None or column.computed is not None)
    ]


@lru_cache(maxsize=500)
def _amendment(model: Any, given: tuple[str, ...], **computed: Any) -> Direct:
    """Make the statement once for each choice of columns: an UPDATE of the version that was seen."""
    said = {name: bindparam(f"new_{name}", type_=model.__table__.c[name].type) for name in given}
    seen = bindparam("seen", type_=Integer())
    statement = (
        update(model)
        .where(model.user_id == OWNER, model.id == bindparam("amended", type_=Uuid()), model.version == seen)
        .values(**said, **computed, version=seen + 1)
        .returning(model)
        .execution_options(populate_existing=True)
    )
    return Direct(statement, whole=model)


def _identity(model: type[Base], key: tuple[Any, ...]) -> Any:
    return inspect(model).identity_key_from_primary_key(key)


@cache
def _key_of(model: type[Base]) -> tuple[str, ...]:
    return tuple(column.name for column in inspect(model).primary_key)


@cache
def _of_key(model: type[Base]) -> Direct:
    key = [column == bindparam(column.name, type_=column.type) for column in inspect(model).primary_key]
    return Direct(select(model).where(*key))


def found(row: Row | None, what: str, key: object) -> Row:
    """Insist that a row is there.

    Raises:
        NotFoundError: it is not.
    """
    if row is None:
        raise NotFoundError(what, key)
    return row
