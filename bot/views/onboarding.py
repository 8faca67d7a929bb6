"""The questions of /start and their buttons."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers import Action, Button, Edit, Text
from bot.markup import lines
from bot.messages import Messages
from storage.models import UnitSystem


def ask_unit(messages: Messages) -> Text:
    keyboard = [
        [
            Button(messages.label("start-unit-kg"), Action("start.unit", {"unit": UnitSystem.METRIC})),
            Button(messages.label("start-unit-lb"), Action("start.unit", {"unit": UnitSystem.IMPERIAL})),
        ]
    ]
    return Text(lines(messages.text("start-welcome"), messages.text("start-ask-unit")), keyboard)


def ask_language(languages: Sequence[str], messages: Messages) -> Edit:
    buttons = [
        Button(messages.label("start-language-name", language=code), Action("start.language", {"language": code}))
        for code in languages
    ]
    return Edit(messages.text("start-ask-language"), [buttons[:3], buttons[3:]])


def done(unit_system: UnitSystem, messages: Messages) -> Edit:
    return Edit(messages.text("start-done", unit=str(unit_system)))


def welcome_back(messages: Messages) -> Text:
    return Text(messages.text("start-welcome-back"))
