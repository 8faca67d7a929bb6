"""What is asked while a plan is edited: for a text, which exercise it names, whether its figures are meant so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.answers import Action, Button
from bot.markup import code, lines
from bot.messages import Messages
from bot.usecases.plan_questions import Asked
from bot.usecases.plan_screens import EditedExercise, EditedPlan, EditedWorkout, RemovedWorkout, Screen
from bot.usecases.plan_understanding import AskFigures, AskName
from bot.views import prescriptions
from bot.views.editing_buttons import open_button, value_button
from bot.views.plans import Shown
from storage.models import MuscleGroup


def prompt(messages: Messages, asked: Asked) -> Shown:
    """Ask for what is to be typed, with the way back."""
    shown = asked.screen
    rows: list[list[Button]] = []
    if isinstance(shown, EditedExercise) and asked.what in ("tempo", "note"):
        row = shown.prescription.row
        stands = row.tempo if asked.what == "tempo" else row.notes
        if stands:
            args = {"p": str(row.id), "v": row.version}
            rows.append([value_button(messages.label("editing-take-away"), args, asked.what, None)])
    if isinstance(shown, EditedExercise):
        row = shown.prescription.row
        swaps = ({"p": str(row.id), "v": row.version, "e": str(one.id)} for one in asked.instead)
        rows += [[Button(one.name, Action("edit.swap", args))] for one, args in zip(asked.instead, swaps, strict=True)]
    rows.append([_back(messages, shown)])
    return messages.text(f"editing-ask-{asked.what.replace('_', '-')}", name=_name(shown)), rows


def which(messages: Messages, asked: AskName) -> Shown:
    """Ask which exercise is meant."""
    rows = [[Button(one.name, Action("edit.tell", {**asked.args, "key": one.key}))] for one in asked.candidates]
    rows.append([open_button(messages, "picker-own", "edit.own", asked.args)])
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


def _name(shown: Screen) -> str:
    if isinstance(shown, EditedPlan):
        return shown.plan.name
    if isinstance(shown, EditedWorkout | RemovedWorkout):
        return shown.workout.name
    return shown.prescription.exercise.name if isinstance(shown, EditedExercise) else shown.exercise.name


def _back(messages: Messages, shown: Screen) -> Button:
    if isinstance(shown, EditedPlan):
        return open_button(messages, "picker-back", "edit.plan", {"plan": str(shown.plan.id)})
    if isinstance(shown, EditedWorkout | RemovedWorkout):
        return open_button(messages, "picker-back", "edit.workout", {"w": str(shown.workout.id)})
    row = shown.prescription.row if isinstance(shown, EditedExercise) else shown.row
    return open_button(messages, "picker-back", "edit.exercise", {"p": str(row.id)})


def _way_back(messages: Messages, args: Mapping[str, Any]) -> Button:
    if args["what"] == "add":
        return open_button(messages, "picker-back", "edit.workout", {"w": args["id"]})
    return open_button(messages, "picker-back", "edit.exercise", {"p": args["id"]})
