"""The steps towards a mesocycle: plan, weeks, days, the day it begins."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from bot.answers import Action, Button, Text
from bot.markup import Html, lines
from bot.messages import Messages
from bot.usecases.mesocycle_start import Choice, Running, Shelf, next_monday
from bot.views import dates, pages
from bot.views.plans import Shown, told_apart
from bot.views.program_preview import page_buttons
from storage.models import Mesocycle
from training.mesocycle import LONGEST, SHORTEST, hard_weeks

ON_A_PAGE: Final = 6
MOST_DAYS: Final = 7


def shelf(messages: Messages, found: Shelf, page: int = 0) -> Shown:
    """Ask which plan."""
    count = max(1, -(-len(found.plans) // ON_A_PAGE))
    page = pages.within(page, count)
    args = {"library": found.is_library}
    names = told_apart(one.plan for one in found.plans)
    rows = [
        [Button(names[one.plan.id], Action("meso.plan", {"plan": str(one.plan.id)}, once=False))]
        for one in found.plans[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    ]
    if count > 1:
        rows.append(page_buttons(messages, "meso.plans", args, page, count))
    rows.append(_below_shelf(messages, found))
    return lines(messages.text("meso-none"), Html(""), messages.text("meso-ask-plan")), [row for row in rows if row]


def _below_shelf(messages: Messages, found: Shelf) -> list[Button]:
    row = []
    if found.has_other:
        args = {"library": not found.is_library, "page": 0}
        key = "meso-to-own" if found.is_library else "meso-to-library"
        row.append(Button(messages.label(key), Action("meso.plans", args, once=False)))
    if found.has_past:
        row.append(past_button(messages))
    return row


def past_button(messages: Messages) -> Button:
    return Button(messages.label("meso-to-past"), Action("meso.past", {"page": 0}, once=False))


def ask_weeks(messages: Messages, choice: Choice) -> Shown:
    """Ask how many weeks, the deload among them."""
    args = {"plan": str(choice.plan.id)}
    buttons = [
        Button(
            messages.label("meso-weeks", count=weeks, mark="usual" if weeks == choice.usual_weeks else "none"),
            Action("meso.weeks", {**args, "weeks": weeks}, once=False),
        )
        for weeks in range(SHORTEST, LONGEST + 1)
    ]
    back = Button(messages.label("picker-back"), Action("meso.plans", {"page": 0}, once=False))
    return messages.text("meso-ask-weeks", plan=choice.plan.name), [buttons[:3], buttons[3:], [back]]


def ask_days(messages: Messages, choice: Choice, args: Mapping[str, Any]) -> Shown:
    """Ask on how many days a week."""
    buttons = [
        Button(
            messages.label("meso-days", count=days, mark="usual" if days == choice.usual_days else "none"),
            Action("meso.days", {**args, "days": days}, once=False),
        )
        for days in range(1, MOST_DAYS + 1)
    ]
    back = Button(messages.label("picker-back"), Action("meso.plan", {"plan": args["plan"]}, once=False))
    return messages.text("meso-ask-days", plan=choice.plan.name), [buttons[:4], buttons[4:], [back]]


def ask_start(messages: Messages, today: date, args: Mapping[str, Any]) -> Shown:
    """Ask when it begins."""
    monday = next_monday(today)
    rows = [
        [Button(messages.label("meso-start-today"), _begin(args, today), "primary")],
        [Button(messages.label("meso-start-monday", day=dates.short(messages, monday)), _begin(args, monday))],
        [Button(messages.label("meso-start-typed"), Action("meso.type_date", args, once=False))],
    ]
    text = messages.text(
        "meso-ask-start",
        weeks=args["weeks"],
        days=args["days"],
        week=args.get("week") or 0,
    )
    return text, rows


def _begin(args: Mapping[str, Any], start: date) -> Action:
    return Action("meso.begin", {**args, "start": start.isoformat()})


def ask_date(messages: Messages) -> Text:
    return Text(messages.text("meso-ask-date"))


def too_far(messages: Messages, day: date) -> Text:
    return Text(messages.text("meso-date-too-far", day=dates.day(messages, day)))


def running(messages: Messages, found: Running, args: Mapping[str, Any]) -> Shown:
    """Say that another one is going on, and offer to end it."""
    choice = {**args, "end": str(found.mesocycle.id)}
    rows = [
        [Button(messages.label("meso-end-and-start"), Action("meso.begin", choice), "danger")],
        [Button(messages.label("meso-keep"), Action("meso.show", {}, once=False))],
    ]
    return messages.text("meso-is-running", name=found.mesocycle.name), rows


def ask_repeat(messages: Messages, mesocycle: Mesocycle) -> Shown:
    """Ask which week is to be week 1 of the next mesocycle."""
    args = {"mesocycle": str(mesocycle.id)}
    buttons = [
        Button(
            messages.label("meso-week-button", week=week),
            Action("meso.repeat_week", {**args, "week": week}, once=False),
        )
        for week in range(1, hard_weeks(mesocycle.duration_weeks) + 1)
    ]
    back = Button(messages.label("picker-back"), Action("meso.open", args, once=False))
    return messages.text("meso-ask-repeat", name=mesocycle.name), [buttons[:3], buttons[3:], [back]]
