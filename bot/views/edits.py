"""The buttons that change a set, and what is said when it is changed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from bot.answers import Action, Button, Edit, Text
from bot.markup import Html, lines
from bot.messages import Messages
from bot.usecases.logged_lines import LoggedLine
from bot.usecases.performed import Performed
from bot.usecases.set_editing import LOAD_STEPS, SetChoice
from bot.views import figures, logged

MOST_SETS = 20


def ask(messages: Messages, choices: Sequence[SetChoice]) -> Text:
    """Show the one set with its buttons, or let the user choose among several."""
    if len(choices) == 1 and choices[0].set_id is not None:
        return _ask_one(messages, choices[0])
    buttons = [
        [Button(_label(messages, choice.line, index), Action("log.choose_set", {"set_id": str(set_id)}, once=False))]
        for choice in choices
        for index, set_id in enumerate(choice.line.set_ids)
    ]
    return Text(messages.text("edit-which"), buttons[:MOST_SETS])


def _label(messages: Messages, line: LoggedLine, index: int) -> str:
    return messages.label("edit-set-label", name=line.name, set=figures.one_set(messages, line.sets[index]))


def _ask_one(messages: Messages, choice: SetChoice) -> Text:
    set_id = str(choice.set_id)
    unit = choice.line.sets[0].unit
    size = figures.weight(messages, LOAD_STEPS[unit], unit)
    steps = [
        Button(
            messages.label("edit-step", step=_step_key(step), size=size),
            Action("log.step", {"set_id": set_id, "step": step}, once=False),
        )
        for step in choice.steps
    ]
    pairs = [[button for button in pair if button] for pair in zip_longest(steps[::2], steps[1::2])]
    last = [
        Button(messages.label("button-delete-set"), Action("log.delete_set", {"set_id": set_id}), style="danger"),
        Button(messages.label("button-done"), Action("log.end_edit", {"set_id": set_id}), style="success"),
    ]
    text = lines(logged.line(messages, choice.line), messages.text(f"edit-hint-{_measure(choice.line.sets[0])}"))
    return Text(text, [*pairs, last], about={"set_ids": [set_id]})


def _measure(performed: Performed) -> str:
    """Tell what a set is counted in: what it should have been is written so."""
    if performed.reps is not None:
        return "reps"
    return "time" if performed.distance_m is None else "distance"


def _step_key(step: str) -> str:
    return step.replace("-", "-less").replace("+", "-more")


def changed(messages: Messages, described: Sequence[LoggedLine], about: dict[str, Any]) -> Text:
    """Say what sets are now, after a correction."""
    text = messages.text("edit-changed", line=_lines(messages, described))
    keyboard = [[Button(messages.label("button-undo"), Action("log.undo", {"import_id": about["import_id"]}))]]
    return Text(text, keyboard, about=about)


def ended(messages: Messages, described: Sequence[LoggedLine]) -> Edit:
    """Close the editing buttons and leave the set as it is now."""
    set_ids = [str(one) for line in described for one in line.set_ids]
    if not described:
        return Edit(messages.text("log-moved-on"))
    keyboard = [[Button(messages.label("button-edit"), Action("log.edit", {"set_ids": set_ids}, once=False))]]
    return Edit(messages.text("edit-changed", line=_lines(messages, described)), keyboard, about={"set_ids": set_ids})


def removed(messages: Messages, described: Sequence[LoggedLine], set_id: str) -> Edit:
    """Say that a set is deleted, and offer it back."""
    keyboard = [[Button(messages.label("button-put-back"), Action("log.put_back", {"set_id": set_id}))]]
    return Edit(messages.text("edit-deleted", line=_lines(messages, described)), keyboard)


def _lines(messages: Messages, described: Sequence[LoggedLine]) -> Html:
    return lines(*(logged.line(messages, one) for one in described))
