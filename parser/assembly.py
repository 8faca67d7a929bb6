"""Eighth stage: entries of the outline become logged or prescribed exercises, with scores and doubts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from parser.atoms import Atom
from parser.confidence import confidence_of
from parser.document import Entry
from parser.doubts import DOUBTED, scores_of
from parser.entry_figures import figures_of, lift_of
from parser.evident_equipment import with_evident_equipment
from parser.groups import NO_LOAD, Figures, Group
from parser.normalise import NormalText
from parser.reading import (
    Doubt,
    LoggedExercise,
    PrescribedExercise,
    ReadingContext,
    ReadSet,
    Scores,
    Span,
)
from parser.targets import with_targets

TEN = Decimal(10)


@dataclass(frozen=True, slots=True)
class Assembler:
    """Makes exercises of entries, for one text."""

    plain: NormalText
    original: str
    context: ReadingContext

    def logged(self, entry: Entry) -> LoggedExercise:
        """Make a logged exercise."""
        entry = with_evident_equipment(entry, self.context.vocabulary)
        figures = figures_of(entry, self.context, is_program=False)
        sets = tuple(one for group in figures.groups for one in self._read_sets(group, entry))
        scores, doubts = self._scores(entry, figures)
        if any(one.reps is None and one.seconds is None and one.distance_m is None for one in sets):
            scores = replace(scores, numbers=min(scores.numbers, DOUBTED))
            doubts = (*doubts, Doubt("figures", "set without repetitions"))
        best = entry.spot.resolution.best
        return LoggedExercise(
            raw=self._raw(entry),
            span=self._span(entry),
            line=entry.line,
            name=_name(entry),
            key=best.key if best is not None else None,
            candidates=entry.spot.resolution.candidates,
            sets=sets,
            note=entry.note,
            confidence=confidence_of(scores),
            scores=scores,
            doubts=doubts,
        )

    def _read_sets(self, group: Group, entry: Entry) -> list[ReadSet]:
        load = group.load or NO_LOAD
        rpe = group.rpe if group.rpe is not None else TEN - group.rir if group.rir is not None else None
        made = ReadSet(
            weight=load.weight,
            unit=load.unit_of_weight,
            load_mode=load.mode,
            reps=group.low,
            seconds=group.seconds,
            distance_m=group.metres,
            rpe=rpe,
            kind="warmup" if entry.is_warmup and group.kind == "working" else group.kind,
            per_side=group.is_side,
            span=self.plain.span(group.start, group.end),
        )
        return [made] * group.count

    def prescribed(self, entry: Entry, rest_for_all: list[Atom]) -> PrescribedExercise:
        """Make a prescribed exercise."""
        entry = with_evident_equipment(entry, self.context.vocabulary, is_program=True)
        figures = figures_of(entry, self.context, is_program=True)
        scores, doubts = self._scores(entry, figures)
        if figures.rest is None and rest_for_all and rest_for_all[0].low is not None:
            figures.rest = int(rest_for_all[0].low)
        best = entry.spot.resolution.best
        made = PrescribedExercise(
            raw=self._raw(entry),
            span=self._span(entry),
            line=entry.line,
            name=_name(entry),
            key=best.key if best is not None else None,
            candidates=entry.spot.resolution.candidates,
            rest_s=figures.rest,
            tempo=figures.tempo,
            per_side=figures.is_side,
            superset=entry.label[0] if entry.label else entry.scope.superset if entry.scope else None,
            note=entry.note,
            confidence=confidence_of(scores),
            scores=scores,
            doubts=doubts,
        )
        return with_targets(made, figures)

    def _scores(self, entry: Entry, figures: Figures) -> tuple[Scores, tuple[Doubt, ...]]:
        return scores_of(entry, figures, lift_of(entry, self.context), self.plain.text, self.context.unit)

    def _span(self, entry: Entry) -> Span:
        return self.plain.span(entry.start, entry.end)

    def _raw(self, entry: Entry) -> str:
        span = self._span(entry)
        return self.original[span.start : span.end]


def _name(entry: Entry) -> str:
    name = entry.spot.resolution.name
    return name if name is not None else _title_case(entry.spot.text)


def _title_case(text: str) -> str:
    return " ".join(word if word[:1].isupper() else word[:1].upper() + word[1:] for word in text.split())
