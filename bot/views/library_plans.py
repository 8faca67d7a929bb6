"""The library's shelf with its filters, and the offer to go on with a copy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.answers import Action, Button, Edit
from bot.markup import Html, lines
from bot.messages import Messages
from bot.usecases.library_plans import Choices, Copies, Filter, LibraryPlan, LibraryShelf
from bot.views import pages
from bot.views.plans import ON_A_PAGE, Shown, open_button, other_shelves, summary, told_apart
from bot.views.program_preview import page_buttons

MOST_COPIES = 5


def shelf(messages: Messages, library: LibraryShelf, page: int = 0) -> Shown:
    """List the plans that a filter lets through, and the filters below them."""
    count = max(1, -(-len(library.plans) // ON_A_PAGE))
    page = pages.within(page, count)
    shown = library.plans[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    args = {"shelf": "library", "page": page, **library.wanted.as_args}
    rows = [[open_button(one.summary, one.summary.plan.name, args)] for one in shown]
    if count > 1:
        rows.append(page_buttons(messages, "plan.list", args, page, count))
    rows += _filters(messages, library)
    rows += other_shelves(messages, "library", library.total, library.deleted_count)
    told = [_line(messages, one, library) for one in shown] or [messages.text("library-none")]
    return lines(*_head(messages, library), Html(""), *told), rows


def _head(messages: Messages, library: LibraryShelf) -> Iterator[Html]:
    yield messages.text("plans-shelf-library")
    if library.wanted != Filter():
        yield messages.text("library-filtered", count=len(library.plans), total=library.total)


def _line(messages: Messages, one: LibraryPlan, library: LibraryShelf) -> Html:
    line = summary(messages, one.summary, one.summary.plan.name, one.summary.plan.id == library.current_id)
    if not one.missing:
        return line
    return Html(f"{line} · {messages.text('library-missing', count=len(one.missing))}")


def _filters(messages: Messages, library: LibraryShelf) -> Iterator[list[Button]]:
    wanted = library.wanted
    yield [
        _facet(messages, wanted, "goal", "any" if wanted.goal is None else wanted.goal),
        _facet(messages, wanted, "days", "any" if wanted.days is None else wanted.days),
        _facet(messages, wanted, "level", "any" if wanted.level is None else wanted.level),
    ]
    below = []
    if library.has_kit:
        turned = {"shelf": "library", "page": 0, **wanted.as_args, "kit": not wanted.kit}
        label = "library-kit-any" if wanted.kit else "library-kit-mine"
        below.append(Button(messages.label(label), Action("plan.list", turned, once=False)))
    if wanted != Filter():
        below.append(Button(messages.label("library-all"), _list({})))
    if below:
        yield below


def _list(args: dict[str, Any]) -> Action:
    return Action("plan.list", {"shelf": "library", "page": 0, **args}, once=False)


def _facet(messages: Messages, wanted: Filter, facet: str, value: str | int) -> Button:
    label = messages.label(f"library-by-{facet}", value=value)
    return Button(label, Action("plan.filter", {"facet": facet, **wanted.as_args}, once=False))


def choices(messages: Messages, found: Choices) -> Shown:
    """Offer the values of one filter."""
    rows = []
    for value, count in found.values:
        name = messages.label(f"library-value-{found.facet}", value=value)
        label = messages.label("library-choice", name=name, count=count)
        rows.append([Button(label, _list({**found.wanted.as_args, found.facet: value}))])
    others = {**found.wanted.as_args}
    others.pop(found.facet, None)
    rows.append([Button(messages.label("library-any"), _list(others))])
    rows.append([Button(messages.label("picker-back"), _list(found.wanted.as_args))])
    return messages.text("library-choose", facet=found.facet), rows


def offer_copies(messages: Messages, known: Copies, came_from: object, *, edit: bool = False) -> Edit:
    """Say that a library plan stays as it is, and offer the copies that there are, or to make one."""
    args = {"plan": str(known.plan.id), "from": came_from}
    action = "edit.plan" if edit else "plan.open"
    names = told_apart(known.copies)
    rows = [
        [Button(messages.label("library-open-copy", name=names[one.id]), _open(action, str(one.id)))]
        for one in known.copies[:MOST_COPIES]
    ]
    make = "plan-copy-another" if known.copies else "plan-mine-and-edit"
    again = {**args, "again": True, "edit": edit}
    rows.append([Button(messages.label(make), Action("plan.mine", again), "primary")])
    rows.append([Button(messages.label("picker-back"), Action("plan.open", args, once=False))])
    key = "library-has-copies" if known.copies else "library-is-fixed"
    return Edit(messages.text(key, name=known.plan.name, count=len(known.copies)), rows)


def _open(action: str, plan_id: str) -> Action:
    return Action(action, {"plan": plan_id}, once=False)
