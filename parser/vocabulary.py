"""The names a reader knows: the library's, and on top of it a user's own exercises and learned words.

A vocabulary only holds and finds; `name_resolution` decides what a name means.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from parser.lexicon import load_lexicon
from parser.name_words import content, name_words
from parser.reading import Candidate
from training.library_files import load_library

LOADED_MEASURES = ("weight_reps",)


@dataclass(frozen=True, slots=True)
class Known:
    """An exercise as reading needs it. `words` are those of its English name, `equipment` what goes without saying."""

    key: str
    name: str
    measure: str = "weight_reps"
    is_bodyweight: bool = False
    category: str = ""
    equipment: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    is_machine: bool = False


class Meaning(NamedTuple):
    """What a phrase means, and how surely: a generic word stands for a whole family, a learned one is certain."""

    key: str
    is_generic: bool = False
    is_learned: bool = False


@dataclass(frozen=True, slots=True)
class OwnExercise:
    """An exercise that a user made: its id as text and its name."""

    key: str
    name: str
    measure: str = "weight_reps"


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name means: the best exercise or none, all that fit, and the evidence from 0 to 1.

    `name` is the canonical English name, also where no known exercise fits and it was composed of recognised words.
    """

    best: Candidate | None
    candidates: tuple[Candidate, ...]
    score: float
    name: str | None = None
    method: str = "none"


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Phrases and word bags of names. Build one with `Vocabulary.library()` and `with_user`."""

    exercises: dict[str, Known]
    phrases: dict[tuple[str, ...], Meaning]
    bags: dict[frozenset[str], Meaning]
    base: Vocabulary | None = field(default=None, repr=False)

    @staticmethod
    def library() -> Vocabulary:
        """Give the vocabulary of the library, built once a process."""
        return _library()

    def with_user(self, exercises: Iterable[OwnExercise], aliases: Iterable[tuple[str, str]]) -> Vocabulary:
        """Lay a user's own exercises and learned words over this vocabulary; they win over it."""
        own: dict[str, Known] = {}
        phrases: dict[tuple[str, ...], Meaning] = {}
        for exercise in exercises:
            words = name_words(exercise.name)
            own[exercise.key] = Known(exercise.key, exercise.name, exercise.measure, words=content(words))
            if words:
                phrases[words] = Meaning(exercise.key, is_learned=True)
        for alias, key in aliases:
            if words := name_words(alias):
                phrases[words] = Meaning(key, is_learned=True)
        bags = {content(words): meaning for words, meaning in phrases.items()}
        return Vocabulary(own, phrases, bags, base=self)

    def resolve(self, words: str | Sequence[str]) -> Resolution:
        """Tell what a name means; see `name_resolution`."""
        from parser.name_resolution import resolve_name

        return resolve_name(words if isinstance(words, str) else " ".join(words), self)

    def search(self, query: str, limit: int = 8) -> tuple[Candidate, ...]:
        """Find exercises whose names are near a query, best first, for lists to choose from."""
        from parser.name_search import search_names

        return search_names(query, self, limit)

    def get_exercise(self, key: str) -> Known | None:
        """Find an exercise by its key."""
        known = self.exercises.get(key)
        return known if known is not None or self.base is None else self.base.get_exercise(key)

    def meaning_of(self, words: tuple[str, ...]) -> Meaning | None:
        """Find what exactly these words in this order mean."""
        meaning = self.phrases.get(words)
        return meaning if meaning is not None or self.base is None else self.base.meaning_of(words)

    def meaning_of_bag(self, bag: frozenset[str]) -> Meaning | None:
        """Find what these words in any order mean."""
        meaning = self.bags.get(bag)
        return meaning if meaning is not None or self.base is None else self.base.meaning_of_bag(bag)

    @cached_property
    def _longest(self) -> dict[str, int]:
        longest: dict[str, int] = {}
        for phrase in self.phrases:
            longest[phrase[0]] = max(longest.get(phrase[0], 0), len(phrase))
        return longest

    def longest_from(self, word: str) -> int:
        """Give the length of the longest phrase that starts with a word, in words."""
        longest = self._longest.get(word, 0)
        return max(longest, self.base.longest_from(word)) if self.base else longest

    @cached_property
    def bags_with(self) -> dict[str, tuple[frozenset[str], ...]]:
        """Bags by each of their words."""
        found: dict[str, list[frozenset[str]]] = {}
        for bag in self.bags:
            for word in bag:
                found.setdefault(word, []).append(bag)
        return {word: tuple(bags) for word, bags in found.items()}

    def bags_within(self, words: frozenset[str]) -> list[tuple[frozenset[str], Meaning]]:
        """Find the known bags that lie wholly within some words, the largest first."""
        found = self.base.bags_within(words) if self.base else []
        seen = {bag for word in words for bag in self.bags_with.get(word, ()) if bag <= words}
        found = [(bag, self.bags[bag]) for bag in seen] + found
        return sorted(found, key=lambda pair: (-len(pair[0]), pair[1].is_generic, pair[1].key))

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(word for phrase in self.phrases for word in phrase if len(word) > 2)

    def knows(self, word: str) -> bool:
        """Tell whether a word occurs in a name."""
        return word in self._words or (self.base is not None and self.base.knows(word))

    @cached_property
    def _words_by_letter(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for word in sorted(self._words):
            if len(word) > 3:
                found.setdefault(word[0], []).append(word)
        return {letter: tuple(words) for letter, words in found.items()}

    def near(self, word: str) -> list[tuple[str, float]]:
        """Find the known words nearest to a misspelled one, best first, with their likeness from 0 to 100."""
        found = list(near_words(word, self._words_by_letter.get(word[0], ())))
        if self.base is not None:
            found.extend(pair for pair in self.base.near(word) if pair not in found)
        return sorted(found, key=lambda pair: -pair[1])

    def in_language(self, language: str) -> Vocabulary:
        """Lay the words over this vocabulary that mean something else in one language than in the others."""
        if not _spoken_names(language):
            return self
        known = self._in_language.get(language)
        if known is None:
            known = self._in_language[language] = self._laid_over(_spoken_names(language))
        return known

    @cached_property
    def _in_language(self) -> dict[str, Vocabulary]:
        return {}

    def _laid_over(self, spoken: dict[tuple[str, ...], Meaning]) -> Vocabulary:
        phrases = {words: meaning for words, meaning in spoken.items() if self.get_exercise(meaning.key)}
        if not phrases:
            return self
        return Vocabulary({}, phrases, {content(words): meaning for words, meaning in phrases.items()}, base=self)

    @cached_property
    def all_exercises(self) -> dict[str, Known]:
        """Every exercise by key, the user's own ones included."""
        return {**(self.base.all_exercises if self.base else {}), **self.exercises}

    @cached_property
    def is_common(self) -> bool:
        """Tell whether this is the library's, in whatever language: the same for everybody and kept for good."""
        return self is _library() or (self.base is _library() and self in self.base._in_language.values())

    @cached_property
    def search_texts(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Own names and aliases as text, their words in the order of the alphabet, with the keys of their exercises."""
        pairs = [(" ".join(sorted(phrase)), meaning.key) for phrase, meaning in self.phrases.items()]
        return tuple(text for text, _ in pairs), tuple(key for _, key in pairs)


EQUIPMENT_WORDS = {
    "barbell": "barbell",
    "dumbbells": "dumbbell",
    "kettlebell": "kettlebell",
    "ez-bar": "ez bar",
    "trap-bar": "trap bar",
    "smith-machine": "smith machine",
    "cable": "cable",
    "rope": "rope",
    "landmine": "landmine",
    "safety-bar": "safety bar",
    "bodyweight": "bodyweight",
    "rings": "ring",
    "band": "band",
    "bands": "band",
    "resistance-band": "band",
    "resistance-bands": "band",
    "incline-bench": "incline",
    "decline-bench": "decline",
    "bench": "flat",
    "preacher-bench": "preacher",
    "box": "box",
    "suspension-trainer": "trx",
}


@cache
def _library() -> Vocabulary:
    exercises: dict[str, Known] = {}
    phrases: dict[tuple[str, ...], Meaning] = {}
    bags: dict[frozenset[str], Meaning] = {}
    library = load_library()
    for entry in library.exercises:
        kit = {EQUIPMENT_WORDS.get(slug, slug.replace("-", " ")) for slug in entry.equipment}
        if any("machine" in slug or slug in ("pec-deck", "leg-press") for slug in entry.equipment):
            kit.add("machine")
        if any("cable" in slug or "pulldown" in slug for slug in entry.equipment):
            kit.add("cable")
        if entry.exercise_type == "bodyweight":
            kit.add("bodyweight")
        words = content(name_words(entry.name))
        exercises[entry.slug] = Known(
            entry.slug,
            entry.name,
            entry.measure,
            entry.exercise_type == "bodyweight",
            entry.category,
            frozenset(kit),
            words,
            any("machine" in name for name in kit),
        )
    for generic in (False, True):
        for entry in library.exercises:
            spoken = [a.alias for a in entry.aliases if a.is_generic is generic]
            for text in [entry.name, *spoken] if not generic else spoken:
                spelled = name_words(text)
                if spelled:
                    phrases.setdefault(spelled, Meaning(entry.slug, generic))
                    bags.setdefault(content(spelled), Meaning(entry.slug, generic))
    return Vocabulary(exercises, phrases, bags)


@lru_cache(maxsize=64)
def _spoken_names(language: str) -> dict[tuple[str, ...], Meaning]:
    spoken = load_lexicon().names.get(language, {})
    return {name_words(" ".join(keys)): Meaning(slug) for keys, slug in spoken.items()}


@lru_cache(maxsize=16384)
def near_words(word: str, options: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    """Find the known words nearest to one that is misspelled, best first, with their likeness from 0 to 100."""
    found = process.extract(word, options, scorer=fuzz.ratio, limit=3, score_cutoff=72)
    return tuple((text, score) for text, score, _ in found)


def translate(words: tuple[str, ...]) -> list[tuple[tuple[str, ...], str | None]]:
    """Cut words into the longest modifier phrases, each with its English form, and single words without one."""
    table = modifier_stems()
    parts: list[tuple[tuple[str, ...], str | None]] = []
    index = 0
    while index < len(words):
        for size in range(min(4, len(words) - index), 0, -1):
            meaning = table.get(words[index : index + size])
            if meaning is not None:
                parts.append((words[index : index + size], meaning))
                index += size
                break
        else:
            parts.append((words[index : index + 1], None))
            index += 1
    return parts


@cache
def spoken_words() -> frozenset[str]:
    """The single words that lifters use around names, as stems: they are not misspelled names."""
    lexicon = load_lexicon()
    single = {keys[0] for keys, entries in lexicon.phrases.items() if len(keys) == 1 and entries}
    return frozenset(words[0] for key in single | lexicon.fillers if len(words := name_words(key)) == 1)


@cache
def modifier_stems() -> dict[tuple[str, ...], str]:
    """The modifiers of all languages by their stems."""
    table: dict[tuple[str, ...], str] = {}
    for keys, meaning in load_lexicon().modifiers.items():
        words = name_words(" ".join(keys))
        if words:
            table.setdefault(words, meaning)
    return table
