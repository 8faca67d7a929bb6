"""A text comes in: it is kept first and read second. What it is decides who goes on with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final
from uuid import UUID

from bot.journal import note
from bot.usecases import (
    amendments,
    corrections,
    diaries,
    guide_words,
    log_doubts,
    model_logs,
    pastes,
    rereading,
    set_editing,
)
from bot.usecases.corrections import Correction
from bot.usecases.guide import find_guide, meant_by_figures
from bot.usecases.logging_sets import LogOutcome, log_reading
from bot.usecases.questions import FIGURES_DIALOGUE
from bot.usecases.reading_context import find_last_set, reading_context
from bot.usecases.short_texts import done_instead_of_planned, read_text
from parser import Reading, ReadingContext, speaks_of_future, to_wire
from storage.models import ImportStatus

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import WorkoutImportLog

DIARY_LINES: Final = 3
"""A text of so many lines is a diary, and hardly meant twice."""
LOAD: Final = re.compile(r"\d+(?:[.,]\d+)?")
"""The first number of bare figures, which is the load where there is one."""
LOOK_BACK: Final = 200
"""So many texts back a diary is looked for."""


@dataclass(frozen=True, slots=True)
class NothingLeft:
    """A message was edited into something without a set; its sets stand until the user says what to do with them."""

    import_id: UUID
    set_count: int


@dataclass(frozen=True, slots=True)
class Program:
    """A text that is a program, or may be one."""

    import_row: WorkoutImportLog
    reading: Reading


@dataclass(frozen=True, slots=True)
class SetAside:
    """There is no training in it, as far as shorthand can tell; a model may edit the answer `answer_id`."""

    reading: Reading
    answer_id: UUID | None = None


async def receive(turn: Turn) -> WorkoutImportLog:
    """Keep the text before anything is made of it."""
    row = await turn.work.imports.receive(
        turn.text, chat_id=turn.chat_id, message_id=turn.message_id, draft=pastes.beginning(turn)
    )
    note(import_id=row.id)
    return row


async def read(turn: Turn, import_row: WorkoutImportLog) -> Reading:
    """Read a text, bare figures as those of the exercise that was logged last."""
    context = await context_now(turn)
    reading = read_text(import_row.raw_text, context)
    # A load in the middle of a session is no plan, except where the text says that it is still to be done.
    if reading.kind == "program" and context.current is not None and not speaks_of_future(import_row.raw_text):
        done = done_instead_of_planned(import_row.raw_text, reading, context)
        if done is not None and _has_load(done):
            return done
    return reading


async def logged_before(turn: Turn, import_row: WorkoutImportLog) -> date | None:
    """Find the day on which the very same diary was logged already; a short line is said again and again.

    The text then waits for the user to say that it is meant.
    """
    text = import_row.raw_text
    if len([line for line in text.splitlines() if line.strip()]) < DIARY_LINES:
        return None
    for row in await turn.work.imports.recent(LOOK_BACK):
        if row.id != import_row.id and row.raw_text == text and row.status is ImportStatus.SAVED:
            await turn.work.imports.update(import_row.id, status=ImportStatus.PREVIEW)
            return row.created_at.astimezone(turn.timezone).date()
    return None


async def discard(turn: Turn, import_row: WorkoutImportLog) -> None:
    """Keep a log that is not meant as nothing but its text."""
    await turn.work.imports.update(import_row.id, kind="log", status=ImportStatus.DISCARDED)


async def days_of(turn: Turn, import_row: WorkoutImportLog) -> list[str]:
    """Cut a text by the days it tells of."""
    return diaries.cut_by_days(import_row.raw_text)


async def context_now(turn: Turn) -> ReadingContext:
    """Put together what the reader needs; the exercise under way is that of the workout, or the one logged last.

    A free session can turn to another one, by a swap: then figures alone belong to that.
    """
    guide = await find_guide(turn)
    if guide is not None and guide.current is not None:
        load = LOAD.search(turn.text)
        said = None if load is None else Decimal(load[0].replace(",", "."))
        return await reading_context(turn, await meant_by_figures(turn, guide, said))
    last = await find_last_set(turn)
    current_id = None if last is None else turn.work.sets.turned_to_id or last.exercise_id
    return await reading_context(turn, None if current_id is None else await turn.work.exercises.find(current_id))


def _has_load(reading: Reading) -> bool:
    """Tell whether a load stands in it: in the middle of a session that is no plan."""
    return any(one.weight is not None for read in reading.exercises for one in read.sets)


async def may_be_done(turn: Turn, import_row: WorkoutImportLog, reading: Reading) -> Reading | None:
    """Read a one-line plan as something done, so that the user can be asked which it is."""
    done = done_instead_of_planned(import_row.raw_text, reading, await context_now(turn))
    if done is not None:
        await turn.work.imports.update(import_row.id, status=ImportStatus.PREVIEW)
    return done


async def done_or_planned(turn: Turn, import_id: UUID) -> Program | None:
    """Find a text that was asked about, done or planned, and read it again; None where that is settled."""
    row = await turn.work.imports.find(import_id)
    if row is None or row.status is not ImportStatus.PREVIEW or row.kind is not None:
        return None
    return Program(row, await read(turn, row))


async def log(turn: Turn, import_row: WorkoutImportLog, reading: Reading) -> LogOutcome:
    """Log what was read; figures typed from now on belong to it, and no longer to a set that was being edited."""
    if turn.dialogue is not None and turn.dialogue.kind in (FIGURES_DIALOGUE, set_editing.EDIT_DIALOGUE):
        await turn.work.dialogues.close(turn.chat_id)
    outcome = await log_reading(turn, import_row, reading)
    is_read_on = await model_logs.hand_over(turn, await turn.work.imports.get(import_row.id), reading)
    return replace(outcome, notes=(*outcome.notes, "reading")) if is_read_on else outcome


async def set_aside(turn: Turn, import_row: WorkoutImportLog, reading: Reading) -> UUID | None:
    """Keep a text in which there is no training, with what was made of it.

    Where a model looks at it too, the id of the message that is edited when it is done is given.
    """
    answer_id = await model_logs.hand_over_other(turn, import_row, reading)
    if answer_id is not None:
        return answer_id
    await turn.work.imports.update(
        import_row.id,
        kind="other",
        status=ImportStatus.DISCARDED,
        parsed_exercises=to_wire(reading),
        reader=reading.reader,
    )
    return None


async def find_edited(turn: Turn) -> WorkoutImportLog | None:
    """Find the import of the message that the user edited; None for one that was never read."""
    if turn.message_id is None:
        return None
    return await turn.work.imports.find_by_message(turn.chat_id, turn.message_id)


async def correct_again(turn: Turn, import_row: WorkoutImportLog) -> Correction | None:
    """Follow an edit of a correction: the old one is taken back, the new one applied. None when it is no correction."""
    rows = await amendments.sets_of(turn, import_row)
    if not rows or not await corrections.is_correction(turn, rows):
        return None
    await amendments.take_back(turn, import_row)
    import_row = await turn.work.imports.update(import_row.id, raw_text=turn.text)
    return await corrections.correct(turn, import_row, await amendments.sets_of(turn, import_row), turn.text)


async def read_again(turn: Turn, import_row: WorkoutImportLog) -> LogOutcome | NothingLeft | Program | SetAside:
    """Read an edited message anew and let its sets follow.

    Sets that the new text no longer tells of keep the text they came from, until the user says what becomes of it.
    """
    old = await turn.work.sets.of_import(import_row.id)
    before = await rereading.exercise_before(turn, import_row)
    context = await reading_context(turn, before)
    reading = await guide_words.read_edited(turn, old) or read_text(turn.text, context)
    if reading.kind == "program" and old:
        reading = done_instead_of_planned(turn.text, reading, context) or reading
    is_log = reading.kind == "log" and any(one.sets for one in reading.exercises)
    if old and not is_log:
        said = await turn.work.imports.receive(turn.text, chat_id=turn.chat_id, draft={"edit_of": str(import_row.id)})
        await turn.work.imports.update(said.id, kind="other", status=ImportStatus.DISCARDED)
        return NothingLeft(import_row.id, len(old))
    import_row = await turn.work.imports.update(import_row.id, raw_text=turn.text, lease_token=None)
    if is_log:
        return await rereading.replace_log(turn, import_row, reading)
    if reading.kind == "program":
        return Program(import_row, reading)
    return SetAside(reading, await set_aside(turn, import_row, reading))


async def correct_chosen(turn: Turn) -> tuple[WorkoutImportLog, Correction] | None:
    """Apply the correction that a button speaks of."""
    import_row = await turn.work.imports.find(UUID(turn.pressed_args["import_id"]))
    if import_row is None:
        return None
    set_ids = [UUID(one) for one in turn.pressed_args["set_ids"]]
    is_narrowing = bool(turn.pressed_args.get("is_narrowing"))
    key = turn.pressed_args.get("key")
    exercise = None if key is None else (await turn.work.exercises.find_by_keys([key])).get(key)
    if key is not None and exercise is None:
        return None
    correction = await corrections.correct_chosen(turn, import_row, set_ids, is_narrowing, exercise)
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
    told = await receive(turn)
    await turn.work.imports.update(told.id, kind="figures", status=ImportStatus.SAVED, draft={"of": str(import_id)})
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
