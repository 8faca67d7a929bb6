"""Long lists in pages: blocks of lines packed so that no message floods the chat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.markup import Html, lines, visible_length

MOST_LINES = 34
MOST_UNITS = 2600


@dataclass(frozen=True, slots=True)
class Block:
    """A heading and the lines below it."""

    heading: Html
    lines: tuple[Html, ...]


def pack(blocks: Sequence[Block]) -> list[Html]:
    """Give the pages. A block that is too long for one goes on in the next, under its heading again."""
    pages: list[list[Html]] = [[]]
    for block in blocks:
        if pages[-1] and not _has_room(pages[-1], (block.heading, *block.lines)):
            pages.append([])
        elif pages[-1]:
            pages[-1].append(Html(""))
        pages[-1].append(block.heading)
        for line in block.lines:
            if not _has_room(pages[-1], (line,)):
                pages.append([block.heading])
            pages[-1].append(line)
    return [lines(*page) for page in pages]


def _has_room(page: Sequence[Html], more: Sequence[Html]) -> bool:
    total = (*page, *more)
    return len(total) <= MOST_LINES and sum(visible_length(line) + 1 for line in total) <= MOST_UNITS


def within(page: int, count: int) -> int:
    """Give the page that is there when another one is asked for."""
    return max(0, min(page, count - 1))
