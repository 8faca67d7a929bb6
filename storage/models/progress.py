"""What follows from what was done: records, feedback, levels, mastery, days."""

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
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.columns import (
    EXERCISE_CATEGORY,
    MUSCLE_GROUP,
    RECORD_TYPE,
    WEIGHT,
    Base,
    created,
    row_id,
    updated,
    user_reference,
)
from storage.models.enums import (
    ExerciseCategory,
    MuscleGroup,
    RecordType,
)


class PersonalRecord(Base):
    """The best of its kind for a user and root exercise: one row, read in O(1)."""

    __tablename__ = "personal_record"
    __table_args__ = (
        PrimaryKeyConstraint("user_id", "id"),
        UniqueConstraint("user_id", "exercise_root_id", "record_type", name="uq_personal_record_type"),
        ForeignKeyConstraint(["user_id", "exercise_set_id"], ["exercise_set.user_id", "exercise_set.id"]),
        ForeignKeyConstraint(["user_id", "workout_session_id"], ["workout_session.user_id", "workout_session.id"]),
        Index("ix_personal_record_achieved_at", "user_id", text("achieved_at DESC")),
        Index("ix_personal_record_set", "user_id", "exercise_set_id"),
        Index("ix_personal_record_session", "user_id", "workout_session_id"),
    )

    user_id: Mapped[UUID] = user_reference()
    id: Mapped[UUID] = row_id()
    exercise_root_id: Mapped[UUID] = mapped_column(ForeignKey("exercise.id"))
    record_type: Mapped[RecordType] = mapped_column(RECORD_TYPE)
    value: Mapped[Decimal] = mapped_column(Numeric(12, 2))
    unit: Mapped[str | None]
    exercise_set_id: Mapped[UUID]
    workout_session_id: Mapped[UUID]
    achieved_at: Mapped[datetime]
    created_at: Mapped[datetime] = created()
    updated_at: Mapped[datetime] = updated()


class MuscleGroupFeedback(Base):
    """Soreness, pump and challenge, 0 to 3, once a session and muscle group."""

    __tablename__ = "muscle_group_feedback"
    __table_args__ = (
        PrimaryKeyConstraint("user_id", "id"),
        ForeignKeyConstraint(["user_id", "workout_session_id"], ["workout_session.user_id", "workout_session.id"]),
        UniqueConstraint("user_id", "workout_session_id", "muscle_group", name="uq_muscle_group_feedback_group"),
        Index("ix_muscle_group_feedback_group", "user_id", "muscle_group"),
        CheckConstraint("soreness BETWEEN 0 AND 3", name="soreness"),
        CheckConstraint("pump BETWEEN 0 AND 3", name="pump"),
        CheckConstraint("challenge BETWEEN 0 AND 3", name="challenge"),
    )

    user_id: Mapped[UUID] = user_reference()
    id: Mapped[UUID] = row_id()
    workout_session_id: Mapped[UUID]
    muscle_group: Mapped[MuscleGroup] = mapped_column(MUSCLE_GROUP)
    soreness: Mapped[int | None] = mapped_column(SmallInteger)
    pump: Mapped[int | None] = mapped_column(SmallInteger)
    challenge: Mapped[int | None] = mapped_column(SmallInteger)
    soreness_recorded_at: Mapped[datetime | None]
    performance_recorded_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = created()


class UserLevel(Base):
    """A user's calisthenics level, 0 to 5, in one category."""

    __tablename__ = "user_level"
    __table_args__ = (
        PrimaryKeyConstraint("user_id", "category"),
        CheckConstraint("level BETWEEN 0 AND 5", name="level"),
        CheckConstraint("category IN ('push', 'pull', 'squat')", name="category"),
    )

    user_id: Mapped[UUID] = user_reference()
    category: Mapped[ExerciseCategory] = mapped_column(EXERCISE_CATEGORY)
    level: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    reached_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = created()
    updated_at: Mapped[datetime] = updated()


class ExerciseMastery(Base):
    """A user's working targets on the way to an exercise's defaults, and when they were met."""

    __tablename__ = "exercise_mastery"
    __table_args__ = (
        PrimaryKeyConstraint("user_id", "exercise_root_id"),
        ForeignKeyConstraint(["user_id", "mastered_session_id"], ["workout_session.user_id", "workout_session.id"]),
    )

    user_id: Mapped[UUID] = user_reference()
    exercise_root_id: Mapped[UUID] = mapped_column(ForeignKey("exercise.id"))
    current_sets: Mapped[int | None]
    current_reps: Mapped[int | None]
    current_duration_seconds: Mapped[int | None]
    current_tempo: Mapped[str | None]
    current_rest_time_seconds: Mapped[int | None]
    notes: Mapped[str | None]
    mastered_at: Mapped[datetime | None]
    mastered_session_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = created()
    updated_at: Mapped[datetime] = updated()


class DailyWorkoutSummary(Base):
    """What a user did on one day, kept in the same transaction as what it sums up."""

    __tablename__ = "daily_workout_summary"
    __table_args__ = (PrimaryKeyConstraint("user_id", "workout_date"),)

    user_id: Mapped[UUID] = user_reference()
    workout_date: Mapped[date]
    total_exercises: Mapped[int] = mapped_column(server_default=text("0"))
    completed_exercises: Mapped[int] = mapped_column(server_default=text("0"))
    total_sets: Mapped[int] = mapped_column(server_default=text("0"))
    total_volume: Mapped[Decimal] = mapped_column(Numeric(14, 2), server_default=text("0"))
    total_duration_minutes: Mapped[int] = mapped_column(server_default=text("0"))
    categories: Mapped[list[ExerciseCategory]] = mapped_column(ARRAY(EXERCISE_CATEGORY), server_default=text("'{}'"))
    is_completed: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = created()
    updated_at: Mapped[datetime] = updated()


class ExerciseSetting(Base):
    """What a user has settled for an exercise and all its copies: the unit, the training max, how it progresses.

    ``unit`` is the one that figures without a unit are meant in. ``progression`` overrules a prescription's own.
    ``training_max`` and ``load_step`` are in kilograms; ``cycle`` counts the cycles of a percent scheme from 1.
    """

    __tablename__ = "exercise_setting"
    __table_args__ = (
        PrimaryKeyConstraint("user_id", "exercise_root_id"),
        CheckConstraint("unit IN ('kg', 'lb')", name="unit"),
        CheckConstraint("training_max > 0", name="training_max"),
        CheckConstraint("training_max_unit IN ('kg', 'lb')", name="training_max_unit"),
        CheckConstraint("cycle >= 1", name="cycle"),
        CheckConstraint("load_step > 0", name="load_step"),
    )

    user_id: Mapped[UUID] = user_reference()
    exercise_root_id: Mapped[UUID] = mapped_column(ForeignKey("exercise.id"))
    unit: Mapped[str | None]
    progression: Mapped[str | None]
    training_max: Mapped[Decimal | None] = mapped_column(WEIGHT)
    training_max_typed: Mapped[Decimal | None] = mapped_column(Numeric)
    training_max_unit: Mapped[str | None]
    cycle: Mapped[int] = mapped_column(server_default=text("1"))
    load_step: Mapped[Decimal | None] = mapped_column(WEIGHT)
    created_at: Mapped[datetime] = created()
    updated_at: Mapped[datetime] = updated()
