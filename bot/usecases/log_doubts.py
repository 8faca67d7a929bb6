"""The user answers a doubt about a log: another name, the other order, the figures, "right", "leave it out".

Every answer finds its exercise by the import and its place in the text. An answer to what has moved on is None, and the
caller says so.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from bot.usecases.log_draft import Item, LogDraft
from bot.usecases.logging_sets import Heard, LogOutcome, keep, outcome_of, store, weigh_one
from bot.usecases.questions import FIGURES_DIALOGUE, listen_for_figures, read_in_orders
from bot.usecases.reading_context import NUMBER_ORDERS, THREE_NUMBER_ORDER, reading_context
from bot.usecases.short_texts import read_text
from bot.usecases.spoken_names import spoken_name
from bot.usecases.verdicts import Mark, Question, Verdict
from parser import Confidence, LoggedExercise, Scores, Span
from parser.reading import NumberOrder, ReadSet
from storage.models import ConfidenceLevel, ImportStatus
from storage.repositories.exercises import key_of

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import Exercise, WorkoutImportLog


@dataclass(frozen=True, slots=True)
class StoredLog:
    """A log's import row and its draft."""

    row: WorkoutImportLog
    draft: LogDraft


async def find_log(turn: Turn, import_id: UUID) -> StoredLog | None:
    """Find a log that still stands: one that was undone has nothing to be answered."""
    row = await turn.work.imports.find(import_id)
    if row is None or row.draft is None or "items" not in row.draft or row.status is ImportStatus.UNDONE:
        return None
    return StoredLog(row, LogDraft.from_json(row.draft))


async def find_item(turn: Turn, import_id: UUID, index: int, state: str) -> StoredLog | None:
    """Find a log whose exercise at `index` is in the state that a button was made for."""
    log = await find_log(turn, import_id)
    if log is None or index >= len(log.draft.items) or log.draft.items[index].state != state:
        return None
    return log


async def confirm(turn: Turn, import_id: UUID, index: int) -> LogOutcome | None:
    """Take a marked exercise as right: its sets are sure now, and a name that was doubtful is learned."""
    log = await find_item(turn, import_id, index, "saved")
    if log is None:
        return None
    item = log.draft.items[index]
    if item.mark is Mark.NAME and item.exercise_id is not None:
        await learn_name(turn, log.draft.reading.exercises[index], item.exercise_id)
    await _make_sure(turn, item)
    return await _changed(turn, log, index, replace(item, mark=None))


async def choose_name(turn: Turn, import_id: UUID, index: int, key: str) -> LogOutcome | None:
    """Move the sets of a marked exercise to another one, and learn the word for it."""
    log = await find_item(turn, import_id, index, "saved")
    exercise = (await turn.work.exercises.find_by_keys([key])).get(key)
    if log is None or exercise is None:
        return None
    item = log.draft.items[index]
    await learn_name(turn, log.draft.reading.exercises[index], exercise.id)
    for row in (await turn.work.sets.get_many(item.set_ids)).values():
        if row.deleted_at is None:
            await turn.work.sets.amend(
                row.id, row.version, exercise_id=exercise.id, confidence_level=ConfidenceLevel.HIGH, read_by="user"
            )
    return await _changed(turn, log, index, replace(item, mark=None, exercise_id=exercise.id))


async def name_it(turn: Turn, import_row: WorkoutImportLog, index: int, exercise: Exercise) -> LogOutcome | None:
    """Store an exercise whose name was asked about, now that the user has told which one it is."""
    log = await find_item(turn, import_row.id, index, "asked")
    if log is None:
        return None
    read = await _read_anew(turn, log, index, exercise) or named(log.draft.reading.exercises[index], exercise)
    return await _weigh_again(turn, log, index, read, exercise)


async def _read_anew(turn: Turn, log: StoredLog, index: int, exercise: Exercise) -> LoggedExercise | None:
    """Read the text once more, now that its words are known: figures are clearer behind a known name."""
    reading = read_text(log.row.raw_text, await reading_context(turn, None))
    if len(reading.exercises) != len(log.draft.reading.exercises):
        return None
    read = reading.exercises[index]
    return read if read.key == key_of(exercise) and read.sets else None


def named(read: LoggedExercise, exercise: Exercise) -> LoggedExercise:
    """Give the exercise with a name that the user vouches for; what else is doubtful about it stays so."""
    doubts = tuple(doubt for doubt in read.doubts if doubt.kind != "name")
    confidence = read.confidence if doubts else Confidence.HIGH
    return replace(
        read,
        key=key_of(exercise),
        name=exercise.name,
        confidence=confidence,
        doubts=doubts,
        scores=Scores(1.0, read.scores.numbers),
    )


async def choose_order(turn: Turn, import_id: UUID, index: int, order: NumberOrder) -> LogOutcome | None:
    """Note how the user writes three numbers, and read every exercise that waits for it anew."""
    log = await find_item(turn, import_id, index, "asked")
    if log is None or order not in NUMBER_ORDERS:
        return None
    await turn.work.users.set_preference(THREE_NUMBER_ORDER, order)
    heard: dict[int, Heard] = {}
    for waiting in log.draft.asked:
        item = log.draft.items[waiting]
        if item.question is not Question.ORDER:
            continue
        reading = (await read_in_orders(turn, log.row.raw_text, waiting, await _exercise_of(turn, item))).get(order)
        if reading is None:
            continue
        exercise = await _exercise_of(turn, item)
        heard[waiting] = await weigh_one(turn, without_doubt(reading, "order"), exercise)
    return await _store(turn, log, heard)


