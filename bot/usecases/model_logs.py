"""What a model could read of a log, laid beside what shorthand had stored of it already."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from uuid_utils.compat import uuid7

from bot.usecases import model_queue
from bot.usecases.log_draft import Item, LogDraft
from bot.usecases.logging_sets import Heard, LogOutcome, keep, log_reading, outcome_of, store, weigh
from parser import LoggedExercise, Reading
from storage.models import ImportStatus

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import WorkoutImportLog


async def hand_over(turn: Turn, import_row: WorkoutImportLog, reading: Reading) -> bool:
    """Have a model read what shorthand is not sure of, where there is one; the answer will be edited then."""
    return await model_queue.hand_over(turn, import_row, reading)


async def hand_over_other(turn: Turn, import_row: WorkoutImportLog, reading: Reading) -> UUID | None:
    """Have a model look at a text in which no training was found; give the id of the message to be edited then."""
    if not await model_queue.hand_over(turn, import_row, reading):
        return None
    answer_id: UUID = uuid7()
    await turn.work.imports.update(import_row.id, draft={**(import_row.draft or {}), "answer_id": str(answer_id)})
    return answer_id


def answer_id_of(import_row: WorkoutImportLog) -> UUID | None:
    """Find the message that waits to be edited."""
    found = (import_row.draft or {}).get("answer_id")
    return None if found is None else UUID(found)


async def take(turn: Turn, import_row: WorkoutImportLog, reading: Reading) -> LogOutcome:
    """Store what the model has added, and ask anew about what it has made clearer. What is stored stays."""
    if "items" not in (import_row.draft or {}):
        outcome = await log_reading(turn, import_row, reading)
        answer_id = answer_id_of(import_row)
        if answer_id is None:
            return outcome
        draft = replace(outcome.draft, answer_id=answer_id)
        await keep(turn, await turn.work.imports.get(import_row.id), draft)
        return replace(outcome, draft=draft)
    draft = LogDraft.from_json(import_row.draft or {})
    heard = await weigh(turn, reading.exercises)
    draft, changed = merged(draft, reading, heard)
    return await store(turn, import_row, draft, changed)


def merged(draft: LogDraft, reading: Reading, heard: list[Heard]) -> tuple[LogDraft, dict[int, Heard]]:
    """Lay a second reading over a draft: what was asked about may get clearer, what was missing is added."""
    exercises, items = list(draft.reading.exercises), list(draft.items)
    changed: dict[int, Heard] = {}
    for one in heard:
        index = _place_of(one.read, exercises)
        if index is None:
            exercises.append(one.read)
            items.append(Item("asked"))
            changed[len(items) - 1] = one
        elif items[index].state == "asked":
            exercises[index] = one.read
            changed[index] = one
    known = replace(draft.reading, exercises=tuple(exercises), unread=reading.unread, reader=reading.reader)
    return replace(draft, reading=known, items=tuple(items)), changed


def _place_of(read: LoggedExercise, exercises: list[LoggedExercise]) -> int | None:
    """Find the exercise that was read from the same stretch of the text."""
    for index, had in enumerate(exercises):
        if had.span.start < read.span.end and read.span.start < had.span.end:
            return index
    return None


async def go_on_without(turn: Turn, import_row: WorkoutImportLog) -> LogOutcome | None:
    """Let a log stand as shorthand read it; None for a text in which no training was found."""
    if "items" not in (import_row.draft or {}):
        await turn.work.imports.update(import_row.id, kind="other", status=ImportStatus.DISCARDED)
        return None
    draft = LogDraft.from_json(import_row.draft or {})
    await keep(turn, import_row, draft)
    return await outcome_of(turn, import_row, draft)
