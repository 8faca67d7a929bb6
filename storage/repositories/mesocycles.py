"""Mesocycles: blocks of weeks over a plan, the sets each prescription has in each week, and what was done in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from uuid_utils.compat import uuid7

from storage.direct import Direct
from storage.errors import MesocycleRunningError
from storage.models import Mesocycle, MesocycleStatus, MesocycleTarget
from storage.paging import Page, page_of
from storage.repositories.base import Row, found, live
from storage.repositories.mesocycle_history import BlockRecord, BlockSession, MesocycleHistory, group_of
from storage.repositories.plans import PlanTree, Prescription
from training.mesocycle import planned_weeks

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork

__all__ = ["BlockRecord", "BlockSession", "MesocycleDraft", "Mesocycles", "group_of", "planned_set_count"]


@dataclass(frozen=True, slots=True)
class MesocycleDraft:
    """A mesocycle that is to start.

    ``first_sets`` are the sets of week 1 where they are others than the plan's, by prescription: those of the week
    ``copied_from_week`` of the parent.
    """

    plan_id: UUID
    name: str
    weeks: int
    days_per_week: int
    start_date: date
    parent_id: UUID | None = None
    copied_from_week: int | None = None
    first_sets: Mapping[UUID, int] = field(default_factory=dict)


ACTIVE: Final = Direct(
    live(Mesocycle).where(Mesocycle.status == MesocycleStatus.ACTIVE).order_by(Mesocycle.created_at.desc()).limit(1)
)


class Mesocycles(MesocycleHistory):
    def __init__(self, work: UnitOfWork) -> None:
        super().__init__(work)
        self._active: Mesocycle | None = None
        self._is_active_known = False

    async def active(self) -> Mesocycle | None:
        """Find the one that is going on; there is at most one. It is asked for once, until one is written."""
        if not self._is_active_known:
            rows = await self.work.ask(ACTIVE, {"owner": self.user_id})
            self._active = rows[0].Mesocycle if rows else None
            self._is_active_known = True
        return self._active

    async def find(self, mesocycle_id: UUID) -> Mesocycle | None:
        statement = select(Mesocycle).where(Mesocycle.user_id == self.user_id, Mesocycle.id == mesocycle_id)
        return (await self.session.scalars(statement)).one_or_none()

    async def get(self, mesocycle_id: UUID) -> Mesocycle:
        return found(await self.find(mesocycle_id), "mesocycle", mesocycle_id)

    async def past(self, *, limit: int = 8, offset: int = 0) -> Page[Mesocycle]:
        """List those that have ended, archived ones behind the others, the newest first."""
        statement = live(Mesocycle).where(Mesocycle.status != MesocycleStatus.ACTIVE)
        ordered = statement.order_by(Mesocycle.status, Mesocycle.created_at.desc(), Mesocycle.id.desc())
        rows = await self.session.scalars(ordered.limit(limit + 1).offset(offset), {"owner": self.user_id})
        return page_of(list(rows.all()), limit)

    async def children(self, mesocycle_id: UUID) -> list[Mesocycle]:
        """List those that repeat a week of this one, the oldest first."""
        statement = live(Mesocycle).where(Mesocycle.parent_mesocycle_id == mesocycle_id)
        ordered = statement.order_by(Mesocycle.created_at, Mesocycle.id)
        return list((await self.session.scalars(ordered, {"owner": self.user_id})).all())

    # ------------------------------------------------------------------ starting and ending

    async def start(self, draft: MesocycleDraft) -> Mesocycle:
        """Start a mesocycle over a plan, one's own or the library's, with the targets of all its weeks.

        Raises:
            MesocycleRunningError: another one is going on.
            NotFoundError: there is no such plan.
        """
        running = await self.active()
        if running is not None:
            raise MesocycleRunningError(running)
        tree = await self.work.plans.read(draft.plan_id)
        mesocycle = await self._write(
            Mesocycle(
                user_id=self.user_id,
                id=uuid7(),
                workout_plan_id=draft.plan_id,
                name=draft.name,
                duration_weeks=draft.weeks,
                days_per_week=draft.days_per_week,
                start_date=draft.start_date,
                end_date=draft.start_date + timedelta(weeks=draft.weeks, days=-1),
                parent_mesocycle_id=draft.parent_id,
                copied_from_week=draft.copied_from_week,
            )
        )
        await self.put_targets(_laid_out(self.user_id, mesocycle, tree, draft.first_sets))
        return mesocycle

    async def amend(self, mesocycle_id: UUID, version: int | None, **columns: Any) -> Mesocycle:
        """Change columns, e.g. ``current_week``.

        Raises:
            StaleVersionError: it was changed meanwhile.
        """
        return await self._amend(await self.get(mesocycle_id), version, columns, "mesocycle")

    async def finish(self, mesocycle_id: UUID, version: int | None, *, at: datetime, day: date) -> Mesocycle:
        """End it: its weeks are over, or the user says so."""
        mesocycle = await self.get(mesocycle_id)
        ended = max(day, mesocycle.start_date or day)
        columns = {"status": MesocycleStatus.COMPLETED, "completed_at": at, "end_date": ended}
        return await self._amend(mesocycle, version, columns, "mesocycle")

    async def archive(self, mesocycle_id: UUID, version: int | None = None) -> Mesocycle:
        """Put it behind the others; nothing of it goes."""
        return await self.amend(mesocycle_id, version, status=MesocycleStatus.ARCHIVED)

    async def delete(self, mesocycle_id: UUID, version: int | None = None) -> Mesocycle:
        """Mark it as deleted; the sessions that were trained in it stay."""
        return await self.amend(mesocycle_id, version, deleted_at=func.now())

    async def restore(self, mesocycle_id: UUID) -> Mesocycle:
        """Bring a deleted one back; as an ended one where another is going on by now."""
        mesocycle, running = await self.get(mesocycle_id), await self.active()
        columns: dict[str, Any] = {"deleted_at": None}
        if running is not None and running.id != mesocycle_id and mesocycle.status is MesocycleStatus.ACTIVE:
            columns["status"] = MesocycleStatus.COMPLETED
        return await self._amend(mesocycle, None, columns, "mesocycle")

    async def move_to(self, mesocycle_id: UUID, plan_id: UUID) -> Mesocycle:
        """Go on over a copy of the plan: each target passes to the copy's prescription of the same exercise.

        What the copy has beyond that goes by the plan and the week; what it lacks is not trained any more.
        """
        mesocycle = await self.get(mesocycle_id)
        old, new = await self.work.plans.read(mesocycle.workout_plan_id), await self.work.plans.read(plan_id)
        counterparts = _counterparts(old, new)
        rows = [
            {
                "user_id": self.user_id,
                "mesocycle_id": mesocycle_id,
                "workout_exercise_id": counterparts[row.workout_exercise_id],
                "week_number": row.week_number,
                "sets": row.sets,
                "rir": row.rir,
                "load_factor": row.load_factor,
                "reason": row.reason,
            }
            for row in await self.targets(mesocycle_id)
            if row.workout_exercise_id in counterparts
        ]
        await self.put_targets(rows)
        return await self._amend(mesocycle, None, {"workout_plan_id": plan_id}, "mesocycle")

    # ------------------------------------------------------------------ targets

    async def targets(self, mesocycle_id: UUID) -> list[MesocycleTarget]:
        """List the targets of all weeks."""
        statement = select(MesocycleTarget).where(
            MesocycleTarget.user_id == self.user_id, MesocycleTarget.mesocycle_id == mesocycle_id
        )
        rows = await self.session.scalars(
            statement.order_by(MesocycleTarget.week_number), execution_options={"populate_existing": True}
        )
        return list(rows.all())

    async def week(self, mesocycle_id: UUID, week: int) -> dict[UUID, MesocycleTarget]:
        """Give the targets of one week by prescription."""
        statement = select(MesocycleTarget).where(
            MesocycleTarget.user_id == self.user_id,
            MesocycleTarget.mesocycle_id == mesocycle_id,
            MesocycleTarget.week_number == week,
        )
        rows = await self.session.scalars(statement, execution_options={"populate_existing": True})
        return {row.workout_exercise_id: row for row in rows}

    async def put_targets(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write targets, new ones or over those there are, in one statement."""
        if not rows:
            return
        statement = insert(MesocycleTarget).values([dict(row) for row in rows])
        changed = {name: statement.excluded[name] for name in ("sets", "rir", "load_factor", "reason")}
        keys = ["user_id", "mesocycle_id", "workout_exercise_id", "week_number"]
        await self.session.execute(
            statement.on_conflict_do_update(index_elements=keys, set_=changed),
            execution_options={"synchronize_session": False},
        )

    async def set_from(
        self, mesocycle_id: UUID, weeks: Iterable[int], sets: Mapping[UUID, tuple[int, str | None]]
    ) -> None:
        """Give prescriptions other sets in some weeks, with the reason; what a week asks otherwise stays."""
        wanted = set(weeks)
        rows = [
            {
                "user_id": self.user_id,
                "mesocycle_id": mesocycle_id,
                "workout_exercise_id": row.workout_exercise_id,
                "week_number": row.week_number,
                "sets": sets[row.workout_exercise_id][0],
                "rir": row.rir,
                "load_factor": row.load_factor,
                "reason": sets[row.workout_exercise_id][1],
            }
            for row in await self.targets(mesocycle_id)
            if row.week_number in wanted and row.workout_exercise_id in sets
        ]
        await self.put_targets(rows)

    async def _write(self, row: Row) -> Row:
        self._is_active_known = False
        return await super()._write(row)

    async def _amend(self, row: Row, version: int | None, columns: Mapping[str, Any], what: str) -> Row:
        self._is_active_known = False
        return await super()._amend(row, version, columns, what)


