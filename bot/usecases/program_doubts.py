"""What is still to be asked about a program, one question for all places that share it. Pure rules, no database.

A name that stands in twelve weeks is one question; equal figures under an equal name are one question too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.usecases.program_draft import Draft, Item, Place, confidence_of, has_figures_doubt, has_name_doubt
from bot.usecases.program_limits import fits
from parser import Confidence, PrescribedExercise, UnreadLine

Kind = Literal["name", "figures", "bounds", "unread"]

LABEL = re.compile(r"^\s*(?:[-*•–—▪●+>|]+\s*|\(?[A-Za-z]?\d{1,2}\s*[.):]\s+|[A-Z]\d\s*[-.):]?\s+|[A-Z][.)]\s+)+")
FIGURES = re.compile(
    r"\s*(?:[:|,;(@–—\t]|\s-\s|\s(?:x|х|×)?\d|^\d+\s*(?:x|х|×)\s*\d|\d+\s*(?:x|х|×|%|kg|lb|min|s\b)).*$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Question:
    """Something to be asked. `places` are all items it decides; an unread line has none."""

    kind: Kind
    words: str
    is_low: bool
    places: tuple[Place, ...] = ()
    line: UnreadLine | None = None


def questions(draft: Draft) -> tuple[Question, ...]:
    """List what is to be asked: what keeps from saving first, then what is merely unsure."""
    asked = (*_grouped(draft), *_unread(draft))
    return tuple(sorted(asked, key=lambda question: not question.is_low))


def open_places(draft: Draft) -> tuple[Place, ...]:
    """Find the exercises that cannot be saved as they stand: no known name, low figures, or figures that do not fit."""
    return tuple(place for place, item in draft.kept if _is_open(item))


def unread_lines(draft: Draft) -> tuple[UnreadLine, ...]:
    """List the lines that were not read and that the user has not waved aside."""
    return tuple(line for line in draft.unread if line.line not in draft.ignored)


def does_not_fit(item: Item) -> bool:
    """Tell whether the figures are out of bounds and nothing was decided about it."""
    return item.decision.figures not in ("split", "noted") and not fits(item.read)


def _is_open(item: Item) -> bool:
    return not item.has_name or does_not_fit(item) or confidence_of(item) is Confidence.LOW


def _grouped(draft: Draft) -> Iterator[Question]:
    groups: dict[tuple[Kind, str], list[Place]] = {}
    for place, item in draft.kept:
        for kind in _kinds(item):
            words = typed_words(item.read) if kind == "name" else item.read.raw.strip()
            groups.setdefault((kind, words), []).append(place)
    for (kind, words), places in groups.items():
        is_low = any(_is_open(draft.item(place)) for place in places)
        yield Question(kind, words, is_low, tuple(places))


def _kinds(item: Item) -> Iterable[Kind]:
    if has_name_doubt(item):
        return ("name",)
    if does_not_fit(item):
        return ("bounds",)
    return ("figures",) if has_figures_doubt(item) or confidence_of(item) is Confidence.LOW else ()


def _unread(draft: Draft) -> Iterator[Question]:
    for line in unread_lines(draft):
        yield Question("unread", line.text.strip(), False, (), line)


def typed_words(exercise: PrescribedExercise) -> str:
    """Give the user's words for the exercise without bullet and figures: "A1) zercher thing 3x8" -> "zercher thing"."""
    first_line = next(iter(exercise.raw.strip().splitlines()), "")
    words = FIGURES.sub("", LABEL.sub("", first_line)).strip(" .:-–—*_`#")
    return words or exercise.name or first_line


def places_with_words(draft: Draft, words: str) -> Sequence[Place]:
    """Find all exercises that the user wrote with the same words."""
    wanted = words.casefold()
    return tuple(place for place, item in draft.items if typed_words(item.read).casefold() == wanted)
