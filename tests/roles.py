"""Making coaches and admins, as whoever runs the bot does."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from storage.database import Database
from storage.models import UserRole
from storage.repositories.coaching import InvitationState, hash_of
from storage.roles import set_role

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)


async def appoint(database: Database, telegram_id: int, role: str = "coach") -> UUID:
    """Make somebody a coach or an admin, or plain again; they are made where they are new."""
    async with database.begin(telegram_id=telegram_id) as work:
        user_id = work.user_id
    await set_role(database.address.replace("//repscribe_bot@", "//repscribe_owner@"), telegram_id, UserRole(role))
    return user_id


async def take_coach(database: Database, athlete: UUID, coach: UUID) -> None:
    """Have a coach invite and an athlete accept."""
    async with database.begin(user_id=coach) as work:
        token = await work.coaching.invite(AT)
    async with database.begin(user_id=athlete) as work:
        assert (await work.coaching.accept(hash_of(token), AT)).state is InvitationState.ACCEPTED
