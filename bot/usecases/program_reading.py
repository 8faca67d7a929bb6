"""What becomes of a previewed program when a model has read the rest of it, or could not; and trying once more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from uuid_utils.compat import uuid7

from bot.answers import Answers
from bot.usecases import programs
from bot.usecases.program_draft import Draft, draft_from_json, draft_of, draft_to_json
from bot.usecases.program_merge import join
from bot.usecases.program_titles import titled
from parser import Reading, to_wire
from storage.models import ImportStatus, WorkoutImportLog

if TYPE_CHECKING:
    from bot.turn import Turn


async def take(
    turn: Turn,
    row: WorkoutImportLog,
    lease_token: UUID,
    reading: Reading,
    incomplete: str | None,
    spent: Mapping[str, Any],
) -> Answers:
    """Join what the model could read to the draft, and show it in the same message.

    A program that was saved or put away meanwhile stays as the user left it; only the costs are written down.
    """
    if row.status not in programs.OPEN:
        await turn.work.imports.finish(row.id, lease_token, **spent)
        return None
    read = {
        "kind": "program",
        "parsed_exercises": to_wire(reading),
        "confidence_scores": programs.scores_of(reading),
        "reader": reading.reader,
    }
    if row.draft is None or row.kind != "program":
        return await _first_preview(turn, row, lease_token, reading, {**read, **spent})
    joined = join(draft_from_json(row.draft), reading)
    draft = replace(joined, waits_for_model=False, model_failure=incomplete)
    return await _show(turn, row, lease_token, draft, {**read, **spent})


async def go_on_without(
    turn: Turn, row: WorkoutImportLog, lease_token: UUID, reason: str, spent: Mapping[str, Any]
) -> Answers:
    """Keep what shorthand could read, and say that the rest is unread."""
    if row.status not in programs.OPEN or row.draft is None:
        await turn.work.imports.finish(row.id, lease_token, **spent)
        return None
    draft = replace(draft_from_json(row.draft), waits_for_model=False, model_failure=reason)
    return await _show(turn, row, lease_token, draft, spent)


async def _first_preview(
    turn: Turn, row: WorkoutImportLog, lease_token: UUID, reading: Reading, columns: Mapping[str, Any]
) -> Answers:
    """Show a program in which shorthand had seen none, in the message that said that a model is looking at it."""
    answered: str | None = (row.draft or {}).get("answer_id")
    message_id = uuid7() if answered is None else UUID(answered)
    draft = replace(titled(turn, draft_of(reading), row.raw_text), message_id=message_id)
    kept = await _finish(turn, row, lease_token, draft, columns)
    if kept is None:
        return None
    if answered is not None:
        return await programs.preview_edit(turn, kept, draft)
    return await programs.preview_message(turn, kept, draft, message_id)


async def _show(
    turn: Turn, row: WorkoutImportLog, lease_token: UUID, draft: Draft, columns: Mapping[str, Any]
) -> Answers:
    kept = await _finish(turn, row, lease_token, draft, columns)
    return None if kept is None else await programs.preview_edit(turn, kept, draft)


async def _finish(
    turn: Turn, row: WorkoutImportLog, lease_token: UUID, draft: Draft, columns: Mapping[str, Any]
) -> WorkoutImportLog | None:
    """Write the result; None where another process has the import by now."""
    is_mine = await turn.work.imports.finish(
        row.id, lease_token, status=ImportStatus.PREVIEW, draft=draft_to_json(draft), **columns
    )
    return await turn.work.imports.get(row.id) if is_mine else None


async def retry(turn: Turn, args: Mapping[str, Any]) -> Answers:
    """Have the model try once more."""
    row = await programs.find_open(turn, args)
    if row is None:
        return await programs.show_current(turn, UUID(args["import"]), is_stale=True)
    draft = replace(draft_from_json(row.draft or {}), waits_for_model=True, model_failure=None)
    kept = await turn.work.imports.update(
        row.id,
        version=row.version,
        status=ImportStatus.READING,
        attempts=0,
        lease_until=None,
        draft=draft_to_json(draft),
    )
    turn.wake_worker()
    return await programs.preview_edit(turn, kept, draft, args.get("page", 0), args.get("asked", 0))
