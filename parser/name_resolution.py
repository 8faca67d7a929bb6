"""What a name means: exactly known, known in another word order, known with a variant, or misspelled.

A word that makes another exercise of it (equipment, angle, side, pause) is never dropped. Where the variant is not
known, a name is composed of the recognised words and no known exercise is taken in its place.
"""

from __future__ import annotations

import itertools
from contextvars import ContextVar
from dataclasses import replace
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from parser.name_words import STOP_STEMS, content, name_words
from parser.reading import Candidate
from parser.vocabulary import Known, Meaning, Resolution, Vocabulary, spoken_words, translate

EXACT, LEARNED, BAG, VARIANT, COMPOSED, GENERIC = 1.0, 1.0, 0.97, 0.94, 0.7, 0.75
EQUIPMENT = (
    "dumbbell",
    "barbell",
    "kettlebell",
    "cable",
    "machine",
    "smith machine",
    "band",
    "ez bar",
    "trap bar",
    "safety bar",
    "landmine",
    "ring",
    "trx",
    "medicine ball",
    "plate",
    "bodyweight",
    "swiss bar",
    "axle",
    "log",
    "straight bar",
)  # fmt: skip
SILENT = ("weighted", "standing", "flat", "strict", "bodyweight", "deep")
SIDES = {"single arm": "Single-Arm", "single leg": "Single-Leg"}
HYPHENATED = {"close grip", "wide grip", "neutral grip", "reverse grip", "chest supported", "bent over", "stiff leg"}
STYLE = ("paused", "tempo", "deficit", "assisted", "banded", "explosive", "speed", "alternating")
POSTURE = ("seated", "incline", "decline", "lying", "kneeling", "half kneeling", "chest supported", "standing", "prone")
KEPT = frozenset(
    {
        "single arm",
        "single leg",
        "incline",
        "decline",
        "paused",
        "seated",
        "alternating",
        "ez bar",
        "kettlebell",
        "rope",
        "deficit",
        "chest supported",
        "v bar",
        "walking",
        "band",
        "trap bar",
        "landmine",
        "half kneeling",
        "tempo",
        "wide grip",
        "close grip",
        "neutral grip",
        "dumbbell",
        "cable",
        "smith machine",
    }
)
MUST_BE_SAID = frozenset(
    {
        "rope",
        "ez bar",
        "trap bar",
        "kettlebell",
        "band",
        "dumbbell",
        "cable",
        "landmine",
        "smith machine",
    }
)
GRIPS = frozenset({"grip", "underhand", "overhand", "hammer", "neutral", "parallel", "close", "wide", "v"})
MAX_WORDS = 12
# What is left of the words of names, in a hurry; read so only where the name is not known as it stands.
SHORTHAND = {
    "sqt": "squat", "sqts": "squat", "sq": "squat", "crl": "curl", "crls": "curl", "xt": "extension",
    "ext": "extension",
    "prs": "press", "prss": "press", "pul": "pull", "psh": "push", "pd": "pulldown", "pdown": "pulldown",
    "ham": "hamstring", "hams": "hamstring", "tri": "triceps", "tris": "triceps", "bi": "biceps", "bis": "biceps",
    "abd": "abduction", "add": "adduction", "inc": "incline", "incl": "incline", "dec": "decline", "rev": "reverse",
    "lat": "lateral", "shldr": "shoulder", "sh": "shoulder", "std": "standing", "mach": "machine", "dl": "deadlift",
    "dls": "deadlift", "rws": "row", "rw": "row", "rse": "raise", "rses": "raise", "rais": "raise", "bnch": "bench",
    "bp": "bench press", "pu": "pull up", "dipz": "dip", "pullupz": "pull up", "frt": "front", "bk": "back",
    "splt": "split", "thrst": "thrust", "thr": "thrust", "gm": "good morning", "sldl": "stiff leg deadlift",
    "oh": "overhead", "mil": "military", "cbl": "cable", "rp": "rope", "kng": "kneeling", "hang": "hanging",
    "lunge": "lunge", "lng": "lunge", "lngs": "lunge", "clf": "calf", "quad": "quad", "glt": "glute", "calfs": "calf",
}  # fmt: skip
LIKENESS_OF_SHORT = 0.8
CLEAR_LEAD = 6.0
# A lone word is corrected by one slip of the hand, or to a word that is at least so like it.
LEAST_ALONE = 0.86
LEAST_OF_TWO = 78
LONG_WORD = 8
# Below this likeness another exercise is not worth offering: `Gorilla flarps` are no high knees.
LEAST_LIKE = 0.7
# Looking for what an unknown name is near to takes milliseconds: a text full of unknown names gets this many looks.
MOST_SUGGESTED_NAMES = 40
suggestions_left: ContextVar[int] = ContextVar("suggestions_left", default=MOST_SUGGESTED_NAMES)


