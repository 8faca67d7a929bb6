"""Known names with modifiers around them: `paused bench` is a known exercise, `seated hammer curls` keep their word.

A word that makes another exercise of it is never dropped. Where the variant is not known, a name is composed of the
recognised words and no known exercise is taken in its place.
"""

from __future__ import annotations

from dataclasses import replace

from parser.known_names import GENERIC, of_meaning, single
from parser.name_modifiers import (
    EQUIPMENT,
    KEPT,
    compose_name,
    goes_without_saying,
    is_idiom,
    is_said,
    keeps_all,
    modifiers_of,
)
from parser.name_words import content, name_words
from parser.reading import Candidate
from parser.vocabulary import Known, Meaning, Resolution, Vocabulary, translate

VARIANT, COMPOSED = 0.94, 0.7


def variant_name(words: tuple[str, ...], vocabulary: Vocabulary) -> Resolution | None:
    """Read a known name with modifiers around it."""
    bag = content(words)
    options: list[tuple[tuple[str, ...], Meaning]] = []
    for inner, meaning in vocabulary.bags_within(bag)[:24]:
        rest = _left_over(words, inner)
        modifiers = modifiers_of(rest)
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


def _known_variant(modifiers: tuple[str, ...], meaning: Meaning, vocabulary: Vocabulary) -> Resolution | None:
    known = vocabulary.get_exercise(meaning.key)
    if known is None:
        return None
    telling = tuple(m for m in modifiers if not goes_without_saying(m, known))
    score = GENERIC if meaning.is_generic else VARIANT
    if not telling:
        if meaning.is_generic and not any(m in EQUIPMENT for m in modifiers):
            return of_meaning(meaning, score, "generic", vocabulary)
        return single(known, VARIANT, "variant")
    for bag in _variant_bags(telling, known):
        found = vocabulary.meaning_of_bag(bag)
        if found is not None and (other := vocabulary.get_exercise(found.key)) and keeps_all(telling, other):
            # A bare word of a family with a variant is sure only where the exercise's name says no more than that.
            says_more = meaning.is_generic and bool(other.words - known.words - bag)
            return single(other, GENERIC if says_more else VARIANT, "variant")
    return None


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
    telling = [m for m in modifiers if not goes_without_saying(m, known)]
    name = compose_name(telling, known.name)
    near = Candidate(known.key, known.name, 0.5)
    return Resolution(None, (near,), COMPOSED, name, "composed")


def with_stated_variant(words: tuple[str, ...], found: Resolution, vocabulary: Vocabulary) -> Resolution:
    """Keep a stated variant in the name where the library counts it to a plainer exercise: `seated hammer curls`."""
    known = vocabulary.get_exercise(found.best.key) if found.best is not None else None
    if known is None or Vocabulary.library().get_exercise(known.key) is not known:
        return found
    meanings = [meaning for _, meaning in translate(words)]
    stated = [meaning for meaning in meanings if meaning in KEPT]
    missing = [m for m in dict.fromkeys(stated) if not is_said(m, known) and not is_idiom(m, known)]
    if not missing:
        return _without_unstated_machine(found, meanings)
    name = compose_name(missing, known.name)
    varied = Resolution(found.best, found.candidates, min(found.score, VARIANT), name, "variant")
    return _without_unstated_machine(varied, meanings)


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
