"""Fourth stage: the atoms behind a name become chunks: products such as `80 x 8 x 3`, single amounts, and marks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from parser.atoms import Atom
from parser.lexicon import load_lexicon
from parser.normalise import fold

ARTICLES = frozenset(
    [
        "the",
        "a",
        "my",
        "der",
        "die",
        "das",
        "den",
        "la",
        "el",
        "los",
        "las",
        "le",
        "les",
        "o",
        "os",
        "as",
        "um",
        "uma",
        "un",
        "une",
    ]
)


LIGHTEST_DASHED, MOST_DASHED = 20, 20
SINGULARS = frozenset({"подход", "сет", "set", "serie", "série", "satz"})


@dataclass(slots=True)
class Chunk:
    """Amounts joined by multiplication signs, or one mark. `before` tells what separates it from the chunk in front."""

    factors: list[Atom] = field(default_factory=list)
    mark: Atom | None = None
    before: str = ""
    is_at: bool = False
    is_of: bool = False
    in_brackets: bool = False
    follows_unknown: bool = False

    @property
    def is_single(self) -> bool:
        return len(self.factors) == 1

    @property
    def is_bare(self) -> bool:
        """A single number without unit, sign, plus or range: what it counts has to be found out."""
        return self.is_single and is_bare(self.factors[0])

    @property
    def start(self) -> int:
        return (self.mark or self.factors[0]).start

    @property
    def end(self) -> int:
        return (self.mark or self.factors[-1]).end


def is_bare(atom: Atom) -> bool:
    """Tell whether an amount is a plain number."""
    return atom.unit is None and not atom.sign and atom.low is not None


def cut_chunks(atoms: list[Atom]) -> list[Chunk]:
    """Group the atoms of a clause. A multiplication sign that nothing follows is kept, so that `80x` is seen to be cut
    off.
    """
    cutter = _Cutter()
    atoms = _join_dashed_pairs(without_numbering([_to_failure(atoms, i) for i in range(len(atoms))]))
    for index, atom in enumerate(atoms):
        cutter.add(replace(atom, kind="of") if _opens_sets(atoms, index) else atom)
    if cutter.joined and cutter.chunks and cutter.chunks[-1].is_single:
        cutter.chunks[-1] = Chunk([], Atom("mark", atoms[-1].start, atoms[-1].end, "", "cut_off"), " ")
    return cutter.chunks


def _to_failure(atoms: list[Atom], index: int) -> Atom:
    """`3xF` goes to failure."""
    atom = atoms[index]
    is_letter = atom.kind == "word" and atom.text in ("F", "f") and index > 0 and atoms[index - 1].kind == "times"
    return replace(atom, kind="amount", unit="amrap") if is_letter else atom


def without_numbering(atoms: list[Atom]) -> list[Atom]:
    """Leave out the numbers of sets on one line: `1) 60x12 2) 80x8 3) 85x6` and `set 1 80x8, set 2 80x7`."""
    return _without_bracketed_numbers(_without_set_numbers(atoms))


def _without_set_numbers(atoms: list[Atom]) -> list[Atom]:
    """`80x8, set 2 80x7, set 3: 75x8`: the label of the first may have been taken off the line before."""
    places = [i for i in range(len(atoms) - 2) if _is_set_number(atoms, i)]
    counted = [int(atoms[i + 1].low or 0) for i in places]
    if not counted or counted[0] > 2 or counted != [*range(counted[0], counted[0] + len(counted))]:
        return atoms
    left_out = {place for i in places for place in (i, i + 1)}
    return [replace(a, kind="sep", text=";") if i in left_out else a for i, a in enumerate(atoms)]


def _is_set_number(atoms: list[Atom], index: int) -> bool:
    mark, number, behind = atoms[index : index + 3]
    is_set = mark.kind == "mark" and mark.role in ("set", "set_label")
    if behind.text == ":" and index + 3 < len(atoms):
        behind = atoms[index + 3]
    return is_set and number.is_number and number.unit is None and behind.is_number


def _without_bracketed_numbers(atoms: list[Atom]) -> list[Atom]:
    """Numbers glued to a closing bracket that count up from one number the sets."""
    places = [
        i
        for i, atom in enumerate(atoms[:-1])
        if atom.kind == "amount" and atom.unit is None and atoms[i + 1].text in (")", ".") and atoms[i + 1].is_glued
    ]
    if not places and (rows := _set_ordinals(atoms)):
        return [replace(a, kind="sep", text=";") if i in rows else a for i, a in enumerate(atoms)]
    counted = [atoms[i].low for i in places]
    if len(places) < 2 or any(a.text == "(" for a in atoms) or counted != [*range(1, len(places) + 1)]:
        return atoms
    return [replace(a, kind="sep", text=";") if i in places else a for i, a in enumerate(atoms)]


def _set_ordinals(atoms: list[Atom]) -> list[int]:
    """`1 подход 60 кг 12 раз, 2 подход 70 кг 10 раз`: behind a number above one, a word in the singular counts it."""
    places = [i for i, atom in enumerate(atoms) if atom.kind == "amount" and atom.unit == "set"]
    if len(places) < 2 or [atoms[i].low for i in places] != [*range(1, len(places) + 1)]:
        return []
    words = [atoms[i].text.split()[-1].casefold() for i in places[1:]]
    is_followed = all(i + 1 < len(atoms) and atoms[i + 1].kind in ("amount", "sep", "at") for i in places)
    return places if is_followed and all(word in SINGULARS for word in words) else []


def _join_dashed_pairs(atoms: list[Atom]) -> list[Atom]:
    """Read `60 - 10, 70 - 8` as loads by repetitions, where at least two such pairs stand in a row."""
    dashes = [i for i in range(1, len(atoms) - 1) if _is_dashed_pair(atoms, i)]
    if len(dashes) < 2:
        return atoms
    return [replace(atom, kind="times") if i in dashes else atom for i, atom in enumerate(atoms)]


def _is_dashed_pair(atoms: list[Atom], index: int) -> bool:
    before, atom, after = atoms[index - 1], atoms[index], atoms[index + 1]
    if (
        atom.kind != "sep"
        or atom.text not in "-:="
        or before.unit not in (None, "kg", "lb")
        or after.unit not in (None, "rep")
    ):
        return False
    if atom.text == "-" and atom.is_glued and not _is_load_dash_reps(atoms, index):
        return False
    is_open = index < 2 or atoms[index - 2].kind != "times"
    return is_open and before.is_number and after.is_number and (before.low or 0) > (after.low or 0)


def _is_load_dash_reps(atoms: list[Atom], index: int) -> bool:
    """`60-8, 80-6, 100-5`: a glued dash parts a load from few repetitions, and goes on to no third figure."""
    load, count = atoms[index - 1].low or 0, atoms[index + 1].low or 0
    chained = [atoms[i] for i in (index - 2, index + 2) if 0 <= i < len(atoms)]
    is_pair = not any(a.kind == "sep" and a.text == "-" for a in chained)
    return is_pair and load >= LIGHTEST_DASHED and 0 < count <= MOST_DASHED and load > 2 * count


def _opens_sets(atoms: list[Atom], index: int) -> bool:
    """`120 for 3x5` and `90kg for 4 sets of 6`: the word stands between a load and its sets, and multiplies nothing."""
    atom = atoms[index]
    if atom.kind != "times" or atom.role != "for" or index + 1 >= len(atoms):
        return False
    following = atoms[index + 1]
    further = atoms[index + 2] if index + 2 < len(atoms) else None
    return following.unit in ("set", "round") or (
        further is not None and further.kind == "times" and further.role != "for"
    )


class _Cutter:
    def __init__(self) -> None:
        self.chunks: list[Chunk] = []
        self.before = ""
        self.depth = 0
        self.joined = False
        self.is_at = self.is_of = False
        self.list_joined = False
        self.is_unknown = False

    def add(self, atom: Atom) -> None:
        if atom.kind == "amount":
            self._add_amount(atom)
        elif atom.kind == "times":
            self._add_times(atom)
        elif atom.kind in ("at", "of"):
            self.is_at, self.is_of = atom.kind == "at", atom.kind == "of"
        elif atom.kind == "sep":
            self._add_separator(atom)
        elif atom.kind == "mark":
            self._add_mark(atom)
        elif atom.kind == "word" and atom.text.casefold() in ARTICLES:
            return
        else:
            self._flush()
            self.is_unknown = atom.kind == "word" and len(atom.text) > 1 and not _is_filler(atom.text)

    def _flush(self) -> None:
        self.joined = self.is_at = self.is_of = False
        self.before = "word"

    def _add_amount(self, atom: Atom) -> None:
        last = self.chunks[-1] if self.chunks else None
        if self.joined and last is not None and last.factors:
            last.factors.append(atom)
        else:
            self.chunks.append(
                Chunk([atom], None, self.before or " ", self.is_at, self.is_of, self.depth > 0, self.is_unknown)
            )
        self.is_unknown = False
        self.before, self.joined, self.is_at, self.is_of = "", False, False, False

    def _add_times(self, atom: Atom) -> None:
        if self._follows_a_side() and self.before == "":
            # `45s each side x 3`: what is said of the sides does not cut the product.
            self.chunks[-2:] = [self.chunks[-1], self.chunks[-2]]
        last = self.chunks[-1] if self.chunks else None
        if last is None or not last.factors or self.before not in ("", " "):
            self.is_of = True
            return
        if self.joined:
            return
        self.joined = True

    def _follows_a_side(self) -> bool:
        if len(self.chunks) < 2 or self.chunks[-1].mark is None or self.chunks[-1].in_brackets:
            return False
        return self.chunks[-1].mark.role in ("side", "hand") and bool(self.chunks[-2].factors)

    def _add_separator(self, atom: Atom) -> None:
        if atom.text in "([":
            self.depth += 1
        elif atom.text in ")]":
            self.depth = max(0, self.depth - 1)
        if atom.text in "([)]" and self.joined:
            return
        if self.joined:
            self._cut_off(atom)
        self.before = atom.text
        self.is_unknown = self.is_unknown and atom.text in ":=-"
        if atom.text not in ":([":
            self.is_at = self.is_of = False

    def _add_mark(self, atom: Atom) -> None:
        if self.joined:
            self._cut_off(atom)
        self.chunks.append(Chunk([], atom, self.before or " ", in_brackets=self.depth > 0))
        self.before = ""
        self.is_at = self.is_of = False

    def _cut_off(self, atom: Atom) -> None:
        """A product that ends with its sign, such as `80x,`: mark it, so that nothing is made of it."""
        self.joined = False
        self.chunks.append(Chunk([], Atom("mark", atom.start, atom.start, "", "cut_off"), " "))


def _is_filler(text: str) -> bool:
    return fold(text) in load_lexicon().fillers


def ends_cut_off(atoms: list[Atom]) -> bool:
    """Tell whether a clause ends with a multiplication sign right behind a number."""
    tail = [atom for atom in atoms if atom.kind != "sep" or atom.text not in ".!)"]
    return len(tail) > 1 and tail[-1].kind == "times" and tail[-2].kind == "amount"
