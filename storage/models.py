"""The tables of Repscribe, as SQLAlchemy rows.

Three rules shape every table here:

* A user-scoped table carries ``user_id`` itself, so that its row-level security policy is one comparison, and its
  indexes begin with it. Where the parent always belongs to the same user the foreign key is ``(user_id, parent_id)``:
  the database then refuses a row that points at somebody else's. Where the parent may be a library row
  (``user_id IS NULL``) the key is the plain id and the policy's ``WITH CHECK`` asks that the parent can be seen.
* Weights are kilograms, ``NUMERIC(10,2)``; what the user typed stands beside them, so that 225 lb stays 225 lb.
* Nothing cascades. Plans, workouts, prescriptions, sessions, sets and exercises are soft-deleted.

Policies, grants and triggers are not visible here: they are written out in the migrations.
"""

from __future__ import annotations

import enum
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Computed,
    Date,
    DateTime,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Numeric,
    PrimaryKeyConstraint,
    Sequence,
    SmallInteger,
    Text,
    Time,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from uuid_utils.compat import uuid7


class UnitSystem(enum.StrEnum):
    METRIC = "metric"
    IMPERIAL = "imperial"


class UserRole(enum.StrEnum):
    USER = "user"
    COACH = "coach"
    ADMIN = "admin"


class MuscleGroup(enum.StrEnum):
    CHEST = "chest"
    BACK = "back"
    SHOULDERS = "shoulders"
    BICEPS = "biceps"
    TRICEPS = "triceps"
    FOREARMS = "forearms"
    LEGS = "legs"
    GLUTES = "glutes"
    CORE = "core"
    TRAPS = "traps"
    LATS = "lats"
    QUADS = "quads"
    HAMSTRINGS = "hamstrings"
    CALVES = "calves"


class ExerciseType(enum.StrEnum):
    FREEWEIGHT = "freeweight"
    MACHINE = "machine"
    BODYWEIGHT = "bodyweight"
    CABLE = "cable"
    BAND = "band"


class ExerciseCategory(enum.StrEnum):
    PUSH = "push"
    PULL = "pull"
    SQUAT = "squat"
    HINGE = "hinge"
    LUNGE = "lunge"
    CORE = "core"
    CARRY = "carry"
    ISOLATION = "isolation"
    OLYMPIC = "olympic"
    PLYOMETRIC = "plyometric"
    CARDIO = "cardio"
    MOBILITY = "mobility"


class Measure(enum.StrEnum):
    """How an exercise is counted."""

    WEIGHT_REPS = "weight_reps"
    REPS = "reps"
    DURATION = "duration"
    DISTANCE = "distance"


class ConfidenceLevel(enum.StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class SessionStatus(enum.StrEnum):
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    ABANDONED = "abandoned"
    SKIPPED = "skipped"


class LoadMode(enum.StrEnum):
    """What the weight of a set means. For ``assisted`` less is better; ``bodyweight`` carries no weight."""

    EXTERNAL = "external"
    ADDED = "added"
    ASSISTED = "assisted"
    BODYWEIGHT = "bodyweight"


class SetKind(enum.StrEnum):
    WARMUP = "warmup"
    WORKING = "working"
    DROP = "drop"
    FAILURE = "failure"


class RecordType(enum.StrEnum):
    ONE_REP_MAX = "1rm"
    SET_VOLUME = "set_volume"
    TOTAL_VOLUME = "total_volume"
    MAX_WEIGHT = "max_weight"
    MAX_REPS = "max_reps"
    MAX_DURATION = "max_duration"


class MesocycleStatus(enum.StrEnum):
    ACTIVE = "active"
    COMPLETED = "completed"
    ARCHIVED = "archived"


class ImportStatus(enum.StrEnum):
    """Where a text stands on its way to becoming a plan or a session."""

    RECEIVED = "received"
    READING = "reading"
    PREVIEW = "preview"
    SAVED = "saved"
    DISCARDED = "discarded"
    FAILED = "failed"
    UNDONE = "undone"


class ImportSource(enum.StrEnum):
    TEXT = "text"
    FILE = "file"
    VOICE = "voice"
    PHOTO = "photo"


class OutboxStatus(enum.StrEnum):
    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"


NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: DateTime(timezone=True),
        date: Date(),
        time: Time(),
        str: Text(),
        int: Integer(),
        UUID: Uuid(),
        dict[str, Any]: JSONB(),
        list[Any]: JSONB(),
    }


