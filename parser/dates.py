"""Dates with day, month and year, in figures or words of six languages. Anything less is no date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from parser.lexicon import Lexicon
from parser.normalise import fold

ISO = re.compile(r"(?<![\d.])(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?![\d])(?:T\d{2}:\d{2}\S*)?")
NUMERIC = re.compile(r"(?<![\d.,x/-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/])")
WORD = r"[^\W\d_]+\.?"
DAY_FIRST = re.compile(
    rf"(?<![\d.])(?<!\d,)(\d{{1,2}})(?:st|nd|rd|th|er|º|°|\.)?\s+(?:de\s+|of\s+)?({WORD})\.?,?\s+"
    r"(?:de\s+|del\s+)?(\d{4})(?!\d)(?:\s*г(?:\.|ода)?)?"
)
MONTH_FIRST = re.compile(rf"({WORD})\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)")
LONGEST_DATED = 400
FIRST_YEAR, LAST_YEAR = 1990, 2100
# What every date of these forms has: a year in four figures, or figures on both sides of a sign.
MAY_BE_DATE = re.compile(r"\d{4}|\d[./-]\d")
CLOCK_BEHIND = re.compile(
    r"^[\s,]*(?:at|um|a las|às|à|в|kl\.?|@|-)?\s*\d{1,2}[:h]\d{2}(?::\d{2})?\s*(?:am|pm|a\.m\.|p\.m\.|uhr|h)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date and where it stands in the plain text, with the time of day behind it."""

    value: date
    start: int
    end: int


def find_dates(text: str, offset: int, lexicon: Lexicon) -> list[FoundDate]:
    """Find the dates in a line that starts at `offset` of the plain text."""
    found: list[FoundDate] = []
    if len(text) > LONGEST_DATED or MAY_BE_DATE.search(text) is None:
        return found
    for match in ISO.finditer(text):
        _add(found, match, offset, text, match[1], match[2], match[3])
    for match in NUMERIC.finditer(text):
        if len(match[4]) == 2 and not _is_short_date(match, text) and not _follows_weekday(match, text, lexicon):
            continue
        year = _full_year(match[4])
        day, month = _day_and_month(match[1], match[3], match[2])
        if match[2] != "." and _only_swapped_fits(year, month, day, text, lexicon):
            day, month = month, day
        _add(found, match, offset, text, year, month, day)
    for match in DAY_FIRST.finditer(text):
        _add(found, match, offset, text, match[3], _month(match[2], lexicon), match[1])
    for match in MONTH_FIRST.finditer(text):
        _add(found, match, offset, text, match[3], _month(match[1], lexicon), match[2])
    return found


def _is_short_date(match: re.Match[str], text: str) -> bool:
    """A year of two digits makes a date only where no list of repetitions can be meant: `12/10/10` behind a load."""
    around = text[: match.start()] + text[match.end() :]
    return int(match[4]) >= 15 and not any(char.isdigit() for char in around)


def _follows_weekday(match: re.Match[str], text: str, lexicon: Lexicon) -> bool:
    """`Wed 8/14/24 -- Lower B @ 24hr`: behind a weekday that opens the line no list of repetitions can be meant."""
    opening = re.fullmatch(r"\W*([^\W\d_]+)\W{0,3}", text[: match.start()])
    entries = lexicon.phrases.get((fold(opening[1]),), ()) if opening is not None else ()
    return any(entry.role == "weekday" for entry in entries)


def _full_year(text: str) -> str:
    return text if len(text) == 4 else f"20{text}"


def _day_and_month(first: str, second: str, separator: str) -> tuple[str, str]:
    """Points mean day first; with slashes whichever is possible, day first where both are."""
    if separator != "." and int(second) > 12 >= int(first):
        return second, first
    return first, second


def _only_swapped_fits(year: str, month: str, day: str, text: str, lexicon: Lexicon) -> bool:
    """`10/2/24 wed`: where both orders are dates, the weekday beside them tells which one is meant."""
    if max(int(day), int(month)) > 12:
        return False
    words = [fold(word) for word in re.findall(r"[^\W\d_]+", text)]
    told = {e.value for word in words for e in lexicon.phrases.get((word,), ()) if e.role == "weekday"}
    try:
        first, swapped = (date(int(year), int(m), int(d)).weekday() for d, m in ((day, month), (month, day)))
    except ValueError:
        return False
    return swapped in told and first not in told


def _month(word: str, lexicon: Lexicon) -> str:
    for key in (fold(word.rstrip(".")), fold(word)):
        for entry in lexicon.phrases.get((key,), ()):
            if entry.role == "month":
                return str(entry.value)
    return "0"


def _add(found: list[FoundDate], match: re.Match[str], offset: int, text: str, year: str, month: str, day: str) -> None:
    try:
        value = date(int(year), int(month), int(day))
    except ValueError:
        return
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        return
    clock = CLOCK_BEHIND.match(text[match.end() :])
    end = match.end() + (clock.end() if clock else 0)
    if all(offset + end <= other.start or offset + match.start() >= other.end for other in found):
        found.append(FoundDate(value, offset + match.start(), offset + end))
