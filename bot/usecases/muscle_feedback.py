"""Asking how a muscle group feels, and letting its sets of the weeks to come follow the answers.

What follows is always worked out from the sets that the session's own week had: closing a session twice, or answering
once more, changes nothing twice. A week in which the workout has been trained already keeps what it had.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from bot.usecases.mesocycles import find, slots_of
from bot.views.muscle_feedback import reason
from storage.models import Mesocycle, MesocycleStatus, SessionStatus, SetKind, Workout, WorkoutSession
from storage.repositories.mesocycles import BlockSession, group_of, planned_set_count
from storage.repositories.muscle_feedback import Question
from storage.repositories.plans import WorkoutTree
from storage.repositories.sessions import SessionEntry
from training.mesocycle import Feedback, Prescribed, SetsChange, follow_feedback, hard_weeks, is_deload
from training.mesocycle_weeks import PlannedWorkout, has_own_weeks

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import MuscleGroupFeedback

LAST_TIME: Final = timedelta(days=14)
"""How long a muscle group remembers the last time; after that soreness is not asked about."""
PERFORMANCE: Final[tuple[Question, ...]] = ("pump", "challenge")


@dataclass(frozen=True, slots=True)
class NextSets:
    """What becomes of a workout's sets: from which week on, prescription by prescription, with their names."""

    session_id: UUID
    week: int
    workout: Workout
    changes: tuple[tuple[str, SetsChange], ...]

    @property
    def has_answers(self) -> bool:
        return any(change.wanted is not None for _, change in self.changes)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that was noted. Where the session is closed already, `following` is what follows, if anything can."""

    feedback: Feedback
    is_closed: bool = False
    following: NextSets | None = None


async def soreness_to_ask(turn: Turn, session: WorkoutSession, entry: SessionEntry) -> str | None:
    """Name the muscle group to be asked about before an exercise: its first of the session, after a last time."""
    group = group_of(entry.exercise)
    if group is None or await regulated(turn, session) is None:
        return None
    since = session.session_date - LAST_TIME
    if await turn.work.muscle_feedback.last_trained(group, before=session.id, since=since) is None:
        return None
    return group if await turn.work.muscle_feedback.note_asked(session.id, group) else None


async def performance_to_ask(turn: Turn, session: WorkoutSession, entry: SessionEntry) -> str | None:
    """Name the muscle group to be asked about after an exercise: where that was its last of the session."""
    group = group_of(entry.exercise)
    if group is None or await regulated(turn, session) is None:
        return None
    entries = (await turn.work.sessions.read(session.id)).exercises
    of_group = [one for one in entries if group_of(one.exercise) == group]
    if not all(_is_over(one) for one in of_group) or not any(_done(one) for one in of_group):
        return None
    said = (await turn.work.muscle_feedback.of_session(session.id)).get(group)
    is_answered = said is not None and said.pump is not None and said.challenge is not None
    return None if is_answered else group


async def unanswered(turn: Turn, session: WorkoutSession) -> Sequence[str]:
    """List the muscle groups that were trained in a session and whose challenge nobody has told."""
    if await regulated(turn, session) is None:
        return ()
    return [group for group, said in (await said_of_all(turn, session.id)).items() if said.challenge is None]


async def answer(turn: Turn, session_id: UUID, muscle_group: str, question: Question, level: int) -> Answered | None:
    """Note an answer, also after the session was closed; None where the session is gone."""
    session = await turn.work.sessions.find(session_id)
    if session is None or session.deleted_at is not None:
        return None
    row = await turn.work.muscle_feedback.record(session_id, muscle_group, question, level, turn.said_at)
    is_closed = session.status is SessionStatus.COMPLETED
    return Answered(_feedback(row), is_closed, await follow(turn, session) if is_closed else None)


async def said(turn: Turn, session_id: UUID, muscle_group: str) -> Feedback:
    """Give what was said of a muscle group in a session so far."""
    row = (await turn.work.muscle_feedback.of_session(session_id)).get(muscle_group)
    return Feedback() if row is None else _feedback(row)


async def said_of_all(turn: Turn, session_id: UUID) -> dict[str, Feedback]:
    """Give what was said of each muscle group that was trained in a session; empty where the session is gone."""
    session = await turn.work.sessions.find(session_id)
    if session is None or session.deleted_at is not None:
        return {}
    rows = await turn.work.muscle_feedback.of_session(session_id)
    return {
        group: _feedback(rows[group]) if group in rows else Feedback() for group in await _trained(turn, session_id)
    }


async def _trained(turn: Turn, session_id: UUID) -> Sequence[str]:
    entries = (await turn.work.sessions.read(session_id)).exercises
    return list(dict.fromkeys(group for one in entries if _done(one) and (group := group_of(one.exercise)) is not None))


def next_question(question: Question, *, is_closed: bool) -> Question | None:
    """Name the question after one: challenge after pump, and once the session is over pump after soreness."""
    if question == "pump":
        return "challenge"
    return "pump" if question == "soreness" and is_closed else None


def questions_with(question: Question) -> Sequence[Question]:
    """Name the questions that are asked in one message with this one."""
    return ("soreness",) if question == "soreness" else PERFORMANCE


async def follow(turn: Turn, session: WorkoutSession) -> NextSets | None:
    """Let the sets of the weeks to come follow what was said in a session; None where nothing can follow."""
    mesocycle = await regulated(turn, session)
    if mesocycle is None or session.workout_id is None or session.week_number is None:
        return None
    trained = await turn.work.plans.get_workout(session.workout_id)
    tree = await turn.work.plans.read(mesocycle.workout_plan_id)
    workout = next((one for one in tree.workouts if one.workout.root_id == trained.root_id), None)
    if workout is None:
        return None
    sessions = [one for one in await turn.work.mesocycles.sessions(mesocycle.id) if one.root_id == trained.root_id]
    weeks = _weeks_to_come(mesocycle, session.week_number, sessions)
    first = _first_trained(mesocycle, tree.workouts, workout, weeks)
    if first is None:
        return None
    said = await turn.work.muscle_feedback.of_session(_newest(sessions, session))
    changes = await _changes(turn, mesocycle, workout, session.week_number, said)
    await _write(turn, mesocycle, range(first, weeks[-1] + 1), changes)
    names = {one.row.id: one.exercise.name for one in workout.prescriptions}
    told = tuple((names[change.prescription_id], change) for change in changes)
    return NextSets(session.id, first, workout.workout, told)


async def regulated(turn: Turn, session: WorkoutSession) -> Mesocycle | None:
    """Find the mesocycle whose sets a session's feedback can change: going on, and the week is no deload.

    A plan whose weeks differ says itself how many sets each of them has.
    """
    if session.mesocycle_id is None or session.week_number is None:
        return None
    mesocycle = await find(turn, session.mesocycle_id)
    if mesocycle is None or mesocycle.status is not MesocycleStatus.ACTIVE:
        return None
    if is_deload(session.week_number, mesocycle.duration_weeks):
        return None
    workouts = await turn.work.plans.workouts_of(mesocycle.workout_plan_id)
    return None if has_own_weeks([PlannedWorkout(one.id, one.week_number) for one in workouts]) else mesocycle


def _weeks_to_come(mesocycle: Mesocycle, week: int, sessions: Sequence[BlockSession]) -> Sequence[int]:
    """List the hard weeks behind a week, up to the first in which the workout was begun."""
    begun = {one.week for one in sessions if one.status is not SessionStatus.SKIPPED and one.week > week}
    last = min(begun, default=mesocycle.duration_weeks) - 1
    return range(week + 1, min(last, hard_weeks(mesocycle.duration_weeks)) + 1)


def _newest(sessions: Sequence[BlockSession], session: WorkoutSession) -> UUID:
    """Of two sessions of a workout in one week the later one decides."""
    done = [one for one in sessions if one.week == session.week_number and one.status is SessionStatus.COMPLETED]
    return done[-1].id if done else session.id


def _first_trained(
    mesocycle: Mesocycle, workouts: Sequence[WorkoutTree], workout: WorkoutTree, weeks: Sequence[int]
) -> int | None:
    """Name the first of the weeks that holds the workout; a plan of more days than the week has leaves some out."""
    return next((week for week in weeks if workout.workout.id in slots_of(mesocycle, workouts, week)), None)


async def _changes(
    turn: Turn, mesocycle: Mesocycle, workout: WorkoutTree, week: int, said: Mapping[str, MuscleGroupFeedback]
) -> Sequence[SetsChange]:
    rows = await turn.work.mesocycles.week(mesocycle.id, week)
    prescribed = [
        Prescribed(
            one.row.id,
            group_of(one.exercise),
            rows[one.row.id].sets if one.row.id in rows else planned_set_count(one),
        )
        for one in workout.prescriptions
    ]
    return follow_feedback(prescribed, {group: _feedback(row) for group, row in said.items()})


async def _write(turn: Turn, mesocycle: Mesocycle, weeks: Sequence[int], changes: Sequence[SetsChange]) -> None:
    """Write the sets into the weeks to come; the first of them carries the reason."""
    first = {one.prescription_id: (one.after, reason(turn.messages, one)) for one in changes}
    later: dict[UUID, tuple[int, str | None]] = {one.prescription_id: (one.after, None) for one in changes}
    await turn.work.mesocycles.set_from(mesocycle.id, weeks[:1], first)
    if weeks[1:]:
        await turn.work.mesocycles.set_from(mesocycle.id, weeks[1:], later)


def _feedback(row: MuscleGroupFeedback) -> Feedback:
    return Feedback(row.soreness, row.pump, row.challenge)


def _done(entry: SessionEntry) -> int:
    return sum(one.kind is not SetKind.WARMUP for one in entry.sets)


def _is_over(entry: SessionEntry) -> bool:
    if entry.row.skipped_at is not None:
        return True
    return _done(entry) >= max(1, len(entry.row.planned_sets or ()))
