"""Two readings of one text become one: agreement makes surer, disagreement asks, and nothing sure is touched.

Shorthand is right far more often than a small model, so what it read with high confidence stands, and so does the kind
of text that it saw. A model can fill in lines that shorthand left unread, confirm what shorthand doubted, or make the
user be asked; it cannot overrule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from parser.claims import claims_of, describe, prescribed, read_sets, same_numbers
from parser.evidence import Source, read_source
from parser.headings import clean_name
from parser.needs_llm import CERTAIN_INTENTS, ONLY_THE_USER_KNOWS, exercises_of, unclear_lines
from parser.normalise import fold
from parser.reading import (
    Confidence,
    Day,
    Doubt,
    LoggedExercise,
    PrescribedExercise,
    Reading,
    ReadingContext,
    Scores,
)

Exercise = LoggedExercise | PrescribedExercise
AnyExercise = TypeVar("AnyExercise", bound=LoggedExercise | PrescribedExercise)

# Doubts that two readers who see the same can settle. What a word or an order means is not settled by a second guess.
SETTLED_BY_AGREEMENT = frozenset({"numbers", "figures", "unused", "unfamiliar", "kind", "readers"})
# Doubts that say that a reading does not account for what stands in its lines.
LEFT_OPEN = frozenset({"unused", "figures", "numbers"})
# Doubts about numbers that stand in the text as they were read.
UNUSUAL = frozenset({"heavy", "far_from_last_time"})
SURE_NAME = 0.9


@dataclass(slots=True)
class _Findings:
    """What came of comparing: changed and dropped exercises by their place in shorthand's reading, new ones, lines."""

    changed: dict[int, Exercise] = field(default_factory=dict)
    added: list[Exercise] = field(default_factory=list)
    dropped: set[int] = field(default_factory=set)
    read_lines: set[int] = field(default_factory=set)


def cross_check(shorthand: Reading, llm: Reading, text: str, context: ReadingContext) -> Reading:
    """Check two readings of one text against each other. Without anything to gain, shorthand's comes back as it was."""
    if not exercises_of(llm):
        return shorthand
    if shorthand.kind == "other":
        return _adopted(shorthand, llm, text)
    if llm.kind != shorthand.kind:
        return shorthand
    findings = _compare(shorthand, llm, read_source(text), context)
    if not (findings.changed or findings.added):
        return shorthand
    return _applied(shorthand, findings)


def _adopted(shorthand: Reading, llm: Reading, text: str) -> Reading:
    """Take a model's reading of lines that shorthand left open in a text of no training: all of it is asked about."""
    source = read_source(text)
    opened = set(unclear_lines(source, shorthand))
    if shorthand.intent in CERTAIN_INTENTS or not all(_lines(e, source) <= opened for e in exercises_of(llm)):
        return shorthand
    doubt = Doubt("kind", "only_model_saw_training")
    days = [replace(day, exercises=tuple(_asked_about(day.exercises, doubt))) for day in llm.days]
    adopted = replace(
        shorthand,
        kind=llm.kind,
        days=tuple(day for day in days if day.exercises),
        exercises=tuple(_asked_about(llm.exercises, doubt)),
        reader="llm",
        intent=None,
    )
    if not exercises_of(adopted):
        return shorthand
    read = {number for exercise in exercises_of(adopted) for number in _lines(exercise, source)}
    return replace(adopted, unread=tuple(line for line in shorthand.unread if line.line not in read))


def _asked_about(exercises: Sequence[AnyExercise], doubt: Doubt) -> Iterator[AnyExercise]:
    yield from (_lowered(exercise, doubt) for exercise in exercises if _is_borne_out(exercise))


def _is_borne_out(theirs: Exercise) -> bool:
    """Tell whether a model accounts for all figures and none besides: else its lines are better left unread."""
    return all(d.kind not in LEFT_OPEN or d.detail in UNUSUAL for d in theirs.doubts)


def _compare(shorthand: Reading, llm: Reading, source: Source, context: ReadingContext) -> _Findings:
    findings = _Findings()
    mine = exercises_of(shorthand)
    unread, titles = {line.line for line in shorthand.unread}, _title_lines(shorthand, source)
    for theirs in exercises_of(llm):
        lines = _lines(theirs, source)
        rivals = [index for index, own in enumerate(mine) if lines & _lines(own, source)]
        is_new = not rivals and lines <= unread and _is_borne_out(theirs)
        if is_new and not lines & titles and not _is_preamble(theirs, shorthand):
            findings.added.append(_capped(theirs) if theirs.key is not None else _only_asked(theirs))
            findings.read_lines |= lines
        if not rivals or any(mine[index].confidence is Confidence.HIGH for index in rivals):
            continue
        if _takes_over(theirs, [mine[index] for index in rivals], context):
            _replace(rivals, theirs, mine, findings)
            continue
        index = _partner(theirs, rivals, mine, findings)
        if index is not None:
            merged = _merged(mine[index], theirs, context)
            if merged is not mine[index]:
                findings.changed[index] = merged
    return findings


