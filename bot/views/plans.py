"""Shelves of plans, and a plan opened: its workouts and what they ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Any, TypeAlias
from uuid import UUID

from bot.answers import Action, Button, Edit, Text, Toast
from bot.markup import Html, bold, escape, lines
from bot.messages import Messages
from bot.usecases.plans import OpenPlan, Shelves
from bot.usecases.targets import prescribed_by
from bot.views import pages, prescriptions, swap
from bot.views.program_preview import day_name, page_buttons, superset_labels
from storage.models import ConfidenceLevel, WorkoutPlan
from storage.repositories.plans import PlanSummary, Prescription, WorkoutTree

Shown: TypeAlias = tuple[Html, list[list[Button]]]
"""A text and its buttons: a new message or an edit, as the handler has it."""

ON_A_PAGE = 6
MOST_SWAPS = 3
LONGEST_DESCRIPTION = 400
MARKS = {ConfidenceLevel.MEDIUM: "🟡 ", ConfidenceLevel.LOW: "🔴 "}


def shelf(messages: Messages, shelves: Shelves, page: int = 0) -> Shown:
    """List one shelf, a button for each plan."""
    page_count = max(1, -(-len(shelves.plans) // ON_A_PAGE))
    page = pages.within(page, page_count)
    shown = shelves.plans[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    args = {"shelf": shelves.shelf, "page": page}
    names = told_apart(one.plan for one in shelves.plans)
    told = [summary(messages, one, names[one.plan.id], one.plan.id == shelves.current_id) for one in shown]
    rows = [[open_button(one, names[one.plan.id], args)] for one in shown]
    if page_count > 1:
        rows.append(page_buttons(messages, "plan.list", args, page, page_count))
    rows.extend(_other_shelves(messages, shelves))
    if not shown:
        told = [messages.text("plans-none-deleted" if shelves.shelf == "deleted" else "plans-none")]
    return lines(messages.text(f"plans-shelf-{shelves.shelf}"), Html(""), *told), rows


def told_apart(plans: Iterable[WorkoutPlan]) -> dict[UUID, str]:
    """Name plans so that those of one name can be told apart in a list: the second that was made is "Push (2)"."""
    used: set[str] = set()
    names = {}
    for plan in sorted(plans, key=lambda one: (one.created_at, one.id)):
        numbered = (plan.name if number == 1 else f"{plan.name} ({number})" for number in count(1))
        names[plan.id] = next(name for name in numbered if name.casefold() not in used)
        used.add(names[plan.id].casefold())
    return names


def summary(messages: Messages, one: PlanSummary, name: str, is_current: bool) -> Html:
    """Write a plan in a line."""
    counts = messages.text(
        "plan-counts",
        workouts=one.workouts,
        exercises=one.prescriptions,
        days=0 if one.plan.days_per_week is None else one.plan.days_per_week,
    )
    mark = "▶️" if is_current else "•"
    return Html(f"{mark} {bold(name)}: {counts}")


def open_button(one: PlanSummary, name: str, args: dict[str, Any]) -> Button:
    return Button(name, Action("plan.open", {"plan": str(one.plan.id), "from": args}, once=False))


def _other_shelves(messages: Messages, shelves: Shelves) -> Iterator[list[Button]]:
    yield from other_shelves(messages, shelves.shelf, shelves.library_count, shelves.deleted_count)


def other_shelves(messages: Messages, shelf: str, library: int, deleted: int) -> Iterator[list[Button]]:
    """Lead to the shelves where something stands."""
    row = []
    for name, many in (("own", 1), ("library", library), ("deleted", deleted)):
        if name != shelf and many:
            label = messages.label(f"plans-to-{name}", count=many)
            row.append(Button(label, Action("plan.list", {"shelf": name, "page": 0}, once=False)))
    if row:
        yield row


def opened(
    messages: Messages, plan: OpenPlan, page: int = 0, came_from: object = None
) -> tuple[Html, list[list[Button]]]:
    """Show a plan whole, in pages."""
    packed = pages.pack([_block(messages, tree, number) for number, tree in enumerate(plan.tree.workouts, start=1)])
    page = pages.within(page, len(packed))
    args = {"plan": str(plan.plan.id), "from": came_from}
    rows = [*([page_buttons(messages, "plan.open", args, page, len(packed))] if len(packed) > 1 else [])]
    return lines(*_head(messages, plan, page), Html(""), packed[page]), [*rows, *_plan_buttons(messages, plan, args)]


def _head(messages: Messages, plan: OpenPlan, page: int) -> Iterator[Html]:
    row = plan.plan
    yield Html(f"📖 {bold(row.name)}")
    yield messages.text(
        "plan-counts",
        workouts=len(plan.tree.workouts),
        exercises=sum(len(tree.prescriptions) for tree in plan.tree.workouts),
        days=0 if row.days_per_week is None else row.days_per_week,
    )
    if row.deleted_at is not None:
        yield messages.text("plan-is-deleted")
    elif plan.is_current:
        yield messages.text("plan-is-current")
    elif row.user_id is None:
        yield messages.text("plan-is-library")
    yield from _beside(messages, plan)
    if page == 0 and row.description:
        yield Html(f"<i>{escape(prescriptions.shortened(row.description, LONGEST_DESCRIPTION))}</i>")


def _beside(messages: Messages, plan: OpenPlan) -> Iterator[Html]:
    """Tell how long a plan goes on, how often it was trained by, and what kit it needs."""
    row = plan.plan
    if row.duration_weeks is not None or plan.times_trained:
        weeks = 0 if row.duration_weeks is None else row.duration_weeks
        yield messages.text("plan-weeks-and-times", weeks=weeks, times=plan.times_trained)
    if plan.missing:
        names = ", ".join(plan.missing)
        yield messages.text("plan-kit-missing", count=len(plan.missing), total=len(plan.kit), names=names)
    elif row.user_id is None and plan.kit:
        yield messages.text("plan-kit", names=", ".join(plan.kit))
    elif row.user_id is None:
        yield messages.text("plan-kit-none")


def _block(messages: Messages, tree: WorkoutTree, number: int) -> pages.Block:
    workout = tree.workout
    name = day_name(messages, workout.name, workout.week_number, workout.day_of_week, number)
    return pages.Block(bold(name), tuple(prescription_lines(messages, tree.prescriptions)))


def prescription_lines(messages: Messages, prescriptions_of: Sequence[Prescription]) -> Iterator[Html]:
    """Write a workout line by line."""
    labels = superset_labels([one.row.superset_group for one in prescriptions_of])
    for one, label in zip(prescriptions_of, labels, strict=True):
        yield prescription_line(messages, one, label)


def prescription_line(messages: Messages, one: Prescription, label: str) -> Html:
    """Write one prescription, with a mark where it was read unsurely."""
    figures = prescriptions.line(messages, prescribed_by(one.row, one.sets))
    is_own = one.row.user_id is not None
    mark = MARKS.get(one.row.confidence_level, "• ") if is_own else "• "
    name = f"{mark}{label}{escape(one.exercise.name)}"
    return Html(f"{name}: {escape(figures)}" if figures else name)


def _plan_buttons(messages: Messages, plan: OpenPlan, args: dict[str, Any]) -> Iterator[list[Button]]:
    row = plan.plan
    versioned = {**args, "version": row.version}
    if row.deleted_at is not None:
        yield [Button(messages.label("plan-restore"), Action("plan.restore", args), "success")]
    else:
        if not plan.is_current:
            yield [Button(messages.label("plan-use"), Action("plan.use", args), "primary")]
        else:
            yield [Button(messages.label("plan-to-today"), Action("today.show", {}, once=False), "primary")]
        if row.user_id is None:
            mine = "plan-mine-again" if plan.copies else "plan-mine"
            yield [Button(messages.label(mine), Action("plan.mine", args, once=False))]
        yield from _swap_rows(messages, plan)
        edit = Button(messages.label("plan-edit"), Action("edit.plan", args, once=False))
        manage = [edit, Button(messages.label("plan-rename"), Action("plan.rename", versioned, once=False))]
        if row.user_id is not None:
            manage.append(Button(messages.label("plan-delete"), Action("plan.delete", versioned), "danger"))
        yield manage
    back = args["from"] if isinstance(args["from"], dict) else {"shelf": "own", "page": 0}
    yield [Button(messages.label("plans-back"), Action("plan.list", back, once=False))]


def _swap_rows(messages: Messages, plan: OpenPlan) -> Iterator[list[Button]]:
    """Offer a substitute for what the user's kit does not allow, and the way to the others."""
    for one in plan.ready[:MOST_SWAPS]:
        yield [swap.ready_button(messages, one)]
    if len(plan.ready) > MOST_SWAPS:
        label = messages.label("plan-swap", count=len(plan.ready))
        yield [Button(label, Action("plan.swap", {"plan": str(plan.plan.id)}, once=False))]


