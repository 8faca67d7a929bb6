"""Readings as JSON: losslessly for storage, and in the shorter wire format that accuracy is scored in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from parser.reading import LoggedExercise, PrescribedExercise, Reading, ReadSet, SchemeSet, Span

Json = dict[str, Any]


def reading_to_json(reading: Reading) -> Json:
    """Give a reading as plain JSON values; decimals become strings, so that nothing is lost."""
    encoded: Json = _encode(reading)
    return encoded


def reading_from_json(document: Mapping[str, Any]) -> Reading:
    """Build a reading from what `reading_to_json` gave. Unknown keys are ignored, missing ones take their defaults."""
    reading = _decode(Reading, document)
    assert isinstance(reading, Reading)
    return reading


def _encode(value: Any) -> Any:
    if isinstance(value, Span):
        return [value.start, value.end]
    if is_dataclass(value):
        return {f.name: _encode(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


@lru_cache(maxsize=64)
def _hints(cls: type) -> Mapping[str, Any]:
    return get_type_hints(cls)


def _decode(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        inner = [arg for arg in get_args(kind) if arg is not type(None)]
        return None if value is None else _decode(inner[0], value)
    if origin is Literal:
        return value
    if origin is tuple:
        return tuple(_decode(get_args(kind)[0], item) for item in value)
    if kind is Span:
        return Span(int(value[0]), int(value[1]))
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{f.name: _decode(hints[f.name], value[f.name]) for f in fields(kind) if f.name in value})
    if kind is Decimal:
        return Decimal(value)
    if kind is date:
        return date.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    return value


def to_wire(reading: Reading) -> Json:
    """Give a reading in the wire format of the corpora: numbers as JSON numbers, assistance as a negative weight."""
    wire: Json = {
        "kind": reading.kind,
        "date": reading.date.isoformat() if reading.date else None,
        "unread": [{"line": u.line, "text": u.text} for u in reading.unread],
    }
    if reading.kind == "program":
        wire["days"] = [{"name": d.name, "exercises": [_prescribed(e) for e in d.exercises]} for d in reading.days]
    elif reading.kind == "log":
        wire["exercises"] = [_logged(e) for e in reading.exercises]
    return wire


def _logged(exercise: LoggedExercise) -> Json:
    return {
        "raw": exercise.raw,
        "name": exercise.name,
        "sets": [_read_set(s) for s in exercise.sets],
        "confidence": exercise.confidence.value,
        "scores": {"name": exercise.scores.name, "numbers": exercise.scores.numbers},
    }


def _read_set(performed: ReadSet) -> Json:
    return {
        "weight": _signed(performed),
        "unit": performed.unit,
        "reps": performed.reps,
        "seconds": performed.seconds,
        "distance_m": _number(performed.distance_m),
        "rpe": _number(performed.rpe),
        "warmup": performed.kind == "warmup",
    }


def _prescribed(exercise: PrescribedExercise) -> Json:
    wire: Json = {
        "raw": exercise.raw,
        "name": exercise.name,
        "sets": exercise.sets,
        **_targets(exercise),
        "rest_s": exercise.rest_s,
        "tempo": exercise.tempo,
        "per_side": exercise.per_side,
        "superset": exercise.superset,
        "confidence": exercise.confidence.value,
        "scores": {"name": exercise.scores.name, "numbers": exercise.scores.numbers},
    }
    if exercise.scheme:
        wire["scheme"] = [_targets(s) for s in exercise.scheme]
    return wire


def _targets(prescribed: PrescribedExercise | SchemeSet) -> Json:
    return {
        "reps_min": prescribed.reps_min,
        "reps_max": prescribed.reps_max,
        "seconds": prescribed.seconds,
        "distance_m": _number(prescribed.distance_m),
        "weight": _signed(prescribed),
        "unit": prescribed.unit,
        "percent": _number(prescribed.percent),
        "rpe": _number(prescribed.rpe),
        "rir": _number(prescribed.rir),
        "amrap": prescribed.amrap,
    }


def _signed(loaded: ReadSet | PrescribedExercise | SchemeSet) -> int | float | None:
    weight = _number(loaded.weight)
    return -weight if weight is not None and loaded.load_mode == "assisted" else weight


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
