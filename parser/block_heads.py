"""Lines that head a block of exercises: `Pair 1 (rest 90s)`, `Block B - 60s rest`, `Core triplet:`."""

from __future__ import annotations

from dataclasses import dataclass

from parser.atoms import Atom
from parser.headings import DAY_LETTERS
from parser.normalise import fold

# Blocks whose exercises are done in turn, and blocks that only stand together.
TIED = frozenset(
    ["pair", "couplet", "triplet", "trio", "duo", "triset", "superset", "quad set", "giant set", "par", "paar",
     "суперсет", "пара", "трисет", "superserie", "supersatz", "supersérie", "biserie", "triserie"]
)  # fmt: skip
LOOSE = frozenset(
    ["group", "block", "cluster", "part", "grupo", "bloque", "bloco", "gruppe", "teil", "groupe", "bloc", "partie",
     "блок", "группа", "часть", "parte"]
)  # fmt: skip
MOST_BLOCKS = 12
MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class BlockHead:
    """What a line says for the exercises below it: whether they are tied together, and the rest."""

    is_tied: bool
    rests: list[Atom]


def block_head_of(atoms: list[Atom]) -> BlockHead | None:
    """Read a line as the head of a block, or give None: a word for a block, its number or letter, and a rest."""
    told = [a for a in atoms if a.kind != "sep"]
    rests = [a for a in told if a.unit == "rest"]
    others = [a for a in told if a.unit != "rest" and not (rests and a.role == "rest_tail")]
    words = [a for a in others if not _counts(a)]
    if not words or len(others) > MOST_WORDS or len(others) - len(words) > 1:
        return None
    if any(a.kind not in ("word", "mark") for a in words):
        return None
    kinds = {fold(words[-1].text), fold(words[0].text)}
    is_tied = bool(kinds & TIED)
    if not is_tied and not kinds & LOOSE:
        return None
    # A lone `Superset:` or `Block` is read by the rules for ties and headings.
    return BlockHead(is_tied, rests) if rests or len(others) > 1 else None


def _counts(atom: Atom) -> bool:
    if atom.kind == "amount":
        return atom.unit is None and atom.low == atom.high and (atom.low or 99) <= MOST_BLOCKS
    return fold(atom.text) in DAY_LETTERS
