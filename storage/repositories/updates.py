"""The updates that have taken effect: each counts once, however often it is delivered."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects.postgresql import insert

from storage.models import ProcessedUpdate
from storage.repositories.base import Repository


class ProcessedUpdates(Repository):
    """Written in the transaction of the effects, so either both are there or neither."""

    async def record(self, bot_id: int, update_id: int) -> bool:
        """Record an update; False where it has taken effect before."""
        return await self._insert(bot_id=bot_id, update_id=update_id)

    async def record_failure(
        self, bot_id: int, update_id: int, error_id: str, error: str, payload: dict[str, Any] | None
    ) -> bool:
        """Record an update that no handler could take, with what it said: the text is not lost."""
        return await self._insert(bot_id=bot_id, update_id=update_id, error_id=error_id, error=error, payload=payload)

    async def _insert(self, **columns: Any) -> bool:
        statement = (
            insert(ProcessedUpdate)
            .values(user_id=self.user_id, **columns)
            .on_conflict_do_nothing()
            .returning(ProcessedUpdate.update_id)
        )
        return await self.session.scalar(statement) is not None
