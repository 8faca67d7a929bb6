"""The words that a column may hold: each is an enum of PostgreSQL's."""

from __future__ import annotations

import enum


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
