"""The commonest line of all, a name and one set (`bench 80x8`, `Squat 102.5 kg x 5 @9`), without the way through all
stages.

It is read to the same as they read it to: which names may be read so is found out by having them read the name with
figures of the same shape, once.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from parser.assembly import Assembler
from parser.atoms import Atom
from parser.document import Entry
from parser.kind import decide_kind
from parser.lexicon import load_lexicon
from parser.lines import scan_lines
from parser.name_spots import Spot
from parser.name_words import name_words
from parser.normalise import NormalText, normalise
from parser.outline import OutlineBuilder
from parser.reading import Reading, ReadingContext
from parser.vocabulary import Vocabulary

LONGEST = 80
SHAPE = re.compile(
    r"(?P<name>[^\W\d_]+(?: [^\W\d_]+){0,5}) "
    r"(?P<load>(?P<number>[1-9]\d{1,2}(?:\.(?:5|25|75))?)(?: ?(?P<unit>kg|lb|lbs))?)"
    r" ?(?P<times>[xXхХ]) ?(?P<reps>[1-9]\d?)"
    r"(?: ?(?P<at>@) ?(?P<rpe>[6-9](?:\.5)?|10))?"
)
# Below these, figures may be sets and repetitions, or not be taken for a load at all.
LIGHTEST_WITHOUT_UNIT = 31
MOST_REPS = 30
# Figures of the shape to read a name with; some names mean something else with another unit.
PROBES = ("100x5", "100 kg x 5", "42.5lb x 12 @8")


def read_plain_set(text: str, context: ReadingContext) -> Reading | None:
    """Read a text that is one plain set of a known exercise; None where it is anything else.

    `context.vocabulary` is that of the user's language.
    """
    plain = normalise(text) if len(text) <= LONGEST else None
    match = None if plain is None else _match(plain.text)
    if plain is None or match is None:
        return None
    spot = _spot_of(match["name"], context.vocabulary)
    if spot is None:
        return None
    entry = Entry(spot, 1, 0, len(plain.text))
    entry.add(_atoms(match))
    return Reading("log", exercises=(Assembler(plain, text, context).logged(entry),))


def is_plain_set(text: str) -> bool:
    """Tell whether a text is one plain set of an exercise of the library: it stands for itself and answers nothing."""
    match = _match(text.strip()) if len(text) <= LONGEST else None
    return match is not None and _spot_of(match["name"], Vocabulary.library()) is not None


def _match(plain: str) -> re.Match[str] | None:
    match = SHAPE.fullmatch(plain)
    if match is None or int(match["reps"]) > MOST_REPS:
        return None
    return match if match["unit"] or Decimal(match["number"]) >= LIGHTEST_WITHOUT_UNIT else None


def _spot_of(name: str, vocabulary: Vocabulary) -> Spot | None:
    """Find what a name means that all stages read as nothing but this name, in the words that everybody has."""
    words = name_words(name)
    while not vocabulary.is_common:
        if words in vocabulary.phrases or vocabulary.base is None:
            return None  # a word of the user's own goes before the library's
        vocabulary = vocabulary.base
    return _common_spot(name, vocabulary)


@lru_cache(maxsize=4096)
def _common_spot(name: str, vocabulary: Vocabulary) -> Spot | None:
    if vocabulary.meaning_of(name_words(name)) is None:
        return None
    spots = {_spot_beside(f"{name} {figures}", vocabulary) for figures in PROBES}
    return spots.pop() if len(spots) == 1 else None


def _spot_beside(text: str, vocabulary: Vocabulary) -> Spot | None:
    """Have all stages read a text of the shape; None where they see anything in it but the name and one set."""
    lexicon = load_lexicon()
    lines = scan_lines(NormalText(text, range(len(text) + 1)), lexicon, vocabulary)
    outline = OutlineBuilder(text, lexicon, vocabulary).build(lines)
    kind, cues = decide_kind(lines, outline)
    is_bare = not (outline.unread or outline.notes or outline.title)
    match = SHAPE.fullmatch(text)
    if kind != "log" or cues.seen != ["load by repetitions"] or not is_bare or match is None:
        return None
    spot = outline.entries[0].spot
    expected = Entry(spot, 1, 0, len(text))
    expected.add(_atoms(match))
    return spot if outline.entries == [expected] and (spot.start, spot.end) == match.span("name") else None


def _atoms(match: re.Match[str]) -> list[Atom]:
    """Cut the figures as the scanner does."""
    unit = match["unit"] and match["unit"][:2]
    atoms = [_amount(match, "load", "number", unit), _sign(match, "times"), _amount(match, "reps", "reps")]
    return [*atoms, _sign(match, "at"), _amount(match, "rpe", "rpe")] if match["at"] else atoms


def _amount(match: re.Match[str], whole: str, number: str, unit: str | None = None) -> Atom:
    start, end = match.span(whole)
    value = Decimal(match[number])
    has_decimals = "." in match[number]
    return Atom(
        "amount", start, end, match[whole], "", value, value, unit, False, "", has_decimals, _is_glued(match, start)
    )


def _sign(match: re.Match[str], kind: str) -> Atom:
    start, end = match.span(kind)
    return Atom(kind, start, end, match[kind], is_glued=_is_glued(match, start))


def _is_glued(match: re.Match[str], start: int) -> bool:
    return match.string[start - 1] != " "
