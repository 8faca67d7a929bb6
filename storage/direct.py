"""Statements that nearly every turn runs, asked of the driver itself.

SQLAlchemy writes such a statement and says how its values are converted, once. To ask it by way of the session takes
several times what the driver takes for it: the session finds all of that out anew each time. What is asked here is in
the session's transaction, sees what the session has changed, and what it gives belongs to the session.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from operator import itemgetter
from typing import Any, TypeVar

import asyncpg
from sqlalchemy import ARRAY, Dialect, Enum, Executable, Float, TextClause, exc, inspect, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstanceState, Mapper, Session, make_transient_to_detached
from sqlalchemy.orm.attributes import instance_state
from sqlalchemy.orm.util import AliasedInsp
from sqlalchemy.types import TypeEngine

from storage.failures import is_stale_connection
from storage.models import Base
from storage.storable_text import to_storable_json

_asyncpg_dialect: Any = make_url("postgresql+asyncpg://").get_dialect()
DIALECT: Dialect = _asyncpg_dialect(json_serializer=to_storable_json)

# What the driver calls numbers with a fraction, by which SQLAlchemy knows how they come.
NUMERIC_OID, DOUBLE_OID = 1700, 701

Processor = Callable[[Any], Any]
Reader = Callable[[Sequence[Any]], Any]
Row = TypeVar("Row", bound=Base)


class Driver:
    """The connection of a session's transaction."""

    def __init__(self, session: AsyncSession, connection: Connection) -> None:
        self._session = session
        self._connection = connection
        self._driver: asyncpg.Connection[Any] | None = connection.connection.driver_connection

    @classmethod
    async def begin(cls, session: AsyncSession) -> Driver:
        """Take a connection for a session that has asked nothing yet, and begin its transaction.

        Raises:
            sqlalchemy.exc.DBAPIError: no connection is to be had, or it has died.
        """
        await session.connection()
        driver = cls(session, session.sync_session.connection())
        # SQLAlchemy begins with the first statement that it asks itself; this one goes past it.
        adapted: Any = driver._connection.connection.dbapi_connection
        try:
            await adapted._start_transaction()
        except adapted.dbapi.Error as error:
            raise await driver._translated(error, "BEGIN") from error
        return driver

    async def fetch(self, statement: str, arguments: Sequence[Any]) -> list[asyncpg.Record]:
        """Ask a statement whose parameters are ``$1``, ``$2``, …

        Raises:
            sqlalchemy.exc.DBAPIError: as the session would.
        """
        assert self._driver is not None
        for listener in self._connection.engine.dispatch.before_cursor_execute:
            listener(self._connection, None, statement, tuple(arguments), None, False)
        try:
            records: list[asyncpg.Record] = await self._driver.fetch(statement, *arguments)
        except (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError) as error:
            raise await self._translated(error, statement) from error
        return records

    async def _translated(self, error: Exception, statement: str) -> exc.DBAPIError:
        """Make SQLAlchemy's error of the driver's, and give a connection up that is dead."""
        is_lost = self._driver is None or self._driver.is_closed() or is_stale_connection(error)
        if is_lost:
            await self._session.invalidate()
        is_refused = isinstance(error, asyncpg.IntegrityConstraintViolationError)
        kind = exc.IntegrityError if is_refused else exc.DBAPIError
        return kind(statement, None, error, hide_parameters=True, connection_invalidated=is_lost)


@dataclass(frozen=True, slots=True)
class Entity:
    """A run of columns that is a row of a model: from where to where, and what their attributes are called."""

    mapper: Mapper[Any]
    start: int
    stop: int
    keys: tuple[str, ...]
    identity: Callable[[Sequence[Any]], tuple[Any, ...]]

    def reader(self, session: Session, *, anew: bool) -> Reader:
        """Say how a row of one answer gives the session's object: the one that it has, else a new one.

        None is given where an outer join found nothing. What came in another row of the answer is the same there.
        """
        seen: dict[tuple[Any, ...], Any] = {}

        def read(values: Sequence[Any]) -> Any:
            own = values[self.start : self.stop]
            identity = self.identity(own)
            if identity in seen:
                return seen[identity]
            if identity[-1] is None:
                return None
            key = self.mapper.identity_key_from_primary_key(identity)
            row = session.identity_map.get(key)
            if row is None:
                row = self.mapper.class_manager.new_instance()
                row.__dict__.update(zip(self.keys, own, strict=True))
                state = instance_state(row)
                state.key = key
                _attach(state, session)
            elif anew:
                row.__dict__.update(zip(self.keys, own, strict=True))
            seen[identity] = row
            return row

        return read


def made(model: type[Row], **columns: Any) -> Row:
    """Make a row that a statement is to write, without the history of changes that the constructor begins.

    Raises:
        TypeError: the model has no such column.
    """
    manager = _manager(model)
    if not columns.keys() <= manager.keys():
        raise TypeError(f"{model.__name__} has no {', '.join(columns.keys() - manager.keys())}")
    row: Row = manager.new_instance()
    row.__dict__.update(columns)
    return row


def adopt(row: Base, session: Session) -> None:
    """Make a row that the database has, as it is here, one of the session's."""
    state = instance_state(row)
    if state.modified:
        make_transient_to_detached(row)
    else:
        state.key = state.mapper.identity_key_from_primary_key(_key_of(type(row))(row.__dict__))
    _attach(state, session)


