"""Plans: workouts, prescriptions and their sets."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Numeric,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from storage.models.columns import (
    CONFIDENCE_LEVEL,
    LIVE,
    LOAD_MODE,
    WEIGHT,
    Base,
    created,
    updated,
    version_number,
)
from storage.models.enums import (
    ConfidenceLevel,
    LoadMode,
)
from storage.storable_text import StorableText


class WorkoutPlan(Base):
    """A program: a named, ordered list of workouts. A library plan is also the template of a mesocycle."""

    __tablename__ = "workout_plan"
    __table_args__ = (
        Index("ix_workout_plan_user_id", "user_id", postgresql_where=LIVE),
        Index("ix_workout_plan_user_id_created_at", "user_id", text("created_at DESC")),
        Index("ix_workout_plan_user_id_name", "user_id", "name", postgresql_where=LIVE),
        Index("ix_workout_plan_tags", "tags", postgresql_using="gin"),
        CheckConstraint("(user_id IS NULL) = (slug IS NOT NULL)", name="slug_of_library"),
        CheckConstraint("days_per_week BETWEEN 1 AND 7", name="days_per_week"),
        CheckConstraint("duration_weeks BETWEEN 1 AND 52", name="duration_weeks"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    slug: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str]
    description: Mapped[str | None]
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("workout_plan.id"))
    days_per_week: Mapped[int | None] = mapped_column(SmallInteger)
    duration_weeks: Mapped[int | None] = mapped_column(SmallInteger)
    tags: Mapped[list[str]] = mapped_column(ARRAY(StorableText()), server_default=text("'{}'"))
    times_used: Mapped[int] = mapped_column(server_default=text("0"))
    version: Mapped[int] = version_number()
    deleted_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = created()
    updated_at: Mapped[datetime] = updated()


class Workout(Base):
    """One training day of a plan. ``day_of_week`` is 0 for Monday; ``week_number`` where the weeks of a plan differ."""

    __tablename__ = "workout"
    __table_args__ = (
        Index("uq_workout_plan_position", "workout_plan_id", "position", unique=True, postgresql_where=LIVE),
        Index("ix_workout_user_id", "user_id"),
        CheckConstraint("day_of_week BETWEEN 0 AND 6", name="day_of_week"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    workout_plan_id: Mapped[UUID] = mapped_column(ForeignKey("workout_plan.id"))
    name: Mapped[str]
    description: Mapped[str | None]
    position: Mapped[int]
    week_number: Mapped[int | None] = mapped_column(SmallInteger)
    day_of_week: Mapped[int | None] = mapped_column(SmallInteger)
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("workout.id"))
    root_id: Mapped[UUID] = mapped_column(Computed("coalesce(source_id, id)", persisted=True))
    version: Mapped[int] = version_number()
    deleted_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = created()
    updated_at: Mapped[datetime] = updated()


class WorkoutExercise(Base):
    """A prescription: an exercise in a workout with its targets. Null means that nothing was prescribed."""

    __tablename__ = "workout_exercise"
    __table_args__ = (
        Index("uq_workout_exercise_workout_sequence", "workout_id", "sequence", unique=True, postgresql_where=LIVE),
        Index("ix_workout_exercise_exercise_id", "exercise_id"),
        Index("ix_workout_exercise_user_id", "user_id"),
        ForeignKeyConstraint(
            ["user_id", "import_id"],
            ["workout_import_log.user_id", "workout_import_log.id"],
            name="fk_workout_exercise_import",
            use_alter=True,
        ),
        CheckConstraint("sets BETWEEN 1 AND 15", name="sets"),
        CheckConstraint("reps_min >= 0 AND reps_max >= reps_min", name="reps"),
        CheckConstraint("target_weight_unit IN ('kg', 'lb')", name="target_weight_unit"),
        CheckConstraint("target_rpe BETWEEN 0 AND 10", name="target_rpe"),
        CheckConstraint("target_percent BETWEEN 0 AND 200", name="target_percent"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    workout_id: Mapped[UUID] = mapped_column(ForeignKey("workout.id"))
    exercise_id: Mapped[UUID] = mapped_column(ForeignKey("exercise.id"))
    sequence: Mapped[int]
    sets: Mapped[int | None]
    reps_min: Mapped[int | None]
    reps_max: Mapped[int | None]
    target_weight: Mapped[Decimal | None] = mapped_column(WEIGHT)
    target_weight_typed: Mapped[Decimal | None] = mapped_column(Numeric)
    target_weight_unit: Mapped[str | None]
    target_load_mode: Mapped[LoadMode | None] = mapped_column(LOAD_MODE)
    target_percent: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    target_rpe: Mapped[Decimal | None] = mapped_column(Numeric(3, 1))
    effort_as_rir: Mapped[bool] = mapped_column(server_default=text("false"))
    target_duration_seconds: Mapped[int | None]
    target_distance_m: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))
    rest_time_seconds: Mapped[int | None]
    tempo: Mapped[str | None]
    superset_group: Mapped[str | None]
    is_amrap: Mapped[bool] = mapped_column(server_default=text("false"))
    is_per_side: Mapped[bool] = mapped_column(server_default=text("false"))
    progression: Mapped[str | None]
    notes: Mapped[str | None]
    raw_text: Mapped[str | None]
    confidence_level: Mapped[ConfidenceLevel] = mapped_column(CONFIDENCE_LEVEL, server_default="medium")
    import_id: Mapped[UUID | None]
    span_start: Mapped[int | None]
    span_end: Mapped[int | None]
    read_by: Mapped[str | None]
    version: Mapped[int] = version_number()
    deleted_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = created()
    updated_at: Mapped[datetime] = updated()


class PrescribedSet(Base):
    """One set of a prescription whose sets differ. The prescription's own columns stay a true summary."""

    __tablename__ = "prescribed_set"
    __table_args__ = (
        UniqueConstraint("workout_exercise_id", "set_number"),
        Index("ix_prescribed_set_user_id", "user_id"),
        CheckConstraint("set_number BETWEEN 1 AND 15", name="set_number"),
        CheckConstraint("target_weight_unit IN ('kg', 'lb')", name="target_weight_unit"),
        CheckConstraint("target_rpe BETWEEN 0 AND 10", name="target_rpe"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    workout_exercise_id: Mapped[UUID] = mapped_column(ForeignKey("workout_exercise.id"))
    set_number: Mapped[int]
    reps_min: Mapped[int | None]
    reps_max: Mapped[int | None]
    target_weight: Mapped[Decimal | None] = mapped_column(WEIGHT)
    target_weight_typed: Mapped[Decimal | None] = mapped_column(Numeric)
    target_weight_unit: Mapped[str | None]
    target_percent: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    target_rpe: Mapped[Decimal | None] = mapped_column(Numeric(3, 1))
    target_duration_seconds: Mapped[int | None]
    target_distance_m: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))
    is_amrap: Mapped[bool] = mapped_column(server_default=text("false"))
