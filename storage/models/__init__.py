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

from storage.models.coaching import Coaching, CoachInvitation, Notice
from storage.models.columns import Base, pg_enum
from storage.models.delivery import ChartJob, Dialogue, ErasedUpdate, Outbox, ProcessedUpdate, Reminder, SendingPace
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
from storage.models.library import Equipment, Exercise, ExerciseAlias, ExerciseEquipment, LibraryRelease, UserEquipment
from storage.models.mesocycles import Mesocycle, MesocycleTarget
from storage.models.people import User
from storage.models.plans import PrescribedSet, Workout, WorkoutExercise, WorkoutPlan
from storage.models.progress import (
    DailyWorkoutSummary,
    ExerciseMastery,
    ExerciseSetting,
    MuscleGroupFeedback,
    PersonalRecord,
    UserLevel,
)
from storage.models.reading import AuditLog, WorkoutImportLog
from storage.models.training import ExerciseSet, SessionExercise, WorkoutSession

__all__ = [
    "AuditLog",
    "Base",
    "ChartJob",
    "CoachInvitation",
    "Coaching",
    "ConfidenceLevel",
    "DailyWorkoutSummary",
    "Dialogue",
    "Equipment",
    "ErasedUpdate",
    "Exercise",
    "ExerciseAlias",
    "ExerciseCategory",
    "ExerciseEquipment",
    "ExerciseMastery",
    "ExerciseSet",
    "ExerciseSetting",
    "ExerciseType",
    "ImportSource",
    "ImportStatus",
    "LibraryRelease",
    "LoadMode",
    "Measure",
    "Mesocycle",
    "MesocycleStatus",
    "MesocycleTarget",
    "MuscleGroup",
    "MuscleGroupFeedback",
    "Notice",
    "Outbox",
    "OutboxStatus",
    "PersonalRecord",
    "PrescribedSet",
    "ProcessedUpdate",
    "RecordType",
    "Reminder",
    "SendingPace",
    "SessionExercise",
    "SessionStatus",
    "SetKind",
    "UnitSystem",
    "User",
    "UserEquipment",
    "UserLevel",
    "UserRole",
    "Workout",
    "WorkoutExercise",
    "WorkoutImportLog",
    "WorkoutPlan",
    "WorkoutSession",
    "pg_enum",
]
