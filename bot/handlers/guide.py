"""A workout that is being trained: the buttons of its card, what is typed for it, and the end of a rest."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from telegram import Update

from bot.answers import Answers, Edit, Text, Toast, as_sequence
from bot.context import Context
from bot.handlers import planning, sessions, swap
from bot.handling import DialogueHandler, Handler
from bot.turn import Turn
from bot.usecases import guide_actions, guide_flow, guide_words, rests
from bot.usecases import planning as days
from bot.usecases.guide import Guide, Step, find_guide
from bot.usecases.guide_cards import card_of
from bot.views import guide as view
from bot.worker import SlowWork
from storage.database import Database

SWAPPING = ("swap.choose", "swap.undo")


def following(handler: Handler) -> Handler:
    """Let the workout that is being trained go on after whatever a handler has logged, changed or swapped."""

    async def handle(update: Update, context: Context) -> Answers:
        return await followed(context.turn, await handler(update, context))

    return handle


def following_work(work: SlowWork[Any]) -> SlowWork[Any]:
    """Do the same after slow work, which may log too."""

    async def finish(turn: Turn, task: Any, result: Any) -> Answers:
        return await followed(turn, await work.finish(turn, task, result))

    return replace(work, finish=finish)


async def followed(turn: Turn, answers: Answers) -> Answers:
    told = await guide_flow.follow(turn, as_sequence(answers))
    is_swap = turn.press is not None and turn.press.name in SWAPPING and "entry" in turn.press.args
    guide = await find_guide(turn) if is_swap else None
    return told if guide is None else await guide_flow.present(turn, guide, told, is_whole=True)


def _on_guide(act: Callable[[Turn, Guide], Awaitable[Answers]]) -> Handler:
    """Make a handler of what needs a workout that is going on."""

    async def handle(update: Update, context: Context) -> Answers:
        guide = await find_guide(context.turn)
        return guide_flow.nothing_going(context.turn) if guide is None else await act(context.turn, guide)

    return handle


def _on_step(act: Callable[[Turn, Guide, Step], Awaitable[Answers]]) -> Handler:
    """Make a handler of what a button of an exercise does; a button of an earlier state only shows the present one."""

    async def on_guide(turn: Turn, guide: Guide) -> Answers:
        step = guide.find(UUID(turn.pressed_args["entry"]))
        number = turn.pressed_args.get("number")
        is_current = number is None or (step == guide.current and step is not None and len(step.done) + 1 == number)
        if step is None or not is_current:
            shown = await guide_flow.show_card(turn, guide)
            return [*shown, Toast(turn.messages.label("log-moved-on"))]
        return await act(turn, guide, step)

    return _on_guide(on_guide)


async def _check(turn: Turn, guide: Guide, step: Step) -> Answers:
    return await guide_words.press_check(turn, guide, step, is_all=bool(turn.pressed_args.get("all")))


async def _choose(turn: Turn, guide: Guide, step: Step) -> Answers:
    return await guide_actions.choose(turn, guide, step)


async def _move(turn: Turn, guide: Guide, step: Step) -> Answers:
    if step.is_finished:
        return await guide_actions.show_order(turn, guide)
    return await guide_actions.move(turn, guide, step, int(turn.pressed_args["by"]))


async def _ask_for_note(turn: Turn, guide: Guide) -> Answers:
    entry = turn.pressed_args["entry"]
    return await guide_actions.ask_for_note(turn, guide, None if entry is None else UUID(entry))


async def _card(turn: Turn, guide: Guide) -> Answers:
    if turn.dialogue is not None and turn.dialogue.kind in DIALOGUES:
        await turn.work.dialogues.close(turn.chat_id)
    return await guide_flow.show_card(turn, guide)


async def _add(turn: Turn, guide: Guide) -> Answers:
    return await guide_actions.add(turn, guide, turn.pressed_args["key"])


async def _abandon(turn: Turn, guide: Guide) -> Answers:
    text = await guide_actions.abandon(turn, guide)
    return Edit(text, view.reopen(turn.messages, str(guide.session.id)))


async def take(update: Update, context: Context) -> Answers:
    return await guide_words.take(context.turn)


async def turn_rests_off(update: Update, context: Context) -> Answers:
    turn = context.turn
    await rests.turn_on(turn, False)
    return Edit(turn.messages.text("guide-rest-is-off"))


# ---------------------------------------------------------------------- what falls due


async def due_reminders(database: Database, now: datetime, limit: int) -> Sequence[tuple[UUID, UUID]]:
    """List what is to be said by now, of all users."""
    return await database.due_reminders(now, limit)


async def remind(turn: Turn, reminder_id: UUID) -> Answers:
    """Say what a reminder was set for, in the chat where it was set. What is over for long is not spoken of."""
    reminder = await turn.work.reminders.find_due(reminder_id, turn.now)
    if reminder is None or reminder.kind not in (rests.KIND, days.KIND):
        return None
    await turn.work.reminders.end(reminder.id, turn.now)
    turn.chat_id = reminder.chat_id
    if reminder.kind == days.KIND:
        return await planning.remind(turn, reminder)
    guide = await find_guide(turn)
    if guide is None or guide.session.id != reminder.workout_session_id or rests.is_stale(turn, reminder):
        return None
    card = await card_of(turn, guide, is_whole=False)
    return None if card is None else Text(view.rest_over(turn.messages, card), view.quiet(turn.messages), silent=True)


ACTIONS: Mapping[str, Handler] = {
    "session.check": _on_step(_check),
    "session.skip": _on_step(guide_actions.skip),
    "session.choose": _on_step(_choose),
    "session.move_entry": _on_step(_move),
    "session.swap": swap.show,
    "session.more": _on_guide(guide_actions.menu),
    "session.order": _on_guide(guide_actions.show_order),
    "session.card": _on_guide(_card),
    "session.add": _on_guide(guide_actions.ask_for_exercise),
    "session.add_key": _on_guide(_add),
    "session.add_own": _on_guide(guide_actions.ask_muscle),
    "session.add_muscle": _on_guide(guide_actions.add_own),
    "session.note": _on_guide(_ask_for_note),
    "session.finish": sessions.done,
    "session.ask_abandon": _on_guide(guide_actions.ask_to_abandon),
    "session.abandon": _on_guide(_abandon),
    "session.take": take,
    "session.rest_off": turn_rests_off,
}

DIALOGUES: Mapping[str, DialogueHandler] = {
    guide_actions.ADD_DIALOGUE: guide_actions.exercise_told,
    guide_actions.NOTE_DIALOGUE: guide_actions.note_told,
}
