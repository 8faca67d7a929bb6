"""What the user has settled: units, language, time zone, how three numbers are read; and learned words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from bot.usecases import planning, rests
from bot.usecases.onboarding import WRITTEN_LANGUAGES
from bot.usecases.reading_context import NUMBER_ORDERS, THREE_NUMBER_ORDER, order_of
from storage.models import UnitSystem

if TYPE_CHECKING:
    from bot.turn import Turn

OFFSET: Final = re.compile(r"(?:UTC|GMT)\s*([+\-−]\s?\d{1,2})(?::?00)?", re.IGNORECASE)
EARLIEST, LATEST = -12, 14
TIMEZONE_DIALOGUE: Final = "log_timezone"
UNIT_WORDS: Final = {
    "kg": UnitSystem.METRIC, "kgs": UnitSystem.METRIC, "kilo": UnitSystem.METRIC, "kilos": UnitSystem.METRIC,
    "kilograms": UnitSystem.METRIC, "metric": UnitSystem.METRIC, "кг": UnitSystem.METRIC,
    "lb": UnitSystem.IMPERIAL, "lbs": UnitSystem.IMPERIAL, "pound": UnitSystem.IMPERIAL, "pounds": UnitSystem.IMPERIAL,
    "imperial": UnitSystem.IMPERIAL,
}  # fmt: skip
CLOCK: Final = re.compile(r"^\s*(\d{1,2})[:.h](\d{2})\s*(am|pm)?\s*$", re.IGNORECASE)
MOST_SLOW_MINUTES: Final = 6
"""So far off may a watch be."""
UNEVEN_ZONES: Final = (
    "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tehran", "Asia/Kabul", "Asia/Yangon", "Australia/Adelaide",
    "Australia/Darwin", "America/St_Johns", "Pacific/Marquesas", "Pacific/Chatham", "Australia/Lord_Howe",
)  # fmt: skip
"""Zones that are not whole hours away from UTC."""
PAGE: Final = 8


@dataclass(frozen=True, slots=True)
class Settings:
    """What is set, as /settings shows it. `local_time` lets the user check the time zone."""

    unit_system: UnitSystem
    language: str
    timezone: str
    local_time: datetime
    order: str | None
    rest_timer: bool = True
    planned_reminders: bool = True


@dataclass(frozen=True, slots=True)
class LearnedWord:
    """A word and the exercise it means."""

    alias_id: UUID
    words: str
    exercise: str


@dataclass(frozen=True, slots=True)
class LearnedUnit:
    """The unit that figures of an exercise are in where they state none."""

    root_id: UUID
    exercise: str
    unit: str


@dataclass(frozen=True, slots=True)
class WordsPage:
    """A page of what was learned; habits and units stand on the first one."""

    words: tuple[LearnedWord, ...]
    offset: int = 0
    has_more: bool = False
    units: tuple[LearnedUnit, ...] = ()
    order: str | None = None


def current(turn: Turn) -> Settings:
    return Settings(
        turn.user.unit_system,
        turn.user.language,
        turn.user.timezone,
        turn.said_at.astimezone(turn.timezone),
        order_of(turn.user),
        rests.is_on(turn),
        planning.is_on(turn),
    )


async def set_units(turn: Turn, unit_system: UnitSystem) -> None:
    """Change the unit that a load without one is in. What is stored stays as it was typed."""
    await turn.work.users.set_units(unit_system)


def units_named(words: str) -> UnitSystem | None:
    """Understand a unit written after /units."""
    return UNIT_WORDS.get(words.strip().casefold())


async def set_language(turn: Turn, language: str) -> None:
    if language in WRITTEN_LANGUAGES:
        await turn.work.users.set_language(language)


async def set_order(turn: Turn, order: str | None) -> None:
    """Note how three numbers are read, or forget it, so that it is asked again."""
    await turn.work.users.set_preference(THREE_NUMBER_ORDER, order if order in NUMBER_ORDERS else None)


async def ask_timezone(turn: Turn) -> None:
    """Take the next text for a place or for the time on the user's watch."""
    await turn.work.dialogues.ask(
        turn.chat_id, TIMEZONE_DIALOGUE, {}, expires_at=turn.now + timedelta(minutes=30), asked_at=turn.now
    )


