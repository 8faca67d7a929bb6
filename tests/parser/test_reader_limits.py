"""The work of reading grows with the text and no faster, and nothing up to 64 KB breaks the reader.

Work is counted in function calls, which is the same on every machine, and not in time.
"""

from __future__ import annotations

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
}
SMALL, LARGE = 4096, 8192
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
    read_shorthand(pattern)
    small = calls_of((pattern * SMALL)[:SMALL])
    large = calls_of((pattern * LARGE)[:LARGE])
    assert large <= small * MOST_GROWTH


@pytest.mark.parametrize("pattern", ["80x8 ", "bench 80x8\n", "|1", "(", " ", "a1b2"])
def test_64_kilobytes_are_read(pattern: str) -> None:
    reading = read_shorthand((pattern * 65_536)[:65_536])
    assert reading.kind in ("log", "program", "other")


def test_a_text_full_of_unknown_names_gets_a_bounded_number_of_suggestions(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = []
    monkeypatch.setattr(name_resolution, "search_names", lambda *query: looks.append(query) or ())
    text = "\n".join(f"{'bcdfghjkmn'[i % 10]}{'aeiou'[i // 10 % 5]}qxz{'vwptr'[i // 50]}ak 3x8" for i in range(250))
    reading = read_shorthand(text)
    assert 0 < len(looks) <= name_resolution.MOST_SUGGESTED_NAMES
    assert len(reading.prescribed) + len(reading.unread) >= 250, "and still nothing vanishes"
