"""What is answered to a log as it stands: lines, doubts, the next question; and older answers brought up to date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from bot.answers import Answer, Answers, Edit, Text
from bot.markup import lines
from bot.usecases import log_doubts, model_logs
from bot.usecases.exercise_questions import Choice, Path, args_of, find_subject
from bot.usecases.history import recent_exercises
from bot.usecases.log_doubts import find_item, find_log
from bot.usecases.logging_sets import LogOutcome, outcome_of
from bot.usecases.model_queue import DAILY_LIMIT
from bot.usecases.spoken_names import spoken_name
from bot.usecases.verdicts import Question
from bot.views import logged, picker, undone

if TYPE_CHECKING:
    from bot.turn import Turn
    from bot.usecases.undoing import Undone
    from parser import Reading
    from storage.models import WorkoutImportLog


async def answers_of(turn: Turn, outcome: LogOutcome) -> list[Answer]:
    """Answer a text that was read as a log: what was stored, and the question that is next."""
    said: list[Answer] = [logged.answer(turn.messages, outcome)] if logged.says_something(outcome) else []
    return said + await question_of(turn, outcome)


async def question_of(turn: Turn, outcome: LogOutcome) -> list[Answer]:
    """Ask what is to be asked next, if anything."""
    asked = outcome.question
    if asked is None:
        return []
    if asked.question is Question.NAME and spoken_name(asked.read):
        return [await _which_exercise(turn, outcome.import_id, ["exercises", asked.index])]
    recent = await recent_exercises(turn) if asked.question is Question.NAME else ()
    text, keyboard = logged.question(turn.messages, str(outcome.import_id), asked, recent)
    return [Text(text, keyboard, about={"import_id": str(outcome.import_id), "item": asked.index})]


async def _which_exercise(turn: Turn, import_id: UUID, path: Path) -> Answer:
    row = await turn.work.imports.get(import_id)
    return picker.question(turn.messages, await find_subject(turn, row, path), args_of(row, path))


def edit_of(text: Text) -> Edit:
    return Edit(text.text, text.keyboard, text.about)


def shown_again(turn: Turn, outcome: LogOutcome | None) -> Answers:
    """Show the answer to a log as it stands after a doubt about it was cleared up."""
    if outcome is None:
        return logged.moved_on(turn.messages)
    return edit_of(logged.answer(turn.messages, outcome))


async def stored_as_it_is(turn: Turn, import_id: UUID, index: int) -> Answers:
    """Show how an exercise stands that is stored already; None where it is still asked about."""
    log = await find_item(turn, import_id, index, "saved")
    return None if log is None else await renamed(turn, await outcome_of(turn, log.row, log.draft), index)


async def renamed(turn: Turn, outcome: LogOutcome | None, index: int) -> Answers:
    """Show a stored exercise under the name it has now: where it was asked for, and in the answer that told of it."""
    if outcome is None:
        return logged.moved_on(turn.messages)
    if turn.press is not None and turn.press.message_row_id == outcome.draft.answer_id:
        return shown_again(turn, outcome)
    shown = edit_of(logged.answer_to_one(turn.messages, outcome, index))
    return [shown, *await mended(turn, outcome.import_id)]


async def answered(turn: Turn, outcome: LogOutcome | None, index: int) -> Answers:
    """Put the result in the place of the question, and ask the next one below it."""
    if outcome is None:
        return logged.moved_on(turn.messages)
    if outcome.draft.items[index].state == "asked":
        asked_next = await question_of(turn, outcome)
        return in_place(asked_next) if turn.press is not None else asked_next
    result = logged.answer_to_one(turn.messages, outcome, index)
    shown: Answer = edit_of(result) if turn.press is not None else result
    return [shown, *await question_of(turn, outcome)]


async def resolve_doubt(turn: Turn, import_row: WorkoutImportLog, item_path: Path, choice: Choice) -> Answers:
    """Take the exercise that the user chose for a name that was asked about, or leave it out.

    The answer takes the place of its question. What is stored already goes to the exercise that was chosen.
    """
    index = int(item_path[1])
    if await find_item(turn, import_row.id, index, "saved") and choice.key is not None:
        return await renamed(turn, await log_doubts.choose_name(turn, import_row.id, index, choice.key), index)
    if choice.exercise_id is None:
        outcome = await log_doubts.leave_out(turn, import_row.id, index)
    else:
        exercise = await turn.work.exercises.get(choice.exercise_id)
        outcome = await log_doubts.name_it(turn, import_row, index, exercise)
    return await answered(turn, outcome, index)


async def mended(turn: Turn, import_id: UUID) -> list[Answer]:
    """Bring the answer that told of a log up to date, in its place."""
    log = await find_log(turn, import_id)
    if log is None or log.draft.answer_id is None or not log.draft.set_ids:
        return []
    if await turn.work.outbox.find(log.draft.answer_id) is None:
        return []
    answer = logged.answer(turn.messages, await outcome_of(turn, log.row, log.draft))
    return [Edit(answer.text, answer.keyboard, answer.about, of=log.draft.answer_id)]


async def mended_with(turn: Turn, set_id: UUID) -> list[Answer]:
    """Bring the answer up to date that told of this set."""
    row = await turn.work.sets.find(set_id)
    return [] if row is None or row.import_id is None else await mended(turn, row.import_id)


async def shown_anew(turn: Turn, outcome: LogOutcome) -> Answers:
    """Show an edited log in the place of its earlier answer, and ask what the edit left open."""
    answer = logged.answer(turn.messages, outcome)
    if outcome.draft.answer_id is None or not await turn.work.outbox.find(outcome.draft.answer_id):
        return await answers_of(turn, outcome)
    edited = Edit(answer.text, answer.keyboard, answer.about, of=outcome.draft.answer_id)
    return [edited, *await question_of(turn, outcome)]


def in_place(answers: Sequence[Answer]) -> list[Answer]:
    """Show the last of these texts in the place of the message whose button was pressed."""
    return [*answers[:-1], *(edit_of(one) if isinstance(one, Text) else one for one in answers[-1:])]


async def model_has_read(turn: Turn, import_row: WorkoutImportLog, reading: Reading) -> Answers:
    """Edit the answer when a model has read what shorthand could not."""
    if reading.kind != "log" or not reading.exercises:
        return await model_has_failed(turn, import_row)
    answer_id = model_logs.answer_id_of(import_row)
    outcome = await model_logs.take(turn, import_row, reading)
    answer = logged.answer(turn.messages, outcome)
    shown: Answer = answer if answer_id is None else Edit(answer.text, answer.keyboard, answer.about, of=answer_id)
    return [shown, *await question_of(turn, outcome)]


async def model_has_failed(turn: Turn, import_row: WorkoutImportLog) -> Answers:
    """Take back the promise that more would be read."""
    answer_id = model_logs.answer_id_of(import_row)
    outcome = await model_logs.go_on_without(turn, import_row)
    if answer_id is None:
        return None
    why = [turn.messages.text("log-note-daily_limit")] if import_row.error == DAILY_LIMIT else []
    if outcome is None:
        return Edit(lines(turn.messages.text("unread-by-model"), *why), of=answer_id)
    if why:
        outcome = replace(outcome, notes=(*outcome.notes, DAILY_LIMIT))
    if not logged.says_something(outcome):
        return None
    answer = logged.answer(turn.messages, outcome)
    return Edit(answer.text, answer.keyboard, answer.about, of=answer_id)


async def mended_by(turn: Turn, result: Undone) -> list[Answer]:
    """Bring the answers up to date that still show what was taken back by another message."""
    answers = [answer for import_id in result.mended for answer in await mended(turn, import_id)]
    pressed = None if turn.press is None else turn.press.message_row_id
    if result.answer_id not in (None, pressed) and await turn.work.outbox.find(result.answer_id):
        answers.append(undone.in_place(turn.messages, result, of=result.answer_id))
    return answers


async def undone_by_text(turn: Turn, result: Undone) -> list[Answer]:
    """Say what a text took back, and show it in the answer that told of it."""
    return [*await mended_by(turn, result), undone.told(turn.messages, result)]
