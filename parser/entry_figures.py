"""The figures of an exercise, which may stand on several lines and, for all exercises of a round, above them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from parser.atoms import Atom
from parser.chunks import cut_chunks, ends_cut_off
from parser.document import Entry, Scope
from parser.doubts import DOUBTED
from parser.figure_state import FigureContext
from parser.figures import read_figures
from parser.groups import Figures, make_load
from parser.products import Lift
from parser.reading import ReadingContext, SetKind
from parser.slashed_loads import (
    with_bracketed_counts,
    with_bracketed_efforts,
    with_bracketed_lists,
    with_digit_lists,
    with_slashed_loads,
    with_spaced_pairs,
    with_two_lists,
    without_second_weights,
)

# What is said of a set in front of it: `W1: 40x10`. Any other label leaves its kind to the figures.
SET_LABELS: Mapping[str, SetKind] = {"warmup": "warmup", "drop": "drop", "failure": "failure"}
UNITS_OF_WORK = (None, "rep", "set", "second", "metre", "amrap", "percent")


def lift_of(entry: Entry, context: ReadingContext) -> Lift:
    """Tell what is known of the entry's exercise."""
    resolution = entry.spot.resolution
    best = resolution.best
    if best is None and resolution.name is not None:
        best = next(iter(resolution.candidates), None)
    known = context.vocabulary.get_exercise(best.key) if best is not None else None
    if known is None:
        return Lift()
    last = context.habits.last_loads_kg.get(known.key)
    return Lift(known.measure, known.is_bodyweight, True, last, known.category, known.is_machine)


def figures_of(entry: Entry, context: ReadingContext, is_program: bool) -> Figures:
    """Read the figures of all lines of an entry, and what the lines above say for it."""
    lift = lift_of(entry, context)
    is_helped = any(a.role == "assisted" for part in entry.parts for a in part)
    is_assistance = lift.is_bodyweight or not lift.is_known
    assists = "Assisted" in (entry.spot.resolution.name or "") or (is_helped and is_assistance)
    how = FigureContext(lift, is_program, context.unit, context.habits, None, assists)
    figures = Figures()
    for atoms, kind in _lines_of(entry):
        more = read_figures(cut_chunks(_with_paired_loads(atoms, lift)), how)
        _lend_load(figures, more)
        _merge(figures, more, kind)
        if ends_cut_off(atoms):
            figures.is_refused = True
    if is_helped and not assists:
        # `OHP 50 5/5/4 (last one with help)`: a partner's help takes no known weight off the bar.
        figures.doubt("kind", "helped", DOUBTED)
    _join_sides(figures, entry)
    _take_load_of_scope(figures, entry, how)
    _settle_unit(figures, entry, context)
    if entry.scope is not None:
        _take_rounds(figures, entry.scope)
    return figures


def _lines_of(entry: Entry) -> list[tuple[list[Atom], str]]:
    """Give the lines with their labels; figures of a line above are read as one with them, where they have no own."""
    if entry.scope is not None and entry.scope.atoms and not _has_own_work(entry):
        return [([atom for part in (entry.scope.atoms, *entry.parts) for atom in part], "")]
    return list(zip(entry.parts, entry.part_kinds, strict=True))


def _has_own_work(entry: Entry) -> bool:
    return any(a.kind == "amount" and a.unit in UNITS_OF_WORK for part in entry.parts for a in part)


def _with_paired_loads(atoms: list[Atom], lift: Lift) -> list[Atom]:
    atoms = without_second_weights(atoms)
    if lift.is_loaded:
        for paired in (
            with_bracketed_efforts,
            with_slashed_loads,
            with_bracketed_lists,
            with_digit_lists,
            with_bracketed_counts,
            with_spaced_pairs,
            with_two_lists,
        ):
            atoms = paired(atoms)
    return atoms


def _lend_load(figures: Figures, more: Figures) -> None:
    """`same but 8 reps` has the load of the set above it."""
    above = figures.groups[-1].load if figures.groups else None
    if any(detail == "same as elsewhere" for _, detail, _ in more.doubts):
        for group in more.groups:
            group.load = group.load or above


def _merge(figures: Figures, more: Figures, kind: str) -> None:
    """Add the figures of one more line; what was said above once stays said."""
    label = SET_LABELS.get(kind)
    for group in more.groups if label is not None else ():
        group.kind = label or group.kind
    _spend_load(figures, more)
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


def _spend_load(figures: Figures, more: Figures) -> None:
    """A load on a line of its own is that of the sets on the next one."""
    if figures.load is None:
        return
    for group in more.groups:
        if group.load is None and group.percent is None:
            group.load = figures.load
    if more.groups:
        figures.load = None
        figures.certainty = max(figures.certainty, 0.95)
        figures.doubts = [d for d in figures.doubts if d[1] != "load"]


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
        figures.doubt("numbers", "sides or sets", DOUBTED)


def _take_load_of_scope(figures: Figures, entry: Entry, how: FigureContext) -> None:
    """Lend the load of a line above to the sets that have none of their own."""
    if entry.scope is None or not how.lift.is_loaded:
        return
    for atom in entry.scope.load_atoms:
        for group in figures.groups:
            if group.load is None:
                group.load = make_load(atom, how.unit, how.lift.is_bodyweight, how.assists)


def _settle_unit(figures: Figures, entry: Entry, context: ReadingContext) -> None:
    """Read loads without a unit in the one that the user has settled for this exercise."""
    best = entry.spot.resolution.best
    unit = context.habits.units.get(best.key) if best is not None else None
    if unit is None:
        return
    for group in figures.groups:
        if group.load is not None and group.load.weight is not None and group.load.unit is None:
            group.load = replace(group.load, unit=unit)


def _take_rounds(figures: Figures, scope: Scope) -> None:
    """Repeat what is done once a round, and take the rest that a line above states for all."""
    if scope.rounds is not None and len(figures.groups) <= 1:
        each = max(1, scope.rounds // max(1, scope.slots))
        for group in figures.groups:
            if not group.is_counted:
                group.count, group.is_counted = each, True
            elif group.count != scope.rounds and not scope.is_emom:
                figures.doubt("numbers", "rounds", DOUBTED)
        if not figures.groups and figures.sets is None:
            figures.sets = each
    if figures.rest is None and scope.rest_atoms and scope.rest_atoms[0].low is not None:
        figures.rest = int(scope.rest_atoms[0].low)
