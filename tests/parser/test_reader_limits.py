"""The work of reading grows with the text and no faster, and nothing up to 64 KB breaks the reader.

Work is counted in function calls, which is the same on every machine, and not in time.
"""

from __future__ import annotations

import random
import string
import sys
from types import FrameType
from typing import Any

import pytest

from parser import name_resolution, read_shorthand

PATTERNS = {
    "one set": "80x8 ",
    "lines": "bench 80x8\n",
    "names": "bench press squat deadlift ",
    "misspelled": "benhc pres sqat ",
    "unknown": "qwertz asdfgh ",
    "list": "8,",
    "brackets": "(",
    "pipes": "|1",
    "tabs": "a\t",
    "ranges": "-1",
    "clocks": "1:30 ",
    "number words": "one hundred ",
    "headings": "Week 1: 5x5\n",
    "spaces": " ",
    "quotes": '"',
    "letters": "a1b2",
    "rests": "rest 60s\n",
    "emoji": "💪",
    "digits": "1",
    "closing brackets": "x)",
    "table rows": "| bench | 3 | 8 |\n",
    "blank lines": "\n",
    "line ends of Windows": "\r\n",
    "cyrillic": "жим лежа 80х8х3 ",
    "zero-width": "\u200b8\u200bx\u200b8 ",
    "hard spaces": "bench\u00a080x8\u2003",
    "slashes": "8/",
    "products": "80x",
    "efforts": "@8 ",
    "percents": "Week 1\nbench 3x8 @ 70%\n",
    "supersets": "A1 bench 3x8\nA2 row 3x8\n",
    "markdown": "**a** ",
    "dashes": "1 - 2 - ",
    "commas": "bench, 80, ",
}
SMALL, LARGE = 2048, 4096
MOST_GROWTH = 2.8


def calls_of(text: str) -> int:
    count = 0

    def profile(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        read_shorthand(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS.keys())
def test_twice_the_text_is_at_most_about_twice_the_work(pattern: str) -> None:
    read_shorthand(f"{pattern}\nflarpzog 3x8")  # tables that are made when an unknown name first comes up
    small = calls_of((pattern * SMALL)[:SMALL])
    large = calls_of((pattern * LARGE)[:LARGE])
    assert large <= small * MOST_GROWTH


@pytest.mark.parametrize("pattern", ["80x8 ", "bench 80x8\n", "|1", "(", " ", "a1b2"])
def test_64_kilobytes_are_read(pattern: str) -> None:
    reading = read_shorthand((pattern * 65_536)[:65_536])
    assert reading.kind in ("log", "program", "other")


def noise(kind: str, size: int = SMALL) -> str:
    """Give the same random text every time: any signs, or words and figures of lifters in no order."""
    chance = random.Random(kind)
    if kind == "signs":
        return "".join(chance.choice(string.printable) for _ in range(size))
    if kind == "unicode":
        return "".join(
            chr(chance.choice((chance.randrange(32, 0x600), chance.randrange(0x1F300, 0x1FAFF)))) for _ in range(size)
        )
    words = [
        "bench",
        "80x8",
        "3x8-10",
        "rest",
        "2",
        "min",
        "@8",
        "rpe",
        "squat",
        "и",
        "на",
        "5",
        "x",
        "week",
        "\n",
        "day",
    ]
    return " ".join(chance.choice(words) for _ in range(size // 4))[:size]


@pytest.mark.parametrize("kind", ["signs", "unicode", "words"])
def test_twice_the_noise_is_at_most_about_twice_the_work(kind: str) -> None:
    read_shorthand(f"{noise(kind)}\nflarpzog 3x8")
    assert calls_of(noise(kind, LARGE)) <= calls_of(noise(kind, SMALL)) * MOST_GROWTH


@pytest.mark.parametrize(
    "text",
    ["bench 80x8, " * 3000 + "row 70x8", "bench 80x8\n" * 5000 + "row 70x8", "()[]{}<>!?\n" * 2400 + "row 70x8"],
    ids=["one line", "many lines", "many signs"],
)
def test_what_is_past_the_bounds_is_shown_as_unread(text: str) -> None:
    reading = read_shorthand(text)
    last = text.count("\n") + 1
    assert last in {line.line for line in reading.unread}
    read = {line.line for line in reading.unread} | {e.line for e in (*reading.exercises, *reading.prescribed)}
    told = {number for number, line in enumerate(text.split("\n"), 1) if "bench" in line or "row" in line}
    assert told <= read


def test_a_text_full_of_unknown_names_gets_a_bounded_number_of_suggestions(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = []
    monkeypatch.setattr(name_resolution, "search_names", lambda *query: looks.append(query) or ())
    text = "\n".join(f"{'bcdfghjkmn'[i % 10]}{'aeiou'[i // 10 % 5]}qxz{'vwptr'[i // 50]}ak 3x8" for i in range(250))
    reading = read_shorthand(text)
    assert 0 < len(looks) <= name_resolution.MOST_SUGGESTED_NAMES
    assert len(reading.prescribed) + len(reading.unread) >= 250, "and still nothing vanishes"
