"""Texts that say only half: figures without a name, a name without figures, the day before in a word."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, cast

from bot.usecases.spoken_names import spoken_name
from parser import (
    Candidate,
    Confidence,
    Doubt,
    LoggedExercise,
    PrescribedExercise,
    Reading,
    ReadingContext,
    ReadSet,
    Scores,
    Span,
    read_shorthand,
)
from parser.reading import WeightUnit

FIGURE_WORD: Final = re.compile(
    r"x|х|kgs?|kilo|lbs?|кг|rpe|rir|bw|for|на|по|reps?|sets?|повт|each|per|side|mins?|secs?|s|m|km|с|мин|сек|warm|up"
    r"|warmup|drop|failure|fail|and|then",
    re.IGNORECASE,
)
"""Words that may stand among figures without naming an exercise."""
CUT_OFF: Final = re.compile(r"(\d+(?:[.,]\d+)?)\s*(kg|lb)?\s*[x×х*]\s*$", re.IGNORECASE)
WORD: Final = re.compile(r"[^\W\d_]+")
YESTERDAY: Final = re.compile(r"\b(yesterday|вчера|ayer|gestern|ontem|hier)\b", re.IGNORECASE)
STAND_IN: Final = "bench press"
"""A name that is put before figures that came without any, so that they can be read; it is taken away again."""
MOST_NAME_WORDS: Final = 5
SURE_NAME: Final = 0.88


def read_text(text: str, context: ReadingContext) -> Reading:
    """Read a text as it may be written in a chat: whole ones, half ones, and those that speak of yesterday."""
    # Only bare figures belong to the exercise under way: "sauna 15 min" is no fifteen minutes of it.
    reading = bare_figures(text, context) or read_shorthand(text, replace(context, current=None))
    if not reading.exercises and not reading.prescribed:
        reading = replace(reading, kind="other")
    if reading.kind == "other" and reading.intent not in ("question", "greeting"):
        reading = bare_name(text, context) or reading
    return day_said(text, reading, context.today) if reading.kind == "log" else reading


def bare_figures(text: str, context: ReadingContext) -> Reading | None:
    """Read figures as those of the exercise that is under way; without one they wait for a name."""
    has_figures = any(character.isdigit() for character in text)
    if not has_figures or not all(FIGURE_WORD.fullmatch(word) for word in WORD.findall(text)):
        return None
    prefix = f"{STAND_IN if context.current is None else context.current.name} "
    reading = read_shorthand(prefix + text, context)
    if reading.kind == "program":
        reading = read_shorthand(f"{prefix}{text} done", context)
    if reading.kind != "log" or len(reading.exercises) != 1 or reading.unread:
        return None
    has_load = context.current is not None and context.current.key in context.habits.last_loads_kg
    bare = _without_prefix(reading.exercises[0], text, len(prefix), context.current, has_load)
    return replace(reading, exercises=(bare,))


def _without_prefix(
    read: LoggedExercise, text: str, shift: int, current: Candidate | None, has_load: bool
) -> LoggedExercise:
    sets = tuple(replace(one, span=_shifted(one, shift, len(text))) for one in read.sets)
    doubts = tuple(doubt for doubt in read.doubts if doubt.kind != "name")
    bare = replace(read, raw=text, span=Span(0, len(text)), sets=sets, doubts=doubts, candidates=(), line=1)
    if current is None:
        unnamed = (*doubts, Doubt("name", "none"))
        scores = Scores(0.0, read.scores.numbers)
        return replace(bare, key=None, name=None, confidence=Confidence.LOW, doubts=unnamed, scores=scores)
    sure = Confidence.HIGH if not doubts else read.confidence
    if any(one.weight is None and one.reps is not None for one in sets) and has_load:
        sure, doubts = Confidence.LOW, (*doubts, Doubt("numbers", "no load"))
        bare = replace(bare, doubts=doubts)
    return replace(bare, key=current.key, name=current.name, confidence=sure, scores=Scores(1.0, read.scores.numbers))


def _shifted(one: ReadSet, shift: int, length: int) -> Span:
    return Span(min(max(one.span.start - shift, 0), length), min(max(one.span.end - shift, 0), length))


def bare_name(text: str, context: ReadingContext) -> Reading | None:
    """Read a name without figures, or with cut-off ones such as "80x": they are asked for, never filled in."""
    raw = text.strip()
    whole = Span(0, len(text))
    words = spoken_name(LoggedExercise(raw=raw, span=whole, line=1, name=None))
    if "\n" in raw or "?" in raw or not words or len(words.split()) > MOST_NAME_WORDS:
        return None
    if any(character.isdigit() for character in raw) and CUT_OFF.search(raw) is None:
        return None
    found = context.vocabulary.resolve(words)
    if found.best is None or (found.score < SURE_NAME and found.method != "generic"):
        return None
    missing = LoggedExercise(
        raw=raw,
        span=whole,
        line=1,
        name=found.best.name,
        key=found.best.key,
        candidates=found.candidates,
        sets=_cut_off_load(text),
        confidence=Confidence.LOW,
        scores=Scores(found.score, 0.0),
        doubts=(Doubt("figures", "none"),),
    )
    return Reading(kind="log", exercises=(missing,))


def _cut_off_load(text: str) -> tuple[ReadSet, ...]:
    """Keep the load of "bench 80x": only its repetitions are missing."""
    match = CUT_OFF.search(text)
    if match is None:
        return ()
    unit = cast("WeightUnit | None", match[2].lower() if match[2] else None)
    return (ReadSet(Decimal(match[1].replace(",", ".")), unit, span=Span(match.start(), match.end())),)


def done_instead_of_planned(text: str, reading: Reading, context: ReadingContext) -> Reading | None:
    """Read one line that looks like a plan ("bench 3x10") as something done; None where it is more than one line."""
    if len(text.strip().splitlines()) != 1 or len(reading.prescribed) != 1:
        return None
    done = read_shorthand(f"{text} done", replace(context, current=None))
    if done.kind != "log" or len(done.exercises) != 1:
        return None
    read = done.exercises[0]
    if read.key != reading.prescribed[0].key or not _says_the_same(read, reading.prescribed[0]):
        return None
    end = min(read.span.end, len(text))
    within = replace(read, raw=text[read.span.start : end], span=Span(read.span.start, end))
    return replace(done, exercises=(within,), unread=reading.unread)


def _says_the_same(done: LoggedExercise, planned: PrescribedExercise) -> bool:
    """Tell whether a line read as done has the sets that it has as a plan, each with something done in it."""
    is_asked = any(doubt.kind == "order" for doubt in done.doubts)
    if done.confidence is Confidence.LOW and not is_asked:
        return False
    if not is_asked and planned.sets not in (None, len(done.sets)):
        return False
    said = [one for one in done.sets if (one.reps, one.seconds, one.distance_m) != (None, None, None)]
    return bool(done.sets) and said == list(done.sets)


def day_said(text: str, reading: Reading, today: date) -> Reading:
    """Take "yesterday" for a date, where the text states no other."""
    if reading.date is None and YESTERDAY.search(text):
        return replace(reading, date=today - timedelta(days=1))
    return reading
