"""Training maxima: set by the user or settled as a percent plan begins, raised after a cycle, lowered after a miss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from bot.usecases.plan_trees import find_plan
from bot.usecases.suggestions import BY_TRAINING_MAX, lift_of, look_up, target_of
from storage.planned_sets import from_json
from training.implements import LOWER_BODY
from training.lift import PastWork
from training.performed import PerformedSet
from training.targets import SetTarget
from training.training_max import (
    WAVES,
    TrainingMaxChange,
    maximum_of,
    missed_percents,
    stored,
    training_max_after,
    wave_of,
)
from training.units import from_kg, plain, to_kg

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import Exercise, ExerciseSet, ExerciseSetting, WorkoutSession
    from storage.repositories.plans import PlanTree, Prescription
    from storage.repositories.sessions import SessionEntry

CHANGES: Final = "training_max_changes"
"""The preference that holds, by root, which session changed a training max last, and what it was before."""
STEP: Final = {"kg": Decimal("0.5"), "lb": Decimal(1)}
"""How finely a training max that follows from a record is written."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A training max that a session has changed. `cycle` is the one that begins now."""

    name: str
    change: TrainingMaxChange
    cycle: int


async def set_training_max(turn: Turn, root_id: UUID, weight: Decimal, unit: str) -> ExerciseSetting:
    """Set a training max, as it was typed; a new one begins the count of cycles anew."""
    await _forget_change(turn, root_id)
    return await turn.work.exercise_settings.settle(root_id, **_columns(weight, unit), cycle=1)


async def forget(turn: Turn, root_id: UUID) -> None:
    """Go by the record again."""
    await _forget_change(turn, root_id)
    none = {"training_max": None, "training_max_typed": None, "training_max_unit": None}
    await turn.work.exercise_settings.settle(root_id, **none, cycle=1)


def _columns(weight: Decimal, unit: str) -> dict[str, Any]:
    return {"training_max": to_kg(weight, unit), "training_max_typed": weight, "training_max_unit": unit}


async def settle_for(turn: Turn, session: WorkoutSession) -> None:
    """Settle the training maxima that a session goes by, so that a record within a cycle does not shift its loads."""
    tree = None if session.workout_id is None else await turn.work.plans.read_workout(session.workout_id)
    by_percents = [one for one in tree.prescriptions if _goes_by_percents(one)] if tree is not None else []
    if not by_percents:
        return
    known = await look_up(turn, [one.exercise.root_id for one in by_percents], before=session.id)
    for one in by_percents:
        lift = lift_of(turn, one, known)
        maximum = maximum_of(lift)
        if lift.scheme != BY_TRAINING_MAX or not lift.is_percent_of_training_max:
            continue
        if lift.training_max_kg is None and maximum is not None:
            step = STEP[lift.unit]
            rounded = (maximum / step).to_integral_value() * step
            await turn.work.exercise_settings.settle(one.exercise.root_id, **_columns(rounded, lift.unit))


def _goes_by_percents(one: Prescription) -> bool:
    rows: Sequence[Any] = one.sets or (one.row,)
    return one.row.progression == BY_TRAINING_MAX or any(row.target_percent is not None for row in rows)


async def after_session(turn: Turn, session: WorkoutSession) -> tuple[Announced, ...]:
    """Raise or lower the training maxima by what a session showed.

    A session that is closed again after it was reopened is judged anew, from where it began.
    """
    entries = [one for one in (await turn.work.sessions.read(session.id)).exercises if _percents_of(one)]
    if not entries or session.workout_plan_id is None:
        return ()
    roots = [one.exercise.root_id for one in entries]
    await _take_back(turn, session, roots)
    settings = await turn.work.exercise_settings.of(roots)
    tree = await find_plan(turn, session.workout_plan_id)
    done = await turn.work.past_work.recent(roots)
    announced = []
    for entry in entries:
        root_id = entry.exercise.root_id
        setting = settings.pop(root_id, None)  # an exercise that stands twice in a workout is judged once
        if setting is None or setting.training_max is None:
            continue
        earlier = [
            PastWork(_performed(work.sets), tuple(target_of(one) for one in work.planned))
            for work in done.get(root_id, ())
            if work.session_id != session.id and any(one.percent is not None for one in work.planned)
        ]
        change = _change(tree, session, entry, setting, earlier)
        if change is not None:
            announced.append(await _apply(turn, session, entry.exercise, setting, change))
    return tuple(announced)


