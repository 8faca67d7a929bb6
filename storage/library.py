"""Load the library's data files into the tables, as rows that belong to nobody.

Ids follow from the slugs, so loading is an upsert: a second time changes nothing, and every database has the same ids.
What a release no longer has is marked as deleted and stays readable, because plans and history may stand on it.
Only the owner of the tables may do this; row-level security and a trigger refuse everybody else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Select,
    Table,
    Text,
    Uuid,
    and_,
    column,
    delete,
    func,
    literal,
    literal_column,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeEngine

from storage.models import (
    Equipment,
    Exercise,
    ExerciseAlias,
    ExerciseEquipment,
    LibraryRelease,
    PrescribedSet,
    Workout,
    WorkoutExercise,
    WorkoutPlan,
)
from training.library_types import (
    Library,
    LibraryExercise,
    LibraryPlan,
    LibraryPrescription,
    LibraryWorkout,
    equipment_id,
)

Row = dict[str, Any]

LOADING_LOCK = 7_305_118_205


async def load_into(connection: AsyncConnection, library: Library) -> bool:
    """Load a release in the caller's transaction; False where it is the current one already."""
    await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOADING_LOCK})
    current = select(LibraryRelease.version).where(LibraryRelease.is_current)
    if await connection.scalar(current) == library.version:
        return False
    await _load_equipment(connection, library)
    await _load_exercises(connection, library)
    await _load_aliases(connection, library)
    await _load_plans(connection, library)
    await _record_release(connection, library.version)
    return True


async def _load_equipment(connection: AsyncConnection, library: Library) -> None:
    rows = [{"id": e.id, "slug": e.slug, "name": e.name, "description": e.description} for e in library.equipment]
    await _retire(connection, Equipment, rows)
    await _upsert(connection, Equipment, rows)


async def _load_exercises(connection: AsyncConnection, library: Library) -> None:
    rows = [_exercise_row(exercise) for exercise in library.exercises]
    await _retire(connection, Exercise, rows)
    await _free_changed_names(connection, rows)
    await _upsert(connection, Exercise, rows)
    links = [{"exercise_id": e.id, "equipment_id": equipment_id(kit)} for e in library.exercises for kit in e.equipment]
    table = cast(Table, ExerciseEquipment.__table__)
    kept = [f"{link['exercise_id']} {link['equipment_id']}" for link in links]
    pair = func.concat(table.c.exercise_id, " ", table.c.equipment_id)
    await connection.execute(delete(table).where(table.c.user_id.is_(None), pair.not_in(_array(kept, Text()))))
    if links:
        await connection.execute(insert(table).on_conflict_do_nothing(), links)


async def _load_aliases(connection: AsyncConnection, library: Library) -> None:
    rows = [
        {
            "id": alias.id,
            "exercise_id": exercise.id,
            "alias": alias.alias,
            "language": alias.language,
            "is_generic": alias.is_generic,
        }
        for exercise in library.exercises
        for alias in exercise.aliases
    ]
    await _retire(connection, ExerciseAlias, rows)
    await _upsert(connection, ExerciseAlias, rows)


async def _load_plans(connection: AsyncConnection, library: Library) -> None:
    exercises = {exercise.slug: exercise.id for exercise in library.exercises}
    workouts = [workout for plan in library.plans for workout in plan.workouts]
    prescriptions = [(workout, p) for workout in workouts for p in workout.prescriptions]
    rows: dict[type[Any], list[Row]] = {
        WorkoutPlan: [_plan_row(plan) for plan in library.plans],
        Workout: [_workout_row(plan, workout) for plan in library.plans for workout in plan.workouts],
        WorkoutExercise: [_prescription_row(workout, p, exercises[p.exercise]) for workout, p in prescriptions],
    }
    sets = [row for _, prescription in prescriptions for row in _set_rows(prescription)]
    table = cast(Table, PrescribedSet.__table__)
    kept = _array([row["id"] for row in sets], Uuid())
    await connection.execute(delete(table).where(table.c.user_id.is_(None), table.c.id.not_in(kept)))
    for model in (WorkoutExercise, Workout, WorkoutPlan):
        await _retire(connection, model, rows[model])
    for model in (WorkoutPlan, Workout, WorkoutExercise):
        await _upsert(connection, model, rows[model])
    await _upsert(connection, PrescribedSet, sets)


async def _record_release(connection: AsyncConnection, version: str) -> None:
    await connection.execute(update(LibraryRelease).where(LibraryRelease.is_current).values(is_current=False))
    statement = insert(LibraryRelease).values(version=version, is_current=True)
    again = {"is_current": True, "loaded_at": func.now()}
    await connection.execute(statement.on_conflict_do_update(index_elements=["version"], set_=again))


# ---------------------------------------------------------------------- rows


