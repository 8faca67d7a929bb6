"""A line as clauses: each with at most one name, the figures that belong to it, and what was said besides."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from parser.atoms import Atom
from parser.name_spots import Spot, SpotFinder
from parser.name_words import name_words
from parser.normalise import fold
from parser.vocabulary import translate

STRONG = frozenset("|;>!?•{}\\")
SOFT_MARKS = frozenset({"and", "then", "superset", "alternate"})
SOFT_SIGNS = frozenset({",", "+", "&", "/", ".", ":"})
LEAST = 0.6
# Variants that are done, and counted, as exercises of their own.
OTHER_LIFTS = frozenset({"eccentric", "isometric", "partial", "half", "explosive", "tempo"})
# Workouts that conditioning knows by a name of their own: a time or rounds behind it are a result.
BENCHMARKS = frozenset(
    ["fran", "murph", "cindy", "grace", "helen", "diane", "elizabeth", "annie", "jackie", "karen", "isabel", "nancy",
     "angie", "barbara", "chelsea", "kelly", "amanda", "dt", "hyrox", "filthy fifty", "fight gone bad", "the chief"]
)  # fmt: skip


@dataclass(slots=True)
class Clause:
    """A name, or none, with its atoms. `superset` tells that the clause was tied to the one before it."""

    spot: Spot | None
    atoms: list[Atom] = field(default_factory=list)
    is_tied: bool = False
    is_alternative: bool = False
    others: list[Spot] = field(default_factory=list)
    is_shared: bool = False

    @property
    def has_amounts(self) -> bool:
        return any(atom.kind == "amount" for atom in self.atoms)

    @property
    def start(self) -> int:
        places = [atom.start for atom in self.atoms] + ([self.spot.start] if self.spot else [])
        return min(places, default=0)

    @property
    def end(self) -> int:
        places = [atom.end for atom in self.atoms] + ([self.spot.end] if self.spot else [])
        return max(places, default=0)


def cut_clauses(atoms: list[Atom], finder: SpotFinder) -> list[Clause]:
    """Cut a line into clauses, in order. Figures in front of a name stay in its sentence."""
    clauses: list[Clause] = []
    leading: list[Atom] = []
    for sentence in _sentences(_cut(atoms)):
        parts = [clause for part in sentence for clause in _split_names(_piece(part, finder))]
        is_named = any(clause.spot is not None and _names(clause, bool(clauses)) for clause in parts)
        waiting: list[Atom] = leading
        for clause in parts:
            is_first = is_named and not any(c in clauses for c in parts)
            _place(clause, clauses, waiting, waits=is_first or not clauses)
    if leading and clauses:
        clauses[-1].atoms.extend(leading)
    elif leading:
        clauses.append(Clause(None, leading))
    return clauses


def _sentences(parts: list[list[Atom]]) -> list[list[list[Atom]]]:
    """Group the parts of a line into sentences, which end with a full stop or a semicolon."""
    sentences: list[list[list[Atom]]] = [[]]
    for part in parts:
        if part[0].kind == "sep" and part[0].text in ".;!?" and sentences[-1]:
            sentences.append([])
        sentences[-1].append(part)
    return sentences


@dataclass(slots=True)
class _Piece:
    atoms: list[Atom]
    spots: list[Spot]


def _cut(atoms: list[Atom]) -> list[list[Atom]]:
    """Cut at signs and words that may separate exercises; what stands in brackets stays together."""
    parts: list[list[Atom]] = [[]]
    depth = 0
    for index, atom in enumerate(atoms):
        if atom.kind == "sep" and atom.text in "([":
            depth += 1
        elif atom.kind == "sep" and atom.text in ")]":
            depth = max(0, depth - 1)
        if depth == 0 and _separates(atoms, index):
            parts.append([atom])
        else:
            parts[-1].append(atom)
    return [part for part in parts if part]


def _separates(atoms: list[Atom], index: int) -> bool:
    atom = atoms[index]
    if atom.kind == "mark":
        return atom.role in SOFT_MARKS
    if atom.kind != "sep":
        return False
    if atom.text in STRONG or atom.text in SOFT_SIGNS:
        following = atoms[index + 1] if index + 1 < len(atoms) else None
        if atom.text == ":" and _heads_figures(atoms, index):
            return False
        is_inside_word = (
            atom.is_glued and following is not None and following.is_glued and following.kind in ("word", "name")
        )
        return not is_inside_word or atom.text in "|;,"
    return atom.text == "-" and not atom.is_glued


def _heads_figures(atoms: list[Atom], index: int) -> bool:
    """`Close grip: 80 3x8`: words that only figures follow name what these are of, known or not."""
    before, behind = atoms[:index], atoms[index + 1 :]
    is_word = bool(before) and all(a.kind == "word" and len(a.text) > 1 for a in before)
    has_names = any(a.kind in ("name", "word") for a in behind)
    return is_word and bool(behind) and behind[0].kind == "amount" and not has_names


def _piece(atoms: list[Atom], finder: SpotFinder) -> _Piece:
    spots = [spot for spot in finder.find(without_brackets(atoms)) if spot.text]
    atoms, spots = _join_around_load(atoms, spots, finder)
    return _Piece(atoms, [finder.with_bracket(spot, atoms) for spot in spots])


def _join_around_load(atoms: list[Atom], spots: list[Spot], finder: SpotFinder) -> tuple[list[Atom], list[Spot]]:
    """`жим гантелей 30 кг лёжа 12/10/9`: a load between the words of a name does not make two names of them."""
    if len(spots) != 2:
        return atoms, spots
    first, second = spots
    between = [a for a in atoms if first.end <= a.start < second.start]
    is_load = len(between) == 1 and between[0].unit in ("kg", "lb") and not between[0].sign
    if not is_load or not first.is_known:
        return atoms, spots
    is_variant = _is_variant_alone(second)
    whole = finder.vocabulary.resolve(f"{first.text} {second.text}")
    methods = ("exact", "words", "variant", "composed") if is_variant else ("exact", "words")
    if whole.name is None or whole.method not in methods or not (is_variant or first.resolution.method == "generic"):
        return atoms, spots
    kept = [a for a in atoms if not (second.start <= a.start and a.end <= second.end)]
    return kept, [replace(first, resolution=whole, has_name=True)]


def without_brackets(atoms: list[Atom]) -> list[Atom]:
    """Leave out what stands in brackets: it describes, it does not name."""
    kept, depth = [], 0
    for atom in atoms:
        if atom.kind == "sep" and atom.text in "([":
            depth += 1
        elif atom.kind == "sep" and atom.text in ")]":
            depth = max(0, depth - 1)
        if depth == 0 or (atom.kind == "sep" and atom.text in "(["):
            kept.append(atom)
    return kept


def _split_names(piece: _Piece) -> list[Clause]:
    """Cut a piece with several names before each of them, or behind each where figures come first."""
    known = [spot for spot in piece.spots if spot.is_known or spot.has_name]
    if len(known) < 2:
        spot = known[0] if known else (piece.spots[0] if piece.spots else None)
        others = [s for s in piece.spots if s is not spot]
        return [_clause(spot, piece.atoms, others)]
    first_amount = next((a.start for a in piece.atoms if a.kind == "amount" and a.unit not in ("rest",)), None)
    names_first = first_amount is None or known[0].start < first_amount
    clauses: list[Clause] = []
    for place, spot in enumerate(known):
        if names_first:
            low = spot.start if place else -1
            high = known[place + 1].start if place + 1 < len(known) else 1 << 60
        else:
            low = known[place - 1].end if place else -1
            high = spot.end if place + 1 < len(known) else 1 << 60
        clauses.append(_clause(spot, [a for a in piece.atoms if low <= a.start < high], []))
    for place in range(len(clauses) - 1, 0, -1):
        _share_figures(piece, clauses[place - 1], clauses[place])
    return clauses


def _share_figures(piece: _Piece, first: Clause, second: Clause) -> None:
    """`Curls/Pushdowns 3x12` gives both the same figures, which stays in doubt."""
    if first.spot is None or second.spot is None or first.has_amounts:
        return
    between = [a.text for a in piece.atoms if first.spot.end <= a.start < second.spot.start]
    if between == ["/"]:
        first.is_shared = second.is_shared = True
        first.atoms = list(second.atoms) if second.has_amounts else first.atoms


def _clause(spot: Spot | None, atoms: list[Atom], others: list[Spot]) -> Clause:
    is_tied = bool(atoms) and (atoms[0].text in "+&" or atoms[0].role in ("superset",))
    is_alternative = bool(atoms) and atoms[0].role == "alternate"
    if spot is not None:
        atoms = [a for a in atoms if not (spot.start <= a.start and a.end <= spot.end and _is_named(a))]
        atoms = [
            a
            for a in atoms
            if not (a.kind == "amount" and a.unit in ("bar", "bodyweight") and spot.start <= a.start < spot.end)
        ]
    return Clause(spot, atoms, is_tied, is_alternative, others)


def _is_named(atom: Atom) -> bool:
    """Tell whether the name says all that an atom does; `20kg assistance` says how a load is meant."""
    return atom.kind != "amount" and atom.role != "assisted"


def _place(clause: Clause, clauses: list[Clause], leading: list[Atom], waits: bool) -> None:
    """Add a clause; one without a name goes to the one before it, or waits for the first of its sentence."""
    if clause.spot is not None and _names(clause, bool(clauses)):
        if leading:
            clause.atoms[:0] = _without_title(leading)
            leading.clear()
        if clauses:
            clauses[-1].atoms.extend(_end_of_list(clause))
        clauses.append(clause)
    elif waits:
        if clause.spot is not None:
            clause.others.append(clause.spot)
        leading.extend(clause.atoms)
    else:
        clauses[-1].atoms.extend(_with_words(clause))
        clauses[-1].others.extend([*clause.others, *([clause.spot] if clause.spot else [])])


def _with_words(clause: Clause) -> list[Atom]:
    """Put unknown words back among the atoms: the 4 of `80x8, seat 4` is no set for certain."""
    spot = clause.spot
    if spot is None or spot.is_known or (_is_variant_alone(spot) and not _opens_variant(clause)):
        return clause.atoms
    place = next((i for i, atom in enumerate(clause.atoms) if atom.start >= spot.end), len(clause.atoms))
    return [*clause.atoms[:place], Atom("word", spot.start, spot.end, spot.text), *clause.atoms[place:]]


def _opens_variant(clause: Clause) -> bool:
    """`then negatives 3x5`: behind other sets, sets of a variant may be those of another exercise."""
    assert clause.spot is not None
    meanings = {meaning for _, meaning in translate(name_words(clause.spot.text))}
    signs = [a for a in clause.atoms if a.kind == "times" and a.start >= clause.spot.end]
    return bool(meanings & OTHER_LIFTS) and bool(signs)


def _ends_with_stop(atoms: list[Atom], spot: Spot | None) -> bool:
    if len(atoms) < 3 or spot is None or atoms[0].text not in ("/", ",") or atoms[1].unit not in ("second", "rest"):
        return False
    return atoms[1].text.endswith(".") and atoms[2].start >= spot.end


def _end_of_list(clause: Clause) -> list[Atom]:
    """Take the 10 of `curls 14kg 12/12/10 with pushdowns 30kg ...` off the second clause: it ends the list before."""
    atoms, spot = clause.atoms, clause.spot
    if _ends_with_stop(atoms, spot):
        # `50 сек, 45 сек. скакалка 10 минут`: the full stop of the short word ends the sentence.
        clause.atoms = atoms[2:]
        return atoms[:2]
    if len(atoms) < 4 or spot is None or atoms[0].text not in ("/", ",") or atoms[1].kind != "amount":
        return []
    is_joined = atoms[2].kind == "at" or atoms[2].role in SOFT_MARKS
    has_more = any(a.kind == "amount" and a.start > spot.end for a in atoms)
    if atoms[1].unit is not None or not is_joined or not has_more or atoms[2].end > spot.start:
        return []
    clause.atoms = atoms[2:]
    return atoms[:2]


def _without_title(leading: list[Atom]) -> list[Atom]:
    """`Gym log 5: RDLs ...`: a single number among words before a colon numbers the text."""
    amounts = [a for a in leading if a.kind == "amount" and a.low is not None]
    has_words = any(a.kind == "word" or a.role in ("day", "past", "plan") for a in leading)
    if len(amounts) == 1 and amounts[0].unit is None and has_words and not any(a.kind == "times" for a in leading):
        return [a for a in leading if a is not amounts[0]]
    return leading


def _names(clause: Clause, has_before: bool) -> bool:
    """Tell whether the clause's spot is an exercise: known ones are; unknown ones where figures follow right behind."""
    spot = clause.spot
    assert spot is not None
    if spot.is_known:
        return spot.resolution.score >= LEAST or not has_before
    if spot.has_name:
        return True
    if fold(spot.text) in BENCHMARKS and any(a.unit in ("second", "round") for a in clause.atoms):
        return True
    if has_before and (_is_variant_alone(spot) or _trails_figures(clause)):
        return False
    return clause.has_amounts and _is_followed_by_work(clause) and 2 <= len(spot.text) <= 60


