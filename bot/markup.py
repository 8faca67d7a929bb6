"""The text of a message as Telegram's HTML, and what a reader sees of it.

``Html`` is text whose every ``<`` and ``&`` is meant. Words of a user become Html through `escape` alone, and a message
takes nothing but Html: the type checker then finds the place where a name could smuggle in a tag.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

TAG = re.compile(r"<(/?)([a-z-]+)[^<>]*>")
PIECE = re.compile(r"<[^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);|[^<&]|.", re.DOTALL)


class Html(str):
    """Text that is already Telegram's HTML."""

    __slots__ = ()


def escape(text: object) -> Html:
    """Give the text as Html in which nothing is markup; Html comes back as it is."""
    return text if isinstance(text, Html) else Html(html.escape(str(text), quote=False))


def join(separator: str, parts: Iterable[Html]) -> Html:
    """Join Html with a separator of ours (a line break, a comma)."""
    return Html(separator.join(parts))


def lines(*parts: Html | None) -> Html:
    """Put the parts on lines of their own; None leaves no line."""
    return join("\n", (part for part in parts if part is not None))


def bold(text: object) -> Html:
    return Html(f"<b>{escape(text)}</b>")


def code(text: object) -> Html:
    return Html(f"<code>{escape(text)}</code>")


def plain_text(markup: str) -> str:
    """Give what the reader of a message sees, without the markup."""
    return html.unescape(TAG.sub("", markup))


def utf16_length(text: str) -> int:
    """Count as Telegram counts: UTF-16 units, so that most emoji are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def visible_length(markup: str) -> int:
    """Count the UTF-16 units that remain once the markup has been read."""
    return utf16_length(plain_text(markup))


def split(text: Html, limit: int) -> list[Html]:
    """Cut a text into parts of at most `limit` visible UTF-16 units, at line ends where there are any.

    Tags open at a cut are closed before it and opened again after it; an entity such as ``&amp;`` is never cut.
    """
    if visible_length(text) <= limit:
        return [text]
    parts: list[Html] = []
    current, room = "", limit
    for line in _fitting_lines(text, limit):
        size = visible_length(line)
        if size > room:
            parts.append(Html(current))
            current, room = "", limit
        current += line
        room -= size
    parts.append(Html(current))
    return [part for part in _balanced(parts) if plain_text(part).strip()]


def _fitting_lines(text: str, limit: int) -> Iterator[str]:
    """Give the lines with their ends; a line that is over the limit comes in pieces, cut at spaces if there are any."""
    for line in text.splitlines(keepends=True):
        while visible_length(line) > limit:
            cut = _cut_place(line, limit)
            yield line[:cut]
            line = line[cut:]
        yield line


def _cut_place(line: str, limit: int) -> int:
    """Find the last place where a head of at most `limit` visible units may end: after a space, or after any piece."""
    used, last_space, place = 0, 0, 0
    for piece in PIECE.finditer(line):
        used += visible_length(piece.group())
        if used > limit:
            break
        place = piece.end()
        if piece.group() == " ":
            last_space = place
    return last_space or place


def _balanced(parts: Iterable[Html]) -> Iterator[Html]:
    open_tags: list[tuple[str, str]] = []
    for part in parts:
        opening = "".join(tag for _, tag in open_tags)
        for match in TAG.finditer(part):
            if not match.group(1):
                open_tags.append((match.group(2), match.group()))
            elif open_tags and open_tags[-1][0] == match.group(2):
                open_tags.pop()
        closing = "".join(f"</{name}>" for name, _ in reversed(open_tags))
        yield Html(f"{opening}{part.strip(chr(10))}{closing}")
