"""Reads workout texts: programs, set logs, and the short answers that follow them."""

from parser.reading import (
    Candidate,
    Confidence,
    Day,
    Doubt,
    Habits,
    LoggedExercise,
    PrescribedExercise,
    Reading,
    ReadingContext,
    ReadSet,
    SchemeSet,
    Scores,
    Span,
    UnreadLine,
)
from parser.reading_json import reading_from_json, reading_to_json, to_wire

__all__ = [
    "Candidate",
    "Confidence",
    "Day",
    "Doubt",
    "Habits",
    "LoggedExercise",
    "PrescribedExercise",
    "ReadSet",
    "Reading",
    "ReadingContext",
    "SchemeSet",
    "Scores",
    "Span",
    "UnreadLine",
    "reading_from_json",
    "reading_to_json",
    "to_wire",
]
