"""Workouts set down for a day: planned, moved, taken off, skipped; and the reminder on the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from bot.answers import Answer
from bot.usecases import session_events
from bot.usecases import today as todays
from bot.usecases.plan_trees import find_workout
from bot.usecases.planned_days import FARTHEST, When, parse_when
from storage.models import SessionStatus, Workout, WorkoutSession

if TYPE_CHECKING:
    from bot.turn import Turn

KIND: Final = "planned"
PREFERENCE: Final = "planned_reminders"
OFF: Final = "off"
IN_THE_MORNING: Final = time(8)
BEFORE: Final = timedelta(hours=1)
STALE: Final = timedelta(hours=12)
"""A day that was to be spoken of so long ago is over."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A workout that is set down for a day. `has_reminder`: it will be spoken of on the day."""

    session: WorkoutSession
    workout: Workout | None
    has_reminder: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was planned: there is no plan, or the day was not understood, is over, or too far away."""

    why: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A workout was left out. `was_on` is the day it was set down for, where it was; `said` is what follows from it."""

    session: WorkoutSession
    was_on: date | None = None
    said: tuple[Answer, ...] = ()


async def plan(turn: Turn, words: str) -> Planned | Refused:
    """Set the next workout down for the day that is written."""
    when = parse_when(words, turn.today)
    if when is None:
        return Refused("words")
    return await plan_on(turn, when)


async def plan_on(turn: Turn, when: When, workout_id: UUID | None = None) -> Planned | Refused:
    """Set a workout down for a day: the one named, else the one that comes next."""
    if when.day < turn.today:
        return Refused("past")
    if when.day - turn.today > FARTHEST:
        return Refused("far")
    workout = await _next_to_plan(turn, when.day) if workout_id is None else await _find(turn, workout_id)
    if workout is None:
        return Refused("plan")
    session = await turn.work.sessions.plan_workout(workout.id, session_date=when.day, scheduled_time=when.at)
    return Planned(session, workout, await remind(turn, session))


async def _find(turn: Turn, workout_id: UUID) -> Workout | None:
    tree = await find_workout(turn, workout_id)
    return None if tree is None else tree.workout


async def _next_to_plan(turn: Turn, day: date) -> Workout | None:
    """Choose the workout for a day: the one whose weekday it is, else the one behind the last that is planned."""
    following = await todays.next_workout(turn)
    if following is None:
        return None
    workouts = await turn.work.plans.workouts_of(following.plan.id)
    of_weekday = [one for one in workouts if one.day_of_week == day.weekday() and one.week_number is None]
    if of_weekday:
        return of_weekday[0]
    ids = [one.id for one in workouts]
    planned = [one.workout_id for one in await turn.work.sessions.planned() if one.session_date <= day]
    behind = next((ids.index(one) for one in reversed(planned) if one in ids), None)
    if behind is None or len(workouts) == 1:
        return following.workout.workout
    return workouts[(behind + 1) % len(workouts)]


async def find(turn: Turn, session_id: UUID) -> Planned | None:
    """Find a workout that is still set down for a day."""
    session = await turn.work.sessions.find(session_id)
    if session is None or not todays.is_scheduled(session):
        return None
    workout = None if session.workout_id is None else await _find(turn, session.workout_id)
    reminders = await turn.work.reminders.pending(KIND)
    return Planned(session, workout, any(one.workout_session_id == session_id for one in reminders))


async def days(turn: Turn) -> list[WorkoutSession]:
    return await turn.work.sessions.planned()


async def move(turn: Turn, session_id: UUID, day: date) -> Planned | None:
    """Set a planned workout down for another day; the time stays."""
    found = await find(turn, session_id)
    if found is None or day < turn.today:
        return None
    session = await turn.work.sessions.reschedule(session_id, session_date=day)
    return Planned(session, found.workout, await remind(turn, session))


