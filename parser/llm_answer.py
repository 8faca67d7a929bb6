"""What a model answered becomes a reading, as far as the text bears it out.

Nothing is taken on trust: an exercise must stand on a line that was asked for, its name must be words of that line or
of the heading above, each of its numbers must be a figure of the text, and which exercise the name means is for the
vocabulary to confirm. Of what only a model has read, nothing is ever more than medium.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from parser.claims import Claim, kilograms, prescribed, read_sets
from parser.evidence import Figure, Source, SourceLine
from parser.grounding import Grounding, Ledger, find_name, ground_all
from parser.llm_prompt import Part
from parser.llm_schema import WireAnswer, WireExercise, WireSets
from parser.name_words import name_words
from parser.reading import (
    Candidate,
    Confidence,
    Day,
    Doubt,
    Kind,
    LoggedExercise,
    PrescribedExercise,
    Reading,
    ReadingContext,
    Scores,
    SetKind,
    Span,
    UnreadLine,
    WeightUnit,
)
from parser.vocabulary import Resolution

SURE_NAME = 0.9
MOST_LINES_OF_AN_EXERCISE = 12
MOST_EXERCISES = 60
HEADING_CHARACTERS = 60
# A load this many times the last one, or this small a part of it, is asked about.
FAR_FROM_LAST = Decimal(3)
HEAVY_KG = Decimal(300)
# More repetitions than this are more often a load that a model took for them.
MANY_REPS = 50
KIND_OF_MARK: dict[str, SetKind] = {"warmup": "warmup", "drop": "drop", "failure": "failure"}
# The plus of `3x5+`: the last set is as many as possible.
OPEN_SET = re.compile(r"\d\s*\+(?!\s*\d)")

Exercise = LoggedExercise | PrescribedExercise


@dataclass(frozen=True, slots=True)
class _Entry:
    """An exercise of an answer whose place in the text was found."""

    wire: WireExercise
    part: Part
    lines: tuple[SourceLine, ...]
    name: Span

    @property
    def span(self) -> Span:
        return Span(self.lines[0].span.start, self.lines[-1].span.end)


@dataclass(frozen=True, slots=True)
class _Named:
    """What the name of an entry means, and whether model and vocabulary agree about it."""

    words: str
    name: str
    key: str | None
    candidates: tuple[Candidate, ...]
    score: float
    doubts: tuple[Doubt, ...]
    is_bodyweight: bool = False


def reading_of_answers(
    answers: Sequence[tuple[Part, WireAnswer]], source: Source, context: ReadingContext, kind: Kind
) -> Reading:
    """Build the grounded reading of what was asked for. `kind` is what shorthand takes the text for."""
    entries = sorted(_placed(answers, source, context), key=lambda entry: (entry.lines[0].number, entry.name.start))
    kept = _without_repeats(entries)[:MOST_EXERCISES]
    told = _kind_of(answers, kind)
    exercises = tuple(
        exercise
        for cluster in _clusters(kept)
        for exercise in _ground_cluster(cluster, source, context, is_log=told == "log")
    )
    read = {line.number for entry in kept for line in entry.lines}
    asked = [number for part, _ in answers for number in part.asked if number not in read]
    unread = tuple(UnreadLine(number, source.lines[number - 1].text.strip()) for number in asked)
    logged = tuple(exercise for exercise in exercises if isinstance(exercise, LoggedExercise))
    planned = tuple(exercise for exercise in exercises if isinstance(exercise, PrescribedExercise))
    days = _days(planned, answers, source)
    return Reading(told if exercises else "other", days=days, exercises=logged, unread=unread, reader="llm")


def _kind_of(answers: Sequence[tuple[Part, WireAnswer]], kind: Kind) -> Kind:
    """Shorthand says what a text is, wherever it can."""
    if kind != "other":
        return kind
    told = [answer.kind for _, answer in answers if answer.kind != "other"]
    return "program" if told.count("program") > told.count("log") else "log"


# ------------------------------------------------------------------------------------------------ places


def _placed(answers: Iterable[tuple[Part, WireAnswer]], source: Source, context: ReadingContext) -> Iterator[_Entry]:
    for part, answer in answers:
        for wire in answer.exercises:
            entry = _place(wire, part, source, context)
            if entry is not None:
                yield entry


def _place(wire: WireExercise, part: Part, source: Source, context: ReadingContext) -> _Entry | None:
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
    return _Entry(wire, part, lines, name) if name is not None else None


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


def _without_repeats(entries: Sequence[_Entry]) -> list[_Entry]:
    """Keep one of the exercises that claim the same words of the text."""
    kept: list[_Entry] = []
    for entry in entries:
        if not any(entry.name.start < other.name.end and other.name.start < entry.name.end for other in kept):
            kept.append(entry)
    return kept


def _clusters(entries: Sequence[_Entry]) -> list[list[_Entry]]:
    """Put entries together whose lines overlap: they share the figures of these lines."""
    clusters: list[list[_Entry]] = []
    for entry in entries:
        if clusters and entry.lines[0].number <= max(other.lines[-1].number for other in clusters[-1]):
            clusters[-1].append(entry)
        else:
            clusters.append([entry])
    return clusters


# ------------------------------------------------------------------------------------------------ numbers


def _ground_cluster(
    cluster: Sequence[_Entry], source: Source, context: ReadingContext, is_log: bool
) -> Iterator[Exercise]:
    lines = sorted({line for entry in cluster for line in entry.lines}, key=lambda line: line.number)
    figures = [figure for line in lines for figure in line.figures]
    shared = [figure for line in _heading_above(cluster[0], source) for figure in line.figures] if not is_log else []
    whole = Span(lines[0].span.start, lines[-1].span.end)
    claims = [_claims(entry, is_log) for entry in cluster]
    segments = _segments(cluster, figures, whole)
    if segments is None:
        grounded = _ground_together(cluster, claims, Ledger(figures, shared, context.unit), whole)
    else:
        grounded = []
        for entry, segment, claim in zip(cluster, segments, claims, strict=True):
            own = [figure for figure in figures if segment.start <= figure.span.start < segment.end]
            grounded += ground_all([claim[0]], Ledger(own, shared, context.unit), segment, [entry.name])
    for entry, grounding, (_, unfit) in zip(cluster, grounded, claims, strict=True):
        yield _exercise(entry, replace(grounding, missing=grounding.missing + unfit), source, context, is_log)


def _segments(cluster: Sequence[_Entry], figures: Sequence[Figure], whole: Span) -> list[Span] | None:
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


def _ground_together(
    cluster: Sequence[_Entry], claims: Sequence[tuple[list[Claim], tuple[str, ...]]], ledger: Ledger, whole: Span
) -> list[Grounding]:
    """Ground exercises among whose figures no line can be drawn: where one comes away short, all are asked about."""
    grounded = ground_all([claim for claim, _ in claims], ledger, whole, [entry.name for entry in cluster])
    is_short = any(grounding.missing or not grounding.claims for grounding in grounded)
    is_mixed = is_short or _is_mixed(ledger, len(cluster))
    return [replace(g, is_out_of_order=g.is_out_of_order or is_mixed) for g in grounded]


def _heading_above(entry: _Entry, source: Source) -> list[SourceLine]:
    """Give the heading that may hold sets for what stands below it: `4 sets of 10-12:`."""
    for number in range(entry.lines[0].number - 1, 0, -1):
        line = source.lines[number - 1]
        if number in entry.part.context and line.text.strip().endswith(":"):
            return [line]
    return []


def _is_mixed(ledger: Ledger, owners: int) -> bool:
    """Tell whether exercises on shared lines took figures from between each other's: then they may be swapped."""
    stretches = [stretch for owner in range(owners) if (stretch := ledger.stretch_of(owner)) is not None]
    return any(one.end > other.start for one, other in pairwise(stretches))