def _percents_of(entry: SessionEntry) -> tuple[SetTarget, ...]:
    planned = tuple(target_of(one) for one in from_json(entry.row.planned_sets))
    return planned if entry.sets and any(one.percent is not None for one in planned) else ()


def _performed(rows: Sequence[ExerciseSet]) -> tuple[PerformedSet, ...]:
    return tuple(
        PerformedSet(weight_kg=row.weight, reps=row.reps, load_mode=str(row.load_mode), kind=str(row.kind))
        for row in rows
    )


def _change(
    tree: PlanTree | None,
    session: WorkoutSession,
    entry: SessionEntry,
    setting: ExerciseSetting,
    earlier: Sequence[PastWork],
) -> TrainingMaxChange | None:
    assert setting.training_max is not None
    planned = _percents_of(entry)
    ends, length = _cycle(tree, session, entry.exercise, planned)
    unit = setting.training_max_unit or "kg"
    return training_max_after(
        setting.training_max,
        unit,
        is_lower=str(entry.exercise.category) in LOWER_BODY,
        missed=missed_percents(PastWork(_performed(entry.sets), planned)),
        cycle_missed=any(missed_percents(past) for past in earlier[: length - 1]),
        ends_cycle=ends,
        own_step=None if setting.load_step is None else from_kg(setting.load_step, unit),
    )


def _cycle(
    tree: PlanTree | None, session: WorkoutSession, exercise: Exercise, planned: Sequence[SetTarget]
) -> tuple[bool, int]:
    """Tell whether a session ends a cycle of its lift, and in how many sessions a cycle is trained.

    A plan whose weeks differ is a cycle when it begins again; where the weeks are made by the waves of 5/3/1, the light
    one is the end. A plan of one week that repeats itself has no cycles: its training max is the user's to change.
    """
    workouts = () if tree is None else tree.workouts
    here = next((at for at, one in enumerate(workouts) if one.workout.id == session.workout_id), None)
    with_lift = [
        at
        for at, one in enumerate(workouts)
        if any(each.exercise.root_id == exercise.root_id and _goes_by_percents(each) for each in one.prescriptions)
    ]
    if here is None or here not in with_lift or len({one.workout.week_number for one in workouts}) < 2:
        return wave_of(planned) == len(WAVES) - 1, len(WAVES)
    return here == with_lift[-1], len(with_lift)


async def _apply(
    turn: Turn, session: WorkoutSession, exercise: Exercise, setting: ExerciseSetting, change: TrainingMaxChange
) -> Announced:
    before = {
        "session": str(session.id),
        "weight": plain(setting.training_max_typed or change.before),
        "unit": change.unit,
        "cycle": setting.cycle,
    }
    changes = dict(turn.user.preferences.get(CHANGES, {}))
    await turn.work.users.set_preference(CHANGES, {**changes, str(exercise.root_id): before})
    cycle = setting.cycle if change.is_less else setting.cycle + 1
    columns = {**_columns(change.after, change.unit), "training_max": stored(change)}
    await turn.work.exercise_settings.settle(exercise.root_id, **columns, cycle=cycle)
    return Announced(exercise.name, change, cycle)


async def _take_back(turn: Turn, session: WorkoutSession, roots: Sequence[UUID]) -> None:
    """Undo what this very session changed when it was closed before."""
    changes = turn.user.preferences.get(CHANGES, {})
    for root_id in roots:
        change = changes.get(str(root_id))
        if change is not None and change["session"] == str(session.id):
            columns = _columns(Decimal(change["weight"]), change["unit"])
            await turn.work.exercise_settings.settle(root_id, **columns, cycle=change["cycle"])
            await _forget_change(turn, root_id)


async def _forget_change(turn: Turn, root_id: UUID) -> None:
    changes = turn.user.preferences.get(CHANGES, {})
    if str(root_id) in changes:
        kept = {root: change for root, change in changes.items() if root != str(root_id)}
        await turn.work.users.set_preference(CHANGES, kept or None)
