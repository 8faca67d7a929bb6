"""Today's workout: what comes next by the current plan, its targets, what was lifted last time, and its beginning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final
from uuid import UUID

from bot.usecases import sessions
from bot.usecases.performed import Performed, from_row
from bot.usecases.reading_context import unit_of
from bot.usecases.sessions import SessionSummary
from storage.errors import NotFoundError
from storage.models import RecordType, Workout, WorkoutPlan, WorkoutSession
from storage.repositories.plans import Prescription, WorkoutTree
from storage.repositories.sessions import SessionSets
from training.units import from_kg

if TYPE_CHECKING:
    from bot.turn import Turn

TRAINING_MAX: Final = Decimal("0.9")
"""What a training max is of a one-rep maximum, where a plan goes by one and nobody has set another."""
STEPS: Final = {"kg": Decimal("2.5"), "lb": Decimal(5)}
BY_TRAINING_MAX: Final = "percent_tm"


@dataclass(frozen=True, slots=True)
class LoadHint:
    """What percents of a maximum come to, in the user's unit, set by set.

    `maximum` is the estimated one-rep maximum on record, or a training max of nine tenths of it.
    """

    loads: tuple[Decimal, ...]
    unit: str
    maximum: Decimal
    is_training_max: bool


@dataclass(frozen=True, slots=True)
class Target:
    """One exercise of the workout: what is asked, what it comes to, last time's sets, and those done by now."""

    prescription: Prescription
    hint: LoadHint | None = None
    last_day: date | None = None
    last_time: tuple[Performed, ...] = ()
    done: tuple[Performed, ...] = ()


@dataclass(frozen=True, slots=True)
class Today:
    """The workout that comes next, or the one that is going on: then `session` is its session."""

    plan: WorkoutPlan
    workout: Workout
    targets: tuple[Target, ...]
    last_trained: date | None = None
    session: WorkoutSession | None = None


@dataclass(frozen=True, slots=True)
class NoPlan:
    """There is no current plan. `own_count` plans could be chosen."""

    own_count: int


@dataclass(frozen=True, slots=True)
class Started:
    """A workout was begun; `closed` sums up a session that was open before, if anything was done in it."""

    today: Today
    closed: SessionSummary | None = None
    was_running: bool = False


async def today(turn: Turn) -> Today | NoPlan:
    """Tell what is going on, or what comes next by the current plan."""
    running = await turn.work.sessions.find_open()
    if running is not None and running.workout_id is not None:
        return await _running(turn, running)
    following = await turn.work.sessions.next_workout()
    if following is None:
        return NoPlan(len(await turn.work.plans.own()))
    targets = await _targets(turn, following.workout.prescriptions)
    return Today(following.plan, following.workout.workout, targets, following.last_trained)


async def preview(turn: Turn, workout_id: UUID) -> Today | None:
    """Tell what another workout of a plan asks for."""
    tree = await _read(turn, workout_id)
    if tree is None:
        return None
    plan = await turn.work.plans.get(tree.workout.workout_plan_id)
    return Today(plan, tree.workout, await _targets(turn, tree.prescriptions))


async def workouts(turn: Turn) -> tuple[WorkoutPlan, Sequence[Workout]] | None:
    """List the workouts of the current plan."""
    plan_id = turn.user.current_plan_id
    plan = None if plan_id is None else await turn.work.plans.find(plan_id)
    if plan is None or plan.deleted_at is not None:
        return None
    return plan, await turn.work.plans.workouts_of(plan.id)


async def start(turn: Turn, workout_id: UUID) -> Started | None:
    """Begin a workout; a session that is open for something else is closed first. None where the workout is gone."""
    tree = await _read(turn, workout_id)
    if tree is None:
        return None
    running = await turn.work.sessions.find_open()
    if running is not None and running.workout_id == workout_id:
        return Started(await _running(turn, running), was_running=True)
    closed = None
    if running is not None:
        closed = await sessions.close(turn, running, turn.said_at)
    session = await turn.work.sessions.open_workout(
        workout_id,
        session_date=turn.today,
        started_at=turn.said_at,
        week_number=tree.workout.week_number,
    )
    return Started(await _running(turn, session), closed)


