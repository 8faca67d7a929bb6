"""Where shorthand is not sure, and a second reader could help."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parser.evidence import Source, SourceLine, read_source
from parser.name_words import name_words
from parser.reading import Confidence, LoggedExercise, PrescribedExercise, Reading
from parser.vocabulary import Vocabulary

# What only the user knows: a second opinion on the order of three bare numbers or on a missing unit is a guess.
ONLY_THE_USER_KNOWS = frozenset({"order", "unit"})

# Chatter is what is left when nothing else fits; questions and greetings are recognised.
CERTAIN_INTENTS = ("question", "greeting")

# Words beside a figure that tell of training in any of the languages that the word tables know.
TRAINING_ROLES = frozenset({"kg", "lb", "plate", "set", "rep", "rpe", "rir"})
PRODUCT = re.compile(r"\d\s?[xх*]\s?\d", re.IGNORECASE)
MOST_NAME_WORDS = 4


def needs_llm(reading: Reading, text: str = "") -> bool:
    """Tell whether a model should look at this text: something is unread or doubtful, or nothing was recognised.

    Talk in which shorthand found nothing may be training in a language without word tables; `text` tells.
    """
    if reading.kind != "other":
        return bool(reading.unread) or any(is_unclear(exercise) for exercise in exercises_of(reading))
    if reading.intent in CERTAIN_INTENTS:
        return False
    return bool(reading.unread) or reading.intent is None or any(map(may_tell_of_training, read_source(text).lines))


def may_tell_of_training(line: SourceLine) -> bool:
    """Tell whether a line has a figure and, beside it, a word of sets and loads or the name of an exercise."""
    if "life" in line.roles or not any(not figure.is_aside for figure in line.figures):
        return False
    return bool(line.roles & TRAINING_ROLES) or PRODUCT.search(line.text) is not None or _names_an_exercise(line)


def _names_an_exercise(line: SourceLine) -> bool:
    words = [word for token in line.tokens if token.kind == "word" for word in name_words(token.text)]
    vocabulary = Vocabulary.library()
    return any(
        vocabulary.meaning_of(tuple(words[start : start + size])) is not None
        for start, word in enumerate(words)
        for size in range(1, min(vocabulary.longest_from(word), MOST_NAME_WORDS) + 1)
    )


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
    if not lines and reading.kind == "other" and reading.intent not in CERTAIN_INTENTS:
        is_open = reading.intent is None
        lines.update(line.number for line in source.lines if is_open or may_tell_of_training(line))
    known = {line.number for line in source.lines if line.text.strip()}
    return tuple(sorted(lines & known))


def _lines_of(source: Source, exercise: LoggedExercise | PrescribedExercise) -> Iterator[int]:
    yield exercise.line
    span = exercise.span
    yield from (line.number for line in source.lines if line.span.start < span.end and span.start < line.span.end)
