"""A text that tells of several days becomes as many sessions, each with a text of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.usecases.file_text import heading_of
from bot.usecases.logging_sets import LogOutcome, log_reading
from bot.usecases.reading_context import reading_context
from bot.usecases.short_texts import read_text
from parser.lines import dated_lines
from storage.models import ImportStatus

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import WorkoutImportLog

KIND: Final = "diary"


def cut_by_days(text: str) -> list[str]:
    """Cut a text before every line with a day of its own; a text of one day stays whole."""
    if "\n" not in text:
        return [text]
    starts, seen = [], None
    for number, day in dated_lines(text):
        if day != seen:
            starts.append(number - 1)
            seen = day
    if len(starts) < 2:
        return [text]
    lines = text.split("\n")
    ends = [*starts[1:], len(lines)]
    parts = ["\n".join(lines[start:end]) for start, end in zip([0, *starts[1:]], ends, strict=True)]
    heading = heading_of(text)
    if heading:
        parts = [parts[0], *(f"{heading}\n{part}" for part in parts[1:])]
    return [part for part in parts if part.strip()]


async def log_days(turn: Turn, import_row: WorkoutImportLog, parts: list[str]) -> list[LogOutcome]:
    """Log each day of a diary; the whole text stays in its own import, which points at them."""
    outcomes, ids = [], []
    for part in parts:
        row = await turn.work.imports.receive(part, chat_id=turn.chat_id)
        ids.append(str(row.id))
        outcomes.append(await log_reading(turn, row, read_text(part, await reading_context(turn, None))))
    await turn.work.imports.update(
        import_row.id, kind=KIND, status=ImportStatus.SAVED, draft={**(import_row.draft or {}), "parts": ids}
    )
    return outcomes
