"""What a transaction of one user offers: the user, and a repository for each aggregate."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import User


class UnitOfWork:
    """Made by `Database.begin` alone. Repositories are made when first asked for and share the session."""

    def __init__(self, session: AsyncSession, user: User) -> None:
        self.session = session
        self.user = user
        self.user_id: UUID = user.id
        self.is_committing = False
