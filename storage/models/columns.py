"""What the tables are made of: the base class, the enums as column types, and the columns that many have."""

from __future__ import annotations

import enum
from datetime import date, datetime, time
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    Date,
    DateTime,
    Enum,
    ForeignKey,
    Integer,
    MetaData,
    Numeric,
    Sequence,
    Time,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from uuid_utils.compat import uuid7

from storage.models.enums import (
    ConfidenceLevel,
    ExerciseCategory,
    ExerciseType,
    ImportSource,
    ImportStatus,
    LoadMode,
    Measure,
    MesocycleStatus,
    MuscleGroup,
    OutboxStatus,
    RecordType,
    SessionStatus,
    SetKind,
    UnitSystem,
    UserRole,
)
from storage.storable_text import StorableText

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
        str: StorableText(),
        int: Integer(),
        UUID: Uuid(),
        # None is no value, and not JSON's null, of which PostgreSQL cannot tell how long it is.
        dict[str, Any]: JSONB(none_as_null=True),
        list[Any]: JSONB(none_as_null=True),
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
