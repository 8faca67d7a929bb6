"""All stages in order, on one screen: text in, reading out."""

from __future__ import annotations

import logging
import traceback
from dataclasses import dataclass, field, replace

from parser.assembly import Assembler
from parser.chunks import ends_cut_off
from parser.day_lines import split_day_lines
from parser.document import Entry, Outline
from parser.future import is_told_ahead
from parser.kind import Cues, decide_kind, intent_of
from parser.lexicon import load_lexicon
from parser.lines import ScannedLine, beyond_bounds, scan_lines
from parser.name_resolution import MOST_SUGGESTED_NAMES, suggestions_left
from parser.normalise import NormalText, normalise
from parser.outline import OutlineBuilder
from parser.plain_sets import read_plain_set
from parser.progression_words import without_progressions
from parser.reading import Day, LoggedExercise, Reading, ReadingContext, UnreadLine
from parser.vocabulary import Vocabulary

log = logging.getLogger(__name__)

LONGEST_TEXT = 65_536
LONGEST_SHOWN = 200
# A smaller number beside the word for sets may count anything.
LIGHTEST_LOAD = 20


@dataclass(slots=True)
class Stages:
    """What each stage made of a text, for --explain."""

    plain: NormalText | None = None
    lines: list[ScannedLine] = field(default_factory=list)
    outline: Outline = field(default_factory=Outline)
    cues: Cues = field(default_factory=Cues)


def read_shorthand(text: str, context: ReadingContext | None = None) -> Reading:
    """Read a text without a model; never raises, whatever the text.

    A text that a stage stumbles over is a mistake of ours and goes to the log, without its words; to the caller all its
    lines are unread, so that nothing is lost and nothing is made up.
    """
    try:
        context = _spoken(context or ReadingContext())
        return read_plain_set(text, context) or read_in_stages(text, context)[0]
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        log.error("a stage of the reader failed: %s in %s, line %s", type(error).__name__, place.name, place.lineno)
        lines = enumerate(text[:LONGEST_TEXT].splitlines(), start=1)
        unread = [UnreadLine(number, line.strip()[:LONGEST_SHOWN]) for number, line in lines if line.strip()]
        return Reading("other", unread=tuple(unread))


def read_in_stages(text: str, context: ReadingContext) -> tuple[Reading, Stages]:
    """Read a text and keep what every stage gave."""
    stages = Stages()
    suggestions_left.set(MOST_SUGGESTED_NAMES)
    context = _spoken(context)
    text, left = text[:LONGEST_TEXT], text[LONGEST_TEXT:]
    spelled = normalise(text)
    stages.plain = plain = without_progressions(spelled)
    lexicon = load_lexicon()
    scanned = scan_lines(plain, lexicon, context.vocabulary)
    stages.lines = split_day_lines(scanned)
    stages.outline = outline = OutlineBuilder(plain.text, lexicon, context.vocabulary, context.current).build(
        stages.lines
    )
    for number, rest in beyond_bounds(plain, scanned):
        outline.unread.append(UnreadLine(number, rest[:LONGEST_SHOWN]))
    if left.strip():
        number = text.count("\n") + 1
        outline.unread.append(UnreadLine(number, left.strip()[:LONGEST_SHOWN]))
    kind, stages.cues = decide_kind(stages.lines, outline, has_progression=plain is not spelled)
    assembler = Assembler(plain, text, context)
    if kind == "other":
        return Reading("other", intent=intent_of(stages.lines), unread=_unread_of_talk(outline, stages.lines)), stages
    if kind == "log":
        return _log(outline, assembler, stages.lines), stages
    return _program(outline, assembler), stages


def _spoken(context: ReadingContext) -> ReadingContext:
    """Lay the words of the user's language over the vocabulary."""
    spoken = context.vocabulary.in_language(context.language)
    return context if spoken is context.vocabulary else replace(context, vocabulary=spoken)


def _log(outline: Outline, assembler: Assembler, lines: list[ScannedLine]) -> Reading:
    dates = [found for line in lines for found in line.dates]
    entries = _without_mentions(_without_repeats(_without_intended(outline, lines)), outline, lines)
    made = [assembler.logged(entry) for entry in entries]
    exercises = tuple(exercise for exercise in made if not _is_cut_off(exercise))
    unread = [*outline.unread, *(UnreadLine(e.line, e.raw) for e in made if _is_cut_off(e))]
    return Reading(
        "log",
        date=dates[0].value if dates else None,
        title=outline.title,
        exercises=exercises,
        unread=tuple(sorted(unread, key=lambda line: line.line)),
        notes=tuple(outline.notes),
    )


