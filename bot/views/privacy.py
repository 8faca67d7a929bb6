"""What is kept, and the two questions before it is erased."""

from __future__ import annotations

from bot.answers import Action, Button, Text
from bot.messages import Messages
from bot.usecases.privacy import Privacy


def privacy(messages: Messages, current: Privacy) -> Text:
    """Tell what is kept of the user, with the ways to take it along and to end it."""
    if current.is_erasing:
        return Text(messages.text("privacy-erasing"))
    held = current.holdings
    text = messages.text(
        "privacy", plans=held.plans, sessions=held.sessions, sets=held.sets, texts=held.texts, exercises=held.exercises
    )
    return Text(
        text,
        [
            [Button(messages.label("button-privacy-export"), Action("privacy.export", once=False))],
            [Button(messages.label("button-privacy-erase"), Action("privacy.ask", once=False), style="danger")],
        ],
    )


def first_question(messages: Messages, current: Privacy) -> Text:
    """Ask for the first time, with what would be gone."""
    held = current.holdings
    text = messages.text("privacy-ask", plans=held.plans, sessions=held.sessions, sets=held.sets)
    return Text(
        text,
        [
            [Button(messages.label("button-privacy-keep"), Action("privacy.keep", once=False))],
            [Button(messages.label("button-privacy-go-on"), Action("privacy.ask_again", once=False), style="danger")],
        ],
    )


def second_question(messages: Messages) -> Text:
    """Ask for the second time."""
    return Text(
        messages.text("privacy-ask-again"),
        [
            [Button(messages.label("button-privacy-erase-now"), Action("privacy.erase"), style="danger")],
            [Button(messages.label("button-privacy-keep"), Action("privacy.keep", once=False))],
        ],
    )
