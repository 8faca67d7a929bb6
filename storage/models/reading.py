"""Texts on their way into the tables, and the log of every change."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.columns import (
    IMPORT_SOURCE,
    IMPORT_STATUS,
    Base,
    created,
    row_id,
    updated,
    user_reference,
    version_number,
)
from storage.models.enums import (
    ImportSource,
    ImportStatus,
)


class WorkoutImportLog(Base):
    """A text on its way to becoming a plan or a session, written before reading starts: no text is ever lost."""

    __tablename__ = "workout_import_log"
    __table_args__ = (
        PrimaryKeyConstraint("user_id", "id"),
        ForeignKeyConstraint(
            ["user_id", "workout_session_id"],
            ["workout_session.user_id", "workout_session.id"],
            name="fk_workout_import_log_session",
        ),
        Index("ix_workout_import_log_user_id_created_at", "user_id", text("created_at DESC")),
        Index("ix_workout_import_log_workout_plan_id", "user_id", "workout_plan_id"),
        Index("ix_workout_import_log_session", "user_id", "workout_session_id"),
        Index("ix_workout_import_log_message", "user_id", "chat_id", "message_id"),
        Index(
            "ix_workout_import_log_due",
            "lease_until",
            postgresql_where=text("status IN ('received', 'reading')"),
        ),
    )

    user_id: Mapped[UUID] = user_reference()
    id: Mapped[UUID] = row_id()
    workout_plan_id: Mapped[UUID | None] = mapped_column(ForeignKey("workout_plan.id"))
    workout_session_id: Mapped[UUID | None]
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    source: Mapped[ImportSource] = mapped_column(IMPORT_SOURCE, server_default="text")
    raw_text: Mapped[str]
    kind: Mapped[str | None]
    status: Mapped[ImportStatus] = mapped_column(IMPORT_STATUS, server_default="received")
    parsed_exercises: Mapped[dict[str, Any] | None]
    confidence_scores: Mapped[dict[str, Any] | None]
    draft: Mapped[dict[str, Any] | None]
    reader: Mapped[str | None]
    model: Mapped[str | None]
    prompt_tokens: Mapped[int | None]
    completion_tokens: Mapped[int | None]
    latency_ms: Mapped[int | None]
    error: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    lease_until: Mapped[datetime | None]
    lease_token: Mapped[UUID | None]
    version: Mapped[int] = version_number()
    created_at: Mapped[datetime] = created()
    updated_at: Mapped[datetime] = updated()


class AuditLog(Base):
    """Who changed which row, before and after; written by trigger on every user-scoped table."""

    __tablename__ = "audit_log"
    __table_args__ = (
        PrimaryKeyConstraint("user_id", "id"),
        Index("ix_audit_log_row", "user_id", "table_name", "row_id"),
        Index("ix_audit_log_changed_at", "user_id", text("changed_at DESC")),
    )

    user_id: Mapped[UUID]
    id: Mapped[UUID] = mapped_column(server_default=func.gen_random_uuid())
    actor_id: Mapped[UUID | None]
    table_name: Mapped[str]
    row_id: Mapped[str]
    action: Mapped[str]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    changed_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
