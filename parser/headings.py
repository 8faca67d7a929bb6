"""Headings: which lines open a day, a week, a block or a section, and what they are called."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from parser.atoms import Atom
from parser.lexicon import Lexicon, load_lexicon
from parser.lines import ScannedLine
from parser.normalise import fold

EDGES = " \t-:*#•_=|.,;>~\"'!+("
LONGEST_NAME = 80
MOVEMENTS = frozenset({"squat", "bench", "deadlift", "press", "hinge", "жим", "тяга", "dips"})
DAY_LETTERS = frozenset("abcdefgh") | frozenset("абвг") | frozenset({"i", "ii", "iii", "iv"})


@dataclass(slots=True)
class Heading:
    """A heading: kind is day, week or section. `rest` are the atoms behind its name on the same line."""

    kind: str
    name: str
    week: int | None = None
    weekday: int | None = None
    has_day: bool = False
    rest: list[Atom] = field(default_factory=list)
    is_rest_day: bool = False


def is_body_part(text: str, lexicon: Lexicon) -> bool:
    """`LEGS` and `Chest` head a day, although a lifter may call a leg press `legs`."""
    words = [fold(word) for word in re.findall(r"[^\W_]+", text)]
    return all(word in lexicon.heading_words and word not in MOVEMENTS for word in words)


def clean_name(text: str) -> str:
    """Take the signs off the edges of a heading, and pictures out of it."""
    text = re.sub(r"\s+", " ", text.replace("•", " ")).strip(EDGES)
    if text.count("(") > text.count(")"):
        text += ")"
    return text[:LONGEST_NAME]


def read_heading(
    line: ScannedLine, text: str, lexicon: Lexicon, has_names: bool, has_figures: bool, is_numbered: bool = False
) -> Heading | None:
    """Read a line as a heading, or give None. `has_names` and `has_figures` tell what else is in the line.

    `is_numbered` tells of one of several headings such as `Push 4`, whose number counts days.
    """
    atoms = line.atoms
    core = [a for a in atoms if a.kind != "sep"]
    if not core:
        return None
    heading = _calendar(line, text)
    if heading is not None:
        return heading
    if line.hashes and not has_figures:
        return Heading("day" if not _is_section(core) else "section", clean_name(text[line.start : line.end]))
    if has_figures or has_names:
        return None
    return _by_words(line, text, lexicon, [a for a in core if a.kind != "amount"] if is_numbered else core)


def _calendar(line: ScannedLine, text: str) -> Heading | None:
    """Read `Day 1 - Push`, `Week 2 Day 1`, `wk1 d1`, `Workout A:`, `Mon: ...`, `5/3/1 week 1`."""
    position, week, weekday, has_day, end = 0, None, None, False, 0
    atoms = line.atoms
    while position < len(atoms):
        atom = atoms[position]
        following = atoms[position + 1] if position + 1 < len(atoms) else None
        if (
            atom.role == "week"
            and following is not None
            and following.unit is None
            and following.low is not None
            and following.kind == "amount"
        ):
            week, end, position = int(following.low), following.end, position + 2
        elif (
            atom.role == "day" and following is not None and _is_day_number(following) and not _is_back(atom, following)
        ):
            has_day, end, position = True, following.end, position + 2
            if position < len(atoms) and atoms[position].kind == "amount" and atoms[position].start == end:
                end, position = atoms[position].end, position + 1
        elif atom.role == "weekday":
            weekday, end, position = atom.value, atom.end, position + 1
        elif atom.kind == "amount" and atom.unit in ("week", "day") and (week is None or not has_day) and position <= 1:
            if following is None or following.kind == "amount":
                break
            week, has_day = (int(atom.low or 0), has_day) if atom.unit == "week" else (week, True)
            end, position = atom.end, position + 1
        elif (
            end
            and atom.kind == "sep"
            and atom.text in ",-/(.:|•>"
            and following is not None
            and following.role in ("week", "day", "weekday")
        ):
            position += 1
        elif end or not _may_lead(atoms, position):
            break
        else:
            position += 1
    if not end:
        return None
    return _with_rest(
        line,
        text,
        Heading("day" if has_day or weekday is not None else "week", "", week, weekday, has_day),
        position,
        end,
    )


def _is_day_number(atom: Atom) -> bool:
    if atom.kind == "amount":
        return (
            atom.unit in (None, "kg")
            and atom.low is not None
            and atom.low <= 60
            and not atom.sign
            and atom.low == atom.high
        )
    return atom.kind in ("word", "mark", "at", "of", "name", "times") and (
        fold(atom.text) in DAY_LETTERS or atom.role == "number"
    )


def _is_back(atom: Atom, following: Atom) -> bool:
    """The `dos` of `Séance dos` is the back of a Frenchman, not the two of a Spaniard."""
    return fold(following.text) == "dos" and fold(atom.text) in ("seance", "jour")


def _may_lead(atoms: list[Atom], position: int) -> bool:
    """What may stand in front of the word for week or day: `5/3/1 week 1`, `next block, wk1 d1`."""
    atom = atoms[position]
    if position <= 1 and _is_lettered(atoms):
        return True
    if position > 8 or not any(a.role in ("week", "day") for a in atoms[position + 1 : position + 7]):
        return False
    if atom.kind == "mark":
        return atom.role in ("tomorrow", "plan", "template", "number", "deload", "section")
    return atom.kind == "sep" or (atom.kind == "amount" and atom.unit is None) or atom.kind == "word"


def _is_lettered(atoms: list[Atom]) -> bool:
    """`A - Monday: squat 3x5`: the letter of a day stands in front of its weekday."""
    if len(atoms) < 3 or atoms[0].kind in ("amount", "name") or atoms[1].kind != "sep":
        return False
    return fold(atoms[0].text) in DAY_LETTERS and atoms[1].text in "-:.)/" and atoms[2].role == "weekday"


def _with_rest(line: ScannedLine, text: str, heading: Heading, position: int, end: int) -> Heading | None:
    """Tell the heading's own words from exercises that follow it on the line."""
    rest = line.atoms[position:]
    is_empty = not [a for a in rest if a.kind not in ("sep",)]
    if is_empty:
        heading.name = clean_name(text[line.start : line.end])
        return heading
    first = rest[0]
    cut = _figures_start(rest)
    if cut is None:
        heading.is_rest_day = any(a.role in ("restday", "rest") for a in rest)
        heading.name = clean_name(text[line.start : line.end])
        return heading
    if (
        (first.kind == "sep" and first.text in ":-•>|.,;=")
        or heading.has_day
        or heading.week is not None
        or heading.weekday is not None
    ):
        inner = _last_colon(rest, cut)
        if inner is not None:
            heading.name = clean_name(text[line.start : rest[inner].start])
            heading.rest = rest[inner + 1 :]
            return heading
        if first.kind == "sep" and first.text in ":-•>|.=;,":
            heading.name = clean_name(text[line.start : end])
            heading.rest = rest[1:]
            return heading
        if first.kind in ("name", "amount", "word") or first.role == "plan":
            heading.name = clean_name(text[line.start : end])
            heading.rest = rest
            return heading
    return None


