"""What is on a chart: figures, and every word in the user's language. Plain values, so that a thread can have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class LiftPoint:
    """A day's best: the estimated maximum where there is one, and the top set's load, repetitions or seconds."""

    day: date
    top: float
    estimate: float | None = None


@dataclass(frozen=True, slots=True)
class LiftPicture:
    """An exercise through time. `unit` stands at the axis and behind figures; `months` are twelve short names."""

    title: str
    subtitle: str
    unit: str
    top_label: str
    estimate_label: str
    months: Sequence[str]
    points: Sequence[LiftPoint]


@dataclass(frozen=True, slots=True)
class VolumePicture:
    """Weekly sets: a row a muscle group with a figure for each of the columns.

    A column is the day of the week's Monday and its month; no month where it is that of the column before.
    """

    title: str
    subtitle: str
    columns: Sequence[tuple[str, str]]
    rows: Sequence[tuple[str, Sequence[float]]]
    axis: str


@dataclass(frozen=True, slots=True)
class WeekBar:
    """A day: planned and done sets, and in words what became of it. `kept` is a word of `training.statistics.Kept`."""

    day: str
    name: str
    planned: int
    done: int
    kept: str
    told: str


@dataclass(frozen=True, slots=True)
class WeekPicture:
    """A week planned against done; without a `planned_label` nothing was planned in it."""

    title: str
    subtitle: str
    axis: str
    planned_label: str
    done_label: str
    bars: Sequence[WeekBar]


Picture = LiftPicture | VolumePicture | WeekPicture
