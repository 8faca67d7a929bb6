"""Words of names made comparable: folded, without signs, and cut to a stem that plurals and cases share."""

from __future__ import annotations

import re
from functools import lru_cache

from parser.normalise import fold

NAME_WORD = re.compile(r"[^\W\d_]+|\d+|&")
SHORT_CONTRACTIONS = re.compile(r"(?<=[^\W\d])['’.](?=[^\W\d])|'")
CYRILLIC_ENDINGS = (
    "иями", "ями", "ами", "иях", "ого", "его", "ому", "ему", "ыми", "ими", "ией", "ях", "ах", "ов", "ев", "ей", "ой",
    "ый", "ий", "ая", "яя", "ое", "ее", "ые", "ие", "ую", "юю", "ым", "им", "ом", "ем", "ам", "ям", "ою", "ия", "ию",
    "а", "я", "о", "е", "ы", "и", "у", "ю", "ь", "й",
)  # fmt: skip
NOT_PLURAL = frozenset(
    {"press", "cross", "abs", "biceps", "triceps", "bis", "tris", "gluteos", "torso", "hyperextensions"}
)
STOP_WORDS = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "on",
        "with",
        "to",
        "in",
        "for",
        "and",
        "und",
        "y",
        "et",
        "e",
        "и",
        "с",
        "на",
        "в",
        "mit",
        "auf",
        "an",
        "am",
        "im",
        "en",
        "con",
        "de",
        "del",
        "la",
        "el",
        "los",
        "las",
        "a",
        "al",
        "com",
        "da",
        "do",
        "dos",
        "das",
        "na",
        "no",
        "par",
        "avec",
        "du",
        "des",
        "les",
        "le",
        "sur",
        "aux",
        "au",
        "por",
        "para",
        "from",
        "w",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "an",
        "à",
    ]
)


@lru_cache(maxsize=32768)
def name_words(text: str) -> tuple[str, ...]:
    """Cut a name into stems: `name_words("Farmer's Walks") == ("farmer", "walk")`."""
    folded = SHORT_CONTRACTIONS.sub("", fold(text)) if "'" in text or "’" in text or "." in text else fold(text)
    return tuple("and" if word == "&" else stem(word) for word in NAME_WORD.findall(folded))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Cut the endings off a folded word that only tell number or case."""
    if not word:
        return word
    if word[0] > "\u0400":
        return _cyrillic_stem(word)
    if word in NOT_PLURAL or len(word) < 4:
        return word
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _cyrillic_stem(word: str) -> str:
    for ending in CYRILLIC_ENDINGS:
        if len(word) - len(ending) >= 3 and word.endswith(ending):
            return word[: -len(ending)]
    return word


def content(words: tuple[str, ...]) -> frozenset[str]:
    """Give the words of a name that carry meaning, in no order."""
    return frozenset(word for word in words if word not in STOP_STEMS) or frozenset(words)


STOP_STEMS = frozenset(stem(word) for word in STOP_WORDS)
