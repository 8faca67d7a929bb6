"""Sessions: the one that sets belong to, opened by the first of them, and what a session comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Final
from uuid import UUID

from bot.answers import Answer
from bot.usecases.performed import Performed, from_row
from bot.usecases.record_news import RecordNews, told_in_summary
from storage.models import SessionStatus, SetKind
from storage.planned_sets import PlannedSet, from_json
from training.performed import PerformedSet
from training.volume import TrainedExercise, hard_sets_by_muscle

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import ExerciseSet, PersonalRecord, WorkoutSession
    from storage.repositories.sessions import SessionEntry

NOON: Final = time(12)


@dataclass(frozen=True, slots=True)
class ExerciseSummary:
    """One exercise of a session: its sets, last time's, and the records that this session beat.

    `planned` is what was asked for, where anything was.
    """

    name: str
    sets: tuple[Performed, ...]
    last_time: tuple[Performed, ...] = ()
    volume_kg: Decimal = Decimal(0)
    last_volume_kg: Decimal | None = None
    records: tuple[RecordNews, ...] = ()
    planned: tuple[PlannedSet, ...] = ()
    is_skipped: bool = False

    @property
    def working_count(self) -> int:
        return sum(not one.is_warmup for one in self.sets)


@dataclass(frozen=True, slots=True)
class NextTime:
    """What an exercise asks for next time, and why."""

    name: str
    planned: tuple[PlannedSet, ...]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """A session as it is told. `minutes` is None where it says nothing: a diary, or a single moment.

    `muscles` are the hard sets by muscle group, told of a workout; `said` is what other features say at its end.
    """

    session_id: UUID
    day: date
    name: str | None
    minutes: int | None
    exercises: tuple[ExerciseSummary, ...]
    closed_itself: bool = False
    is_open: bool = False
    is_guided: bool = False
    muscles: tuple[tuple[str, Decimal], ...] = ()
    next_time: tuple[NextTime, ...] = ()
    said: tuple[Answer, ...] = ()

    @property
    def planned_count(self) -> int:
        return sum(len(exercise.planned) for exercise in self.exercises)

    @property
    def done_of_planned(self) -> int:
        """Count the planned sets that were done; extra ones do not make up for others."""
        return sum(min(exercise.working_count, len(exercise.planned)) for exercise in self.exercises)

    @property
    def set_count(self) -> int:
        return sum(len(exercise.sets) for exercise in self.exercises)

    @property
    def volume_kg(self) -> Decimal:
        return sum((exercise.volume_kg for exercise in self.exercises), Decimal(0))


async def session_for(turn: Turn, day: date | None, import_id: UUID) -> WorkoutSession:
    """Find the session that sets of this day belong to: the open one, one of that day, or a new one."""
    open_session = await turn.work.sessions.find_open()
    if day is None or day >= turn.today:
        if open_session is not None:
            return open_session
        return await turn.work.sessions.open_free(session_date=turn.today, started_at=turn.said_at, import_id=import_id)
    if open_session is not None and open_session.session_date == day:
        return open_session
    earlier = await turn.work.sessions.find_on(day)
    if earlier:
        return earlier[0]
    noon = datetime.combine(day, NOON, tzinfo=turn.timezone)
    return await turn.work.sessions.open_free(
        session_date=day, started_at=noon, completed_at=noon, status=SessionStatus.COMPLETED, import_id=import_id
    )


def moment_of(turn: Turn, session: WorkoutSession) -> datetime:
    """Say when sets that are told now were performed: now, or at the end of the past session they belong to."""
    if session.status is SessionStatus.COMPLETED:
        return session.completed_at or datetime.combine(session.session_date, NOON, tzinfo=turn.timezone)
    return turn.said_at


async def reopen(turn: Turn, session_id: UUID) -> bool:
    """Open a session again that was closed too early; not while another one is open."""
    session = await turn.work.sessions.find(session_id)
    ended = (SessionStatus.COMPLETED, SessionStatus.ABANDONED)
    if session is None or session.status not in ended or session.deleted_at is not None:
        return False
    if await turn.work.sessions.find_open() is not None:
        return False
    await turn.work.sessions.reopen(session_id)
    await turn.work.sessions.touch(session_id, turn.said_at)
    return True


def last_activity(session: WorkoutSession) -> datetime:
    moment = session.last_activity_at or session.started_at
    assert moment is not None
    return moment


async def summarise(turn: Turn, session_id: UUID, closed_itself: bool = False) -> SessionSummary:
    """Sum up a session, each exercise against the last time it was trained before."""
    tree = await turn.work.sessions.read(session_id)
    session = tree.session
    entries = [entry for entry in tree.exercises if entry.sets or entry.row.planned_sets]
    roots = [entry.exercise.root_id for entry in entries]
    last_times = await turn.work.sessions.last_times(roots, before=session_id)
    held = await turn.work.records.of_session(session_id)
    exercises: dict[UUID, ExerciseSummary] = {}
    for entry in entries:
        root_id = entry.exercise.root_id
        last = last_times.get(root_id)
        records = [] if last is None else [one for one in held if one.exercise_root_id == root_id]
        exercises[root_id] = _exercise_summary(entry, exercises.get(root_id), last.sets if last else None, records)
    is_guided = session.workout_id is not None
    return SessionSummary(
        session.id,
        session.session_date,
        session.name,
        session.duration_minutes or None,
        tuple(exercises.values()),
        closed_itself,
        session.status is SessionStatus.IN_PROGRESS,
        is_guided,
        _muscles(entries) if is_guided else (),
    )


def _muscles(entries: Sequence[SessionEntry]) -> tuple[tuple[str, Decimal], ...]:
    """Count hard sets by muscle group, the most first."""
    counted = hard_sets_by_muscle(
        TrainedExercise(
            [str(one) for one in entry.exercise.primary_muscle_groups],
            [str(one) for one in entry.exercise.secondary_muscle_groups],
            [_rated(row) for row in entry.sets],
        )
        for entry in entries
    )
    return tuple(sorted(counted.items(), key=lambda one: -one[1]))


def _rated(row: ExerciseSet) -> PerformedSet:
    return PerformedSet(
        row.weight, row.reps, row.duration_seconds, row.distance_m, row.rpe, str(row.load_mode), str(row.kind)
    )


def _exercise_summary(
    entry: SessionEntry,
    earlier: ExerciseSummary | None,
    last: Sequence[ExerciseSet] | None,
    held: Sequence[PersonalRecord],
) -> ExerciseSummary:
    """Sum up one entry; an exercise that stands twice in a session (top set, back-off) is told once."""
    own = tuple(from_row(row) for row in entry.sets)
    sets = own if earlier is None else (*earlier.sets, *own)
    planned = from_json(entry.row.planned_sets)
    last_time = tuple(from_row(row) for row in last or () if row.kind is not SetKind.WARMUP)
    is_assisted = any(one.load_mode == "assisted" for one in sets)
    news = [RecordNews(str(one.record_type), one.value, is_assisted) for one in held]
    return ExerciseSummary(
        name=entry.exercise.name,
        sets=sets,
        last_time=last_time,
        volume_kg=volume_kg(sets),
        last_volume_kg=None if last is None else volume_kg(last_time),
        records=tuple(told_in_summary(news, any(one.weight for one in sets))),
        planned=planned if earlier is None else (*earlier.planned, *planned),
        is_skipped=entry.row.skipped_at is not None,
    )


def volume_kg(sets: tuple[Performed, ...]) -> Decimal:
    """Add up load times repetitions; warm-ups, bodyweight and help from a machine do not count."""
    return sum(
        (
            one.exact_kg * one.reps
            for one in sets
            if one.exact_kg is not None and one.reps is not None and not one.is_warmup and one.load_mode != "assisted"
        ),
        Decimal(0),
    )
