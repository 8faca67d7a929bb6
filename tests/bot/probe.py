"""A table of handlers for testing the plumbing: what is said decides what happens."""

from __future__ import annotations

import asyncio
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters
from uuid_utils.compat import uuid7

from bot.answers import Action, Answers, Button, CopyButton, Edit, File, Reaction, Text, Toast
from bot.context import Context
from bot.handlers import buttons
from bot.handling import Command, Handler, Routes, answering
from bot.markup import Html, bold, escape, lines
from bot.turn import Turn

COUNTER = "probe"


async def count(turn: Turn, by: int = 1) -> int:
    """Count in the user's preferences: an effect that a second one would show."""
    counted = int(turn.user.preferences.get(COUNTER, 0)) + by
    await turn.work.users.set_preference(COUNTER, counted)
    return counted


async def said(update: Update, context: Context) -> Answers:
    turn = context.turn
    word, _, rest = turn.text.partition(" ")
    counted = await count(turn)
    match word:
        case "fail":
            await turn.work.imports.receive("rolled back", chat_id=turn.chat_id, message_id=turn.message_id)
            raise RuntimeError(f"failing on purpose at {rest}")
        case "hang":
            await asyncio.Event().wait()
        case "long":
            return Text(lines(*(bold(f"line {number} {'x' * 90}") for number in range(int(rest)))))
        case "file":
            return File(b"content", rest or "file.txt", Html("<b>a file</b>"))
        case "picture":
            return File(
                b"\x89PNG picture", "chart.png", Html("a picture"), [[Button("More", Action("edit"))]], photo=True
            )
        case "react":
            return Reaction(rest or "👍", turn.message_id or 0, Html("saved"))
        case "two":
            return [Text(Html("first")), Text(Html("second"))]
        case "edited":
            chosen = uuid7()
            return [Text(Html("before"), id=chosen), Edit(Html(f"after {counted}"), of=chosen)]
        case "about":
            replied = await turn.find_replied()
            return Text(escape(str(replied.about if replied else None)), about={"said": rest})
        case "buttons":
            return Text(Html("press"), [list(row) for row in BUTTONS])
        case "raw":
            return Text(Html(rest))
        case "work":
            turn.wake_worker()
    return Text(lines(escape(f"heard {turn.text}"), escape(f"counted {counted}")), about={"heard": turn.text})


async def re_said(update: Update, context: Context) -> Answers:
    await count(context.turn)
    return Text(escape(f"edited to {context.turn.text}"))


async def counted(update: Update, context: Context) -> Answers:
    return Toast(f"counted {await count(context.turn)}")


async def edit(update: Update, context: Context) -> Answers:
    page = int(context.turn.pressed_args.get("page", 0)) + 1
    return Edit(Html(f"page {page}"), [[Button("Next", Action("edit", {"page": page}, once=False))]])


async def same(update: Update, context: Context) -> Answers:
    """Edit a message into what it is already: the button's token is new, so only a text without buttons is the same."""
    return [Edit(Html("done")), Edit(Html("done"))]


async def fail(update: Update, context: Context) -> Answers:
    raise RuntimeError("a button that fails")


async def hello(update: Update, context: Context) -> Answers:
    return Text(Html("hello"))


ACTIONS: dict[str, Handler] = {"count": counted, "edit": edit, "same": same, "fail": fail}

BUTTONS = (
    (Button("Count", Action("count")), Button("Count on", Action("count", once=False))),
    (Button("Next", Action("edit", once=False)), Button("Same", Action("same"))),
    (
        Button("Fail", Action("fail", once=False)),
        CopyButton("Copy", "copied"),
        Button("Gone", Action("no such action")),
    ),
)

COMMANDS = (Command("hello", hello, "command-help"),)


def probe_routes(**more: Any) -> Routes:
    new, edited = filters.UpdateType.MESSAGE, filters.UpdateType.EDITED_MESSAGE
    handlers = (
        CallbackQueryHandler(answering(buttons.presses(ACTIONS))),
        *(CommandHandler(command.name, answering(command.handler), filters=new) for command in COMMANDS),
        MessageHandler(edited & filters.TEXT, answering(re_said)),
        MessageHandler(new & filters.TEXT, answering(said)),
    )
    return Routes(COMMANDS, {}, handlers, **more)
