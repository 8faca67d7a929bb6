"""What a reader makes of a text: plain values, with a span and a confidence on everything that was read.

Nothing here knows how a text is read. Loads, distances, percents and efforts are `Decimal`; repetitions, sets and
seconds are `int`. A weight is kept as it was typed and is never negative: `load_mode` says whether it is added to
the body or helps it. Zero is a value (a missed lift has 0 repetitions); `None` means not stated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from parser.vocabulary import Vocabulary

WeightUnit = Literal["kg", "lb"]
LoadMode = Literal["external", "added", "assisted", "bodyweight"]
SetKind = Literal["warmup", "working", "drop", "failure"]
Kind = Literal["log", "program", "other"]
ReaderName = Literal["shorthand", "llm", "both"]
Intent = Literal["question", "greeting", "chatter"]
NumberOrder = Literal["weight_reps_sets", "sets_reps_weight", "weight_sets_reps"]


class Confidence(StrEnum):
    """How sure a reader is: saved without a question, saved with a mark, or asked about."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Span(NamedTuple):
    """Character offsets into the text as it was given: from `start` up to, not including, `end`."""

    start: int
    end: int


NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An exercise that a name may mean. `key` is a library slug, or the UUID of a user's own exercise as text."""

    key: str
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Scores:
    """Evidence for the name and for the numbers, each from 0 to 1."""

    name: float = 0.0
    numbers: float = 0.0


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a reading is not sure.

    `kind` is one of name, numbers, order, unit, kind, figures, unused, unfamiliar, readers; `detail` is short
    and meant for programs; `options` are the readings or names that would also fit.
    """

    kind: str
    detail: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadSet:
    """One performed set."""

    weight: Decimal | None = None
    unit: WeightUnit | None = None
    load_mode: LoadMode = "external"
    reps: int | None = None
    seconds: int | None = None
    distance_m: Decimal | None = None
    rpe: Decimal | None = None
    kind: SetKind = "working"
    per_side: bool = False
    span: Span = NOWHERE
    note: str | None = None


@dataclass(frozen=True, slots=True)
class LoggedExercise:
    """An exercise that was done, with its sets in order. `key` is None when nothing in the vocabulary fits."""

    raw: str
    span: Span
    line: int
    name: str | None
    key: str | None = None
    candidates: tuple[Candidate, ...] = ()
    sets: tuple[ReadSet, ...] = ()
    note: str | None = None
    confidence: Confidence = Confidence.LOW
    scores: Scores = Scores()
    doubts: tuple[Doubt, ...] = ()
    reader: ReaderName = "shorthand"


@dataclass(frozen=True, slots=True)
class SchemeSet:
    """One prescribed set of an exercise whose sets differ from each other."""

    reps_min: int | None = None
    reps_max: int | None = None
    seconds: int | None = None
    distance_m: Decimal | None = None
    weight: Decimal | None = None
    unit: WeightUnit | None = None
    load_mode: LoadMode = "external"
    percent: Decimal | None = None
    rpe: Decimal | None = None
    rir: Decimal | None = None
    amrap: bool = False


@dataclass(frozen=True, slots=True)
class PrescribedExercise:
    """An exercise that is to be done, with its targets. `rest_s` is in seconds."""

    raw: str
    span: Span
    line: int
    name: str | None
    key: str | None = None
    candidates: tuple[Candidate, ...] = ()
    sets: int | None = None
    reps_min: int | None = None
    reps_max: int | None = None
    seconds: int | None = None
    distance_m: Decimal | None = None
    weight: Decimal | None = None
    unit: WeightUnit | None = None
    load_mode: LoadMode = "external"
    percent: Decimal | None = None
    rpe: Decimal | None = None
    rir: Decimal | None = None
    rest_s: int | None = None
    tempo: str | None = None
    amrap: bool = False
    per_side: bool = False
    superset: str | None = None
    scheme: tuple[SchemeSet, ...] = ()
    note: str | None = None
    confidence: Confidence = Confidence.LOW
    scores: Scores = Scores()
    doubts: tuple[Doubt, ...] = ()
    reader: ReaderName = "shorthand"


@dataclass(frozen=True, slots=True)
class Day:
    """One workout of a program. `day_of_week` counts from Monday = 0."""

    name: str | None = None
    week: int | None = None
    day_of_week: int | None = None
    exercises: tuple[PrescribedExercise, ...] = ()


@dataclass(frozen=True, slots=True)
class UnreadLine:
    """A line that seems to carry training content but was not understood. `line` counts from 1."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says. Programs fill `days`, logs fill `exercises`, others neither; nothing is in two places."""

    kind: Kind
    date: date | None = None
    title: str | None = None
    days: tuple[Day, ...] = ()
    exercises: tuple[LoggedExercise, ...] = ()
    unread: tuple[UnreadLine, ...] = ()
    reader: ReaderName = "shorthand"
    intent: Intent | None = None
    notes: tuple[str, ...] = ()

    @property
    def prescribed(self) -> tuple[PrescribedExercise, ...]:
        """All prescribed exercises, day after day."""
        return tuple(exercise for day in self.days for exercise in day.exercises)


@dataclass(frozen=True, slots=True)
class Habits:
    """How this user writes, as learned from corrections, and what was lifted last (kg by exercise key).

    `units` are those of figures without a unit, by exercise key, where they were settled for an exercise of its own.
    """

    three_number_order: NumberOrder | None = None
    last_loads_kg: Mapping[str, Decimal] = field(default_factory=dict)
    units: Mapping[str, WeightUnit] = field(default_factory=dict)


def _library_vocabulary() -> Vocabulary:
    from parser.vocabulary import Vocabulary

    return Vocabulary.library()


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """What is known before reading: the user's unit, language, day, names and habits, and the exercise under way."""

    unit: WeightUnit = "kg"
    language: str = "en"
    today: date = date(2000, 1, 1)
    vocabulary: Vocabulary = field(default_factory=_library_vocabulary)
    habits: Habits = Habits()
    current: Candidate | None = None
