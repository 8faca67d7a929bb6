"""Choosing the exercise that a name means: candidates, a search, one of the user's own, or leaving it out.

Logs and programs ask in the same way. Which of the two takes the choice is told by the kind of the import.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from bot.answers import Answers, Toast
from bot.usecases import log_answers, programs
from bot.usecases.exercise_questions import Choice, Path, args_of, find_open, find_subject, path_of, place_of, words_of
from bot.usecases.own_exercises import create_own, measure_of
from bot.usecases.program_doubts import places_with_words
from bot.usecases.program_draft import draft_from_json
from bot.usecases.reading_context import vocabulary_of
from bot.views import picker as view
from parser import reading_from_json

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import WorkoutImportLog

SEARCH_DIALOGUE: Final = "picker_search"
SEARCH_STAYS_OPEN: Final = timedelta(hours=3)
MOST_FOUND: Final = 8
SETS: Final = re.compile(r"\d\s*(?:[x×х*]|на|по|kg|lb|кг)\s*\d?", re.IGNORECASE)


async def choose(turn: Turn, args: Mapping[str, Any]) -> Answers:
    """Take one of the exercises that were offered, and learn what the user calls it."""
    import_row = await find_open(turn, args)
    if import_row is None:
        return await moved_on(turn, args)
    rows = await turn.work.exercises.find_by_keys([args["key"]])
    exercise = rows.get(args["key"])
    if exercise is None:
        return Toast(turn.messages.label("picker-exercise-gone"))
    words, _, _ = words_of(import_row, args["path"])
    is_learned = bool(words) and words.casefold() != exercise.name.casefold()
    if is_learned:
        await turn.work.exercises.learn_alias(words, exercise.id)
    return await _resolve(turn, import_row, args["path"], Choice(exercise.id, exercise.name, is_learned, args["key"]))


async def leave_out(turn: Turn, args: Mapping[str, Any]) -> Answers:
    """Leave the exercise out; its text stays in the import."""
    import_row = await find_open(turn, args)
    if import_row is None:
        return await moved_on(turn, args)
    return await _resolve(turn, import_row, args["path"], Choice())


async def ask_muscle(turn: Turn, args: Mapping[str, Any]) -> Answers:
    """Ask what an exercise of the user's own trains most: nobody else can know."""
    import_row = await find_open(turn, args)
    if import_row is None:
        return await moved_on(turn, args)
    words, raw, _ = words_of(import_row, args["path"])
    return view.ask_muscle(turn.messages, words or raw, args_of(import_row, args["path"]))


async def keep_as_own(turn: Turn, args: Mapping[str, Any]) -> Answers:
    """Keep the exercise under the words it was written in, as one of the user's own."""
    import_row = await find_open(turn, args)
    if import_row is None:
        return await moved_on(turn, args)
    words, raw, _ = words_of(import_row, args["path"])
    name, muscle = words or raw, args["muscle"]
    if import_row.kind == "program":
        return await _resolve(turn, import_row, args["path"], Choice(own_name=name, own_muscle=muscle))
    own = await create_own(turn.work, name, (muscle,), _measure_of(import_row, args["path"]))
    return await _resolve(turn, import_row, args["path"], Choice(own.id, own.name, False, str(own.id)))


def _measure_of(import_row: WorkoutImportLog, path: Path) -> str:
    return measure_of(reading_from_json((import_row.draft or {})["reading"]).exercises[int(path[1])].sets)


async def begin_search(turn: Turn, args: Mapping[str, Any]) -> Answers:
    """Take the next text as words to look for."""
    import_row = await find_open(turn, args)
    if import_row is None:
        return await moved_on(turn, args)
    words, raw, _ = words_of(import_row, args["path"])
    data = {**args_of(import_row, args["path"]), "words": words}
    await turn.work.dialogues.ask(
        turn.chat_id, SEARCH_DIALOGUE, data, expires_at=turn.now + SEARCH_STAYS_OPEN, asked_at=turn.now
    )
    return view.ask_for_search(turn.messages, words or raw, data)


async def search(turn: Turn) -> Answers:
    """Answer what was typed to search for; None where the question has moved on and the text is like any other."""
    dialogue = turn.dialogue
    if dialogue is None:
        return None
    import_row, path = await _find_again(turn, dialogue.data)
    if import_row is None:
        await turn.work.dialogues.close(turn.chat_id)
        return None
    if is_program_or_log(turn.text):
        return None
    found = (await vocabulary_of(turn)).search(turn.text, MOST_FOUND)
    if found:
        await turn.work.dialogues.close(turn.chat_id)
    words, raw, _ = words_of(import_row, path)
    args = args_of(import_row, path)
    return view.found(turn.messages, words or raw, turn.text.strip(), found, args)


async def _find_again(turn: Turn, data: Mapping[str, Any]) -> tuple[WorkoutImportLog | None, Path]:
    """Find what is searched for, also where a model has read on meanwhile: then by the words that the user wrote."""
    path: Path = data["path"]
    import_row = await find_open(turn, data)
    if import_row is not None or path[0] == "exercises":
        return import_row, path
    row = await turn.work.imports.find(UUID(data["import"]))
    if row is None or row.draft is None or str(row.status) not in ("preview", "reading"):
        return None, path
    places = places_with_words(draft_from_json(row.draft), data["words"])
    return (row, path_of(places[0])) if places else (None, path)


def is_program_or_log(text: str) -> bool:
    """Tell whether a text is more than a name to search for: sets and several lines have no place in one."""
    return "\n" in text.strip() or SETS.search(text) is not None


async def cancel(turn: Turn, args: Mapping[str, Any]) -> Answers:
    """Go back from the search or the muscles to the question itself."""
    if turn.dialogue is not None and turn.dialogue.kind == SEARCH_DIALOGUE:
        await turn.work.dialogues.close(turn.chat_id)
    import_row = await find_open(turn, args)
    if import_row is None:
        return await moved_on(turn, args)
    if import_row.kind == "program":
        return await programs.show_question(turn, import_row, place_of(args["path"]))
    if (stored := await log_answers.stored_as_it_is(turn, import_row.id, int(args["path"][1]))) is not None:
        return stored
    subject = await find_subject(turn, import_row, args["path"])
    return view.question_again(turn.messages, subject, args_of(import_row, args["path"]))


async def moved_on(turn: Turn, args: Mapping[str, Any]) -> Answers:
    """Say that the button is of an earlier state, and show the present one."""
    return await programs.show_current(turn, UUID(args["import"]), is_stale=True)


async def _resolve(turn: Turn, import_row: WorkoutImportLog, path: Path, choice: Choice) -> Answers:
    resolve = programs.resolve_doubt if import_row.kind == "program" else log_answers.resolve_doubt
    return await resolve(turn, import_row, path, choice)
