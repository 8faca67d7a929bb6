"""How a text was read, stage by stage, in words for a person."""

from __future__ import annotations

from parser.atoms import Atom
from parser.pipeline import read_in_stages
from parser.reading import LoggedExercise, PrescribedExercise, ReadingContext


def explain(text: str, context: ReadingContext) -> str:
    """Show the plain text, the atoms of each line, what each line was taken for, the cues of kind, and the
    exercises.
    """
    reading, stages = read_in_stages(text, context)
    assert stages.plain is not None
    parts = ["1. plain text", *(f"   {n:3} | {line}" for n, line in enumerate(stages.plain.text.split("\n"), 1))]
    parts.append("2. atoms")
    for line in stages.lines:
        prefix = "".join(f"[{what}] " for what in _prefixes(line.label, line.set_label, line.list_number))
        parts.append(f"   {line.number:3} | {prefix}{'  '.join(_show(atom) for atom in line.atoms)}")
        parts.extend(f"         date {found.value.isoformat()}" for found in line.dates)
    parts.append("3. lines")
    parts.extend(f"   {number:3} | {what} {detail}".rstrip() for number, what, detail in stages.outline.stages)
    seen = ", ".join(stages.cues.seen)
    parts.append(f"4. kind: {reading.kind} (log {stages.cues.log:g}, program {stages.cues.program:g}: {seen})")
    parts.append("5. exercises")
    parts.extend(_exercise(exercise) for exercise in reading.exercises)
    parts.extend(_exercise(exercise) for exercise in reading.prescribed)
    parts.extend(f"   unread {line.line}: {line.text}" for line in reading.unread)
    return "\n".join(parts)


def _prefixes(*values: object) -> list[str]:
    return [str(value) for value in values if value is not None]


def _show(atom: Atom) -> str:
    if atom.kind != "amount":
        return f"{atom.kind}:{atom.role}({atom.text})" if atom.role else f"{atom.kind}({atom.text})"
    size = "" if atom.low is None else f"{atom.low:g}" if atom.low == atom.high else f"{atom.low:g}..{atom.high:g}"
    return f"{atom.sign}{size}{'+' if atom.is_plus else ''}{':' + atom.unit if atom.unit else ''}"


def _exercise(exercise: LoggedExercise | PrescribedExercise) -> str:
    doubts = "; ".join(f"{doubt.kind}: {doubt.detail}" for doubt in exercise.doubts)
    scores = f"name {exercise.scores.name:g}, numbers {exercise.scores.numbers:g}"
    sets = len(exercise.sets) if isinstance(exercise, LoggedExercise) else exercise.sets
    told = f"   {exercise.name} [{exercise.key}] sets {sets} {exercise.confidence} ({scores}) {doubts}"
    return f"{told}\n       from {exercise.raw!r}"
