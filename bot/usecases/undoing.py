"""Taking back what was logged, newest first, and putting it back. Nothing is ever erased by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from bot.usecases import amendments
from bot.usecases.logged_lines import LoggedLine, describe
from bot.usecases.rereading import answer_of
from storage.models import ImportStatus

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import WorkoutImportLog

TAKE_BACK_WORDS: Final = frozenset(
    (
        "undo", "delete", "remove", "удали", "отмена", "borra", "borrar", "löschen", "apaga", "apagar", "supprime",
        "supprimer",
    )
)  # fmt: skip
"""What a reply to a log says to have it taken back."""
UNDO_WORDS: Final = frozenset(
    (
        "undo", "rückgängig", "отмена", "отмени", "отменить", "deshacer", "deshaz", "desfazer", "desfaz", "annuler",
        "annule",
    )
)  # fmt: skip
"""What says /undo when it is all that is written, but for one of `BESIDES`."""
BESIDES: Final = frozenset(("that", "it", "last", "please", "bitte", "пожалуйста"))
LOOK_BACK: Final = 50
"""So many texts back /undo looks for one that can be taken back."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back: the sets that are gone, or those whose earlier figures are there again.

    `answer_id` is the message that told of a log; `mended` are the logs whose answers show other figures now.
    """

    import_id: UUID
    lines: tuple[LoggedLine, ...]
    was_amendment: bool = False
    answer_id: UUID | None = None
    mended: tuple[UUID, ...] = ()


def says_undo(text: str) -> bool:
    """Tell whether a text is nothing but the wish to have the last one taken back."""
    words = {word.strip(".,!") for word in text.casefold().split()} - BESIDES
    return len(words) == 1 and words <= UNDO_WORDS


async def undo_newest(turn: Turn) -> Undone | None:
    """Take back the newest text that logged or changed sets, and is not taken back yet."""
    for row in await turn.work.imports.recent(LOOK_BACK):
        if is_undoable(row) and (undone := await undo(turn, row.id)) is not None:
            return undone
    return None


def is_undoable(row: WorkoutImportLog) -> bool:
    stored = row.status in (ImportStatus.SAVED, ImportStatus.PREVIEW, ImportStatus.READING)
    return stored and row.kind in ("log", amendments.KIND)


async def undo(turn: Turn, import_id: UUID) -> Undone | None:
    """Take back what this text did; None when there is nothing of it left."""
    row = await turn.work.imports.find(import_id)
    if row is None or not is_undoable(row):
        return None
    if row.kind == amendments.KIND:
        lines = await amendments.take_back(turn, row)
        changed = await amendments.sets_of(turn, row)
        mended = tuple(dict.fromkeys(one.import_id for one in changed if one.import_id is not None))
        return Undone(import_id, lines, was_amendment=True, mended=mended) if lines else None
    lines = await describe(turn, await turn.work.sets.of_import(import_id))
    if not lines:
        return None
    await turn.work.sets.undo_import(import_id)
    # A model that is reading the rest of it finds its lease gone, and brings nothing back.
    await turn.work.imports.update(import_id, status=ImportStatus.UNDONE, lease_token=None)
    return Undone(import_id, lines, answer_id=answer_of(row))


async def undo_by_reply(turn: Turn, import_row: WorkoutImportLog, about: Mapping[str, Any]) -> Undone | None:
    """Take back the log that was replied to with a word such as "delete"; None for any other word."""
    if turn.text.strip(" .!").casefold() not in TAKE_BACK_WORDS or "import_id" not in about:
        return None
    await turn.work.imports.update(import_row.id, kind="other", status=ImportStatus.DISCARDED)
    return await undo(turn, UUID(about["import_id"]))


async def restore(turn: Turn, import_id: UUID) -> WorkoutImportLog | None:
    """Put back what an undo took; None when it is there already."""
    row = await turn.work.imports.find(import_id)
    if row is None or row.status is not ImportStatus.UNDONE or row.kind != "log":
        return None
    await turn.work.sets.restore_import(import_id)
    return await turn.work.imports.update(import_id, status=ImportStatus.SAVED)