def planned_set_count(prescription: Prescription) -> int:
    """Count the sets of a prescription as the plan has it; one where it says nothing."""
    return prescription.row.sets or len(prescription.sets) or 1


def _counterparts(old: PlanTree, new: PlanTree) -> dict[UUID, UUID]:
    """Pair the prescriptions of two plans: same workout, same exercise by lineage, in the same order."""
    theirs = {key: one.row.id for key, one in _keyed(new)}
    return {one.row.id: theirs[key] for key, one in _keyed(old) if key in theirs}


def _keyed(tree: PlanTree) -> Iterator[tuple[tuple[UUID, UUID, int], Prescription]]:
    for workout in tree.workouts:
        seen: Counter[UUID] = Counter()
        for one in workout.prescriptions:
            seen[one.exercise.root_id] += 1
            yield (workout.workout.root_id, one.exercise.root_id, seen[one.exercise.root_id]), one


def _laid_out(
    user_id: UUID, mesocycle: Mesocycle, tree: PlanTree, first_sets: Mapping[UUID, int]
) -> list[dict[str, Any]]:
    return [
        {
            "user_id": user_id,
            "mesocycle_id": mesocycle.id,
            "workout_exercise_id": one.row.id,
            "week_number": target.week,
            "sets": target.sets,
            "rir": target.rir,
            "load_factor": target.load_factor,
            "reason": None,
        }
        for workout in tree.workouts
        for one in workout.prescriptions
        for target in planned_weeks(
            one.row.id, first_sets.get(one.row.id, planned_set_count(one)), mesocycle.duration_weeks
        )
    ]
