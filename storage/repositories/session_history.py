"""Looking back on sessions: one whole, many in a line, an exercise through all of them, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BindParameter, Integer, Select, Uuid, any_, bindparam, column, func, select, text

from storage.direct import Direct
from storage.models import (
    Exercise,
    ExerciseSet,
    SessionExercise,
    Workout,
    WorkoutPlan,
    WorkoutSession,
)
from storage.paging import Page, page_of
from storage.repositories.base import Repository, found
from storage.repositories.plans import WorkoutTree

# The order in which sets are told: as they were counted, and where two have the same number, as they were done.
SET_ORDER = (ExerciseSet.set_number, ExerciseSet.performed_at, ExerciseSet.id)

# A session and in a line what was in it, the newest first.
HISTORY = Direct(
    text("""
SELECT s.id, coalesce(work.names, '{}') AS names, coalesce(work.sets, 0) AS sets, coalesce(work.volume, 0) AS volume
  FROM workout_session s
  LEFT JOIN LATERAL (
       SELECT array_agg(entry.name ORDER BY entry.place) AS names, sum(entry.sets) AS sets, sum(entry.volume) AS volume
         FROM (SELECT e.name, min(x.exercise_order) AS place, count(*) AS sets,
                      sum(CASE WHEN d.typed_unit = 'lb' THEN d.typed_weight * 0.45359237 ELSE d.weight END * d.reps)
                          FILTER (WHERE d.kind <> 'warmup' AND d.load_mode <> 'assisted') AS volume
                 FROM exercise_set d
                 JOIN session_exercise x ON x.user_id = d.user_id AND x.id = d.session_exercise_id
                 JOIN exercise e ON e.id = d.exercise_id
                WHERE d.user_id = s.user_id AND d.workout_session_id = s.id AND d.deleted_at IS NULL
                GROUP BY e.name) entry) work ON true
 WHERE s.user_id = :user_id AND s.deleted_at IS NULL
   AND (s.status IN ('in_progress', 'completed') OR s.status = 'abandoned' AND work.sets > 0)
 ORDER BY s.session_date DESC, s.started_at DESC NULLS LAST, s.id DESC
 LIMIT :limit OFFSET :offset
""")
)

# The newest session with each exercise before another session began: one look into an index for each exercise.
LAST_TIMES = """
SELECT roots.id AS root_id, last.workout_session_id
  FROM unnest(:roots) AS roots (id)
 CROSS JOIN LATERAL (
       SELECT d.workout_session_id FROM exercise_set d
        WHERE d.user_id = :user_id AND d.exercise_root_id = roots.id
          AND d.deleted_at IS NULL AND d.kind <> 'warmup'
          AND d.workout_session_id IS DISTINCT FROM :before
          AND d.performed_at < coalesce((SELECT b.started_at FROM workout_session b
                                          WHERE b.user_id = :user_id AND b.id = :before), 'infinity')
        ORDER BY d.performed_at DESC LIMIT 1) last
"""

# What is said beside sets of a session, about each of their exercises: the ids of all its working sets in the session,
# and the figures of those in the newest session before it. Of a session everything goes into one row. The sessions are
# found first, and then their sets: the planner does not know how few they are.
AROUND = Direct(
    text(f"""
WITH last AS MATERIALIZED ({LAST_TIMES})
SELECT roots.id AS root_id,
       ARRAY(SELECT d.id FROM exercise_set d
              WHERE d.user_id = :user_id AND d.workout_session_id = :before AND d.exercise_root_id = roots.id
                AND d.deleted_at IS NULL AND d.kind <> 'warmup'
              ORDER BY d.set_number, d.performed_at, d.id) AS this_time,
       NULL AS load_mode, NULL AS weight, NULL AS typed_weight, NULL AS typed_unit, NULL AS reps,
       NULL AS duration_seconds, NULL AS distance_m, NULL AS rpe, NULL AS effort_as_rir, NULL AS kind, NULL AS notes,
       NULL AS span_start, NULL AS span_end, NULL AS set_number, NULL AS performed_at, NULL AS id
  FROM unnest(:roots) AS roots (id)
