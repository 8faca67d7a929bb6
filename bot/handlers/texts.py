"""A text, new or edited: for the question that is open, for the set before it, or to be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import UUID

from telegram import Update

from bot.answers import Answer, Answers, Edit, Text, as_sequence
from bot.coached import for_athlete
from bot.context import Context
from bot.handlers import sessions
from bot.turn import Turn
from bot.usecases import (
    amendments,
    corrections,
    diaries,
    floods,
    guide_words,
    incoming,
    log_answers,
    pastes,
    plan_typing,
    programs,
    repeating,
    set_counts,
    undoing,
)
from bot.usecases.corrections import Corrected, Correction, UnclearNumber, UnknownName, WhichSet
from bot.usecases.guide import is_waiting
from bot.usecases.reading_context import unit_of
from bot.views import corrected, limits, logged, unread
from parser import Reading
from storage.models import WorkoutImportLog
from storage.repositories.coached import FOR

WITHOUT_SLASH = ("done", "undo", "history", "records", "today", "plans", "help", "settings", "units")
"""Commands that are understood without their slash, when they are all that is written."""
WITH_FIGURES = re.compile(r"(?P<name>plates \d|(?:tm|next) [^\W\d])[^\n]*\d[^\n]*", re.IGNORECASE)
"""Commands with a load behind them that are understood without their slash: "next bench 82.5", "plates 102.5"."""


async def read(update: Update, context: Context) -> Answers:
    """Answer a new text. A session that has been idle is closed first, so that a set opens its own."""
    turn = context.turn
    wanted = "undo" if undoing.says_undo(turn.text) else turn.text.strip().casefold()
    named = next((one for one in turn.services.commands if one.name == wanted), None)
    if wanted == "done" and await is_waiting(turn):
        named = None  # the set is done, and not the workout
    if named is not None and named.name in WITHOUT_SLASH:
        return await named.handler(update, context)
    if spoken := WITH_FIGURES.fullmatch(turn.text.strip()):
        name = spoken["name"].partition(" ")[0].casefold()
        return await next(one for one in turn.services.commands if one.name == name).handler(update, context)
    return [*await sessions.closed_before(turn), *as_sequence(await _answer(turn))]


async def _answer(turn: Turn) -> Answers:
    first = await pastes.find_beginning(turn)
    if first is not None:
        joined, told = await pastes.join(turn, first)
        moved: list[Answer] = [Edit(turn.messages.text("paste-moved-below"), of=shown) for shown in told]
        return [*moved, *await answer_pieces(turn, joined)]
    if turn.dialogue is not None and turn.dialogue.kind in turn.services.dialogues:
        answering = turn.services.dialogues[turn.dialogue.kind]
        athlete = turn.dialogue.data.get(FOR)
        answers = await answering(turn) if athlete is None else await for_athlete(turn, UUID(athlete), answering)
        if answers is not None:
            return answers
    import_row = await incoming.receive(turn)
    replied = await turn.find_replied()
    if replied is not None and replied.about:
        undone = await undoing.undo_by_reply(turn, import_row, replied.about)
        if undone is not None:
            return await log_answers.undone_by_text(turn, undone)
        correction = await corrections.correct_by_reply(turn, import_row, replied.about)
        if correction is not None:
            return await answer_correction(turn, import_row, correction)
    guided = await guide_words.answer(turn, import_row)
    if guided is not None:
        return guided
    asked = await set_counts.ask(turn, import_row)
    if asked is not None:
        return asked
    followed = await repeating.follow(turn, import_row)
    if followed is not None:
        return await log_answers.answers_of(turn, followed)
    correction = await corrections.correct_last(turn, import_row)
    if correction is not None:
        return await answer_correction(turn, import_row, correction)
    return await answer_reading(turn, import_row)


async def answer_pieces(turn: Turn, rows: Sequence[WorkoutImportLog]) -> list[Answer]:
    """Read a text that may have been too long for one."""
    answers = [answer for row in rows for answer in as_sequence(await answer_reading(turn, row))]
    return [limits.in_pieces(turn.messages, len(rows)), *answers] if len(rows) > 1 else answers


async def read_kept(update: Update, context: Context) -> Answers:
    """Read what was kept unread in a flood."""
    turn = context.turn
    rows, has_more = await floods.read_kept(turn)
    if not rows:
        return limits.nothing_kept(turn.messages)
    answers = await answer_pieces(turn, rows)
    return [*answers, limits.more_kept(turn.messages)] if has_more else answers


async def answer_reading(turn: Turn, import_row: WorkoutImportLog) -> Answers:
    """Read a text that stands for itself, and answer by what it is."""
    reading = await incoming.read(turn, import_row)
    if reading.kind == "log":
        before = await incoming.logged_before(turn, import_row)
        if before is not None:
            return unread.logged_before(turn.messages, str(import_row.id), before)
        return await _answer_log(turn, import_row, reading)
    if reading.kind == "program":
        done = await incoming.may_be_done(turn, import_row, reading)
        if done is not None:
            return unread.done_or_planned(turn.messages, str(import_row.id), done, unit_of(turn.user))
        return await programs.start_preview(turn, import_row, reading)
    answer_id = await incoming.set_aside(turn, import_row, reading)
    return unread.answer(turn.messages, reading, answer_id)


async def _answer_log(turn: Turn, import_row: WorkoutImportLog, reading: Reading) -> list[Answer]:
    """Answer a log; one of several days with a message a day."""
    parts = await incoming.days_of(turn, import_row)
    if len(parts) < 2:
        return await log_answers.answers_of(turn, await incoming.log(turn, import_row, reading))
    outcomes = await diaries.log_days(turn, import_row, parts)
    return [answer for outcome in outcomes for answer in await log_answers.answers_of(turn, outcome)]


async def done_after_all(update: Update, context: Context) -> Answers:
    """Log a line that might have been a plan."""
    turn = context.turn
    asked = await incoming.done_or_planned(turn, UUID(turn.pressed_args["import_id"]))
    if asked is None:
        return logged.moved_on(turn.messages)
    is_log = asked.reading.kind == "log"
    done = asked.reading if is_log else await incoming.may_be_done(turn, asked.import_row, asked.reading)
    if done is None:
        return logged.moved_on(turn.messages)
    return log_answers.in_place(await _answer_log(turn, asked.import_row, done))


async def leave_unlogged(update: Update, context: Context) -> Answers:
    """Leave a diary that was logged before as it is."""
    turn = context.turn
    asked = await incoming.done_or_planned(turn, UUID(turn.pressed_args["import_id"]))
    if asked is None:
        return logged.moved_on(turn.messages)
    await incoming.discard(turn, asked.import_row)
    return Edit(turn.messages.text("logged-before-left"))


async def planned_after_all(update: Update, context: Context) -> Answers:
    """Preview a line as a plan that might have been a log."""
    turn = context.turn
    asked = await incoming.done_or_planned(turn, UUID(turn.pressed_args["import_id"]))
    if asked is None:
        return logged.moved_on(turn.messages)
    return await programs.start_preview(turn, asked.import_row, asked.reading)


async def answer_correction(turn: Turn, import_row: WorkoutImportLog, correction: Correction) -> Answers:
    """Say what was corrected, and mend the answers that still show the old figures."""
    if isinstance(correction, WhichSet):
        return corrected.which(turn.messages, correction, str(import_row.id))
    if isinstance(correction, UnknownName):
        return corrected.unknown_name(turn.messages, correction, str(import_row.id))
    if isinstance(correction, UnclearNumber):
        return corrected.unclear(turn.messages, correction)
    if not isinstance(correction, Corrected):
        return await log_answers.answers_of(turn, correction)
    mended: list[Answer] = []
    for import_id in correction.import_ids:
        mended += await log_answers.mended(turn, import_id)
    return [*mended, corrected.done(turn.messages, correction, str(import_row.id))]


async def read_again(update: Update, context: Context) -> Answers:
    """Follow an edit of the user's own message."""
    turn = context.turn
    edited = await incoming.find_edited(turn)
    if edited is None:
        return await _answer(turn)
    if edited.raw_text == turn.text:
        return None
    if edited.kind == floods.KIND:
        await floods.change(turn, edited)
        return None
    if edited.kind == pastes.KIND:
        return Text(turn.messages.text("edit-of-part"))
    if edited.kind == diaries.KIND:
        return Text(turn.messages.text("edit-of-diary"))
    if edited.kind == plan_typing.KIND:
        return Text(turn.messages.text("editing-of-plan-edit"))
    if edited.kind == amendments.KIND:
        correction = await incoming.correct_again(turn, edited)
        if correction is not None:
            return await answer_correction(turn, edited, correction)
        return [*await _without_correction(turn, edited), *as_sequence(await _follow_edit(turn, edited))]
    return await _follow_edit(turn, edited)


