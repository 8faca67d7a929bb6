"""A long paste that Telegram cut into several messages becomes one text again.

Each message keeps a row of its own, of the kind `part`, whose draft names the joined text. The joined text is read like
any other; what was made of its first part alone is taken back in the same transaction.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from bot.usecases import diaries
from bot.usecases.file_text import in_pieces
from storage.models import ImportStatus

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import WorkoutImportLog

KIND: Final = "part"
LONG: Final = 4000
"""A message of more UTF-16 units may be the beginning of a longer text."""
FULL: Final = 4096
"""As many as Telegram lets into a message: a text that fills it was cut in the middle of a line."""
SOON: Final = timedelta(seconds=6)
"""Within this time the rest of a paste is there."""
LOOK_BACK: Final = 300
"""The newest texts among which the first part is looked for: each day of a diary is one."""
SAID_AT: Final = "said_at"
IS_FULL: Final = "is_full"
SETTLED: Final = (ImportStatus.UNDONE, ImportStatus.FAILED)


def beginning(turn: Turn) -> dict[str, Any] | None:
    """Note when a text was said that may have been cut off; None for all others."""
    length = _length(turn.text)
    return {SAID_AT: turn.said_at.isoformat(), IS_FULL: length >= FULL} if length > LONG else None


def still_beginning(import_row: WorkoutImportLog) -> dict[str, Any]:
    """Give the note again, for those who write the draft anew."""
    return {name: value for name, value in (import_row.draft or {}).items() if name in (SAID_AT, IS_FULL)}


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


async def find_beginning(turn: Turn) -> WorkoutImportLog | None:
    """Find the text that this message goes on with: the one just before it, long and a moment old."""
    newest = turn.work.imports.newest
    # Mostly the newest text decides: it is whole.
    is_whole = newest is not None and newest.message_id is not None and newest.kind != KIND and not newest.has_more
    if turn.replied_message_id is not None or is_whole:
        return None
    for row in await turn.work.imports.recent(LOOK_BACK):
        said_at = (row.draft or {}).get(SAID_AT)
        if said_at is not None and row.kind != KIND and row.chat_id == turn.chat_id:
            is_soon = timedelta(0) <= turn.said_at - datetime.fromisoformat(said_at) <= SOON
            return row if is_soon and _is_open(row) else None
        if row.message_id is not None and row.kind != KIND:
            return None
    return None


def _is_open(row: WorkoutImportLog) -> bool:
    """Tell whether nothing has been done about a text yet; a program that was saved or discarded is settled."""
    is_settled_program = row.kind == "program" and row.status in (ImportStatus.SAVED, ImportStatus.DISCARDED)
    return row.status not in SETTLED and not is_settled_program


async def join(turn: Turn, first: WorkoutImportLog) -> tuple[list[WorkoutImportLog], list[UUID]]:
    """Put both parts together as a new text; give it, and the messages that told of the first part alone.

    A text that gets too long is given in pieces, the last of which goes on with what is to come.
    """
    rows = [first, *await _days_of(turn, first)]
    told = [UUID(shown) for row in rows if (shown := _message_of(row)) is not None]
    text = first.raw_text + ("" if _is_cut_in_a_line(first, turn.text) else "\n") + turn.text
    second = await turn.work.imports.receive(turn.text, chat_id=turn.chat_id, message_id=turn.message_id)
    pieces = await cut(turn, text)
    joined = [await turn.work.imports.receive(piece, chat_id=turn.chat_id) for piece in pieces[:-1]]
    joined.append(await turn.work.imports.receive(pieces[-1], chat_id=turn.chat_id, draft=beginning(turn)))
    for row in rows:
        await turn.work.sets.undo_import(row.id)
    for row in (*rows, second):
        await turn.work.imports.update(
            row.id, kind=KIND, status=ImportStatus.UNDONE, lease_token=None, draft={"of": str(joined[-1].id)}
        )
    if turn.dialogue is not None and str(first.id) in turn.dialogue.data.values():
        await turn.work.dialogues.close(turn.chat_id)
    return joined, [shown for shown in told if await turn.work.outbox.find(shown)]


def _is_cut_in_a_line(first: WorkoutImportLog, following: str) -> bool:
    """Tell whether a line goes on in the next part: only a part that is full to the brim was cut in the middle of one.

    Telegram takes line breaks away from both ends of a message. Where a figure ends the one and a letter begins the
    other, there was one: no figure may grow by what is not its own.
    """
    if not (first.draft or {}).get(IS_FULL, False):
        return False
    return not (first.raw_text[-1:].isdecimal() and following[:1].isalpha())


async def cut(turn: Turn, text: str) -> list[str]:
    """Cut a text that is longer than a text may be, see `in_pieces`."""
    limit = turn.services.settings.text_characters
    if len(text) <= limit:
        return [text]
    return in_pieces(text, limit, diaries.cut_by_days)


async def _days_of(turn: Turn, row: WorkoutImportLog) -> list[WorkoutImportLog]:
    """Find the texts into which a diary was cut."""
    if row.kind != diaries.KIND:
        return []
    return [await turn.work.imports.get(UUID(one)) for one in (row.draft or {}).get("parts", ())]


def _message_of(row: WorkoutImportLog) -> str | None:
    """Find the outbox row that shows a log, a text that a model reads, or the preview of a program."""
    draft = row.draft or {}
    return draft.get("answer_id") or draft.get("message_id")
