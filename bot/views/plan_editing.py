"""A plan while it is edited: the plan, a workout, an exercise; choices, prompts and questions. Values in, text out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.answers import Action, Button
from bot.markup import Html, bold, code, escape, lines
from bot.messages import Messages
from bot.usecases.plan_questions import Asked, What
from bot.usecases.plan_screens import (
    EditedExercise,
    EditedPlan,
    EditedWorkout,
    RemovedExercise,
    RemovedWorkout,
    Screen,
)
from bot.usecases.plan_understanding import AskFigures, AskName
from bot.usecases.targets import Prescribed, prescribed_by
from bot.views import figures, pages, prescriptions
from bot.views.plans import Shown, prescription_lines
from bot.views.program_preview import day_name, page_buttons
from storage.models import MuscleGroup, Workout

WORKOUTS_ON_A_PAGE = 8
NUMBERS_IN_A_ROW = 6
MOST_REMOVED = 8
LONGEST_LABEL = 40
LONGEST_DESCRIPTION = 400
RESTS = (30, 45, 60, 90, 120, 150, 180, 240, 300)
EFFORTS = ("6", "7", "7.5", "8", "8.5", "9", "9.5", "10")
RESERVES = ("0", "1", "2", "3", "4", "5")


def screen(messages: Messages, shown: Screen) -> Shown:
    """Show what is edited, with its buttons."""
    if isinstance(shown, EditedPlan):
        return _plan(messages, shown)
    if isinstance(shown, EditedWorkout):
        return _workout(messages, shown)
    if isinstance(shown, EditedExercise):
        return _exercise(messages, shown)
    return _removed(messages, shown)


def told(messages: Messages, shown: Screen, notice: str | None) -> Shown:
    """Show what is edited in answer to a text, with what came of it above."""
    text, rows = screen(messages, shown)
    return (text if notice is None else lines(messages.text(notice), Html(""), text)), rows


def _open(messages: Messages, label: str, action: str, args: Mapping[str, Any]) -> Button:
    return Button(messages.label(label), Action(action, dict(args), once=False))


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
    yield [_type(messages, "editing-add-workout", "new_workout", str(plan.id), plan.version)]
    yield [
        _open(messages, "plan-rename", "plan.rename", {**args, "version": plan.version}),
        _type(messages, "editing-description", "description", str(plan.id), plan.version),
    ]
    if shown.removed:
        label = messages.label("editing-put-back-count", count=len(shown.removed))
        yield [Button(label, Action("edit.removed_workouts", args, once=False))]
    yield [_open(messages, "editing-back-to-plan", "plan.open", args)]


def _type(messages: Messages, label: str, what: What, row_id: str, version: int) -> Button:
    return _open(messages, label, "edit.type", {"what": what, "id": row_id, "version": version})


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
    yield [_type(messages, "editing-add-exercise", "add", row_id, version)]
    yield [
        _type(messages, "editing-name", "workout_name", row_id, version),
        _open(messages, "editing-day", "edit.days", {"w": row_id}),
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
    yield [_open(messages, "editing-back-to-workouts", "edit.plan", {"plan": str(shown.plan.id)})]


def days(messages: Messages, shown: EditedWorkout) -> Shown:
    """Offer the days of the week."""
    args = {"w": str(shown.workout.id), "v": shown.workout.version}
    buttons = [
        Button(messages.label("editing-weekday", day=day), Action("edit.workout_day", {**args, "day": day}))
        for day in range(7)
    ]
    none = Button(messages.label("editing-no-day"), Action("edit.workout_day", {**args, "day": None}))
    back = _open(messages, "picker-back", "edit.workout", {"w": args["w"]})
    name = workout_name(messages, shown.workout, shown.number)
    return messages.text("editing-ask-day", name=name), [buttons[:4], buttons[4:], [none], [back]]


# ------------------------------------------------------------------ an exercise


def _exercise(messages: Messages, shown: EditedExercise) -> Shown:
    one = shown.prescription
    asked = prescribed_by(one.row, one.sets)
    line = prescriptions.line(messages, asked)
    place = messages.text("editing-place", number=shown.number, count=shown.count, workout=shown.workout.name)
    told = [
        Html(f"🔧 {bold(one.exercise.name)}"),
        place,
        Html(""),
        Html(escape(line)) if line else messages.text("editing-nothing-asked"),
        messages.text("editing-superset-with", name=shown.above.exercise.name)
        if _is_joined(shown) and shown.above
        else None,
        messages.text("editing-sets-differ") if asked.scheme else None,
    ]
    return lines(*told), list(_exercise_buttons(messages, shown, asked))


def _is_joined(shown: EditedExercise) -> bool:
    group = shown.prescription.row.superset_group
    return shown.above is not None and group is not None and shown.above.row.superset_group == group


def _exercise_buttons(messages: Messages, shown: EditedExercise, asked: Prescribed) -> Iterator[list[Button]]:
    row = shown.prescription.row
    row_id, version = str(row.id), row.version
    args = {"p": row_id, "v": version}
    yield from _steppers(messages, asked, args)
    yield [_type(messages, "editing-type", "figures", row_id, version)]
    yield [
        _open(messages, "editing-rest", "edit.field", {"p": row_id, "field": "rest"}),
        _open(messages, "editing-effort", "edit.field", {"p": row_id, "field": "effort"}),
        _type(messages, "editing-tempo", "tempo", row_id, version),
        _type(messages, "editing-note", "note", row_id, version),
    ]
    yield from _switches(messages, shown, asked, args)
    moves = []
    for label, by, can in (("editing-up", -1, shown.number > 1), ("editing-down", 1, shown.number < shown.count)):
        if can:
            moved = {"p": row_id, "wv": shown.workout.version, "by": by}
            moves.append(Button(messages.label(label), Action("edit.move", moved)))
    replace = _type(messages, "editing-replace", "replace", row_id, version)
    yield [*moves, replace, Button(messages.label("editing-remove"), Action("edit.remove", args), "danger")]
    yield [_open(messages, "editing-back-to-workout", "edit.workout", {"w": str(shown.workout.id)})]


def _steppers(messages: Messages, asked: Prescribed, args: Mapping[str, Any]) -> Iterator[list[Button]]:
    targets = asked.targets
    sets = messages.label("editing-sets", count=0 if targets.sets is None else targets.sets)
    yield _stepper("edit.sets", sets, args)
    if asked.scheme:
        equal = {**args, "field": "equal", "value": True}
        yield [Button(messages.label("editing-make-equal"), Action("edit.set", equal))]
        return
    is_timed = targets.reps_min is None and targets.seconds is not None
    seconds = targets.seconds if is_timed and targets.seconds is not None else 0
    amount = figures.duration(messages, seconds) if is_timed else _reps(messages, targets.reps_min, targets.reps_max)
    yield _stepper("edit.reps", amount, args)
    if targets.weight is not None or targets.percent is not None:
        percent = "" if targets.percent is None else f"{figures.number(targets.percent)}%"
        yield _stepper("edit.load", prescriptions.load(messages, targets) or percent, args)


def _reps(messages: Messages, low: int | None, high: int | None) -> str:
    first = high if low is None else low
    if first is None:
        return messages.label("editing-reps-none")
    if low is not None and high is not None and low != high:
        return messages.label("editing-reps", reps=f"{low}–{high}")
    return messages.label("editing-reps", reps=first)


def _stepper(action: str, label: str, args: Mapping[str, Any]) -> list[Button]:
    return [
        Button("−", Action(action, {**args, "by": -1})),
        Button(label, Action("edit.exercise", {"p": args["p"]}, once=False)),
        Button("+", Action(action, {**args, "by": 1})),
    ]


def _switches(
    messages: Messages, shown: EditedExercise, asked: Prescribed, args: Mapping[str, Any]
) -> Iterator[list[Button]]:
    row: list[Button] = []
    if shown.above is not None:
        joined = _is_joined(shown)
        label = messages.label("editing-part" if joined else "editing-join")
        row.append(Button(label, Action("edit.superset", {**args, "joined": not joined})))
    side = messages.label("editing-both-sides" if asked.per_side else "editing-per-side")
    row.append(Button(side, Action("edit.set", {**args, "field": "side", "value": not asked.per_side})))
    has_load = any(one.weight is not None or one.percent is not None for one in (asked.targets, *asked.scheme))
    if has_load:
        row.append(
            Button(messages.label("editing-no-load"), Action("edit.set", {**args, "field": "load", "value": None}))
        )
    yield row


def field(messages: Messages, shown: EditedExercise, name: str) -> Shown:
    """Offer values for the rest or the effort of an exercise."""
    args = {"p": str(shown.prescription.row.id), "v": shown.prescription.row.version}
    back = _open(messages, "picker-back", "edit.exercise", {"p": args["p"]})
    chosen: list[list[Button]]
    if name == "rest":
        rests = [_value(prescriptions.rest(messages, seconds), args, "rest", seconds) for seconds in RESTS]
        chosen = [rests[:5], rests[5:]]
        none = _value(messages.label("editing-none"), args, "rest", None)
    else:
        rpe = [_value(value, args, "rpe", value) for value in EFFORTS]
        reserve = [_value(messages.label("prescription-rir", value=value), args, "rir", value) for value in RESERVES]
        chosen = [rpe, reserve[:3], reserve[3:]]
        none = _value(messages.label("editing-none"), args, "rpe", None)
    text = messages.text("editing-ask-field", field=name, name=shown.prescription.exercise.name)
    return text, [*chosen, [none], [back]]


def _value(label: str, args: Mapping[str, Any], name: str, value: Any) -> Button:
    return Button(label, Action("edit.set", {**args, "field": name, "value": value}))


# ------------------------------------------------------------------ what was removed


def _removed(messages: Messages, shown: RemovedExercise | RemovedWorkout) -> Shown:
    if isinstance(shown, RemovedWorkout):
        workout = shown.workout
        put_back = Button(messages.label("editing-put-back"), Action("edit.workout_put_back", {"w": str(workout.id)}))
        back = _open(messages, "editing-back-to-workouts", "edit.plan", {"plan": str(workout.workout_plan_id)})
        return messages.text("editing-is-removed", name=workout.name), [[put_back], [back]]
    put_back = Button(messages.label("editing-put-back"), Action("edit.put_back", {"p": str(shown.row.id)}))
    back = _open(messages, "editing-back-to-workout", "edit.workout", {"w": str(shown.row.workout_id)})
    return messages.text("editing-is-removed", name=shown.exercise.name), [[put_back], [back]]


def removed_exercises(messages: Messages, shown: EditedWorkout) -> Shown:
    """List what was taken out of a workout."""
    rows = [
        [_put_back(messages, one.exercise.name, "edit.put_back", {"p": str(one.row.id)})]
        for one in shown.removed[:MOST_REMOVED]
    ]
    rows.append([_open(messages, "picker-back", "edit.workout", {"w": str(shown.workout.id)})])
    return messages.text("editing-which-back", name=shown.workout.name), rows


def removed_workouts(messages: Messages, shown: EditedPlan) -> Shown:
    """List what was taken out of a plan."""
    rows = [
        [_put_back(messages, one.name, "edit.workout_put_back", {"w": str(one.id)})]
        for one in shown.removed[:MOST_REMOVED]
    ]
    rows.append([_open(messages, "picker-back", "edit.plan", {"plan": str(shown.plan.id)})])
    return messages.text("editing-which-back", name=shown.plan.name), rows


def _put_back(messages: Messages, name: str, action: str, args: Mapping[str, Any]) -> Button:
    shortened = prescriptions.shortened(name, LONGEST_LABEL)
    return Button(messages.label("editing-put-back-one", name=shortened), Action(action, dict(args)))


# ------------------------------------------------------------------ asking


def prompt(messages: Messages, asked: Asked) -> Shown:
    """Ask for what is to be typed, with the way back."""
    shown = asked.screen
    rows: list[list[Button]] = []
    if isinstance(shown, EditedExercise) and asked.what in ("tempo", "note"):
        row = shown.prescription.row
        stands = row.tempo if asked.what == "tempo" else row.notes
        if stands:
            args = {"p": str(row.id), "v": row.version}
            rows.append([_value(messages.label("editing-take-away"), args, asked.what, None)])
    if isinstance(shown, EditedExercise):
        row = shown.prescription.row
        swaps = ({"p": str(row.id), "v": row.version, "e": str(one.id)} for one in asked.instead)
        rows += [[Button(one.name, Action("edit.swap", args))] for one, args in zip(asked.instead, swaps, strict=True)]
    rows.append([_back(messages, shown)])
    return messages.text(f"editing-ask-{asked.what.replace('_', '-')}", name=_name(shown)), rows


def _name(shown: Screen) -> str:
    if isinstance(shown, EditedPlan):
        return shown.plan.name
    if isinstance(shown, EditedWorkout | RemovedWorkout):
        return shown.workout.name
    return shown.prescription.exercise.name if isinstance(shown, EditedExercise) else shown.exercise.name


def _back(messages: Messages, shown: Screen) -> Button:
    if isinstance(shown, EditedPlan):
        return _open(messages, "picker-back", "edit.plan", {"plan": str(shown.plan.id)})
    if isinstance(shown, EditedWorkout | RemovedWorkout):
        return _open(messages, "picker-back", "edit.workout", {"w": str(shown.workout.id)})
    row = shown.prescription.row if isinstance(shown, EditedExercise) else shown.row
    return _open(messages, "picker-back", "edit.exercise", {"p": str(row.id)})


def which(messages: Messages, asked: AskName) -> Shown:
    """Ask which exercise is meant."""
    rows = [[Button(one.name, Action("edit.tell", {**asked.args, "key": one.key}))] for one in asked.candidates]
    rows.append([_open(messages, "picker-own", "edit.own", asked.args)])
    rows.append([_way_back(messages, asked.args)])
    key = "editing-which" if asked.candidates else "editing-which-none"
    return messages.text(key, words=asked.words), rows


def muscles(messages: Messages, args: Mapping[str, Any]) -> Shown:
    """Ask what an exercise of the user's own trains most."""
    buttons = [
        Button(
            messages.label("muscle-name", muscle=group.value), Action("edit.muscle", {**args, "muscle": group.value})
        )
        for group in MuscleGroup
    ]
    rows: list[list[Button]] = [buttons[at : at + 3] for at in range(0, len(buttons), 3)]
    rows.append([_way_back(messages, args)])
    return messages.text("picker-ask-muscle", words=str(args["text"]).strip()), rows


def sure(messages: Messages, asked: AskFigures) -> Shown:
    """Ask whether figures are meant as they were read, or in which order."""
    rows = [
        [Button(prescriptions.line(messages, one), Action("edit.tell", {**asked.args, "order": order, "sure": True}))]
        for order, one in asked.wording.orders
    ]
    told = [messages.text("program-ask-figures", name=asked.name), code(str(asked.args["text"]).strip())]
    if not rows:
        right = Action("edit.tell", {**asked.args, "sure": True})
        rows.append([Button(messages.label("program-figures-right"), right, "success")])
        read = prescriptions.line(messages, asked.wording.asked)
        told.append(messages.text("program-understood", figures=read))
    told.append(messages.text("editing-or-write-anew"))
    rows.append([_way_back(messages, asked.args)])
    return lines(*told), rows


def _way_back(messages: Messages, args: Mapping[str, Any]) -> Button:
    if args["what"] == "add":
        return _open(messages, "picker-back", "edit.workout", {"w": args["id"]})
    return _open(messages, "picker-back", "edit.exercise", {"p": args["id"]})