def _claims(entry: _Entry, is_log: bool) -> tuple[list[Claim], tuple[str, ...]]:
    """Give what a model claims, and what of it no claim can hold, such as half a repetition."""
    sets = entry.wire.sets
    marks = _marks_of(entry.lines)
    claims = [_claim(wire, wire.mark if wire.mark in marks else None, is_log) for wire in sets]
    unfit = [
        f"{name} {value}"
        for wire in sets
        for name, value in (("reps", wire.reps), ("to", wire.to), ("seconds", wire.seconds))
        if value is not None and _whole(value) is None
    ]
    return claims, tuple(unfit)


def _marks_of(lines: Sequence[SourceLine]) -> set[str]:
    """Give the marks for which there are words: a set is a warm-up, a drop set or open where the text says so."""
    marks = {role for line in lines for role in line.roles if role in ("warmup", "drop", "failure", "amrap")}
    return marks | {"amrap"} if any(OPEN_SET.search(line.text) for line in lines) else marks


def _claim(wire: WireSets, mark: str | None, is_log: bool) -> Claim:
    reps, to = _whole(wire.reps), _whole(wire.to)
    # Nobody logs percents; a model that says so means the load, and the text says in what unit.
    is_percent = wire.unit == "percent" and not is_log
    is_range = reps is not None and to is not None and to > reps
    # Nothing weighs, lasts or measures 0: models write it where none is stated.
    load = abs(wire.load) if wire.load else None
    unit: WeightUnit | None = wire.unit if wire.unit != "percent" else None
    return Claim(
        count=max(wire.n, 1),
        reps=reps,
        reps_max=to if is_range else None,
        seconds=_whole(wire.seconds) or None,
        distance_m=wire.metres or None,
        weight=None if is_percent else load,
        unit=unit,
        percent=load if is_percent else None,
        rpe=wire.rpe or None,
        kind=KIND_OF_MARK.get(mark or "", "working"),
        is_amrap=mark == "amrap" or (mark == "failure" and not is_log and reps is None),
    )