def pg_enum(kind: type[enum.StrEnum], name: str) -> Enum:
    """A PostgreSQL enum whose labels are the values, not the Python names."""
    return Enum(kind, name=name, values_callable=lambda members: [m.value for m in members])


UNIT_SYSTEM = pg_enum(UnitSystem, "unit_system_enum")
USER_ROLE = pg_enum(UserRole, "user_role_enum")
MUSCLE_GROUP = pg_enum(MuscleGroup, "muscle_group_enum")
EXERCISE_TYPE = pg_enum(ExerciseType, "exercise_type_enum")
EXERCISE_CATEGORY = pg_enum(ExerciseCategory, "exercise_category_enum")
MEASURE = pg_enum(Measure, "measure_enum")
CONFIDENCE_LEVEL = pg_enum(ConfidenceLevel, "confidence_level_enum")
SESSION_STATUS = pg_enum(SessionStatus, "session_status_enum")
LOAD_MODE = pg_enum(LoadMode, "load_mode_enum")
SET_KIND = pg_enum(SetKind, "set_kind_enum")
RECORD_TYPE = pg_enum(RecordType, "record_type_enum")
MESOCYCLE_STATUS = pg_enum(MesocycleStatus, "mesocycle_status_enum")
IMPORT_STATUS = pg_enum(ImportStatus, "import_status_enum")
IMPORT_SOURCE = pg_enum(ImportSource, "import_source_enum")
OUTBOX_STATUS = pg_enum(OutboxStatus, "outbox_status_enum")

OUTBOX_SEQUENCE = Sequence("outbox_sequence", metadata=Base.metadata)

WEIGHT = Numeric(10, 2)
LIVE = text("deleted_at IS NULL")


def user_reference() -> Mapped[UUID]:
    """The owner, for tables whose rows always belong to somebody."""
    return mapped_column(ForeignKey("user.id"), nullable=False)


def row_id() -> Mapped[UUID]:
    """A UUIDv7: it sorts by the time it was made."""
    return mapped_column(default=uuid7, nullable=False)


def created() -> Mapped[datetime]:
    return mapped_column(server_default=func.now(), nullable=False)


def updated() -> Mapped[datetime]:
    """Kept by a trigger, so that no statement can forget it."""
    return mapped_column(server_default=func.now(), nullable=False)


def version_number() -> Mapped[int]:
    """Optimistic locking: an UPDATE names the version it saw and adds one."""
    return mapped_column(server_default=text("1"), nullable=False)


# ------------------------------------------------------------------ people


class User(Base):
    """One Telegram account. ``telegram_id`` is the identity, so there is no password."""

    __tablename__ = "user"

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


class Equipment(Base):
    """A piece of kit of the library. 'Bodyweight' is a row like any other."""

    __tablename__ = "equipment"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    description: Mapped[str | None]
    deleted_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = created()


class UserEquipment(Base):
    """What a user can train with. Removing kit keeps the row."""

    __tablename__ = "user_equipment"
    __table_args__ = (
        PrimaryKeyConstraint("user_id", "equipment_id"),
        Index("ix_user_equipment_user_id", "user_id", postgresql_where=LIVE),
    )

    user_id: Mapped[UUID] = user_reference()
    equipment_id: Mapped[UUID] = mapped_column(ForeignKey("equipment.id"))
    deleted_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = created()


# ------------------------------------------------------------------ library and users' exercises


