"""Exercises whose names are near a query: for lists to choose from, and for names that nothing else explains."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import fuzz, process

from parser.name_words import name_words
from parser.reading import Candidate
from parser.vocabulary import Vocabulary

MOST_WORDS = 12


def search_names(query: str, vocabulary: Vocabulary, limit: int, least: float = 0.5) -> tuple[Candidate, ...]:
    """Find exercises whose names or aliases are near a query (0 to 1, not below `least`), best first, each once."""
    words = name_words(query)[:MOST_WORDS]
    if not words:
        return ()
    found = _nearest(" ".join(sorted(words)), vocabulary, limit * 6, least * 100)
    best: dict[str, float] = {}
    for score, key in found:
        best[key] = max(best.get(key, 0.0), score / 100)
    ranked = sorted(best.items(), key=lambda item: -item[1])[:limit]
    return tuple(
        Candidate(key, known.name, round(score, 3)) for key, score in ranked if (known := vocabulary.get_exercise(key))
    )


def _nearest(sought: str, vocabulary: Vocabulary, limit: int, cutoff: float) -> tuple[tuple[float, str], ...]:
    """Find the keys of the names that are most like sorted words, with their likeness up to 100, best first."""
    if vocabulary.is_common:
        return _nearest_common(sought, vocabulary, limit, cutoff)
    return _nearest_of_both(sought, vocabulary, limit, cutoff)


@lru_cache(maxsize=4096)
def _nearest_common(sought: str, vocabulary: Vocabulary, limit: int, cutoff: float) -> tuple[tuple[float, str], ...]:
    return _nearest_of_both(sought, vocabulary, limit, cutoff)


def _nearest_of_both(sought: str, vocabulary: Vocabulary, limit: int, cutoff: float) -> tuple[tuple[float, str], ...]:
    """Look in what lies below a vocabulary, whose names go first where they are equally near, and in its own names."""
    below = _nearest(sought, vocabulary.base, limit, cutoff) if vocabulary.base is not None else ()
    texts, keys = vocabulary.search_texts
    found = process.extract(sought, texts, scorer=fuzz.ratio, limit=limit, score_cutoff=cutoff)
    both = (*below, *((score, keys[index]) for _, score, index in found))
    return tuple(sorted(both, key=lambda pair: -pair[0])[:limit])
