"""The log: to standard error, without tokens, without what users write (that is said at DEBUG alone)."""

from __future__ import annotations

import logging
import re
import sys

TOKEN = re.compile(r"(?<!\d)\d{5,20}:[A-Za-z0-9_-]{20,}")
ADDRESS_PASSWORD = re.compile(r"(://[^:/@\s]+:)[^@/\s]+(@)")
CHATTY = ("httpx", "httpcore", "telegram", "aiohttp.access", "asyncio", "alembic")


class Redaction(logging.Formatter):
    """Formats a record and then takes out whatever looks like a bot's token or the password in an address."""

    def __init__(self, secrets: tuple[str, ...] = ()) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        line = ADDRESS_PASSWORD.sub(r"\1…\2", TOKEN.sub("…", super().format(record)))
        for secret in self._secrets:
            line = line.replace(secret, "…")
        return line


def start_log(level: str, secrets: tuple[str, ...] = ()) -> None:
    """Send the log to standard error. `secrets` are never printed, wherever they turn up."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redaction(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(max(logging.getLogger().level, logging.WARNING))
