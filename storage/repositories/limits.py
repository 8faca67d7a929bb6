"""What is counted where a user has limits: messages of a minute, a model's cost of a day, texts kept in a flood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select, update

from storage.models import ImportStatus, ProcessedUpdate, WorkoutImportLog
from storage.repositories.base import Repository


@dataclass(frozen=True, slots=True)
class Spending:
    """For how many texts a model was asked, and the tokens of questions and answers."""

    texts: int
    tokens: int


class Limits(Repository):
    async def updates_within(self, span: timedelta) -> int:
        """Count the updates of the user that any process took within a span, by the database's clock."""
        statement = select(func.count()).where(
            ProcessedUpdate.user_id == self.user_id, ProcessedUpdate.processed_at > func.now() - span
        )
        return int(await self.session.scalar(statement) or 0)

    async def model_spending(self, since: datetime, *, but: UUID) -> Spending:
        """Sum up what reading by a model has cost; a text that is being read counts as one already, `but` does not.

        A text counts by its last change: one that is changed today counts whole, which errs on the dear side.
        """
        row = WorkoutImportLog
        was_asked = or_(row.model.is_not(None), row.lease_token.is_not(None))
        tokens = func.coalesce(row.prompt_tokens, 0) + func.coalesce(row.completion_tokens, 0)
        statement = select(
            func.count().filter(and_(was_asked, row.id != but)), func.coalesce(func.sum(tokens), 0)
        ).where(row.user_id == self.user_id, row.updated_at >= since)
        texts, spent = (await self.session.execute(statement)).one()
        return Spending(texts, int(spent))

    async def count_kept(self, kind: str, chat_id: int) -> int:
        """Count the texts of a kind in a chat."""
        return int(await self.session.scalar(self._kept(select(func.count()), kind, chat_id)) or 0)

    async def kept(self, kind: str, chat_id: int, limit: int) -> list[WorkoutImportLog]:
        """List the texts of a kind in a chat, oldest first."""
        statement = self._kept(select(WorkoutImportLog), kind, chat_id)
        ordered = statement.order_by(WorkoutImportLog.created_at, WorkoutImportLog.id).limit(limit)
        return list((await self.session.scalars(ordered)).all())

    async def settle(self, ids: Sequence[UUID], kind: str, draft: dict[str, Any]) -> None:
        """Make texts parts of another one."""
        statement = (
            update(WorkoutImportLog)
            .where(WorkoutImportLog.user_id == self.user_id, WorkoutImportLog.id.in_(ids))
            .values(kind=kind, status=ImportStatus.UNDONE, draft=draft, version=WorkoutImportLog.version + 1)
            .execution_options(synchronize_session=False)
        )
        await self.session.execute(statement)

    def _kept(self, statement: Any, kind: str, chat_id: int) -> Any:
        return statement.where(
            WorkoutImportLog.user_id == self.user_id,
            WorkoutImportLog.chat_id == chat_id,
            WorkoutImportLog.kind == kind,
        )