def _is_variant_alone(spot: Spot) -> bool:
    """`14kg DBs` behind an exercise tells what it was done with; it names nothing new."""
    words = name_words(spot.text)
    return bool(words) and all(meaning is not None for _, meaning in translate(words))


def _trails_figures(clause: Clause) -> bool:
    """`120x5 befor that`: an unknown word behind loads and products is talk, not the name of another exercise."""
    assert clause.spot is not None
    amounts = [a for a in clause.atoms if a.kind == "amount"]
    is_behind = bool(amounts) and all(a.end <= clause.spot.start for a in amounts)
    return is_behind and (any(a.kind == "times" for a in clause.atoms) or any(a.unit in ("kg", "lb") for a in amounts))


def _is_followed_by_work(clause: Clause) -> bool:
    """Sets, repetitions or a load stand right behind (or in front of) the name."""
    assert clause.spot is not None
    units = (
        None,
        "kg",
        "lb",
        "rep",
        "set",
        "second",
        "pair",
        "metre",
        "percent",
        "bodyweight",
        "bar",
        "plate",
        "amrap",
    )
    amounts = [a for a in clause.atoms if a.kind == "amount" and a.unit in units]
    has_product = any(a.kind == "times" and a.role != "for" for a in clause.atoms) or any(
        a.unit in ("kg", "lb", "rep", "set") for a in amounts
    )
    has_list = len(amounts) > 1 and (any(a.unit in ("kg", "lb") for a in amounts) or _opens_list(clause, amounts))
    return bool(amounts) and (has_product or has_list)


def _opens_list(clause: Clause, amounts: list[Atom]) -> bool:
    """`Hip thingy machine: 110 20,20,18`: words, a colon and then figures in a row."""
    assert clause.spot is not None
    colon = next((a for a in clause.atoms if a.start >= clause.spot.end), None)
    if colon is None or colon.text != ":" or len(amounts) < 2 or any(a.start < colon.start for a in amounts):
        return False
    return all(a.unit in (None, "rep") for a in amounts)