def used(messages: Messages, plan: OpenPlan, came_from: object) -> list[Edit | Toast]:
    text, keyboard = opened(messages, plan, 0, came_from)
    return [Edit(text, keyboard), Toast(messages.label("plan-used", name=plan.plan.name))]


def deleted(messages: Messages, plan: WorkoutPlan) -> Edit:
    args = {"plan": str(plan.id)}
    rows = [
        [Button(messages.label("plan-restore"), Action("plan.restore", args))],
        [Button(messages.label("plans-back"), Action("plan.list", {"shelf": "own", "page": 0}, once=False))],
    ]
    return Edit(messages.text("plan-deleted", name=plan.name), rows)


def ask_name(messages: Messages, plan: WorkoutPlan, args: dict[str, Any]) -> Edit:
    back = Button(messages.label("picker-back"), Action("plan.open", args, once=False))
    is_library = plan.user_id is None
    return Edit(messages.text("plan-ask-name-copy" if is_library else "plan-ask-name", name=plan.name), [[back]])


def renamed(messages: Messages, plan: OpenPlan) -> Text:
    text, keyboard = opened(messages, plan)
    head = messages.text("plan-moved-on" if plan.has_moved_on else "plan-renamed", name=plan.plan.name)
    return Text(lines(head, Html(""), text), keyboard)
