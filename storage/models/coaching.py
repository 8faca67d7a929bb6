"""Coaches and athletes: invitations, who coaches whom, and what one is to be told of the other."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.columns import Base, created, row_id, user_reference


class CoachInvitation(Base):
    """A coach's invitation: whoever opens its link may accept it, once. The token itself is kept nowhere."""

    __tablename__ = "coach_invitation"
    __table_args__ = (PrimaryKeyConstraint("user_id", "id"), UniqueConstraint("token_hash"))

    user_id: Mapped[UUID] = user_reference()
    id: Mapped[UUID] = row_id()
    token_hash: Mapped[str]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = created()


class Coaching(Base):
    """An athlete's word that somebody coaches them, until it is taken back. Written by functions of the database."""

    __tablename__ = "coaching"
    __table_args__ = (
        PrimaryKeyConstraint("user_id", "coach_id"),
        CheckConstraint("user_id <> coach_id", name="another"),
        Index("ix_coaching_coach_id", "coach_id"),
    )

    user_id: Mapped[UUID] = user_reference()
    coach_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"))
    since: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class Notice(Base):
    """What a user is to be told of their coach or athlete; told from a turn of their own, and then deleted.

    ``subject_id`` is the plan that was changed, else the sender.
    """

    __tablename__ = "notice"
    __table_args__ = (
        PrimaryKeyConstraint("user_id", "id"),
        UniqueConstraint("user_id", "sender_id", "kind", "subject_id"),
        CheckConstraint("kind IN ('accepted', 'revoked', 'left', 'plan')", name="kind"),
        Index("ix_notice_due", "due_at"),
        Index("ix_notice_sender_id", "sender_id"),
    )

    user_id: Mapped[UUID] = user_reference()
    id: Mapped[UUID] = row_id()
    sender_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[str]
    subject_id: Mapped[UUID]
    due_at: Mapped[datetime]
    created_at: Mapped[datetime] = created()
