"""Figures beside training that no set has to explain: days without a year, impossible dates, points out of ten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from parser.atoms import Atom
from parser.dates import LONGEST_DATED, MAY_BE_DATE
from parser.lexicon import Lexicon
from parser.name_words import name_words
from parser.normalise import fold
from parser.vocabulary import modifier_stems

PAGE = re.compile(
    r"^\W*(?:page|pg\.?|p\.|seite|s\.|стр\.?|страница|p[áa]gina|p[áa]g\.?)\s*\d{1,3}(?:\s*(?:of|/|von|из|de|sur)\s*\d{1,3})?\W*$"
    r"|^\s*-\s+\d{1,3}\s+-\s*$",
    re.IGNORECASE,
)
LEAP_YEAR = 2024
WHOLE = re.compile(r"(?<![\d.])(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
OPENING = re.compile(
    r"^[\s*#>•-]*(?:(?P<word>[^\W\d_]+)\.?,?\s+)?(?P<day>(?P<a>\d{1,2})(?P<sign>[./])(?P<b>\d{1,2})\.?)(?=[\s:,;-]|$)(?P<rest>.*)$"
)
FIGURES = re.compile(r"\d\s*(?:[xх×*@]|kg|lb|кг)|\d\s*[ /,]\s*\d", re.IGNORECASE)
RATED_MARKS = frozenset({"life", "past", "note", "metric"})
MOST_POINTS = 10
ARTICLES = frozenset({"a", "an", "un", "una", "um", "uma", "ein", "eine", "une"})


def find_calendar_figures(text: str, offset: int, lexicon: Lexicon, is_first: bool) -> tuple[int, int] | None:
    """Find where a line tells a day without its year (`Mon 11/16`, `12/11 squat 91x5`), or a date that does not exist.

    `is_first` tells that the line opens the text, where `12/11` on its own is the day and no list of repetitions.
    """
    if len(text) > LONGEST_DATED or MAY_BE_DATE.search(text) is None:
        return None
    whole = WHOLE.search(text)
    if whole is not None and not _exists(whole[1], whole[2], whole[3]):
        return offset + whole.start(), offset + whole.end()
    found = OPENING.match(text)
    if found is None or not (_is_day(found["a"], found["b"]) or _is_day(found["b"], found["a"])):
        return None
    if not _is_told_as_day(found, lexicon, is_first):
        return None
    return offset + found.start("day"), offset + found.end("day")


def is_page_mark(text: str) -> bool:
    """`Page 4 of 12`, `Seite 3/8`, `- 7 -`: where a copied document turned its page."""
    return any(char.isdigit() for char in text) and PAGE.match(text) is not None


def _is_told_as_day(found: re.Match[str], lexicon: Lexicon, is_first: bool) -> bool:
    rest = found["rest"].strip(" :,;-")
    if found["word"] is not None:
        entries = lexicon.phrases.get((fold(found["word"]),), ())
        return any(entry.role == "weekday" for entry in entries) and rest[:1] not in ("x", "х", "*", "/")
    if not rest:
        return is_first
    # `12.5 curls 3x12` starts with a load: behind a point, the month has two figures.
    is_month = found["sign"] == "/" or (len(found["b"]) == 2 and int(found["b"]) <= 12)
    return is_month and rest[0].isalpha() and bool(FIGURES.search(rest)) and not _is_unit(rest, lexicon)


def _is_unit(rest: str, lexicon: Lexicon) -> bool:
    first = re.match(r"[^\W\d_]+", rest)
    return first is not None and bool(lexicon.phrases.get((fold(first[0]),)))


def _is_day(day: str, month: str) -> bool:
    return _exists(str(LEAP_YEAR), month, day)


def _exists(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def without_ratings(atoms: list[Atom]) -> list[Atom]:
    """`knee pain 3/10`, `felt 8/10`, `6/10 energy`: points out of ten tell how it was and are no sets."""
    rated = [i for i in range(len(atoms) - 2) if _is_rating(atoms, i)]
    places = {place for i in rated for place in (i, i + 2)} | set(_spoken_ratings(atoms))
    return [replace(a, unit="other_unit") if i in places else a for i, a in enumerate(atoms)] if places else atoms


def _is_rating(atoms: list[Atom], index: int) -> bool:
    points, sign, most = atoms[index : index + 3]
    if sign.text != "/" or not (_is_plain(points) and _is_plain(most)) or most.low != MOST_POINTS:
        return False
    before = atoms[index - 1] if index else None
    behind = atoms[index + 3] if index + 3 < len(atoms) else None
    if (points.low or 0) > MOST_POINTS or (behind is not None and behind.text == "/"):
        return False
    if before is not None and _softens(before):
        return _is_felt(atoms, index)
    if before is not None and before.text == ":" and index > 1:
        before = atoms[index - 2]
    if before is not None and (before.role in RATED_MARKS or _is_talk(before)):
        return index < 2 or atoms[index - 2].kind != "name"
    is_apart = before is None or (before.kind == "sep" and before.text in ",.;(-")
    return is_apart and behind is not None and (behind.role == "life" or _is_talk(behind))


def _softens(atom: Atom) -> bool:
    """The `about a` of `about a 2/10` and the `maybe` of `maybe 4/10`."""
    return atom.role == "emphatic" or atom.text.casefold() in ARTICLES


def _is_felt(atoms: list[Atom], index: int) -> bool:
    """Tell whether words of feeling or talk, and no exercise, stand in front of what softens a rating."""
    place = index - 1
    while place >= 0 and _softens(atoms[place]):
        place -= 1
    if place < 0:
        # `a 7/10 session`: an article counts no sets.
        return any(a.text.casefold() in ARTICLES for a in atoms[:index])
    return atoms[place].role in RATED_MARKS or _is_talk(atoms[place])


def _spoken_ratings(atoms: list[Atom]) -> Iterator[int]:
    """`energy 6 out of 10` tells points, too."""
    for index in range(len(atoms) - 3):
        points, out, of, most = atoms[index : index + 4]
        is_out_of = out.text.casefold() == "out" and of.kind == "of"
        if is_out_of and _is_plain(points) and _is_plain(most) and most.low == MOST_POINTS:
            yield from (index, index + 3)


def _is_talk(atom: Atom) -> bool:
    return atom.kind == "word" and len(atom.text) > 2 and name_words(atom.text) not in modifier_stems()


def _is_plain(atom: Atom) -> bool:
    return atom.is_number and atom.unit is None and atom.low == atom.high and not atom.sign
