"""The text in a file that somebody sent: its encoding is guessed from its bytes, and what is no text is told apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath
from typing import Final

TEXT_SUFFIXES: Final = frozenset((".txt", ".csv", ".tsv", ".md", ".markdown", ".text", ".log", ".org"))
SHEET_SUFFIXES: Final = frozenset((".xlsx", ".xls", ".xlsm", ".ods", ".numbers", ".gsheet"))
DOCUMENT_SUFFIXES: Final = frozenset((".pdf", ".doc", ".docx", ".odt", ".rtf", ".pages", ".epub", ".html", ".htm"))
SIGNATURES: Final = (
    b"PK\x03\x04", b"PK\x05\x06", b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"BZh", b"\xfd7zXZ",
    b"7z\xbc\xaf", b"Rar!", b"RIFF", b"\xd0\xcf\x11\xe0", b"\x7fELF", b"MZ", b"SQLite format 3", b"OggS", b"ID3",
    b"\x28\xb5\x2f\xfd",
)  # fmt: skip
"""How archives, documents, pictures and programs begin, whatever they are called."""
MOST_CONTROLS: Final = 0.002
"""So large a share of control characters no text has."""
HEADING: Final = re.compile(r"[^\d\n]*[,;\t|][^\d\n]*[,;\t|][^\d\n]*")
"""The first line of a table: three names of columns or more, and no figures."""


def kind_of(name: str, mime: str) -> str:
    """Tell by its name what a file is: ``text``, ``sheet``, ``document`` or ``other``; without a suffix by its type."""
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if suffix in TEXT_SUFFIXES or (not suffix and mime.startswith("text/")):
        return "text"
    if suffix in SHEET_SUFFIXES:
        return "sheet"
    return "document" if suffix in DOCUMENT_SUFFIXES else "other"


def read_bytes(content: bytes) -> str | None:
    """Read a file's bytes as text; None where they are none.

    A byte order mark decides; then NULs in every second place, which are UTF-16; then UTF-8; and what is left is one of
    the old code pages, Cyrillic or Western, by how the letters stand together.
    """
    if content.startswith(SIGNATURES):
        return None
    text = _decoded(content)
    if text is None:
        return None
    controls = sum(unicodedata.category(char) == "Cc" and char not in "\t\n\r\f\v" for char in text)
    if controls > MOST_CONTROLS * len(text):
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n\ufeff")


def _decoded(content: bytes) -> str | None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _tried(content, "utf-16")
    if content.count(0):
        return _as_utf16(content)
    text = _tried(content, "utf-8-sig")
    if text is not None:
        return text
    return content.decode("cp1251" if _looks_cyrillic(content) else "cp1252", "replace")


def _tried(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _as_utf16(content: bytes) -> str | None:
    """Read UTF-16 without a mark: of plain letters one byte of two is NUL, always the same."""
    even, odd = content[::2].count(0), content[1::2].count(0)
    if min(even, odd) > 0.05 * max(even, odd) or max(even, odd) < len(content) * 0.2 or len(content) % 2:
        return None
    return _tried(content, "utf-16-be" if even > odd else "utf-16-le")


def _looks_cyrillic(content: bytes) -> bool:
    """Tell Cyrillic from Western letters: Cyrillic words are all high bytes, accents stand alone."""
    runs = [len(run) for run in re.findall(rb"[\xa8\xb8\xc0-\xff]+", content)]
    return sum(run for run in runs if run > 2) > sum(runs) / 2


def in_pieces(text: str, limit: int, cut_by_days: Callable[[str], Sequence[str]]) -> list[str]:
    """Cut a text into pieces of at most `limit` characters, each of which can be read by itself.

    A piece ends before a line with a day of its own, so that what was done on a day stays under its date; a text
    without days is cut at an empty line, or at the end of a line. The names of a table's columns come before each.
    """
    heading = heading_of(text)
    pieces, rest = [], text
    while len(rest) > limit:
        end = _end_of_piece(rest[:limit], heading, cut_by_days)
        pieces.append(rest[:end].rstrip("\n"))
        rest = rest[end:].lstrip("\n")
        if heading and rest:
            rest = f"{heading}\n{rest}"
    return [*pieces, rest] if rest.strip() else pieces


def heading_of(text: str) -> str:
    """Give the line of a table that names its columns; empty where there is none."""
    first = text.partition("\n")[0].strip("\r")
    return first if len(first) <= 500 and HEADING.fullmatch(first) else ""


def _end_of_piece(piece: str, heading: str, cut_by_days: Callable[[str], Sequence[str]]) -> int:
    days = cut_by_days(piece)
    last = days[-1].removeprefix(f"{heading}\n") if heading else days[-1]
    if len(days) > 1 and piece.endswith(last):
        return len(piece) - len(last)
    for mark in ("\n\n", "\n"):
        end = piece.rfind(mark, len(piece) // 2)
        if end > 0:
            return end
    return len(piece)
