"""What kind of text it is: a log of what was done, a program of what is to be done, or neither.

Cues are weighed; the weights say how telling a cue is, not how often it occurs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from parser.atoms import Atom
from parser.document import Entry, Outline
from parser.future import is_told_ahead, opens_with_future
from parser.lines import ScannedLine
from parser.normalise import fold
from parser.reading import Intent, Kind
from parser.vocabulary import Vocabulary
from parser.work_shapes import (
    details_sets,
    has_three_factors,
    is_achieved_list,
    is_list_of_holds,
    is_load_by_reps,
    is_open_set_done,
    is_uneven_at_load,
    is_uneven_list,
    tells_laps,
    tells_time_of_way,
)

PROGRAM_ROLES = {
    "plan": 2.0,
    "tomorrow": 2.5,
    "future": 0.8,
    "intend": 0.8,
    "training_max": 2.0,
    "emom": 2.0,
    "circuit": 1.5,
    "ladder": 1.0,
    "rest_tail": 1.0,
    "tempo_value": 1.5,
    "rest_pause": 0.5,
    "back_off": 0.5,
}
LOG_ROLES = {
    "past": 3.0,
    "today": 2.5,
    "missed": 2.0,
    "skip": 1.5,
    "correct": 1.5,
    "other_day": 0.7,
    "recap": 4.0,
    "link": 2.0,
    "duration": 1.0,
}
# More than a load and `hit` together: what is told ahead was not done.
TOLD_AHEAD = 6.0
SURE_NAME = 0.88
MOST_DAYS_OF_A_WEEK = 7
# How another week went is told in plans as well.
OTHER_WEEKS = (
    "last week",
    "last time",
    "last session",
    "прошл",
    "letzte",
    "pasada",
    "dernier",
    "passada",
    "ultima vez",
)


@dataclass(slots=True)
class Cues:
    """How much speaks for a log and for a program, and what was seen."""

    log: float = 0.0
    program: float = 0.0
    seen: list[str] = field(default_factory=list)

    def add(self, kind: str, weight: float, what: str) -> None:
        """Count a cue once."""
        if what in self.seen:
            return
        self.seen.append(what)
        if kind == "log":
            self.log += weight
        else:
            self.program += weight


def decide_kind(lines: list[ScannedLine], outline: Outline, has_progression: bool = False) -> tuple[Kind, Cues]:
    """Tell the kind of a text from its lines and its outline."""
    cues = Cues()
    entries = [entry for entry in outline.entries if not entry.is_question]
    if not entries:
        return "other", cues
    if has_progression:
        cues.add("program", PROGRAM_ROLES["plan"], "progression")
    _cues_of_lines(lines, cues)
    _cues_of_time(lines, entries, cues)
    _cues_of_talk(lines, entries, cues)
    _cues_of_outline(outline, cues, any(line.is_dated for line in lines))
    _cues_of_figures(entries, cues)
    if not _has_real_work(entries, outline, cues, lines):
        return "other", cues
    if cues.program or cues.log:
        return ("log" if cues.log >= cues.program else "program"), cues
    return _plain_kind(entries), cues


def _cues_of_lines(lines: list[ScannedLine], cues: Cues) -> None:
    for line in lines:
        if line.dates:
            cues.add("log", 5.0, "date")
        for before, atom in zip([None, *line.atoms], line.atoms, strict=False):
            if before is not None and before.role == "intend" and atom.role == "past":
                continue
            if atom.role in ("tomorrow", "intend", "future") and _follows_sets(line.atoms, atom):
                continue
            if atom.kind == "amount" and atom.role == "clock" and atom.unit == "other_unit":
                cues.add("log", 2.0, "time of day")
            if atom.kind != "mark" or (atom.role == "rest_tail" and any(a.unit == "rpe" for a in line.atoms)):
                # `RPE was 8 on all of them` tells no rest.
                continue
            if atom.role == "plan" and fold(atom.text).startswith("deload"):
                cues.add("program", 0.8, "deload")
            elif atom.role in PROGRAM_ROLES:
                cues.add("program", PROGRAM_ROLES[atom.role], atom.role)
            elif atom.role in LOG_ROLES:
                cues.add("log", LOG_ROLES[atom.role], atom.role)
        if line.set_label and not any(a.unit in ("set",) or a.high != a.low for a in line.atoms if a.kind == "amount"):
            cues.add("log", 2.0, "set label")


def _cues_of_talk(lines: list[ScannedLine], entries: list[Entry], cues: Cues) -> None:
    """How it went, told behind the figures of a day, is known when the day is over."""
    worked = {entry.line for entry in entries if entry.has_amounts}
    for line in lines:
        if any(words in fold(line.text) for words in OTHER_WEEKS):
            continue
        if worked and line.number >= min(worked) and not line.has_role("tomorrow", "intend", "future", "plan"):
            figures = [a.end for a in line.atoms if a.kind == "amount"] if line.number in worked else []
            if any(a.kind == "mark" and a.role == "past" and a.start >= max(figures, default=0) for a in line.atoms):
                cues.add("log", 1.5, "told behind figures")


def _follows_sets(atoms: list[Atom], mark: Atom) -> bool:
    """`bench 80x8, more next time`: what is meant for later stands behind what was done."""
    before = [a for a in atoms if a.end <= mark.start]
    return any(is_load_by_reps(before, i) for i in range(len(before)))


def _cues_of_time(lines: list[ScannedLine], entries: list[Entry], cues: Cues) -> None:
    """What is told ahead is a plan, whatever loads it has; a text that opens with `did` tells what was done."""
    by_number = {line.number: line for line in lines}
    ahead = [entry for entry in entries if entry.line in by_number and is_told_ahead(by_number[entry.line], entry)]
    if (ahead and len(ahead) == len(entries)) or opens_with_future(lines, entries):
        cues.add("program", TOLD_AHEAD, "told ahead")
    opening = next((line for line in lines if any(a.kind != "sep" for a in line.atoms)), None)
    if opening is not None and opening.first_role() == "past" and not ahead:
        cues.add("log", 2.5, "opens as done")


def _cues_of_outline(outline: Outline, cues: Cues, is_dated: bool) -> None:
    for heading in outline.headings:
        if len(outline.headings) == 1 and _counts_workouts(heading.name):
            continue
        if heading.kind == "section" or (is_dated and heading.week is None and not heading.has_day):
            continue
        if heading.week is not None or heading.has_day:
            cues.add("program", 2.5, "day heading")
        elif heading.weekday is not None:
            cues.add("program", 2.0, "weekday heading")
    named = [h for h in outline.headings if h.kind != "section"]
    if len(named) >= 2 and not is_dated:
        cues.add("program", 1.5, "several headings")
    for entry in outline.entries:
        if entry.scope is not None and (entry.scope.rounds or entry.scope.atoms or entry.scope.is_open_ended):
            cues.add("program", 2.0, "scope")
    if outline.whole_rest:
        cues.add("program", 1.5, "rest for all")


def _counts_workouts(name: str) -> bool:
    """`Workout 14` is the fourteenth that was done; no plan has so many days."""
    numbers = re.findall(r"\d+", name)
    return len(numbers) == 1 and int(numbers[0]) > MOST_DAYS_OF_A_WEEK


def _cues_of_figures(entries: list[Entry], cues: Cues) -> None:
    for entry in entries:
        if any(is_achieved_list(part) for part in entry.parts):
            cues.add("log", 2.0, "load and repetitions of each set")
        if any(details_sets(part) for part in entry.parts):
            cues.add("log", 1.5, "repetitions in brackets")
        if any(tells_laps(part) for part in entry.parts):
            cues.add("log", 2.5, "time of each lap")
        if any(is_list_of_holds(part) for part in entry.parts):
            cues.add("log", 1.5, "time of each hold")
        if any(is_uneven_at_load(part) for part in entry.parts):
            cues.add("log", 2.0, "repetitions that fell")
        if len(entries) == 1 and any(is_uneven_list(part) for part in entry.parts):
            cues.add("log", 2.0, "repetitions of each set")
        one_by_one = sum(any(is_load_by_reps(part, i) for i in range(len(part))) for part in entry.parts)
        if any(sum(is_load_by_reps(part, i) for i in range(len(part))) >= 2 for part in entry.parts) or one_by_one > 2:
            cues.add("log", 2.0, "sets told one by one")
        if any(tells_time_of_way(part) for part in entry.parts) and _is_way(entry):
            cues.add("log", 1.5, "distance in a time")
        if any(has_three_factors(part) for part in entry.parts) and _is_lift(entry):
            cues.add("log", 1.0, "load in a product")
        if any(is_open_set_done(part) for part in entry.parts):
            cues.add("log", 4.0, "what an open set became")
        is_way = _is_way(entry)
        for part in entry.parts:
            for index, atom in enumerate(part):
                if not (is_way and atom.unit == "percent"):
                    _cue_of_atom(part, index, atom, cues)


def _is_way(entry: Entry) -> bool:
    """The percent of a treadmill is how steep it was."""
    best = entry.spot.resolution.best
    known = Vocabulary.library().get_exercise(best.key) if best is not None else None
    return known is not None and known.measure == "distance"


def _cue_of_atom(part: list[Atom], index: int, atom: Atom, cues: Cues) -> None:
    if atom.kind != "amount":
        if atom.kind == "mark" and atom.role in ("amrap",):
            cues.add("program", 0.9, "amrap")
        return
    if is_load_by_reps(part, index):
        cues.add("log", 1.0, "load by repetitions")
    if atom.unit == "percent":
        cues.add("program", 2.5, "percent")
    elif atom.unit == "rest":
        cues.add("program", 1.5, "rest")
    elif atom.unit == "amrap":
        cues.add("program", 2.0, "amrap")
    elif atom.unit == "round":
        cues.add("program", 1.0, "rounds")
    elif atom.is_plus:
        cues.add("program", 2.0, "plus")
    elif atom.high != atom.low and atom.unit in (None, "rep", "set", "second"):
        cues.add("program", 2.5, "range")


def _has_real_work(entries: list[Entry], outline: Outline, cues: Cues, lines: list[ScannedLine]) -> bool:
    """Tell whether something was read at all: talk with a name and a number in it is no training content."""
    worked = [entry for entry in entries if _works(entry)]
    asks = any(line.has_role("question") for line in lines)
    is_talk = any(line.has_role("greeting", "life", "training_max", "question") for line in lines)
    if is_talk and len(lines) == 1 and not any(entry.spot.resolution.score for entry in entries):
        return False
    if worked:
        return not (asks and not cues.seen and all(entry.has_chatter for entry in worked))
    if asks or any(line.has_role("greeting") for line in lines):
        return False
    if len(entries) == 1 and cues.seen == ["amrap"] and _tells_a_wish(entries[0]):
        return False
    return (
        len(entries) >= 2 or bool(outline.headings) or outline.title is not None or cues.program > 0 or cues.log >= 3.0
    )


def _works(entry: Entry) -> bool:
    """Tell whether an entry has sets, repetitions, a time, a distance or a percent, not just a weight."""
    if entry.scope is not None and (entry.scope.rounds or entry.scope.atoms):
        return True
    most = 300 if entry.spot.resolution.score >= SURE_NAME and not _is_lift(entry) and _is_bodyweight(entry) else 30
    for part in entry.parts:
        amounts = [a for a in part if a.kind == "amount"]
        if any(a.unit in ("rep", "set", "metre", "percent", "amrap", "round", "pair") for a in amounts):
            return True
        if any(a.unit == "second" for a in amounts) and not _is_lift(entry):
            return True
        is_single = any(a.unit in ("kg", "lb") for a in amounts) and not any(a.kind == "word" for a in part)
        if is_single and any(a.unit == "repmax" and (a.low or 0) > 1 for a in amounts):
            return True
        if any(a.kind == "times" for a in part) and len(amounts) >= 2:
            return True
        bare = [a for a in amounts if a.unit in (None, "kg", "lb", "bodyweight", "bar", "plate")]
        is_talk = sum(a.kind == "word" for a in part) >= 2 and all((a.low or 0) > 30 for a in bare)
        if (len(bare) >= 2 and not is_talk) or (
            any(a.unit is None and not a.sign and (a.low or 0) <= most for a in bare) and not entry.has_chatter
        ):
            return True
    return False


def _tells_a_wish(entry: Entry) -> bool:
    """`my bench max is 120 but I want 140` has a best and loads among words, and no sets."""
    atoms = [a for part in entry.parts for a in part]
    loads = [a for a in atoms if a.kind == "amount" and a.unit in (None, "kg", "lb") and (a.low or 0) > 30]
    return bool(loads) and sum(a.kind in ("word", "mark") for a in atoms) >= 3


def _is_lift(entry: Entry) -> bool:
    """Tell whether the exercise is one that a time alone says nothing of."""
    best = entry.spot.resolution.best
    known = Vocabulary.library().get_exercise(best.key) if best is not None else None
    return known is not None and known.measure == "weight_reps" and not known.is_bodyweight


def _plain_kind(entries: list[Entry]) -> Kind:
    """Without cues: loads make a log, so do single achieved figures; bare sets x repetitions make a program."""
    if any(_has_load(entry) for entry in entries):
        return "log"
    told = [entry for entry in entries if entry.has_amounts] or entries
    plans = [entry for entry in told if _is_sets_by_reps(entry)]
    if len(plans) < (len(told) + 1) // 2:
        return "log"
    is_bodyweight_line = len(entries) == 1 and entries[0].spot.resolution.best is not None
    if is_bodyweight_line and entries[0].is_warmup is False and _is_bodyweight(entries[0]):
        return "log"
    return "program"


def _is_bodyweight(entry: Entry) -> bool:
    best = entry.spot.resolution.best
    known = Vocabulary.library().get_exercise(best.key) if best is not None else None
    return known is not None and (known.is_bodyweight or known.measure in ("reps", "duration"))


def _has_load(entry: Entry) -> bool:
    if entry.scope is not None and entry.scope.equipment:
        return True
    for part in entry.parts:
        for index, atom in enumerate(part):
            if atom.kind != "amount":
                continue
            if atom.unit in ("kg", "lb", "plate", "bar"):
                return True
            if atom.unit == "pair" and (
                atom.has_decimals or (any(a.kind == "times" for a in part) and not _in_product(part, index))
            ):
                return True
            if atom.unit is None and (atom.has_decimals or (atom.low or 0) > 30 or atom.sign):
                return True
            if atom.unit is None and index and part[index - 1].kind == "at" and (atom.low or 0) > 10:
                return True
            is_behind = index > 2 and part[index - 1].kind == "amount" and part[index - 2].kind == "times"
            if atom.unit is None and is_behind and (atom.low or 0) >= 10 and _is_lift(entry):
                return True
            if sum(a.kind == "times" for a in part) >= 2 and not any(
                a.unit in ("second", "metre", "percent") for a in part
            ):
                return True
            follows_times = index + 1 < len(part) and part[index + 1].kind == "times"
            if atom.unit is None and follows_times and (atom.low or 0) > 10:
                return True
    return False


def _in_product(part: list[Atom], index: int) -> bool:
    before = index > 0 and part[index - 1].kind == "times"
    return before or (index + 1 < len(part) and part[index + 1].kind == "times")


def _is_sets_by_reps(entry: Entry) -> bool:
    for part in entry.parts:
        for index, atom in enumerate(part):
            if atom.kind == "times" and 0 < index < len(part) - 1:
                return True
            if atom.kind == "amount" and atom.unit == "set":
                return True
    return not entry.has_amounts


def intent_of(lines: list[ScannedLine]) -> Intent:
    """Tell questions and greetings from other talk."""
    if any(line.has_role("question") or "?" in line.text for line in lines):
        return "question"
    if any(line.has_role("greeting") for line in lines):
        return "greeting"
    return "chatter"
