"""Texts on their way to becoming a plan or a session. The row is there before reading starts: no text is ever lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ClauseElement, func, or_, select, update
from uuid_utils.compat import uuid7

from storage.direct import made
from storage.errors import StaleVersionError
from storage.models import ImportSource, ImportStatus, WorkoutImportLog
from storage.repositories.base import Repository, found

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork

WAITING = (ImportStatus.RECEIVED, ImportStatus.READING)


@dataclass(frozen=True, slots=True)
class Newest:
    """What of the user's newest text a turn begins by looking at: enough to see that it is complete."""

    kind: str | None
    chat_id: int | None
    message_id: int | None
    has_more: bool
    """Tells whether its draft says that more of it may be coming."""


class Imports(Repository):
    """A text that was received is written with what has been made of it so far: before anything points at it, before
    texts are looked for, and at the latest with the unit of work. Mostly that is one statement for the whole of it.
    """

    def __init__(self, work: UnitOfWork) -> None:
        super().__init__(work)
        self._unwritten: WorkoutImportLog | None = None
        self.newest: Newest | None = None
        """The newest text before this unit of work, where that was looked up when it began."""

    async def write(self) -> None:
        """Write the text that was received, if that has not been done yet."""
        row = self.take_unwritten()
        if row is not None:
            await self._write(row)

    def take_unwritten(self) -> WorkoutImportLog | None:
        """Give the text that was received and is not written yet to whoever writes it now."""
        row, self._unwritten = self._unwritten, None
        return row

    async def receive(
        self,
        raw_text: str,
        *,
        source: ImportSource = ImportSource.TEXT,
        chat_id: int | None = None,
        message_id: int | None = None,
        kind: str | None = None,
        status: ImportStatus = ImportStatus.RECEIVED,
        **columns: Any,
    ) -> WorkoutImportLog:
        """Keep a text as it came, before anybody reads it."""
        await self.write()
        self._unwritten = made(
            WorkoutImportLog,
            id=uuid7(),
            user_id=self.user_id,
            raw_text=raw_text,
            source=source,
            chat_id=chat_id,
            message_id=message_id,
            kind=kind,
            status=status,
            attempts=0,
            version=1,
            **columns,
        )
        row = self._unwritten
        if self.work.imports is not self:  # nobody would see to it at the end
            await self.write()
        return row

    async def find(self, import_id: UUID) -> WorkoutImportLog | None:
        if self._unwritten is not None and self._unwritten.id == import_id:
            return self._unwritten
        return await self._find(WorkoutImportLog, self.user_id, import_id)

    async def get(self, import_id: UUID) -> WorkoutImportLog:
        return found(await self.find(import_id), "import", import_id)

    async def find_by_message(self, chat_id: int, message_id: int) -> WorkoutImportLog | None:
        """Find the newest import that a message of the user's has led to."""
        await self.write()
        statement = (
            select(WorkoutImportLog)
            .where(
                WorkoutImportLog.user_id == self.user_id,
                WorkoutImportLog.chat_id == chat_id,
                WorkoutImportLog.message_id == message_id,
            )
            .order_by(WorkoutImportLog.id.desc())
            .limit(1)
        )
        return (await self.session.scalars(statement)).one_or_none()

    async def recent(self, limit: int = 10) -> list[WorkoutImportLog]:
        """List imports, the newest first."""
        await self.write()
        statement = select(WorkoutImportLog).where(WorkoutImportLog.user_id == self.user_id)
        newest = statement.order_by(WorkoutImportLog.created_at.desc(), WorkoutImportLog.id.desc()).limit(limit)
        return list((await self.session.scalars(newest)).all())

    async def update(self, import_id: UUID, *, version: int | None = None, **columns: Any) -> WorkoutImportLog:
        """Change columns of an import; its version counts up.

        Raises:
            NotFoundError: there is no such import.
            StaleVersionError: ``version`` is not the one it has.
        """
        row = await self.get(import_id)
        if row is not self._unwritten or any(isinstance(value, ClauseElement) for value in columns.values()):
            await self.write()
            return await self._amend(row, version, columns, "import")
        if version not in (None, row.version):
            raise StaleVersionError("import", row)
        row.__dict__.update(columns, version=row.version + 1)
        return row

    async def claim(self, import_id: UUID, lease_seconds: float = 90) -> WorkoutImportLog | None:
        """Take an import for reading, where it waits for that and nobody else has it.

        The row's ``lease_token`` is the right to finish it: whoever claims it after the lease has run out has another.
        """
        await self.write()
        statement = (
            update(WorkoutImportLog)
            .where(
                WorkoutImportLog.user_id == self.user_id,
                WorkoutImportLog.id == import_id,
                WorkoutImportLog.status.in_(WAITING),
                or_(WorkoutImportLog.lease_until.is_(None), WorkoutImportLog.lease_until <= func.now()),
            )
            .values(
                status=ImportStatus.READING,
                lease_until=func.now() + timedelta(seconds=lease_seconds),
                lease_token=uuid7(),
                attempts=WorkoutImportLog.attempts + 1,
            )
            .returning(WorkoutImportLog)
            .execution_options(populate_existing=True, synchronize_session=False)
        )
        return (await self.session.scalars(statement)).one_or_none()

    async def renew(self, import_id: UUID, lease_token: UUID, lease_seconds: float = 90) -> bool:
        """Keep an import for longer; False where somebody else has it by now."""
        return await self._by_token(import_id, lease_token, lease_until=func.now() + timedelta(seconds=lease_seconds))

    async def finish(self, import_id: UUID, lease_token: UUID, **columns: Any) -> bool:
        """Write the result of reading and give the import up; False where somebody else has it: then write nothing."""
        return await self._by_token(
            import_id,
            lease_token,
            lease_until=None,
            lease_token=None,
            version=WorkoutImportLog.version + 1,
            **columns,
        )

    async def _by_token(self, import_id: UUID, held_token: UUID, **columns: Any) -> bool:
        await self.write()
        statement = (
            update(WorkoutImportLog)
            .where(
                WorkoutImportLog.user_id == self.user_id,
                WorkoutImportLog.id == import_id,
                WorkoutImportLog.lease_token == held_token,
            )
            .values(**columns)
            .returning(WorkoutImportLog)
            .execution_options(populate_existing=True, synchronize_session=False)
        )
        return (await self.session.scalars(statement)).one_or_none() is not None