def _whole(value: Decimal | None) -> int | None:
    if value is None or value != value.to_integral_value() or abs(value) > 10**6:
        return None
    return int(value)


# ------------------------------------------------------------------------------------------------ names


def _named(entry: _Entry, source: Source, context: ReadingContext) -> _Named:
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
    return _Named(words, resolution.name or words, None, candidates, 0.3, (doubt,))


def _as_named(
    words: str,
    best: Candidate,
    resolution: Resolution,
    score: float,
    doubts: tuple[Doubt, ...],
    context: ReadingContext,
) -> _Named:
    known = context.vocabulary.get_exercise(best.key)
    is_bodyweight = known is not None and known.is_bodyweight
    return _Named(words, best.name, best.key, resolution.candidates, score, doubts, is_bodyweight)


def _choice(entry: _Entry, context: ReadingContext) -> Candidate | None:
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


# ------------------------------------------------------------------------------------------------ the exercise


def _exercise(entry: _Entry, grounding: Grounding, source: Source, context: ReadingContext, is_log: bool) -> Exercise:
    named = _named(entry, source, context)
    claims = tuple(_with_mode(claim, named, entry) for claim in grounding.claims)
    doubts = (*named.doubts, *_number_doubts(grounding, entry, is_log), *_load_doubts(claims, named, context))
    confidence = Confidence.LOW if doubts else Confidence.MEDIUM
    scores = Scores(round(named.score, 3), grounding.score)
    span, raw, line = entry.span, source.text[entry.span.start : entry.span.end], entry.lines[0].number
    if is_log:
        sets = tuple(replace(read, span=span) for read in read_sets(claims))
        return LoggedExercise(
            raw, span, line, named.name, named.key, named.candidates, sets,
            confidence=confidence, scores=scores, doubts=doubts, reader="llm",
        )  # fmt: skip
    bare = PrescribedExercise(
        raw, span, line, named.name, named.key, named.candidates,
        confidence=confidence, scores=scores, doubts=doubts, reader="llm",
    )  # fmt: skip
    return prescribed(bare, claims)


