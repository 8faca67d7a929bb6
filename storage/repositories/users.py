"""The user's own settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text

from storage.models import UnitSystem
from storage.repositories.base import Repository

HOLDINGS = text("""
SELECT (SELECT count(*) FROM workout_plan WHERE user_id = :me) AS plans,
       (SELECT count(*) FROM workout_session WHERE user_id = :me) AS sessions,
       (SELECT count(*) FROM exercise_set WHERE user_id = :me) AS sets,
       (SELECT count(*) FROM workout_import_log WHERE user_id = :me) AS texts,
       (SELECT count(*) FROM exercise WHERE user_id = :me AND source_id IS NULL) AS exercises
""")


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much is kept of a user, deleted rows included; `exercises` are those they made up themselves."""

    plans: int
    sessions: int
    sets: int
    texts: int
    exercises: int


class Users(Repository):
    """The one user of this unit of work. Every change is seen on `work.user` at once."""

    async def set_units(self, unit_system: UnitSystem) -> None:
        self.work.user.unit_system = UnitSystem(unit_system)
        await self.session.flush()

    async def set_language(self, language: str) -> None:
        self.work.user.language = language
        await self.session.flush()

    async def set_timezone(self, timezone: str) -> None:
        self.work.user.timezone = timezone
        await self.session.flush()

    async def set_current_plan(self, plan_id: UUID | None) -> None:
        """Train by a plan of one's own or of the library, or by none."""
        self.work.user.current_plan_id = plan_id
        await self.session.flush()

    async def mark_onboarded(self, at: datetime) -> None:
        """Note when the first questions were answered; the first time counts."""
        if self.work.user.onboarded_at is None:
            self.work.user.onboarded_at = at
            await self.session.flush()

    async def set_preference(self, key: str, value: Any) -> None:
        """Keep a JSON value under a name; None forgets it."""
        preferences = {name: kept for name, kept in self.work.user.preferences.items() if name != key}
        if value is not None:
            preferences[key] = value
        self.work.user.preferences = preferences
        await self.session.flush()

    async def holdings(self) -> Holdings:
        """Count what is kept of the user."""
        return Holdings(**(await self.session.execute(HOLDINGS, {"me": self.user_id})).mappings().one())

    async def erase(self) -> None:
        """Delete the user and everything of theirs for ever. Nothing else can be done in this unit of work.

        The log of changes keeps that an account was erased, and when; nothing leads from there to the person.
        """
        await self.session.flush()
        await self.session.execute(text("SELECT erase_account()"))
        self.session.expunge_all()
