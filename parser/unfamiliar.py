"""What a reading is not sure of because of where it stands: shapes in which readers of notations go wrong unseen.

No stage of reading stumbles over these. In texts read for the first time, though, most of what was read wrong and
called sure had one of them: figures on both sides of a name, figures in brackets, words that no rule knows. A reading
that has one is at most of medium confidence, however clear its figures seemed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parser.atoms import Atom
from parser.document import Entry
from parser.groups import Figures
from parser.lexicon import load_lexicon
from parser.normalise import fold

# What an unfamiliar shape leaves of a score: under the bound of high, far above that of low.
UNFAMILIAR = 0.8
WIDEST_RATIO, WIDEST_GAP = 3, 10
# What stands between a word and a name that the word may belong to; any other sign parts them.
WORD_IN_FRONT = re.compile(r"([^\W\d_]+)[ '’]*$")
LONGEST_IN_FRONT = 60  # characters; a line of thousands of sets is not looked through for each of them
OPENING, CLOSING = "([", ")]"


def unfamiliar_shapes(entry: Entry, figures: Figures) -> Iterator[str]:
    """Give what is unfamiliar about an entry's figures, in short words for programs."""
    atoms = [atom for part in entry.parts for atom in part]
    if not figures.groups:
        return
    if not entry.is_table and _are_around(entry, atoms):
        yield "around the name"
    if _has_figures_in_brackets(atoms):
        yield "brackets"
    if any(_is_unknown(atom) for atom in atoms):
        yield "words"
    if _are_mixed(figures):
        yield "measures"
    if _has_wide_range(figures):
        yield "range"
    if _may_repeat(figures, atoms):
        yield "effort or repetitions"
    if entry.is_table and sum(group.is_counted for group in figures.groups) > 1:
        yield "columns"


def has_word_in_front(entry: Entry, text: str) -> bool:
    """Tell whether an unknown word stands right in front of the name and was not taken into it: `hack sqt 100x8`."""
    name = entry.spot.start
    nearest = max(text.rfind("\n", 0, name) + 1, name - LONGEST_IN_FRONT)
    found = WORD_IN_FRONT.search(text, nearest, name)
    if found is None or not _is_word(found[1]):
        return False
    # The unit of `10 km run` belongs to a figure.
    return not any(a.start < found.end(1) <= a.end for part in entry.parts for a in part if a.kind == "amount")


def _is_word(text: str) -> bool:
    lexicon = load_lexicon()
    return len(text) > 1 and fold(text) not in lexicon.fillers


def _is_unknown(atom: Atom) -> bool:
    """A word of no meaning; the F of `80x1F` may say that the set failed."""
    is_letter = atom.kind == "word" and atom.is_glued and len(atom.text) == 1
    return is_letter or (atom.kind == "word" and _is_word(atom.text))


def _are_around(entry: Entry, atoms: list[Atom]) -> bool:
    """`45 s rope 10 min`: what is in front of a name may belong to the exercise before it."""
    places = [atom.start for atom in atoms if atom.is_number]
    return any(place < entry.spot.start for place in places) and any(place >= entry.spot.end for place in places)


def _has_figures_in_brackets(atoms: list[Atom]) -> bool:
    depth = 0
    for atom in atoms:
        if atom.kind == "sep":
            depth = max(0, depth + (atom.text in OPENING) - (atom.text in CLOSING))
        elif depth and atom.kind == "amount":
            return True
    return False


def _are_mixed(figures: Figures) -> bool:
    """Sets of one exercise are counted in one measure: `8, 8, 8` and then 48 minutes are not."""
    kinds = {(g.low is not None or g.is_amrap, g.seconds is not None, g.metres is not None) for g in figures.groups}
    return len(kinds) > 1


def _has_wide_range(figures: Figures) -> bool:
    ranges = [(g.low, g.high) for g in figures.groups if g.low and g.high]
    return any(high >= WIDEST_RATIO * low and high - low >= WIDEST_GAP for low, high in ranges)


def _may_repeat(figures: Figures, atoms: list[Atom]) -> bool:
    """`5x5 @ 100 @ 5`: an effort that nothing names and that equals the repetitions may be repetitions once more."""
    if any(atom.unit in ("rpe", "rir") for atom in atoms):
        return False
    return any(group.rpe is not None and group.rpe == group.low for group in figures.groups)
