"""/plates: which plates go on the bar, or which plates there are."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from telegram import Update

from bot.answers import Answers, Text
from bot.context import Context
from bot.handlers.history import in_place, words_after_command
from bot.handling import DialogueHandler, Handler
from bot.turn import Turn
from bot.usecases import kit, plates
from bot.usecases.plates import Wanted
from bot.usecases.reading_context import unit_of
from bot.views import kit_loads
from bot.views import plates as view


async def show(update: Update, context: Context) -> Answers:
    """Load a bar: for the load that was named, else for that of the last set; plates with counts tell the kit."""
    turn = context.turn
    words = words_after_command(turn)
    if not words:
        return await _without_load(turn)
    wanted = plates.parse_wanted(words, unit_of(turn.user))
    if wanted is not None:
        return view.shown(turn.messages, plates.on_the_bar(turn, wanted))
    typed = kit.parse_kit(words, unit_of(turn.user), "plates")
    if typed is not None:
        return kit_loads.changed(turn.messages, await kit.take(turn, typed), typed.part)
    return Text(turn.messages.text("plates-not-understood", words=words))


async def _without_load(turn: Turn) -> Answers:
    wanted = await plates.last_load(turn)
    if wanted is not None:
        return view.shown(turn.messages, plates.on_the_bar(turn, wanted))
    await plates.ask(turn)
    return Text(turn.messages.text("plates-ask"), [[view.kit_button(turn.messages)]])


async def show_other(update: Update, context: Context) -> Answers:
    turn = context.turn
    args = turn.pressed_args
    wanted = Wanted(Decimal(args["weight"]), args["unit"], Decimal(args["bar"]))
    return in_place(view.shown(turn.messages, plates.on_the_bar(turn, wanted)))


async def told(turn: Turn) -> Answers:
    wanted = await plates.take_told(turn)
    return None if wanted is None else view.shown(turn.messages, plates.on_the_bar(turn, wanted))


ACTIONS: Mapping[str, Handler] = {"plates.show": show_other}
DIALOGUES: Mapping[str, DialogueHandler] = {plates.DIALOGUE: told}
