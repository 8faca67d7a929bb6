"""What was done lately in exercises, session by session, beside what had been planned for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ARRAY, Integer, Select, Uuid, bindparam, column, select, text

from storage.direct import Direct
from storage.models import ExerciseSet, Mesocycle, SessionExercise, WorkoutSession
from storage.planned_sets import PlannedSet, from_json
from storage.repositories.base import Repository
from storage.repositories.session_history import SET_ORDER

NEWEST_SETS = 60
"""How many sets of an exercise are looked at to find its newest sessions; far more than they hold."""

# The newest entries with each exercise before another session began: one look into an index for each exercise.
RECENT = """
SELECT roots.id AS root_id, recent.session_exercise_id
  FROM unnest(:roots) AS roots (id)
 CROSS JOIN LATERAL (
       SELECT newest.session_exercise_id
         FROM (SELECT d.session_exercise_id, d.performed_at FROM exercise_set d
                WHERE d.user_id = :user_id AND d.exercise_root_id = roots.id
                  AND d.deleted_at IS NULL AND d.kind <> 'warmup'
                  AND d.workout_session_id IS DISTINCT FROM :before
                  AND d.performed_at < coalesce((SELECT b.started_at FROM workout_session b
                                                  WHERE b.user_id = :user_id AND b.id = :before), 'infinity')
                ORDER BY d.performed_at DESC LIMIT :newest_sets) newest
        GROUP BY newest.session_exercise_id
        ORDER BY max(newest.performed_at) DESC LIMIT :entries) recent
"""


@dataclass(frozen=True, slots=True)
class DoneWork:
    """The sets of one entry of a session, warm-ups included. ``is_deload``: in the light week of a mesocycle."""

    session_id: UUID
    session_date: date
    prescription_id: UUID | None
    planned: tuple[PlannedSet, ...]
    sets: tuple[ExerciseSet, ...]
    is_deload: bool

    @property
    def performed_at(self) -> datetime:
        return max(one.performed_at for one in self.sets)


class PastWork(Repository):
    async def recent(
        self, root_ids: Iterable[UUID], *, before: UUID | None = None, entries: int = 8
    ) -> dict[UUID, tuple[DoneWork, ...]]:
        """Fetch the newest entries of each exercise by root, the newest first; one statement for all of them.

        ``before`` names a session that is going on: neither it nor what came after its beginning is told.
        """
        roots = list(dict.fromkeys(root_ids))
        if not roots:
            return {}
        known = {"user_id": self.user_id, "roots": roots, "before": before}
        limits = {"entries": entries, "newest_sets": NEWEST_SETS}
        return _by_root(await self.work.ask(STATEMENT, {**known, **limits}))


def _statement() -> Select[ExerciseSet, SessionExercise, date, bool]:
    """Select the live sets of the entries that `RECENT` finds, each with its entry, its day, and if it was a deload."""
    typed = text(RECENT).bindparams(
        bindparam("user_id", type_=Uuid),
        bindparam("roots", type_=ARRAY(Uuid)),
        bindparam("before", type_=Uuid),
        bindparam("entries", type_=Integer),
        bindparam("newest_sets", type_=Integer),
    )
    wanted = typed.columns(column("root_id", Uuid), column("session_exercise_id", Uuid)).cte("wanted")
    wanted = wanted.prefix_with("MATERIALIZED")  # few, which the planner does not know
    entry, session, cycle = SessionExercise, WorkoutSession, Mesocycle
    return (
        select(
            ExerciseSet, entry, session.session_date, (session.week_number == cycle.duration_weeks).label("is_deload")
        )
        .join(wanted, wanted.c.session_exercise_id == ExerciseSet.session_exercise_id)
        .join(entry, (entry.user_id == ExerciseSet.user_id) & (entry.id == ExerciseSet.session_exercise_id))
        .join(session, (session.user_id == ExerciseSet.user_id) & (session.id == ExerciseSet.workout_session_id))
        .outerjoin(cycle, (cycle.user_id == session.user_id) & (cycle.id == session.mesocycle_id))
        .where(
            ExerciseSet.user_id == bindparam("user_id", type_=Uuid),
            ExerciseSet.exercise_root_id == wanted.c.root_id,
            ExerciseSet.deleted_at.is_(None),
        )
        .order_by(*SET_ORDER)
        .execution_options(populate_existing=True)
    )


STATEMENT: Final = Direct(_statement())


def _by_root(rows: Iterable[Any]) -> dict[UUID, tuple[DoneWork, ...]]:
    sets: dict[tuple[UUID, UUID], list[ExerciseSet]] = {}
    entries: dict[UUID, tuple[SessionExercise, date, bool]] = {}
    for one, entry, day, is_deload in rows:
        sets.setdefault((one.exercise_root_id, entry.id), []).append(one)
        entries[entry.id] = entry, day, bool(is_deload)
    done: dict[UUID, list[DoneWork]] = {}
    for (root_id, entry_id), own in sets.items():
        entry, day, is_deload = entries[entry_id]
        planned = from_json(entry.planned_sets)
        work = DoneWork(entry.workout_session_id, day, entry.workout_exercise_id, planned, tuple(own), is_deload)
        done.setdefault(root_id, []).append(work)
    return {
        root_id: tuple(sorted(works, key=lambda work: work.performed_at, reverse=True))
        for root_id, works in done.items()
    }
