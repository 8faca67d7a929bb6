"""The conversation: updates that took effect, messages owed, questions open."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.columns import (
    OUTBOX_SEQUENCE,
    OUTBOX_STATUS,
    Base,
    created,
    row_id,
    user_reference,
    version_number,
)
from storage.models.enums import (
    OutboxStatus,
)


class ProcessedUpdate(Base):
    """An update of Telegram's that has taken effect, written in the transaction of those effects."""

    __tablename__ = "processed_update"
    __table_args__ = (
        PrimaryKeyConstraint("user_id", "bot_id", "update_id"),
        Index("ix_processed_update_processed_at", "processed_at"),
    )

    user_id: Mapped[UUID] = user_reference()
    bot_id: Mapped[int] = mapped_column(BigInteger)
    update_id: Mapped[int] = mapped_column(BigInteger)
    error_id: Mapped[str | None]
    error: Mapped[str | None]
    payload: Mapped[dict[str, Any] | None]
    processed_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ErasedUpdate(Base):
    """An update that took effect for a user who is erased by now: whose it was is gone, that it counts once is not."""

    __tablename__ = "erased_update"
    __table_args__ = (PrimaryKeyConstraint("bot_id", "update_id"),)

    bot_id: Mapped[int] = mapped_column(BigInteger, autoincrement=False)
    update_id: Mapped[int] = mapped_column(BigInteger, autoincrement=False)
    erased_at: Mapped[datetime] = created()


class Outbox(Base):
    """A call of the Bot API that is owed to a chat, written in the transaction of the effects it tells about.

    ``actions`` holds what the buttons under the message do, one entry a button, in reading order; a press carries
    ``token`` and the number of the button. ``pressed`` holds the numbers that have acted and may not act again.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        PrimaryKeyConstraint("user_id", "id"),
        ForeignKeyConstraint(["user_id", "edits_id"], ["outbox.user_id", "outbox.id"], name="fk_outbox_edits"),
        UniqueConstraint("user_id", "token", name="uq_outbox_token"),
        Index("ix_outbox_owed", "user_id", "chat_id", "sequence", postgresql_where=text("status = 'pending'")),
        Index("ix_outbox_message", "user_id", "chat_id", "message_id"),
        Index("ix_outbox_edits", "user_id", "edits_id", postgresql_where=text("edits_id IS NOT NULL")),
    )

    user_id: Mapped[UUID] = user_reference()
    id: Mapped[UUID] = row_id()
    sequence: Mapped[int] = mapped_column(BigInteger, OUTBOX_SEQUENCE, server_default=OUTBOX_SEQUENCE.next_value())
    chat_id: Mapped[int] = mapped_column(BigInteger)
    method: Mapped[str]
    payload: Mapped[dict[str, Any]]
    file: Mapped[bytes | None]
    token: Mapped[str | None]
    actions: Mapped[list[Any] | None]
    pressed: Mapped[list[int]] = mapped_column(ARRAY(Integer), server_default=text("'{}'"))
    edits_id: Mapped[UUID | None]
    about: Mapped[dict[str, Any] | None]
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    status: Mapped[OutboxStatus] = mapped_column(OUTBOX_STATUS, server_default="pending")
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    error: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    not_before: Mapped[datetime | None]
    created_at: Mapped[datetime] = created()
    sent_at: Mapped[datetime | None]


class Dialogue(Base):
    """What a user is being asked, since when, and of which version. One question at a time in a chat."""

    __tablename__ = "dialogue"
    __table_args__ = (PrimaryKeyConstraint("user_id", "chat_id"),)

    user_id: Mapped[UUID] = user_reference()
    chat_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str]
    data: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'::jsonb"))
    version: Mapped[int] = version_number()
    asked_at: Mapped[datetime] = created()
    expires_at: Mapped[datetime | None]


class Reminder(Base):
    """Something to say later: the end of a rest, a planned workout. ``done_at`` is when it was said or called off."""

    __tablename__ = "reminder"
    __table_args__ = (
        PrimaryKeyConstraint("user_id", "id"),
        ForeignKeyConstraint(["user_id", "workout_session_id"], ["workout_session.user_id", "workout_session.id"]),
        Index("ix_reminder_due", "due_at", postgresql_where=text("done_at IS NULL")),
        Index("ix_reminder_session", "user_id", "workout_session_id"),
    )

    user_id: Mapped[UUID] = user_reference()
    id: Mapped[UUID] = row_id()
    chat_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str]
    workout_session_id: Mapped[UUID | None]
    due_at: Mapped[datetime]
    data: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'::jsonb"))
    done_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = created()


class ChartJob(Base):
    """A chart that was asked for. ``args`` says of what; the lease is that of whoever is drawing it."""

    __tablename__ = "chart_job"
    __table_args__ = (
        PrimaryKeyConstraint("user_id", "id"),
        Index("ix_chart_job_due", "created_at", postgresql_where=text("done_at IS NULL")),
    )

    user_id: Mapped[UUID] = user_reference()
    id: Mapped[UUID] = row_id()
    chat_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str]
    args: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'::jsonb"))
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    lease_token: Mapped[UUID | None]
    lease_until: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    error: Mapped[str | None]
    created_at: Mapped[datetime] = created()


class SendingPace(Base):
    """How far the places for messages to a chat are booked, in row 0 those of all chats; a notepad, soon forgotten."""

    __tablename__ = "sending_pace"
    __table_args__ = (PrimaryKeyConstraint("chat_id"), {"prefixes": ["UNLOGGED"]})

    chat_id: Mapped[int] = mapped_column(BigInteger, autoincrement=False)
    due: Mapped[datetime]
    paused_until: Mapped[datetime | None]
