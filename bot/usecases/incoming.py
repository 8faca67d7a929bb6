"""A text comes in: it is kept first and read second. What it is decides who goes on with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from bot.usecases import corrections, log_doubts, rereading, set_editing
from bot.usecases.corrections import Correction
from bot.usecases.logging_sets import LogOutcome, log_reading
from bot.usecases.questions import FIGURES_DIALOGUE
from bot.usecases.reading_context import find_last_set, reading_context
from parser import Reading, read_shorthand, to_wire
from storage.models import ImportStatus

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import WorkoutImportLog

LOG_KINDS: Final = ("log", "other", None)


@dataclass(frozen=True, slots=True)
class NothingLeft:
    """A message was edited into something without a set; its sets stand until the user says what to do with them."""

    import_id: UUID
    set_count: int


@dataclass(frozen=True, slots=True)
class Program:
    """A message was edited into a program."""

    import_row: WorkoutImportLog
    reading: Reading


@dataclass(frozen=True, slots=True)
class SetAside:
    """There is no training in it."""

    reading: Reading


async def receive(turn: Turn) -> WorkoutImportLog:
    """Keep the text before anything is made of it."""
    return await turn.work.imports.receive(turn.text, chat_id=turn.chat_id, message_id=turn.message_id)


async def read(turn: Turn, import_row: WorkoutImportLog) -> Reading:
    """Read a text, bare figures as those of the exercise that was logged last."""
    last = await find_last_set(turn)
    current = None if last is None else await turn.work.exercises.find(last.exercise_id)
    return read_shorthand(import_row.raw_text, await reading_context(turn, current))


async def log(turn: Turn, import_row: WorkoutImportLog, reading: Reading) -> LogOutcome:
    """Log what was read; figures typed from now on belong to it, and no longer to a set that was being edited."""
    if turn.dialogue is not None and turn.dialogue.kind in (FIGURES_DIALOGUE, set_editing.EDIT_DIALOGUE):
        await turn.work.dialogues.close(turn.chat_id)
    return await log_reading(turn, import_row, reading)


async def set_aside(turn: Turn, import_row: WorkoutImportLog, reading: Reading) -> None:
    """Keep a text in which there is no training, with what was made of it."""
    await turn.work.imports.update(
        import_row.id,
        kind="other",
        status=ImportStatus.DISCARDED,
        parsed_exercises=to_wire(reading),
        reader=reading.reader,
    )


async def find_edited(turn: Turn) -> WorkoutImportLog | None:
    """Find the import of the message that the user edited; None for one that was never read."""
    if turn.message_id is None:
        return None
    return await turn.work.imports.find_by_message(turn.chat_id, turn.message_id)


async def read_again(turn: Turn, import_row: WorkoutImportLog) -> LogOutcome | NothingLeft | Program | SetAside:
    """Read an edited message anew and let its sets follow."""
    old = await turn.work.sets.of_import(import_row.id)
    before = await rereading.exercise_before(turn, import_row)
    import_row = await turn.work.imports.update(import_row.id, raw_text=turn.text)
    reading = read_shorthand(turn.text, await reading_context(turn, before))
    if reading.kind == "log" and reading.exercises:
        return await rereading.replace_log(turn, import_row, reading)
    if old:
        return NothingLeft(import_row.id, len(old))
    if reading.kind == "program":
        return Program(import_row, reading)
    await set_aside(turn, import_row, reading)
    return SetAside(reading)


async def correct_chosen(turn: Turn) -> tuple[WorkoutImportLog, Correction] | None:
    """Apply the correction that a button speaks of."""
    import_row = await turn.work.imports.find(UUID(turn.pressed_args["import_id"]))
    if import_row is None:
        return None
    set_ids = [UUID(one) for one in turn.pressed_args["set_ids"]]
    correction = await corrections.correct_chosen(turn, import_row, set_ids)
    return None if correction is None else (import_row, correction)


async def figures_told(turn: Turn) -> LogOutcome | None:
    """Take a text for the figures that were asked for; None where it is something else."""
    dialogue = turn.dialogue
    if dialogue is None:
        return None
    import_id, index = UUID(dialogue.data["import_id"]), int(dialogue.data["item"])
    log = await log_doubts.find_item(turn, import_id, index, "asked")
    if log is None:
        await turn.work.dialogues.close(turn.chat_id)
        return None
    sets = await log_doubts.read_figures(turn, log, index)
    if not sets:
        return None
    await receive(turn)
    return await log_doubts.give_figures(turn, import_id, index, sets)


async def edit_told(turn: Turn) -> tuple[WorkoutImportLog, Correction] | None:
    """Take a text for what an edited set should have been; None where it is something else."""
    dialogue = turn.dialogue
    rows = await set_editing.live(turn, [UUID(one) for one in dialogue.data["set_ids"]]) if dialogue else []
    if not rows:
        await turn.work.dialogues.close(turn.chat_id)
        return None
    if not await corrections.is_correction(turn, rows):
        return None
    await set_editing.stop_listening(turn)
    import_row = await receive(turn)
    correction = await corrections.correct(turn, import_row, rows, turn.text)
    return None if correction is None else (import_row, correction)
