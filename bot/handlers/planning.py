"""/plan and /skip: workouts set down for a day, and left out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from telegram import Update

from bot.answers import Answers, Edit, Text, Toast
from bot.context import Context
from bot.handlers import today
from bot.handlers.history import words_after_command
from bot.handling import Handler
from bot.turn import Turn
from bot.usecases import planning
from bot.usecases import today as todays
from bot.usecases.planned_days import When
from bot.usecases.planning import Planned, Refused
from bot.views import planning as view
from storage.models import Reminder


async def plan(update: Update, context: Context) -> Answers:
    """Set the next workout down for a day, or ask for the day."""
    turn = context.turn
    words = words_after_command(turn)
    if not words and await todays.next_workout(turn) is None:
        return view.refused(turn.messages, Refused("plan"))
    if not words:
        return view.ask(turn.messages, turn.today, await planning.days(turn))
    return _told(turn, await planning.plan(turn, words))


def _told(turn: Turn, outcome: Planned | Refused) -> Text:
    if isinstance(outcome, Refused):
        return view.refused(turn.messages, outcome)
    return Text(*view.planned(turn.messages, outcome))


async def plan_chosen(update: Update, context: Context) -> Answers:
    turn = context.turn
    told = _told(turn, await planning.plan_on(turn, When(date.fromisoformat(turn.pressed_args["day"]))))
    return Edit(told.text, told.keyboard)


async def show(update: Update, context: Context) -> Answers:
    return _shown(context.turn, await planning.find(context.turn, _session(context.turn)))


async def ask_move(update: Update, context: Context) -> Answers:
    turn = context.turn
    found = await planning.find(turn, _session(turn))
    return _gone(turn) if found is None else Edit(*view.ask_move(turn.messages, turn.today, found))


async def move(update: Update, context: Context) -> Answers:
    turn = context.turn
    return _shown(turn, await planning.move(turn, _session(turn), date.fromisoformat(turn.pressed_args["day"])))


async def show_others(update: Update, context: Context) -> Answers:
    turn = context.turn
    found = await planning.find(turn, _session(turn))
    if found is None or found.session.workout_plan_id is None:
        return _gone(turn)
    plan = await turn.work.plans.get(found.session.workout_plan_id)
    workouts = await turn.work.plans.workouts_of(plan.id)
    return Edit(*view.others(turn.messages, str(found.session.id), plan, workouts))


async def choose_workout(update: Update, context: Context) -> Answers:
    turn = context.turn
    return _shown(turn, await planning.change_workout(turn, _session(turn), UUID(turn.pressed_args["workout"])))


async def take_off(update: Update, context: Context) -> Answers:
    turn = context.turn
    gone = await planning.take_off(turn, _session(turn))
    return _gone(turn) if gone is None else Edit(view.taken_off(turn.messages, gone))


async def start(update: Update, context: Context) -> Answers:
    """Begin a workout that was set down for a day."""
    turn = context.turn
    found = await planning.find(turn, _session(turn))
    if found is None or found.workout is None:
        return _gone(turn)
    return await today.begin(turn, await todays.start(turn, found.workout.id, found.session.id))


async def skip(update: Update, context: Context) -> Answers:
    """/skip"""
    turn = context.turn
    skipped = await planning.skip(turn)
    if skipped is None:
        return Text(turn.messages.text("plan-day-nothing-to-skip"))
    return [Text(*view.skipped(turn.messages, skipped)), *skipped.said]


async def skip_pressed(update: Update, context: Context) -> Answers:
    turn = context.turn
    skipped = await planning.skip_planned(turn, _session(turn))
    return _gone(turn) if skipped is None else [Edit(*view.skipped(turn.messages, skipped)), *skipped.said]


async def unskip(update: Update, context: Context) -> Answers:
    turn = context.turn
    was_on = turn.pressed_args["was_on"]
    said = await planning.unskip(turn, _session(turn), None if was_on is None else date.fromisoformat(was_on))
    return _gone(turn) if said is None else [Edit(turn.messages.text("plan-day-unskipped")), *said]


async def turn_off(update: Update, context: Context) -> Answers:
    turn = context.turn
    await planning.turn_on(turn, False)
    return Edit(turn.messages.text("plan-day-is-quiet"))


async def remind(turn: Turn, reminder: Reminder) -> Answers:
    """Speak of a workout on its day, unless it has begun, was moved, or the day is over."""
    is_stale = turn.now - reminder.due_at > planning.STALE
    found = None if reminder.workout_session_id is None else await planning.find(turn, reminder.workout_session_id)
    return None if found is None or is_stale else view.reminder(turn.messages, found)


def _session(turn: Turn) -> UUID:
    return UUID(turn.pressed_args["session"])


def _shown(turn: Turn, found: Planned | None) -> Answers:
    return _gone(turn) if found is None else Edit(*view.planned(turn.messages, found))


def _gone(turn: Turn) -> Toast:
    return Toast(turn.messages.label("plan-day-gone"))


ACTIONS: Mapping[str, Handler] = {
    "day.plan": plan_chosen,
    "day.show": show,
    "day.ask_move": ask_move,
    "day.move": move,
    "day.others": show_others,
    "day.workout": choose_workout,
    "day.take_off": take_off,
    "day.start": start,
    "day.skip": skip_pressed,
    "day.unskip": unskip,
    "day.quiet": turn_off,
}
