"""Names that are known as they stand, in any order of their words, or as a bare word of a family."""

from __future__ import annotations

from dataclasses import replace

from parser.name_words import content, name_words
from parser.reading import Candidate
from parser.vocabulary import Known, Meaning, Resolution, Vocabulary

EXACT, BAG, GENERIC = 1.0, 0.97, 0.75


def known_name(words: tuple[str, ...], vocabulary: Vocabulary) -> Resolution | None:
    """Find a name that the vocabulary has, in this order of its words or in another."""
    meaning = vocabulary.meaning_of(words)
    if meaning is not None:
        return of_meaning(meaning, EXACT, "exact", vocabulary)
    meaning = vocabulary.meaning_of_bag(content(words))
    if meaning is None:
        return None
    found = of_meaning(meaning, BAG, "words", vocabulary)
    known = vocabulary.get_exercise(meaning.key)
    letters = {word for word in name_words(known.name) if len(word) == 1} if known is not None else set()
    if found is not None and known is not None and not letters <= set(words):
        # `raises` are no Y-raises for certain, although a single letter counts for little in a name.
        best = Candidate(known.key, known.name, GENERIC)
        return replace(
            found, best=best, candidates=(best, *_family(known, vocabulary)), score=GENERIC, method="generic"
        )
    return found


def of_meaning(meaning: Meaning, score: float, method: str, vocabulary: Vocabulary) -> Resolution | None:
    """Give the exercise that a phrase means; a bare word of a family (`press`) is never sure of it."""
    known = vocabulary.get_exercise(meaning.key)
    if known is None:
        return None
    if not meaning.is_generic:
        return single(known, score, method)
    best = Candidate(known.key, known.name, GENERIC)
    first, _, others = known.name.partition(" ")
    spoken = others if first in ("Lying", "Standing", "Seated", "Hanging") else known.name
    return Resolution(best, (best, *_family(known, vocabulary)), GENERIC, spoken, "generic")


def single(known: Known, score: float, method: str) -> Resolution:
    """Resolve a name to one exercise and no other."""
    best = Candidate(known.key, known.name, score)
    return Resolution(best, (best,), score, known.name, method)


def _family(known: Known, vocabulary: Vocabulary) -> tuple[Candidate, ...]:
    """Find others that the same bare word may mean: they share the last word of the name."""
    last = name_words(known.name)[-1]
    alike = [
        Candidate(other.key, other.name, 0.5)
        for other in vocabulary.all_exercises.values()
        if other.key != known.key and last in other.words and len(other.words) <= len(known.words) + 1
    ]
    return tuple(sorted(alike, key=lambda c: (len(c.name), c.name))[:5])