def _without_intended(outline: Outline, lines: list[ScannedLine]) -> list[Entry]:
    """`squat 100x5 done. Tomorrow bench 80x5`: what is still to be done is no part of a log and shown as unread."""
    by_number = {line.number: line for line in lines}
    told = {id(e) for e in outline.entries if e.line in by_number and is_told_ahead(by_number[e.line], e)}
    for number in sorted({entry.line for entry in outline.entries if id(entry) in told and entry.has_amounts}):
        outline.unread.append(UnreadLine(number, by_number[number].text.strip()[:LONGEST_SHOWN]))
    return [entry for entry in outline.entries if id(entry) not in told]


def _without_mentions(entries: list[Entry], outline: Outline, lines: list[ScannedLine]) -> list[Entry]:
    """`bench 80x8, then stretching`: what was only mentioned beside figures of others has no set and stays unread."""
    if not any(entry.has_amounts for entry in entries):
        return entries
    library = Vocabulary.library()
    kept: list[Entry] = []
    by_number = {line.number: line for line in lines}
    for entry in entries:
        best = entry.spot.resolution.best
        known = library.get_exercise(best.key) if best is not None else None
        if entry.has_amounts or known is None or known.category != "mobility":
            kept.append(entry)
        elif entry.line in by_number:
            outline.unread.append(UnreadLine(entry.line, entry.spot.text))
    return kept


def _unread_of_talk(outline: Outline, lines: list[ScannedLine]) -> tuple[UnreadLine, ...]:
    """Where nothing was read, the lines that break off (`bench 80x`) are shown beside those left unread."""
    told = {line.line for line in outline.unread}
    broken = [a for a in lines if ends_cut_off(a.atoms) or _lacks_a_figure(a)]
    cut = [UnreadLine(a.number, a.text.strip()) for a in broken if a.number not in told]
    return tuple(sorted([*outline.unread, *cut], key=lambda line: line.line))


def _lacks_a_figure(line: ScannedLine) -> bool:
    """`bench 100` and a name with an unreadable number tell of training, and too little of it to be read."""
    told = [atom for atom in line.atoms if atom.kind != "sep"]
    if _tells_sets_in_words(line):
        return True
    if not any(atom.kind == "name" for atom in told):
        return False
    is_plain = all(atom.kind in ("name", "amount", "at") for atom in told)
    if any(atom.role == "plan" and "/" in atom.text for atom in told):
        # `Squat 5/3/1` names a scheme and no sets.
        return True
    return line.has_role("cut_off") or (
        is_plain and any(atom.unit in (None, "kg", "lb") for atom in told if atom.is_number)
    )


def _tells_sets_in_words(line: ScannedLine) -> bool:
    """`squat 100 kg, cinque serie da cinque`: a load and the word for sets, whose number nobody taught the reader."""
    has_load = any(a.is_number and a.unit in (None, "kg", "lb") and (a.low or 0) >= LIGHTEST_LOAD for a in line.atoms)
    counts = any(a.kind == "mark" and a.role in ("set", "rep") for a in line.atoms)
    return has_load and counts and not line.has_role("question", "greeting", "tomorrow", "life")


def _is_cut_off(exercise: LoggedExercise) -> bool:
    """`squat 80x` has no sets to store: the line is shown as unread."""
    return not exercise.sets and any(doubt.detail == "cut off" for doubt in exercise.doubts)


def _without_repeats(entries: list[Entry]) -> list[Entry]:
    """Leave out a name without figures where the same exercise comes with figures: `Did bench today. Bench 3x8.`"""
    told = {_key(entry): entry for entry in reversed(entries) if entry.has_amounts}
    kept: dict[int, Entry] = {}
    for entry in entries:
        better = entry if entry.has_amounts else told.get(_key(entry), entry)
        kept.setdefault(id(better), better)
    return list(kept.values())


def _key(entry: Entry) -> str | None:
    best = entry.spot.resolution.best
    return best.key if best is not None else entry.spot.resolution.name or entry.spot.text.casefold()


def _program(outline: Outline, assembler: Assembler) -> Reading:
    days = []
    by_day: dict[int, list[Entry]] = {}
    for entry in outline.entries:
        by_day.setdefault(entry.day, []).append(entry)
    for index, draft in enumerate(outline.days):
        entries = by_day.get(index, [])
        if entries:
            made = tuple(assembler.prescribed(entry, outline.whole_rest) for entry in entries)
            days.append(Day(draft.name, draft.week, draft.weekday, made))
    return Reading(
        "program", title=outline.title, days=tuple(days), unread=tuple(outline.unread), notes=tuple(outline.notes)
    )
