"""The log: to standard error, as text or as JSON, with the ids of what is being done, without secrets or users' words.

    10:15:02 ERROR bot.delivery: update 7 failed, error 1f0c…: ValueError at sets.py:12 read [update_id=7 user=018f…]

What users write is said at DEBUG alone. Above it exceptions are told by kind and place: their words may quote a user.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType, TracebackType
from typing import Any, Final

TOKEN = re.compile(r"(?<!\d)\d{5,20}:[A-Za-z0-9_-]{20,}")
ADDRESS_PASSWORD = re.compile(r"(://[^:/@\s]*:)[^@/\s]+(@)")
API_KEY = re.compile(r"\b(?:sk|pk|rk)-[A-Za-z0-9_-]{8,}")
HEADER = re.compile(r"(?i)(\b(?:bearer|basic)\s+)[A-Za-z0-9._~+/=-]{6,}")
NAMED = re.compile(
    r"(?i)(\b(?:password|passwd|pgpassword|api[_-]?key|secret[_-]?token|webhook[_-]?secret)['\"]?\s*[=:]\s*['\"]?)"
    r"[^\s'\"&,)]+"
)
CHATTY = (
    "httpx", "httpx2", "httpcore", "httpcore2", "openai", "telegram", "aiohttp.access", "asyncio", "alembic",
    "sqlalchemy",
)  # fmt: skip
SHORTEST_SECRET: Final = 5
"""What is shorter stands in too many words to be taken out of all of them."""

IDS: ContextVar[Mapping[str, str]] = ContextVar("ids", default=MappingProxyType({}))
"""What the log's lines are about at this point of the program: ``update_id``, ``user``, ``import_id`` and the like."""


def note(**ids: object) -> None:
    """Have the following lines of this task carry these ids as well."""
    IDS.set({**IDS.get(), **{name: str(value) for name, value in ids.items()}})


@contextmanager
def noting(**ids: object) -> Iterator[None]:
    """Have the lines of the block carry these ids; what is noted inside ends with it too."""
    before = IDS.set({**IDS.get(), **{name: str(value) for name, value in ids.items()}})
    try:
        yield
    finally:
        IDS.reset(before)


def describe(error: BaseException) -> str:
    """Name an error and where it arose, without its message: that may hold what a user wrote, or a secret."""
    return f"{type(error).__name__} at {_places(error.__traceback__)}"


def _places(trace: TracebackType | None) -> str:
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return " < ".join(reversed(places[-6:]))


class Redaction(logging.Formatter):
    """Formats a record and then takes out whatever is a secret, or looks like one.

    `is_open` lets whole tracebacks through, with what they say.
    """

    def __init__(self, secrets: Iterable[str] = (), *, is_open: bool = False) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = sorted({secret for secret in secrets if len(secret) >= SHORTEST_SECRET}, key=len, reverse=True)
        self._is_open = is_open

    def format(self, record: logging.LogRecord) -> str:
        ids = " ".join(f"{name}={value}" for name, value in IDS.get().items())
        return self.redacted(self._said(record) + (f" [{ids}]" if ids else ""))

    def redacted(self, line: str) -> str:
        for secret in self._secrets:
            line = line.replace(secret, "…")
        for pattern, instead in PATTERNS:
            line = pattern.sub(instead, line)
        return line

    def _said(self, record: logging.LogRecord) -> str:
        if self._is_open:
            return super().format(record)
        # Another handler may have left the whole traceback in the record.
        closed = logging.makeLogRecord({**record.__dict__, "exc_info": None, "exc_text": None, "stack_info": None})
        told = super().format(closed)
        error = record.exc_info[1] if record.exc_info else None
        return told if error is None else f"{told}: {describe(error)}"


PATTERNS: Final = (
    (TOKEN, "…"),
    (ADDRESS_PASSWORD, r"\1…\2"),
    (API_KEY, "…"),
    (HEADER, r"\1…"),
    (NAMED, r"\1…"),
)


class JsonLines(Redaction):
    """One JSON object a line: time, level, logger, message, error, and the ids each under its name."""

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[1] if record.exc_info else None
        line: dict[str, Any] = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": self.redacted(record.getMessage()),
            **{name: self.redacted(value) for name, value in IDS.get().items()},
        }
        if error is not None:
            line["error"] = describe(error)
            if self._is_open and record.exc_info:
                line["traceback"] = self.redacted(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def start_log(level: str, secrets: Iterable[str] = (), log_format: str = "text") -> None:
    """Send the log to standard error. `secrets` are never printed, wherever they turn up."""
    handler = logging.StreamHandler(sys.stderr)
    formatter = JsonLines if log_format == "json" else Redaction
    handler.setFormatter(formatter(secrets, is_open=level == "DEBUG"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(max(logging.getLogger().level, logging.WARNING))
    sys.excepthook = _log_the_end


def _log_the_end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Tell of an exception that nobody caught as the log tells of any: without what it says."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        logging.getLogger("bot").critical("stopped by an error", exc_info=(kind, error, trace))
