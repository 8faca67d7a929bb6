"""Setting up: the two questions that are asked once."""

from __future__ import annotations

from typing import Final

from bot.turn import Turn
from storage.models import UnitSystem, User

WRITTEN_LANGUAGES: Final = ("en", "de", "es", "fr", "pt", "ru")
"""The languages whose exercise names are read; the bot itself speaks those that have a message file."""


def has_answered(user: User) -> bool:
    return user.onboarded_at is not None


def choose_unit(turn: Turn, unit_system: UnitSystem) -> None:
    turn.user.unit_system = unit_system


def choose_language(turn: Turn, language: str) -> None:
    """Note the language, which was the last question."""
    if language not in WRITTEN_LANGUAGES:
        raise ValueError(f"no such language: {language}")
    turn.user.language = language
    turn.user.onboarded_at = turn.now
