"""How sure the name and the numbers of an exercise are, and every reason for doubt."""

from __future__ import annotations

from collections.abc import Iterator

from parser.confidence import HIGH_NAME
from parser.document import Entry
from parser.groups import Figures
from parser.leftovers import unexplained
from parser.plausibility import implausible, is_absurd
from parser.products import Lift
from parser.reading import Doubt, Scores, WeightUnit
from parser.unfamiliar import UNFAMILIAR, has_word_in_front, unfamiliar_shapes

# The most that a reason for doubt leaves of a score: still medium, hardly so, and so low that it is asked about.
DOUBTED = 0.8
HARDLY = 0.6
ASKED = 0.3
REFUSED = 0.2
# A name beside which more than one word was left over is low, whatever it is.
MANY_WORDS_LEFT = 0.39


def scores_of(
    entry: Entry, figures: Figures, lift: Lift, text: str, unit: WeightUnit
) -> tuple[Scores, tuple[Doubt, ...]]:
    """Score the name and the numbers, and list the doubts. `text` is the normalised one, `unit` the user's."""
    doubts = [Doubt(kind, detail, options) for kind, detail, options in figures.doubts]
    name, numbers = entry.spot.resolution.score, figures.certainty
    if entry.has_chatter or entry.is_loose:
        numbers = min(numbers, DOUBTED)
    for most, doubt in _doubts_of_name(entry):
        name = min(name, most)
        doubts.append(doubt)
    for most, doubt in _doubts_of_numbers(entry, figures, lift, unit):
        numbers = min(numbers, most)
        doubts.append(doubt)
    if has_word_in_front(entry, text):
        name = min(name, UNFAMILIAR)
        doubts.append(Doubt("name", "word in front"))
    return Scores(round(name, 3), round(numbers, 3)), tuple(doubts)


def _doubts_of_name(entry: Entry) -> Iterator[tuple[float, Doubt]]:
    """Give each doubt of a name with the most that it leaves of the score."""
    resolution = entry.spot.resolution
    if resolution.score < HIGH_NAME:
        yield resolution.score, Doubt("name", resolution.method, tuple(c.key for c in resolution.candidates))
    if entry.extra_words:
        yield DOUBTED if entry.extra_words == 1 else MANY_WORDS_LEFT, Doubt("name", "words left over")


def _doubts_of_numbers(entry: Entry, figures: Figures, lift: Lift, unit: WeightUnit) -> Iterator[tuple[float, Doubt]]:
    """Give each doubt of the numbers with the most that it leaves of the score."""
    if odd := implausible(figures.groups, lift, unit):
        yield REFUSED if is_absurd(figures.groups, unit) else HARDLY, Doubt("numbers", odd)
    if _takes_off_a_bar(entry, figures, lift):
        yield HARDLY, Doubt("kind", "assisted")
    left = unexplained(entry, figures)
    if left is not None:
        yield DOUBTED, Doubt("unused", left.text)
    if figures.is_refused:
        yield REFUSED, Doubt("numbers", "cut off")
    if not figures.groups:
        is_counted = figures.sets is not None and not figures.is_elsewhere
        yield DOUBTED if is_counted else ASKED, Doubt("figures", "elsewhere" if figures.is_elsewhere else "none")
    for shape in unfamiliar_shapes(entry, figures):
        yield UNFAMILIAR, Doubt("unfamiliar", shape)


def _takes_off_a_bar(entry: Entry, figures: Figures, lift: Lift) -> bool:
    """`bench -80x8`: help is counted in weight where the body is lifted, not where a bar is."""
    if not (lift.is_known and lift.is_loaded) or "Assisted" in (entry.spot.resolution.name or ""):
        return False
    return any(group.load is not None and group.load.mode == "assisted" for group in figures.groups)
