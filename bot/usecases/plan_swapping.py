"""Putting a substitute in the place of an exercise of a plan, for good. A library plan becomes the user's own first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from bot.usecases.substitute_choices import MOST, Choices, find_choices
from bot.usecases.substitutes import Carrier, Swapped, carrier, heaviest
from storage.errors import StaleVersionError
from storage.models import LoadMode, PrescribedSet, Workout, WorkoutExercise
from storage.planned_sets import PlannedSet, prescribed
from storage.repositories.plans import Prescription, WorkoutTree
from training.units import plain

if TYPE_CHECKING:
    from bot.turn import Turn

# The columns of targets that a swap may change, of a prescription and of its sets.
TARGETS = {
    "reps_min": "reps_min",
    "reps_max": "reps_max",
    "target_weight": "weight_kg",
    "target_weight_typed": "weight",
    "target_weight_unit": "unit",
    "target_duration_seconds": "seconds",
    "target_distance_m": "distance_m",
    "is_amrap": "is_amrap",
}
DECIMALS = ("target_weight", "target_weight_typed", "target_distance_m", "target_percent")


@dataclass(frozen=True, slots=True)
class Planned:
    """A prescription with the workout and the plan it stands in."""

    prescription: Prescription
    workout: Workout

    @property
    def row(self) -> WorkoutExercise:
        return self.prescription.row


async def find_planned(turn: Turn, prescription_id: UUID) -> Planned | None:
    """Find a prescription that is still in its plan, the library's or the user's own."""
    row = await turn.work.substitutes.find_prescription(prescription_id)
    if row is None or row.deleted_at is not None:
        return None
    tree = await turn.work.plans.read_workout(row.workout_id)
    found = next((one for one in tree.prescriptions if one.row.id == prescription_id), None)
    return None if found is None or tree.workout.deleted_at is not None else Planned(found, tree.workout)


async def choices_for(turn: Turn, planned: Planned, limit: int = MOST) -> Choices | None:
    """Rank what can be done instead, at the load that is prescribed or was lifted last."""
    sets = prescribed(planned.row, planned.prescription.sets)
    return await find_choices(turn, planned.prescription.exercise.id, limit, heaviest(one.weight_kg for one in sets))


async def swap_in_plan(turn: Turn, prescription_id: UUID, version: int, exercise_id: UUID) -> Swapped | None:
    """Put another exercise in the place of a prescription's; None where it was changed or removed meanwhile."""
    planned = await find_planned(turn, prescription_id)
    if planned is None or planned.row.version != version:
        return None
    is_library = planned.row.user_id is None
    own = await _own(turn, planned) if is_library else planned
    carries = await carrier(turn, planned.prescription.exercise.id, exercise_id)
    if own is None or carries is None:
        return None
    sets = prescribed(own.row, own.prescription.sets)
    columns = _columns(carries, own.row, sets[0] if sets else PlannedSet())
    undo = await _change(turn, own, exercise_id, columns, _set_columns(carries, own.prescription.sets, sets))
    return Swapped(
        carries.before,
        carries.after,
        carries.load(heaviest(one.weight_kg for one in sets)),
        undo,
        is_copied=is_library,
        plan_id=own.workout.workout_plan_id,
    )


async def _own(turn: Turn, planned: Planned) -> Planned | None:
    """Find the same prescription in the user's own copy of a library plan, which is made if there is none.

    None where the copy has something else in its place by now. The copy takes over what is to come by the library's.
    """
    library_id = planned.workout.workout_plan_id
    copy = await turn.work.plans.own_copy(library_id)
    await turn.work.plan_library.go_on_with(library_id, copy.id)
    for tree in (await turn.work.plans.read(copy.id)).workouts:
        if tree.workout.source_id == planned.workout.id and (same := _same(tree, planned)) is not None:
            return Planned(same, tree.workout)
    return None


def _same(tree: WorkoutTree, planned: Planned) -> Prescription | None:
    root_id, sequence = planned.prescription.exercise.root_id, planned.row.sequence
    alike = [one for one in tree.prescriptions if one.exercise.root_id == root_id]
    return min(alike, key=lambda one: abs(one.row.sequence - sequence), default=None)


def _columns(carries: Carrier, row: WorkoutExercise, first: PlannedSet) -> dict[str, Any]:
    """Give the columns of the prescription itself. Percentages are of the exercise's own maximum, so they stay."""
    columns = _targets(carries, first)
    if carries.after.measure != "weight_reps":
        columns["target_percent"] = None
    if carries.after.measure != carries.before.measure:
        columns["progression"] = None
    columns["target_load_mode"] = row.target_load_mode if columns["target_weight"] is not None else None
    return columns


def _targets(carries: Carrier, one: PlannedSet) -> dict[str, Any]:
    carried = carries.set(one)
    return {column: getattr(carried, name) for column, name in TARGETS.items()}


def _set_columns(
    carries: Carrier, rows: Sequence[PrescribedSet], sets: Sequence[PlannedSet]
) -> dict[UUID, dict[str, Any]]:
    percent = {} if carries.after.measure == "weight_reps" else {"target_percent": None}
    return {row.id: _targets(carries, one) | percent for row, one in zip(rows, sets, strict=False)}


async def _change(
    turn: Turn,
    own: Planned,
    exercise_id: UUID,
    columns: Mapping[str, Any],
    set_columns: Mapping[UUID, Mapping[str, Any]],
) -> dict[str, Any]:
    """Write the swap, and give what takes it back."""
    row = own.row
    was = {name: _plain(getattr(row, name)) for name in columns} | {"exercise_id": str(row.exercise_id)}
    sets_were = {
        str(one.id): {name: _plain(getattr(one, name)) for name in set_columns[one.id]}
        for one in own.prescription.sets
        if one.id in set_columns
    }
    await turn.work.plans.amend_prescription(row.id, row.version, exercise_id=exercise_id, **columns)
    await turn.work.substitutes.amend_sets(set_columns)
    changed = await turn.work.plan_editing.sum_up(row.id)
    return {"prescription": str(row.id), "version": changed.version, "was": was, "sets": sets_were}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    return str(value) if isinstance(value, LoadMode) else value


def _unplain(columns: Mapping[str, Any]) -> dict[str, Any]:
    typed = {name: Decimal(columns[name]) for name in DECIMALS if columns.get(name) is not None}
    ids = {"exercise_id": UUID(columns["exercise_id"])} if "exercise_id" in columns else {}
    return {**columns, **typed, **ids}


async def undo_in_plan(turn: Turn, args: Mapping[str, Any]) -> Swapped | None:
    """Take a swap back; None where the prescription was changed since."""
    planned = await find_planned(turn, UUID(args["prescription"]))
    if planned is None or planned.row.user_id is None:
        return None
    was = _unplain(args["was"])
    now_id = planned.prescription.exercise.id
    lifts = await turn.work.substitutes.lifts([now_id, was["exercise_id"]])
    if was["exercise_id"] not in lifts:
        return None
    try:
        await turn.work.plans.amend_prescription(planned.row.id, args["version"], **was)
    except StaleVersionError:
        return None
    await turn.work.substitutes.amend_sets({UUID(key): _unplain(values) for key, values in args["sets"].items()})
    await turn.work.plan_editing.sum_up(planned.row.id)
    plan_id = planned.workout.workout_plan_id
    return Swapped(lifts[now_id], lifts[was["exercise_id"]], None, {}, plan_id=plan_id)