UNION ALL
SELECT last.root_id, NULL, CAST(d.load_mode AS text), d.weight, d.typed_weight, d.typed_unit, d.reps,
       d.duration_seconds, d.distance_m, d.rpe, d.effort_as_rir, CAST(d.kind AS text), d.notes,
       d.span_start, d.span_end, d.set_number, d.performed_at, d.id
  FROM last
  JOIN exercise_set d ON d.user_id = :user_id AND d.workout_session_id = last.workout_session_id
                     AND d.exercise_root_id = last.root_id AND d.deleted_at IS NULL AND d.kind <> 'warmup'
 ORDER BY set_number, performed_at, id
""").bindparams(  # noqa: S608 - of our own words
        bindparam("user_id", type_=Uuid), bindparam("roots", type_=ARRAY(Uuid)), bindparam("before", type_=Uuid)
    )
)


# The workout of a lineage that was trained or left out last: the lineage's root, and the user's own copies of it.
LAST_TRAINED = Direct(
    text("""
SELECT lineage.id, lineage.root_id, s.session_date
  FROM (SELECT w.id, w.root_id FROM workout w WHERE w.user_id = :user_id AND w.root_id = ANY (:roots)
        UNION ALL
        SELECT roots.id, roots.id FROM unnest(:roots) AS roots (id)) lineage
  JOIN workout_session s ON s.user_id = :user_id AND s.workout_id = lineage.id
 WHERE s.deleted_at IS NULL AND s.status IN ('in_progress', 'completed', 'skipped')
 ORDER BY s.session_date DESC, coalesce(s.started_at, s.last_activity_at, s.created_at) DESC, s.id DESC
 LIMIT 1