def without_doubt(read: LoggedExercise, kind: str) -> LoggedExercise:
    """Give the exercise without doubts of one kind, which the user has cleared up."""
    doubts = tuple(doubt for doubt in read.doubts if doubt.kind != kind)
    confidence = Confidence.HIGH if not doubts else read.confidence
    return replace(read, doubts=doubts, confidence=confidence)


async def save_anyway(turn: Turn, import_id: UUID, index: int) -> LogOutcome | None:
    """Store what was read although it was not believed: the user says that it is so."""
    log = await find_item(turn, import_id, index, "asked")
    if log is None:
        return None
    read, exercise = log.draft.reading.exercises[index], await _exercise_of(turn, log.draft.items[index])
    heard = await weigh_one(turn, read, exercise)
    if exercise is None or not heard.performed or not all(one.says_something for one in heard.performed):
        return await _store(turn, log, {})
    return await _store(turn, log, {index: replace(heard, verdict=Verdict())})


async def read_figures(turn: Turn, log: StoredLog, index: int) -> tuple[ReadSet, ...]:
    """Read a text as bare figures for an exercise that waits for them; none where it says something else."""
    exercise = await _exercise_of(turn, log.draft.items[index])
    had = log.draft.reading.exercises[index]
    count = turn.text.strip()
    if count.isdecimal() and len(had.sets) == 1 and had.sets[0].reps is None and had.sets[0].weight is not None:
        return (replace(had.sets[0], reps=int(count), span=Span(0, 0)),)
    reading = read_text(turn.text, await reading_context(turn, exercise))
    is_bare = exercise is not None and len(reading.exercises) == 1 and reading.exercises[0].key == key_of(exercise)
    if reading.kind == "log" and is_bare and reading.exercises[0].confidence is Confidence.HIGH:
        return tuple(replace(one, span=Span(0, 0)) for one in reading.exercises[0].sets)
    return ()


async def give_figures(turn: Turn, import_id: UUID, index: int, sets: tuple[ReadSet, ...]) -> LogOutcome | None:
    """Store an exercise with the figures that the user has now written."""
    log = await find_item(turn, import_id, index, "asked")
    if log is None:
        return None
    had = log.draft.reading.exercises[index]
    told = replace(had, sets=sets, confidence=Confidence.HIGH, doubts=())
    return await _weigh_again(turn, log, index, told, await _exercise_of(turn, log.draft.items[index]))


async def leave_out(turn: Turn, import_id: UUID, index: int) -> LogOutcome | None:
    """Leave an exercise out that was asked about. Its words stay in the import."""
    log = await find_item(turn, import_id, index, "asked")
    if log is None:
        return None
    await stop_listening(turn, import_id)
    return await _changed(turn, log, index, replace(log.draft.items[index], state="left_out", question=None))


async def listen(turn: Turn, import_id: UUID, index: int) -> StoredLog | None:
    """Take the next text for the figures of this exercise."""
    log = await find_item(turn, import_id, index, "asked")
    if log is not None:
        await listen_for_figures(turn, log.row, index)
    return log


async def stop_listening(turn: Turn, import_id: UUID) -> None:
    """End the dialogue that waits for figures of this import, if it is the one that is open."""
    dialogue = await turn.work.dialogues.find(turn.chat_id)
    if dialogue is not None and dialogue.kind == FIGURES_DIALOGUE and dialogue.data["import_id"] == str(import_id):
        await turn.work.dialogues.close(turn.chat_id)


async def learn_name(turn: Turn, read: LoggedExercise, exercise_id: UUID) -> None:
    """Remember the user's word for an exercise, where there was one."""
    if words := spoken_name(read):
        await turn.work.exercises.learn_alias(words, exercise_id)


async def settle_names(turn: Turn, import_id: UUID, set_ids: Set[UUID], exercise: Exercise) -> None:
    """Note in the draft that sets went to another exercise; only a name that was in doubt teaches a word."""
    log = await find_log(turn, import_id)
    if log is None:
        return
    draft = log.draft
    for index, item in enumerate(draft.items):
        if item.set_ids and set_ids >= set(item.set_ids):
            if item.mark is Mark.NAME:
                await learn_name(turn, draft.reading.exercises[index], exercise.id)
            draft = draft.with_item(index, replace(item, exercise_id=exercise.id, mark=None))
    await keep(turn, log.row, draft)


async def _weigh_again(
    turn: Turn, log: StoredLog, index: int, read: LoggedExercise, exercise: Exercise | None
) -> LogOutcome:
    exercises = log.draft.reading.exercises
    reading = replace(log.draft.reading, exercises=(*exercises[:index], read, *exercises[index + 1 :]))
    heard = await weigh_one(turn, read, exercise)
    return await _store(turn, StoredLog(log.row, replace(log.draft, reading=reading)), {index: heard})


async def _store(turn: Turn, log: StoredLog, heard: dict[int, Heard]) -> LogOutcome:
    await stop_listening(turn, log.row.id)
    return await store(turn, log.row, log.draft, heard)


async def _changed(turn: Turn, log: StoredLog, index: int, item: Item) -> LogOutcome:
    draft = log.draft.with_item(index, item)
    await keep(turn, log.row, draft)
    return await outcome_of(turn, log.row, draft)


async def _make_sure(turn: Turn, item: Item) -> None:
    for row in (await turn.work.sets.get_many(item.set_ids)).values():
        if row.deleted_at is None and row.confidence_level is not ConfidenceLevel.HIGH:
            await turn.work.sets.amend(row.id, row.version, confidence_level=ConfidenceLevel.HIGH)


async def _exercise_of(turn: Turn, item: Item) -> Exercise | None:
    return None if item.exercise_id is None else await turn.work.exercises.find(item.exercise_id)
