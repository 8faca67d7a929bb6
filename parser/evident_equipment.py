"""Equipment that the figures tell and the name does not: `curls 30s` are dumbbell curls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from parser.atoms import Atom
from parser.document import Entry
from parser.name_modifiers import EQUIPMENT
from parser.name_words import name_words
from parser.single_figures import is_rest_of_plan
from parser.vocabulary import Vocabulary, translate

UNITS_OF_LOADS = ("kg", "lb", "plate", "pair", "percent", "bar")
# A name of which only the figures tell the equipment is at most so sure.
LIKELY = 0.85


def with_evident_equipment(entry: Entry, vocabulary: Vocabulary, is_program: bool = False) -> Entry:
    """Name an entry by what its figures are of: `curls 30s` are dumbbell curls, squats of a circuit are air squats."""
    resolution = entry.spot.resolution
    known = vocabulary.get_exercise(resolution.best.key) if resolution.best else None
    if known is None:
        return entry
    if known.name == "Rowing Machine" and _has_load(entry):
        return _renamed(entry, "machine row", vocabulary)
    if any(meaning in EQUIPMENT for _, meaning in translate(name_words(entry.spot.text))):
        return entry
    if _has_pair(entry, is_program) and known.measure == "weight_reps" and "dumbbell" not in known.equipment:
        return _renamed(entry, f"dumbbell {known.name.replace('Barbell ', '')}", vocabulary)
    is_circuit = entry.scope is not None and bool(entry.scope.rounds or entry.scope.is_open_ended)
    if is_circuit and known.name == "Barbell Back Squat" and not _has_load(entry):
        return _renamed(entry, "air squat", vocabulary)
    return entry


def _renamed(entry: Entry, text: str, vocabulary: Vocabulary) -> Entry:
    found = vocabulary.resolve(text)
    if found.best is None:
        return entry
    sure = min(found.score, LIKELY)
    return replace(entry, spot=replace(entry.spot, resolution=replace(found, score=sure)))


def _has_pair(entry: Entry, is_program: bool) -> bool:
    """Tell whether a weight for each hand stands among other figures: `30s` of `curls 30s 3x10`."""
    for part, before, atom in _with_neighbours(entry):
        if is_program and is_rest_of_plan(before, atom):
            continue
        is_apart = before is None or (before.kind != "times" and before.text not in ("(", "["))
        if atom.unit == "pair" and is_apart and sum(a.kind == "amount" for a in part) > 1:
            return True
    return False


def _has_load(entry: Entry) -> bool:
    for _, before, atom in _with_neighbours(entry):
        is_at = before is not None and before.kind == "at" and atom.is_number and (atom.low or 0) > 10
        if atom.unit in UNITS_OF_LOADS or (atom.unit is None and is_at):
            return True
    return False


def _with_neighbours(entry: Entry) -> Iterator[tuple[list[Atom], Atom | None, Atom]]:
    """Go through the atoms of an entry, each with its line and the atom before it."""
    for part in entry.parts:
        before: Atom | None = None
        for atom in part:
            yield part, before, atom
            before = atom