async def change_workout(turn: Turn, session_id: UUID, workout_id: UUID) -> Planned | None:
    """Put another workout of the plan on the day."""
    found, workout = await find(turn, session_id), await _find(turn, workout_id)
    if found is None or workout is None:
        return None
    columns = {"workout_id": workout.id, "workout_plan_id": workout.workout_plan_id, "name": workout.name}
    session = await turn.work.sessions.reschedule(session_id, **columns)
    return Planned(session, workout, found.has_reminder)


async def take_off(turn: Turn, session_id: UUID) -> Planned | None:
    """Take a workout off its day, as if it had never been planned."""
    found = await find(turn, session_id)
    if found is None:
        return None
    await turn.work.reminders.call_off(KIND, turn.now, session_id)
    await turn.work.sessions.delete(session_id)
    return found


# ---------------------------------------------------------------------- skipping


async def skip(turn: Turn) -> Skipped | None:
    """Leave out the workout that is set down for today, the one that was missed last, or the one that comes next."""
    due = [one for one in await days(turn) if one.session_date <= turn.today]
    if due:
        return await skip_planned(turn, due[-1].id)
    following = await todays.next_workout(turn)
    return None if following is None else await skip_next(turn, following.workout.workout.id)


async def skip_next(turn: Turn, workout_id: UUID) -> Skipped | None:
    """Leave a workout out that is not set down for a day; one that is, is left out there."""
    if await _find(turn, workout_id) is None:
        return None
    session = await turn.work.sessions.skip(workout_id, session_date=turn.today, at=turn.said_at)
    return Skipped(session, said=tuple(await session_events.on_skip(turn, session)))


async def skip_planned(turn: Turn, session_id: UUID) -> Skipped | None:
    found = await find(turn, session_id)
    if found is None:
        return None
    was_on = found.session.session_date
    await turn.work.reminders.call_off(KIND, turn.now, session_id)
    # What lies ahead must not count as the latest that was trained.
    skipped_on = min(was_on, turn.today)
    skipped = {"status": SessionStatus.SKIPPED, "session_date": skipped_on, "last_activity_at": turn.said_at}
    session = await turn.work.sessions.reschedule(session_id, **skipped)
    return Skipped(session, was_on, tuple(await session_events.on_skip(turn, session)))


async def unskip(turn: Turn, session_id: UUID, was_on: date | None) -> list[Answer] | None:
    """Bring back a workout that was left out, and give what follows from it; None where it is not left out any more."""
    session = await turn.work.sessions.find(session_id)
    if session is None or session.status is not SessionStatus.SKIPPED or session.deleted_at is not None:
        return None
    if was_on is None:
        await turn.work.sessions.delete(session_id)
    else:
        session = await turn.work.sessions.reschedule(session_id, status=SessionStatus.PLANNED, session_date=was_on)
        await remind(turn, session)
    return await session_events.on_unskip(turn, session)


# ---------------------------------------------------------------------- the reminder on the day


def is_on(turn: Turn) -> bool:
    return turn.user.preferences.get(PREFERENCE) != OFF


async def turn_on(turn: Turn, on: bool) -> None:
    """Have planned workouts spoken of on their day, or not."""
    await turn.work.users.set_preference(PREFERENCE, None if on else OFF)
    await turn.work.reminders.call_off(KIND, turn.now)
    if on:
        for session in await days(turn):
            await remind(turn, session)


async def remind(turn: Turn, session: WorkoutSession) -> bool:
    """Set the reminder of a planned workout in the place of any before; tell whether there is one."""
    await turn.work.reminders.call_off(KIND, turn.now, session.id)
    due_at = due(turn, session)
    if not is_on(turn) or due_at <= turn.now:
        return False
    await turn.work.reminders.set(KIND, due_at, chat_id=turn.chat_id, session_id=session.id)
    return True


def due(turn: Turn, session: WorkoutSession) -> datetime:
    """Say when a planned workout is spoken of: in the morning, or an hour before its time."""
    if session.scheduled_time is None:
        return datetime.combine(session.session_date, IN_THE_MORNING, tzinfo=turn.timezone)
    return datetime.combine(session.session_date, session.scheduled_time, tzinfo=turn.timezone) - BEFORE
