"""Texts on their way to becoming a plan or a session. The row is there before reading starts: no text is ever lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select, update
from uuid_utils.compat import uuid7

from storage.models import ImportSource, ImportStatus, WorkoutImportLog
from storage.repositories.base import Repository, found

WAITING = (ImportStatus.RECEIVED, ImportStatus.READING)


class Imports(Repository):
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
        return await self._write(
            WorkoutImportLog(
                user_id=self.user_id,
                raw_text=raw_text,
                source=source,
                chat_id=chat_id,
                message_id=message_id,
                kind=kind,
                status=status,
                **columns,
            )
        )

    async def find(self, import_id: UUID) -> WorkoutImportLog | None:
        return await self.session.get(WorkoutImportLog, (self.user_id, import_id))

    async def get(self, import_id: UUID) -> WorkoutImportLog:
        return found(await self.find(import_id), "import", import_id)

    async def find_by_message(self, chat_id: int, message_id: int) -> WorkoutImportLog | None:
        """Find the newest import that a message of the user's has led to."""
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
        statement = select(WorkoutImportLog).where(WorkoutImportLog.user_id == self.user_id)
        newest = statement.order_by(WorkoutImportLog.created_at.desc(), WorkoutImportLog.id.desc()).limit(limit)
        return list((await self.session.scalars(newest)).all())

    async def update(self, import_id: UUID, *, version: int | None = None, **columns: Any) -> WorkoutImportLog:
        """Change columns of an import; its version counts up.

        Raises:
            NotFoundError: there is no such import.
            StaleVersionError: ``version`` is not the one it has.
        """
        return await self._amend(await self.get(import_id), version, columns, "import")

    async def claim(self, import_id: UUID, lease_seconds: float = 90) -> WorkoutImportLog | None:
        """Take an import for reading, where it waits for that and nobody else has it.

        The row's ``lease_token`` is the right to finish it: whoever claims it after the lease has run out has another.
        """
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