def _with_mode(claim: Claim, named: _Named, entry: _Entry) -> Claim:
    """Say how a load acts, from the words and signs of the text."""
    roles = frozenset(role for line in entry.lines for role in line.roles)
    if claim.weight is None:
        return replace(claim, load_mode="bodyweight") if "bodyweight" in roles else claim
    if claim.load_mode != "external" or not named.is_bodyweight:
        return claim
    return replace(claim, load_mode="assisted" if "assisted" in roles else "added")


def _number_doubts(grounding: Grounding, entry: _Entry, is_log: bool) -> Iterator[Doubt]:
    if grounding.missing:
        yield Doubt("numbers", "not_in_text: " + ", ".join(grounding.missing[:5]))
    if grounding.unused:
        yield Doubt("unused", f"{len(grounding.unused)} figures")
    if grounding.is_out_of_order:
        yield Doubt("numbers", "out_of_order")
    if is_log and any(claim.reps_max is not None for claim in grounding.claims):
        yield Doubt("numbers", "range_in_log")
    if not grounding.claims:
        yield Doubt("figures", "none")
    elif any(_has_no_amount(claim) for claim in grounding.claims):
        yield Doubt("figures", "no_amount")
    if any(line.number in entry.part.cut for line in entry.lines):
        yield Doubt("unused", "line_shown_in_part")


def _has_no_amount(claim: Claim) -> bool:
    """A load alone is no set: `80x` is cut off, and `225 lbs` says nothing of repetitions."""
    return claim.reps is None and claim.seconds is None and claim.distance_m is None and not claim.is_amrap


def _load_doubts(claims: Sequence[Claim], named: _Named, context: ReadingContext) -> Iterator[Doubt]:
    """Ask about what hardly anybody lifts, and about what is far from what this user lifted last."""
    if any(claim.reps is not None and claim.reps > MANY_REPS for claim in claims):
        yield Doubt("numbers", "many_repetitions")
    if len({claim.weight is None for claim in claims}) > 1 and not named.is_bodyweight:
        yield Doubt("numbers", "load_of_some_sets")
    last = context.habits.last_loads_kg.get(named.key or "")
    loads = [
        load for claim in claims if (load := kilograms(claim, context.unit)) is not None and claim.kind != "warmup"
    ]
    if loads and max(loads) > HEAVY_KG:
        yield Doubt("numbers", "heavy")
    if last and loads and not last / FAR_FROM_LAST <= max(loads) <= last * FAR_FROM_LAST:
        yield Doubt("numbers", "far_from_last_time")


# ------------------------------------------------------------------------------------------------ days


def _days(
    planned: Sequence[PrescribedExercise], answers: Sequence[tuple[Part, WireAnswer]], source: Source
) -> tuple[Day, ...]:
    """Put prescriptions under the headings that the model saw, if they look like headings."""
    taken = {exercise.line for exercise in planned}
    headings = sorted(
        {
            number
            for part, answer in answers
            for number in answer.days
            if number in part.asked and number not in taken and _looks_like_heading(source.lines[number - 1])
        }
    )
    days: list[Day] = []
    for start, end in zip([0, *headings], [*headings, len(source.lines) + 1], strict=True):
        below = tuple(exercise for exercise in planned if start <= exercise.line < end)
        if below:
            name = source.lines[start - 1].text.strip(" #*:-•\t") if start else None
            days.append(Day(name or None, exercises=below))
    return tuple(days)


def _looks_like_heading(line: SourceLine) -> bool:
    figures = [figure for figure in line.figures if not figure.is_aside]
    return 0 < len(line.text.strip()) <= HEADING_CHARACTERS and len(figures) <= 1
