"""Days as they are written in the chat."""

from __future__ import annotations

from datetime import date

from bot.messages import Messages


def day(messages: Messages, when: date) -> str:
    """Write a day: "Sat 21 Nov 2026"."""
    return messages.label(
        "date-day",
        weekday=messages.label(f"weekday-{when.weekday()}"),
        day=str(when.day),
        month=messages.label(f"month-{when.month}"),
        year=str(when.year),
    )


def short(messages: Messages, when: date) -> str:
    """Write a day without its weekday: "21 Nov 2026"."""
    return messages.label(
        "date-short", day=str(when.day), month=messages.label(f"month-{when.month}"), year=str(when.year)
    )
