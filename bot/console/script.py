"""Scripts: messages separated by lines of ``---``, played one after the other; docs/console.md describes them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from bot.bot_api import Shown
from bot.console.conversation import Conversation, NotPossibleError, open_conversation
from bot.console.rendering import as_json, as_text
from storage.database import Database


def parse_script(text: str) -> list[str]:
    """Cut a script into what is typed, in order; empty messages are left out.

    Example:
        >>> parse_script("/start\\n---\\n#1\\n---\\nbench 80x8\\nsquat 100x5\\n")
        ['/start', '#1', 'bench 80x8\\nsquat 100x5']
    """
    messages: list[list[str]] = [[]]
    for line in text.removeprefix("\ufeff").splitlines():
        if line.rstrip() == "---":
            messages.append([])
        else:
            messages[-1].append(line)
    typed = ("\n".join(lines).strip() for lines in messages)
    return [message for message in typed if message]


async def play(conversation: Conversation, script: str, complain: Callable[[str], None]) -> None:
    """Enter the messages one by one, each brought to its end before the next; complain of what cannot be done."""
    for typed in parse_script(script):
        try:
            await conversation.enter(typed)
        except NotPossibleError as error:
            complain(str(error))


async def play_script(database: Database, script: str, telegram_id: int, files: Path, *, is_json: bool) -> int:
    """Play a script and print what the bot sends; give the exit code: 1 where the bot itself failed."""

    def show(shown: Shown) -> None:
        sys.stdout.write((as_json(shown) if is_json else as_text(shown, is_styled=False)) + "\n")
        sys.stdout.flush()

    def complain(complaint: str) -> None:
        sys.stderr.write(complaint + "\n")

    async with open_conversation(database, telegram_id, show, files) as conversation:
        await play(conversation, script, complain)
        return 1 if conversation.app.metrics.failures() else 0
