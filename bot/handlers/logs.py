"""The buttons under a log and under the questions about one."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from telegram import Update

from bot.answers import Answer, Answers, Edit, Text, Toast, as_sequence
from bot.context import Context
from bot.turn import Turn
from bot.usecases import exercise_picker, incoming, log_doubts, model_logs, repeating, set_editing, undoing
from bot.usecases.history import recent_exercises
from bot.usecases.log_doubts import find_log
from bot.usecases.logging_sets import LogOutcome, outcome_of
from bot.usecases.spoken_names import spoken_name
from bot.usecases.undoing import Undone
from bot.usecases.verdicts import Question
from bot.views import edits, logged, undone
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
        row = await turn.work.imports.get(outcome.import_id)
        return list(as_sequence(await exercise_picker.ask(turn, row, ["exercises", asked.index])))
    recent = await recent_exercises(turn) if asked.question is Question.NAME else ()
    text, keyboard = logged.question(turn.messages, str(outcome.import_id), asked, recent)
    return [Text(text, keyboard, about={"import_id": str(outcome.import_id), "item": asked.index})]


async def confirm(update: Update, context: Context) -> Answers:
    turn = context.turn
    return _shown_again(turn, await log_doubts.confirm(turn, *_item(turn)))


async def choose_name(update: Update, context: Context) -> Answers:
    turn = context.turn
    outcome = await log_doubts.choose_name(turn, *_item(turn), turn.pressed_args["key"])
    return _shown_again(turn, outcome)


async def choose_order(update: Update, context: Context) -> Answers:
    turn = context.turn
    outcome = await log_doubts.choose_order(turn, *_item(turn), turn.pressed_args["order"])
    return await answered(turn, outcome, _item(turn)[1])


async def save_anyway(update: Update, context: Context) -> Answers:
    turn = context.turn
    outcome = await log_doubts.save_anyway(turn, *_item(turn))
    return await answered(turn, outcome, _item(turn)[1])


async def leave_out(update: Update, context: Context) -> Answers:
    turn = context.turn
    outcome = await log_doubts.leave_out(turn, *_item(turn))
    return await answered(turn, outcome, _item(turn)[1])


async def type_figures(update: Update, context: Context) -> Answers:
    turn = context.turn
    log = await log_doubts.listen(turn, *_item(turn))
    if log is None:
        return logged.moved_on(turn.messages)
    return Text(turn.messages.text("ask-figures-again"))


async def again(update: Update, context: Context) -> Answers:
    turn = context.turn
    outcome = await repeating.repeat(turn, UUID(turn.pressed_args["set_id"]))
    return logged.moved_on(turn.messages) if outcome is None else await answers_of(turn, outcome)


async def undo(update: Update, context: Context) -> Answers:
    turn = context.turn
    result = await undoing.undo(turn, UUID(turn.pressed_args["import_id"]))
    if result is None:
        return Toast(turn.messages.label("undo-done-already"))
    return [*await _mended_by(turn, result), undone.in_place(turn.messages, result)]


async def _mended_by(turn: Turn, result: Undone) -> list[Answer]:
    """Bring the answers up to date that still show what was taken back by another message."""
    answers = [answer for import_id in result.mended for answer in await mended(turn, import_id)]
    pressed = None if turn.press is None else turn.press.message_row_id
    if result.answer_id not in (None, pressed) and await turn.work.outbox.find(result.answer_id):
        answers.append(undone.in_place(turn.messages, result, of=result.answer_id))
    return answers


async def undo_newest(update: Update, context: Context) -> Answers:
    """/undo"""
    turn = context.turn
    result = await undoing.undo_newest(turn)
    if result is None:
        return Text(turn.messages.text("undo-nothing"))
    return [*await _mended_by(turn, result), undone.told(turn.messages, result)]


async def keep(update: Update, context: Context) -> Answers:
    """Leave the sets of a message that was edited into nothing."""
    return Edit(context.turn.messages.text("edit-kept"))


async def restore(update: Update, context: Context) -> Answers:
    turn = context.turn
    import_id = UUID(turn.pressed_args["import_id"])
    row = await undoing.restore(turn, import_id)
    log = await find_log(turn, import_id) if row is not None else None
    if log is None:
        return Toast(turn.messages.label("restore-done-already"))
    return edit_of(logged.answer(turn.messages, await outcome_of(turn, log.row, log.draft)))


async def choose_asked_name(update: Update, context: Context) -> Answers:
    """Take one of the exercises trained lately for figures that came without a name."""
    turn = context.turn
    import_id, index = _item(turn)
    row = await turn.work.imports.get(import_id)
    key = turn.pressed_args["key"]
    exercise = (await turn.work.exercises.find_by_keys([key])).get(key)
    outcome = None if exercise is None else await log_doubts.name_it(turn, row, index, exercise)
    return await answered(turn, outcome, index)


async def delete_set(update: Update, context: Context) -> Answers:
    turn = context.turn
    set_id = UUID(turn.pressed_args["set_id"])
    lines = await set_editing.remove(turn, set_id)
    if not lines:
        return logged.moved_on(turn.messages)
    return [*await _mended_with(turn, set_id), edits.removed(turn.messages, lines, str(set_id))]


async def put_back(update: Update, context: Context) -> Answers:
    turn = context.turn
    set_id = UUID(turn.pressed_args["set_id"])
    lines = await set_editing.put_back(turn, set_id)
    if not lines:
        return Toast(turn.messages.label("restore-done-already"))
    return [*await _mended_with(turn, set_id), edits.ended(turn.messages, lines)]


async def edit(update: Update, context: Context) -> Answers:
    """Show the buttons that change a set."""
    turn = context.turn
    choice = await set_editing.begin(turn, [UUID(one) for one in turn.pressed_args["set_ids"]])
    return logged.moved_on(turn.messages) if choice is None else edits.ask(turn.messages, choice)


async def choose_set(update: Update, context: Context) -> Answers:
    turn = context.turn
    choice = await set_editing.begin(turn, [UUID(turn.pressed_args["set_id"])])
    if choice is None:
        return logged.moved_on(turn.messages)
    return edit_of(edits.ask(turn.messages, choice))


async def change_set(update: Update, context: Context) -> Answers:
    """Change one figure of a set by a button: one repetition more, a step less, a warm-up."""
    turn = context.turn
    choice = await set_editing.step(turn, UUID(turn.pressed_args["set_id"]), turn.pressed_args["step"])
    if choice is None:
        return logged.moved_on(turn.messages)
    return edit_of(edits.ask(turn.messages, choice))


async def end_edit(update: Update, context: Context) -> Answers:
    """Close the buttons that change a set, and show what the set is now."""
    turn = context.turn
    set_id = UUID(turn.pressed_args["set_id"])
    lines = await set_editing.end(turn, set_id)
    return [*await _mended_with(turn, set_id), edits.ended(turn.messages, lines)]


async def _mended_with(turn: Turn, set_id: UUID) -> list[Answer]:
    """Bring the answer up to date that told of this set."""
    row = await turn.work.sets.find(set_id)
    return [] if row is None or row.import_id is None else await mended(turn, row.import_id)


def _item(turn: Turn) -> tuple[UUID, int]:
    return UUID(turn.pressed_args["import_id"]), int(turn.pressed_args["item"])


def edit_of(text: Text) -> Edit:
    return Edit(text.text, text.keyboard, text.about)


def _shown_again(turn: Turn, outcome: LogOutcome | None) -> Answers:
    """Show the answer to a log as it stands after a doubt about it was cleared up."""
    if outcome is None:
        return logged.moved_on(turn.messages)
    return edit_of(logged.answer(turn.messages, outcome))


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


async def mended(turn: Turn, import_id: UUID) -> list[Answer]:
    """Bring the answer that told of a log up to date, in its place."""
    log = await find_log(turn, import_id)
    if log is None or log.draft.answer_id is None or not log.draft.set_ids:
        return []
    answer = logged.answer(turn.messages, await outcome_of(turn, log.row, log.draft))
    return [Edit(answer.text, answer.keyboard, answer.about, of=log.draft.answer_id)]


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


async def figures_told(turn: Turn) -> Answers:
    """Take the next text for the figures of an exercise that was asked about."""
    dialogue = turn.dialogue
    outcome = await incoming.figures_told(turn)
    return None if outcome is None or dialogue is None else await answered(turn, outcome, int(dialogue.data["item"]))


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
    if outcome is None:
        return Edit(turn.messages.text("unread-by-model"), of=answer_id)
    if not logged.says_something(outcome):
        return None
    answer = logged.answer(turn.messages, outcome)
    return Edit(answer.text, answer.keyboard, answer.about, of=answer_id)
