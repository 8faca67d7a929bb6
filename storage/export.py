"""Everything stored of a user as one JSON document. docs/export.md tells what is in it.

Columns keep their names, ids are included, keys are sorted and lists have a fixed order, so that two exports of the
same data are the same text. Loads are kilograms beside what was typed.
"""

from __future__ import annotations

import enum
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from storage.models import (
    AuditLog,
    Base,
    ChartJob,
    Coaching,
    CoachInvitation,
    DailyWorkoutSummary,
    Dialogue,
    Equipment,
    Exercise,
    ExerciseAlias,
    ExerciseEquipment,
    ExerciseMastery,
    ExerciseSet,
    ExerciseSetting,
    Mesocycle,
    MesocycleTarget,
    MuscleGroupFeedback,
    Notice,
    Outbox,
    PersonalRecord,
    PrescribedSet,
    ProcessedUpdate,
    Reminder,
    SessionExercise,
    UserEquipment,
    UserLevel,
    Workout,
    WorkoutExercise,
    WorkoutImportLog,
    WorkoutPlan,
    WorkoutSession,
)
from storage.unit_of_work import UnitOfWork

FORMAT = "repscribe-export"
VERSION = 1

Document = dict[str, Any]

# Every row of the document is one user's, and the search column is derived from the notes.
LEFT_OUT = frozenset(("user_id", "notes_search"))


async def export_user(work: UnitOfWork, *, with_delivery: bool = False) -> Document:
    """Gather the document of the unit of work's user, in one statement a table.

    ``with_delivery`` adds the audit log, the messages and the updates: what the bot keeps for its own running.
    """
    rows = Rows(work)
    exercises = await rows.named_exercises()
    document: Document = {
        "format": FORMAT,
        "version": VERSION,
        "user": _row(work.user),
        "plans": await rows.plans(exercises),
        "exercises": await rows.own_exercises(),
        "aliases": _with_exercise(await rows.of(ExerciseAlias, ExerciseAlias.id), exercises, "exercise_id"),
        "equipment": await rows.equipment(),
        "sessions": await rows.sessions(exercises),
        "records": _with_exercise(
            await rows.of(PersonalRecord, PersonalRecord.exercise_root_id, PersonalRecord.record_type),
            exercises,
            "exercise_root_id",
        ),
        "imports": await rows.plain(WorkoutImportLog, WorkoutImportLog.id),
        "feedback": await rows.plain(MuscleGroupFeedback, MuscleGroupFeedback.id),
        "mesocycles": await rows.mesocycles(),
        "levels": await rows.plain(UserLevel, UserLevel.category),
        "masteries": _with_exercise(
            await rows.of(ExerciseMastery, ExerciseMastery.exercise_root_id), exercises, "exercise_root_id"
        ),
        "exercise_settings": _with_exercise(
            await rows.of(ExerciseSetting, ExerciseSetting.exercise_root_id), exercises, "exercise_root_id"
        ),
        "daily_summaries": await rows.plain(DailyWorkoutSummary, DailyWorkoutSummary.workout_date),
        "reminders": await rows.plain(Reminder, Reminder.due_at, Reminder.id),
        "dialogues": await rows.plain(Dialogue, Dialogue.chat_id),
        "coaches": await rows.plain(Coaching, Coaching.since, Coaching.coach_id),
        "invitations": await rows.plain(CoachInvitation, CoachInvitation.id),
        "notices": await rows.plain(Notice, Notice.due_at, Notice.id),
    }
    if with_delivery:
        document["audit_log"] = await rows.plain(AuditLog, AuditLog.changed_at, AuditLog.id)
        document["messages"] = await rows.plain(Outbox, Outbox.sequence)
        document["chart_jobs"] = await rows.plain(ChartJob, ChartJob.created_at, ChartJob.id)
        document["updates"] = await rows.plain(ProcessedUpdate, ProcessedUpdate.bot_id, ProcessedUpdate.update_id)
    return document


def to_json(document: Document) -> str:
    """Write a document as text: sorted keys, two spaces, letters as they are."""
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n"


