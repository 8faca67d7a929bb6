"""Seventh stage: entries of the outline become logged or prescribed exercises, with scores and doubts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from parser.atoms import Atom
from parser.chunks import cut_chunks, ends_cut_off
from parser.confidence import confidence_of
from parser.document import Entry
from parser.figure_state import FigureContext
from parser.figures import read_figures
from parser.groups import Figures, Group, make_load
from parser.leftovers import unexplained
from parser.name_resolution import EQUIPMENT
from parser.name_words import name_words
from parser.normalise import NormalText
from parser.plausibility import implausible, is_absurd
from parser.products import Lift
from parser.reading import (
    Candidate,
    Doubt,
    LoggedExercise,
    PrescribedExercise,
    ReadingContext,
    ReadSet,
    SchemeSet,
    Scores,
    SetKind,
)
from parser.single_figures import is_rest_of_plan
from parser.slashed_loads import (
    with_bracketed_counts,
    with_bracketed_efforts,
    with_slashed_loads,
    with_spaced_pairs,
    with_two_lists,
    without_second_weights,
)
from parser.unfamiliar import UNFAMILIAR, has_word_in_front, unfamiliar_shapes
from parser.vocabulary import translate

TEN = Decimal(10)
# What is said of a set in front of it: `W1: 40x10`. Any other label leaves its kind to the figures.
SET_LABELS: Mapping[str, SetKind] = {"warmup": "warmup", "drop": "drop", "failure": "failure"}


@dataclass(frozen=True, slots=True)
class Assembler:
    """Makes exercises of entries, for one text."""

    plain: NormalText
    original: str
    context: ReadingContext

    # -- what both kinds share ----

    def lift_of(self, entry: Entry) -> Lift:
        """Tell what is known of the entry's exercise."""
        best = entry.spot.resolution.best or next(iter(entry.spot.resolution.candidates), None)
        if entry.spot.resolution.name is None:
            best = entry.spot.resolution.best
        known = self.context.vocabulary.get_exercise(best.key) if best is not None else None
        if known is None:
            return Lift()
        last = self.context.habits.last_loads_kg.get(known.key)
        return Lift(known.measure, known.is_bodyweight, True, last, known.category, known.is_machine)

    def with_evident_equipment(self, entry: Entry, is_program: bool = False) -> Entry:
        """`curls 30s` are dumbbell curls; squats without a load in a circuit are air squats."""
        resolution = entry.spot.resolution
        known = self.context.vocabulary.get_exercise(resolution.best.key) if resolution.best else None
        if known is None:
            return entry
        if known.name == "Rowing Machine" and self._has_load(entry):
            return self._renamed(entry, "machine row")
        if any(meaning in EQUIPMENT for _, meaning in translate(name_words(entry.spot.text))):
            return entry
        if self._has_pair(entry, is_program) and known.measure == "weight_reps" and "dumbbell" not in known.equipment:
            return self._renamed(entry, f"dumbbell {known.name.replace('Barbell ', '')}")
        is_circuit = entry.scope is not None and bool(entry.scope.rounds or entry.scope.is_open_ended)
        if is_circuit and known.name == "Barbell Back Squat" and not self._has_load(entry):
            return self._renamed(entry, "air squat")
        return entry

    def _renamed(self, entry: Entry, text: str) -> Entry:
        found = self.context.vocabulary.resolve(text)
        if found.best is None:
            return entry
        sure = min(found.score, 0.85)
        return replace(entry, spot=replace(entry.spot, resolution=replace(found, score=sure)))

    @staticmethod
    def _has_pair(entry: Entry, is_program: bool) -> bool:
        for part in entry.parts:
            for before, atom in zip([None, *part], part, strict=False):
                if is_program and is_rest_of_plan(before, atom):
                    continue
                is_apart = before is None or (before.kind != "times" and before.text not in ("(", "["))
                if atom.unit == "pair" and is_apart and sum(a.kind == "amount" for a in part) > 1:
                    return True
        return False

    @staticmethod
    def _has_load(entry: Entry) -> bool:
        units = ("kg", "lb", "plate", "pair", "percent", "bar")
        for part in entry.parts:
            for before, atom in zip([None, *part], part, strict=False):
                is_at = before is not None and before.kind == "at" and atom.is_number and (atom.low or 0) > 10
                if atom.unit in units or (atom.unit is None and is_at):
                    return True
        return False

    def figures_of(self, entry: Entry, is_program: bool) -> Figures:
        """Read the figures of all lines of an entry."""
        lift = self.lift_of(entry)
        is_helped = any(a.role == "assisted" for part in entry.parts for a in part)
        is_assistance = lift.is_bodyweight or not lift.is_known
        assists = "Assisted" in (entry.spot.resolution.name or "") or (is_helped and is_assistance)
        context = FigureContext(lift, is_program, self.context.unit, self.context.habits, None, assists)
        parts = list(zip(entry.parts, entry.part_kinds, strict=True))
        figures = Figures()
        if entry.scope is not None and entry.scope.atoms and not _has_own_work(entry):
            parts.insert(0, (entry.scope.atoms, ""))
            parts = [([a for atoms, _ in parts for a in atoms], "")]
        for atoms, kind in parts:
            more = read_figures(
                cut_chunks(_with_paired_loads(atoms) if lift.is_loaded else without_second_weights(atoms)), context
            )
            self._lend_load(figures, more)
            self._merge(figures, more, kind)
            if ends_cut_off(atoms):
                figures.is_refused = True
        if is_helped and not assists:
            # `OHP 50 5/5/4 (last one with help)`: a partner's help takes no known weight off the bar.
            figures.doubt("kind", "helped", 0.8)
        _join_sides(figures, entry)
        for atom in entry.scope.load_atoms if entry.scope is not None and lift.is_loaded else ():
            for group in figures.groups:
                if group.load is None:
                    group.load = make_load(atom, self.context.unit, lift.is_bodyweight, assists)
        self._settle_unit(figures, entry)
        return self._with_scope(figures, entry)

    def _settle_unit(self, figures: Figures, entry: Entry) -> None:
        """Read loads without a unit in the one that the user has settled for this exercise."""
        best = entry.spot.resolution.best
        unit = self.context.habits.units.get(best.key) if best is not None else None
        if unit is None:
            return
        for group in figures.groups:
            if group.load is not None and group.load.weight is not None and group.load.unit is None:
                group.load = replace(group.load, unit=unit)

    @staticmethod
    def _lend_load(figures: Figures, more: Figures) -> None:
        """`same but 8 reps` has the load of the set above it."""
        above = figures.groups[-1].load if figures.groups else None
        if any(detail == "same as elsewhere" for _, detail, _ in more.doubts):
            for group in more.groups:
                group.load = group.load or above

    @staticmethod
    def _merge(figures: Figures, more: Figures, kind: str) -> None:
        label = SET_LABELS.get(kind)
        for group in more.groups if label is not None else ():
            group.kind = label or group.kind
        if figures.load is not None:
            for group in more.groups:
                if group.load is None and group.percent is None:
                    group.load = figures.load
            if more.groups:
                figures.load = None
                figures.certainty = max(figures.certainty, 0.95)
                figures.doubts = [d for d in figures.doubts if d[1] != "load"]
        if more.is_correction and more.groups and figures.groups:
            figures.groups[-1 if len(figures.groups) > 1 else 0 :] = []
            figures.doubts.append(("numbers", "correction", ()))
        figures.groups.extend(more.groups)
        figures.rest = figures.rest if figures.rest is not None else more.rest
        figures.tempo = figures.tempo or more.tempo
        figures.is_side = figures.is_side or more.is_side
        figures.is_last_amrap = figures.is_last_amrap or more.is_last_amrap
        figures.is_all_amrap = figures.is_all_amrap or more.is_all_amrap
        figures.sets = figures.sets if figures.sets is not None else more.sets
        figures.certainty = min(figures.certainty, more.certainty)
        figures.doubts.extend(more.doubts)
        figures.unused.extend(more.unused)
        figures.load = more.load if more.load is not None else figures.load
        figures.is_refused = figures.is_refused or more.is_refused
        figures.is_elsewhere = figures.is_elsewhere or more.is_elsewhere

    @staticmethod
    def _with_scope(figures: Figures, entry: Entry) -> Figures:
        scope = entry.scope
        if scope is None:
            return figures
        if scope.rounds is not None and len(figures.groups) <= 1:
            for group in figures.groups:
                if not group.is_counted:
                    group.count, group.is_counted = max(1, scope.rounds // max(1, scope.slots)), True
                elif group.count != scope.rounds and not scope.is_emom:
                    figures.doubt("numbers", "rounds", 0.8)
            if not figures.groups and figures.sets is None:
                figures.sets = max(1, scope.rounds // max(1, scope.slots))
        if figures.rest is None and scope.rest_atoms and scope.rest_atoms[0].low is not None:
            figures.rest = int(scope.rest_atoms[0].low)
        return figures

    def scores_of(self, entry: Entry, figures: Figures) -> tuple[Scores, tuple[Doubt, ...]]:
        """Score the name and the numbers, and list the doubts."""
        doubts = [Doubt(kind, detail, options) for kind, detail, options in figures.doubts]
        name = entry.spot.resolution.score
        if name < 0.88:
            options = tuple(c.key for c in entry.spot.resolution.candidates)
            doubts.append(Doubt("name", entry.spot.resolution.method, options))
        if entry.extra_words:
            name = min(name, 0.8 if entry.extra_words == 1 else 0.39)
            doubts.append(Doubt("name", "words left over"))
        numbers = min(figures.certainty, 0.8) if entry.has_chatter else figures.certainty
        numbers = min(numbers, 0.8) if entry.is_loose else numbers
        lift = self.lift_of(entry)
        odd = implausible(figures.groups, lift, self.context.unit)
        if odd:
            numbers = min(numbers, 0.2 if is_absurd(figures.groups, self.context.unit) else 0.6)
            doubts.append(Doubt("numbers", odd))
        if self._takes_off_a_bar(entry, figures, lift):
            numbers = min(numbers, 0.6)
            doubts.append(Doubt("kind", "assisted"))
        left = unexplained(entry, figures)
        if left is not None:
            numbers = min(numbers, 0.8)
            doubts.append(Doubt("unused", left.text))
        if figures.is_refused:
            numbers = min(numbers, 0.2)
            doubts.append(Doubt("numbers", "cut off"))
        if not figures.groups:
            numbers = min(numbers, 0.3 if figures.is_elsewhere or figures.sets is None else 0.8)
            doubts.append(Doubt("figures", "elsewhere" if figures.is_elsewhere else "none"))
        for shape in unfamiliar_shapes(entry, figures):
            numbers = min(numbers, UNFAMILIAR)
            doubts.append(Doubt("unfamiliar", shape))
        if has_word_in_front(entry, self.plain.text):
            name = min(name, UNFAMILIAR)
            doubts.append(Doubt("name", "word in front"))
        return Scores(round(name, 3), round(numbers, 3)), tuple(doubts)

    @staticmethod
    def _takes_off_a_bar(entry: Entry, figures: Figures, lift: Lift) -> bool:
        """`bench -80x8`: help is counted in weight where the body is lifted, not where a bar is."""
        if not (lift.is_known and lift.is_loaded) or "Assisted" in (entry.spot.resolution.name or ""):
            return False
        return any(group.load is not None and group.load.mode == "assisted" for group in figures.groups)

    def _raw(self, entry: Entry) -> str:
        span = self.plain.span(entry.start, entry.end)
        return self.original[span.start : span.end]

    def _name(self, entry: Entry) -> str:
        name = entry.spot.resolution.name
        return name if name is not None else _title_case(entry.spot.text)

    def _candidates(self, entry: Entry) -> tuple[Candidate, ...]:
        return entry.spot.resolution.candidates

    # -- logs ----

    def logged(self, entry: Entry) -> LoggedExercise:
        """Make a logged exercise."""
        entry = self.with_evident_equipment(entry)
        figures = self.figures_of(entry, is_program=False)
        sets = tuple(s for group in figures.groups for s in self._read_sets(group, entry))
        if figures.is_refused:
            sets = sets if len(sets) > 0 else ()
        scores, doubts = self.scores_of(entry, figures)
        if any(one.reps is None and one.seconds is None and one.distance_m is None for one in sets):
            scores = replace(scores, numbers=min(scores.numbers, 0.8))
            doubts = (*doubts, Doubt("figures", "set without repetitions"))
        best = entry.spot.resolution.best
        return LoggedExercise(
            raw=self._raw(entry),
            span=self.plain.span(entry.start, entry.end),
            line=entry.line,
            name=self._name(entry),
            key=best.key if best is not None else None,
            candidates=self._candidates(entry),
            sets=sets,
            note=entry.note,
            confidence=confidence_of(scores),
            scores=scores,
            doubts=doubts,
        )

    def _read_sets(self, group: Group, entry: Entry) -> list[ReadSet]:
        load = group.load
        rpe = group.rpe if group.rpe is not None else TEN - group.rir if group.rir is not None else None
        made = ReadSet(
            weight=load.weight if load else None,
            unit=load.unit if load and load.weight is not None else None,
            load_mode=load.mode if load else "external",
            reps=group.low,
            seconds=group.seconds,
            distance_m=group.metres,
            rpe=rpe,
            kind="warmup" if entry.is_warmup and group.kind == "working" else group.kind,
            per_side=group.is_side,
            span=self.plain.span(group.start, group.end),
        )
        return [made] * group.count

    # -- programs

    def prescribed(self, entry: Entry, rest_for_all: list[Atom]) -> PrescribedExercise:
        """Make a prescribed exercise."""
        entry = self.with_evident_equipment(entry, is_program=True)
        figures = self.figures_of(entry, is_program=True)
        scores, doubts = self.scores_of(entry, figures)
        if figures.rest is None and rest_for_all and rest_for_all[0].low is not None:
            figures.rest = int(rest_for_all[0].low)
        best = entry.spot.resolution.best
        made = PrescribedExercise(
            raw=self._raw(entry),
            span=self.plain.span(entry.start, entry.end),
            line=entry.line,
            name=self._name(entry),
            key=best.key if best is not None else None,
            candidates=self._candidates(entry),
            rest_s=figures.rest,
            tempo=figures.tempo,
            per_side=figures.is_side,
            superset=entry.label[0] if entry.label else entry.scope.superset if entry.scope else None,
            note=entry.note,
            confidence=confidence_of(scores),
            scores=scores,
            doubts=doubts,
        )
        return self._with_targets(made, figures)

    def _with_targets(self, made: PrescribedExercise, figures: Figures) -> PrescribedExercise:
        groups = figures.groups
        if not groups:
            load = figures.load
            return replace(
                made,
                sets=figures.sets,
                weight=load.weight if load else None,
                unit=load.unit if load and load.weight is not None else None,
                load_mode=load.mode if load else "external",
                amrap=figures.is_all_amrap,
            )
        if len(groups) == 1 or _are_alike(groups):
            return _uniform(made, groups, figures)
        scheme = tuple(_scheme_set(group) for group in groups for _ in range(group.count))
        if figures.is_last_amrap:
            scheme = (*scheme[:-1], replace(scheme[-1], amrap=True))
        return replace(made, sets=len(scheme), scheme=scheme)


def _uniform(made: PrescribedExercise, groups: list[Group], figures: Figures) -> PrescribedExercise:
    first = groups[0]
    load = first.load
    count = sum(group.count for group in groups)
    is_counted = len(groups) > 1 or first.is_counted
    return replace(
        made,
        sets=count if is_counted else figures.sets,
        reps_min=first.low,
        reps_max=first.high,
        seconds=first.seconds,
        distance_m=first.metres,
        weight=load.weight if load else None,
        unit=load.unit if load and load.weight is not None else None,
        load_mode=load.mode if load else "external",
        percent=first.percent,
        rpe=first.rpe,
        rir=first.rir,
        amrap=first.is_amrap or first.is_plus or figures.is_last_amrap,
    )


def _are_alike(groups: list[Group]) -> bool:
    first = _scheme_set(groups[0])
    return all(_scheme_set(group) == first for group in groups[1:]) and not any(g.is_plus for g in groups[:-1])


def _scheme_set(group: Group) -> SchemeSet:
    load = group.load
    return SchemeSet(
        reps_min=group.low,
        reps_max=group.high,
        seconds=group.seconds,
        distance_m=group.metres,
        weight=load.weight if load else None,
        unit=load.unit if load and load.weight is not None else None,
        load_mode=load.mode if load else "external",
        percent=group.percent,
        rpe=group.rpe,
        rir=group.rir,
        amrap=group.is_amrap or group.is_plus,
    )


def _join_sides(figures: Figures, entry: Entry) -> None:
    """`one arm row 30 kg 10/10`: equal repetitions in pairs, with a stroke between, are those of the two sides."""
    name, groups = entry.spot.resolution.name or "", figures.groups
    strokes = sum(a.kind == "sep" and a.text == "/" for part in entry.parts for a in part)
    if "Single-" not in name or not groups or len(groups) != 2 * strokes:
        return
    pairs = list(zip(groups[::2], groups[1::2], strict=True))
    if all(a.low == b.low and a.load == b.load and a.count == b.count == 1 for a, b in pairs):
        figures.groups = [a for a, _ in pairs]
        figures.is_side = True
        for group in figures.groups:
            group.is_side = True
        figures.doubt("numbers", "sides or sets", 0.8)


def _with_paired_loads(atoms: list[Atom]) -> list[Atom]:
    for pair in (
        without_second_weights,
        with_bracketed_efforts,
        with_slashed_loads,
        with_bracketed_counts,
        with_spaced_pairs,
        with_two_lists,
    ):
        atoms = pair(atoms)
    return atoms


def _has_own_work(entry: Entry) -> bool:
    return any(
        a.kind == "amount" and a.unit in (None, "rep", "set", "second", "metre", "amrap", "percent")
        for part in entry.parts
        for a in part
    )


def _title_case(text: str) -> str:
    return " ".join(word if word[:1].isupper() else word[:1].upper() + word[1:] for word in text.split())
