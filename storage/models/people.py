"""The user."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from storage.models.columns import (
    UNIT_SYSTEM,
    USER_ROLE,
    Base,
    created,
    updated,
)
from storage.models.enums import (
    UnitSystem,
    UserRole,
)


class User(Base):
    """One Telegram account. ``telegram_id`` is the identity, so there is no password."""

    __tablename__ = "user"
    __table_args__ = (Index("ix_user_erasing", "id", postgresql_where=text("preferences ? 'erasing_since'")),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    telegram_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    username: Mapped[str | None]
    full_name: Mapped[str | None]
    email: Mapped[str | None]
    role: Mapped[UserRole] = mapped_column(USER_ROLE, server_default="user")
    unit_system: Mapped[UnitSystem] = mapped_column(UNIT_SYSTEM, server_default="metric")
    timezone: Mapped[str] = mapped_column(server_default="UTC")
    language: Mapped[str] = mapped_column(server_default="en")
    preferences: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'::jsonb"))
    current_plan_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("workout_plan.id", name="fk_user_current_plan_id_workout_plan", use_alter=True)
    )
    onboarded_at: Mapped[datetime | None]
    last_seen_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = created()
    updated_at: Mapped[datetime] = updated()