class Exercise(Base):
    """An exercise of the library (``user_id IS NULL``) or a user's own; a copy keeps the library row as its source."""

    __tablename__ = "exercise"
    __table_args__ = (
        Index(
            "uq_exercise_user_id_name",
            "user_id",
            text("lower(name)"),
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=LIVE,
        ),
        CheckConstraint("cardinality(primary_muscle_groups) > 0", name="primary_muscle_groups"),
        CheckConstraint("level BETWEEN 0 AND 5", name="level"),
        CheckConstraint("(user_id IS NULL) = (slug IS NOT NULL)", name="slug_of_library"),
        Index("ix_exercise_primary_muscle_groups", "primary_muscle_groups", postgresql_using="gin"),
        Index("ix_exercise_secondary_muscle_groups", "secondary_muscle_groups", postgresql_using="gin"),
        Index("ix_exercise_tags", "tags", postgresql_using="gin"),
        Index("ix_exercise_user_id_root_id", "user_id", "root_id"),
        Index("ix_exercise_source_id", "source_id"),
        Index("ix_exercise_category_level", "category", "level", "progression_order"),
        Index("ix_exercise_name_trgm", "name", postgresql_using="gin", postgresql_ops={"name": "gin_trgm_ops"}),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    slug: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str]
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("exercise.id"))
    root_id: Mapped[UUID] = mapped_column(Computed("coalesce(source_id, id)", persisted=True))
    primary_muscle_groups: Mapped[list[MuscleGroup]] = mapped_column(ARRAY(MUSCLE_GROUP))
    secondary_muscle_groups: Mapped[list[MuscleGroup]] = mapped_column(ARRAY(MUSCLE_GROUP), server_default=text("'{}'"))
    exercise_type: Mapped[ExerciseType] = mapped_column(EXERCISE_TYPE)
    category: Mapped[ExerciseCategory] = mapped_column(EXERCISE_CATEGORY)
    measure: Mapped[Measure] = mapped_column(MEASURE, server_default="weight_reps")
    level: Mapped[int | None] = mapped_column(SmallInteger)
    progression_order: Mapped[int | None] = mapped_column(SmallInteger)
    default_sets: Mapped[int | None]
    default_reps: Mapped[int | None]
    default_duration_seconds: Mapped[int | None]
    default_weight: Mapped[Decimal | None] = mapped_column(WEIGHT)
    default_rest_time_seconds: Mapped[int | None]
    default_tempo: Mapped[str | None]
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text()), server_default=text("'{}'"))
    description: Mapped[str | None]
    media_url: Mapped[str | None]
    version: Mapped[int] = version_number()
    deleted_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = created()
    updated_at: Mapped[datetime] = updated()


class ExerciseEquipment(Base):
    """The kit an exercise needs, all of it. A user's exercise carries its owner here too."""

    __tablename__ = "exercise_equipment"
    __table_args__ = (Index("ix_exercise_equipment_equipment_id", "equipment_id"),)

    exercise_id: Mapped[UUID] = mapped_column(ForeignKey("exercise.id"), primary_key=True)
    equipment_id: Mapped[UUID] = mapped_column(ForeignKey("equipment.id"), primary_key=True)
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))


class ExerciseAlias(Base):
    """Another word for an exercise: the library's in several languages, and each user's own, learned from corrections.

    A generic word ("curls") names a family and stands at its most common member.
    """

    __tablename__ = "exercise_alias"
    __table_args__ = (
        # A user's word means one thing; a word of the library may stand at two exercises, and is then asked about.
        Index(
            "uq_exercise_alias_own",
            "user_id",
            text("lower(alias)"),
            unique=True,
            postgresql_where=text("deleted_at IS NULL AND user_id IS NOT NULL"),
        ),
        Index(
            "uq_exercise_alias_library",
            text("lower(alias)"),
            "language",
            "exercise_id",
            unique=True,
            postgresql_where=text("deleted_at IS NULL AND user_id IS NULL"),
        ),
        Index("ix_exercise_alias_exercise_id", "exercise_id"),
        Index(
            "ix_exercise_alias_alias_trgm", "alias", postgresql_using="gin", postgresql_ops={"alias": "gin_trgm_ops"}
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    exercise_id: Mapped[UUID] = mapped_column(ForeignKey("exercise.id"))
    alias: Mapped[str]
    language: Mapped[str] = mapped_column(server_default="")
    is_generic: Mapped[bool] = mapped_column(server_default=text("false"))
    times_used: Mapped[int] = mapped_column(server_default=text("0"))
    deleted_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = created()


# ------------------------------------------------------------------ plans


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
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text()), server_default=text("'{}'"))
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


# ------------------------------------------------------------------ training


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
        Index("ix_workout_session_user_id_status", "user_id", "status", text("created_at DESC"), postgresql_where=LIVE),
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
    """An exercise of a session, with what was planned copied at the start, so that history stays true."""

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
    notes: Mapped[str | None]
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


# ------------------------------------------------------------------ reading


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


# ------------------------------------------------------------------ delivery


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
        Index("ix_outbox_pending", "chat_id", "sequence", postgresql_where=text("status = 'pending'")),
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


class LibraryRelease(Base):
    """Which version of the library's data files has been loaded."""

    __tablename__ = "library_release"
    __table_args__ = (
        Index("uq_library_release_current", "is_current", unique=True, postgresql_where=text("is_current")),
    )

    version: Mapped[str] = mapped_column(primary_key=True)
    loaded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    is_current: Mapped[bool] = mapped_column(Boolean, server_default=text("true"))
