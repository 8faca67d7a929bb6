"""Charts that were asked for, drawn beside the turns. Due ones are found across users by `Database.due_charts`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, func, or_, update
from uuid_utils.compat import uuid7

from storage.models import ChartJob
from storage.repositories.base import Repository

KEPT: Final = timedelta(days=30)
"""How long a job is kept that is done with."""


class ChartJobs(Repository):
    async def ask(self, kind: str, args: dict[str, Any], *, chat_id: int) -> ChartJob:
        """Have a chart drawn; what was drawn long ago is forgotten on the way."""
        forgotten = delete(ChartJob).where(ChartJob.user_id == self.user_id, ChartJob.done_at < func.now() - KEPT)
        await self.session.execute(forgotten.execution_options(synchronize_session=False))
        return await self._write(ChartJob(user_id=self.user_id, kind=kind, args=args, chat_id=chat_id))

    async def find(self, job_id: UUID) -> ChartJob | None:
        return await self.session.get(ChartJob, (self.user_id, job_id), populate_existing=True)

    async def claim(self, job_id: UUID, lease_seconds: float = 60) -> ChartJob | None:
        """Take a job that is not done and in nobody else's hands; the row's ``lease_token`` is the right to it."""
        statement = (
            update(ChartJob)
            .where(
                ChartJob.user_id == self.user_id,
                ChartJob.id == job_id,
                ChartJob.done_at.is_(None),
                or_(ChartJob.lease_until.is_(None), ChartJob.lease_until <= func.now()),
            )
            .values(
                lease_token=uuid7(),
                lease_until=func.now() + timedelta(seconds=lease_seconds),
                attempts=ChartJob.attempts + 1,
            )
            .returning(ChartJob)
            .execution_options(populate_existing=True, synchronize_session=False)
        )
        return (await self.session.scalars(statement)).one_or_none()

    async def finish(self, job_id: UUID, lease_token: UUID, error: str | None = None) -> bool:
        """Note that a job is done with; False where somebody else has it by now: then answer nothing."""
        statement = (
            update(ChartJob)
            .where(
                ChartJob.user_id == self.user_id,
                ChartJob.id == job_id,
                ChartJob.lease_token == lease_token,
                ChartJob.done_at.is_(None),
            )
            .values(done_at=func.now(), lease_until=None, error=error)
            .returning(ChartJob.id)
            .execution_options(synchronize_session=False)
        )
        return (await self.session.scalars(statement)).one_or_none() is not None
