"""What is to be said later. Due ones are found across users by `Database.due_reminders`."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from storage.models import Reminder
from storage.repositories.base import Repository


class Reminders(Repository):
    async def set(
        self,
        kind: str,
        due_at: datetime,
        *,
        chat_id: int,
        session_id: UUID | None = None,
        data: dict[str, Any] | None = None,
    ) -> Reminder:
        """Have something said at a time, of the bot's clock."""
        return await self._write(
            Reminder(
                user_id=self.user_id,
                kind=kind,
                due_at=due_at,
                chat_id=chat_id,
                workout_session_id=session_id,
                data=data or {},
            )
        )

    async def find_due(self, reminder_id: UUID, now: datetime) -> Reminder | None:
        """Find a reminder that is still to be said by ``now``."""
        statement = select(Reminder).where(
            Reminder.user_id == self.user_id,
            Reminder.id == reminder_id,
            Reminder.done_at.is_(None),
            Reminder.due_at <= now,
        )
        return (await self.session.scalars(statement)).one_or_none()

    async def pending(self, kind: str | None = None) -> list[Reminder]:
        """List what is still to be said, the next first."""
        statement = select(Reminder).where(Reminder.user_id == self.user_id, Reminder.done_at.is_(None))
        if kind is not None:
            statement = statement.where(Reminder.kind == kind)
        return list((await self.session.scalars(statement.order_by(Reminder.due_at))).all())

    async def end(self, reminder_id: UUID, at: datetime) -> None:
        """Note that it was said, or is not to be said any more."""
        await self._end(Reminder.id == reminder_id, at)

    async def call_off(self, kind: str, at: datetime, session_id: UUID | None = None) -> None:
        """Call off all reminders of a kind, or those of one session."""
        of_session = Reminder.workout_session_id == session_id
        await self._end(Reminder.kind == kind if session_id is None else (Reminder.kind == kind) & of_session, at)

    async def _end(self, which: Any, at: datetime) -> None:
        statement = update(Reminder).where(Reminder.user_id == self.user_id, Reminder.done_at.is_(None), which)
        await self.session.execute(statement.values(done_at=at).execution_options(synchronize_session=False))
