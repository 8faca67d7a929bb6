"""What stays a coach's own while they work on an athlete's plans: the question they are asked, the text they typed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from storage.models import Dialogue, User, WorkoutImportLog
from storage.repositories.dialogues import Dialogues
from storage.repositories.imports import Imports

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork

FOR: Final = "for"
"""The key under which the data of a question say whose plans it is about."""


class CoachsDialogues(Dialogues):
    """The coach's questions; each says for which athlete it was asked."""

    def __init__(self, coach: UnitOfWork, athlete: User) -> None:
        super().__init__(coach)
        self._athlete = athlete

    async def find(self, chat_id: int, now: datetime | None = None) -> Dialogue | None:
        async with self.work.coaching.as_self(self._athlete):
            return await super().find(chat_id, now)

    async def ask(
        self,
        chat_id: int,
        kind: str,
        data: dict[str, Any],
        expires_at: datetime | None = None,
        asked_at: datetime | None = None,
    ) -> Dialogue:
        async with self.work.coaching.as_self(self._athlete):
            return await super().ask(chat_id, kind, {**data, FOR: str(self._athlete.id)}, expires_at, asked_at)

    async def close(self, chat_id: int, version: int | None = None) -> bool:
        async with self.work.coaching.as_self(self._athlete):
            return await super().close(chat_id, version)


class CoachsImports(Imports):
    """The coach's texts, kept by the coach's own repository: what they typed is theirs, in whatever plan it ends."""

    def __init__(self, coach: UnitOfWork, athlete: User) -> None:
        super().__init__(coach)
        self._athlete = athlete

    async def receive(self, raw_text: str, **columns: Any) -> WorkoutImportLog:
        async with self.work.coaching.as_self(self._athlete):
            return await self.work.imports.receive(raw_text, **columns)

    async def update(self, import_id: UUID, *, version: int | None = None, **columns: Any) -> WorkoutImportLog:
        async with self.work.coaching.as_self(self._athlete):
            return await self.work.imports.update(import_id, version=version, **columns)
