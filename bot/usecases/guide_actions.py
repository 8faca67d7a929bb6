"""What a lifter does with a workout beside logging: skip, choose, move, add an exercise, note something, abandon it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from bot.answers import Answer, Answers, Edit, Text
from bot.markup import Html
from bot.usecases import guide_flow, rests, session_events
from bot.usecases.guide import Guide, Step, find_guide, needs_load, read_guide, with_planned_load
from bot.usecases.guide_flow import Carrier
from bot.usecases.own_exercises import create_own
from bot.usecases.reading_context import vocabulary_of
from bot.usecases.short_texts import SURE_NAME
from bot.views import guide as view
from storage.repositories.exercises import key_of

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import WorkoutSession

ADD_DIALOGUE: Final = "session_add"
NOTE_DIALOGUE: Final = "session_note"
STAYS_OPEN: Final = timedelta(minutes=30)
MOST_FOUND: Final = 6
LIKELY: Final = 0.5


def ask_figures(turn: Turn, step: Step) -> Text:
    """Ask for what is open; nothing is made up."""
    lacks_load = needs_load(step.exercise) and with_planned_load(step, len(step.done), "kg").weight is None
    key = "guide-ask-load" if lacks_load else "guide-ask-amount"
    return Text(turn.messages.text(key, name=step.name))


async def skip(turn: Turn, guide: Guide, step: Step) -> Answers:
    """Leave an exercise, or what is left of it, out; the next one comes up."""
    await turn.work.sessions.amend_entry(step.id, skipped_at=turn.said_at)
    await turn.work.sessions.touch(guide.session.id, turn.said_at)
    await rests.call_off(turn)
    events = await session_events.after_exercise(turn, guide.session, step.entry)
    key = "guide-moved-on-from" if step.done else "guide-skipped"
    said = turn.messages.text(key, name=step.name)
    after = await read_guide(turn, guide.session.id)
    if turn.press is None:
        return await guide_flow.present(turn, after, [Text(said)], Carrier(0), events)
    return await guide_flow.lead_on(turn, after, said, events)


async def choose(turn: Turn, guide: Guide, step: Step) -> Answers:
    """Turn to another exercise now; one that was skipped is taken up again."""
    await turn.work.sessions.amend_entry(step.id, selected_at=turn.said_at, skipped_at=None)
    events = [] if step.entry.row.selected_at else await session_events.before_exercise(turn, guide.session, step.entry)
    after = await read_guide(turn, guide.session.id)
    return [*events, *await guide_flow.show_card(turn, after)]


async def move(turn: Turn, guide: Guide, step: Step, by: int) -> Answers:
    """Move an exercise up or down among those that are not finished."""
    waiting = [one.id for one in guide.waiting]
    place = waiting.index(step.id) + by
    if 0 <= place < len(waiting):
        ids = [one.id for one in guide.steps]
        here, there = ids.index(step.id), ids.index(waiting[place])
        ids[here], ids[there] = ids[there], ids[here]
        await turn.work.sessions.reorder(guide.session.id, ids)
    return await show_order(turn, await read_guide(turn, guide.session.id))


async def show_order(turn: Turn, guide: Guide) -> Answers:
    text = turn.messages.text("guide-order-hint")
    skipped = [step for step in guide.listed if step.is_skipped and not step.done]
    return await guide_flow.instead(turn, guide, text, view.order(turn.messages, guide.waiting, skipped))


async def menu(turn: Turn, guide: Guide) -> Answers:
    current = guide.current
    rows = view.menu(turn.messages, None if current is None else str(current.id))
    return await guide_flow.with_rows(turn, guide, rows)


# ---------------------------------------------------------------------- adding an exercise


async def ask_for_exercise(turn: Turn, guide: Guide) -> Answers:
    """Take the next text for the name of an exercise to add."""
    await _listen(turn, ADD_DIALOGUE, {"session": str(guide.session.id)})
    return await guide_flow.instead(turn, guide, turn.messages.text("guide-ask-add"), view.back(turn.messages))


async def exercise_told(turn: Turn) -> Answers:
    """Add the exercise that was named; where the name is not clear, offer those that are like it."""
    guide = await find_guide(turn)
    if guide is None or any(character.isdigit() for character in turn.text) or "\n" in turn.text.strip():
        await turn.work.dialogues.close(turn.chat_id)
        return None
    vocabulary = await vocabulary_of(turn)
    found = vocabulary.resolve(turn.text)
    if found.best is not None and found.score >= SURE_NAME:
        return await add(turn, guide, found.best.key)
    likely = [one for one in vocabulary.search(turn.text, MOST_FOUND) if one.score >= LIKELY]
    if not likely:
        words = turn.text.strip()
        return Text(turn.messages.text("guide-add-unknown", words=words), view.found(turn.messages, words, ()))
    return Text(turn.messages.text("guide-add-which"), view.found(turn.messages, turn.text.strip(), likely))


async def ask_muscle(turn: Turn, guide: Guide) -> Answers:
    """Ask what an exercise of the user's own trains."""
    return Edit(*view.ask_muscle(turn.messages, turn.pressed_args["name"]))


