"""The exercises of a session with what was done of each, as sets are written into them; and the newest set of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    DateTime,
    ScalarSelect,
    Select,
    Table,
    Uuid,
    bindparam,
    case,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate

from storage.direct import Direct
from storage.models import Exercise, ExerciseSet, LoadMode, SessionExercise, SetKind, WorkoutSession
from storage.repositories.base import OWNER, live
from training.units import KILOGRAMS_PER_POUND

EXACT_KG: Final = case(
    (ExerciseSet.typed_unit == "lb", ExerciseSet.typed_weight * KILOGRAMS_PER_POUND), else_=ExerciseSet.weight
)
"""A load as volumes are summed up: stored kilograms are rounded, and a sum of many in pounds would show it."""


@dataclass(slots=True)
class Entry:
    """An exercise of a session, with the number of its last set and how many it has besides warm-ups.

    ``volume`` is what all sets of the root exercise in the session come to, as the records count it.
    """

    row: SessionExercise
    root_id: UUID
    last_number: int = 0
    done: int = 0
    volume: Decimal = Decimal(0)

    @property
    def is_full(self) -> bool:
        return self.row.planned_sets is not None and self.done >= len(self.row.planned_sets)


def entry_for(exercise: Exercise, entries: Sequence[Entry]) -> Entry | None:
    """Choose the entry that a set belongs to.

    Of several of this exercise it is one that still has planned sets and was not skipped: the one that the user turned
    to last, else the first.
    """
    same = [entry for entry in entries if entry.root_id == exercise.root_id]
    waiting = [entry for entry in same if not entry.is_full and entry.row.skipped_at is None]
    turned_to = [(entry.row.selected_at, entry) for entry in waiting if entry.row.selected_at is not None]
    if turned_to:
        return max(turned_to, key=lambda one: one[0])[1]
    return next(iter(waiting), same[-1] if same else None)


OF_SESSION: Final = bindparam("of_session", type_=Uuid())


def turned_to(performed: type[ExerciseSet]) -> ScalarSelect[UUID]:
    """Select the exercise of a set's session that was turned to last, and after the set."""
    return (
        select(SessionExercise.exercise_id)
        .where(
            SessionExercise.user_id == performed.user_id,
            SessionExercise.workout_session_id == performed.workout_session_id,
            SessionExercise.selected_at > performed.performed_at,
        )
        .order_by(SessionExercise.selected_at.desc())
        .limit(1)
        .correlate(performed)
        .scalar_subquery()
    )


def newest(*conditions: ColumnElement[bool]) -> Select[Any]:
    """Select the set that was logged last."""
    newest_first = (ExerciseSet.performed_at.desc(), ExerciseSet.id.desc())
    return live(ExerciseSet).where(*conditions).order_by(*newest_first).limit(1)


def _newest(*conditions: ColumnElement[bool]) -> Direct:
    told = newest(*conditions).add_columns(Exercise, turned_to(ExerciseSet).label("turned_to_id"))
    return Direct(told.join(Exercise, Exercise.id == ExerciseSet.exercise_id))


def _entries() -> Select[Any]:
    live = (
        ExerciseSet.user_id == OWNER,
        ExerciseSet.workout_session_id == OF_SESSION,
        ExerciseSet.deleted_at.is_(None),
    )
    counted = (
        select(
            ExerciseSet.session_exercise_id.label("entry_id"),
            func.max(ExerciseSet.set_number).label("last_number"),
            func.count().filter(ExerciseSet.kind != SetKind.WARMUP).label("done"),
        )
        .where(*live)
        .group_by(ExerciseSet.session_exercise_id)
        .subquery("counted")
    )
    summed = (
        select(ExerciseSet.exercise_root_id, func.sum(EXACT_KG * ExerciseSet.reps).label("volume"))
        .where(*live, ExerciseSet.kind != SetKind.WARMUP)
        .where(or_(ExerciseSet.load_mode == LoadMode.EXTERNAL, ExerciseSet.load_mode == LoadMode.ADDED))
        .group_by(ExerciseSet.exercise_root_id)
        .subquery("summed")
    )
    return (
        select(SessionExercise, Exercise.root_id, counted.c.last_number, counted.c.done, summed.c.volume)
        .join(Exercise, Exercise.id == SessionExercise.exercise_id)
        .outerjoin(counted, counted.c.entry_id == SessionExercise.id)
        .outerjoin(summed, summed.c.exercise_root_id == Exercise.root_id)
        .where(SessionExercise.user_id == OWNER, SessionExercise.workout_session_id == OF_SESSION)
        .order_by(SessionExercise.exercise_order)
    )


def _touch() -> ReturningUpdate[UUID]:
    table = cast("Table", WorkoutSession.__table__)
    latest = func.greatest(table.c.last_activity_at, bindparam("active_at", type_=DateTime(timezone=True)))
    is_it = (table.c.user_id == OWNER, table.c.id == OF_SESSION)
    return update(table).where(*is_it).values(last_activity_at=latest).returning(table.c.id)


NEWEST: Final = _newest()
NEWEST_OF_SESSION: Final = _newest(ExerciseSet.workout_session_id == OF_SESSION)
ENTRIES: Final = Direct(_entries())
TOUCHED_ENTRIES: Final = Direct(_entries().add_cte(_touch().cte("touched")))
