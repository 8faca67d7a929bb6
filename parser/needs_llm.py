"""Where shorthand is not sure, and a second reader could help."""

from __future__ import annotations

from collections.abc import Iterator

from parser.evidence import Source
from parser.reading import Confidence, LoggedExercise, PrescribedExercise, Reading

# What only the user knows: a second opinion on the order of three bare numbers or on a missing unit is a guess.
ONLY_THE_USER_KNOWS = frozenset({"order", "unit"})

# Chatter is what is left when nothing else fits; questions and greetings are recognised.
CERTAIN_INTENTS = ("question", "greeting")


def needs_llm(reading: Reading) -> bool:
    """Tell whether a model should look at this text: something is unread or doubtful, or nothing was recognised."""
    if reading.kind == "other":
        return reading.intent not in CERTAIN_INTENTS and (bool(reading.unread) or reading.intent is None)
    return bool(reading.unread) or any(is_unclear(exercise) for exercise in exercises_of(reading))


def exercises_of(reading: Reading) -> tuple[LoggedExercise | PrescribedExercise, ...]:
    """Give all exercises of a reading, in order."""
    return (*reading.prescribed, *reading.exercises)


def is_unclear(exercise: LoggedExercise | PrescribedExercise) -> bool:
    """Tell whether a second reader could make this exercise surer."""
    if exercise.confidence is Confidence.HIGH:
        return False
    kinds = {doubt.kind for doubt in exercise.doubts}
    if kinds and kinds <= ONLY_THE_USER_KNOWS:
        return False
    # A name that stands for several exercises is settled by a button, not by a model.
    is_choice = kinds == {"name"} and exercise.key is not None
    return exercise.confidence is Confidence.LOW or not (is_choice or not kinds)


def unclear_lines(source: Source, reading: Reading) -> tuple[int, ...]:
    """Give the numbers of the lines that a second reader should look at, in order."""
    lines = {line.line for line in reading.unread}
    for exercise in exercises_of(reading):
        if is_unclear(exercise):
            lines.update(_lines_of(source, exercise))
    if not lines and reading.kind == "other" and reading.intent is None:
        lines.update(line.number for line in source.lines)
    known = {line.number for line in source.lines if line.text.strip()}
    return tuple(sorted(lines & known))


def _lines_of(source: Source, exercise: LoggedExercise | PrescribedExercise) -> Iterator[int]:
    yield exercise.line
    span = exercise.span
    yield from (line.number for line in source.lines if line.span.start < span.end and span.start < line.span.end)
