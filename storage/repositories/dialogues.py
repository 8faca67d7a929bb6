"""What a user is being asked in a chat: one question at a time, in the database, so that a restart loses none."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from storage.models import Dialogue
from storage.repositories.base import Repository


class Dialogues(Repository):
    async def find(self, chat_id: int, now: datetime | None = None) -> Dialogue | None:
        """Find the open question of a chat; one that has expired by ``now`` counts as none."""
        statement = select(Dialogue).where(Dialogue.user_id == self.user_id, Dialogue.chat_id == chat_id)
        dialogue = (await self.session.scalars(statement.execution_options(populate_existing=True))).one_or_none()
        if dialogue is None or (now and dialogue.expires_at and dialogue.expires_at <= now):
            return None
        return dialogue

    async def ask(
        self,
        chat_id: int,
        kind: str,
        data: dict[str, Any],
        expires_at: datetime | None = None,
        asked_at: datetime | None = None,
    ) -> Dialogue:
        """Ask a question, in the place of whatever was being asked in this chat; its version counts up."""
        columns = {"kind": kind, "data": data, "expires_at": expires_at, "asked_at": asked_at or func.now()}
        statement = insert(Dialogue).values(user_id=self.user_id, chat_id=chat_id, **columns)
        statement = statement.on_conflict_do_update(
            index_elements=["user_id", "chat_id"], set_=columns | {"version": Dialogue.version + 1}
        )
        rows = await self.session.scalars(statement.returning(Dialogue), execution_options={"populate_existing": True})
        return rows.one()

    async def close(self, chat_id: int, version: int | None = None) -> bool:
        """End a dialogue; with a version only that one. False where there was none."""
        statement = delete(Dialogue).where(Dialogue.user_id == self.user_id, Dialogue.chat_id == chat_id)
        if version is not None:
            statement = statement.where(Dialogue.version == version)
        return await self.session.scalar(statement.returning(Dialogue.chat_id)) is not None
