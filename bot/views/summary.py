"""A session as a whole: how long, how much, each exercise against last time, the records."""

from __future__ import annotations

from decimal import Decimal

from bot.answers import Action, Button, Keyboard, Text
from bot.markup import Html, lines
from bot.messages import Messages
from bot.usecases.sessions import ExerciseSummary, SessionSummary
from bot.views import dates, figures, logged
from training.units import from_kg


def closed(messages: Messages, summary: SessionSummary, unit: str) -> Text:
    """Sum up a session that has just been closed."""
    heading = messages.text("summary-closed-itself" if summary.closed_itself else "summary-closed")
    return Text(
        lines(heading, _totals(messages, summary, unit), *body(messages, summary, unit)),
        _keyboard(messages, summary),
        about={"session_id": str(summary.session_id)},
    )


def _keyboard(messages: Messages, summary: SessionSummary) -> Keyboard:
    if summary.closed_itself:
        return ()
    args = {"session_id": str(summary.session_id)}
    return [[Button(messages.label("button-reopen"), Action("session.reopen", args))]]


def shown(messages: Messages, summary: SessionSummary, unit: str) -> Html:
    """Write a session of the history."""
    heading = messages.text(
        "summary-day", day=dates.day(messages, summary.day), name=f" {summary.name}" if summary.name else ""
    )
    return lines(heading, _totals(messages, summary, unit), *body(messages, summary, unit))


def _totals(messages: Messages, summary: SessionSummary, unit: str) -> Html:
    parts = [messages.text("summary-sets", count=summary.set_count)]
    if summary.minutes:
        parts.insert(0, messages.text("summary-minutes", duration=minutes(messages, summary.minutes)))
    if summary.volume_kg:
        parts.append(messages.text("summary-volume", volume=volume(messages, summary.volume_kg, unit)))
    return Html(" · ".join(parts))


def minutes(messages: Messages, count: int) -> str:
    """Write how long a session took: "52 min", "1 h 05"."""
    if count < 60:
        return messages.label("duration-minutes", minutes=str(count))
    return messages.label("duration-hours", hours=str(count // 60), minutes=f"{count % 60:02}")


def volume(messages: Messages, kilograms: Decimal, unit: str) -> str:
    """Write a tonnage without decimals, thousands apart, in the user's unit."""
    amount = kilograms if unit == "kg" else from_kg(kilograms, unit)
    return figures.weight(messages, Decimal(round(amount)), unit)


def body(messages: Messages, summary: SessionSummary, unit: str) -> list[Html]:
    """Write a line an exercise, with last time and the records under it."""
    return [part for exercise in summary.exercises for part in _exercise(messages, exercise, unit)]


def _exercise(messages: Messages, exercise: ExerciseSummary, unit: str) -> list[Html]:
    text = messages.text("summary-exercise", name=exercise.name, sets=figures.sets(messages, exercise.sets))
    written = [text]
    if exercise.last_time:
        written.append(_last_time(messages, exercise, unit))
    own_unit = logged.unit_shown(exercise.sets) if any(one.weight for one in exercise.sets) else unit
    if exercise.records:
        cups = " ".join(logged.record(messages, record, own_unit) for record in exercise.records)
        written.append(messages.text("summary-indented", text=Html(cups)))
    return written


def _last_time(messages: Messages, exercise: ExerciseSummary, unit: str) -> Html:
    text = messages.text("summary-last-time", sets=figures.sets(messages, exercise.last_time))
    if exercise.last_volume_kg and exercise.volume_kg:
        change = exercise.volume_kg - exercise.last_volume_kg
        if change:
            amount = volume(messages, abs(change), unit)
            key = "summary-more" if change > 0 else "summary-less"
            return messages.text(key, line=text, amount=amount)
    return text
