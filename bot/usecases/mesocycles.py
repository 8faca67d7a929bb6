"""The mesocycle that is going on: its weeks, which of their workouts are done, and what comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from storage.models import Mesocycle, SessionStatus, Workout
from storage.repositories.mesocycles import BlockSession, group_of, planned_set_count
from storage.repositories.plans import PlanTree, Prescription, WorkoutTree
from storage.repositories.sessions import NextWorkout
from training.mesocycle import is_deload, target_rir, week_target
from training.mesocycle_weeks import PlannedWorkout, has_own_weeks, week_slots

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import MesocycleTarget


@dataclass(frozen=True, slots=True)
class MesoTarget:
    """What a prescription is this week: how many sets, how many repetitions in reserve, which part of the load."""

    sets: int
    rir: Decimal
    load_factor: Decimal
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class MesoWeek:
    """The current week of the active mesocycle, as the targets of a session need it."""

    mesocycle_id: UUID
    week_number: int
    is_deload: bool
    by_prescription: Mapping[UUID, MesoTarget]


class SlotState(StrEnum):
    DONE = "done"
    RUNNING = "running"
    SKIPPED = "skipped"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Slot:
    """A workout of a week, and whether it is done."""

    tree: WorkoutTree
    state: SlotState

    @property
    def workout(self) -> Workout:
        return self.tree.workout


@dataclass(frozen=True, slots=True)
class Week:
    """A week of a mesocycle. `sets` is what each muscle group is to do in it."""

    number: int
    rir: Decimal
    is_deload: bool
    slots: tuple[Slot, ...]
    sets: Mapping[str, int]

    @property
    def is_over(self) -> bool:
        return all(slot.state in (SlotState.DONE, SlotState.SKIPPED) for slot in self.slots)


@dataclass(frozen=True, slots=True)
class Block:
    """A mesocycle whole. `targets` are by prescription and week; `is_paused`: another plan is trained by meanwhile.

    `is_ahead`: its first day is still to come.
    """

    mesocycle: Mesocycle
    tree: PlanTree
    weeks: tuple[Week, ...]
    targets: Mapping[tuple[UUID, int], MesocycleTarget]
    is_paused: bool = False
    is_ahead: bool = False

    @property
    def week(self) -> Week:
        return self.weeks[self.mesocycle.current_week - 1]

    def target(self, prescription: Prescription, week: int) -> MesoTarget:
        """Give what a prescription is in a week; one that came into the plan later goes by the week alone."""
        row = self.targets.get((prescription.row.id, week))
        return _target(row) if row is not None else _laid_out(prescription, self.mesocycle, week)


async def active(turn: Turn) -> Mesocycle | None:
    """Find the mesocycle that is going on. One over a library plan follows the copy that takes the plan's place."""
    mesocycle = await turn.work.mesocycles.active()
    current_id = turn.user.current_plan_id
    if mesocycle is None or current_id is None or current_id == mesocycle.workout_plan_id:
        return mesocycle
    if turn.work.coach is not None:
        return mesocycle  # a coach looks, and moves nothing
    current = await turn.work.plans.find(current_id)
    if current is None or current.source_id != mesocycle.workout_plan_id:
        return mesocycle
    return await turn.work.mesocycles.move_to(mesocycle.id, current.id)


async def under_way(turn: Turn) -> Mesocycle | None:
    """Find the mesocycle that is going on and has begun: what is trained before its first day is none of its week 1."""
    mesocycle = await active(turn)
    return None if mesocycle is None or is_ahead(turn, mesocycle) else mesocycle


def is_ahead(turn: Turn, mesocycle: Mesocycle) -> bool:
    return mesocycle.start_date is not None and mesocycle.start_date > turn.today


async def week_of(turn: Turn, workout: Workout, *, is_next: bool = False) -> MesoWeek | None:
    """Give a workout's targets of the current week; None where no mesocycle is going on over its plan.

    With `is_next` those of the week in which it comes next, which is a later one where it is done in this.
    """
    mesocycle = await under_way(turn)
    if mesocycle is None or workout.workout_plan_id != mesocycle.workout_plan_id:
        return None
    week, weeks = mesocycle.current_week, mesocycle.duration_weeks
    if is_next:
        week = _comes_next(await read(turn, mesocycle), workout)
    rows = await turn.work.mesocycles.week(mesocycle.id, week)
    tree = await turn.work.plans.read_workout(workout.id)
    targets = {
        one.row.id: _target(rows[one.row.id]) if one.row.id in rows else _laid_out(one, mesocycle, week)
        for one in tree.prescriptions
    }
    return MesoWeek(mesocycle.id, week, is_deload(week, weeks), targets)


def _comes_next(block: Block, workout: Workout) -> int:
    current = block.mesocycle.current_week
    open_weeks = (
        week.number
        for week in block.weeks[current - 1 :]
        if any(slot.workout.id == workout.id and slot.state is SlotState.OPEN for slot in week.slots)
    )
    return next(open_weeks, current)


