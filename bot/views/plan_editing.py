"""A plan while it is edited: the plan, a workout, and what was taken out of them. Values in, text out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.answers import Action, Button
from bot.markup import Html, bold, escape, lines
from bot.messages import Messages
from bot.usecases.plan_screens import (
    EditedExercise,
    EditedPlan,
    EditedWorkout,
    RemovedExercise,
    RemovedWorkout,
    Screen,
)
from bot.views import edited_exercise, pages, prescriptions
from bot.views.editing_buttons import open_button, typing_button
from bot.views.plans import Shown, prescription_lines
from bot.views.program_preview import day_name, page_buttons
from storage.models import Workout

WORKOUTS_ON_A_PAGE = 8
NUMBERS_IN_A_ROW = 6
MOST_REMOVED = 8
LONGEST_LABEL = 40
LONGEST_DESCRIPTION = 400


def screen(messages: Messages, shown: Screen) -> Shown:
    """Show what is edited, with its buttons."""
    if isinstance(shown, EditedPlan):
        return _plan(messages, shown)
    if isinstance(shown, EditedWorkout):
        return _workout(messages, shown)
    if isinstance(shown, EditedExercise):
        return edited_exercise.exercise(messages, shown)
    return _removed(messages, shown)


def told(messages: Messages, shown: Screen, notice: str | None) -> Shown:
    """Show what is edited in answer to a text, with what came of it above."""
    text, rows = screen(messages, shown)
    return (text if notice is None else lines(messages.text(notice), Html(""), text)), rows


# ------------------------------------------------------------------ a plan


def _plan(messages: Messages, shown: EditedPlan) -> Shown:
    plan, trees = shown.plan, shown.tree.workouts
    count = max(1, -(-len(trees) // WORKOUTS_ON_A_PAGE))
    page = pages.within(shown.page, count)
    first = page * WORKOUTS_ON_A_PAGE
    told, rows = [], []
    for number, tree in enumerate(trees[first : first + WORKOUTS_ON_A_PAGE], start=first + 1):
        name = workout_name(messages, tree.workout, number)
        size = messages.text("editing-exercise-count", count=len(tree.prescriptions))
        told.append(Html(f"{number}. {escape(name)}: {size}"))
        rows.append([Button(f"{number}. {name}", Action("edit.workout", {"w": str(tree.workout.id)}, once=False))])
    args = {"plan": str(plan.id)}
    if count > 1:
        rows.append(page_buttons(messages, "edit.plan", args, page, count))
    head = [Html(f"🔧 {bold(plan.name)}")]
    if plan.description:
        head.append(Html(f"<i>{escape(prescriptions.shortened(plan.description, LONGEST_DESCRIPTION))}</i>"))
    body = told or [messages.text("editing-no-workouts")]
    return lines(*head, Html(""), *body), [*rows, *_plan_buttons(messages, shown)]


def _plan_buttons(messages: Messages, shown: EditedPlan) -> Iterator[list[Button]]:
    plan = shown.plan
    args = {"plan": str(plan.id)}
    yield [typing_button(messages, "editing-add-workout", "new_workout", str(plan.id), plan.version)]
    yield [
        open_button(messages, "plan-rename", "plan.rename", {**args, "version": plan.version}),
        typing_button(messages, "editing-description", "description", str(plan.id), plan.version),
    ]
    if shown.removed:
        label = messages.label("editing-put-back-count", count=len(shown.removed))
        yield [Button(label, Action("edit.removed_workouts", args, once=False))]
    yield [open_button(messages, "editing-back-to-plan", "plan.open", args)]


def workout_name(messages: Messages, workout: Workout, number: int) -> str:
    """Name a workout with the day it is on."""
    name = day_name(messages, workout.name, workout.week_number, workout.day_of_week, number)
    if workout.day_of_week is None or not workout.name:
        return name
    day = messages.label("weekday-name", day=workout.day_of_week)
    return name if day.casefold() in name.casefold() else messages.label("editing-name-and-day", name=name, day=day)


# ------------------------------------------------------------------ a workout


def _workout(messages: Messages, shown: EditedWorkout) -> Shown:
    workout, listed = shown.workout, shown.tree.prescriptions
    name = workout_name(messages, workout, shown.number)
    told = [
        Html(f"{number}. {_without_bullet(line)}")
        for number, line in enumerate(prescription_lines(messages, listed), start=1)
    ]
    numbers = [
        Button(str(number), Action("edit.exercise", {"p": str(one.row.id)}, once=False))
        for number, one in enumerate(listed, start=1)
    ]
    rows = [numbers[at : at + NUMBERS_IN_A_ROW] for at in range(0, len(numbers), NUMBERS_IN_A_ROW)]
    head = [Html(f"🔧 {bold(name)} · {escape(shown.plan.name)}"), Html("")]
    below = [Html(""), messages.text("editing-tap-number")] if listed else [messages.text("editing-no-exercises")]
    return lines(*head, *told, *below), [*rows, *_workout_buttons(messages, shown)]


def _without_bullet(line: Html) -> Html:
    return Html(str(line).removeprefix("• "))


def _workout_buttons(messages: Messages, shown: EditedWorkout) -> Iterator[list[Button]]:
    workout = shown.workout
    row_id, version = str(workout.id), workout.version
    placed = {"w": row_id, "pv": shown.plan.version}
    yield [typing_button(messages, "editing-add-exercise", "add", row_id, version)]
    yield [
        typing_button(messages, "editing-name", "workout_name", row_id, version),
        open_button(messages, "editing-day", "edit.days", {"w": row_id}),
    ]
    moves = []
    if shown.number > 1:
        moves.append(Button(messages.label("editing-up"), Action("edit.workout_move", {**placed, "by": -1})))
    if shown.number < shown.count:
        moves.append(Button(messages.label("editing-down"), Action("edit.workout_move", {**placed, "by": 1})))
    copy = Button(messages.label("editing-copy"), Action("edit.workout_copy", placed))
    remove = Button(
        messages.label("editing-remove"), Action("edit.workout_remove", {"w": row_id, "v": version}), "danger"
    )
    yield [*moves, copy, remove]
    if shown.removed:
        label = messages.label("editing-put-back-count", count=len(shown.removed))
        yield [Button(label, Action("edit.removed", {"w": row_id}, once=False))]
    yield [open_button(messages, "editing-back-to-workouts", "edit.plan", {"plan": str(shown.plan.id)})]


def days(messages: Messages, shown: EditedWorkout) -> Shown:
    """Offer the days of the week."""
    args = {"w": str(shown.workout.id), "v": shown.workout.version}
    buttons = [
        Button(messages.label("editing-weekday", day=day), Action("edit.workout_day", {**args, "day": day}))
        for day in range(7)
    ]
    none = Button(messages.label("editing-no-day"), Action("edit.workout_day", {**args, "day": None}))
    back = open_button(messages, "picker-back", "edit.workout", {"w": args["w"]})
    name = workout_name(messages, shown.workout, shown.number)
    return messages.text("editing-ask-day", name=name), [buttons[:4], buttons[4:], [none], [back]]


# ------------------------------------------------------------------ what was removed


def _removed(messages: Messages, shown: RemovedExercise | RemovedWorkout) -> Shown:
    if isinstance(shown, RemovedWorkout):
        workout = shown.workout
        put_back = Button(messages.label("editing-put-back"), Action("edit.workout_put_back", {"w": str(workout.id)}))
        back = open_button(messages, "editing-back-to-workouts", "edit.plan", {"plan": str(workout.workout_plan_id)})
        return messages.text("editing-is-removed", name=workout.name), [[put_back], [back]]
    put_back = Button(messages.label("editing-put-back"), Action("edit.put_back", {"p": str(shown.row.id)}))
    back = open_button(messages, "editing-back-to-workout", "edit.workout", {"w": str(shown.row.workout_id)})
    return messages.text("editing-is-removed", name=shown.exercise.name), [[put_back], [back]]


def removed_exercises(messages: Messages, shown: EditedWorkout) -> Shown:
    """List what was taken out of a workout."""
    rows = [
        [_put_back(messages, one.exercise.name, "edit.put_back", {"p": str(one.row.id)})]
        for one in shown.removed[:MOST_REMOVED]
    ]
    rows.append([open_button(messages, "picker-back", "edit.workout", {"w": str(shown.workout.id)})])
    return messages.text("editing-which-back", name=shown.workout.name), rows


def removed_workouts(messages: Messages, shown: EditedPlan) -> Shown:
    """List what was taken out of a plan."""
    rows = [
        [_put_back(messages, one.name, "edit.workout_put_back", {"w": str(one.id)})]
        for one in shown.removed[:MOST_REMOVED]
    ]
    rows.append([open_button(messages, "picker-back", "edit.plan", {"plan": str(shown.plan.id)})])
    return messages.text("editing-which-back", name=shown.plan.name), rows


def _put_back(messages: Messages, name: str, action: str, args: Mapping[str, Any]) -> Button:
    shortened = prescriptions.shortened(name, LONGEST_LABEL)
    return Button(messages.label("editing-put-back-one", name=shortened), Action(action, dict(args)))
