"""Figures of operation: how many, how much, and nothing of anybody's."""

from __future__ import annotations

from collections.abc import Mapping

from bot.answers import Text
from bot.messages import Messages

MEGABYTE = 1_000_000
IMPORTS = "imports_"


def figures(messages: Messages, found: Mapping[str, int]) -> Text:
    """Write the figures; imports by what has become of them."""
    imports = {name.removeprefix(IMPORTS): count for name, count in found.items() if name.startswith(IMPORTS)}
    listed = ", ".join(f"{count} {status}" for status, count in sorted(imports.items())) or "0"
    return Text(
        messages.text(
            "admin-figures",
            users=found["users"],
            day=found["active_day"],
            week=found["active_week"],
            updates=found["updates_day"],
            failures=found["failures_day"],
            sets=found["sets"],
            imports=listed,
            pending=found["outbox_pending"],
            failed=found["outbox_failed"],
            tokens=found["tokens_day"],
            megabytes=found["database_bytes"] // MEGABYTE,
        )
    )