async def _without_correction(turn: Turn, edited: WorkoutImportLog) -> list[Answer]:
    """Take back a correction whose text was edited into something else, and mend the answers that show it."""
    undone = await undoing.undo(turn, edited.id)
    return [] if undone is None else await log_answers.mended_by(turn, undone)


async def _follow_edit(turn: Turn, edited: WorkoutImportLog) -> Answers:
    outcome = await incoming.read_again(turn, edited)
    if isinstance(outcome, incoming.NothingLeft):
        return corrected.nothing_left(turn.messages, outcome)
    if isinstance(outcome, incoming.Program):
        return await programs.start_preview(turn, outcome.import_row, outcome.reading)
    if isinstance(outcome, incoming.SetAside):
        return unread.answer(turn.messages, outcome.reading, outcome.answer_id)
    return await log_answers.shown_anew(turn, outcome)


async def choose_corrected(update: Update, context: Context) -> Answers:
    """Apply a correction to the set that was chosen, or to all of them."""
    turn = context.turn
    result = await incoming.correct_chosen(turn)
    if result is None:
        return logged.moved_on(turn.messages)
    import_row, correction = result
    return log_answers.in_place(as_sequence(await answer_correction(turn, import_row, correction)))


async def edit_told(turn: Turn) -> Answers:
    """Take the next text for what an edited set should have been."""
    told = await incoming.edit_told(turn)
    return None if told is None else await answer_correction(turn, *told)
