"""What is not text: a text file is fetched and read like a paste, a caption is read, the rest is answered kindly.

The file is fetched beside the turns, as slow work of the import that stands for it. A long one becomes several texts,
each read in a turn of its own, so that other users' messages come between.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from telegram import Document, Update
from telegram.error import TelegramError
from uuid_utils.compat import uuid7

from bot.answers import Answer, Answers, as_sequence
from bot.context import Context
from bot.handlers import texts
from bot.journal import note
from bot.services import Services
from bot.turn import Turn
from bot.usecases import diaries, incoming, log_answers, pastes
from bot.usecases.file_text import kind_of, read_bytes
from bot.usecases.logging_sets import LogOutcome
from bot.views import limits as view
from bot.worker import SlowWork, Task
from storage.database import Database
from storage.models import ImportSource, ImportStatus, WorkoutImportLog

KIND: Final = "file"
PIECE: Final = "file_piece"
LEASE_SECONDS: Final = 120.0
MOST_DAYS_TOLD: Final = 5
"""A file of more days is answered in one message, and not with one a day."""
LONGEST_NAME: Final = 120


@dataclass(frozen=True, slots=True)
class FileTask:
    """A file to be fetched, or a piece of one to be read: then there is no `file_id`."""

    chat_id: int
    attempts: int
    import_id: UUID
    lease_token: UUID
    file_id: str | None
    most_bytes: int


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file has no text for us: ``binary``, ``large``, ``empty`` or ``away``."""

    reason: str


# ------------------------------------------------------------------ what comes in


async def document(update: Update, context: Context) -> Answers:
    """Have a text file fetched; say of others what can be done instead. Either is kept as an import."""
    turn, sent = context.turn, update.message.document if update.message else None
    if sent is None:
        return None
    name = (sent.file_name or "")[:LONGEST_NAME]
    size, most = sent.file_size or 0, turn.services.settings.file_bytes
    kind = kind_of(name, sent.mime_type or "")
    if kind != "text" or size > most:
        await _keep(turn, sent, name, ImportStatus.DISCARDED)
        said = view.file_too_large(turn.messages, most) if kind == "text" else view.file_unread(turn.messages, kind)
        return [said, *await _caption(turn)]
    answer_id = uuid7()
    await _keep(turn, sent, name, ImportStatus.RECEIVED, answer_id=str(answer_id))
    turn.wake_worker()
    return [view.file_reading(turn.messages, name, answer_id), *await _caption(turn)]


async def _keep(turn: Turn, sent: Document, name: str, status: ImportStatus, **more: Any) -> None:
    draft = {"file_id": sent.file_id, "name": name, "size": sent.file_size, "mime": sent.mime_type, **more}
    row = await turn.work.imports.receive(
        "", source=ImportSource.FILE, kind=KIND, status=status, chat_id=turn.chat_id, draft=draft
    )
    note(import_id=row.id)


async def captioned(update: Update, context: Context) -> Answers:
    """Read what stands under a picture, a video and the like; what is in it is not seen."""
    turn = context.turn
    if not turn.is_private and not turn.text:
        return None
    return [view.picture_unseen(turn.messages), *await _caption(turn)]


async def _caption(turn: Turn) -> Sequence[Answer]:
    if not turn.text:
        return ()
    return as_sequence(await texts.answer_reading(turn, await incoming.receive(turn)))


# ------------------------------------------------------------------ slow work


def beside_reading(reading: SlowWork[Any]) -> SlowWork[Any]:
    """Do the work of files beside that of reading by a model: both wait in the same table."""

    async def claim(turn: Turn, import_id: UUID) -> Task | None:
        row = await turn.work.imports.find(import_id)
        if row is None or row.kind not in (KIND, PIECE):
            return await reading.claim(turn, import_id)
        return await _claim(turn, row)

    async def run(services: Services, task: Any) -> Any:
        return await (_fetch(services, task) if isinstance(task, FileTask) else reading.run(services, task))

    async def finish(turn: Turn, task: Any, result: Any) -> Answers:
        if isinstance(task, FileTask):
            return await _finish(turn, task, result)
        return await reading.finish(turn, task, result)

    async def give_up(turn: Turn, task: Any, error_id: str) -> Answers:
        if isinstance(task, FileTask):
            return await _give_up(turn, task, error_id)
        return await reading.give_up(turn, task, error_id)

    return SlowWork(reading.name, _due, claim, run, finish, give_up)


