"""What tests look up in the database, beside what they see in the chat."""

from __future__ import annotations

from typing import Any

from bot.bot_api import Shown
from storage.export import export_user
from tests.bot.conftest import Chat

Figures = tuple[Any, str | None, int | None]


def texts(shown: list[Shown]) -> list[str]:
    return [one.text for one in shown]


async def exported(chat: Chat) -> dict[str, Any]:
    """Give everything that is stored of the person in front of the bot."""
    async with chat.conversation.app.database.begin(telegram_id=chat.conversation.person.id) as work:
        return await export_user(work)


async def rows(chat: Chat) -> list[dict[str, Any]]:
    """Give the sets that are not deleted, session by session."""
    sessions = (await exported(chat))["sessions"]
    sets = [one for session in sessions for entry in session["exercises"] for one in entry["sets"]]
    return [one for one in sets if one["deleted_at"] is None]


async def stored(chat: Chat) -> list[tuple[str, list[Figures]]]:
    """Give what is stored: by exercise, its sets as (typed weight, unit, reps)."""
    by_name: dict[str, list[Figures]] = {}
    for one in await rows(chat):
        figures = (one["typed_weight"], one["typed_unit"], one["reps"])
        by_name.setdefault(one["exercise"]["name"], []).append(figures)
    return list(by_name.items())