@cache
def _key_of(model: type[Base]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    mapper = inspect(model)
    names = [mapper.get_property_by_column(column).key for column in mapper.primary_key]
    return itemgetter(*names) if len(names) > 1 else lambda columns: (columns[names[0]],)


@cache
def _manager(model: type[Base]) -> Any:
    return inspect(model).class_manager


def _attach(state: InstanceState[Any], session: Session) -> None:
    """Do what the session does with a row that it has loaded, and nothing else: ``add`` would look for much more."""
    state.session_id = session.hash_key
    session.identity_map.add(state)


class Direct:
    """A statement of one shape, whatever its parameters are: lists go as arrays.

    Rows have the names that the session would give them; those of a text have the types of the driver. An object that
    the session has already is given as it is, or with what is read now where the statement says
    ``populate_existing``. ``whole`` is the model of which a statement that writes gives whole rows back.
    """

    def __init__(self, statement: Executable, whole: type[Base] | None = None) -> None:
        self.statement: Any = statement
        self._whole = whole

    async def all(self, session: AsyncSession, driver: Driver, parameters: Mapping[str, Any]) -> list[Any]:
        """Ask it, after whatever the session has not written yet.

        Raises:
            KeyError: a parameter is missing.
        """
        known = session.sync_session
        if known.identity_map.check_modified() or known.new or known.deleted:
            await session.flush()
        text, binds, said = self._text
        given = {**said, **parameters}
        arguments = [given[name] if process is None else process(given[name]) for name, process in binds]
        records = await driver.fetch(text, arguments)
        if not records:
            return []
        if isinstance(self.statement, TextClause):
            return [*map(_row_type(tuple(records[0].keys()))._make, records)]
        return self._read(records, known)

    @cached_property
    def _text(self) -> tuple[str, list[tuple[str, Processor | None]], dict[str, Any]]:
        """Give the statement as the driver takes it, its parameters with their conversion, and what it says itself."""
        compiled = self.statement.compile(dialect=DIALECT)
        assert not compiled.post_compile_params, "IN takes no list here: = ANY does"
        used = {name: compiled.binds[name] for name in compiled.positiontup or ()}
        binds = [(name, bind.type.dialect_impl(DIALECT).bind_processor(DIALECT)) for name, bind in used.items()]
        return str(compiled), binds, {name: bind.effective_value for name, bind in used.items() if not bind.required}

    @cached_property
    def _columns(self) -> list[Any]:
        return list(self.statement.exported_columns)

    @cached_property
    def _processors(self) -> list[tuple[int, Processor]]:
        """List the columns whose values are converted."""
        processors = ((place, _result_processor(column.type)) for place, column in enumerate(self._columns))
        return [(place, process) for place, process in processors if process is not None]

    @cached_property
    def _layout(self) -> tuple[Any, list[Entity | Reader]]:
        """Give the type of a row, and for each of its fields the entity, or what takes the column."""
        names, parts, place = [], list[Entity | Reader](), 0
        for name, expression in self._described():
            names.append(name)
            found = inspect(expression, raiseerr=False)
            if isinstance(found, Mapper | AliasedInsp):
                entity = _entity(found.mapper, self._columns, place)
                parts.append(entity)
                place += len(entity.keys)
            else:
                parts.append(itemgetter(place))
                place += 1
        assert place == len(self._columns), f"{place} columns of {len(self._columns)}"
        return _row_type(tuple(names)), parts

    def _described(self) -> list[tuple[str, Any]]:
        """Name what a row consists of, with the entity or the column that it is."""
        if self._whole is not None:
            return [(self._whole.__name__, self._whole)]
        if not hasattr(self.statement, "column_descriptions"):
            return [(column.name, column) for column in self._columns]
        return [(one["name"], one["expr"]) for one in self.statement.column_descriptions]

    @cached_property
    def _is_anew(self) -> bool:
        return bool(self.statement.get_execution_options().get("populate_existing"))

    def _read(self, records: Sequence[asyncpg.Record], session: Session) -> list[Any]:
        row_type, parts = self._layout
        anew, processors, rows = self._is_anew, self._processors, []
        readers = [part.reader(session, anew=anew) if isinstance(part, Entity) else part for part in parts]
        for record in records:
            values = list(record)
            for place, process in processors:
                values[place] = process(values[place])
            rows.append(row_type(*[read(values) for read in readers]))
        return rows


@cache
def _row_type(names: tuple[str, ...]) -> Any:
    return namedtuple("Row", names)


def _entity(mapper: Mapper[Any], columns: Sequence[Any], start: int) -> Entity:
    width = sum(not attribute.deferred for attribute in mapper.column_attrs)
    names = [column.name for column in columns[start : start + width]]
    keys = tuple(mapper.get_property_by_column(mapper.local_table.c[name]).key for name in names)
    places = [names.index(column.name) for column in mapper.primary_key]
    identity = itemgetter(*places) if len(places) > 1 else lambda own: (own[places[0]],)
    return Entity(mapper, start, start + width, keys, identity)


def _result_processor(kind: TypeEngine[Any]) -> Processor | None:
    """Say how a value is converted that the driver gives; None where it is left as it is."""
    implementation = kind.dialect_impl(DIALECT)
    oid = DOUBLE_OID if isinstance(implementation, Float) else NUMERIC_OID
    process = implementation.result_processor(DIALECT, oid)
    if isinstance(kind, ARRAY):
        item = _result_processor(kind.item_type)
        return None if item is None else lambda values: None if values is None else [*map(item, values)]
    if isinstance(kind, Enum) and process is not None:
        members: dict[str | None, Any] = {None: None} | {label: process(label) for label in kind.enums}
        return members.__getitem__
    return process