async def skip(turn: Turn, workout_id: UUID) -> Today | NoPlan:
    """Leave a workout out this time, so that the next one comes up."""
    if await _read(turn, workout_id) is not None:
        await turn.work.sessions.skip(workout_id, session_date=turn.today)
    return await today(turn)


async def _read(turn: Turn, workout_id: UUID) -> WorkoutTree | None:
    try:
        return await turn.work.plans.read_workout(workout_id)
    except NotFoundError:
        return None


async def _running(turn: Turn, session: WorkoutSession) -> Today:
    tree = await turn.work.plans.read_workout(session.workout_id) if session.workout_id is not None else None
    if tree is None:
        raise NotFoundError("workout", session.workout_id)
    plan = await turn.work.plans.get(tree.workout.workout_plan_id)
    entries = (await turn.work.sessions.read(session.id)).exercises
    done: dict[UUID | None, tuple[Performed, ...]] = {
        entry.row.workout_exercise_id: tuple(from_row(one) for one in entry.sets)
        for entry in entries
        if entry.row.workout_exercise_id is not None
    }
    targets = await _targets(turn, tree.prescriptions, session.id, done)
    return Today(plan, tree.workout, targets, session=session)


async def _targets(
    turn: Turn,
    prescriptions: Sequence[Prescription],
    before: UUID | None = None,
    done: Mapping[UUID | None, tuple[Performed, ...]] | None = None,
) -> tuple[Target, ...]:
    roots = [one.exercise.root_id for one in prescriptions]
    last = await turn.work.sessions.last_times(roots, before)
    maxima = await _maxima(turn) if any(_percents(one) for one in prescriptions) else {}
    unit = unit_of(turn.user)
    return tuple(
        Target(
            one,
            load_hint(one, maxima.get(one.exercise.root_id), unit),
            *_last_time(last.get(one.exercise.root_id)),
            done=(done or {}).get(one.row.id, ()),
        )
        for one in prescriptions
    )


def _last_time(last: SessionSets | None) -> tuple[date | None, tuple[Performed, ...]]:
    if last is None:
        return None, ()
    return last.session.session_date, tuple(from_row(one) for one in last.sets if str(one.kind) != "warmup")


async def _maxima(turn: Turn) -> dict[UUID, Decimal]:
    """Give the estimated one-rep maximum on record of every exercise, in kilograms, by root."""
    return {
        view.record.exercise_root_id: view.record.value
        for view in await turn.work.records.all()
        if view.record.record_type is RecordType.ONE_REP_MAX
    }


def load_hint(prescription: Prescription, maximum_kg: Decimal | None, unit: str) -> LoadHint | None:
    """Tell what the percents of a prescription come to; None where there are none, or no maximum is on record."""
    percents = _percents(prescription)
    if not percents or maximum_kg is None or maximum_kg <= 0:
        return None
    by_training_max = prescription.row.progression == BY_TRAINING_MAX
    maximum = from_kg(maximum_kg * TRAINING_MAX if by_training_max else maximum_kg, unit)
    loads = tuple(loadable(maximum * percent / 100, unit) for percent in percents)
    return LoadHint(loads, unit, maximum.quantize(Decimal("0.1"), ROUND_HALF_UP), by_training_max)


def loadable(load: Decimal, unit: str) -> Decimal:
    """Round a load to what can be put on a bar: 2.5 kg or 5 lb."""
    step = STEPS[unit]
    return (load / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def _percents(prescription: Prescription) -> Sequence[Decimal]:
    rows: Iterable[Decimal | None] = [one.target_percent for one in prescription.sets] or [
        prescription.row.target_percent
    ]
    return [percent for percent in rows if percent is not None]
