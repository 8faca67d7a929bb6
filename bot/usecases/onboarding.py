"""Setting up: the two questions that are asked once."""

from __future__ import annotations

from typing import Final

from bot.turn import Turn
from storage.models import UnitSystem, User

WRITTEN_LANGUAGES: Final = ("en", "de", "es", "fr", "pt", "ru")
"""The languages whose exercise names are read; the bot itself speaks those that have a message file."""


def has_answered(user: User) -> bool:
    return user.onboarded_at is not None


async def choose_unit(turn: Turn, unit_system: UnitSystem) -> None:
    await turn.work.users.set_units(unit_system)


async def choose_language(turn: Turn, language: str) -> None:
    """Note the language, which was the last question."""
    if language not in WRITTEN_LANGUAGES:
        raise ValueError(f"no such language: {language}")
    await turn.work.users.set_language(language)
    await turn.work.users.mark_onboarded(turn.now)
