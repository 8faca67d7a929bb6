"""Today's workout: what is set down for the day, else what comes next by the plan; its targets, and its beginning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from bot.answers import Answer
from bot.usecases import mesocycles, session_closing, session_events
from bot.usecases.guide import Guide, read_guide
from bot.usecases.performed import Performed, from_row
from bot.usecases.plan_trees import find_workout
from bot.usecases.program_draft import draft_from_json
from bot.usecases.session_targets import compose
from bot.usecases.sessions import SessionSummary
from storage.models import ImportStatus, SessionStatus, Workout, WorkoutPlan, WorkoutSession
from storage.planned_sets import PlannedExercise
from storage.repositories.past_work import DoneWork
from storage.repositories.plans import Prescription, WorkoutTree
from storage.repositories.sessions import NextWorkout

if TYPE_CHECKING:
    from bot.turn import Turn


LOOK_BACK: Final = 20
"""So many texts back a program is looked for that was not saved."""


@dataclass(frozen=True, slots=True)
class Target:
    """One exercise of the workout: what is prescribed, what it comes to now, and last time's sets."""

    prescription: Prescription
    planned: PlannedExercise
    last_day: date | None = None
    last_time: tuple[Performed, ...] = ()


@dataclass(frozen=True, slots=True)
class Today:
    """The workout that comes next. `scheduled` is its session where it is set down for today.

    `missed` and `upcoming` are the workouts set down for other days.
    """

    plan: WorkoutPlan
    workout: Workout
    targets: tuple[Target, ...]
    last_trained: date | None = None
    scheduled: WorkoutSession | None = None
    missed: tuple[WorkoutSession, ...] = ()
    upcoming: tuple[WorkoutSession, ...] = ()
    is_deload: bool = False


@dataclass(frozen=True, slots=True)
class NoPlan:
    """There is no current plan. `own_count` plans could be chosen; `unsaved` is a program that only waits for it."""

    own_count: int
    unsaved: str | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """A workout was begun; `closed` sums up a session that was open before, if anything was done in it."""

    guide: Guide
    closed: SessionSummary | None = None
    was_running: bool = False
    said: tuple[Answer, ...] = ()


async def today(turn: Turn) -> Today | NoPlan:
    """Tell what is set down for today, or what comes next by the mesocycle or the current plan."""
    days = await turn.work.sessions.planned()
    missed = tuple(one for one in days if one.session_date < turn.today)
    upcoming = tuple(one for one in days if one.session_date > turn.today)
    for scheduled in (one for one in days if one.session_date == turn.today):
        tree = None if scheduled.workout_id is None else await find_workout(turn, scheduled.workout_id)
        if tree is not None:
            plan = await turn.work.plans.get(tree.workout.workout_plan_id)
            return await _shown(turn, plan, tree, None, scheduled, missed, upcoming)
    following = await next_workout(turn)
    if following is None:
        return NoPlan(len(await turn.work.plans.own()), await _unsaved(turn))
    return await _shown(turn, following.plan, following.workout, following.last_trained, None, missed, upcoming)


async def _unsaved(turn: Turn) -> str | None:
    """Name the newest program whose preview is still open."""
    for row in await turn.work.imports.recent(LOOK_BACK):
        if row.kind == "program" and row.status in (ImportStatus.PREVIEW, ImportStatus.READING) and row.draft:
            return draft_from_json(row.draft).name
    return None


async def next_workout(turn: Turn) -> NextWorkout | None:
    """Find what comes next: by the mesocycle that is going on, else round and round through the current plan."""
    return await mesocycles.next_workout(turn) or await turn.work.sessions.next_workout()


async def preview(turn: Turn, workout_id: UUID) -> Today | None:
    """Tell what another workout of a plan asks for."""
    tree = await find_workout(turn, workout_id)
    if tree is None:
        return None
    return await _shown(turn, await turn.work.plans.get(tree.workout.workout_plan_id), tree)


async def _shown(
    turn: Turn,
    plan: WorkoutPlan,
    tree: WorkoutTree,
    last_trained: date | None = None,
    scheduled: WorkoutSession | None = None,
    missed: tuple[WorkoutSession, ...] = (),
    upcoming: tuple[WorkoutSession, ...] = (),
) -> Today:
    asked = await compose(turn, tree.workout, tree.prescriptions)
    targets = tuple(
        Target(one, asked.planned[one.row.id], *_last_time(asked.done.get(one.exercise.root_id, ())))
        for one in tree.prescriptions
    )
    is_deload = asked.week is not None and asked.week.is_deload
    return Today(plan, tree.workout, targets, last_trained, scheduled, missed, upcoming, is_deload)


def _last_time(done: Sequence[DoneWork]) -> tuple[date | None, tuple[Performed, ...]]:
    """Give the day of the newest session with an exercise, and its working sets there, of all its entries."""
    if not done:
        return None, ()
    sets = [one for work in done if work.session_id == done[0].session_id for one in work.sets]
    told = sorted(sets, key=lambda one: (one.set_number, one.performed_at, one.id))
    return done[0].session_date, tuple(from_row(one) for one in told if str(one.kind) != "warmup")


async def workouts(turn: Turn) -> tuple[WorkoutPlan, Sequence[Workout]] | None:
    """List the workouts of the current plan."""
    plan_id = turn.user.current_plan_id
    plan = None if plan_id is None else await turn.work.plans.find(plan_id)
    if plan is None or plan.deleted_at is not None:
        return None
    return plan, await turn.work.plans.workouts_of(plan.id)


async def start(turn: Turn, workout_id: UUID, scheduled_id: UUID | None = None) -> Started | None:
    """Begin a workout; a session that is open for something else is closed first. None where the workout is gone.

    One that is set down for a day is the session that begins, whatever that day was.
    """
    tree = await find_workout(turn, workout_id)
    if tree is None:
        return None
    running = await turn.work.sessions.find_open()
    if running is not None and running.workout_id == workout_id:
        return Started(await read_guide(turn, running.id), was_running=True)
    closed = None
    if running is not None:
        closed = await session_closing.close(turn, running, turn.said_at)
    asked = await compose(turn, tree.workout, tree.prescriptions)
    session = await turn.work.sessions.open_workout(
        workout_id,
        session_date=turn.today,
        started_at=turn.said_at,
        week_number=tree.workout.week_number if asked.week is None else asked.week.week_number,
        mesocycle_id=None if asked.week is None else asked.week.mesocycle_id,
        planned=asked.planned,
        planned_session_id=await _scheduled(turn, workout_id, scheduled_id),
    )
    said = await session_events.on_start(turn, session)
    return Started(await read_guide(turn, session.id), closed, said=tuple(said))


async def _scheduled(turn: Turn, workout_id: UUID, scheduled_id: UUID | None) -> UUID | None:
    """Find the session that was set down for this workout: the one that is named, else the earliest."""
    days = [one for one in await turn.work.sessions.planned() if one.workout_id == workout_id]
    named = [one for one in days if one.id == scheduled_id]
    found = next(iter(named or days), None)
    if found is None:
        return None
    await turn.work.reminders.call_off("planned", turn.now, found.id)
    return found.id


def is_scheduled(session: WorkoutSession) -> bool:
    return session.status is SessionStatus.PLANNED and session.deleted_at is None
