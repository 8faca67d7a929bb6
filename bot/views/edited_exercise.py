"""An exercise of a plan while it is edited: what is asked of it, and the buttons that change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.answers import Action, Button
from bot.markup import Html, bold, escape, lines
from bot.messages import Messages
from bot.usecases.plan_screens import EditedExercise
from bot.usecases.targets import Prescribed, prescribed_by
from bot.views import figures, prescriptions
from bot.views.editing_buttons import open_button, typing_button, value_button
from bot.views.plans import Shown

RESTS = (30, 45, 60, 90, 120, 150, 180, 240, 300)
EFFORTS = ("6", "7", "7.5", "8", "8.5", "9", "9.5", "10")
RESERVES = ("0", "1", "2", "3", "4", "5")


def exercise(messages: Messages, shown: EditedExercise) -> Shown:
    """Show what is asked of an exercise, with the buttons that change it."""
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


def field(messages: Messages, shown: EditedExercise, name: str) -> Shown:
    """Offer values for the rest or the effort of an exercise."""
    args = {"p": str(shown.prescription.row.id), "v": shown.prescription.row.version}
    back = open_button(messages, "picker-back", "edit.exercise", {"p": args["p"]})
    chosen: list[list[Button]]
    if name == "rest":
        rests = [value_button(prescriptions.rest(messages, seconds), args, "rest", seconds) for seconds in RESTS]
        chosen = [rests[:5], rests[5:]]
        none = value_button(messages.label("editing-none"), args, "rest", None)
    else:
        rpe = [value_button(value, args, "rpe", value) for value in EFFORTS]
        reserve = [
            value_button(messages.label("prescription-rir", value=value), args, "rir", value) for value in RESERVES
        ]
        chosen = [rpe, reserve[:3], reserve[3:]]
        none = value_button(messages.label("editing-none"), args, "rpe", None)
    text = messages.text("editing-ask-field", field=name, name=shown.prescription.exercise.name)
    return text, [*chosen, [none], [back]]


def _is_joined(shown: EditedExercise) -> bool:
    group = shown.prescription.row.superset_group
    return shown.above is not None and group is not None and shown.above.row.superset_group == group


def _exercise_buttons(messages: Messages, shown: EditedExercise, asked: Prescribed) -> Iterator[list[Button]]:
    row = shown.prescription.row
    row_id, version = str(row.id), row.version
    args = {"p": row_id, "v": version}
    yield from _steppers(messages, asked, args)
    yield [typing_button(messages, "editing-type", "figures", row_id, version)]
    yield [
        open_button(messages, "editing-rest", "edit.field", {"p": row_id, "field": "rest"}),
        open_button(messages, "editing-effort", "edit.field", {"p": row_id, "field": "effort"}),
        typing_button(messages, "editing-tempo", "tempo", row_id, version),
        typing_button(messages, "editing-note", "note", row_id, version),
    ]
    yield from _switches(messages, shown, asked, args)
    moves = []
    for label, by, can in (("editing-up", -1, shown.number > 1), ("editing-down", 1, shown.number < shown.count)):
        if can:
            moved = {"p": row_id, "wv": shown.workout.version, "by": by}
            moves.append(Button(messages.label(label), Action("edit.move", moved)))
    replace = typing_button(messages, "editing-replace", "replace", row_id, version)
    yield [*moves, replace, Button(messages.label("editing-remove"), Action("edit.remove", args), "danger")]
    yield [open_button(messages, "editing-back-to-workout", "edit.workout", {"w": str(shown.workout.id)})]


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
