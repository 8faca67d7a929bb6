"""A session as a whole: how long, how much, each exercise against last time, the records."""

from __future__ import annotations

from decimal import Decimal

from bot.answers import Action, Button, Keyboard, Text
from bot.markup import Html, lines
from bot.messages import Messages
from bot.usecases.sessions import ExerciseSummary, SessionSummary
from bot.usecases.targets import prescribed_as
from bot.views import dates, figures, logged, prescriptions
from training.units import from_kg


def closed(messages: Messages, summary: SessionSummary, unit: str) -> Text:
    """Sum up a session that has just been closed."""
    heading = messages.text("summary-closed-itself" if summary.closed_itself else "summary-closed")
    return Text(
        lines(
            heading, _totals(messages, summary, unit), *body(messages, summary, unit), *_next_time(messages, summary)
        ),
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
    parts = [_sets(messages, summary)]
    if summary.minutes:
        parts.insert(0, messages.text("summary-minutes", duration=minutes(messages, summary.minutes)))
    if summary.volume_kg:
        parts.append(messages.text("summary-volume", volume=volume(messages, summary.volume_kg, unit)))
    return Html(" · ".join(parts))


def _sets(messages: Messages, summary: SessionSummary) -> Html:
    """Count the sets; of a workout those that were planned, and how many of them were done."""
    if not summary.planned_count:
        return messages.text("summary-sets", count=summary.set_count)
    return messages.text("summary-planned-sets", done=str(summary.done_of_planned), count=summary.planned_count)


def minutes(messages: Messages, count: int) -> str:
    """Write how long a session took: "52 min", "1 h 05"."""
    if count < 60:
        return messages.label("duration-minutes", minutes=str(count))
    return messages.label("duration-hours", hours=str(count // 60), minutes=f"{count % 60:02}")


def volume(messages: Messages, kilograms: Decimal, unit: str) -> str:
    """Write a tonnage without decimals, thousands apart, in the user's unit."""
    amount = kilograms if unit == "kg" else from_kg(kilograms, unit)
    return figures.weight(messages, figures.whole(amount), unit)


def body(messages: Messages, summary: SessionSummary, unit: str) -> list[Html]:
    """Write a line an exercise, with what was asked, last time and the records under it; hard sets by muscle group."""
    written = [part for exercise in summary.exercises for part in _exercise(messages, exercise, unit)]
    if summary.muscles:
        counted = [
            messages.label(
                "summary-muscle", muscle=messages.label("muscle-name", muscle=muscle), sets=figures.number(sets)
            )
            for muscle, sets in summary.muscles
        ]
        written.append(messages.text("summary-muscles", muscles=", ".join(counted)))
    return written


def _exercise(messages: Messages, exercise: ExerciseSummary, unit: str) -> list[Html]:
    asked = prescriptions.amounts(messages, prescribed_as(exercise.planned)) if exercise.planned else ""
    if not exercise.sets:
        key = "summary-skipped" if exercise.is_skipped else "summary-not-done"
        return [messages.text(key, name=exercise.name, sets=asked)]
    written = [_done(messages, exercise)]
    if asked:
        written.append(messages.text("summary-asked", sets=asked))
    if exercise.last_time:
        written.append(_last_time(messages, exercise, unit))
    own_unit = logged.unit_shown(exercise.sets) if any(one.weight for one in exercise.sets) else unit
    if exercise.records:
        cups = " ".join(logged.record(messages, record, own_unit) for record in exercise.records)
        written.append(messages.text("summary-indented", text=Html(cups)))
    return written


def _done(messages: Messages, exercise: ExerciseSummary) -> Html:
    """Write what was done; where sets are missing from what was asked, how many there are."""
    sets = figures.sets(messages, exercise.sets)
    done, count = exercise.working_count, len(exercise.planned)
    if done >= count:
        return messages.text("summary-exercise", name=exercise.name, sets=sets)
    return messages.text("summary-partly", name=exercise.name, done=str(done), count=str(count), sets=sets)


def _next_time(messages: Messages, summary: SessionSummary) -> list[Html]:
    """Write what changes next time, and why."""
    told = []
    for one in summary.next_time:
        sets = prescriptions.amounts(messages, prescribed_as(one.planned))
        if one.reason:
            told.append(messages.text("summary-next-reason", name=one.name, sets=sets, reason=one.reason))
        else:
            told.append(messages.text("summary-next-one", name=one.name, sets=sets))
    return [messages.text("summary-next-time"), *told] if told else []


def _last_time(messages: Messages, exercise: ExerciseSummary, unit: str) -> Html:
    text = messages.text("summary-last-time", sets=figures.sets(messages, exercise.last_time))
    if exercise.last_volume_kg and exercise.volume_kg:
        change = exercise.volume_kg - exercise.last_volume_kg
        if change:
            amount = volume(messages, abs(change), unit)
            key = "summary-more" if change > 0 else "summary-less"
            return messages.text(key, line=text, amount=amount)
    return text
