"""The preview of a program: shown at once, changed button by button, and each change kept in the import's row.

A button carries the version of the draft it was made for. One that comes late says so and shows the present state.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from uuid_utils.compat import uuid7

from bot.answers import Answer, Answers, Edit, Text, Toast
from bot.usecases import model_queue, pastes
from bot.usecases.exercise_questions import Choice, Path, find_subject, path_of, place_of
from bot.usecases.program_doubts import Question, places_with_words, questions, typed_words
from bot.usecases.program_draft import (
    Decision,
    Draft,
    Figures,
    Place,
    draft_from_json,
    draft_of,
    draft_to_json,
)
from bot.usecases.program_kit import lacks_of
from bot.usecases.program_options import options_of, orders_of
from bot.usecases.program_titles import titled
from bot.usecases.reading_context import unit_of
from bot.views import program_cards as cards
from bot.views import program_preview as view
from parser import Reading, to_wire
from storage.models import ImportStatus, WorkoutImportLog

if TYPE_CHECKING:
    from bot.turn import Turn

OPEN = (ImportStatus.PREVIEW, ImportStatus.READING)


async def start_preview(turn: Turn, import_row: WorkoutImportLog, reading: Reading) -> Answers:
    """Show what was read of a program, and have a model read the rest where there is one and it is needed."""
    message_id, older = uuid7(), _message_of(import_row)
    waits = model_queue.is_wanted(turn, reading, import_row.raw_text)
    renamed = (import_row.draft or {}).get("renamed")
    draft = titled(turn, draft_of(reading), import_row.raw_text)
    draft = replace(draft, renamed=renamed, waits_for_model=waits, message_id=message_id)
    row = await turn.work.imports.update(
        import_row.id,
        kind="program",
        status=ImportStatus.READING if waits else ImportStatus.PREVIEW,
        parsed_exercises=to_wire(reading),
        confidence_scores=scores_of(reading),
        draft={**pastes.still_beginning(import_row), **draft_to_json(draft)},
        reader=reading.reader,
        attempts=0,
        lease_until=None,
    )
    if waits:
        turn.wake_worker()
    shown: list[Answer] = [await preview_message(turn, row, draft, message_id)]
    if older is not None:
        shown.insert(0, Edit(turn.messages.text("program-moved-below"), of=older))
    return shown


def _message_of(import_row: WorkoutImportLog) -> UUID | None:
    """Find the preview that this text has already: the text was edited since."""
    shown = (import_row.draft or {}).get("message_id") if import_row.status in OPEN else None
    return None if shown is None else UUID(shown)


def scores_of(reading: Reading) -> dict[str, Any]:
    """Sum up how sure the reading is, exercise by exercise."""
    read = reading.prescribed or reading.exercises
    return {
        "exercises": [
            {
                "raw": one.raw,
                "name": one.scores.name,
                "numbers": one.scores.numbers,
                "confidence": one.confidence.value,
            }
            for one in read
        ],
        "unread": len(reading.unread),
    }


async def preview_of(turn: Turn, row: WorkoutImportLog, draft: Draft, page: int = 0, asked: int = 0) -> view.Preview:
    has_model, lacks = model_queue.has_model(turn), await lacks_of(turn, draft)
    return view.Preview(str(row.id), row.version, draft, unit_of(turn.user), has_model, page, asked, lacks)


async def preview_message(turn: Turn, row: WorkoutImportLog, draft: Draft, message_id: UUID) -> Text:
    """Show the preview in a new message."""
    preview = await preview_of(turn, row, draft)
    about = {"import_id": str(row.id), "kind": "program"}
    return Text(view.text(turn.messages, preview), view.keyboard(turn.messages, preview), about=about, id=message_id)


async def preview_edit(turn: Turn, row: WorkoutImportLog, draft: Draft, page: int = 0, asked: int = 0) -> Edit:
    """Show the preview in the message of the pressed button, or where it was last, if nothing was pressed."""
    preview = await preview_of(turn, row, draft, page, asked)
    of = None if turn.press is not None else draft.message_id
    return Edit(view.text(turn.messages, preview), view.keyboard(turn.messages, preview), of=of)


async def find_open(turn: Turn, args: Mapping[str, Any]) -> WorkoutImportLog | None:
    """Find the program that a button speaks of, if it is still open and as it was when the button was made."""
    row = await turn.work.imports.find(UUID(args["import"]))
    if row is None or row.draft is None or row.status not in OPEN or row.version != args["version"]:
        return None
    return row


async def find_unfinished(turn: Turn, import_id: UUID) -> WorkoutImportLog | None:
    """Find a program that is still previewed, whatever has changed in it since."""
    row = await turn.work.imports.find(import_id)
    return row if row is not None and row.draft is not None and row.status in OPEN else None


async def show_current(turn: Turn, import_id: UUID, *, is_stale: bool = False) -> Answers:
    """Show the present state of a program instead of what an old button asked for."""
    row = await turn.work.imports.find(import_id)
    if row is None or row.draft is None or "reading" not in row.draft:
        return Toast(turn.messages.label("button-unknown"))
    toast = Toast(turn.messages.label("program-moved-on")) if is_stale else None
    draft = draft_from_json(row.draft)
    if row.status in OPEN:
        return _both(toast, await preview_edit(turn, row, draft))
    if row.status is ImportStatus.DISCARDED:
        return _both(toast, cards.discarded(turn.messages, draft, row))
    return _both(toast, Edit(turn.messages.text("program-saved-before", name=draft.name)))


def _both(toast: Toast | None, edit: Edit) -> Sequence[Answer]:
    return (toast, edit) if toast is not None else (edit,)


async def show(turn: Turn, args: Mapping[str, Any]) -> Answers:
    """Turn a page of the preview, or go back to it."""
    row = await find_open(turn, args)
    if row is None:
        return await show_current(turn, UUID(args["import"]), is_stale=True)
    return await preview_edit(turn, row, draft_from_json(row.draft or {}), args.get("page", 0), args.get("asked", 0))


async def change(
    turn: Turn, args: Mapping[str, Any], alter: Callable[[Draft], Draft], toast: str | None = None
) -> Answers:
    """Change the draft as it was when the button was made, and show it."""
    row = await find_open(turn, args)
    if row is None:
        return await show_current(turn, UUID(args["import"]), is_stale=True)
    return await write(turn, row, alter(draft_from_json(row.draft or {})), args, toast)


async def write(
    turn: Turn, row: WorkoutImportLog, draft: Draft, args: Mapping[str, Any], toast: str | None = None
) -> Answers:
    """Keep the draft and show it where the button was pressed; an older message of it is put to rest."""
    before, here = draft.message_id, turn.press.message_row_id if turn.press is not None else draft.message_id
    kept = await turn.work.imports.update(
        row.id, version=row.version, draft=draft_to_json(replace(draft, message_id=here))
    )
    answers: list[Answer] = [await preview_edit(turn, kept, draft, args.get("page", 0), args.get("asked", 0))]
    if before is not None and before != here:
        answers.append(Edit(turn.messages.text("program-moved-below"), of=before))
    if toast is not None:
        answers.append(Toast(toast))
    return answers


async def write_below(turn: Turn, row: WorkoutImportLog, draft: Draft) -> Answers:
    """Keep the draft and show it in a new message, below what the user just wrote."""
    message_id = uuid7()
    kept = await turn.work.imports.update(
        row.id, version=row.version, draft=draft_to_json(replace(draft, message_id=message_id))
    )
    answers: list[Answer] = [await preview_message(turn, kept, draft, message_id)]
    if draft.message_id is not None:
        answers.insert(0, Edit(turn.messages.text("program-moved-below"), of=draft.message_id))
    return answers


# ------------------------------------------------------------------ questions


async def ask(turn: Turn, args: Mapping[str, Any]) -> Answers:
    """Open one of the doubts."""
    row = await find_open(turn, args)
    if row is None:
        return await show_current(turn, UUID(args["import"]), is_stale=True)
    draft = draft_from_json(row.draft or {})
    asked = questions(draft)
    number = args["question"]
    if not 0 <= number < len(asked):
        return await preview_edit(turn, row, draft)
    return await card(turn, row, draft, asked[number], args)


async def show_question(turn: Turn, row: WorkoutImportLog, place: Place) -> Answers:
    """Open the doubt about one exercise, or its card where there is none."""
    draft = draft_from_json(row.draft or {})
    args = (await preview_of(turn, row, draft)).args
    for question in questions(draft):
        if place in question.places:
            return await card(turn, row, draft, question, args)
    return await item_card(turn, row, draft, place, args)


async def show_item(turn: Turn, args: Mapping[str, Any]) -> Answers:
    """Open an exercise that the user wants to correct, whatever the reader thought of it."""
    row = await find_open(turn, args)
    if row is None:
        return await show_current(turn, UUID(args["import"]), is_stale=True)
    draft, place = draft_from_json(row.draft or {}), Place(*args["place"])
    if not draft.has(place):
        return await preview_edit(turn, row, draft)
    return await item_card(turn, row, draft, place, args)


async def show_items(turn: Turn, args: Mapping[str, Any]) -> Answers:
    """List the exercises of the page that is shown, to pick one for correction."""
    row = await find_open(turn, args)
    if row is None:
        return await show_current(turn, UUID(args["import"]), is_stale=True)
    draft = draft_from_json(row.draft or {})
    return cards.items(turn.messages, await preview_of(turn, row, draft, args.get("page", 0)), args.get("items", 0))


async def item_card(turn: Turn, row: WorkoutImportLog, draft: Draft, place: Place, args: Mapping[str, Any]) -> Answers:
    words = typed_words(draft.item(place).read)
    return await card(turn, row, draft, Question("name", words, False, (place,)), args)


async def card(turn: Turn, row: WorkoutImportLog, draft: Draft, question: Question, args: Mapping[str, Any]) -> Answers:
    """Show a question with the ways to answer it."""
    read = draft.item(question.places[0]).read if question.places else None
    options = await options_of(turn, read) if read is not None else ()
    orders = await orders_of(turn, read) if read is not None else ()
    preview = await preview_of(turn, row, draft, args.get("page", 0), args.get("asked", 0))
    shown = cards.Card(preview, question, options, orders)
    if question.kind != "name":
        return cards.figures_card(turn.messages, shown) if question.places else cards.unread_card(turn.messages, shown)
    subject = await find_subject(turn, row, path_of(question.places[0]))
    return cards.name_card(turn.messages, shown, subject, path_of(question.places[0]))


async def resolve_doubt(turn: Turn, row: WorkoutImportLog, item_path: Path, choice: Choice) -> Answers:
    """Take the exercise that was chosen for one place, for every place where the user wrote the same words."""
    draft = draft_from_json(row.draft or {})
    places = places_of(draft, place_of(item_path))

    def decide(decision: Decision) -> Decision:
        if choice.own_name is not None:
            return replace(
                decision,
                key=None,
                name=None,
                own_name=choice.own_name,
                own_muscle=choice.own_muscle,
                is_left_out=False,
                instead_of=None,
            )
        if choice.exercise_id is None:
            return replace(decision, is_left_out=True)
        return replace(
            decision,
            key=choice.key,
            name=choice.name,
            own_name=None,
            own_muscle=None,
            is_left_out=False,
            instead_of=None,
        )

    args = {"import": str(row.id), "version": row.version, **(turn.press.args if turn.press is not None else {})}
    toast = turn.messages.label("program-learned", name=choice.name or "") if choice.learned_alias else None
    return await write(turn, row, draft.decide(places, decide), args, toast)


def places_of(draft: Draft, place: Place) -> Sequence[Place]:
    """Find the places that share a decision about a name with this one."""
    same = places_with_words(draft, typed_words(draft.item(place).read))
    return same if place in same else (place,)


async def decide_figures(turn: Turn, args: Mapping[str, Any], figures: Figures) -> Answers:
    """Take the figures as read, split them, or keep them as a note."""
    places = [Place(*place) for place in args["places"]]
    return await change(turn, args, lambda draft: _with_figures(draft, places, figures))


def _with_figures(draft: Draft, places: Sequence[Place], figures: Figures) -> Draft:
    def decide_for(place: Place) -> Callable[[Decision], Decision]:
        item = draft.item(place)
        key, name = (item.read.key, item.read.name) if item.decision.own_name is None else (None, None)
        is_named = item.decision.key is not None or item.decision.own_name is not None or key is None
        named: dict[str, Any] = {} if is_named else {"key": key, "name": name}
        return lambda decision: replace(decision, figures=figures, **named)

    for place in places:
        draft = draft.decide([place], decide_for(place))
    return draft


async def leave_out(turn: Turn, args: Mapping[str, Any]) -> Answers:
    """Leave some exercises out; their text stays in the import."""
    places = [Place(*place) for place in args["places"]]
    return await change(
        turn, args, lambda draft: draft.decide(places, lambda decision: replace(decision, is_left_out=True))
    )


async def take_back(turn: Turn, args: Mapping[str, Any]) -> Answers:
    """Forget what was decided about an exercise, a leaving-out included."""
    places = [Place(*place) for place in args["places"]]

    def undecide(decision: Decision) -> Decision:
        return Decision(is_rewritten=decision.is_rewritten)

    return await change(turn, args, lambda draft: draft.decide(places, undecide))


async def ignore_line(turn: Turn, args: Mapping[str, Any]) -> Answers:
    """Wave an unread line aside; it stays in the import."""
    return await change(turn, args, lambda draft: replace(draft, ignored=draft.ignored | {args["line"]}))