""").bindparams(bindparam("user_id", type_=Uuid), bindparam("roots", type_=ARRAY(Uuid)))
)


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """An exercise of a session with its sets that are not deleted."""

    row: SessionExercise
    exercise: Exercise
    sets: tuple[ExerciseSet, ...]


@dataclass(frozen=True, slots=True)
class SessionTree:
    """A session with all that was planned and done in it, in order."""

    session: WorkoutSession
    exercises: tuple[SessionEntry, ...]


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """A session in a line. ``volume`` is in kilograms."""

    session: WorkoutSession
    exercises: tuple[str, ...]
    sets: int
    volume: Decimal


@dataclass(frozen=True, slots=True)
class SessionSets:
    """The sets of one exercise in one session."""

    session: WorkoutSession
    sets: tuple[ExerciseSet, ...]


@dataclass(frozen=True, slots=True)
class SetsAround:
    """The ids of the working sets of exercises in a session, and the figures of those of the time before; by root id.

    An exercise that was not trained before is missing from `last_time`. Its rows have the figures of an `ExerciseSet`.
    """

    this_time: dict[UUID, Sequence[UUID]]
    last_time: dict[UUID, list[Any]]


@dataclass(frozen=True, slots=True)
class NextWorkout:
    """What is to be trained next by a plan, and when the plan was last trained."""

    plan: WorkoutPlan
    workout: WorkoutTree
    last_trained: date | None


@dataclass(frozen=True, slots=True)
class LastTrained:
    """The workout that was trained or skipped last, and when."""

    id: UUID
    root_id: UUID
    session_date: date


def live_sets() -> Select[ExerciseSet, WorkoutSession]:
    """Select sets of ``:user_id`` that are not deleted, as the database has them now, each with its session."""
    return (
        select(ExerciseSet, WorkoutSession)
        .join(
            WorkoutSession,
            (WorkoutSession.user_id == ExerciseSet.user_id) & (WorkoutSession.id == ExerciseSet.workout_session_id),
        )
        .where(ExerciseSet.user_id == bindparam("user_id", type_=Uuid), ExerciseSet.deleted_at.is_(None))
        .order_by(*SET_ORDER)
        .execution_options(populate_existing=True)
    )


def _sets_by(pairs: str, *parameters: BindParameter[Any]) -> Direct:
    """Select the live sets of the pairs of root exercise and session that a statement gives: few, so they go first."""
    typed = text(pairs).bindparams(bindparam("roots", type_=ARRAY(Uuid)), *parameters)
    wanted = typed.columns(column("root_id", Uuid), column("workout_session_id", Uuid)).cte("wanted")
    wanted = wanted.prefix_with("MATERIALIZED")
    return Direct(
        live_sets().join(
            wanted,
            (wanted.c.root_id == ExerciseSet.exercise_root_id)
            & (wanted.c.workout_session_id == ExerciseSet.workout_session_id),
        )
    )


SETS_OF_LAST_TIMES = _sets_by(LAST_TIMES, bindparam("user_id", type_=Uuid), bindparam("before", type_=Uuid))
SETS_OF = _sets_by(
    "SELECT root_id, workout_session_id FROM unnest(:roots, :sessions) AS pairs (root_id, workout_session_id)",
    bindparam("sessions", type_=ARRAY(Uuid)),
)
SESSIONS = Direct(
    select(WorkoutSession).where(
        WorkoutSession.user_id == bindparam("user_id", type_=Uuid),
        WorkoutSession.id == any_(bindparam("ids", type_=ARRAY(Uuid))),
    )
)
WITH_EXERCISE = Direct(
    select(ExerciseSet.workout_session_id)
    .where(
        ExerciseSet.user_id == bindparam("user_id", type_=Uuid),
        ExerciseSet.exercise_root_id == bindparam("root_id", type_=Uuid),
        ExerciseSet.deleted_at.is_(None),
    )
    .group_by(ExerciseSet.workout_session_id)
    .order_by(func.max(ExerciseSet.performed_at).desc(), ExerciseSet.workout_session_id.desc())
    .limit(bindparam("limit", type_=Integer))
    .offset(bindparam("offset", type_=Integer))
)
ENTRIES = Direct(
    select(SessionExercise, Exercise)
    .join(Exercise, Exercise.id == SessionExercise.exercise_id)
    .where(
        SessionExercise.user_id == bindparam("user_id", type_=Uuid),
        SessionExercise.workout_session_id == bindparam("session_id", type_=Uuid),
    )
    .order_by(SessionExercise.exercise_order)
    .execution_options(populate_existing=True)
)


class SessionHistory(Repository):
    """The half of `Sessions` that changes nothing."""

    async def find(self, session_id: UUID) -> WorkoutSession | None:
        return await self._find(WorkoutSession, self.user_id, session_id)

    async def get(self, session_id: UUID) -> WorkoutSession:
        return found(await self.find(session_id), "session", session_id)

    async def read(self, session_id: UUID) -> SessionTree:
        """Read a session whole, in three statements."""
        session = await self.get(session_id)
        entries = await self.work.ask(ENTRIES, {"user_id": self.user_id, "session_id": session_id})
        sets = await self.work.sets.of_session(session_id)
        return SessionTree(
            session,
            tuple(
                SessionEntry(row, exercise, tuple(one for one in sets if one.session_exercise_id == row.id))
                for row, exercise in entries
            ),
        )

    async def history(self, *, limit: int = 10, offset: int = 0) -> Page[SessionSummary]:
        """List sessions, the newest day first, in two statements."""
        parameters = {"user_id": self.user_id, "limit": limit + 1, "offset": offset}
        rows = await self.work.ask(HISTORY, parameters)
        sessions = await self._by_id(row.id for row in rows)
        items = [SessionSummary(sessions[row.id], tuple(row.names), int(row.sets), row.volume) for row in rows]
        return page_of(items, limit)

    async def exercise_history(self, root_id: UUID, *, limit: int = 10, offset: int = 0) -> Page[SessionSets]:
        """List the sessions with an exercise and its sets there, the newest first, in two statements."""
        parameters = {"user_id": self.user_id, "root_id": root_id, "limit": limit + 1, "offset": offset}
        session_ids = [row.workout_session_id for row in await self.work.ask(WITH_EXERCISE, parameters)]
        groups = await self._sets_of([(root_id, session_id) for session_id in session_ids])
        return page_of([groups[root_id, session_id] for session_id in session_ids], limit)

    async def last_time(self, root_id: UUID, before: UUID | None = None) -> SessionSets | None:
        """Find the sets of the newest session with an exercise, before another session began where one is named."""
        return (await self.last_times([root_id], before)).get(root_id)

    async def last_times(self, root_ids: Iterable[UUID], before: UUID | None = None) -> dict[UUID, SessionSets]:
        """Do what `last_time` does for many exercises, in one statement."""
        roots = list(dict.fromkeys(root_ids))
        if not roots:
            return {}
        groups = await self._grouped(SETS_OF_LAST_TIMES, {"user_id": self.user_id, "roots": roots, "before": before})
        return {root_id: sets for (root_id, _), sets in groups.items()}

    async def sets_around(self, root_ids: Iterable[UUID], session_id: UUID) -> SetsAround:
        """Fetch what is said beside sets of a session: their place in it, and what was done the time before."""
        parameters = {"user_id": self.user_id, "roots": list(dict.fromkeys(root_ids)), "before": session_id}
        around = SetsAround({}, {})
        for row in await self.work.ask(AROUND, parameters):
            if row.this_time is None:
                around.last_time.setdefault(row.root_id, []).append(row)
            else:
                around.this_time[row.root_id] = row.this_time
        return around

    async def next_workout(self, plan_id: UUID | None = None) -> NextWorkout | None:
        """Find what comes after the workout trained (or skipped) last, round and round.

        Goes by the current plan where none is named. Lineage counts: who has customised a plan goes on where the
        original was left.
        """
        plan_id = plan_id or self.work.user.current_plan_id
        plan = await self.work.plans.find(plan_id) if plan_id is not None else None
        if plan is None or plan.deleted_at is not None:
            return None
        workouts = await self.work.plans.workouts_of(plan.id)
        if not workouts:
            return None
        last = await self._last_trained(workouts)
        position = 0
        if last is not None:
            position = (_place_of(last, workouts) + 1) % len(workouts)
        tree = await self.work.plans.read_tree(workouts[position])
        return NextWorkout(plan, tree, None if last is None else last.session_date)

    # ------------------------------------------------------------------ inside

    async def _by_id(self, session_ids: Iterable[UUID]) -> dict[UUID, WorkoutSession]:
        rows = await self.work.ask(SESSIONS, {"user_id": self.user_id, "ids": list(session_ids)})
        return {row.WorkoutSession.id: row.WorkoutSession for row in rows}

    async def _sets_of(self, wanted: Sequence[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], SessionSets]:
        """Fetch the live sets for pairs of root exercise and session."""
        if not wanted:
            return {}
        roots, sessions = zip(*wanted, strict=True)
        pairs = {"roots": list(roots), "sessions": list(sessions)}
        return await self._grouped(SETS_OF, {"user_id": self.user_id, **pairs})

    async def _grouped(self, statement: Direct, parameters: Mapping[str, Any]) -> dict[tuple[UUID, UUID], SessionSets]:
        rows = await self.work.ask(statement, parameters)
        sets: dict[tuple[UUID, UUID], list[ExerciseSet]] = {}
        sessions: dict[UUID, WorkoutSession] = {}
        for one, session in rows:
            sets.setdefault((one.exercise_root_id, session.id), []).append(one)
            sessions[session.id] = session
        return {key: SessionSets(sessions[key[1]], tuple(done)) for key, done in sets.items()}

    async def _last_trained(self, workouts: Sequence[Workout]) -> LastTrained | None:
        roots = list({workout.root_id for workout in workouts})
        rows = await self.work.ask(LAST_TRAINED, {"user_id": self.user_id, "roots": roots})
        return LastTrained(rows[0].id, rows[0].root_id, rows[0].session_date) if rows else None


def _place_of(last: LastTrained, workouts: Sequence[Workout]) -> int:
    """Find the workout that was trained last: itself, or else the one of its lineage."""
    ids = [workout.id for workout in workouts]
    return ids.index(last.id) if last.id in ids else [workout.root_id for workout in workouts].index(last.root_id)
