"""The updates that have taken effect: each counts once, however often it is delivered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BigInteger, DateTime, Select, and_, bindparam, exists, literal, select, true
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from storage.direct import Direct
from storage.models import (
    Dialogue,
    ErasedUpdate,
    Exercise,
    ExerciseSet,
    ProcessedUpdate,
    WorkoutImportLog,
    WorkoutSession,
)
from storage.repositories.base import OWNER, Repository
from storage.repositories.imports import Newest
from storage.repositories.session_entries import newest, turned_to
from storage.repositories.sessions import OPEN


@dataclass(frozen=True, slots=True)
class Arrival:
    """How things stand when an update takes effect: what the user is being asked in the chat."""

    dialogue: Dialogue | None


class ProcessedUpdates(Repository):
    """Written in the transaction of the effects, so either both are there or neither."""

    async def arrive(self, bot_id: int, update_id: int, chat_id: int, now: datetime) -> Arrival | None:
        """Record an update, and look up with it what every turn begins by asking; None where it has come before.

        The session that is going on, its newest set and what the newest text was are in hand afterwards, for those who
        ask for them.
        """
        parameters = {
            "owner": self.user_id,
            "bot": bot_id,
            "arriving": update_id,
            "chat": chat_id,
            "now": now,
        }
        (row,) = await self.work.ask(ARRIVE, parameters)
        if row.update_id is None:
            return None
        self.work.sessions.know_open(row.WorkoutSession)
        if row.WorkoutSession is not None:
            self.work.sets.know_newest(row.WorkoutSession.id, row)
        self.work.imports.newest = Newest(row.kind, row.chat_id, row.message_id, bool(row.has_more))
        return Arrival(row.Dialogue)

    async def record_failure(
        self, bot_id: int, update_id: int, error_id: str, error: str, payload: dict[str, Any] | None
    ) -> bool:
        """Record an update that no handler could take, with what it said: the text is not lost."""
        statement = (
            insert(ProcessedUpdate)
            .values(
                user_id=self.user_id,
                bot_id=bot_id,
                update_id=update_id,
                error_id=error_id,
                error=error,
                payload=payload,
            )
            .on_conflict_do_nothing()
            .returning(ProcessedUpdate.update_id)
        )
        return await self.session.scalar(statement) is not None


def _arrive() -> Select[Any]:
    chat = bindparam("chat", type_=BigInteger())
    bot = bindparam("bot", type_=BigInteger())
    arriving = bindparam("arriving", type_=BigInteger())
    # What took effect before its user was erased is a repeat, whoever they are now.
    has_had_effect = exists().where(ErasedUpdate.bot_id == bot, ErasedUpdate.update_id == arriving)
    arrived = (
        insert(ProcessedUpdate)
        .from_select(["user_id", "bot_id", "update_id"], select(OWNER, bot, arriving).where(~has_had_effect))
        .on_conflict_do_nothing()
        .returning(ProcessedUpdate.update_id)
        .cte("arrived")
    )
    open_session = aliased(WorkoutSession, OPEN.statement.subquery("open_session"), name="WorkoutSession")
    newest_set = aliased(
        ExerciseSet,
        newest(ExerciseSet.workout_session_id == open_session.id).lateral("newest_set"),
        name="ExerciseSet",
    )
    newest_text = (
        select(
            WorkoutImportLog.kind,
            WorkoutImportLog.chat_id,
            WorkoutImportLog.message_id,
            WorkoutImportLog.draft.has_key("said_at").label("has_more"),
        )
        .where(WorkoutImportLog.user_id == OWNER)
        .order_by(WorkoutImportLog.created_at.desc(), WorkoutImportLog.id.desc())
        .limit(1)
        .subquery("newest_text")
    )
    here = select(literal(1).label("one")).subquery("here")
    now = bindparam("now", type_=DateTime(timezone=True))
    is_open = Dialogue.expires_at.is_(None) | (Dialogue.expires_at > now)
    return (
        select(
            arrived.c.update_id,
            Dialogue,
            open_session,
            newest_set,
            Exercise,
            turned_to(newest_set).label("turned_to_id"),
            newest_text,
        )
        .select_from(here)
        .outerjoin(arrived, true())
        .outerjoin(Dialogue, and_(Dialogue.user_id == OWNER, Dialogue.chat_id == chat, is_open))
        .outerjoin(open_session, true())
        .outerjoin(newest_set, true())
        .outerjoin(Exercise, Exercise.id == newest_set.exercise_id)
        .outerjoin(newest_text, true())
    )


ARRIVE: Final = Direct(_arrive())