async def set_timezone(turn: Turn, words: str) -> str | None:
    """Set the time zone by a place, a zone's name, or the time it is there now; None when it says none of these."""
    name = zone_of(words, turn.said_at)
    if name is not None:
        await turn.work.users.set_timezone(name)
    return name


def zone_of(words: str, now: datetime) -> str | None:
    """Find the zone of "Berlin", "europe/berlin", "UTC+3", or "18:30" (whoever reads that on their watch now)."""
    if match := CLOCK.match(words):
        return _zone_of_clock(match, now)
    if offset := OFFSET.fullmatch(words.strip()):
        return _zone_of_hours(int(offset[1].replace("−", "-").replace(" ", "")))
    wanted = words.strip().casefold().replace(" ", "_")
    zones = sorted(available_timezones())
    exact = [zone for zone in zones if zone.casefold() == wanted]
    by_city = [zone for zone in zones if "/" in zone and zone.casefold().rpartition("/")[2] == wanted]
    regional = [zone for zone in by_city if not zone.startswith(("Etc/", "SystemV/"))]
    return next(iter(exact or regional), None)


def _zone_of_clock(match: re.Match[str], now: datetime) -> str | None:
    hour, minute, half = int(match[1]), int(match[2]), (match[3] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        return None
    shift = (hour * 60 + minute) - (now.hour * 60 + now.minute)
    shift = (shift + 12 * 60) % (24 * 60) - 12 * 60
    quarters = round(shift / 15)
    if abs(shift - quarters * 15) > MOST_SLOW_MINUTES:
        return None
    if quarters % 4:
        offset = timedelta(minutes=quarters * 15)
        return next((name for name in UNEVEN_ZONES if now.astimezone(ZoneInfo(name)).utcoffset() == offset), None)
    return _zone_of_hours(quarters // 4)


def _zone_of_hours(hours: int) -> str | None:
    """Give the zone so many hours before UTC; its name counts the other way round."""
    if not EARLIEST <= hours <= LATEST:
        return None
    return "UTC" if hours == 0 else f"Etc/GMT{-hours:+d}"


def zone_said(name: str) -> str:
    """Say a zone's name as people do: "Etc/GMT-3" is UTC+3."""
    hours = name.removeprefix("Etc/GMT")
    return name if hours == name or not hours else f"UTC{-int(hours):+d}"


async def learned_words(turn: Turn, offset: int = 0) -> WordsPage:
    """List the words that were learned from this user's corrections."""
    views = await turn.work.exercises.aliases()
    words = [LearnedWord(view.id, view.alias, view.exercise.name) for view in views]
    page = WordsPage(tuple(words[offset : offset + PAGE]), offset, len(words) > offset + PAGE)
    return page if offset else replace(page, units=await _learned_units(turn), order=order_of(turn.user))


async def _learned_units(turn: Turn) -> tuple[LearnedUnit, ...]:
    settled = await turn.work.exercises.units()
    exercises = await turn.work.exercises.get_many(settled)
    units = [LearnedUnit(root_id, exercises[root_id].name, unit) for root_id, unit in settled.items()]
    return tuple(sorted(units, key=lambda one: one.exercise))


async def forget_unit(turn: Turn, root_id: UUID) -> bool:
    """Forget the unit of an exercise; False where none is settled any more."""
    if root_id not in await turn.work.exercises.units():
        return False
    await turn.work.exercises.settle_unit(root_id, None)
    return True


async def forget_word(turn: Turn, alias_id: UUID) -> bool:
    return await turn.work.exercises.forget_alias(alias_id)
