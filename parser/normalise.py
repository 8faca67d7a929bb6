"""First stage: one spelling for what people write in many, with the way back to the text as it was given.

Spaces, dashes, multiplication signs, quotes, fractions and digits of other scripts become their plain forms; invisible
characters, emphasis marks and pictures go. Every kept character remembers where it stood, so that spans found later
point
into the original text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from parser.reading import Span

DASHES = "‐‑‒–—―−﹘﹣－"
SIMPLE = {
    **dict.fromkeys(DASHES, "-"),
    **dict.fromkeys("×✕✖⨯╳✗ᵡ", "x"),
    **dict.fromkeys("’‘`´ʼ′", "'"),
    **dict.fromkeys("“”„«»″〝〞", '"'),
    **dict.fromkeys("→➡⟶➜➔⇒»›", ">"),
    **dict.fromkeys("•●▪◦‣∙·►▶■□◆◇○★☆✓✔✅☑➤", "•"),
    "≈": "~",
    "≥": " ",
    "≤": " ",
    "…": "...",
    "№": "#",
    "،": ",",
    "，": ",",
    "、": ",",
    "：": ":",
    "；": ";",
    "（": "(",
    "）": ")",
    "＠": "@",
    "º": "°",
    "\u2028": "\n",
    "\u2029": "\n",
    "\x0b": "\n",
    "\x0c": "\n",
    "\u20e3": ")",  # The keycap of a numbered emoji: what stood before it was a list number.
}
FRACTIONS = {"½": "5", "¼": "25", "¾": "75"}
# What stays as it is: printable ASCII without the signs that markdown may be made of, and the ends of lines.
PLAIN_RUN = re.compile(r"[ -)+-^a-}\n\t]+")
# What is struck through was taken back.
STRUCK = re.compile(r"~~[^~\n]{1,200}~~")
MARKDOWN = ("**", "__", "~~", "```")


@dataclass(frozen=True, slots=True)
class NormalText:
    """The plain spelling and, for each of its characters and its end, the offset in the original text."""

    text: str
    origins: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """Find the original span of a stretch of the plain text."""
        if end <= start:
            return Span(self.origins[start], self.origins[start])
        return Span(self.origins[start], self.origins[end - 1] + 1)


def normalise(text: str) -> NormalText:
    """Give the plain spelling of any text."""
    if PLAIN_RUN.fullmatch(text) is not None:
        return NormalText(text, range(len(text) + 1))
    kept: list[str] = []
    origins: list[int] = []
    position, size = 0, len(text)
    while position < size:
        plain_run = PLAIN_RUN.match(text, position)
        if plain_run is not None:
            kept.extend(plain_run.group())
            origins.extend(range(position, plain_run.end()))
            position = plain_run.end()
            continue
        if text[position] == "~" and (struck := STRUCK.match(text, position)) is not None:
            position = struck.end()
            continue
        if text[position] in "*_~`" and text[position : position + 2] in ("**", "__", "~~", "``"):
            position += 2
            continue
        plain = _plain(text[position], kept[-1] if kept else "\n")
        if text[position] == "\r":
            plain = "" if text[position + 1 : position + 2] == "\n" else "\n"
        for char in plain:
            kept.append(char)
            origins.append(position)
        position += 1
    origins.append(size)
    return NormalText("".join(kept), origins)


def _plain(char: str, before: str) -> str:
    """Give the plain form of one character; `before` is the plain character in front of it."""
    if char < "\x7f":
        return char if char >= " " or char in "\n\t" else ""
    if char in FRACTIONS:
        return ("." if before.isdigit() else "0.") + FRACTIONS[char]
    return _plain_other(char)


@lru_cache(maxsize=4096)
def _plain_other(char: str) -> str:
    if char in SIMPLE:
        return SIMPLE[char]
    category = unicodedata.category(char)
    if category == "Zs":
        return " "
    if category in ("Cf", "Cc", "Cs", "Co", "Cn", "Me") or "\ufe00" <= char <= "\ufe0f":
        return ""
    if category == "Nd":
        return str(unicodedata.digit(char))
    if category in ("So", "Sk") and char != "°":
        return "•"
    if category in ("Mn", "Mc"):
        return char
    wide = unicodedata.normalize("NFKC", char)
    return wide if "\uff00" <= char <= "\uffef" and wide.isprintable() else char


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Fold case and accents of a word, so that spellings with and without them compare equal: Übung, ubung."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
