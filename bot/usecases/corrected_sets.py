"""Which sets a correction names in front of what they were: "deadlift was 155", "the 185 was 6 reps"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from bot.usecases.reading_context import vocabulary_of
from parser import Amendment, parse_amendment

if TYPE_CHECKING:
    from uuid import UUID

    from bot.turn import Turn
    from storage.models import ExerciseSet

NAMED_FIRST: Final = re.compile(
    r"(.+?)\s+(was|were|is|should be|war|waren|era|fue|foi|était|был|была|было|были)\s+(.*\d.*)",
    re.IGNORECASE | re.DOTALL,
)
LOAD: Final = re.compile(
    r"(.*?)\b(\d+(?:[.,]\d+)?)\s*(kg|lbs?|кг)?(?:\s+(?:set|sets|one|ones|satz|sätze|serie|série|подход))?\s*",
    re.IGNORECASE | re.DOTALL,
)
# fmt: off
FILLERS: Final = frozenset({
    "actually", "sorry", "no", "wait", "oh", "and", "but", "the", "my", "that", "at", "with", "eigentlich", "nein",
    "der", "die", "das", "el", "la", "los", "las", "o", "a", "os", "le", "les", "non", "en", "mit", "bei", "con",
    "com", "avec", "нет", "на", "с", "вообще-то",
})
# fmt: on
"""Words in front of a load that name no exercise."""


@dataclass(frozen=True, slots=True)
class SpokenOf:
    """The sets that a correction names, one or more, and what it says of them."""

    rows: tuple[ExerciseSet, ...]
    amendment: Amendment


async def find(turn: Turn, among: Sequence[ExerciseSet] | None = None) -> SpokenOf | None:
    """Find the sets that the turn's text names, among these or in the session that is going on."""
    match = NAMED_FIRST.match(turn.text.strip())
    amendment = None if match is None else parse_amendment(f"{match[2]} {match[3]}")
    if match is None or amendment is None or amendment.name is not None:
        return None
    load = LOAD.fullmatch(match[1])
    root_id = await _exercise(turn, match[1] if load is None else load[1])
    if root_id is None and (load is None or not _is_filler(load[1])):
        return None
    rows = [row for row in await _candidates(turn, among) if root_id in (None, row.exercise_root_id)]
    if load is not None:
        rows = [row for row in rows if _has_load(row, Decimal(load[2].replace(",", ".")), load[3])]
    if among is None and rows:
        newest = max(rows, key=lambda row: row.id)
        rows = [row for row in rows if row.import_id == newest.import_id]
    return SpokenOf(tuple(rows), amendment) if rows else None


def amendment_of(text: str) -> Amendment | None:
    """Read what a correction says of its sets, whether or not it names them in front."""
    match = NAMED_FIRST.match(text.strip())
    return parse_amendment(text if match is None else f"{match[2]} {match[3]}")


async def _candidates(turn: Turn, among: Sequence[ExerciseSet] | None) -> Sequence[ExerciseSet]:
    if among is not None:
        return among
    session = await turn.work.sessions.find_open()
    return () if session is None else await turn.work.sets.of_session(session.id)


async def _exercise(turn: Turn, words: str) -> UUID | None:
    """Give the exercise that words name, by its root."""
    best = None if _is_filler(words) else (await vocabulary_of(turn)).resolve(words.strip()).best
    found = {} if best is None else await turn.work.exercises.find_by_keys([best.key])
    return None if best is None or best.key not in found else found[best.key].root_id


def _is_filler(words: str) -> bool:
    return all(word.strip(" ,.!") in FILLERS for word in words.casefold().split())


def _has_load(row: ExerciseSet, load: Decimal, unit: str | None) -> bool:
    if row.typed_weight != load:
        return False
    return unit is None or (row.typed_unit == "lb") == (unit.casefold() in ("lb", "lbs"))