@lru_cache(maxsize=8192)
def _library_name(text: str, vocabulary: Vocabulary) -> Resolution:
    return _resolve(text, vocabulary)


def resolve_name(text: str, vocabulary: Vocabulary) -> Resolution:
    """Tell what a name means, with the evidence for it."""
    found = _library_name(text.casefold(), vocabulary) if vocabulary.is_common else _resolve(text, vocabulary)
    if found.best is not None or found.name is not None or found.candidates or not name_words(text):
        return found
    return replace(found, candidates=_suggestions(text, vocabulary))


def _suggestions(text: str, vocabulary: Vocabulary) -> tuple[Candidate, ...]:
    left = suggestions_left.get()
    if left <= 0:
        return ()
    suggestions_left.set(left - 1)
    near = search_names(text, vocabulary, 3, LEAST_LIKE)
    return tuple(candidate for candidate in near if candidate.score >= LEAST_LIKE)


def _resolve(text: str, vocabulary: Vocabulary) -> Resolution:
    words = name_words(text)
    if not words or len(words) > MAX_WORDS:
        return Resolution(None, (), 0.0)
    found = _known(words, vocabulary) or _variant(words, vocabulary)
    if found is not None:
        return _with_stated_variant(words, found, vocabulary)
    mended, likeness = _mend(words, vocabulary)
    if mended != words and not _is_far(words, mended, likeness):
        found = _known(mended, vocabulary) or _variant(mended, vocabulary)
        if found is not None:
            is_short = len(words) == 1 and len(words[0]) <= 6
            return _less_sure(_with_stated_variant(mended, found, vocabulary), likeness, is_short)
    for place in range(len(words)):
        better, likeness = mend_word(words[place], vocabulary, is_thorough=True)
        if better != words[place] and not _is_far(words, (better,), likeness):
            tried = (*mended[:place], better, *mended[place + 1 :])
            found = _known(tried, vocabulary) or _variant(tried, vocabulary)
            if found is not None:
                return _less_sure(_with_stated_variant(tried, found, vocabulary), likeness)
    return _twice_mended(words, vocabulary) or _spelled_out(words, vocabulary) or Resolution(None, (), 0.0)


def _spelled_out(words: tuple[str, ...], vocabulary: Vocabulary) -> Resolution | None:
    """Read what is left of words in a hurry: `ham crl`, `leg xt`, `hack sqt`, `lat pul down`."""
    tried = tuple(word for short in words for word in SHORTHAND.get(short, short).split())
    if tried == words:
        return None
    mended, likeness = _mend(tried, vocabulary)
    found = _known(mended, vocabulary) or _variant(mended, vocabulary)
    return (
        _less_sure(_with_stated_variant(mended, found, vocabulary), min(likeness, LIKENESS_OF_SHORT)) if found else None
    )


def _is_far(words: tuple[str, ...], mended: tuple[str, ...], likeness: float) -> bool:
    """A word on its own has no other to vouch for it: `coffees` are no misspelled exercise, however alike."""
    if len(words) > 1:
        return False
    is_short = len(words[0]) < LONG_WORD
    return words[0] in spoken_words() or (is_short and likeness < LEAST_ALONE and OSA.distance(words[0], mended[0]) > 1)


def _twice_mended(words: tuple[str, ...], vocabulary: Vocabulary) -> Resolution | None:
    """Correct two words at once, each of which may itself be a known misspelling: `benhc prss`."""
    if not 2 <= len(words) <= 3:
        return None
    options = [
        [(near, score) for near, score in vocabulary.near(word) if near != word and score >= LEAST_OF_TWO][:3]
        if len(word) > 3 and not word.isdigit() and word not in STOP_STEMS
        else []
        for word in words
    ]
    for one, other in itertools.combinations(range(len(words)), 2):
        for (first, a), (second, b) in itertools.product(options[one], options[other]):
            tried = tuple(first if i == one else second if i == other else word for i, word in enumerate(words))
            found = _known(tried, vocabulary)
            if found is not None:
                return _less_sure(_with_stated_variant(tried, found, vocabulary), min(a, b) / 100)
    return None


