"""Corrects the words of a name: slips of the hand, and what is left of words in a hurry."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from parser.name_words import STOP_STEMS
from parser.vocabulary import Vocabulary, spoken_words

# What is left of the words of names; read so only where the name is not known as it stands.
IN_A_HURRY = {
    "sqt": "squat", "sqts": "squat", "sq": "squat", "crl": "curl", "crls": "curl", "xt": "extension",
    "ext": "extension", "prs": "press", "prss": "press", "pul": "pull", "psh": "push", "pd": "pulldown",
    "pdown": "pulldown",
    "ham": "hamstring", "hams": "hamstring", "tri": "triceps", "tris": "triceps", "bi": "biceps", "bis": "biceps",
    "abd": "abduction", "add": "adduction", "inc": "incline", "incl": "incline", "dec": "decline", "rev": "reverse",
    "lat": "lateral", "shldr": "shoulder", "sh": "shoulder", "std": "standing", "mach": "machine", "dl": "deadlift",
    "dls": "deadlift", "rws": "row", "rw": "row", "rse": "raise", "rses": "raise", "rais": "raise", "bnch": "bench",
    "bp": "bench press", "pu": "pull up", "dipz": "dip", "pullupz": "pull up", "frt": "front", "bk": "back",
    "splt": "split", "thrst": "thrust", "thr": "thrust", "gm": "good morning", "sldl": "stiff leg deadlift",
    "oh": "overhead", "mil": "military", "cbl": "cable", "rp": "rope", "kng": "kneeling", "hang": "hanging",
    "lunge": "lunge", "lng": "lunge", "lngs": "lunge", "clf": "calf", "quad": "quad", "glt": "glute", "calfs": "calf",
}  # fmt: skip
CLEAR_LEAD = 6.0
# A lone word is corrected by one slip of the hand, or to a word that is at least so like it.
LEAST_ALONE = 0.86
LEAST_OF_TWO = 78
LONG_WORD = 8


def mend_words(words: tuple[str, ...], vocabulary: Vocabulary) -> tuple[tuple[str, ...], float]:
    """Correct misspelled words, each to the nearest known one with a clear lead; give the likeness of the worst."""
    mended, worst = [], 1.0
    for word in words:
        better, likeness = mend_word(word, vocabulary)
        mended.append(better)
        worst = min(worst, likeness)
    return tuple(mended), worst


def mend_word(word: str, vocabulary: Vocabulary, is_thorough: bool = False) -> tuple[str, float]:
    """Correct one word, or give it back as it is.

    A misspelling may itself be a word of some alias; being thorough, such a word is corrected as well.
    """
    if len(word) < 4 or word.isdigit() or word in STOP_STEMS or (vocabulary.knows(word) and not is_thorough):
        return word, 1.0
    near = [pair for pair in vocabulary.near(word) if pair[0] != word]
    least = 88 if is_thorough and vocabulary.knows(word) else 75 if len(word) >= 5 else 85
    if not near or near[0][1] < least:
        return word, 1.0
    best, score = near[0]
    runner = near[1] if len(near) > 1 else ("", 0.0)
    is_close = score - runner[1] < CLEAR_LEAD and runner[0][:4] != best[:4]
    return best, score / 100 - (0.06 if is_close else 0.0)


def is_far(words: tuple[str, ...], mended: tuple[str, ...], likeness: float) -> bool:
    """A word on its own has no other to vouch for it: `coffees` are no misspelled exercise, however alike."""
    if len(words) > 1:
        return False
    is_short = len(words[0]) < LONG_WORD
    return words[0] in spoken_words() or (is_short and likeness < LEAST_ALONE and OSA.distance(words[0], mended[0]) > 1)


def with_two_mended(words: tuple[str, ...], vocabulary: Vocabulary) -> Iterator[tuple[tuple[str, ...], float]]:
    """Correct two words at once, each of which may itself be a known misspelling: `benhc prss`.

    Give every such name with the likeness of the worse word, from 0 to 1.
    """
    options = [_near_words(word, vocabulary) for word in words]
    for one, other in itertools.combinations(range(len(words)), 2):
        for (first, a), (second, b) in itertools.product(options[one], options[other]):
            tried = tuple(first if i == one else second if i == other else word for i, word in enumerate(words))
            yield tried, min(a, b) / 100


def _near_words(word: str, vocabulary: Vocabulary) -> list[tuple[str, float]]:
    if len(word) <= 3 or word.isdigit() or word in STOP_STEMS:
        return []
    return [(near, score) for near, score in vocabulary.near(word) if near != word and score >= LEAST_OF_TWO][:3]


def spelled_out(words: tuple[str, ...]) -> tuple[str, ...]:
    """Put whole words for what is left of them in a hurry: `ham crl`, `leg xt`, `hack sqt`, `lat pul down`."""
    return tuple(word for short in words for word in IN_A_HURRY.get(short, short).split())
