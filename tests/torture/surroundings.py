"""What a process of the bot is started with."""

from __future__ import annotations

import os
import socket

from tests.bot.telegram_server import TOKEN


def environment(database: str, telegram: str, **settings: str) -> dict[str, str]:
    """Give the settings of a bot on this database and this Telegram, and nothing of our own surroundings."""
    passed = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    return passed | {
        "DATABASE_URL": database,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE": telegram,
        "WEBHOOK_URL": "http://127.0.0.1:1",
        "LOG_LEVEL": "ERROR",
        "MESSAGES_PER_MINUTE": "10000",
        **settings,
    }


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
