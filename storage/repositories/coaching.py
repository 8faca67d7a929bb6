"""Coaches and athletes: inviting, accepting, ending, and working on an athlete's plans as their coach."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, text

from storage.errors import NotFoundError
from storage.models import CoachInvitation, Notice, UnitSystem, User
from storage.repositories.base import Repository

TOKEN_BYTES: Final = 24
VALID: Final = timedelta(days=7)

ENTER = text("SELECT * FROM enter_athlete(:athlete)")
NOTE_CHANGES = text("SELECT note_plan_changes(coalesce(CAST(:tell_at AS timestamptz), now()))")
BECOME = text(
    "SELECT set_config('app.user_id', CAST(:user_id AS text), true), "
    "set_config('app.telegram_id', CAST(:telegram_id AS text), true)"
)


class InvitationState(StrEnum):
    """What can be done with an invitation: it is open, or why not. ACCEPTED and ALREADY: the coaching is there."""

    OPEN = "open"
    ACCEPTED = "accepted"
    ALREADY = "already"
    USED = "used"
    EXPIRED = "expired"
    OWN = "own"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Partner:
    """A coach or an athlete, as the other sees them."""

    id: UUID
    full_name: str | None
    username: str | None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation as whoever opens its link sees it; the coach is named where something can come of it."""

    state: InvitationState
    coach: Partner | None = None


@dataclass(frozen=True, slots=True)
class DueNotice:
    """What is to be told: ``subject_id`` is the plan that was changed, else the sender."""

    kind: str
    subject_id: UUID
    sender: Partner


def hash_of(token: str) -> str:
    """Give what is kept of a token. It is long and random, so that a plain hash cannot be turned back."""
    return hashlib.sha256(token.encode()).hexdigest()


class Coaching(Repository):
    async def invite(self, at: datetime) -> str:
        """Make an invitation that one athlete may accept within a week; give its token, which is kept nowhere.

        The database refuses it to whoever is no coach.
        """
        token = secrets.token_urlsafe(TOKEN_BYTES)
        await self._write(CoachInvitation(user_id=self.user_id, token_hash=hash_of(token), expires_at=at + VALID))
        return token

    async def look_at(self, token_hash: str, at: datetime) -> Invitation:
        """Look at the invitation of a token before accepting it."""
        return await self._invitation("SELECT * FROM find_invitation(:hash, :at)", token_hash, at)

    async def accept(self, token_hash: str, at: datetime) -> Invitation:
        """Take the coach of an invitation as one's own, and have them told; ACCEPTED where that was done now."""
        await self.session.flush()
        return await self._invitation("SELECT * FROM accept_invitation(:hash, :at)", token_hash, at)

    async def _invitation(self, statement: str, token_hash: str, at: datetime) -> Invitation:
        row = (await self.session.execute(text(statement), {"hash": token_hash, "at": at})).one_or_none()
        if row is None:
            return Invitation(InvitationState.UNKNOWN)
        state = InvitationState(row.state)
        is_told = state in (InvitationState.OPEN, InvitationState.ACCEPTED, InvitationState.ALREADY)
        return Invitation(state, Partner(row.coach_id, row.full_name, row.username) if is_told else None)

    async def end(self, *, athlete_id: UUID, coach_id: UUID, at: datetime) -> bool:
        """End a coaching, as either of the two, and have the other told; False where there was none."""
        parameters = {"athlete": athlete_id, "coach": coach_id, "at": at}
        return bool(await self.session.scalar(text("SELECT end_coaching(:athlete, :coach, :at)"), parameters))

    async def athletes(self) -> list[Partner]:
        """List whom the user coaches, by name; nobody while the user is no coach."""
        return await self._partners("SELECT * FROM my_athletes()")

    async def coaches(self) -> list[Partner]:
        """List who coaches the user, the longest first."""
        return await self._partners("SELECT * FROM my_coaches()")

    async def _partners(self, statement: str) -> list[Partner]:
        rows = await self.session.execute(text(statement))
        return [Partner(row.id, row.full_name, row.username, row.since) for row in rows]

    async def take_notice(self, notice_id: UUID) -> DueNotice | None:
        """Take a notice in order to tell it: it is gone from the list."""
        row = (await self.session.execute(text("SELECT * FROM my_notice(:id)"), {"id": notice_id})).one_or_none()
        if row is None:
            return None
        await self.session.execute(delete(Notice).where(Notice.user_id == self.user_id, Notice.id == notice_id))
        return DueNotice(row.kind, row.subject_id, Partner(row.sender_id, row.full_name, row.username))

    async def figures(self, at: datetime) -> dict[str, int]:
        """Give the figures of operation. The database refuses them to whoever is no admin."""
        rows = await self.session.execute(text("SELECT name, value FROM operations_figures(:at)"), {"at": at})
        return {row.name: row.value for row in rows}

    @asynccontextmanager
    async def as_coach_of(self, athlete_id: UUID, *, tell_at: datetime | None = None) -> AsyncIterator[Any]:
        """Work for an athlete within this transaction, under the athlete's lock, as far as policies allow a coach.

        It happens in a savepoint: an exception undoes what was done for the athlete, and the identity goes back with
        it. Changes of plans are noted for the athlete, to be told at ``tell_at``.

        Raises:
            NotFoundError: the user does not coach this athlete.
        """
        if self.work.coach is not None:
            raise ValueError("a coach's unit of work is entered once")
        await self.work.finish()
        async with self.session.begin_nested():
            row = (await self.session.execute(ENTER, {"athlete": athlete_id})).one_or_none()
            if row is None:
                raise NotFoundError("athlete", athlete_id)
            theirs = type(self.work)(self.session, self.work.driver, self._athlete(row), coach=self.work)
            yield theirs
            await theirs.finish()
            await self.session.execute(NOTE_CHANGES, {"tell_at": tell_at})
            await self._become(self.work.user)

    def _athlete(self, row: Any) -> User:
        """Make the athlete as a coach knows them. It is no row: nothing about it can be stored."""
        return User(
            id=row.id,
            full_name=row.full_name,
            username=row.username,
            unit_system=UnitSystem(row.unit_system),
            timezone=row.timezone,
            current_plan_id=row.current_plan_id,
            language=self.work.user.language,
            preferences={},
        )

    @asynccontextmanager
    async def as_self(self, athlete: User) -> AsyncIterator[None]:
        """Do something of the coach's own in the middle of work for an athlete."""
        await self.session.flush()
        await self._become(self.work.user)
        yield
        await self.work.finish()
        await self._become(athlete)

    async def _become(self, user: User) -> None:
        telegram_id = "" if user is not self.work.user else str(user.telegram_id)
        await self.session.execute(BECOME, {"user_id": str(user.id), "telegram_id": telegram_id})
