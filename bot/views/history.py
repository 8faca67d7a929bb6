"""Pages of sessions, one session in full, and one exercise through time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.answers import Action, Button, Text
from bot.markup import Html, lines
from bot.messages import Messages
from bot.usecases.history import EXERCISE_PAGE, PAGE, ExercisePage, HistoryPage, PastSession
from bot.usecases.performed import Performed
from bot.usecases.sessions import SessionSummary
from bot.views import dates, figures, summary
from parser import Candidate

MOST_NAMES = 4


def sessions(messages: Messages, page: HistoryPage, unit: str) -> Text:
    """Write a page of sessions; the buttons open one, or turn the page."""
    if not page.sessions:
        return Text(messages.text("history-none"))
    numbered = enumerate(page.sessions, start=1)
    text = lines(*(_past(messages, number, past, unit) for number, past in numbered))
    opening = [
        Button(str(number), Action("history.session", {"id": str(past.session_id), "offset": page.offset}, once=False))
        for number, past in enumerate(page.sessions, start=1)
    ]
    return Text(text, [opening, *turning(messages, "history.page", {}, page.offset, PAGE, page.has_more)])


def _past(messages: Messages, number: int, past: PastSession, unit: str) -> Html:
    totals = [messages.text("summary-sets", count=past.sets)]
    if past.minutes:
        totals.insert(0, messages.text("summary-minutes", duration=summary.minutes(messages, past.minutes)))
    if past.volume_kg:
        totals.append(messages.text("history-volume", volume=summary.volume(messages, past.volume_kg, unit)))
    return messages.text(
        "history-session",
        number=str(number),
        day=dates.day(messages, past.day),
        name=f" {past.name}" if past.name else "",
        totals=Html(" · ".join(totals)),
        exercises=", ".join(past.exercises),
    )


def turning(
    messages: Messages, action: str, args: dict[str, Any], offset: int, size: int, has_more: bool
) -> list[list[Button]]:
    """Give the buttons that turn the page, where there is something to turn to."""
    row = []
    if has_more:
        older = Action(action, {**args, "offset": offset + size}, once=False)
        row.append(Button(messages.label("button-older"), older))
    if offset:
        newer = Action(action, {**args, "offset": max(offset - size, 0)}, once=False)
        row.append(Button(messages.label("button-newer"), newer))
    return [row] if row else []


def one_session(messages: Messages, shown: SessionSummary | None, unit: str, offset: int) -> Text:
    """Write a session in full, with the way back to the list."""
    back = [[Button(messages.label("button-back"), Action("history.page", {"offset": offset}, once=False))]]
    if shown is None:
        return Text(messages.text("history-gone"), back)
    return Text(summary.shown(messages, shown, unit), back, about={"session_id": str(shown.session_id)})


def exercise(messages: Messages, page: ExercisePage) -> Text:
    """Write one exercise through time, and what else the word might have meant."""
    if not page.days:
        text = messages.text("history-exercise-none", name=page.name)
    else:
        heading = messages.text("history-exercise", name=page.name)
        text = lines(heading, *(_day(messages, when, sets) for when, sets in page.days))
    pages = turning(
        messages, "history.exercise", {"id": str(page.exercise_id)}, page.offset, EXERCISE_PAGE, page.has_more
    )
    return Text(text, [*pages, *names(page.others, "history.name")])


def _day(messages: Messages, when: date, sets: Sequence[Performed]) -> Html:
    return messages.text("history-day", day=dates.short(messages, when), sets=figures.sets(messages, sets))


def unknown(messages: Messages, words: str, candidates: Sequence[Candidate]) -> Text:
    """Say that the word is no exercise, and offer what is near."""
    key = "history-which" if candidates else "history-unknown"
    return Text(messages.text(key, words=words), names(candidates, "history.name"))


def names(candidates: Sequence[Candidate], action: str) -> list[list[Button]]:
    return [[Button(one.name, Action(action, {"key": one.key}, once=False))] for one in candidates[:MOST_NAMES]]
