"""What every repository has: the unit of work's session, and the user it works for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from sqlalchemy import update

from storage.errors import NotFoundError, StaleVersionError
from storage.models import Base

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork

Row = TypeVar("Row", bound=Base)


class Repository:
    """Row-level security keeps other users' rows away; queries name the user all the same, for the indexes' sake."""

    def __init__(self, work: UnitOfWork) -> None:
        self.work = work
        self.session = work.session
        self.user_id: UUID = work.user_id

    async def _write(self, row: Row) -> Row:
        """Insert a row now, so that what the database refuses fails here and its defaults are known."""
        self.session.add(row)
        await self.session.flush()
        return row

    async def _amend(self, row: Row, version: int | None, columns: Mapping[str, Any], what: str) -> Row:
        """Change columns of a row that the user owns, and count its version up.

        Raises:
            StaleVersionError: the row has another version than the caller saw.
        """
        return await amend(self.work, row, version, columns, what)


async def amend(work: UnitOfWork, row: Row, version: int | None, columns: Mapping[str, Any], what: str) -> Row:
    """Do what `Repository._amend` says: one UPDATE that names the version it goes by."""
    model = type(row)
    seen = version if version is not None else row.version  # type: ignore[attr-defined]
    statement = (
        update(model)
        .where(model.user_id == work.user_id, model.id == row.id, model.version == seen)  # type: ignore[attr-defined]
        .values(**columns, version=seen + 1)
        .returning(model)
        .execution_options(populate_existing=True)
    )
    changed = (await work.session.scalars(statement)).one_or_none()
    if changed is None:
        await work.session.refresh(row)
        raise StaleVersionError(what, row)
    return changed


def found(row: Row | None, what: str, key: object) -> Row:
    """Insist that a row is there.

    Raises:
        NotFoundError: it is not.
    """
    if row is None:
        raise NotFoundError(what, key)
    return row