def _exercise_row(exercise: LibraryExercise) -> Row:
    return {
        "id": exercise.id,
        "slug": exercise.slug,
        "name": exercise.name,
        "primary_muscle_groups": list(exercise.primary),
        "secondary_muscle_groups": list(exercise.secondary),
        "exercise_type": exercise.exercise_type,
        "category": exercise.category,
        "measure": exercise.measure,
        "level": exercise.level,
        "progression_order": exercise.progression_order,
        "default_sets": exercise.default_sets,
        "default_reps": exercise.default_reps,
        "default_duration_seconds": exercise.default_duration_seconds,
        "default_weight": exercise.default_weight,
        "default_rest_time_seconds": exercise.default_rest_time_seconds,
        "default_tempo": exercise.default_tempo,
        "tags": list(exercise.tags),
        "description": exercise.description,
    }


def _plan_row(plan: LibraryPlan) -> Row:
    return {
        "id": plan.id,
        "slug": plan.slug,
        "name": plan.name,
        "description": plan.description,
        "days_per_week": plan.days_per_week,
        "duration_weeks": plan.duration_weeks,
        "tags": list(plan.tags),
    }


def _workout_row(plan: LibraryPlan, workout: LibraryWorkout) -> Row:
    return {
        "id": workout.id,
        "workout_plan_id": plan.id,
        "name": workout.name,
        "description": workout.description,
        "position": workout.position,
        "week_number": workout.week_number,
        "day_of_week": workout.day_of_week,
    }


PRESCRIPTION_COLUMNS = (
    "sequence",
    "sets",
    "reps_min",
    "reps_max",
    "target_percent",
    "target_rpe",
    "effort_as_rir",
    "target_duration_seconds",
    "target_distance_m",
    "rest_time_seconds",
    "tempo",
    "superset_group",
    "is_amrap",
    "is_per_side",
    "progression",
    "notes",
)


def _prescription_row(workout: LibraryWorkout, prescription: LibraryPrescription, exercise_id: UUID) -> Row:
    columns = {column: getattr(prescription, column) for column in PRESCRIPTION_COLUMNS}
    # What a person wrote down as a plan needs no guess: it is certain.
    keys = {"id": prescription.id, "workout_id": workout.id, "exercise_id": exercise_id, "confidence_level": "high"}
    return keys | columns


SET_COLUMNS = (
    "set_number",
    "reps_min",
    "reps_max",
    "target_percent",
    "target_rpe",
    "target_duration_seconds",
    "is_amrap",
)


def _set_rows(prescription: LibraryPrescription) -> Iterable[Row]:
    for one in prescription.scheme:
        columns = {column: getattr(one, column) for column in SET_COLUMNS}
        yield {"id": prescription.set_id(one.set_number), "workout_exercise_id": prescription.id} | columns


# ---------------------------------------------------------------------- statements


def _array(values: Sequence[Any], kind: TypeEngine[Any]) -> Select[Any]:
    """One array parameter instead of one parameter a value: PostgreSQL takes 32,767 at most."""
    return select(func.unnest(literal(list(values), ARRAY(kind))))


async def _retire(connection: AsyncConnection, model: type[Any], rows: Sequence[Row]) -> None:
    """Mark the library's rows that this release no longer has."""
    table = cast(Table, model.__table__)
    gone = [table.c.deleted_at.is_(None), table.c.id.not_in(_array([row["id"] for row in rows], Uuid()))]
    if "user_id" in table.c:
        gone.append(table.c.user_id.is_(None))
    await connection.execute(update(table).where(and_(*gone)).values(deleted_at=func.now()))


async def _free_changed_names(connection: AsyncConnection, rows: Sequence[Row]) -> None:
    """Mark exercises whose name changes until the upsert brings them back: two may swap names within a release."""
    names = {row["id"]: row["name"] for row in rows}
    table = cast(Table, Exercise.__table__)
    stored = await connection.execute(select(table.c.id, table.c.name).where(table.c.user_id.is_(None)))
    changed = [row.id for row in stored if names.get(row.id, row.name) != row.name]
    if changed:
        await connection.execute(update(table).where(table.c.id.in_(changed)).values(deleted_at=func.now()))


async def _upsert(connection: AsyncConnection, model: type[Any], rows: Sequence[Row]) -> None:
    """Insert rows by id, or bring the ones that differ in line; rows that do not differ are not touched.

    All rows go as one JSON parameter in one statement: there are more than ten thousand aliases.
    """
    if not rows:
        return
    table = cast(Table, model.__table__)
    columns = list(rows[0])
    new = func.jsonb_populate_recordset(
        literal_column(f"NULL::{table.name}"), literal(json.dumps(rows, default=str), Text()).cast(JSONB)
    ).table_valued(*(column(name, table.c[name].type) for name in columns), name="new")
    statement = insert(table).from_select(columns, select(*(new.c[name] for name in columns)))
    changed = [name for name in columns if name != "id"]
    differs = [table.c[name].is_distinct_from(statement.excluded[name]) for name in changed]
    values: dict[str, Any] = {name: statement.excluded[name] for name in changed}
    if "deleted_at" in table.c:
        differs.append(table.c.deleted_at.is_not(None))
        values["deleted_at"] = None
    await connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values, where=or_(*differs)))
