"""Sets are corrected: by a reply, or by figures typed after "edit". The old ones are kept for /undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from bot.usecases.logged_lines import LoggedLine, describe
from bot.usecases.performed import Performed, columns, from_row
from storage.models import ConfidenceLevel, ImportStatus

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import Exercise, ExerciseSet, WorkoutImportLog

KIND: Final = "amendment"
FIGURES: Final = (
    "typed_weight",
    "typed_unit",
    "load_mode",
    "reps",
    "duration_seconds",
    "distance_m",
    "rpe",
    "effort_as_rir",
    "kind",
)

Change = Callable[[Performed], Performed]


async def amend(
    turn: Turn,
    import_row: WorkoutImportLog,
    rows: Sequence[ExerciseSet],
    change: Change,
    exercise: Exercise | None = None,
    learned: Mapping[UUID, str | None] | None = None,
) -> tuple[LoggedLine, ...]:
    """Change sets, remember in the import what they were, and describe what they are now.

    `learned`: the units that were settled until now for exercises that are given another one.
    """
    before = [_remembered(row) for row in rows]
    for row in rows:
        figures = columns(change(from_row(row)))
        if exercise is not None:
            figures["exercise_id"] = exercise.id
        await turn.work.sets.amend(
            row.id, row.version, confidence_level=ConfidenceLevel.HIGH, read_by="user", **figures
        )
    await turn.work.imports.update(
        import_row.id,
        kind=KIND,
        status=ImportStatus.SAVED,
        draft={"before": before, "units": {str(root_id): unit for root_id, unit in (learned or {}).items()}},
        workout_session_id=rows[0].workout_session_id,
    )
    return await describe(turn, await _found(turn, [row.id for row in rows]))


async def take_back(turn: Turn, import_row: WorkoutImportLog) -> tuple[LoggedLine, ...]:
    """Give the sets of an amendment their earlier figures again; sets that are gone meanwhile stay gone."""
    remembered = _before(import_row)
    rows = await _found(turn, list(remembered))
    for row in rows:
        await turn.work.sets.amend(row.id, row.version, **_recalled(remembered[row.id]))
    for root_id, unit in (import_row.draft or {}).get("units", {}).items():
        await turn.work.exercises.settle_unit(UUID(root_id), unit)
    await turn.work.imports.update(import_row.id, status=ImportStatus.UNDONE)
    return await describe(turn, await _found(turn, [row.id for row in rows]))


async def sets_of(turn: Turn, import_row: WorkoutImportLog) -> list[ExerciseSet]:
    """Find the sets that an amendment has changed."""
    return await _found(turn, list(_before(import_row)))


def _before(import_row: WorkoutImportLog) -> dict[UUID, dict[str, Any]]:
    return {UUID(one["set_id"]): one for one in (import_row.draft or {}).get("before", ())}


async def _found(turn: Turn, ids: Sequence[UUID]) -> list[ExerciseSet]:
    rows = await turn.work.sets.get_many(ids)
    return [rows[one] for one in ids if one in rows and rows[one].deleted_at is None]


def _remembered(row: ExerciseSet) -> dict[str, Any]:
    figures = {name: getattr(row, name) for name in FIGURES}
    plain = {name: str(value) if isinstance(value, Decimal | str) else value for name, value in figures.items()}
    return {"set_id": str(row.id), "exercise_id": str(row.exercise_id), "notes": row.notes, **plain}


def _recalled(remembered: dict[str, Any]) -> dict[str, Any]:
    def decimal(name: str) -> Decimal | None:
        return None if remembered[name] is None else Decimal(remembered[name])

    earlier = Performed(
        weight=decimal("typed_weight"),
        unit=remembered["typed_unit"] or "kg",
        load_mode=remembered["load_mode"],
        reps=remembered["reps"],
        seconds=remembered["duration_seconds"],
        distance_m=decimal("distance_m"),
        rpe=decimal("rpe"),
        as_rir=remembered["effort_as_rir"],
        kind=remembered["kind"],
        note=remembered["notes"],
    )
    return {**columns(earlier), "exercise_id": UUID(remembered["exercise_id"])}
