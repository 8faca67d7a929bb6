"""A pressed button: find what it does by its token, let it act once, and be polite about old ones."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from telegram import Update

from bot.answers import Answers, Toast
from bot.coached import COACHED, for_athlete
from bot.context import CURRENT_TURN, Context
from bot.handling import Handler
from bot.pressed_args import pressed_args
from bot.turn import Press, Turn
from storage.repositories.coached import FOR


def presses(actions: Mapping[str, Handler]) -> Handler:
    """Make the handler of all button presses out of the table of actions."""

    async def pressed(update: Update, context: Context) -> Answers:
        turn = context.turn
        data = update.callback_query.data if update.callback_query else None
        found = await _find(turn, data or "")
        if found is None or found[0].name not in actions:
            return Toast(turn.messages.label("button-unknown"))
        press, index, is_once = found
        if is_once and not await turn.work.outbox.press(press.row, index):
            return Toast(turn.messages.label("button-done-already"))
        turn.press = press
        handler = actions[press.name]
        if press.name in COACHED and FOR in press.args:
            return await for_athlete(turn, UUID(press.args[FOR]), partial(_on_turn, handler, update, context))
        return await handler(update, context)

    return pressed


async def _on_turn(handler: Handler, update: Update, context: Context, turn: Turn) -> Answers:
    """Run a handler on another turn than the one of the update."""
    reset = CURRENT_TURN.set(turn)
    try:
        return await handler(update, context)
    finally:
        CURRENT_TURN.reset(reset)


async def _find(turn: Turn, data: str) -> tuple[Press, int, bool] | None:
    """Find the action behind ``token:number``. A token of another user's message is not seen, as if there were none.

    Raises:
        OutdatedButtonError: it carries what its action does not take any more.
    """
    token, _, number = data.rpartition(":")
    row = await turn.work.outbox.find_by_token(token) if token else None
    actions = row.actions if row is not None else None
    if row is None or not actions or not number.isdecimal() or int(number) >= len(actions):
        return None
    stored = actions[int(number)]
    if stored is None:
        return None
    action = stored["action"]
    return Press(row, action, pressed_args(action, stored["args"])), int(number), stored["once"]
