"""What may stand in for an exercise, with the kit it needs, and putting it in the other's place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, bindparam, or_, select, text, update
from uuid_utils.compat import uuid7

from storage.direct import Direct
from storage.models import (
    MuscleGroup,
    PersonalRecord,
    PrescribedSet,
    RecordType,
    SessionExercise,
    WorkoutExercise,
)
from storage.models.columns import MUSCLE_GROUP
from storage.repositories.base import Repository
from training.substitution import Lift, Strength

# An exercise with the kit it needs. How many words the library's languages have for it tells how common it is.
LIFTS = """
SELECT e.id, e.root_id, e.name, CAST(e.primary_muscle_groups AS text[]) AS primary_groups,
       CAST(e.secondary_muscle_groups AS text[]) AS secondary_groups, CAST(e.exercise_type AS text) AS exercise_type,
       CAST(e.category AS text) AS category, CAST(e.measure AS text) AS measure, e.level, e.default_reps,
       e.default_duration_seconds,
       ARRAY(SELECT q.slug FROM exercise_equipment l JOIN equipment q ON q.id = l.equipment_id
              WHERE l.exercise_id = e.id ORDER BY q.slug) AS kit,
       (SELECT count(*) FROM exercise_alias a WHERE a.exercise_id = e.root_id AND a.user_id IS NULL) AS commonness
  FROM (SELECT own.* FROM exercise own WHERE own.user_id = :user_id
        UNION ALL
        SELECT everybodys.* FROM exercise everybodys WHERE everybodys.user_id IS NULL) e
 WHERE true
"""
# Whoever shares a primary muscle group, the library's and the user's own. Where the user has a copy of a library row,
# the copy stands for both.
SHARING = Direct(
    text(
        LIFTS
        + """
   AND e.deleted_at IS NULL AND e.primary_muscle_groups && :groups
   AND (e.user_id IS NOT NULL OR NOT EXISTS (
        SELECT FROM exercise own WHERE own.user_id = :user_id AND own.root_id = e.id AND own.deleted_at IS NULL))
"""
    ).bindparams(bindparam("groups", type_=ARRAY(MUSCLE_GROUP)))
)
THESE = Direct(text(LIFTS + " AND e.id = ANY(:ids)").bindparams(bindparam("ids", type_=ARRAY(Uuid))))


class Substitutes(Repository):
    async def lifts(self, exercise_ids: Iterable[UUID]) -> dict[UUID, Lift]:
        """Describe exercises as the ranking sees them, with the kit they need; one statement."""
        ids = list(dict.fromkeys(exercise_ids))
        if not ids:
            return {}
        rows = await self.work.ask(THESE, {"user_id": self.user_id, "ids": ids})
        return {row.id: _lift(row) for row in rows}

    async def candidates(self, groups: Iterable[str]) -> list[Lift]:
        """List every exercise with one of these primary muscle groups; one statement."""
        wanted = [MuscleGroup(group) for group in sorted(set(groups))]
        rows = await self.work.ask(SHARING, {"user_id": self.user_id, "groups": wanted})
        return [_lift(row) for row in rows]

    async def strengths(self, root_ids: Iterable[UUID]) -> dict[UUID, Strength]:
        """Give the user's bests in exercises by root; one statement."""
        rows = await self.work.records.of_many(root_ids)
        best: dict[UUID, dict[RecordType, PersonalRecord]] = {}
        for row in rows:
            best.setdefault(row.exercise_root_id, {})[row.record_type] = row
        return {
            root_id: Strength(
                records[RecordType.ONE_REP_MAX].value if RecordType.ONE_REP_MAX in records else None,
                records[RecordType.MAX_WEIGHT].value if RecordType.MAX_WEIGHT in records else None,
            )
            for root_id, records in best.items()
        }

    # ------------------------------------------------------------------ in a session

    async def insert_after(self, entry: SessionExercise, selected_at: datetime, **columns: Any) -> SessionExercise:
        """Put an exercise behind another one; those that follow move on by one."""
        self.work.sets.forget_newest()
        later = (
            SessionExercise.user_id == self.user_id,
            SessionExercise.workout_session_id == entry.workout_session_id,
        )
        # Two steps: places are unique, and a row may not stand on the next one's place even for a moment.
        order = SessionExercise.exercise_order
        for which, value in ((order > entry.exercise_order, -order - 1), (order < 0, -order)):
            await self.session.execute(
                update(SessionExercise)
                .where(*later, which)
                .values(exercise_order=value)
                .execution_options(synchronize_session=False)
            )
        return await self._write(
            SessionExercise(
                id=uuid7(),
                user_id=self.user_id,
                workout_session_id=entry.workout_session_id,
                workout_exercise_id=entry.workout_exercise_id,
                exercise_order=entry.exercise_order + 1,
                selected_at=selected_at,
                **columns,
            )
        )

    # ------------------------------------------------------------------ in a plan

    async def find_prescription(self, prescription_id: UUID) -> WorkoutExercise | None:
        """Find a prescription, the library's or the user's own."""
        is_visible = or_(WorkoutExercise.user_id == self.user_id, WorkoutExercise.user_id.is_(None))
        statement = select(WorkoutExercise).where(WorkoutExercise.id == prescription_id, is_visible)
        return (await self.session.scalars(statement)).one_or_none()

    async def amend_sets(self, columns: Mapping[UUID, Mapping[str, Any]]) -> None:
        """Change sets of prescriptions of the user's own, in two statements."""
        if not columns:
            return
        mine = (PrescribedSet.user_id == self.user_id, PrescribedSet.id.in_(list(columns)))
        for row in await self.session.scalars(select(PrescribedSet).where(*mine)):
            for name, value in columns[row.id].items():
                setattr(row, name, value)
        await self.session.flush()


def _lift(row: Any) -> Lift:
    return Lift(
        row.id,
        row.root_id,
        row.name,
        frozenset(row.primary_groups),
        frozenset(row.secondary_groups),
        row.exercise_type,
        row.category,
        row.measure,
        frozenset(row.kit),
        row.level,
        row.commonness,
        row.default_reps,
        row.default_duration_seconds,
    )
