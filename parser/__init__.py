"""Reads workout texts: programs, set logs, and the short answers that follow them."""

from parser.amendment import Amendment, parse_amendment
from parser.follow_up import FollowUp, parse_follow_up
from parser.future import speaks_of_future
from parser.pipeline import read_shorthand
from parser.progression_words import Progression, find_progression
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
from parser.vocabulary import OwnExercise, Resolution, Vocabulary

__all__ = [
    "Amendment",
    "Candidate",
    "Confidence",
    "Day",
    "Doubt",
    "FollowUp",
    "Habits",
    "LoggedExercise",
    "OwnExercise",
    "PrescribedExercise",
    "Progression",
    "ReadSet",
    "Reading",
    "ReadingContext",
    "Resolution",
    "SchemeSet",
    "Scores",
    "Span",
    "UnreadLine",
    "Vocabulary",
    "find_progression",
    "parse_amendment",
    "parse_follow_up",
    "read_shorthand",
    "reading_from_json",
    "reading_to_json",
    "speaks_of_future",
    "to_wire",
]
