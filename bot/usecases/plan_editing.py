"""A plan of the user's own, changed in the chat by buttons: its workouts, their exercises, and what is asked of them.

A button names what it changes and the version it was made for. Where that has moved on, nothing is changed: the present
state is shown instead.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from bot.usecases import prescription_edits as edits
from bot.usecases.plan_screens import (
    EditedExercise,
    Screen,
    exercise_screen,
    plan_screen,
    workout_screen,
)
from bot.usecases.plan_swapping import swap_in_plan
from bot.usecases.program_plan import columns_of, scheme_of
from bot.usecases.targets import Prescribed, prescribed_by
from storage.errors import NotFoundError, StaleVersionError
from storage.models import ConfidenceLevel
from storage.repositories.plans import Prescription

if TYPE_CHECKING:
    from bot.turn import Turn

Args = Mapping[str, Any]
MOST_WORKOUTS: Final = 60
MOST_EXERCISES: Final = 30
DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Changed:
    """What is shown after a change. `notice` names what is said beside it, or why nothing was changed."""

    screen: Screen | None
    notice: str | None = None
    is_stale: bool = False


Change = Callable[["Turn", Args], Awaitable[Changed]]
RowChange = Callable[["Turn", UUID, Args], Awaitable[Changed]]
Show = Callable[["Turn", UUID], Awaitable[Screen | None]]


def guarded(show: Show, key: str) -> Callable[[RowChange], Change]:
    """Make the change of a button out of one of the row that `key` names.

    Where what it goes by has moved on or gone, nothing is changed, and `show` tells how things stand now.
    """

    def wrap(change: RowChange) -> Change:
        @wraps(change)
        async def pressed(turn: Turn, args: Args) -> Changed:
            row_id = UUID(args[key])
            try:
                return await change(turn, row_id, args)
            except (StaleVersionError, NotFoundError):
                return Changed(await show(turn, row_id), is_stale=True)

        return pressed

    return wrap


of_exercise = guarded(exercise_screen, "p")
of_workout = guarded(workout_screen, "w")


# ------------------------------------------------------------------ what is asked of an exercise


@of_exercise
async def change_sets(turn: Turn, prescription_id: UUID, args: Args) -> Changed:
    return await _retarget(turn, prescription_id, args, lambda asked: edits.with_sets(asked, args["by"]))


@of_exercise
async def change_amount(turn: Turn, prescription_id: UUID, args: Args) -> Changed:
    return await _retarget(turn, prescription_id, args, lambda asked: edits.with_amount(asked, args["by"]))


@of_exercise
async def change_load(turn: Turn, prescription_id: UUID, args: Args) -> Changed:
    return await _retarget(turn, prescription_id, args, lambda asked: edits.with_load(asked, args["by"]))


@of_exercise
async def set_field(turn: Turn, prescription_id: UUID, args: Args) -> Changed:
    """Set rest, effort, load and the like to what was chosen; None takes it away."""
    alter = partial(_with_field, field=args["field"], value=args["value"])
    return await _retarget(turn, prescription_id, args, alter)


async def _retarget(
    turn: Turn, prescription_id: UUID, args: Args, alter: Callable[[Prescribed], Prescribed | None]
) -> Changed:
    """Change what is asked of an exercise; where it cannot be so, say that and leave it."""
    prescription = await turn.work.plan_editing.read_prescription(prescription_id)
    if prescription.row.version != args["v"]:
        raise StaleVersionError("prescription", prescription.row)
    asked = alter(prescribed_by(prescription.row, prescription.sets))
    if asked is None:
        return Changed(await exercise_screen(turn, prescription_id), "editing-limit")
    await write(turn, prescription, asked)
    return Changed(await exercise_screen(turn, prescription_id))


async def write(turn: Turn, prescription: Prescription, asked: Prescribed, **columns: Any) -> None:
    """Store what is asked for now; the user said it, so that it is sure."""
    known: dict[str, Any] = {"read_by": "user", "confidence_level": ConfidenceLevel.HIGH, **columns}
    row = prescription.row
    await turn.work.plan_editing.retarget(row.id, row.version, scheme_of(asked), **columns_of(asked), **known)


def _with_field(asked: Prescribed, field: str, value: Any) -> Prescribed:
    if field == "rest":
        return replace(asked, rest_seconds=value)
    if field in ("rpe", "rir"):
        effort = None if value is None else Decimal(value)
        rpe = 10 - effort if effort is not None and field == "rir" else effort
        return edits.with_effort(asked, rpe, as_rir=field == "rir")
    if field == "load":
        return edits.without_load(asked)
    if field == "equal":
        return edits.with_equal_sets(asked)
    if field == "side":
        return replace(asked, per_side=bool(value))
    return replace(asked, tempo=None) if field == "tempo" else replace(asked, note=None)


@of_exercise
async def change_superset(turn: Turn, prescription_id: UUID, args: Args) -> Changed:
    """Join an exercise with the one above it, or let it stand alone."""
    screen = await exercise_screen(turn, prescription_id)
    if not isinstance(screen, EditedExercise) or screen.prescription.row.version != args["v"]:
        raise StaleVersionError("prescription", screen)
    row, above = screen.prescription.row, screen.above
    group = None
    if args["joined"] and above is not None:
        group = above.row.superset_group or free_group(screen.groups)
        if above.row.superset_group is None:
            await turn.work.plan_editing.amend(above.row.id, above.row.version, superset_group=group)
    await turn.work.plan_editing.amend(row.id, row.version, superset_group=group)
    return Changed(await exercise_screen(turn, prescription_id))


def free_group(groups: Sequence[str | None]) -> str:
    """Give a letter that no superset of the workout has yet."""
    letters = (chr(ord("A") + number) for number in range(26))
    return next((letter for letter in letters if letter not in groups), "Z")


# ------------------------------------------------------------------ exercises of a workout


@of_exercise
async def move_exercise(turn: Turn, prescription_id: UUID, args: Args) -> Changed:
    await turn.work.plan_editing.move_prescription(prescription_id, args["wv"], args["by"])
    return Changed(await exercise_screen(turn, prescription_id))


@of_exercise
async def remove_exercise(turn: Turn, prescription_id: UUID, args: Args) -> Changed:
    """Take an exercise out of its workout, from where it can be put back."""
    removed = await turn.work.plan_editing.remove_prescription(prescription_id, args["v"])
    return Changed(await workout_screen(turn, removed.workout_id), "editing-removed")


@of_exercise
async def put_exercise_back(turn: Turn, prescription_id: UUID, args: Args) -> Changed:
    restored = await turn.work.plan_editing.restore_prescription(prescription_id)
    return Changed(await workout_screen(turn, restored.workout_id), "editing-put-back-done")


async def swap_exercise(turn: Turn, args: Args) -> Changed:
    """Put one of the likely exercises in the place of another; a load is carried over where both have history."""
    prescription_id = UUID(args["p"])
    swapped = await swap_in_plan(turn, prescription_id, args["v"], UUID(args["e"]))
    screen = await exercise_screen(turn, prescription_id)
    if swapped is None:
        return Changed(screen, is_stale=True)
    return Changed(screen, "editing-swapped" if swapped.load is None else "editing-swapped-load")


# ------------------------------------------------------------------ workouts of a plan


@of_workout
async def set_day(turn: Turn, workout_id: UUID, args: Args) -> Changed:
    """Put a workout on a day of the week, or on none."""
    await turn.work.plan_editing.amend_workout(workout_id, args["v"], day_of_week=args["day"])
    return Changed(await workout_screen(turn, workout_id))


@of_workout
async def move_workout(turn: Turn, workout_id: UUID, args: Args) -> Changed:
    await turn.work.plan_editing.move_workout(workout_id, args["pv"], args["by"])
    return Changed(await workout_screen(turn, workout_id))


@of_workout
async def copy_workout(turn: Turn, workout_id: UUID, args: Args) -> Changed:
    """Copy a workout to the place behind it, and open the copy."""
    workout = await turn.work.plans.get_workout(workout_id)
    workouts = await turn.work.plans.workouts_of(workout.workout_plan_id)
    if len(workouts) >= MOST_WORKOUTS:
        return Changed(await workout_screen(turn, workout_id), "editing-most-workouts")
    name = free_name(workout.name, {one.name for one in workouts})
    copy = await turn.work.plan_editing.copy_workout(workout_id, args["pv"], name)
    return Changed(await workout_screen(turn, copy.id), "editing-copied")


def free_name(name: str, taken: set[str]) -> str:
    """Number a name until nobody has it: "Push", "Push (2)"."""
    number = 2
    while f"{name} ({number})" in taken:
        number += 1
    return f"{name} ({number})"


@of_workout
async def remove_workout(turn: Turn, workout_id: UUID, args: Args) -> Changed:
    """Take a workout out of its plan, from where it can be put back."""
    removed = await turn.work.plan_editing.remove_workout(workout_id, args["v"])
    return Changed(await plan_screen(turn, removed.workout_plan_id), "editing-removed")


@of_workout
async def put_workout_back(turn: Turn, workout_id: UUID, args: Args) -> Changed:
    restored = await turn.work.plan_editing.restore_workout(workout_id)
    return Changed(await plan_screen(turn, restored.workout_plan_id), "editing-put-back-done")