def _figures_start(rest: list[Atom]) -> int | None:
    """Find where figures of exercises start behind a heading."""
    units = (None, "kg", "lb", "rep", "set", "round", "second", "metre", "percent", "amrap", "pair", "bodyweight")
    colon = next((i for i, a in enumerate(rest) if a.kind == "sep" and a.text == ":"), 0)
    depth = 0
    for index, atom in enumerate(rest):
        depth += (atom.text == "(") - (atom.text == ")") if atom.kind == "sep" else 0
        if (
            atom.kind == "amount"
            and not (depth and index < colon)
            and atom.unit in units
            and not (atom.unit == "second" and "clock" in atom.role and index < 2)
        ):
            return index
    names = [i for i, atom in enumerate(rest) if atom.kind == "name"]
    return names[0] if len(names) > 1 else None


def _last_colon(rest: list[Atom], cut: int) -> int | None:
    """`Day 1 (Push): bench 3x8` names the day up to the colon."""
    depth = 0
    for index in range(cut):
        if rest[index].kind == "sep" and rest[index].text in "()":
            depth += 1 if rest[index].text == "(" else -1
        if rest[index].kind == "name" and depth == 0 and not is_body_part(rest[index].text, load_lexicon()):
            return None
        if rest[index].kind == "sep" and rest[index].text == ":":
            return index
    return None


def _is_section(core: list[Atom]) -> bool:
    """Warm-up, Main and Accessories are parts of a day, not days."""
    has_letter = len(core) > 1 and core[0].kind == "word" and len(core[0].text) == 1
    told = core[1:] if has_letter else core
    return told[0].role in ("section", "warmup", "note", "rest") and len(told) <= 3


def _by_words(line: ScannedLine, text: str, lexicon: Lexicon, core: list[Atom]) -> Heading | None:
    """Read `PUSH`, `Chest / back`, `Arms day`, `Core finisher:`, `Push (heavy)` as headings."""
    raw = text[line.start : line.end].strip()
    words = [fold(a.text) for a in core for _ in (0,)]
    has_colon = raw.rstrip(" *_").endswith(":")
    if _is_section(core):
        return Heading("section", clean_name(raw)) if has_colon or len(words) <= 2 else None
    if any(a.kind == "amount" and a.unit is not None for a in core) or line.has_role(
        "question", "past", "greeting", "link"
    ):
        return None
    keys = [key for word in words for key in re.findall(r"[^\W_]+", word)]
    known = sum(key in lexicon.heading_words for key in keys)
    if len(keys) <= 7 and keys and known == len(keys):
        return Heading("day", clean_name(raw))
    if len(keys) <= 8 and (line.has_role("day", "plan", "weekday") or has_colon) and known:
        return Heading("day", clean_name(raw))
    if has_colon and len(keys) <= 8:
        return Heading("day", clean_name(raw))
    return None
