"""Blocks of training over a plan."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Numeric,
    PrimaryKeyConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.columns import (
    MESOCYCLE_STATUS,
    Base,
    created,
    row_id,
    updated,
    user_reference,
    version_number,
)
from storage.models.enums import (
    MesocycleStatus,
)


class Mesocycle(Base):
    """A block of 3 to 7 weeks over a plan; its last week is the deload."""

    __tablename__ = "mesocycle"
    __table_args__ = (
        PrimaryKeyConstraint("user_id", "id"),
        ForeignKeyConstraint(
            ["user_id", "parent_mesocycle_id"], ["mesocycle.user_id", "mesocycle.id"], name="fk_mesocycle_parent"
        ),
        Index("ix_mesocycle_user_id_status", "user_id", "status"),
        Index("ix_mesocycle_user_id_created_at", "user_id", text("created_at DESC")),
        Index("ix_mesocycle_parent", "user_id", "parent_mesocycle_id"),
        CheckConstraint("duration_weeks BETWEEN 3 AND 7", name="duration_weeks"),
        CheckConstraint("current_week BETWEEN 1 AND duration_weeks", name="current_week"),
        CheckConstraint("days_per_week BETWEEN 1 AND 7", name="days_per_week"),
        CheckConstraint("copied_from_week BETWEEN 1 AND 7", name="copied_from_week"),
    )

    user_id: Mapped[UUID] = user_reference()
    id: Mapped[UUID] = row_id()
    workout_plan_id: Mapped[UUID] = mapped_column(ForeignKey("workout_plan.id"))
    name: Mapped[str]
    description: Mapped[str | None]
    duration_weeks: Mapped[int]
    current_week: Mapped[int] = mapped_column(server_default=text("1"))
    status: Mapped[MesocycleStatus] = mapped_column(MESOCYCLE_STATUS, server_default="active")
    start_date: Mapped[date | None]
    end_date: Mapped[date | None]
    days_per_week: Mapped[int]
    parent_mesocycle_id: Mapped[UUID | None]
    copied_from_week: Mapped[int | None]
    version: Mapped[int] = version_number()
    completed_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = created()
    updated_at: Mapped[datetime] = updated()


class MesocycleTarget(Base):
    """The sets and the reps in reserve that a prescription has in one week, and why."""

    __tablename__ = "mesocycle_target"
    __table_args__ = (
        PrimaryKeyConstraint("user_id", "mesocycle_id", "workout_exercise_id", "week_number"),
        ForeignKeyConstraint(["user_id", "mesocycle_id"], ["mesocycle.user_id", "mesocycle.id"]),
        Index("ix_mesocycle_target_workout_exercise_id", "user_id", "workout_exercise_id"),
        CheckConstraint("week_number BETWEEN 1 AND 7", name="week_number"),
        CheckConstraint("sets BETWEEN 1 AND 15", name="sets"),
        CheckConstraint("rir BETWEEN 0 AND 10", name="rir"),
        CheckConstraint("load_factor > 0 AND load_factor <= 1", name="load_factor"),
    )

    user_id: Mapped[UUID] = user_reference()
    mesocycle_id: Mapped[UUID]
    workout_exercise_id: Mapped[UUID] = mapped_column(ForeignKey("workout_exercise.id"))
    week_number: Mapped[int]
    sets: Mapped[int]
    rir: Mapped[Decimal] = mapped_column(Numeric(3, 1))
    load_factor: Mapped[Decimal] = mapped_column(Numeric(4, 3), server_default=text("1"))
    reason: Mapped[str | None]
    updated_at: Mapped[datetime] = updated()