def _known(words: tuple[str, ...], vocabulary: Vocabulary) -> Resolution | None:
    meaning = vocabulary.meaning_of(words)
    if meaning is not None:
        return _of_meaning(meaning, EXACT, "exact", vocabulary)
    meaning = vocabulary.meaning_of_bag(content(words))
    if meaning is None:
        return None
    found = _of_meaning(meaning, BAG, "words", vocabulary)
    known = vocabulary.get_exercise(meaning.key)
    letters = {word for word in name_words(known.name) if len(word) == 1} if known is not None else set()
    if found is not None and known is not None and not letters <= set(words):
        # `raises` are no Y-raises for certain, although a single letter counts for little in a name.
        best = Candidate(known.key, known.name, GENERIC)
        return replace(
            found, best=best, candidates=(best, *_family(known, vocabulary)), score=GENERIC, method="generic"
        )
    return found


def _with_stated_variant(words: tuple[str, ...], found: Resolution, vocabulary: Vocabulary) -> Resolution:
    """Keep a stated variant in the name where the library counts it to a plainer exercise: `seated hammer curls`."""
    known = vocabulary.get_exercise(found.best.key) if found.best is not None else None
    if known is None or Vocabulary.library().get_exercise(known.key) is not known:
        return found
    meanings = [meaning for _, meaning in translate(words)]
    stated = [meaning for meaning in meanings if meaning in KEPT]
    missing = [m for m in dict.fromkeys(stated) if not _is_said(m, known) and not _is_idiom(m, known)]
    if not missing:
        return _without_unstated_machine(found, meanings)
    name = compose_name(missing, known.name)
    varied = Resolution(found.best, found.candidates, min(found.score, VARIANT), name, "variant")
    return _without_unstated_machine(varied, meanings)


def _is_said(modifier: str, known: Known) -> bool:
    """Tell whether a name holds a stated variant; equipment has to stand in it, even where it goes without saying."""
    words = set(name_words(modifier))
    if modifier in MUST_BE_SAID:
        return words <= known.words
    return _goes_without_saying(modifier, known)


def _without_unstated_machine(found: Resolution, meanings: list[str | None]) -> Resolution:
    """Call an exercise as it was called: `hip abduction` names no machine, although the library's entry does."""
    name = found.name or ""
    if (
        "machine" in meanings
        or "Machine" not in name.split()
        or "Smith" in name
        or name.split()[-2:] == ["Rowing", "Machine"]
    ):
        return found
    return replace(found, name=" ".join(word for word in name.split() if word != "Machine"))


def _is_idiom(modifier: str, known: Known) -> bool:
    """Words that describe a lift in one language and make another in the next: `remo inclinado` is a bent-over row."""
    if modifier == "incline":
        return bool({"row", "rear", "treadmill"} & known.words)
    return modifier.endswith("grip") and bool(GRIPS & known.words)


def _of_meaning(meaning: Meaning, score: float, method: str, vocabulary: Vocabulary) -> Resolution | None:
    known = vocabulary.get_exercise(meaning.key)
    if known is None:
        return None
    if not meaning.is_generic:
        return _single(known, score, method)
    best = Candidate(known.key, known.name, GENERIC)
    first, _, others = known.name.partition(" ")
    spoken = others if first in ("Lying", "Standing", "Seated", "Hanging") else known.name
    return Resolution(best, (best, *_family(known, vocabulary)), GENERIC, spoken, "generic")


def _single(known: Known, score: float, method: str) -> Resolution:
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


def _variant(words: tuple[str, ...], vocabulary: Vocabulary) -> Resolution | None:
    """Read a known name with modifiers around it."""
    bag = content(words)
    options: list[tuple[tuple[str, ...], Meaning]] = []
    for inner, meaning in vocabulary.bags_within(bag)[:24]:
        rest = _left_over(words, inner)
        modifiers = _modifiers(rest)
        if modifiers is not None:
            options.append((modifiers, meaning))
    if not options:
        return None
    exact = [found for modifiers, meaning in options if (found := _known_variant(modifiers, meaning, vocabulary))]
    if exact:
        return max(exact, key=lambda r: r.score)
    modifiers, meaning = min(options, key=lambda o: (len(o[0]), o[1].is_generic))
    return _composed(modifiers, meaning, vocabulary)


def _left_over(words: tuple[str, ...], inner: frozenset[str]) -> tuple[str, ...]:
    """Take a known bag out of a name, each word once, and keep the rest in order."""
    rest, gone = [], set(inner)
    for word in words:
        if word in gone:
            gone.discard(word)
        else:
            rest.append(word)
    return tuple(rest)


def _modifiers(rest: tuple[str, ...]) -> tuple[str, ...] | None:
    """Give the English modifiers of some words, or None where one of them is not understood."""
    modifiers: list[str] = []
    for part, meaning in translate(rest):
        if meaning is None and part[0] not in STOP_STEMS:
            return None
        if meaning is not None and meaning not in modifiers and meaning != "weighted":
            modifiers.append(meaning)
    return tuple(modifiers)


