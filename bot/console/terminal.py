"""The terminal that one types in. A paste of many lines is one message; Enter sends, Alt+Enter breaks the line."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.formatted_text import ANSI
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.patch_stdout import patch_stdout

from bot.bot_api import Shown
from bot.console.conversation import Conversation, NotPossibleError, open_conversation
from bot.console.rendering import as_text
from storage.database import Database

GREETING = (
    "This is Repscribe, in your terminal. Type as you would in Telegram: /start, or a set like: bench 80x8\n"
    "#2 presses the second button, /edit … edits your last message, /reply … answers the bot's. Ctrl+D leaves."
)


async def talk(database: Database, telegram_id: int, files: Path) -> None:
    """Talk until the end of input."""
    async with open_conversation(database, telegram_id, _show, files) as conversation:
        conversation.is_patient = False
        worker = asyncio.create_task(conversation.app.worker.run())
        try:
            print_formatted_text(GREETING)
            with patch_stdout():
                await _converse(conversation)
        finally:
            worker.cancel()
            await asyncio.gather(worker, return_exceptions=True)


async def _converse(conversation: Conversation) -> None:
    session: PromptSession[str] = PromptSession(
        key_bindings=_keys(),
        multiline=True,
        history=InMemoryHistory(),
        prompt_continuation="… ",
        reserve_space_for_menu=0,
    )
    while True:
        try:
            typed = await session.prompt_async(lambda: f"{conversation.person.id}> ")
        except (EOFError, KeyboardInterrupt):
            return
        if typed.strip():
            with suppress(KeyboardInterrupt):
                await _enter(conversation, typed.strip())


async def _enter(conversation: Conversation, typed: str) -> None:
    try:
        await conversation.enter(typed)
    except NotPossibleError as error:
        print_formatted_text(f"({error})")


def _show(shown: Shown) -> None:
    print_formatted_text(ANSI(as_text(shown, is_styled=True)))


def _keys() -> KeyBindings:
    """Enter sends although the prompt takes several lines: a bracketed paste brings its line breaks along unharmed."""
    keys = KeyBindings()

    @keys.add("enter")
    def send(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    @keys.add("escape", "enter")
    def break_line(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    return keys
