"""The words of all languages in one table, from the files in `languages/`.

A phrase is a tuple of token keys and has one role (a grammar category, a number, a weekday, a month). All languages are
read at once, since lifters mix them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from parser.lexer import Token, tokenise

LANGUAGES = ("en", "ru", "es", "de", "pt", "fr")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase means: a role and, for numbers, weekdays and months, its value."""

    role: str
    value: int = 0


NOTHING: tuple[int, tuple[Entry, ...]] = (0, ())


@dataclass(frozen=True)
class Lexicon:
    """Phrases by their keys, grouped by the first key; words of headings, fillers, columns and modifiers."""

    phrases: dict[tuple[str, ...], tuple[Entry, ...]]
    longest: dict[str, int]
    heading_words: frozenset[str]
    fillers: frozenset[str]
    columns: dict[tuple[str, ...], str]
    modifiers: dict[tuple[str, ...], str]
    answers: dict[tuple[str, ...], frozenset[str]]
    names: dict[str, dict[tuple[str, ...], str]]
    number_starts: frozenset[str]
    seconds: dict[str, frozenset[str]] = field(repr=False)
    singles: dict[str, tuple[int, tuple[Entry, ...]]] = field(repr=False)

    def at(self, tokens: list[Token], index: int) -> tuple[int, tuple[Entry, ...]]:
        """Find the longest phrase that starts at a token: its length in tokens and its meanings, or 0 and nothing."""
        first = tokens[index].key
        longest = self.longest.get(first)
        if longest is None:
            return NOTHING
        if longest > 1 and index + 1 < len(tokens) and tokens[index + 1].key in self.seconds[first]:
            for size in range(min(longest, len(tokens) - index), 1, -1):
                entries = self.phrases.get(tuple([token.key for token in tokens[index : index + size]]))
                if entries:
                    return size, entries
        return self.singles.get(first, NOTHING)


@lru_cache(maxsize=16384)
def keys_of(phrase: str) -> tuple[str, ...]:
    """Cut a phrase of a table the way a text is cut."""
    return tuple(token.key for token in tokenise(phrase, 0))


@cache
def load_lexicon() -> Lexicon:
    """Read all language files, once a process."""
    phrases: dict[tuple[str, ...], list[Entry]] = {}
    headings: set[str] = set()
    fillers: set[str] = set()
    columns: dict[tuple[str, ...], str] = {}
    modifiers: dict[tuple[str, ...], str] = {}
    answers: dict[tuple[str, ...], set[str]] = {}
    names: dict[str, dict[tuple[str, ...], str]] = {}
    for language in LANGUAGES:
        table = tomllib.loads((files("parser") / "languages" / f"{language}.toml").read_text(encoding="utf-8"))
        for phrase, entry in _entries(table):
            known = phrases.setdefault(phrase, [])
            if entry not in known:
                known.append(entry)
        headings.update(keys[0] for word in table["headings"]["words"] if (keys := keys_of(word)))
        fillers.update(keys[0] for word in table["fillers"]["words"] if (keys := keys_of(word)))
        for column, words in table["columns"].items():
            for word in words:
                columns.setdefault(keys_of(word), column)
        for meaning, words in table.get("modifiers", {}).items():
            for word in words:
                modifiers.setdefault(keys_of(word), meaning)
        names[language] = {keys_of(word): slug for slug, words in table.get("names", {}).items() for word in words}
        for meaning, words in table["answers"].items():
            for word in words:
                answers.setdefault(keys_of(word), set()).add(meaning)
    longest: dict[str, int] = {}
    for phrase in phrases:
        longest[phrase[0]] = max(longest.get(phrase[0], 0), len(phrase))
    starts = frozenset(phrase[0] for phrase, entries in phrases.items() if any(e.role == "number" for e in entries))
    frozen_answers = {phrase: frozenset(meanings) for phrase, meanings in answers.items()}
    frozen = {phrase: tuple(entries) for phrase, entries in phrases.items()}
    behind: dict[str, set[str]] = {first: set() for first in longest}
    for phrase in frozen:
        behind[phrase[0]].update(phrase[1:2])
    seconds = {first: frozenset(keys) for first, keys in behind.items()}
    singles = {phrase[0]: (1, entries) for phrase, entries in frozen.items() if len(phrase) == 1}
    return Lexicon(
        frozen, longest, frozenset(headings), frozenset(fillers), columns, modifiers, frozen_answers, names, starts,
        seconds, singles,
    )  # fmt: skip


def _entries(table: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], Entry]]:
    for role, phrases in table["grammar"].items():
        yield from ((keys_of(phrase), Entry(role)) for phrase in phrases)
    for section, role in (
        ("numbers", "number"),
        ("rep_counts", "rep_count"),
        ("weekdays", "weekday"),
        ("months", "month"),
    ):
        for value, phrases in table.get(section, {}).items():
            yield from ((keys_of(phrase), Entry(role, int(value))) for phrase in phrases)
    for role, phrases in table.get("decimal", {}).items():
        yield from ((keys_of(phrase), Entry(role)) for phrase in phrases)
