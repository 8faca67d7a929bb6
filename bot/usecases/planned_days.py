"""The day and the time that somebody means by "tomorrow", "fri 18:30", "2026-12-01", "1 Dec", "01.12." """

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

DAYS: Final = {
    "today": 0, "heute": 0, "hoy": 0, "hoje": 0, "сегодня": 0, "aujourd'hui": 0,
    "tomorrow": 1, "tmrw": 1, "tmr": 1, "morgen": 1, "mañana": 1, "amanhã": 1, "завтра": 1, "demain": 1,
}  # fmt: skip
WEEKDAYS: Final = (
    ("mon", "montag", "lunes", "segunda", "lundi", "пн", "понедельник"),
    ("tue", "dienstag", "martes", "terça", "mardi", "вт", "вторник"),
    ("wed", "mittwoch", "miércoles", "quarta", "mercredi", "ср", "среда", "среду"),
    ("thu", "donnerstag", "jueves", "quinta", "jeudi", "чт", "четверг"),
    ("fri", "freitag", "viernes", "sexta", "vendredi", "пт", "пятница", "пятницу"),
    ("sat", "samstag", "sábado", "samedi", "сб", "суббота", "субботу"),
    ("sun", "sonntag", "domingo", "dimanche", "вс", "воскресенье"),
)
ENGLISH: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CLOCK: Final = re.compile(
    r"(?:\bat\s+)?\b(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)\b|(?:\bat\s+)?\b(\d{1,2})[:h](\d{2})\b", re.I
)
BETWEEN: Final = re.compile(r"(?<=\d)t(?=\d)")
ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
DOTTED: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.?(\d{4})?")
DAY_MONTH: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?\s+([a-z]{3})[a-z]*\.?(?:\s+(\d{4}))?")
MONTH_DAY: Final = re.compile(r"([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?")
IN_DAYS: Final = re.compile(r"in\s+(\d{1,3})\s+days?")
FARTHEST: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class When:
    """A day, and the time of it where one was said."""

    day: date
    at: time | None = None


def parse_when(words: str, today: date) -> When | None:
    """Read a day and a time: `parse_when("fri 6pm", today)`; None where no day is said, or none that there is."""
    text = BETWEEN.sub(" ", " ".join(words.casefold().split()))
    at, text = _time_in(text)
    day = _day(text.strip(" ,"), today) if text.strip(" ,") else (today if at is not None else None)
    return None if day is None else When(day, at)


def _time_in(text: str) -> tuple[time | None, str]:
    """Take the time out of a text."""
    match = CLOCK.search(text)
    if match is None:
        return None, text
    hour, minute = int(match[1] or match[4]), int(match[2] or match[5] or 0)
    if match[3]:
        if not 1 <= hour <= 12:
            return None, text
        hour = hour % 12 + (12 if match[3].lower() == "pm" else 0)
    if hour > 23 or minute > 59:
        return None, text
    return time(hour, minute), f"{text[: match.start()]} {text[match.end() :]}"


def _day(text: str, today: date) -> date | None:
    text = text.removeprefix("on ").removeprefix("next ").removeprefix("am ").strip()
    if text in DAYS:
        return today + timedelta(days=DAYS[text])
    if (weekday := _weekday(text)) is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    if match := IN_DAYS.fullmatch(text):
        return today + timedelta(days=int(match[1]))
    if match := ISO.fullmatch(text):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := DOTTED.fullmatch(text):
        return _coming(int(match[2]), int(match[1]), match[3], today)
    if (match := DAY_MONTH.fullmatch(text)) and match[2] in MONTHS:
        return _coming(MONTHS.index(match[2]) + 1, int(match[1]), match[3], today)
    if (match := MONTH_DAY.fullmatch(text)) and match[1] in MONTHS:
        return _coming(MONTHS.index(match[1]) + 1, int(match[2]), match[3], today)
    return None


def _weekday(text: str) -> int | None:
    for number, names in enumerate(WEEKDAYS):
        is_english = len(text) >= 3 and ENGLISH[number].startswith(text)
        if is_english or text in names:
            return number
    return None


def _coming(month: int, day: int, year: str | None, today: date) -> date | None:
    """Give the day of that year, or where none is said the next one that comes."""
    if year is not None:
        return _date(int(year), month, day)
    found = _date(today.year, month, day)
    return _date(today.year + 1, month, day) if found is not None and found < today else found


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
