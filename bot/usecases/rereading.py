"""The user edited a message: its text is read again and its sets follow, keeping their ids where the places match."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from uuid_utils.compat import uuid7

from bot.usecases import sessions
from bot.usecases.log_draft import LogDraft
from bot.usecases.logging_sets import LogOutcome, keep, outcome_of, set_drafts, weigh
from parser import Reading

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import Exercise, ExerciseSet, WorkoutImportLog, WorkoutSession


async def replace_log(turn: Turn, import_row: WorkoutImportLog, reading: Reading) -> LogOutcome:
    """Make the sets of an import those of its new text. What was edited into doubt is asked about like anything new."""
    heard = await weigh(turn, reading.exercises)
    draft = LogDraft(reading, tuple(one.item for one in heard), answer_id=answer_of(import_row) or uuid7())
    old = await turn.work.sets.of_import(import_row.id)
    session = await _session_of(turn, import_row, reading, old)
    at = old[0].performed_at if old and old[0].workout_session_id == session.id else sessions.moment_of(turn, session)
    stored = [(index, one) for index, one in enumerate(heard) if one.verdict.question is None]
    drafts = [one for _, weighed in stored for one in set_drafts(weighed, reading.reader, at)]
    rest = list((await turn.work.sets.replace_import(import_row.id, session.id, drafts, at=at)).sets)
    for index, one in stored:
        rows, rest = rest[: len(one.performed)], rest[len(one.performed) :]
        draft = draft.with_item(index, replace(one.item, state="saved", set_ids=tuple(row.id for row in rows)))
    await keep(turn, import_row, draft, session)
    return await outcome_of(turn, import_row, draft)


def answer_of(import_row: WorkoutImportLog) -> UUID | None:
    """Find the outbox row that tells of this import, if there is one."""
    draft = import_row.draft
    return LogDraft.from_json(draft).answer_id if draft and "items" in draft else None


async def _session_of(
    turn: Turn, import_row: WorkoutImportLog, reading: Reading, old: list[ExerciseSet]
) -> WorkoutSession:
    """Keep the session of the old sets, unless the edit gave the text another date."""
    if old:
        session = await turn.work.sessions.get(old[0].workout_session_id)
        if reading.date in (None, session.session_date):
            return session
    return await sessions.session_for(turn, reading.date, import_row.id)


async def exercise_before(turn: Turn, import_row: WorkoutImportLog) -> Exercise | None:
    """Find the exercise that bare figures in this message belonged to."""
    rows = await turn.work.sets.of_import(import_row.id)
    return await turn.work.exercises.find(rows[0].exercise_id) if rows else None
