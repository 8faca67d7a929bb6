"""/progression, /tm and /next: how exercises progress, training maxima, and the load of next time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from decimal import Decimal
from functools import wraps
from uuid import UUID

from telegram import Update

from bot.answers import Answers, Edit, Text, Toast
from bot.context import Context
from bot.handlers.history import words_after_command
from bot.handling import DialogueHandler, Handler
from bot.turn import Turn
from bot.usecases import progression
from bot.usecases.progression import TypedLoad, Unsure
from bot.views import progression as view
from storage.models import Exercise

ExerciseHandler = Callable[[Turn, Exercise], Awaitable[Answers]]


async def show(update: Update, context: Context) -> Answers:
    """Show the current plan's exercises, or the one that was named."""
    turn = context.turn
    words = words_after_command(turn)
    if not words:
        return Text(*view.overview(turn.messages, await progression.overview(turn)))
    found = await progression.find_exercise(turn, words)
    if isinstance(found, Unsure):
        return view.unsure(turn.messages, found, "card")
    return Text(*view.card(turn.messages, await progression.card(turn, found)))


async def training_max(update: Update, context: Context) -> Answers:
    """Set, show or forget a training max: "/tm squat 140", "/tm squat", "/tm squat off"."""
    turn = context.turn
    words = words_after_command(turn)
    if not words:
        return view.training_maxima(turn.messages, await progression.all_training_maxima(turn))
    return await _with_load(turn, words, "tm")


async def next_time(update: Update, context: Context) -> Answers:
    """Settle the load of next time: "/next bench 82.5"."""
    turn = context.turn
    words = words_after_command(turn)
    if not words:
        return Text(turn.messages.text("next-how"))
    return await _with_load(turn, words, "next")


async def _with_load(turn: Turn, words: str, what: str) -> Answers:
    typed, off = progression.parse_load(words), progression.parse_off(words)
    name = off or (typed.name if typed is not None and typed.name else words)
    typed = None if off else typed
    if typed is None and not off and progression.names_load(words):
        return Text(turn.messages.text("progression-load-refused"))
    found = await progression.find_exercise(turn, name, typed)
    if isinstance(found, Unsure):
        return view.unsure(turn.messages, found, what)
    if off:
        await _forget(turn, found, what)
        return Text(*view.card(turn.messages, await progression.card(turn, found)))
    return await _take(turn, found, typed, what)


async def _take(turn: Turn, exercise: Exercise, typed: TypedLoad | None, what: str) -> Answers:
    if what == "card" or (typed is None and what == "next"):
        return Text(*view.card(turn.messages, await progression.card(turn, exercise)))
    if what == "next" and typed is not None:
        return view.settled(turn.messages, exercise, typed, await progression.set_next(turn, exercise, typed))
    if typed is not None:
        await progression.set_training_max(turn, exercise, typed)
    return view.training_max(turn.messages, await progression.card(turn, exercise))


async def _forget(turn: Turn, exercise: Exercise, what: str) -> None:
    if what == "tm":
        await progression.forget_training_max(turn, exercise)
    else:
        await progression.forget_next(turn, exercise)


async def told(turn: Turn) -> Answers:
    """Take a text for the load that was asked for."""
    taken = await progression.take_told(turn)
    if taken is None:
        return None
    what, exercise, typed = taken
    return await _take(turn, exercise, typed, what)


async def choose_name(update: Update, context: Context) -> Answers:
    turn = context.turn
    args = turn.pressed_args
    exercise = (await turn.work.exercises.find_by_keys([args["key"]])).get(args["key"])
    if exercise is None:
        return _gone(turn)
    load = args["load"]
    typed = None if load is None else TypedLoad("", Decimal(load["weight"]), load["unit"], load["sign"])
    return await _take(turn, exercise, typed, args["what"])


async def turn_page(update: Update, context: Context) -> Answers:
    turn = context.turn
    return Edit(*view.overview(turn.messages, await progression.overview(turn, turn.pressed_args["page"])))


def of_exercise(handle: ExerciseHandler) -> Handler:
    """Make the handler of a button about an exercise: it is looked up first, and may be gone by now."""

    @wraps(handle)
    async def pressed(update: Update, context: Context) -> Answers:
        turn = context.turn
        exercise = await turn.work.exercises.find(UUID(turn.pressed_args["id"]))
        return _gone(turn) if exercise is None else await handle(turn, exercise)

    return pressed


@of_exercise
async def open_card(turn: Turn, exercise: Exercise) -> Answers:
    return await _card_again(turn, exercise)


@of_exercise
async def show_schemes(turn: Turn, exercise: Exercise) -> Answers:
    return Edit(*view.schemes(turn.messages, await progression.card(turn, exercise)))


@of_exercise
async def choose_scheme(turn: Turn, exercise: Exercise) -> Answers:
    await progression.set_scheme(turn, exercise, turn.pressed_args["scheme"])
    return await _card_again(turn, exercise)


@of_exercise
async def show_steps(turn: Turn, exercise: Exercise) -> Answers:
    return Edit(*view.steps(turn.messages, await progression.card(turn, exercise)))


@of_exercise
async def choose_step(turn: Turn, exercise: Exercise) -> Answers:
    step = turn.pressed_args["step"]
    await progression.set_step(turn, exercise, None if step is None else Decimal(step), turn.pressed_args["unit"])
    return await _card_again(turn, exercise)


@of_exercise
async def ask(turn: Turn, exercise: Exercise) -> Answers:
    await progression.ask(turn, exercise, turn.pressed_args["what"])
    return view.ask_load(turn.messages, exercise, turn.pressed_args["what"])


@of_exercise
async def forget(turn: Turn, exercise: Exercise) -> Answers:
    await _forget(turn, exercise, turn.pressed_args["what"])
    return await _card_again(turn, exercise)


async def _card_again(turn: Turn, exercise: Exercise) -> Edit:
    return Edit(*view.card(turn.messages, await progression.card(turn, exercise)))


def _gone(turn: Turn) -> Toast:
    return Toast(turn.messages.label("picker-exercise-gone"))


ACTIONS: Mapping[str, Handler] = {
    "progression.list": turn_page,
    "progression.open": open_card,
    "progression.schemes": show_schemes,
    "progression.scheme": choose_scheme,
    "progression.steps": show_steps,
    "progression.step": choose_step,
    "progression.ask": ask,
    "progression.forget": forget,
    "progression.name": choose_name,
}
DIALOGUES: Mapping[str, DialogueHandler] = {progression.DIALOGUE: told}
