"""Buttons of a plan that is edited: opening a part of it, asking for a text, setting a value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.answers import Action, Button
from bot.messages import Messages
from bot.usecases.plan_questions import What


def open_button(messages: Messages, label: str, action: str, args: Mapping[str, Any]) -> Button:
    """Open another part of the plan, as often as it is pressed."""
    return Button(messages.label(label), Action(action, dict(args), once=False))


def typing_button(messages: Messages, label: str, what: What, row_id: str, version: int) -> Button:
    """Ask for something to be typed; the version tells what the answer was meant for."""
    return open_button(messages, label, "edit.type", {"what": what, "id": row_id, "version": version})


def value_button(label: str, args: Mapping[str, Any], name: str, value: Any) -> Button:
    """Set a field of an exercise to a value; None takes it away."""
    return Button(label, Action("edit.set", {**args, "field": name, "value": value}))
