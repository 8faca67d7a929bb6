"""Texts that speak of the future: what is told ahead of its figures is meant to be done, and was not."""

from __future__ import annotations

from parser.atoms import Atom
from parser.document import Entry
from parser.lexer import tokenise
from parser.lexicon import load_lexicon
from parser.lines import ScannedLine
from parser.normalise import normalise

AHEAD = frozenset({"tomorrow", "intend"})
DONE = frozenset({"past", "today"})
SPOKEN = frozenset({"tomorrow", "intend", "plan"})
# What may stand right in front of a word for the future that ends a sentence: `100x5 for tomorrow`.
JOINING = frozenset({"amount", "name", "of", "at", "times"})
MOST_ATOMS_OF_A_HEADING = 4


def speaks_of_future(text: str) -> bool:
    """Tell whether a text has a word for tomorrow, for a plan or for an intention, in any of the languages."""
    lexicon = load_lexicon()
    for line in normalise(text).text.splitlines():
        tokens = tokenise(line, 0)
        index = 0
        while index < len(tokens):
            size, entries = lexicon.at(tokens, index)
            if any(entry.role in SPOKEN for entry in entries):
                return True
            index += max(size, 1)
    return False


def is_told_ahead(line: ScannedLine, entry: Entry) -> bool:
    """Tell whether the sentence of an exercise says that it is still to be done: `tomorrow squat 100x5`."""
    sentence = _sentence(line.atoms, entry)
    for place, atom in enumerate(sentence):
        if atom.role not in AHEAD or atom.kind != "mark":
            continue
        later = sentence[place + 1 :]
        is_last = all(a.kind == "sep" for a in later) and place > 0 and sentence[place - 1].kind in JOINING
        has_figures_behind = any(a.kind == "amount" and a.start >= atom.end for a in later)
        has_figures_before = any(a.kind == "amount" and a.unit != "other_unit" for a in sentence[:place])
        between = [a for a in later if a.start < entry.spot.start]
        is_own = entry.spot.start >= atom.end and not any(a.kind in ("sep", "amount") for a in between)
        if is_last or (has_figures_behind and (is_own or not has_figures_before)):
            return not (_is_done(sentence[:place]) and not is_own) and not _is_done(later[1:])
    return False


def _is_done(atoms: list[Atom]) -> bool:
    return any(a.kind == "mark" and a.role in DONE for a in atoms)


def _sentence(atoms: list[Atom], entry: Entry) -> list[Atom]:
    """Give the atoms of the sentence that an exercise starts in."""
    start = 0
    for index, atom in enumerate(atoms):
        if atom.kind == "sep" and atom.text in ".;!?":
            if atom.start >= entry.spot.end:
                return atoms[start:index]
            start = index + 1
    return atoms[start:]


def opens_with_future(lines: list[ScannedLine], entries: list[Entry]) -> bool:
    """`Tomorrow:` above exercises holds for all of them."""
    first = min((entry.line for entry in entries), default=0)
    above = [line for line in lines if line.number < first and line.atoms]
    if not above or len([a for a in above[0].atoms if a.kind != "sep"]) > MOST_ATOMS_OF_A_HEADING:
        return False
    return above[0].has_role(*AHEAD) and not above[0].has_role(*DONE)