class Rows:
    """The user's rows, read table by table."""

    def __init__(self, work: UnitOfWork) -> None:
        self.session = work.session
        self.user_id = work.user_id

    async def of(self, model: Any, *order: Any) -> Sequence[Any]:
        statement = select(model).where(model.user_id == self.user_id).order_by(*order)
        return (await self.session.scalars(statement.execution_options(populate_existing=True))).all()

    async def plain(self, model: Any, *order: Any) -> list[Document]:
        return [_row(row) for row in await self.of(model, *order)]

    async def named_exercises(self) -> dict[UUID, Document]:
        """Name every exercise that can be seen, the library's too: the document shall be readable on its own."""
        rows = await self.session.execute(select(Exercise.id, Exercise.name, Exercise.slug, Exercise.root_id))
        return {
            row.id: {"id": str(row.id), "name": row.name, "slug": row.slug, "root_id": str(row.root_id)} for row in rows
        }

    async def plans(self, exercises: dict[UUID, Document]) -> list[Document]:
        sets = _grouped(await self.of(PrescribedSet, PrescribedSet.set_number), "workout_exercise_id")
        prescriptions = _grouped(
            await self.of(WorkoutExercise, WorkoutExercise.sequence, WorkoutExercise.id), "workout_id"
        )
        workouts = _grouped(await self.of(Workout, Workout.position, Workout.id), "workout_plan_id")
        return [
            _row(plan)
            | {
                "workouts": [
                    _row(workout)
                    | {
                        "prescriptions": [
                            _row(one) | {"exercise": exercises[one.exercise_id], "scheme": _rows(sets[one.id])}
                            for one in prescriptions[workout.id]
                        ]
                    }
                    for workout in workouts[plan.id]
                ]
            }
            for plan in await self.of(WorkoutPlan, WorkoutPlan.id)
        ]

    async def sessions(self, exercises: dict[UUID, Document]) -> list[Document]:
        order = (ExerciseSet.set_number, ExerciseSet.performed_at, ExerciseSet.id)
        sets = _grouped(await self.of(ExerciseSet, *order), "session_exercise_id")
        entries = _grouped(await self.of(SessionExercise, SessionExercise.exercise_order), "workout_session_id")
        return [
            _row(session)
            | {
                "exercises": [
                    _row(entry)
                    | {
                        "exercise": exercises[entry.exercise_id],
                        "sets": _with_exercise(sets[entry.id], exercises, "exercise_id"),
                    }
                    for entry in entries[session.id]
                ]
            }
            for session in await self.of(WorkoutSession, WorkoutSession.session_date, WorkoutSession.id)
        ]

    async def own_exercises(self) -> list[Document]:
        links = await self.session.execute(
            select(ExerciseEquipment.exercise_id, Equipment.slug)
            .join(Equipment, Equipment.id == ExerciseEquipment.equipment_id)
            .where(ExerciseEquipment.user_id == self.user_id)
            .order_by(Equipment.slug)
        )
        kit: defaultdict[UUID, list[str]] = defaultdict(list)
        for exercise_id, slug in links:
            kit[exercise_id].append(slug)
        return [_row(row) | {"equipment": kit[row.id]} for row in await self.of(Exercise, Exercise.id)]

    async def equipment(self) -> list[Document]:
        rows = await self.session.execute(
            select(UserEquipment, Equipment)
            .join(Equipment, Equipment.id == UserEquipment.equipment_id)
            .where(UserEquipment.user_id == self.user_id)
            .order_by(Equipment.slug)
        )
        return [_row(row) | {"slug": equipment.slug, "name": equipment.name} for row, equipment in rows]

    async def mesocycles(self) -> list[Document]:
        order = (MesocycleTarget.week_number, MesocycleTarget.workout_exercise_id)
        targets = _grouped(await self.of(MesocycleTarget, *order), "mesocycle_id")
        return [_row(row) | {"targets": _rows(targets[row.id])} for row in await self.of(Mesocycle, Mesocycle.id)]


def _grouped(rows: Iterable[Any], key: str) -> defaultdict[UUID, list[Any]]:
    groups: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, key)].append(row)
    return groups


def _with_exercise(rows: Iterable[Any], exercises: dict[UUID, Document], key: str) -> list[Document]:
    return [_row(row) | {"exercise": exercises[getattr(row, key)]} for row in rows]


def _rows(rows: Iterable[Base]) -> list[Document]:
    return [_row(row) for row in rows]


def _row(row: Base) -> Document:
    names = (column.name for column in row.__table__.columns if column.name not in LEFT_OUT)
    return {name: _value(getattr(row, name)) for name in names}


def _value(value: Any) -> Any:
    """Write a value as JSON has it. Decimals become numbers, whole ones without a point: 80.00 is 80."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    if isinstance(value, list):
        return [_value(item) for item in value]
    return value