def _known_variant(modifiers: tuple[str, ...], meaning: Meaning, vocabulary: Vocabulary) -> Resolution | None:
    known = vocabulary.get_exercise(meaning.key)
    if known is None:
        return None
    telling = tuple(m for m in modifiers if not _goes_without_saying(m, known))
    score = GENERIC if meaning.is_generic else VARIANT
    if not telling:
        if meaning.is_generic and not any(m in EQUIPMENT for m in modifiers):
            return _of_meaning(meaning, score, "generic", vocabulary)
        return _single(known, VARIANT, "variant")
    for bag in _variant_bags(telling, known):
        found = vocabulary.meaning_of_bag(bag)
        if found is not None and (other := vocabulary.get_exercise(found.key)) and _keeps(telling, other):
            # A bare word of a family with a variant is sure only where the exercise's name says no more than that.
            says_more = meaning.is_generic and bool(other.words - known.words - bag)
            return _single(other, GENERIC if says_more else VARIANT, "variant")
    return None


def _keeps(modifiers: tuple[str, ...], known: Known) -> bool:
    """Make sure that no variant word is lost on the way to a known exercise."""
    for modifier in modifiers:
        words = set(name_words(modifier))
        if not words <= known.words and modifier not in known.equipment and modifier not in SILENT:
            return False
    return True


def _goes_without_saying(modifier: str, known: Known) -> bool:
    return (
        (modifier in known.equipment and modifier != "rope")
        or set(name_words(modifier)) <= known.words
        or (modifier in SILENT and not (modifier == "bodyweight" and not known.is_bodyweight))
    )


def _variant_bags(modifiers: tuple[str, ...], known: Known) -> list[frozenset[str]]:
    """Give the bags of words under which a variant may be known, the most telling first."""
    added = frozenset(word for m in modifiers for word in name_words(m))
    bags = [known.words | added]
    if any(m in EQUIPMENT for m in modifiers):
        equipment = frozenset(word for e in EQUIPMENT for word in name_words(e)) - added
        bags.insert(0, (known.words - equipment) | added)
    return [
        *bags,
        *(bag - {"press"} for bag in bags if "bench" in bag),
        *(bag - {"bench"} for bag in bags if "bench" in bag),
    ]


def _composed(modifiers: tuple[str, ...], meaning: Meaning, vocabulary: Vocabulary) -> Resolution | None:
    known = vocabulary.get_exercise(meaning.key)
    if known is None:
        return None
    telling = [m for m in modifiers if not _goes_without_saying(m, known)]
    name = compose_name(telling, known.name)
    near = Candidate(known.key, known.name, 0.5)
    return Resolution(None, (near,), COMPOSED, name, "composed")


def compose_name(modifiers: list[str], base: str) -> str:
    """Put modifiers in front of a name in the usual order; stated equipment replaces the base's own."""
    equipment = [m for m in modifiers if m in EQUIPMENT]
    if equipment:
        for word in ("Barbell ", "Dumbbell ", "Cable ", "Machine ", "Kettlebell "):
            base = base.replace(word, "", 1) if base.startswith(word) else base
    order = [m for m in modifiers if m in STYLE]
    order += [m for m in modifiers if m in SIDES]
    order += [m for m in modifiers if m in POSTURE and m not in order]
    order += [m for m in modifiers if m not in order and m not in equipment]
    return " ".join([*map(_title, [*order, *equipment]), base])


def _title(modifier: str) -> str:
    if modifier in SIDES:
        return SIDES[modifier]
    words = [word.capitalize() for word in modifier.split()]
    return ("-" if modifier in HYPHENATED else " ").join(words).replace("Ez", "EZ").replace("Trx", "TRX")


def _mend(words: tuple[str, ...], vocabulary: Vocabulary) -> tuple[tuple[str, ...], float]:
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


def _less_sure(found: Resolution, likeness: float, is_short: bool = False) -> Resolution:
    score = round(found.score * (0.5 + likeness / 2), 3)
    score = min(score, 0.85) if is_short else score
    best = Candidate(found.best.key, found.best.name, score) if found.best else None
    others = found.candidates[1:] if best else found.candidates
    return Resolution(best, ((best,) if best else ()) + others, score, found.name, "typo:" + found.method)


def search_names(query: str, vocabulary: Vocabulary, limit: int, least: float = 0.5) -> tuple[Candidate, ...]:
    """Find exercises whose names or aliases are near a query (0 to 1, not below `least`), best first, each once."""
    words = name_words(query)[:MAX_WORDS]
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
