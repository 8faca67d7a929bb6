"""Exercises, their other names and their kit: the library's rows and the users' own."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Computed,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    SmallInteger,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from storage.models.columns import (
    EXERCISE_CATEGORY,
    EXERCISE_TYPE,
    LIVE,
    MEASURE,
    MUSCLE_GROUP,
    WEIGHT,
    Base,
    created,
    updated,
    user_reference,
    version_number,
)
from storage.models.enums import (
    ExerciseCategory,
    ExerciseType,
    Measure,
    MuscleGroup,
)
from storage.storable_text import StorableText


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
    tags: Mapped[list[str]] = mapped_column(ARRAY(StorableText()), server_default=text("'{}'"))
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


class LibraryRelease(Base):
    """Which version of the library's data files has been loaded."""

    __tablename__ = "library_release"
    __table_args__ = (
        Index("uq_library_release_current", "is_current", unique=True, postgresql_where=text("is_current")),
    )

    version: Mapped[str] = mapped_column(primary_key=True)
    loaded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    is_current: Mapped[bool] = mapped_column(Boolean, server_default=text("true"))
