"""What was done: sessions, their exercises and sets."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Numeric,
    PrimaryKeyConstraint,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.columns import (
    CONFIDENCE_LEVEL,
    LIVE,
    LOAD_MODE,
    SESSION_STATUS,
    SET_KIND,
    WEIGHT,
    Base,
    created,
    row_id,
    updated,
    user_reference,
    version_number,
)
from storage.models.enums import (
    ConfidenceLevel,
    LoadMode,
    SessionStatus,
    SetKind,
)


class WorkoutSession(Base):
    """One visit to the gym: a workout carried out, or free logging without a plan."""

    __tablename__ = "workout_session"
    __table_args__ = (
        PrimaryKeyConstraint("user_id", "id"),
        ForeignKeyConstraint(["user_id", "mesocycle_id"], ["mesocycle.user_id", "mesocycle.id"]),
        ForeignKeyConstraint(
            ["user_id", "import_id"],
            ["workout_import_log.user_id", "workout_import_log.id"],
            name="fk_workout_session_import",
            use_alter=True,
        ),
        Index(
            "ix_workout_session_open",
            "user_id",
            text("created_at DESC"),
            text("id DESC"),
            postgresql_where=text("status = 'in_progress' AND deleted_at IS NULL"),
        ),
        Index(
            "ix_workout_session_planned",
            "user_id",
            "session_date",
            postgresql_where=text("status = 'planned' AND deleted_at IS NULL"),
        ),
        Index("ix_workout_session_user_id_created", "user_id", text("created_at DESC"), postgresql_where=LIVE),
        Index("ix_workout_session_user_id_date", "user_id", text("session_date DESC"), postgresql_where=LIVE),
        Index("ix_workout_session_workout_plan_id", "user_id", "workout_plan_id"),
        Index("ix_workout_session_workout_id", "user_id", "workout_id"),
        Index("ix_workout_session_mesocycle", "user_id", "mesocycle_id", "week_number"),
        Index("ix_workout_session_notes", "notes_search", postgresql_using="gin"),
        Index(
            "ix_workout_session_idle",
            "last_activity_at",
            postgresql_where=text("status = 'in_progress' AND deleted_at IS NULL"),
        ),
        CheckConstraint("week_number BETWEEN 1 AND 52", name="week_number"),
        CheckConstraint("completed_at >= started_at", name="completed_after_start"),
    )

    user_id: Mapped[UUID] = user_reference()
    id: Mapped[UUID] = row_id()
    workout_plan_id: Mapped[UUID | None] = mapped_column(ForeignKey("workout_plan.id"))
    workout_id: Mapped[UUID | None] = mapped_column(ForeignKey("workout.id"))
    mesocycle_id: Mapped[UUID | None]
    import_id: Mapped[UUID | None]
    week_number: Mapped[int | None]
    name: Mapped[str | None]
    status: Mapped[SessionStatus] = mapped_column(SESSION_STATUS, server_default="in_progress")
    session_date: Mapped[date]
    scheduled_time: Mapped[time | None]
    started_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    last_activity_at: Mapped[datetime | None]
    duration_minutes: Mapped[int | None] = mapped_column(
        Computed("(extract(epoch FROM (completed_at - started_at)) / 60)::integer", persisted=True)
    )
    notes: Mapped[str | None]
    notes_search: Mapped[str | None] = mapped_column(
        TSVECTOR, Computed("to_tsvector('simple', coalesce(notes, ''))", persisted=True)
    )
    version: Mapped[int] = version_number()
    deleted_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = created()
    updated_at: Mapped[datetime] = updated()


class SessionExercise(Base):
    """An exercise of a session, with what was planned copied at the start, so that history stays true.

    ``selected_at`` is when the user turned to it; the one turned to last, of those not finished, is the one under way.
    ``swapped_from_id`` is the exercise that was planned where the user took another.
    """

    __tablename__ = "session_exercise"
    __table_args__ = (
        PrimaryKeyConstraint("user_id", "id"),
        ForeignKeyConstraint(["user_id", "workout_session_id"], ["workout_session.user_id", "workout_session.id"]),
        UniqueConstraint("user_id", "workout_session_id", "exercise_order", name="uq_session_exercise_order"),
        Index("ix_session_exercise_exercise_id", "user_id", "exercise_id"),
        Index("ix_session_exercise_workout_exercise_id", "user_id", "workout_exercise_id"),
    )

    user_id: Mapped[UUID] = user_reference()
    id: Mapped[UUID] = row_id()
    workout_session_id: Mapped[UUID]
    exercise_id: Mapped[UUID] = mapped_column(ForeignKey("exercise.id"))
    workout_exercise_id: Mapped[UUID | None] = mapped_column(ForeignKey("workout_exercise.id"))
    exercise_order: Mapped[int]
    planned_sets: Mapped[list[Any] | None]
    planned_tempo: Mapped[str | None]
    planned_rest_time_seconds: Mapped[int | None]
    planned_notes: Mapped[str | None]
    planned_reason: Mapped[str | None]
    notes: Mapped[str | None]
    selected_at: Mapped[datetime | None]
    swapped_from_id: Mapped[UUID | None] = mapped_column(ForeignKey("exercise.id"))
    is_completed: Mapped[bool] = mapped_column(server_default=text("false"))
    skipped_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = created()
    updated_at: Mapped[datetime] = updated()


class ExerciseSet(Base):
    """One performed set. ``weight`` is in kilograms; ``typed_weight`` and ``typed_unit`` are what the user wrote."""

    __tablename__ = "exercise_set"
    __table_args__ = (
        PrimaryKeyConstraint("user_id", "id"),
        ForeignKeyConstraint(["user_id", "workout_session_id"], ["workout_session.user_id", "workout_session.id"]),
        ForeignKeyConstraint(["user_id", "session_exercise_id"], ["session_exercise.user_id", "session_exercise.id"]),
        ForeignKeyConstraint(
            ["user_id", "import_id"],
            ["workout_import_log.user_id", "workout_import_log.id"],
            name="fk_exercise_set_import",
            use_alter=True,
        ),
        Index("ix_exercise_set_session", "user_id", "workout_session_id", "set_number"),
        Index("ix_exercise_set_session_exercise", "user_id", "session_exercise_id"),
        Index(
            "ix_exercise_set_user_id_root",
            "user_id",
            "exercise_root_id",
            text("performed_at DESC"),
            postgresql_where=LIVE,
        ),
        Index("ix_exercise_set_user_id_performed_at", "user_id", text("performed_at DESC"), postgresql_where=LIVE),
        Index("ix_exercise_set_import", "user_id", "import_id"),
        Index("ix_exercise_set_exercise_id", "user_id", "exercise_id"),
        CheckConstraint("weight >= 0", name="weight"),
        CheckConstraint("typed_unit IN ('kg', 'lb')", name="typed_unit"),
        CheckConstraint("reps >= 0", name="reps"),
        CheckConstraint("duration_seconds >= 0", name="duration_seconds"),
        CheckConstraint("distance_m >= 0", name="distance_m"),
        CheckConstraint("rpe BETWEEN 0 AND 10", name="rpe"),
        CheckConstraint("set_number >= 1", name="set_number"),
        CheckConstraint("load_mode <> 'bodyweight' OR weight IS NULL", name="bodyweight_has_no_weight"),
        CheckConstraint(
            "reps IS NOT NULL OR duration_seconds IS NOT NULL OR distance_m IS NOT NULL", name="something_was_done"
        ),
    )

    user_id: Mapped[UUID] = user_reference()
    id: Mapped[UUID] = row_id()
    workout_session_id: Mapped[UUID]
    session_exercise_id: Mapped[UUID]
    exercise_id: Mapped[UUID] = mapped_column(ForeignKey("exercise.id"))
    exercise_root_id: Mapped[UUID]
    set_number: Mapped[int]
    weight: Mapped[Decimal | None] = mapped_column(WEIGHT)
    load_mode: Mapped[LoadMode] = mapped_column(LOAD_MODE, server_default="external")
    typed_weight: Mapped[Decimal | None] = mapped_column(Numeric)
    typed_unit: Mapped[str | None]
    reps: Mapped[int | None]
    duration_seconds: Mapped[int | None]
    distance_m: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))
    rpe: Mapped[Decimal | None] = mapped_column(Numeric(3, 1))
    effort_as_rir: Mapped[bool] = mapped_column(server_default=text("false"))
    rest_time_seconds: Mapped[int | None]
    kind: Mapped[SetKind] = mapped_column(SET_KIND, server_default="working")
    notes: Mapped[str | None]
    performed_at: Mapped[datetime]
    confidence_level: Mapped[ConfidenceLevel] = mapped_column(CONFIDENCE_LEVEL, server_default="high")
    import_id: Mapped[UUID | None]
    span_start: Mapped[int | None]
    span_end: Mapped[int | None]
    read_by: Mapped[str | None]
    version: Mapped[int] = version_number()
    deleted_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = created()
    updated_at: Mapped[datetime] = updated()