async def next_workout(turn: Turn) -> NextWorkout | None:
    """Find the next workout of the current week that is not done; None where no mesocycle says what comes next."""
    mesocycle = await under_way(turn)
    if mesocycle is None or is_paused(turn, mesocycle):
        return None
    block = await read(turn, mesocycle)
    slot = next((slot for slot in block.week.slots if slot.state is SlotState.OPEN), None)
    if slot is None:
        return None
    last = await turn.work.mesocycles.last_day(mesocycle.id)
    return NextWorkout(block.tree.plan, slot.tree, last)


def is_paused(turn: Turn, mesocycle: Mesocycle) -> bool:
    """Tell whether the user trains by another plan for now."""
    return turn.user.current_plan_id is not None and turn.user.current_plan_id != mesocycle.workout_plan_id


async def read(turn: Turn, mesocycle: Mesocycle) -> Block:
    """Read a mesocycle whole."""
    tree = await turn.work.plans.read(mesocycle.workout_plan_id)
    rows = await turn.work.mesocycles.targets(mesocycle.id)
    targets = {(row.workout_exercise_id, row.week_number): row for row in rows}
    sessions = await turn.work.mesocycles.sessions(mesocycle.id)
    trees = {one.workout.id: one for one in tree.workouts}
    weeks = tuple(
        _week(mesocycle, number, [trees[one] for one in slots_of(mesocycle, tree.workouts, number)], sessions, targets)
        for number in range(1, mesocycle.duration_weeks + 1)
    )
    return Block(mesocycle, tree, weeks, targets, is_paused(turn, mesocycle), is_ahead(turn, mesocycle))


def slots_of(mesocycle: Mesocycle, workouts: Iterable[WorkoutTree], week: int) -> Sequence[UUID]:
    """Name the workouts of a week in order."""
    return week_slots(planned(workouts), mesocycle.days_per_week, week)


def planned(workouts: Iterable[WorkoutTree]) -> list[PlannedWorkout]:
    return [PlannedWorkout(one.workout.id, one.workout.week_number) for one in workouts]


def weeks_differ(tree: PlanTree) -> bool:
    """Tell whether a plan says itself what each of its weeks holds."""
    return has_own_weeks(planned(tree.workouts))


async def find(turn: Turn, mesocycle_id: UUID) -> Mesocycle | None:
    """Find a mesocycle that was not deleted."""
    mesocycle = await turn.work.mesocycles.find(mesocycle_id)
    return None if mesocycle is None or mesocycle.deleted_at is not None else mesocycle


async def open_active(turn: Turn) -> Block | None:
    mesocycle = await active(turn)
    return None if mesocycle is None else await read(turn, mesocycle)


async def open_block(turn: Turn, mesocycle_id: UUID) -> Block | None:
    mesocycle = await find(turn, mesocycle_id)
    return None if mesocycle is None else await read(turn, mesocycle)


def _week(
    mesocycle: Mesocycle,
    number: int,
    workouts: Sequence[WorkoutTree],
    sessions: Sequence[BlockSession],
    targets: Mapping[tuple[UUID, int], MesocycleTarget],
) -> Week:
    states = _states(one for one in sessions if one.week == number)
    slots = tuple(Slot(tree, next(states.get(tree.workout.root_id, iter(())), SlotState.OPEN)) for tree in workouts)
    sets: Counter[str] = Counter()
    for tree in workouts:
        for one in tree.prescriptions:
            group = group_of(one.exercise)
            row = targets.get((one.row.id, number))
            if group is not None:
                sets[group] += row.sets if row is not None else _laid_out(one, mesocycle, number).sets
    weeks = mesocycle.duration_weeks
    return Week(number, target_rir(number, weeks), is_deload(number, weeks), slots, sets)


RANK = {SessionStatus.COMPLETED: 0, SessionStatus.IN_PROGRESS: 1, SessionStatus.SKIPPED: 2}
STATES = {
    SessionStatus.COMPLETED: SlotState.DONE,
    SessionStatus.IN_PROGRESS: SlotState.RUNNING,
    SessionStatus.SKIPPED: SlotState.SKIPPED,
}


def _states(sessions: Iterable[BlockSession]) -> dict[UUID, Iterator[SlotState]]:
    """Give the states of a week's sessions by workout: what was done fills places before what was skipped."""
    by_root: dict[UUID, list[BlockSession]] = {}
    for one in sessions:
        by_root.setdefault(one.root_id, []).append(one)
    return {
        root: iter([STATES[one.status] for one in sorted(found, key=lambda one: RANK[one.status])])
        for root, found in by_root.items()
    }


def _target(row: MesocycleTarget) -> MesoTarget:
    return MesoTarget(row.sets, row.rir, row.load_factor, row.reason)


def _laid_out(prescription: Prescription, mesocycle: Mesocycle, week: int) -> MesoTarget:
    sets = planned_set_count(prescription)
    target = week_target(prescription.row.id, sets, sets, week, mesocycle.duration_weeks)
    return MesoTarget(target.sets, target.rir, target.load_factor)
