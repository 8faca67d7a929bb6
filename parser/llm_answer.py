"""What a model answered becomes a reading, as far as the text bears it out.

Nothing is taken on trust: an exercise must stand on a line that was asked for, its name must be words of that line or
of the heading above, each of its numbers must be a figure of the text, and which exercise the name means is for the
vocabulary to confirm. Of what only a model has read, nothing is ever more than medium.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from parser.claims import Claim, kilograms, prescribed, read_sets
from parser.evidence import Source, SourceLine
from parser.grounding import Grounding, Ledger, ground_all
from parser.llm_claims import claims_of_wire
from parser.llm_names import Named, named_of
from parser.llm_places import Entry, cluster_entries, cut_at_names, heading_above, place_all
from parser.llm_prompt import Part
from parser.llm_schema import WireAnswer
from parser.reading import (
    Confidence,
    Day,
    Doubt,
    Kind,
    LoggedExercise,
    PrescribedExercise,
    Reading,
    ReadingContext,
    Scores,
    Span,
    UnreadLine,
)

HEADING_CHARACTERS = 60
# A load this many times the last one, or this small a part of it, is asked about.
FAR_FROM_LAST = Decimal(3)
HEAVY_KG = Decimal(300)
# More repetitions than this are more often a load that a model took for them.
MANY_REPS = 50

Exercise = LoggedExercise | PrescribedExercise


def reading_of_answers(
    answers: Sequence[tuple[Part, WireAnswer]], source: Source, context: ReadingContext, kind: Kind
) -> Reading:
    """Build the grounded reading of what was asked for. `kind` is what shorthand takes the text for."""
    entries = place_all(answers, source, context)
    told = _kind_of(answers, kind)
    exercises = tuple(
        exercise
        for cluster in cluster_entries(entries)
        for exercise in _ground_cluster(cluster, source, context, is_log=told == "log")
    )
    read = {line.number for entry in entries for line in entry.lines}
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


# ------------------------------------------------------------------------------------------------ numbers


def _ground_cluster(
    cluster: Sequence[Entry], source: Source, context: ReadingContext, is_log: bool
) -> Iterator[Exercise]:
    lines = sorted({line for entry in cluster for line in entry.lines}, key=lambda line: line.number)
    figures = [figure for line in lines for figure in line.figures]
    shared = [figure for line in heading_above(cluster[0], source) for figure in line.figures] if not is_log else []
    whole = Span(lines[0].span.start, lines[-1].span.end)
    claims = [claims_of_wire(entry.wire.work, entry.lines, is_log) for entry in cluster]
    segments = cut_at_names(cluster, figures, whole)
    if segments is None:
        grounded = _ground_together(cluster, claims, Ledger(figures, shared, context.unit), whole)
    else:
        grounded = []
        for entry, segment, claim in zip(cluster, segments, claims, strict=True):
            own = [figure for figure in figures if segment.start <= figure.span.start < segment.end]
            grounded += ground_all([claim[0]], Ledger(own, shared, context.unit), segment, [entry.name])
    for entry, grounding, (_, unfit) in zip(cluster, grounded, claims, strict=True):
        yield _exercise(entry, replace(grounding, missing=grounding.missing + unfit), source, context, is_log)


def _ground_together(
    cluster: Sequence[Entry], claims: Sequence[tuple[list[Claim], tuple[str, ...]]], ledger: Ledger, whole: Span
) -> list[Grounding]:
    """Ground exercises among whose figures no line can be drawn: where one comes away short, all are asked about."""
    grounded = ground_all([claim for claim, _ in claims], ledger, whole, [entry.name for entry in cluster])
    is_short = any(grounding.missing or not grounding.claims for grounding in grounded)
    is_mixed = is_short or _is_mixed(ledger, len(cluster))
    return [replace(g, is_out_of_order=g.is_out_of_order or is_mixed) for g in grounded]


def _is_mixed(ledger: Ledger, owners: int) -> bool:
    """Tell whether exercises on shared lines took figures from between each other's: then they may be swapped."""
    stretches = [stretch for owner in range(owners) if (stretch := ledger.stretch_of(owner)) is not None]
    return any(one.end > other.start for one, other in pairwise(stretches))


# ------------------------------------------------------------------------------------------------ the exercise


def _exercise(entry: Entry, grounding: Grounding, source: Source, context: ReadingContext, is_log: bool) -> Exercise:
    named = named_of(entry, source, context)
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


def _with_mode(claim: Claim, named: Named, entry: Entry) -> Claim:
    """Say how a load acts, from the words and signs of the text."""
    roles = frozenset(role for line in entry.lines for role in line.roles)
    if claim.weight is None:
        return replace(claim, load_mode="bodyweight") if "bodyweight" in roles else claim
    if claim.load_mode != "external" or not named.is_bodyweight:
        return claim
    return replace(claim, load_mode="assisted" if "assisted" in roles else "added")


def _number_doubts(grounding: Grounding, entry: Entry, is_log: bool) -> Iterator[Doubt]:
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


def _load_doubts(claims: Sequence[Claim], named: Named, context: ReadingContext) -> Iterator[Doubt]:
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
