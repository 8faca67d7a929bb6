"""/units, /settings and /aliases."""

from __future__ import annotations

from uuid import UUID

from telegram import Update

from bot.answers import Answers, Text, Toast
from bot.context import Context
from bot.handlers.history import in_place, words_after_command
from bot.turn import Turn
from bot.usecases import planning, preferences, rests
from bot.views import preferences as view
from storage.models import UnitSystem


async def units(update: Update, context: Context) -> Answers:
    turn = context.turn
    unit_system = preferences.units_named(words_after_command(turn))
    if unit_system is not None:
        await preferences.set_units(turn, unit_system)
    return view.units(turn.messages, turn.user.unit_system)


async def choose_unit_alone(update: Update, context: Context) -> Answers:
    turn = context.turn
    await preferences.set_units(turn, UnitSystem(turn.pressed_args["unit"]))
    return in_place(view.units(turn.messages, turn.user.unit_system))


async def settings(update: Update, context: Context) -> Answers:
    return view.settings(context.turn.messages, preferences.current(context.turn))


async def choose_unit(update: Update, context: Context) -> Answers:
    turn = context.turn
    await preferences.set_units(turn, UnitSystem(turn.pressed_args["unit"]))
    return _settings_in_place(turn)


async def ask_language(update: Update, context: Context) -> Answers:
    return in_place(view.languages(context.turn.messages))


async def choose_language(update: Update, context: Context) -> Answers:
    turn = context.turn
    await preferences.set_language(turn, turn.pressed_args["language"])
    return _settings_in_place(turn)


async def ask_order(update: Update, context: Context) -> Answers:
    return in_place(view.orders(context.turn.messages))


async def choose_order(update: Update, context: Context) -> Answers:
    turn = context.turn
    await preferences.set_order(turn, turn.pressed_args["order"])
    return _settings_in_place(turn)


async def switch_rests(update: Update, context: Context) -> Answers:
    """Turn the message at the end of a rest on or off."""
    turn = context.turn
    await rests.turn_on(turn, bool(turn.pressed_args["on"]))
    return _settings_in_place(turn)


async def switch_planned(update: Update, context: Context) -> Answers:
    """Turn the reminders of planned workouts on or off."""
    turn = context.turn
    await planning.turn_on(turn, bool(turn.pressed_args["on"]))
    return _settings_in_place(turn)


async def ask_timezone(update: Update, context: Context) -> Answers:
    turn = context.turn
    await preferences.ask_timezone(turn)
    return Text(turn.messages.text("settings-ask-timezone"))


async def timezone_told(turn: Turn) -> Answers:
    """Take a text for the place that was asked for; the question stays open where it is none.

    What has a figure in it is no place, but a set that must not be lost.
    """
    if await preferences.set_timezone(turn, turn.text) is None:
        if any(character.isdigit() for character in turn.text):
            return None
        return Text(turn.messages.text("settings-timezone-unknown"))
    await turn.work.dialogues.close(turn.chat_id)
    return view.settings(turn.messages, preferences.current(turn))


async def aliases(update: Update, context: Context) -> Answers:
    turn = context.turn
    return view.words(turn.messages, await preferences.learned_words(turn))


async def turn_aliases_page(update: Update, context: Context) -> Answers:
    turn = context.turn
    return in_place(view.words(turn.messages, await preferences.learned_words(turn, turn.pressed_args["offset"])))


async def forget_alias(update: Update, context: Context) -> Answers:
    turn = context.turn
    if not await preferences.forget_word(turn, UUID(turn.pressed_args["id"])):
        return Toast(turn.messages.label("aliases-gone"))
    return in_place(view.words(turn.messages, await preferences.learned_words(turn)))


async def forget_unit(update: Update, context: Context) -> Answers:
    turn = context.turn
    if not await preferences.forget_unit(turn, UUID(turn.pressed_args["id"])):
        return Toast(turn.messages.label("aliases-gone"))
    return in_place(view.words(turn.messages, await preferences.learned_words(turn)))


async def forget_order(update: Update, context: Context) -> Answers:
    turn = context.turn
    await preferences.set_order(turn, None)
    return in_place(view.words(turn.messages, await preferences.learned_words(turn)))


def _settings_in_place(turn: Turn) -> Answers:
    return in_place(view.settings(turn.messages, preferences.current(turn)))