def _title_lines(shorthand: Reading, source: Source) -> set[int]:
    """Find a program's title and names of days: `Plan 5x5` is no exercise, however a model reads it."""
    if shorthand.kind != "program":
        return set()
    titles = {fold(name) for name in (shorthand.title, *(day.name for day in shorthand.days)) if name}
    return {line.number for line in source.lines if fold(clean_name(line.text)) in titles}


def _is_preamble(theirs: Exercise, shorthand: Reading) -> bool:
    """Words above all of a program that name nothing known are what it is called, and no exercise of its first day."""
    if shorthand.kind != "program" or theirs.key is not None:
        return False
    return any(shorthand.prescribed) and all(theirs.line < own.line for own in shorthand.prescribed)


def _takes_over(theirs: Exercise, rivals: Sequence[Exercise], context: ReadingContext) -> bool:
    """Tell whether a model explains lines that shorthand only guessed at: all figures used, a name that is known.

    The user is asked in either case; this decides which of the readings is shown first.
    """
    is_bare_name = len(rivals) == 1 and rivals[0].key is not None and not claims_of(rivals[0])
    if theirs.confidence is Confidence.LOW or is_bare_name:
        return False
    return all(_is_guess(own, theirs) for own in rivals) and not any(_agrees(own, theirs, context) for own in rivals)


def _is_guess(own: Exercise, theirs: Exercise) -> bool:
    kinds = {doubt.kind for doubt in own.doubts}
    if own.confidence is not Confidence.LOW or (own.key is not None and kinds & ONLY_THE_USER_KNOWS):
        return False
    return own.key is None or (own.key == theirs.key and bool(kinds & LEFT_OPEN))


def _agrees(own: Exercise, theirs: Exercise, context: ReadingContext) -> bool:
    return _is_same_name(own, theirs) and same_numbers(claims_of(own), claims_of(theirs), context.unit)


def _replace(rivals: Sequence[int], theirs: Exercise, mine: Sequence[Exercise], findings: _Findings) -> None:
    """Show a model's reading in place of shorthand's guesses, which stay as options."""
    free = [index for index in rivals if index not in findings.changed and index not in findings.dropped]
    if not free:
        findings.added.append(_capped(theirs))
        return
    options = (_described(theirs), " + ".join(_described(mine[index]) for index in free))
    findings.changed[free[0]] = _lowered(theirs, Doubt("readers", "model_first", options))
    findings.dropped |= set(free[1:])


def _lines(exercise: Exercise, source: Source) -> set[int]:
    span = exercise.span
    inside = {line.number for line in source.lines if line.span.start < span.end and span.start < line.span.end}
    return inside | {exercise.line}


def _partner(theirs: Exercise, rivals: Sequence[int], mine: Sequence[Exercise], findings: _Findings) -> int | None:
    """Find the exercise of shorthand's that a model's is about: the same name on its lines, or the only one there."""
    free = [index for index in rivals if index not in findings.changed]
    named = [index for index in free if _is_same_name(mine[index], theirs)]
    if named:
        return named[0]
    return free[0] if len(rivals) == 1 and free else None


def _is_same_name(one: Exercise, other: Exercise) -> bool:
    if one.key is not None and other.key is not None:
        return one.key == other.key
    return fold(one.name or "") == fold(other.name or "")


def _merged(own: Exercise, theirs: Exercise, context: ReadingContext) -> Exercise:
    """Merge two readings of one exercise, shorthand's first. A model's half-grounded reading changes nothing."""
    if theirs.confidence is Confidence.LOW:
        return _with_candidates(own, theirs)
    if not claims_of(own):
        return _filled(own, theirs)
    same_name = _is_same_name(own, theirs)
    same_sets = same_numbers(claims_of(own), claims_of(theirs), context.unit)
    if same_name and same_sets:
        return _confirmed(own)
    if own.key is None and same_sets:
        return _with_candidates(own, theirs)
    what = "numbers" if same_name else "name" if same_sets else "name_and_numbers"
    options = (_described(own), _described(theirs))
    return _with_candidates(replace(_lowered(own, Doubt("readers", what, options)), reader="both"), theirs)


