"""Where the names are in a line: runs of words between figures and signs, and what each of them means."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

from parser.atoms import Atom, is_stop
from parser.lexicon import Lexicon
from parser.name_variants import VARIANT
from parser.name_words import name_words
from parser.normalise import fold
from parser.vocabulary import Resolution, Vocabulary, modifier_stems, translate

NAMEABLE = frozenset(
    [
        "assisted",
        "added",
        "pause",
        "hold",
        "number",
        "pair",
        "every",
        "hand",
        "alternate_side",
        "working",
        "section",
        "weighted",
        "order",
        "rep_count",
        "tomorrow",
    ]
)
JOINTS = frozenset({"-", "'", ".", "/", "&", "+"})
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of text that may be a name. `is_known` tells that the vocabulary explains it; `extra` words do not
    belong.
    """

    start: int
    end: int
    text: str
    resolution: Resolution
    extra: int = 0
    has_name: bool = False

    @property
    def is_known(self) -> bool:
        return self.resolution.name is not None


class SpotFinder:
    """Finds the names among atoms."""

    def __init__(self, text: str, lexicon: Lexicon, vocabulary: Vocabulary) -> None:
        self.text = text
        self.lexicon = lexicon
        self.vocabulary = vocabulary

    def find(self, atoms: list[Atom]) -> list[Spot]:
        """Give the spots of a stretch of atoms, in order."""
        spots: list[Spot] = []
        for run in self._runs(atoms):
            spots.extend(self._read_run(run))
        return spots

    def with_bracket(self, spot: Spot, atoms: list[Atom]) -> Spot:
        """Take a bracket right behind a name into it, where it only holds a variant: `Incline Bench Press
        (Dumbbell)`.
        """
        behind = [a for a in atoms if a.start >= spot.end]
        if len(behind) < 3 or behind[0].text != "(":
            return spot
        close = next((i for i, a in enumerate(behind) if a.text == ")"), 0)
        inside = behind[1:close]
        words = tuple(w for a in inside for w in name_words(a.text))
        if not words or any(a.kind == "amount" and a.low is not None for a in inside):
            return spot
        text = f"{' '.join(a.text for a in inside)} {spot.text}"
        resolution = self.vocabulary.resolve(text)
        is_exact = resolution.method in ("exact", "words")
        if any(meaning is None for _, meaning in translate(words)) and not is_exact:
            return spot
        if resolution.name is None or resolution.method.startswith("typo"):
            return spot
        return Spot(spot.start, behind[close].end, spot.text, resolution, spot.extra, True)

    def _runs(self, atoms: list[Atom]) -> list[list[Atom]]:
        runs: list[list[Atom]] = []
        run: list[Atom] = []
        for index, atom in enumerate(atoms):
            if self._continues(atoms, index, run):
                run.append(atom)
            elif run:
                runs.append(run)
                run = []
        if run:
            runs.append(run)
        return [trimmed for run in runs if (trimmed := _without_ends(run))]

    def _continues(self, atoms: list[Atom], index: int, run: list[Atom]) -> bool:
        atom = atoms[index]
        following = atoms[index + 1] if index + 1 < len(atoms) else None
        if atom.kind in ("name", "word"):
            return True
        if atom.kind == "mark":
            return atom.role in NAMEABLE
        if atom.kind == "amount" and atom.unit in ("bar", "bodyweight"):
            return self._is_part_of_name(atom, run, following)
        is_paused = atom.kind == "at" and _is_pause(atoms[index + 1 : index + 3])
        if not run or following is None or not (following.kind in ("name", "word") or is_paused):
            return False
        if atom.kind == "sep":
            return atom.text in JOINTS and atom.is_glued and following.is_glued
        return atom.kind in ("at", "of") and bool(self._modifier_at(atoms, index))

    def _modifier_at(self, atoms: list[Atom], index: int) -> bool:
        """`with dumbbells` continues a name, `with Sam` does not."""
        words = [
            w
            for atom in atoms[index + 1 : index + 4]
            if atom.kind in ("word", "name") or atom.role == "pause"
            for w in name_words(atom.text)
        ]
        return any(tuple(words[:size]) in modifier_stems() for size in range(1, len(words) + 1)) or (
            atoms[index].kind == "of"
            or (atoms[index + 1].kind == "name" and atoms[index].text.casefold() in ("à", "a", "en", "au", "с", "mit"))
        )

    @staticmethod
    def _is_part_of_name(atom: Atom, run: list[Atom], following: Atom | None) -> bool:
        follows = following is not None and following.kind in ("name", "word")
        return follows or (bool(run) and run[-1].kind in ("word", "sep", "name") and atom.is_glued)

    def _read_run(self, run: list[Atom]) -> list[Spot]:
        kept = self._trim(run)
        if not kept:
            return []
        whole = self._resolve(kept)
        names = [i for i, atom in enumerate(kept) if atom.kind == "name"]
        if whole.name is not None and (whole.method != "composed" or len(names) < 2):
            return [self._spot(kept, whole, has_name=bool(names))]
        if not names:
            return [self._spot(kept, whole)]
        if len(names) > 1 and whole.name is None and (told := self._said_twice(kept)) is not None:
            return [self._spot(kept, told, has_name=True)]
        if len(names) > 1 and (self._are_apart(kept, names) or (whole.name is None and self._are_choices(kept))):
            return self._read_parts(kept, names)
        if whole.name is not None:
            return [self._spot(kept, whole, has_name=True)]
        return [self._around_name(kept, names[0], names[-1], whole)]

    def _are_apart(self, kept: list[Atom], names: list[int]) -> bool:
        """Two names in a run are two exercises where each alone is one, and no unknown word makes another of them.

        `zercher wobble press` is no press: nobody knows what it is.
        """
        between = [a for a in kept[: names[-1]] if a.kind == "word" and not self._is_filler(a)]
        if any(self._are_unknown([atom]) for atom in between):
            return False
        return all(self._resolve([kept[i]]).score >= SURE for i in names)

    def _said_twice(self, kept: list[Atom]) -> Resolution | None:
        """Read `rdl deadlift` and `benhc press`: a short name, and words of the full name of the same exercise."""
        if any(atom.kind != "name" for atom in kept):
            return None
        first = self._resolve(kept[:1])
        known = self.vocabulary.get_exercise(first.best.key) if first.best is not None else None
        if known is None or first.score < SURE:
            return None
        again = {word for atom in kept[1:] for word in name_words(atom.text)}
        return replace(first, score=VARIANT, method="variant") if again <= known.words else None

    def _read_parts(self, kept: list[Atom], names: list[int]) -> list[Spot]:
        """Read each name of a run for itself; behind another one without a sign between, it is in doubt."""
        spots: list[Spot] = []
        for part in _split_at(kept, names):
            is_behind = bool(spots) and not self.text[spots[-1].end : part[0].start].strip()
            read = self._read_run(part)
            spots.extend(replace(one, extra=one.extra + 1) if is_behind else one for one in read)
        return spots

    def _are_choices(self, kept: list[Atom]) -> bool:
        """`Curls/Pushdowns`: nothing but names, with strokes between them."""
        names, strokes = kept[::2], kept[1::2]
        return all(a.kind == "name" for a in names) and all(a.text == "/" for a in strokes)

    def _around_name(self, kept: list[Atom], first: int, last: int, whole: Resolution) -> Spot:
        """Read a name among words that the vocabulary does not know: in front they belong to it, behind they may
        not.
        """
        inner = kept[first : last + 1]
        telling = [a for a in kept[:first] if not self._is_filler(a)]
        behind = [a for a in kept[last + 1 :] if not self._is_filler(a)]
        best = self._resolve([*telling, *inner])
        alone = self._resolve(inner)
        if len(telling) > 1 and best.name is None and alone.score >= 0.97 and self._are_unknown(telling):
            # `got through leg press`: several unknown words in front are talk; the reading stays a doubtful one.
            return self._spot(inner, alone, extra=len(telling) + len(behind), has_name=True)
        if telling and best.name is None:
            return self._spot(kept[: last + 1], whole, extra=len(behind), has_name=True)
        if best.name is None:
            best = self._resolve(inner)
        for size in range(len(behind), 0, -1):
            more = self._resolve([*telling, *inner, *behind[:size]])
            if more.name is not None:
                return self._spot([*telling, *inner, *behind[:size]], more, len(behind) - size, has_name=True)
        if behind and behind[0] is kept[last + 1] and all(a.kind == "word" for a in behind) and len(behind) <= 2:
            # `zercher flop`: an unknown word right behind makes another exercise of it, so none is taken for it.
            near = tuple(replace(c, score=min(c.score, 0.6)) for c in best.candidates[:3])
            return self._spot([*telling, *inner, *behind], Resolution(None, near, 0.3), has_name=True)
        return self._spot([*telling, *inner], best, extra=len(behind), has_name=True)

    def _are_unknown(self, atoms: list[Atom]) -> bool:
        words = [word for atom in atoms for word in name_words(atom.text)]
        return not any(self.vocabulary.knows(word) or (word,) in modifier_stems() for word in words)

    def _spot(self, atoms: list[Atom], resolution: Resolution, extra: int = 0, has_name: bool = False) -> Spot:
        start, end = atoms[0].start, atoms[-1].end
        return Spot(start, end, self.text[start:end], resolution, extra, has_name)

    def _resolve(self, atoms: list[Atom]) -> Resolution:
        text = " ".join(atom.text for atom in atoms)
        return self.vocabulary.resolve(text)

    def _trim(self, run: list[Atom]) -> list[Atom]:
        """Take fillers off both ends; a name stays as it is."""
        first, last = 0, len(run)
        while first < last and self._is_filler(run[first]) and not self._opens_modifier(run[first:last]):
            first += 1
        while last > first and self._is_filler(run[last - 1]) and not self._ends_modifier(run[first:last]):
            last -= 1
        return run[first:last]

    @staticmethod
    def _opens_modifier(run: list[Atom]) -> bool:
        """The number of `one arm` belongs to the name."""
        if len(run) < 2 or run[0].role != "number":
            return False
        return name_words(f"{run[0].text} {run[1].text}") in modifier_stems()

    @staticmethod
    def _ends_modifier(run: list[Atom]) -> bool:
        """The letter of `barra Z` and `V bar` tells which bar."""
        if len(run) < 2 or len(run[-1].text) > 1:
            return False
        return (*name_words(run[-2].text)[-1:], *name_words(run[-1].text)) in modifier_stems()

    def _is_filler(self, atom: Atom) -> bool:
        if atom.kind == "name":
            return False
        if atom.kind == "mark":
            return atom.role not in ("assisted", "pause", "hold", "added") or atom.role == "added"
        if atom.kind == "amount":
            return False
        key = fold(atom.text)
        return (key in self.lexicon.fillers and not self._is_modifier(atom)) or is_stop(atom.text) or len(key) < 2

    @staticmethod
    def _is_modifier(atom: Atom) -> bool:
        return name_words(atom.text) in modifier_stems()


def _is_pause(atoms: list[Atom]) -> bool:
    """`pause` and `a pause` behind a `with`."""
    told = [a for a in atoms if a.text.casefold() not in ("a", "an", "una", "uma", "une", "einer")]
    return bool(told) and told[0].role == "pause"


def _without_ends(run: list[Atom]) -> list[Atom]:
    """Drop joining signs and words at the ends of a run."""
    first, last = 0, len(run)
    while first < last and run[first].kind in ("sep", "at", "of"):
        first += 1
    while last > first and run[last - 1].kind in ("sep", "at", "of"):
        last -= 1
    return run[first:last]


def _split_at(kept: list[Atom], names: list[int]) -> list[list[Atom]]:
    cuts = [0, *names[1:], len(kept)]
    return [part for a, b in itertools.pairwise(cuts) if (part := _without_ends(kept[a:b]))]
