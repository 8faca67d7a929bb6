"""What a name means: exactly known, known in another word order, known with a variant, or misspelled.

The attempts stand here in their order; each has a file of its own: `known_names`, `name_variants`, `name_spelling`,
and `name_search` for what none of them explains.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import replace
from functools import lru_cache

from parser.known_names import known_name
from parser.name_search import MOST_WORDS, search_names
from parser.name_spelling import is_far, mend_word, mend_words, spelled_out, with_two_mended
from parser.name_variants import variant_name, with_stated_variant
from parser.name_words import name_words
from parser.reading import Candidate
from parser.vocabulary import Resolution, Vocabulary

LIKENESS_OF_SHORT = 0.8
# A single short word that was corrected is at most so sure.
MOST_OF_A_SHORT_WORD = 0.85
# Below this likeness another exercise is not worth offering: `Gorilla flarps` are no high knees.
LEAST_LIKE = 0.7
# Looking for what an unknown name is near to takes milliseconds: a text full of unknown names gets this many looks.
MOST_SUGGESTED_NAMES = 40
suggestions_left: ContextVar[int] = ContextVar("suggestions_left", default=MOST_SUGGESTED_NAMES)


def resolve_name(text: str, vocabulary: Vocabulary) -> Resolution:
    """Tell what a name means, with the evidence for it."""
    found = _library_name(text.casefold(), vocabulary) if vocabulary.is_common else _resolve(text, vocabulary)
    if found.best is not None or found.name is not None or found.candidates or not name_words(text):
        return found
    return replace(found, candidates=_suggestions(text, vocabulary))


@lru_cache(maxsize=8192)
def _library_name(text: str, vocabulary: Vocabulary) -> Resolution:
    return _resolve(text, vocabulary)


def _suggestions(text: str, vocabulary: Vocabulary) -> tuple[Candidate, ...]:
    left = suggestions_left.get()
    if left <= 0:
        return ()
    suggestions_left.set(left - 1)
    near = search_names(text, vocabulary, 3, LEAST_LIKE)
    return tuple(candidate for candidate in near if candidate.score >= LEAST_LIKE)


def _resolve(text: str, vocabulary: Vocabulary) -> Resolution:
    words = name_words(text)
    if not words or len(words) > MOST_WORDS:
        return Resolution(None, (), 0.0)
    return (
        _as_it_stands(words, vocabulary)
        or _misspelled(words, vocabulary)
        or _twice_misspelled(words, vocabulary)
        or _in_a_hurry(words, vocabulary)
        or Resolution(None, (), 0.0)
    )


def _as_it_stands(words: tuple[str, ...], vocabulary: Vocabulary) -> Resolution | None:
    found = known_name(words, vocabulary) or variant_name(words, vocabulary)
    return with_stated_variant(words, found, vocabulary) if found is not None else None


def _misspelled(words: tuple[str, ...], vocabulary: Vocabulary) -> Resolution | None:
    """Read a name whose words are corrected; after that, a name of whose known words one is a slip for another."""
    mended, likeness = mend_words(words, vocabulary)
    if mended != words and not is_far(words, mended, likeness):
        found = _as_it_stands(mended, vocabulary)
        if found is not None:
            is_short = len(words) == 1 and len(words[0]) <= 6
            return _less_sure(found, likeness, MOST_OF_A_SHORT_WORD if is_short else 1.0)
    for place, word in enumerate(words):
        better, likeness = mend_word(word, vocabulary, is_thorough=True)
        if better != word and not is_far(words, (better,), likeness):
            found = _as_it_stands((*mended[:place], better, *mended[place + 1 :]), vocabulary)
            if found is not None:
                return _less_sure(found, likeness)
    return None


def _twice_misspelled(words: tuple[str, ...], vocabulary: Vocabulary) -> Resolution | None:
    if not 2 <= len(words) <= 3:
        return None
    for tried, likeness in with_two_mended(words, vocabulary):
        found = known_name(tried, vocabulary)
        if found is not None:
            return _less_sure(with_stated_variant(tried, found, vocabulary), likeness)
    return None


def _in_a_hurry(words: tuple[str, ...], vocabulary: Vocabulary) -> Resolution | None:
    tried = spelled_out(words)
    if tried == words:
        return None
    mended, likeness = mend_words(tried, vocabulary)
    found = _as_it_stands(mended, vocabulary)
    return _less_sure(found, min(likeness, LIKENESS_OF_SHORT)) if found is not None else None


def _less_sure(found: Resolution, likeness: float, most: float = 1.0) -> Resolution:
    score = min(round(found.score * (0.5 + likeness / 2), 3), most)
    best = Candidate(found.best.key, found.best.name, score) if found.best else None
    others = found.candidates[1:] if best else found.candidates
    return Resolution(best, ((best,) if best else ()) + others, score, found.name, "typo:" + found.method)