async def add_own(turn: Turn, guide: Guide) -> Answers:
    """Make the exercise that was named one of the user's own, and add it."""
    args = turn.pressed_args
    exercise = await create_own(turn.work, args["name"], (args["muscle"],), "weight_reps")
    return await add(turn, guide, key_of(exercise))


async def add(turn: Turn, guide: Guide, key: str) -> Answers:
    """Add an exercise behind the others, and turn to it."""
    await turn.work.dialogues.close(turn.chat_id)
    exercise = (await turn.work.exercises.find_by_keys([key])).get(key)
    if exercise is None:
        return guide_flow.nothing_going(turn)
    entry = await turn.work.sessions.add_entry(guide.session.id, exercise.id, selected_at=turn.said_at)
    await turn.work.sessions.touch(guide.session.id, turn.said_at)
    after = await read_guide(turn, guide.session.id)
    step = after.find(entry.id)
    events = [] if step is None else await session_events.before_exercise(turn, guide.session, step.entry)
    said = turn.messages.text("guide-added", name=exercise.name)
    told: Answer = Text(said) if turn.press is None else Edit(said)
    return await guide_flow.present(turn, after, [told], Carrier(0), events)


# ---------------------------------------------------------------------- notes


async def ask_for_note(turn: Turn, guide: Guide, entry_id: UUID | None) -> Answers:
    """Take the next text for a note on an exercise, or on the session."""
    await _listen(
        turn, NOTE_DIALOGUE, {"session": str(guide.session.id), "entry": None if entry_id is None else str(entry_id)}
    )
    step = None if entry_id is None else guide.find(entry_id)
    text = (
        turn.messages.text("guide-ask-note-session")
        if step is None
        else turn.messages.text("guide-ask-note", name=step.name)
    )
    return await guide_flow.instead(turn, guide, text, view.back(turn.messages))


async def note_told(turn: Turn) -> Answers:
    """Keep the text that was asked for as a note."""
    data = {} if turn.dialogue is None else turn.dialogue.data
    await turn.work.dialogues.close(turn.chat_id)
    guide = await find_guide(turn)
    if guide is None or data.get("session") != str(guide.session.id):
        return None
    return await note(turn, guide, None if data["entry"] is None else UUID(data["entry"]), turn.text)


async def note(turn: Turn, guide: Guide, entry_id: UUID | None, words: str) -> Answers:
    """Note something, below what was noted before."""
    words = words.strip()
    step = None if entry_id is None else guide.find(entry_id)
    if step is None:
        await turn.work.sessions.note(guide.session.id, _below(guide.session.notes, words))
    else:
        await turn.work.sessions.amend_entry(step.id, notes=_below(step.entry.row.notes, words))
    await turn.work.sessions.touch(guide.session.id, turn.said_at)
    after = await read_guide(turn, guide.session.id)
    return await guide_flow.present(turn, after, [Text(turn.messages.text("guide-noted", note=words))], Carrier(0))


async def note_free(turn: Turn, session: WorkoutSession, words: str) -> Answers:
    """Note something for a session without a workout."""
    await turn.work.sessions.note(session.id, _below(session.notes, words.strip()))
    await turn.work.sessions.touch(session.id, turn.said_at)
    return Text(turn.messages.text("guide-noted", note=words.strip()))


def _below(before: str | None, words: str) -> str:
    return f"{before}\n{words}" if before else words


async def _listen(turn: Turn, kind: str, data: dict[str, str | None]) -> None:
    await turn.work.dialogues.ask(turn.chat_id, kind, data, expires_at=turn.now + STAYS_OPEN, asked_at=turn.now)


# ---------------------------------------------------------------------- the end before the end


async def ask_to_abandon(turn: Turn, guide: Guide) -> Answers:
    count = sum(len(step.entry.sets) for step in guide.steps)
    text = turn.messages.text("guide-ask-abandon", count=count)
    return await guide_flow.instead(turn, guide, text, view.abandon(turn.messages))


async def abandon(turn: Turn, guide: Guide) -> Html:
    """Break a workout off. What was logged in it stays, and the workout comes up again."""
    at = max(turn.said_at, guide.session.started_at or turn.said_at)
    await rests.call_off(turn)
    await turn.work.sessions.abandon(guide.session.id, at)
    return turn.messages.text("guide-abandoned")
