"""Plans: the library's and the user's own, with their workouts, prescriptions and sets; saved, copied and changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ARRAY, Select, Uuid, any_, bindparam, func, select, update
from uuid_utils.compat import uuid7

from storage.direct import Direct
from storage.drafts import PlanDraft, PrescriptionDraft, WorkoutDraft
from storage.models import (
    ConfidenceLevel,
    Exercise,
    LoadMode,
    PrescribedSet,
    Workout,
    WorkoutExercise,
    WorkoutPlan,
)
from storage.repositories.base import Repository, found, insert_rows

# What a copy takes from its source, besides its place.
PLAN_COPIED = ("name", "description", "days_per_week", "duration_weeks", "tags")
WORKOUT_COPIED = ("name", "description", "position", "week_number", "day_of_week")
PRESCRIPTION_COPIED = (
    "sequence",
    "sets",
    "reps_min",
    "reps_max",
    "target_weight",
    "target_weight_typed",
    "target_weight_unit",
    "target_load_mode",
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
    "raw_text",
    "confidence_level",
    "read_by",
)
SET_COPIED = (
    "set_number",
    "reps_min",
    "reps_max",
    "target_weight",
    "target_weight_typed",
    "target_weight_unit",
    "target_percent",
    "target_rpe",
    "target_duration_seconds",
    "target_distance_m",
    "is_amrap",
)
# What workouts ask for, in two statements.
PRESCRIPTIONS: Final = Direct(
    select(WorkoutExercise, Exercise)
    .join(Exercise, Exercise.id == WorkoutExercise.exercise_id)
    .where(
        WorkoutExercise.workout_id == any_(bindparam("workout_ids", type_=ARRAY(Uuid))),
        WorkoutExercise.deleted_at.is_(None),
    )
    .order_by(WorkoutExercise.sequence)
)
PRESCRIBED_SETS: Final = Direct(
    select(PrescribedSet)
    .where(PrescribedSet.workout_exercise_id == any_(bindparam("prescription_ids", type_=ARRAY(Uuid))))
    .order_by(PrescribedSet.set_number)
)
PLAN: Final = Direct(select(WorkoutPlan).where(WorkoutPlan.id == bindparam("plan_id", type_=Uuid)))
WORKOUT: Final = Direct(select(Workout).where(Workout.id == bindparam("workout_id", type_=Uuid)))
WORKOUTS: Final = Direct(
    select(Workout)
    .where(Workout.workout_plan_id == bindparam("plan_id", type_=Uuid), Workout.deleted_at.is_(None))
    .order_by(Workout.position)
)

ENUMS = {"target_load_mode": LoadMode, "confidence_level": ConfidenceLevel}


@dataclass(frozen=True, slots=True)
class Prescription:
    """A prescription with its exercise, and its sets where they differ."""

    row: WorkoutExercise
    exercise: Exercise
    sets: tuple[PrescribedSet, ...]


@dataclass(frozen=True, slots=True)
class WorkoutTree:
    """A workout with its prescriptions in order."""

    workout: Workout
    prescriptions: tuple[Prescription, ...]


@dataclass(frozen=True, slots=True)
class PlanTree:
    """A plan with its workouts in order."""

    plan: WorkoutPlan
    workouts: tuple[WorkoutTree, ...]


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """A plan in a line: how many workouts and prescriptions it has."""

    plan: WorkoutPlan
    workouts: int
    prescriptions: int


class Plans(Repository):
    async def own(self, *, deleted: bool = False) -> list[PlanSummary]:
        """List the user's own plans, the newest first; with ``deleted`` those that can be restored."""
        is_wanted = WorkoutPlan.deleted_at.is_not(None) if deleted else WorkoutPlan.deleted_at.is_(None)
        statement = _summaries().where(WorkoutPlan.user_id == self.user_id, is_wanted)
        return await self._summarised(statement.order_by(WorkoutPlan.created_at.desc(), WorkoutPlan.id.desc()))

    async def library(self) -> list[PlanSummary]:
        """List the library's plans by name."""
        statement = _summaries().where(WorkoutPlan.user_id.is_(None), WorkoutPlan.deleted_at.is_(None))
        return await self._summarised(statement.order_by(WorkoutPlan.name))

    async def find(self, plan_id: UUID) -> WorkoutPlan | None:
        return next((row.WorkoutPlan for row in await self.work.ask(PLAN, {"plan_id": plan_id})), None)

    async def get(self, plan_id: UUID) -> WorkoutPlan:
        return found(await self.find(plan_id), "plan", plan_id)

    async def find_workout(self, workout_id: UUID) -> Workout | None:
        return next((row.Workout for row in await self.work.ask(WORKOUT, {"workout_id": workout_id})), None)

    async def get_workout(self, workout_id: UUID) -> Workout:
        return found(await self.find_workout(workout_id), "workout", workout_id)

    async def workouts_of(self, plan_id: UUID) -> list[Workout]:
        """List the workouts of a plan in order."""
        return [row.Workout for row in await self.work.ask(WORKOUTS, {"plan_id": plan_id})]

    async def read(self, plan_id: UUID) -> PlanTree:
        """Read a plan whole, in four statements."""
        plan = await self.get(plan_id)
        return PlanTree(plan, tuple(await self._trees(await self.workouts_of(plan_id))))

    async def read_workout(self, workout_id: UUID) -> WorkoutTree:
        """Read a workout whole, in three statements."""
        return await self.read_tree(await self.get_workout(workout_id))

    async def read_tree(self, workout: Workout) -> WorkoutTree:
        """Read what a workout asks for, in two statements."""
        return (await self._trees([workout]))[0]

    # ------------------------------------------------------------------ saving and copying

    async def save(self, draft: PlanDraft) -> WorkoutPlan:
        """Write a new plan of the user's own, in one statement a table.

        Exercises of the library become the user's own copies, with lineage: a plan stands on rows of its own user.
        """
        wanted = [p.exercise_id for workout in draft.workouts for p in workout.prescriptions]
        exercises = await self.work.exercises.own_copies(wanted)
        plan = await self._write(
            WorkoutPlan(
                user_id=self.user_id,
                name=draft.name,
                description=draft.description,
                days_per_week=draft.days_per_week,
                duration_weeks=draft.duration_weeks,
                tags=list(draft.tags),
            )
        )
        workouts = [
            (self._drafted_workout(plan.id, position, workout), workout)
            for position, workout in enumerate(draft.workouts, start=1)
        ]
        await self._insert([row for row, _ in workouts])
        prescriptions = [
            (self._drafted_prescription(row.id, sequence, prescription, exercises, draft.import_id), prescription)
            for row, workout in workouts
            for sequence, prescription in enumerate(workout.prescriptions, start=1)
        ]
        await self._insert([row for row, _ in prescriptions])
        await self._insert(
            [one for row, prescription in prescriptions for one in self._drafted_sets(row, prescription)]
        )
        return plan

    async def copy(self, plan_id: UUID, name: str | None = None) -> WorkoutPlan:
        """Copy a plan whole, one of the library or of the user's own.

        A copy of a copy keeps the library's row as its source.
        """
        tree = await self.read(plan_id)
        columns = {column: getattr(tree.plan, column) for column in PLAN_COPIED}
        columns["name"] = name or tree.plan.name
        source_id = tree.plan.source_id or tree.plan.id
        plan = await self._write(WorkoutPlan(user_id=self.user_id, source_id=source_id, **columns))
        await self._copy_workouts([(workout, workout.workout.position) for workout in tree.workouts], plan.id)
        return plan

    async def own_copy(self, plan_id: UUID) -> WorkoutPlan:
        """Give the user's own row for a plan: itself, the newest copy made before, or a new copy of the library's."""
        plan = await self.get(plan_id)
        if plan.user_id is not None:
            return plan
        statement = select(WorkoutPlan).where(
            WorkoutPlan.user_id == self.user_id, WorkoutPlan.source_id == plan_id, WorkoutPlan.deleted_at.is_(None)
        )
        copies = await self.session.scalars(statement.order_by(WorkoutPlan.id.desc()).limit(1))
        return copies.one_or_none() or await self.copy(plan_id)

    async def copy_workout(self, workout_id: UUID, into_plan_id: UUID) -> Workout:
        """Copy a workout to the end of a plan of the user's own.

        Where its lineage is there already, the copy begins one of its own: two days of a plan are never taken for one.
        """
        plan = await self.get(into_plan_id)
        found(plan if plan.user_id is not None else None, "own plan", into_plan_id)
        tree = await self.read_workout(workout_id)
        there = await self.workouts_of(into_plan_id)
        last = max((workout.position for workout in there), default=0)
        is_known = tree.workout.root_id in {workout.root_id for workout in there}
        return (await self._copy_workouts([(tree, last + 1)], into_plan_id, has_lineage=not is_known))[0]

    # ------------------------------------------------------------------ changing

    async def rename(self, plan_id: UUID, name: str, version: int | None = None) -> WorkoutPlan:
        """Give a plan of the user's own another name.

        Raises:
            StaleVersionError: it was changed meanwhile.
        """
        return await self._amend(await self._get_own(plan_id), version, {"name": name}, "plan")

    async def delete(self, plan_id: UUID, version: int | None = None) -> WorkoutPlan:
        """Mark a plan as deleted; sessions that were trained by it stay. It stops being the current plan."""
        plan = await self._amend(await self._get_own(plan_id), version, {"deleted_at": func.now()}, "plan")
        if self.work.user.current_plan_id == plan_id:
            await self.work.users.set_current_plan(None)
        return plan

    async def restore(self, plan_id: UUID) -> WorkoutPlan:
        return await self._amend(await self._get_own(plan_id), None, {"deleted_at": None}, "plan")

    async def mark_used(self, plan_id: UUID) -> None:
        """Count a use of a plan of the user's own. The library's rows are nobody's to count on."""
        await self.session.execute(
            update(WorkoutPlan)
            .where(WorkoutPlan.user_id == self.user_id, WorkoutPlan.id == plan_id)
            .values(times_used=WorkoutPlan.times_used + 1)
        )

    async def amend_prescription(self, prescription_id: UUID, version: int | None, **columns: Any) -> WorkoutExercise:
        """Change a prescription of a plan of the user's own; an exercise of the library is copied first.

        Raises:
            NotFoundError: there is none, or it is the library's: copy the plan first.
            StaleVersionError: it was changed meanwhile.
        """
        return await self.work.plan_editing.amend(prescription_id, version, **columns)

    # ------------------------------------------------------------------ inside

    async def _get_own(self, plan_id: UUID) -> WorkoutPlan:
        plan = await self.get(plan_id)
        return found(plan if plan.user_id is not None else None, "own plan", plan_id)

    async def _summarised(self, statement: Select[WorkoutPlan, int, int]) -> list[PlanSummary]:
        rows = await self.session.execute(statement)
        return [PlanSummary(plan, workouts, prescriptions) for plan, workouts, prescriptions in rows]

    async def _trees(self, workouts: Sequence[Workout]) -> list[WorkoutTree]:
        rows = await self.work.ask(PRESCRIPTIONS, {"workout_ids": [workout.id for workout in workouts]})
        prescriptions = [(row, exercise) for row, exercise in rows]
        sets = await self._prescribed_sets([row.id for row, _ in prescriptions])
        of_workout: defaultdict[UUID, list[Prescription]] = defaultdict(list)
        for row, exercise in prescriptions:
            of_workout[row.workout_id].append(Prescription(row, exercise, tuple(sets[row.id])))
        return [WorkoutTree(workout, tuple(of_workout[workout.id])) for workout in workouts]

    async def _prescribed_sets(self, prescription_ids: Sequence[UUID]) -> defaultdict[UUID, list[PrescribedSet]]:
        sets: defaultdict[UUID, list[PrescribedSet]] = defaultdict(list)
        for row in await self.work.ask(PRESCRIBED_SETS, {"prescription_ids": list(prescription_ids)}):
            sets[row.PrescribedSet.workout_exercise_id].append(row.PrescribedSet)
        return sets

    async def _insert(self, rows: Sequence[Any]) -> None:
        """Insert rows of one table in one statement; parents first is the caller's business."""
        if rows:
            await insert_rows(self.work, rows)

    async def _copy_workouts(
        self, trees: Sequence[tuple[WorkoutTree, int]], plan_id: UUID, *, has_lineage: bool = True
    ) -> list[Workout]:
        exercises = await self.work.exercises.own_copies(
            prescription.row.exercise_id for tree, _ in trees for prescription in tree.prescriptions
        )
        workouts: list[Workout] = []
        prescriptions: list[WorkoutExercise] = []
        sets: list[PrescribedSet] = []
        for tree, position in trees:
            source_id = tree.workout.root_id if has_lineage else None
            workout = self._copied(tree.workout, WORKOUT_COPIED, workout_plan_id=plan_id, source_id=source_id)
            workout.position = position
            workouts.append(workout)
            for one in tree.prescriptions:
                exercise_id = exercises[one.row.exercise_id].id
                row = self._copied(one.row, PRESCRIPTION_COPIED, workout_id=workout.id, exercise_id=exercise_id)
                prescriptions.append(row)
                sets += [self._copied(each, SET_COPIED, workout_exercise_id=row.id) for each in one.sets]
        for rows in (workouts, prescriptions, sets):
            await self._insert(rows)
        return workouts

    def _copied(self, source: Any, columns: Iterable[str], **keys: Any) -> Any:
        kept = {column: getattr(source, column) for column in columns}
        return type(source)(id=uuid7(), user_id=self.user_id, **kept, **keys)

    def _drafted_workout(self, plan_id: UUID, position: int, draft: WorkoutDraft) -> Workout:
        return Workout(
            id=uuid7(),
            user_id=self.user_id,
            workout_plan_id=plan_id,
            name=draft.name,
            description=draft.description,
            position=position,
            week_number=draft.week_number,
            day_of_week=draft.day_of_week,
        )

    def _drafted_prescription(
        self,
        workout_id: UUID,
        sequence: int,
        draft: PrescriptionDraft,
        exercises: Mapping[UUID, Exercise],
        import_id: UUID | None,
    ) -> WorkoutExercise:
        columns = {name: value for name, value in asdict(draft).items() if name not in ("exercise_id", "scheme")}
        exercise = found(exercises.get(draft.exercise_id), "exercise", draft.exercise_id)
        return WorkoutExercise(
            id=uuid7(),
            user_id=self.user_id,
            workout_id=workout_id,
            exercise_id=exercise.id,
            sequence=sequence,
            import_id=import_id,
            **typed(columns),
        )

    def _drafted_sets(self, row: WorkoutExercise, draft: PrescriptionDraft) -> list[PrescribedSet]:
        return [
            PrescribedSet(
                id=uuid7(), user_id=self.user_id, workout_exercise_id=row.id, set_number=number, **asdict(one)
            )
            for number, one in enumerate(draft.scheme, start=1)
        ]


def _summaries() -> Select[WorkoutPlan, int, int]:
    live = (Workout.workout_plan_id == WorkoutPlan.id, Workout.deleted_at.is_(None))
    workouts = select(func.count()).select_from(Workout).where(*live).scalar_subquery()
    prescriptions = (
        select(func.count())
        .select_from(WorkoutExercise)
        .join(Workout, Workout.id == WorkoutExercise.workout_id)
        .where(*live, WorkoutExercise.deleted_at.is_(None))
        .scalar_subquery()
    )
    return select(WorkoutPlan, workouts, prescriptions)


def typed(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Take the words of enums as well as the enums."""
    return {
        name: ENUMS[name](value) if name in ENUMS and value is not None else value for name, value in columns.items()
    }
