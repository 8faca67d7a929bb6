"""Reading by a model, beside the turns: what shorthand is not sure of is asked about, checked, and shown in place.

The import row is the work: its status is "reading" from the turn that asked for it until a model has answered or
failed. A process that dies in between leaves the row, and another one takes it when the lease has run out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from bot.answers import Answers, as_sequence
from bot.journal import note
from bot.usecases import log_answers, program_reading
from bot.usecases.model_queue import DAILY_LIMIT
from bot.usecases.program_draft import as_reading, draft_from_json
from bot.usecases.reading_context import reading_context
from parser import Reading, ReadingContext, read_shorthand
from parser.cross_check import cross_check
from parser.llm_reader import Extracted, ExtractionFailed, LlmOutcome
from storage.models import ImportStatus, WorkoutImportLog
from storage.repositories.limits import Limits

if TYPE_CHECKING:
    from bot.services import Services
    from bot.turn import Turn
    from storage.database import Database

SPARE_SECONDS: Final = 60.0
"""By so much a lease outlasts the reader's own deadline: nobody asks for the same text at the same time."""
UNCHANGED: Final = "unchanged"


@dataclass(frozen=True, slots=True)
class ReadingTask:
    """A text to be read by a model, with the right to write the result."""

    chat_id: int
    attempts: int
    import_id: UUID
    lease_token: UUID
    text: str
    context: ReadingContext
    shorthand: Reading


async def due(database: Database, limit: int) -> Sequence[tuple[UUID, UUID]]:
    return await database.due_imports(limit)


async def claim(turn: Turn, import_id: UUID) -> ReadingTask | None:
    """Take an import for reading, with all that the model needs to be asked."""
    row = await turn.work.imports.claim(import_id, turn.services.reader.deadline_seconds + SPARE_SECONDS)
    if row is None or row.lease_token is None:
        return None
    note(import_id=row.id)
    context = await reading_context(turn, None)
    turn.chat_id = turn.chat_id if row.chat_id is None else row.chat_id
    read = _read_so_far(row, context)
    task = ReadingTask(turn.chat_id, row.attempts, row.id, row.lease_token, row.raw_text, context, read)
    if await _has_had_its_share(turn, row.id):
        turn.services.metrics.limited.labels("model").inc()
        turn.answers.extend(as_sequence(await _failed(turn, task, row, DAILY_LIMIT, {"error": DAILY_LIMIT})))
        return None
    return task


async def _has_had_its_share(turn: Turn, import_id: UUID) -> bool:
    """Tell whether the user's day has cost as many texts or tokens of the model as a day may."""
    midnight = datetime.combine(turn.today, time(), turn.timezone)
    spent = await Limits(turn.work).model_spending(midnight, but=import_id)
    limits = turn.services.settings
    return spent.texts >= limits.model_requests_per_day or spent.tokens >= limits.model_tokens_per_day


def _read_so_far(row: WorkoutImportLog, context: ReadingContext) -> Reading:
    """Give what was read already: of a program its draft, so that a second try builds on the first."""
    if row.kind == "program" and row.draft is not None:
        return as_reading(draft_from_json(row.draft))
    return read_shorthand(row.raw_text, context)


async def run(services: Services, task: ReadingTask) -> LlmOutcome:
    """Ask the model; no transaction is open meanwhile."""
    return await services.reader.extract(task.text, task.context, task.shorthand)


async def finish(turn: Turn, task: ReadingTask, outcome: LlmOutcome) -> Answers:
    """Write down what the model said and what it cost, and show what came of it."""
    row = await turn.work.imports.find(task.import_id)
    if row is None or row.lease_token != task.lease_token:
        return None
    spent = _spent(row, outcome)
    if isinstance(outcome, ExtractionFailed):
        return await _failed(turn, task, row, outcome.reason, spent)
    checked = cross_check(task.shorthand, outcome.reading, task.text, task.context)
    gained = replace(checked, reader="shorthand") != replace(task.shorthand, reader="shorthand")
    if not gained:
        return await _failed(turn, task, row, outcome.incomplete or UNCHANGED, spent)
    return await _taken(turn, task, row, checked, outcome.incomplete, spent)


async def give_up(turn: Turn, task: ReadingTask, error_id: str) -> Answers:
    """Go on without the model after an error of our own."""
    row = await turn.work.imports.find(task.import_id)
    if row is None or row.lease_token != task.lease_token:
        return None
    return await _failed(turn, task, row, "error", {"error": f"error {error_id}"})


def _spent(row: WorkoutImportLog, outcome: LlmOutcome) -> dict[str, Any]:
    """Write down the costs: tokens add up over several tries, the time is that of the last one."""
    failure = outcome.incomplete if isinstance(outcome, Extracted) else f"{outcome.reason}: {outcome.detail}"
    return {
        "model": outcome.model,
        "prompt_tokens": (row.prompt_tokens or 0) + outcome.prompt_tokens,
        "completion_tokens": (row.completion_tokens or 0) + outcome.completion_tokens,
        "latency_ms": outcome.latency_ms,
        "error": None if failure is None else failure[:500],
    }


async def _failed(turn: Turn, task: ReadingTask, row: WorkoutImportLog, reason: str, spent: dict[str, Any]) -> Answers:
    if row.kind == "program":
        return await program_reading.go_on_without(turn, row, task.lease_token, reason, spent)
    await turn.work.imports.finish(row.id, task.lease_token, status=ImportStatus.PREVIEW, **spent)
    return await log_answers.model_has_failed(turn, await turn.work.imports.get(row.id))


async def _taken(
    turn: Turn,
    task: ReadingTask,
    row: WorkoutImportLog,
    checked: Reading,
    incomplete: str | None,
    spent: dict[str, Any],
) -> Answers:
    if checked.kind == "program":
        return await program_reading.take(turn, row, task.lease_token, checked, incomplete, spent)
    columns = {**spent, "reader": checked.reader, "kind": checked.kind, "status": ImportStatus.PREVIEW}
    await turn.work.imports.finish(row.id, task.lease_token, **columns)
    return await log_answers.model_has_read(turn, await turn.work.imports.get(row.id), checked)
