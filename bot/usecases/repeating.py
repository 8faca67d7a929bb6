"""Short answers right after a set: "same", "+1", "8", "82.5". They are sets of their own, with a text of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, cast
from uuid import UUID

from bot.usecases.logging_sets import LogOutcome, log_reading
from bot.usecases.performed import Performed, from_row
from bot.usecases.reading_context import find_last_set, unit_of
from parser import Confidence, FollowUp, LoggedExercise, Reading, ReadSet, Scores, Span, parse_follow_up
from parser.reading import LoadMode, SetKind
from storage.repositories.exercises import key_of
from training.units import from_kg, to_kg

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import Exercise, WorkoutImportLog


async def repeat(turn: Turn, set_id: UUID) -> LogOutcome | None:
    """Log a set again by its button; the words of the button stand for the text."""
    row = await turn.work.sets.find(set_id)
    if row is None or row.deleted_at is not None:
        return None
    words = turn.messages.label("button-again")
    import_row = await turn.work.imports.receive(words, chat_id=turn.chat_id)
    exercise = await turn.work.exercises.get(row.exercise_id)
    return await log_like(turn, import_row, exercise, [replace(from_row(row), note=None)])


async def follow(turn: Turn, import_row: WorkoutImportLog) -> LogOutcome | None:
    """Take a short text for sets like the one before it; None where it is not one, or nothing fresh is before it.

    Who has turned to another exercise since does not mean the set before.
    """
    follow_up = parse_follow_up(import_row.raw_text)
    last = await find_last_set(turn) if follow_up is not None else None
    if follow_up is None or last is None or turn.work.sets.turned_to_id is not None:
        return None
    told = followed(from_row(last), follow_up, unit_of(turn.user))
    if not told.says_something:
        return None
    exercise = await turn.work.exercises.get(last.exercise_id)
    return await log_like(turn, import_row, exercise, [told] * follow_up.times)


def followed(last: Performed, follow_up: FollowUp, default_unit: str) -> Performed:
    """Give the set that a short answer means after the last one. Its effort is its own: last set's is not repeated.

    After a hold, "50" are seconds and "+5" are more of them; after a distance figures alone say nothing.
    """
    told = replace(last, note=None, span=None, rpe=follow_up.rpe, as_rir=False)
    if last.reps is None and last.weight is None and follow_up.unit is None:
        return _held(told, follow_up)
    if follow_up.weight is not None:
        unit = follow_up.unit or (last.unit if last.weight is not None else default_unit)
        told = told.with_weight(follow_up.weight, unit)
    elif follow_up.weight_change is not None:
        told = _heavier(told, follow_up.weight_change, follow_up.unit or told.unit)
    if follow_up.reps is not None:
        told = replace(told, reps=follow_up.reps)
    elif follow_up.reps_change is not None and last.reps is not None:
        told = replace(told, reps=max(last.reps + follow_up.reps_change, 0))
    return told


def _held(told: Performed, follow_up: FollowUp) -> Performed:
    number = follow_up.reps if follow_up.weight is None else follow_up.weight
    change = follow_up.reps_change if follow_up.weight_change is None else follow_up.weight_change
    if number is None and change is None:
        return told
    is_hold = told.seconds is not None and told.distance_m is None
    seconds = Decimal(number if number is not None else (told.seconds or 0) + (change or 0))
    if not is_hold or seconds <= 0 or seconds != seconds.to_integral_value():
        return Performed()
    return replace(told, seconds=int(seconds))


def _heavier(performed: Performed, change: Decimal, unit: str) -> Performed:
    """Add to the load, in its own unit; what helps less is the heavier."""
    had = performed.weight or Decimal(0)
    added = change if unit == performed.unit or performed.weight is None else _converted(change, unit, performed.unit)
    if performed.load_mode == "assisted":
        left = had - added
        if left > 0:
            return replace(performed, weight=left)
        return replace(performed, weight=-left or None, load_mode="added" if left else "bodyweight")
    return performed.with_weight(max(had + added, Decimal(0)))


def _converted(change: Decimal, unit: str, wanted: str) -> Decimal:
    size = from_kg(to_kg(abs(change), unit), wanted)
    return size if change >= 0 else -size


async def log_like(turn: Turn, import_row: WorkoutImportLog, exercise: Exercise, sets: list[Performed]) -> LogOutcome:
    """Log sets of an exercise that is known for sure, read from a text that does not name it."""
    return await log_reading(turn, import_row, reading_like(import_row.raw_text, exercise, sets))


def reading_like(text: str, exercise: Exercise, sets: Sequence[Performed]) -> Reading:
    """Give the reading of a text that means these sets of an exercise, whatever its words are."""
    span = Span(0, len(text))
    read = LoggedExercise(
        raw=text,
        span=span,
        line=1,
        name=exercise.name,
        key=key_of(exercise),
        sets=tuple(_as_read(one, span) for one in sets),
        confidence=Confidence.HIGH,
        scores=Scores(1.0, 1.0),
    )
    return Reading(kind="log", exercises=(read,))


def _as_read(performed: Performed, span: Span) -> ReadSet:
    return ReadSet(
        weight=performed.weight,
        unit="lb" if performed.unit == "lb" else "kg",
        load_mode=cast("LoadMode", performed.load_mode),
        reps=performed.reps,
        seconds=performed.seconds,
        distance_m=performed.distance_m,
        rpe=performed.rpe,
        kind=cast("SetKind", performed.kind),
        per_side=performed.per_side,
        span=span,
    )
