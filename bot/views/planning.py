"""Workouts set down for a day: what is said of them, and their buttons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bot.answers import Action, Button, Text
from bot.markup import Html, lines
from bot.messages import Messages
from bot.usecases.planning import Planned, Refused, Skipped
from bot.views import dates
from bot.views.plans import Shown
from bot.views.program_preview import day_name
from storage.models import Workout, WorkoutPlan, WorkoutSession

DAYS_AHEAD = 7
MOST_DAYS = 6
MOST_WORKOUTS = 20


def named(messages: Messages, session: WorkoutSession) -> str:
    return session.name or messages.label("guide-workout")


def when(messages: Messages, session: WorkoutSession) -> str:
    """Write a day and its time: "Tue 1 Dec 2026, 18:30"."""
    day = dates.day(messages, session.session_date)
    return day if session.scheduled_time is None else f"{day}, {session.scheduled_time:%H:%M}"


def planned(messages: Messages, shown: Planned) -> Shown:
    """Say that a workout is set down, with what can be done about it."""
    session = shown.session
    text = messages.text("plan-day-planned", name=_name(messages, shown), day=when(messages, session))
    remark = [messages.text("plan-day-reminder")] if shown.has_reminder else []
    args = {"session": str(session.id)}
    rows = [
        [
            Button(messages.label("plan-day-other"), Action("day.others", {**args, "page": 0}, once=False)),
            Button(messages.label("plan-day-move"), Action("day.ask_move", args, once=False)),
            Button(messages.label("plan-day-off"), Action("day.take_off", args)),
        ]
    ]
    return lines(text, *remark), rows


def _name(messages: Messages, shown: Planned) -> str:
    workout = shown.workout
    if workout is None:
        return named(messages, shown.session)
    return day_name(messages, workout.name, workout.week_number, workout.day_of_week, workout.position)


def refused(messages: Messages, refusal: Refused) -> Text:
    return Text(messages.text("plan-day-refused", why=refusal.why))


def ask(messages: Messages, today: date, days: Sequence[WorkoutSession]) -> Text:
    """Ask for the day of the next workout; those that are planned stand above."""
    listed = [
        messages.text("plan-day-line", name=named(messages, one), day=when(messages, one)) for one in days[:MOST_DAYS]
    ]
    rows = _days(messages, today, "day.plan", {})
    return Text(lines(*listed, messages.text("plan-day-ask")), rows)


def ask_move(messages: Messages, today: date, shown: Planned) -> Shown:
    """Ask for another day."""
    args = {"session": str(shown.session.id)}
    back = Button(messages.label("guide-back"), Action("day.show", args, once=False))
    text = messages.text("plan-day-ask-move", name=_name(messages, shown), day=when(messages, shown.session))
    return text, [*_days(messages, today, "day.move", args), [back]]


def _days(messages: Messages, today: date, action: str, args: dict[str, Any]) -> list[list[Button]]:
    """Give a button for each of the next days."""
    buttons = []
    for ahead in range(DAYS_AHEAD):
        day = today + timedelta(days=ahead)
        label = (
            messages.label("plan-day-today")
            if ahead == 0
            else messages.label("plan-day-tomorrow")
            if ahead == 1
            else messages.label("plan-day-short", weekday=messages.label(f"weekday-{day.weekday()}"), day=str(day.day))
        )
        buttons.append(Button(label, Action(action, {**args, "day": day.isoformat()})))
    return [buttons[:2], buttons[2:]]


def others(messages: Messages, session_id: str, plan: WorkoutPlan, workouts: Sequence[Workout]) -> Shown:
    """List the workouts of the plan, to put another one on the day."""
    rows = [
        [
            Button(
                day_name(messages, one.name, one.week_number, one.day_of_week, one.position),
                Action("day.workout", {"session": session_id, "workout": str(one.id)}),
            )
        ]
        for one in workouts[:MOST_WORKOUTS]
    ]
    rows.append([Button(messages.label("guide-back"), Action("day.show", {"session": session_id}, once=False))])
    return messages.text("today-which", name=plan.name), rows


def taken_off(messages: Messages, shown: Planned) -> Html:
    return messages.text("plan-day-taken-off", name=_name(messages, shown), day=when(messages, shown.session))


def skipped(messages: Messages, shown: Skipped) -> Shown:
    args = {
        "session": str(shown.session.id),
        "was_on": None if shown.was_on is None else shown.was_on.isoformat(),
    }
    rows = [[Button(messages.label("button-undo"), Action("day.unskip", args))]]
    return messages.text("plan-day-skipped", name=named(messages, shown.session)), rows


def missed(messages: Messages, session: WorkoutSession) -> Shown:
    """Say that a workout was not trained on its day, with what can be done."""
    text = messages.text("plan-day-missed", name=named(messages, session), day=when(messages, session))
    return text, [_choices(messages, session)]


def _choices(messages: Messages, session: WorkoutSession) -> list[Button]:
    args = {"session": str(session.id)}
    return [
        Button(messages.label("plan-day-do"), Action("day.start", args), "primary"),
        Button(messages.label("plan-day-move"), Action("day.ask_move", args, once=False)),
        Button(messages.label("today-skip"), Action("day.skip", args)),
    ]


def reminder(messages: Messages, shown: Planned) -> Text:
    """Speak of a workout on its day."""
    at = shown.session.scheduled_time
    name = _name(messages, shown)
    text = (
        messages.text("plan-day-is-today", name=name)
        if at is None
        else messages.text("plan-day-is-today-at", name=name, time=f"{at:%H:%M}")
    )
    off = Button(messages.label("plan-day-quiet"), Action("day.quiet", {}))
    return Text(text, [_choices(messages, shown.session), [off]])