def _described(exercise: Exercise) -> str:
    return f"{exercise.name or exercise.raw}: {describe(claims_of(exercise))}"


def _confirmed(own: Exercise) -> Exercise:
    """Make an exercise one step surer, where two readers seeing the same is evidence against all that is doubted."""
    kinds = {doubt.kind for doubt in own.doubts}
    if not kinds <= SETTLED_BY_AGREEMENT or own.scores.name < SURE_NAME:
        return replace(own, reader="both")
    if own.confidence is Confidence.LOW:
        return replace(own, confidence=Confidence.MEDIUM, reader="both")
    scores = Scores(own.scores.name, max(own.scores.numbers, SURE_NAME))
    return replace(own, confidence=Confidence.HIGH, scores=scores, doubts=(), reader="both")


def _filled(own: Exercise, theirs: Exercise) -> Exercise:
    """Give an exercise without figures the figures that a model found on its lines."""
    confidence = Confidence.MEDIUM if _is_same_name(own, theirs) and own.key is not None else Confidence.LOW
    doubt = Doubt("numbers", "read_by_model_only")
    scores = Scores(own.scores.name, theirs.scores.numbers)
    if isinstance(own, LoggedExercise):
        sets = tuple(replace(read, span=theirs.span) for read in read_sets(claims_of(theirs)))
        return replace(own, sets=sets, confidence=confidence, scores=scores, doubts=(doubt,), reader="llm")
    filled = prescribed(own, claims_of(theirs))
    return replace(filled, confidence=confidence, scores=scores, doubts=(doubt,), reader="llm")


def _with_candidates(own: Exercise, theirs: Exercise) -> Exercise:
    """Offer what a model takes an unknown name for, ahead of what merely sounds like it."""
    if own.key is not None or theirs.candidates[:1] == own.candidates[:1]:
        return own
    first = {candidate.key: candidate for candidate in (*theirs.candidates[:1], *own.candidates)}
    return replace(own, candidates=tuple(first.values())[:5], reader="both")


def _lowered(exercise: AnyExercise, doubt: Doubt) -> AnyExercise:
    return replace(exercise, confidence=Confidence.LOW, doubts=(*exercise.doubts, doubt))


def _only_asked(theirs: Exercise) -> Exercise:
    """A name that nobody knows, seen by a model alone, is asked about, whatever its numbers are like."""
    return replace(theirs, confidence=Confidence.LOW)


def _capped(theirs: Exercise) -> Exercise:
    """What only a model has read is never sure."""
    return replace(theirs, confidence=Confidence.MEDIUM) if theirs.confidence is Confidence.HIGH else theirs


# ------------------------------------------------------------------------------------------------ putting together


def _applied(shorthand: Reading, findings: _Findings) -> Reading:
    unread = tuple(line for line in shorthand.unread if line.line not in findings.read_lines)
    if shorthand.kind == "program":
        return replace(shorthand, days=_merged_days(shorthand.days, findings), unread=unread, reader="both")
    mine = [
        findings.changed.get(index, exercise)
        for index, exercise in enumerate(shorthand.exercises)
        if index not in findings.dropped
    ]
    both = sorted((*mine, *findings.added), key=lambda exercise: exercise.line)
    logged = tuple(exercise for exercise in both if isinstance(exercise, LoggedExercise))
    return replace(shorthand, exercises=logged, unread=unread, reader="both")


def _merged_days(days: Sequence[Day], findings: _Findings) -> tuple[Day, ...]:
    """Put changed prescriptions in their places and new ones into the day in which their lines stand."""
    lists: list[list[PrescribedExercise]] = []
    index = 0
    days = days or (Day(),)
    for day in days:
        here: list[PrescribedExercise] = []
        for exercise in day.exercises:
            changed = findings.changed.get(index, exercise)
            if index not in findings.dropped:
                here.append(changed if isinstance(changed, PrescribedExercise) else exercise)
            index += 1
        lists.append(here)
    for added in findings.added:
        if isinstance(added, PrescribedExercise):
            _insert(added, lists)
    return tuple(replace(day, exercises=tuple(here)) for day, here in zip(days, lists, strict=True))


def _insert(added: PrescribedExercise, lists: list[list[PrescribedExercise]]) -> None:
    """Insert behind the last prescription that stands above it; ahead of all when none does."""
    place = (0, 0)
    for number, here in enumerate(lists):
        for position, exercise in enumerate(here):
            if exercise.line < added.line:
                place = (number, position + 1)
    lists[place[0]].insert(place[1], added)
