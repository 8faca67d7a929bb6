"""The largest texts that anybody can send, of the worst kinds: `python -m tests.benchmarks.limits` prints their cost.

Seconds are those of the processor, the least of three readings; how busy the machine is shows in them all the same.
"""

from __future__ import annotations

import random
import string
import sys
import time

from parser import ReadingContext, read_shorthand
from parser.pipeline import LONGEST_TEXT

CHANCE = random.Random(1)
WORDS = ["bench", "80x8", "3x8-10", "rest", "2", "min", "@8", "rpe", "squat", "и", "на", "5", "x", "week", "1", "day"]
MOST_SECONDS = 1.0
ONE_LINERS = ("bench 80x8", "bench 80x8, 80x8, 80x7 @9", "squat 3x5 100kg", "80x8")


def _word(letters: int) -> str:
    return "".join(CHANCE.choice(string.ascii_lowercase) for _ in range(letters))


PATTERNS = {
    "one set again and again": "bench 80x8 " * LONGEST_TEXT,
    "a set on every line": "bench 80x8\n" * LONGEST_TEXT,
    "a week on every line": "Week 1\nbench 3x8 @ 70%\n" * LONGEST_TEXT,
    "rows of a table": "| bench | 3 | 8 |\n" * LONGEST_TEXT,
    "cyrillic": "жим лежа 80х8х3 " * LONGEST_TEXT,
    "names": "curl press row " * LONGEST_TEXT,
    "unknown names": " ".join(_word(6) for _ in range(LONGEST_TEXT // 7)),
    "an unknown name on every line": "\n".join(f"{_word(8)} 3x8" for _ in range(LONGEST_TEXT // 13)),
    "words of lifters": " ".join(CHANCE.choice(WORDS) for _ in range(LONGEST_TEXT // 4)),
    "any signs": "".join(CHANCE.choice(string.printable) for _ in range(LONGEST_TEXT)),
    "products": "80x" * LONGEST_TEXT,
    "commas": "8," * LONGEST_TEXT,
    "strokes": "8/" * LONGEST_TEXT,
    "pipes": "|8" * LONGEST_TEXT,
    "efforts": "@8 " * LONGEST_TEXT,
    "digits": "1" * LONGEST_TEXT,
    "brackets": "(" * LONGEST_TEXT,
    "pictures": "💪" * LONGEST_TEXT,
    "spaces": " " * LONGEST_TEXT,
    "tabs": "\t" * LONGEST_TEXT,
    "blank lines": "\n" * LONGEST_TEXT,
    "zero-width": "\u200b" * LONGEST_TEXT,
}


def seconds_of(text: str, context: ReadingContext, times: int = 1) -> float:
    """Measure one reading, on the average of so many, the least of three."""
    found = []
    for _ in range(3):
        started = time.process_time()
        for _ in range(times):
            read_shorthand(text, context)
        found.append((time.process_time() - started) / times)
    return min(found)


def main() -> int:
    """Print the table; fail where a text took longer than it may."""
    context = ReadingContext()
    read_shorthand("flarpzog 3x8", context)
    slow = 0
    for name, pattern in PATTERNS.items():
        seconds = seconds_of(pattern[:LONGEST_TEXT], context)
        slow += seconds > MOST_SECONDS
        sys.stdout.write(f"{name:32}{seconds:8.3f} s{'  too slow' if seconds > MOST_SECONDS else ''}\n")
    for text in ONE_LINERS:
        sys.stdout.write(f"{text:32}{seconds_of(text, context, 300) * 1000:8.3f} ms\n")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
