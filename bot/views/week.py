"""A week, a line for each day, and the weeks before and after it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from bot.answers import Action, Button
from bot.markup import Html, lines
from bot.messages import Messages
from bot.usecases.week import Week, WeekDay
from bot.views import dates
from bot.views.summary import minutes
from storage.models import DailyWorkoutSummary

Shown: TypeAlias = tuple[Html, list[list[Button]]]


def week(messages: Messages, shown: Week) -> Shown:
    """Show the days of a week and what they come to."""
    head = messages.text("week-head", day=dates.short(messages, shown.monday))
    rows = [[_turn(shown, "‹", -1), _turn(shown, "›", 1)]]
    return lines(head, *(_day(messages, one) for one in shown.days), *_total(messages, shown)), rows


def _turn(shown: Week, label: str, by: int) -> Button:
    return Button(label, Action("week.turn", {"monday": shown.monday.isoformat(), "by": by}, once=False))


def _day(messages: Messages, one: WeekDay) -> Html:
    parts = [part for part in _parts(messages, one) if part]
    return messages.text(
        "week-day",
        weekday=messages.label(f"weekday-{one.day.weekday()}"),
        day=str(one.day.day),
        today="yes" if one.is_today else "no",
        parts=", ".join(parts) or messages.label("week-nothing"),
    )


def _parts(messages: Messages, one: WeekDay) -> Iterator[str]:
    if one.done is not None:
        yield _done(messages, one.done)
    for name in one.planned:
        yield messages.label("week-planned", name=name)
    for name in one.missed:
        yield messages.label("week-missed", name=name)
    for name in one.skipped:
        yield messages.label("week-skipped", name=name)


def _done(messages: Messages, done: DailyWorkoutSummary) -> str:
    """Write what was done on a day: how long, how many sets, and what kinds of exercises."""
    told = [messages.label("week-sets", count=done.total_sets)]
    if done.total_duration_minutes:
        told.insert(0, minutes(messages, done.total_duration_minutes))
    kinds = ", ".join(messages.label("week-category", category=str(one)) for one in done.categories)
    if kinds:
        told.append(kinds)
    mark = "✅" if done.is_completed else "🏋️"
    return f"{mark} {' · '.join(told)}"


def _total(messages: Messages, shown: Week) -> Iterator[Html]:
    yield Html("")
    if not shown.done:
        yield messages.text("week-none")
        return
    yield messages.text(
        "week-total",
        days=len(shown.done),
        duration=minutes(messages, shown.minutes),
        minutes="some" if shown.minutes else "none",
        sets=shown.sets,
    )
