"""What the user types about a program while a question is open: a new name for it, or a line written anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from bot.answers import Answers, Text, as_sequence
from bot.usecases import programs
from bot.usecases.naming import typed_name
from bot.usecases.program_draft import Draft, Place, draft_from_json
from bot.usecases.program_options import read_as_program
from bot.usecases.reading_context import reading_context
from bot.views import program_cards as cards
from parser import PrescribedExercise, UnreadLine, read_shorthand

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import WorkoutImportLog

RENAME_DIALOGUE: Final = "program_rename"
REWRITE_DIALOGUE: Final = "program_rewrite"
STAYS_OPEN: Final = timedelta(hours=3)


async def begin_rename(turn: Turn, args: Mapping[str, Any]) -> Answers:
    """Take the next text for the name of the program."""
    return await _listen(turn, args, RENAME_DIALOGUE, "program-ask-rename")


async def begin_rewrite(turn: Turn, args: Mapping[str, Any]) -> Answers:
    """Take the next text in place of an exercise, or of a line that was not read."""
    return await _listen(turn, args, REWRITE_DIALOGUE, "program-ask-rewrite")


async def _listen(turn: Turn, args: Mapping[str, Any], kind: str, question: str) -> Answers:
    row = await programs.find_open(turn, args)
    if row is None:
        return await programs.show_current(turn, UUID(args["import"]), is_stale=True)
    draft = draft_from_json(row.draft or {})
    data = {**args, "raw": _raw(draft, args)}
    await turn.work.dialogues.ask(turn.chat_id, kind, data, expires_at=turn.now + STAYS_OPEN, asked_at=turn.now)
    text = turn.messages.text(question)
    return cards.prompt(turn.messages, await programs.preview_of(turn, row, draft), text)


def _raw(draft: Draft, args: Mapping[str, Any]) -> str | None:
    """Give the text of the exercise that is to be written anew; it is found by it even when the draft changes."""
    place = Place(*args["place"]) if "place" in args else None
    return draft.item(place).read.raw if place is not None and draft.has(place) else None


async def rename(turn: Turn) -> Answers:
    """Take what was typed as the name; None where it is no name, or the program has moved on."""
    row, name = await _heard(turn), await typed_name(turn)
    if row is None or name is None:
        return None
    await turn.work.dialogues.close(turn.chat_id)
    draft = draft_from_json(row.draft or {})
    return await programs.write_below(turn, row, replace(draft, renamed=name))


async def rewrite(turn: Turn) -> Answers:
    """Read what was typed and put it in the place that was asked about; None for a whole program of its own."""
    row = await _heard(turn)
    if row is None or turn.dialogue is None:
        return None
    context = await reading_context(turn, None)
    if len(read_shorthand(turn.text, context).days) > 1:
        return None
    exercises = read_as_program(turn.text, context)
    if not exercises:
        return Text(turn.messages.text("program-rewrite-unread"))
    data = turn.dialogue.data
    await turn.work.dialogues.close(turn.chat_id)
    draft = draft_from_json(row.draft or {})
    rewritten = _rewritten(draft, data, exercises)
    if rewritten is not None:
        return await programs.write_below(turn, row, rewritten)
    return [Text(turn.messages.text("program-moved-on")), *as_sequence(await programs.write_below(turn, row, draft))]


def _rewritten(draft: Draft, data: Mapping[str, Any], exercises: Sequence[PrescribedExercise]) -> Draft | None:
    """Put the exercises in every place that the question was about; None where what was there has gone meanwhile."""
    if "place" in data:
        same = [place for place, item in draft.items if item.read.raw == data["raw"]]
        asked = [place for place in same if list(place) in data["places"]] or same[:1]
        for place in reversed(asked):  # From the end, as one exercise may become several.
            draft = draft.rewrite(place, exercises)
        return draft if asked else None
    line = next((one for one in draft.unread if one.line == data["line"]), UnreadLine(data["line"], ""))
    return draft.insert_for_line(line, exercises)


async def _heard(turn: Turn) -> WorkoutImportLog | None:
    """Find the program that the open question is about; a question about one that is finished is closed."""
    if turn.dialogue is None:
        return None
    row = await programs.find_unfinished(turn, UUID(turn.dialogue.data["import"]))
    if row is None:
        await turn.work.dialogues.close(turn.chat_id)
    return row