async def _due(database: Database, limit: int) -> Sequence[tuple[UUID, UUID]]:
    return await database.due_imports(limit)


async def _claim(turn: Turn, row: WorkoutImportLog) -> FileTask | None:
    claimed = await turn.work.imports.claim(row.id, LEASE_SECONDS)
    if claimed is None or claimed.lease_token is None:
        return None
    chat_id = turn.chat_id if claimed.chat_id is None else claimed.chat_id
    file_id = (claimed.draft or {}).get("file_id") if claimed.kind == KIND else None
    most = turn.services.settings.file_bytes
    return FileTask(chat_id, claimed.attempts, claimed.id, claimed.lease_token, file_id, most)


async def _fetch(services: Services, task: FileTask) -> str | Unreadable | None:
    """Fetch a file and find its text. Nothing is unpacked: an archive is told by how it begins."""
    if task.file_id is None:
        return None
    try:
        file = await services.telegram.get_file(task.file_id)
        if (file.file_size or 0) > task.most_bytes:
            return Unreadable("large")
        content = bytes(await file.download_as_bytearray())
    except TelegramError:
        return Unreadable("away")
    if len(content) > task.most_bytes:
        return Unreadable("large")
    text = await asyncio.to_thread(read_bytes, content)
    if text is None:
        return Unreadable("binary")
    return text if text.strip() else Unreadable("empty")


async def _finish(turn: Turn, task: FileTask, result: str | Unreadable | None) -> Answers:
    row = await turn.work.imports.find(task.import_id)
    if row is None or row.lease_token != task.lease_token:
        return None
    if isinstance(result, Unreadable):
        await turn.work.imports.finish(row.id, task.lease_token, status=ImportStatus.FAILED, error=result.reason)
        return view.file_failed(turn.messages, _answer_of(row), result.reason)
    if result is None:
        await turn.work.imports.finish(row.id, task.lease_token, kind=None, status=ImportStatus.PREVIEW)
        return await _answer(turn, await turn.work.imports.get(row.id))
    pieces = await pastes.cut(turn, result)
    told = view.file_read(turn.messages, _answer_of(row), (row.draft or {}).get("name", ""), len(pieces))
    if len(pieces) == 1:
        await turn.work.imports.finish(
            row.id, task.lease_token, kind=None, status=ImportStatus.PREVIEW, raw_text=result, draft=None
        )
        return [told, *as_sequence(await _answer(turn, await turn.work.imports.get(row.id)))]
    await turn.work.imports.finish(row.id, task.lease_token, status=ImportStatus.SAVED, raw_text=result)
    for number, piece in enumerate(pieces):
        await turn.work.imports.receive(
            piece, source=ImportSource.FILE, kind=PIECE, chat_id=turn.chat_id,
            draft={"of": str(row.id), "number": number},
        )  # fmt: skip
    turn.wake_worker()
    return told


def _answer_of(row: WorkoutImportLog) -> UUID | None:
    found = (row.draft or {}).get("answer_id")
    return None if found is None else UUID(found)


async def _answer(turn: Turn, row: WorkoutImportLog) -> Answers:
    """Read a text of a file; many days are summed up, and what is asked about them is asked."""
    reading = await incoming.read(turn, row)
    parts = await incoming.days_of(turn, row) if reading.kind == "log" else []
    if len(parts) <= MOST_DAYS_TOLD:
        return await texts.answer_reading(turn, row)
    before = await incoming.logged_before(turn, row)
    if before is not None:
        return await texts.answer_reading(turn, row)
    outcomes = await diaries.log_days(turn, row, parts)
    asking = [one for one in outcomes if one.question is not None][:MOST_DAYS_TOLD]
    asked = [answer for one in asking for answer in await log_answers.answers_of(turn, one)]
    return [_summed_up(turn, outcomes), *asked]


def _summed_up(turn: Turn, outcomes: Sequence[LogOutcome]) -> Answer:
    unread = [line.text.strip() for one in outcomes for line in one.draft.reading.unread]
    sets = sum(len(one.draft.set_ids) for one in outcomes)
    return view.days_logged(turn.messages, len(outcomes), sets, unread)


async def _give_up(turn: Turn, task: FileTask, error_id: str) -> Answers:
    row = await turn.work.imports.find(task.import_id)
    if row is None or row.lease_token != task.lease_token:
        return None
    await turn.work.imports.finish(row.id, task.lease_token, status=ImportStatus.FAILED, error=f"error {error_id}")
    return view.file_gave_up(turn.messages, _answer_of(row), error_id)
