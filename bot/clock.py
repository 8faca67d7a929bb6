"""The one clock the bot goes by. Nothing else in `bot` asks for the time of the day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class Clock(Protocol):
    def now(self) -> datetime:
        """Give the time, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class SetClock:
    """A clock that scripts and tests set: once set it stands still, and moves on only when told to."""

    def __init__(self, now: datetime | None = None) -> None:
        self._now = now

    def now(self) -> datetime:
        return datetime.now(UTC) if self._now is None else self._now

    def set(self, now: datetime) -> None:
        self._now = now.astimezone(UTC)

    def move(self, seconds: float) -> None:
        """Move a clock that has been set; one that goes by the machine needs no push."""
        if self._now is not None:
            self._now += timedelta(seconds=seconds)


def zone(name: str) -> ZoneInfo:
    """Give the time zone of that name, UTC when there is none of it on this machine."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")
