"""A user's sets as one flat table, for spreadsheets and machine learning: CSV, one row a set. docs/export.md explains.

Rows come in the order of time and are fetched and written a few hundred at a time, however many there are.
"""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import text

from storage.unit_of_work import UnitOfWork
from training.performed import PerformedSet
from training.records import set_volume
from training.statistics import estimate_of
from training.units import plain

AT_ONCE: Final = 500

COLUMNS: Final = (
    "date", "weekday", "performed_at", "iso_week", "session_id", "session_name", "session_minutes", "plan",
    "workout", "mesocycle", "mesocycle_week", "exercise", "exercise_key", "root_id", "muscle_group",
    "primary_muscle_groups", "secondary_muscle_groups", "category", "exercise_type", "measure", "exercise_order",
    "set_id", "set_number", "kind", "load_mode", "weight_kg", "typed_weight", "typed_unit", "reps", "seconds",
    "distance_m", "rpe", "rir", "rest_seconds", "volume_kg", "e1rm_kg", "planned_sets", "planned_reps_min",
    "planned_reps_max", "planned_weight_kg", "planned_rpe", "planned_rir", "planned_seconds", "planned_distance_m",
    "planned_amrap", "soreness", "pump", "challenge", "confidence", "read_by", "notes",
)  # fmt: skip
"""The header. Columns are only ever added, at the end."""

# The set's place among the working sets of its exercise is what its plan is found by: warm-ups are not planned.
ROWS: Final = text("""
WITH done AS (
    SELECT s.*, count(*) FILTER (WHERE s.kind <> 'warmup') OVER (
               PARTITION BY s.session_exercise_id ORDER BY s.set_number, s.performed_at, s.id) AS place
      FROM exercise_set s WHERE s.user_id = :user_id AND s.deleted_at IS NULL)
SELECT v.session_date AS date, s.performed_at, s.workout_session_id AS session_id,
       v.name AS session_name, v.duration_minutes AS session_minutes, l.name AS plan, w.name AS workout,
       m.name AS mesocycle, v.week_number AS mesocycle_week,
       e.name AS exercise, coalesce(r.slug, r.id::text) AS exercise_key, s.exercise_root_id AS root_id,
       e.primary_muscle_groups::text[] AS primary_groups, e.secondary_muscle_groups::text[] AS secondary_groups,
       e.category::text AS category, e.exercise_type::text AS exercise_type, e.measure::text AS measure,
       x.exercise_order, s.id AS set_id, s.set_number, s.kind::text AS kind, s.load_mode::text AS load_mode,
       s.weight, s.typed_weight, s.typed_unit, s.reps, s.duration_seconds AS seconds, s.distance_m, s.rpe,
       s.rest_time_seconds AS rest_seconds,
       CASE WHEN jsonb_typeof(x.planned_sets) = 'array' THEN jsonb_array_length(x.planned_sets) END AS planned_sets,
       CASE WHEN s.kind <> 'warmup' THEN x.planned_sets -> (s.place::integer - 1) END AS planned,
       f.soreness, f.pump, f.challenge, s.confidence_level::text AS confidence, s.read_by, s.notes
  FROM done s
  JOIN workout_session v ON v.user_id = s.user_id AND v.id = s.workout_session_id AND v.deleted_at IS NULL
  JOIN session_exercise x ON x.user_id = s.user_id AND x.id = s.session_exercise_id
  JOIN exercise e ON e.id = s.exercise_id
  JOIN exercise r ON r.id = s.exercise_root_id
  LEFT JOIN workout w ON w.id = v.workout_id
  LEFT JOIN workout_plan l ON l.id = v.workout_plan_id
  LEFT JOIN mesocycle m ON m.user_id = v.user_id AND m.id = v.mesocycle_id
  LEFT JOIN LATERAL (
       SELECT g.soreness, g.pump, g.challenge FROM muscle_group_feedback g
        WHERE g.user_id = v.user_id AND g.workout_session_id = v.id AND g.muscle_group = ANY (e.primary_muscle_groups)
        ORDER BY array_position(e.primary_muscle_groups, g.muscle_group) LIMIT 1) f ON true
 ORDER BY v.session_date, v.started_at NULLS FIRST, v.id, x.exercise_order, s.set_number, s.performed_at, s.id
""")

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


async def csv_of(work: UnitOfWork) -> AsyncIterator[str]:
    """Write the table of the unit of work's user, a piece at a time; the first piece is the header."""
    yield _written([COLUMNS])
    result = await work.session.stream(
        ROWS, {"user_id": work.user_id}, execution_options={"yield_per": AT_ONCE, "max_row_buffer": AT_ONCE}
    )
    async for rows in result.mappings().partitions(AT_ONCE):
        yield await asyncio.to_thread(_written, map(_cells, rows))  # the writing takes longer than the fetching


def _written(rows: Any) -> str:
    page = io.StringIO()
    csv.writer(page, lineterminator="\n").writerows(rows)
    return page.getvalue()


def _cells(row: Any) -> Iterator[str]:
    values = {**row, **_derived(row), **_planned(row)}
    return (_cell(values[column]) for column in COLUMNS)


def _derived(row: Any) -> dict[str, Any]:
    """Work out what follows from a set, by the rules that the records go by."""
    performed = PerformedSet(
        row["weight"], row["reps"], row["seconds"], row["distance_m"], row["rpe"], row["load_mode"], row["kind"]
    )
    year, week, _ = row["date"].isocalendar()
    return {
        "weekday": row["date"].isoweekday(),
        "iso_week": f"{year}-W{week:02}",
        "muscle_group": row["primary_groups"][0],
        "primary_muscle_groups": "|".join(row["primary_groups"]),
        "secondary_muscle_groups": "|".join(row["secondary_groups"]),
        "weight_kg": row["weight"],
        "rir": None if row["rpe"] is None else 10 - row["rpe"],
        "volume_kg": set_volume(performed),
        "e1rm_kg": estimate_of(performed),
    }


def _planned(row: Any) -> dict[str, Any]:
    planned = row["planned"] or {}
    rpe = planned.get("target_rpe")
    return {
        "planned_reps_min": planned.get("reps_min"),
        "planned_reps_max": planned.get("reps_max"),
        "planned_weight_kg": planned.get("target_weight"),
        "planned_rpe": rpe,
        "planned_rir": None if rpe is None else 10 - Decimal(str(rpe)),
        "planned_seconds": planned.get("target_duration_seconds"),
        "planned_distance_m": planned.get("target_distance_m"),
        "planned_amrap": planned.get("is_amrap"),
    }


def _cell(value: Any) -> str:
    """Write a value: empty where it is not known, times in UTC, numbers plain, and no text that could be a formula."""
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case Decimal() | int():
            return plain(value)
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case str():
            return f"'{value}" if value.startswith(FORMULA) else value
        case _:
            return str(value)
