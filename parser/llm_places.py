"""Where the exercises of an answer stand in the text, and which of its figures could be theirs.

What stands on no line that was asked for, or under a name that is not in the text, is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parser.evidence import Figure, Source, SourceLine
from parser.grounding import find_name
from parser.llm_prompt import Part
from parser.llm_schema import WireAnswer, WireExercise
from parser.name_words import name_words
from parser.reading import ReadingContext, Span

MOST_LINES_OF_AN_EXERCISE = 12
MOST_EXERCISES = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """An exercise of an answer whose place in the text was found."""

    wire: WireExercise
    part: Part
    lines: tuple[SourceLine, ...]
    name: Span

    @property
    def span(self) -> Span:
        return Span(self.lines[0].span.start, self.lines[-1].span.end)


def place_all(answers: Iterable[tuple[Part, WireAnswer]], source: Source, context: ReadingContext) -> list[Entry]:
    """Find the places of all exercises, in the order of the text, each stretch of words once."""
    found = (_place(wire, part, source, context) for part, answer in answers for wire in answer.exercises)
    entries = [entry for entry in found if entry is not None]
    entries.sort(key=lambda entry: (entry.lines[0].number, entry.name.start))
    return _without_repeats(entries)[:MOST_EXERCISES]


def _place(wire: WireExercise, part: Part, source: Source, context: ReadingContext) -> Entry | None:
    """Find the lines and the name of an exercise; None when it is not where the model says, or nowhere."""
    if wire.line not in part.asked or not wire.words.strip():
        return None
    numbers = [wire.line]
    while numbers[-1] < wire.end and numbers[-1] + 1 in part.asked and len(numbers) < MOST_LINES_OF_AN_EXERCISE:
        numbers.append(numbers[-1] + 1)
    lines = tuple(source.lines[number - 1] for number in numbers)
    above = tuple(source.lines[number - 1] for number in part.context if number == wire.line - 1)
    name = find_name(wire.words, source, lines) or find_name(wire.words, source, above)
    choice = part.choice(wire.pick)
    if name is None and choice is not None:
        # A model likes to write the proper name where the text says `deads`: its pick is what these words mean.
        name = _find_meaning(choice.key, source, lines, context)
    return Entry(wire, part, lines, name) if name is not None else None


def _find_meaning(key: str, source: Source, lines: Sequence[SourceLine], context: ReadingContext) -> Span | None:
    """Find words that mean this exercise and no other."""
    for line in lines:
        words = [token for token in line.tokens if token.kind == "word"]
        for size in range(min(4, len(words)), 0, -1):
            for start in range(len(words) - size + 1):
                window = words[start : start + size]
                meaning = context.vocabulary.meaning_of(name_words(" ".join(token.text for token in window)))
                if meaning is not None and meaning.key == key:
                    return source.normal.span(window[0].start, window[-1].end)
    return None


def _without_repeats(entries: Sequence[Entry]) -> list[Entry]:
    """Keep one of the exercises that claim the same words of the text."""
    kept: list[Entry] = []
    for entry in entries:
        if not any(entry.name.start < other.name.end and other.name.start < entry.name.end for other in kept):
            kept.append(entry)
    return kept


def cluster_entries(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Put entries together whose lines overlap: they share the figures of these lines."""
    clusters: list[list[Entry]] = []
    for entry in entries:
        if clusters and entry.lines[0].number <= max(other.lines[-1].number for other in clusters[-1]):
            clusters[-1].append(entry)
        else:
            clusters.append([entry])
    return clusters


def cut_at_names(cluster: Sequence[Entry], figures: Sequence[Figure], whole: Span) -> list[Span] | None:
    """Cut shared lines at the names, where the names lead or where they follow; None where they stand among figures."""
    names = [entry.name for entry in cluster]
    first = min((figure.span.start for figure in figures), default=whole.end)
    last = max((figure.span.end for figure in figures), default=whole.start)
    if names[0].start <= first or len(cluster) == 1:
        starts = [whole.start, *(name.start for name in names[1:])]
        return [Span(start, end) for start, end in zip(starts, [*starts[1:], whole.end], strict=True)]
    if names[-1].end >= last:
        ends = [*(name.end for name in names[:-1]), whole.end]
        return [Span(start, end) for start, end in zip([whole.start, *ends[:-1]], ends, strict=True)]
    return None


def heading_above(entry: Entry, source: Source) -> list[SourceLine]:
    """Give the heading that may hold sets for what stands below it: `4 sets of 10-12:`."""
    for number in range(entry.lines[0].number - 1, 0, -1):
        line = source.lines[number - 1]
        if number in entry.part.context and line.text.strip().endswith(":"):
            return [line]
    return []
