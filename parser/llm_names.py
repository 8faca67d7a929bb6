"""Which exercise the words mean: the vocabulary decides, a model may confirm, and what differs is asked about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from parser.evidence import Source
from parser.llm_places import Entry
from parser.reading import Candidate, Doubt, ReadingContext
from parser.vocabulary import Resolution

SURE_NAME = 0.9


@dataclass(frozen=True, slots=True)
class Named:
    """What the name of an entry means, and whether model and vocabulary agree about it."""

    words: str
    name: str
    key: str | None
    candidates: tuple[Candidate, ...]
    score: float
    doubts: tuple[Doubt, ...]
    is_bodyweight: bool = False


def named_of(entry: Entry, source: Source, context: ReadingContext) -> Named:
    """Let the vocabulary say what the words mean, and the model confirm it; where they differ, the user is asked."""
    words = source.text[entry.name.start : entry.name.end].strip()
    resolution = context.vocabulary.resolve(words)
    choice = _choice(entry, context)
    best = resolution.best
    if best is not None and (choice is None or choice.key == best.key):
        score = resolution.score if choice is not None else min(resolution.score, 0.8)
        doubts = () if score >= SURE_NAME else (Doubt("name", "unconfirmed", _names(resolution.candidates)),)
        return _as_named(words, best, resolution, score, doubts, context)
    candidates = _merged(best, choice, resolution)
    doubt = Doubt("name", "readers_differ" if best is not None else "unknown", _names(candidates))
    if best is not None:
        return _as_named(words, best, replace(resolution, candidates=candidates), 0.4, (doubt,), context)
    # Words that the vocabulary does not know stay the user's own; what the model takes them for is offered.
    return Named(words, resolution.name or words, None, candidates, 0.3, (doubt,))


def _as_named(
    words: str,
    best: Candidate,
    resolution: Resolution,
    score: float,
    doubts: tuple[Doubt, ...],
    context: ReadingContext,
) -> Named:
    known = context.vocabulary.get_exercise(best.key)
    is_bodyweight = known is not None and known.is_bodyweight
    return Named(words, best.name, best.key, resolution.candidates, score, doubts, is_bodyweight)


def _choice(entry: Entry, context: ReadingContext) -> Candidate | None:
    picked = entry.part.choice(entry.wire.pick)
    if picked is not None or not entry.wire.english:
        return picked
    resolution = context.vocabulary.resolve(entry.wire.english[:80])
    return resolution.best if resolution.score >= SURE_NAME else None


def _merged(best: Candidate | None, choice: Candidate | None, resolution: Resolution) -> tuple[Candidate, ...]:
    found = {c.key: c for c in (best, choice, *resolution.candidates) if c is not None}
    return tuple(found.values())[:5]


def _names(candidates: Iterable[Candidate]) -> tuple[str, ...]:
    return tuple(candidate.name for candidate in candidates)
