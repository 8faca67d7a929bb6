"""What a text means that is typed while a plan is edited: words, a tempo, figures, exercises to add.

What cannot be told for sure is asked: which exercise, or whether the figures are meant so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.usecases.naming import typed_name
from bot.usecases.plan_questions import Args, What
from bot.usecases.plan_screens import EditedExercise, Screen
from bot.usecases.plan_wording import Order, Wording, in_order, read_exercises, read_figures, wording_of
from bot.usecases.program_doubts import typed_words
from bot.usecases.program_limits import MOST_SETS
from bot.usecases.reading_context import reading_context, vocabulary_of
from parser import Candidate, Confidence, PrescribedExercise, read_shorthand
from storage.models import Exercise

if TYPE_CHECKING:
    from bot.turn import Turn

MOST_FOUND: Final = 6
LIKELY: Final = 0.5
LONGEST_NOTE: Final = 500
LONGEST_DESCRIPTION: Final = 1000
NAME_WORDS: Final = 8
WORD: Final = re.compile(r"[^\W\d_]+")
LONGEST_JOINT: Final = 3
"""Words up to this length may join what was read to what was left: "and", "und", "por"."""
TEMPO_MARKS: Final = str.maketrans("", "", " -–./:,")


@dataclass(frozen=True, slots=True)
class Ready:
    """What can be done at once: words, or exercises each with its wording."""

    words: str = ""
    parts: tuple[tuple[Exercise | None, Wording | None], ...] = ()


@dataclass(frozen=True, slots=True)
class AskName:
    """Which exercise is meant. `args` is what the answer has to bring along."""

    words: str
    candidates: tuple[Candidate, ...]
    args: Args


@dataclass(frozen=True, slots=True)
class AskFigures:
    """Whether figures are meant as they were read, or in which of several orders."""

    name: str
    wording: Wording
    args: Args


@dataclass(frozen=True, slots=True)
class Misfit:
    """More than a prescription holds, or nothing that can be read. The question stays open."""

    notice: str
    words: str = ""


Understood = Ready | AskName | AskFigures | Misfit


async def understand(turn: Turn, what: What, screen: Screen, args: Args) -> Understood | None:
    """Tell what a text means, with the answers given so far; None where it is something else than was asked for."""
    if what in ("workout_name", "new_workout"):
        name = await typed_name(turn)
        return None if name is None else Ready(name)
    if what in ("note", "description"):
        name = await typed_name(turn) if "\n" not in turn.text.strip() else turn.text
        longest = LONGEST_NOTE if what == "note" else LONGEST_DESCRIPTION
        return None if name is None else Ready(turn.text.strip()[:longest])
    if what == "tempo":
        return _tempo(turn.text)
    if what == "figures" and isinstance(screen, EditedExercise):
        return await _figures(turn, screen, args)
    return await _exercises(turn, what, args)


def _tempo(text: str) -> Ready | Misfit | None:
    """Read a tempo such as "3-1-1-0" or "31X0"."""
    plain = text.strip().removeprefix("tempo").translate(TEMPO_MARKS).upper()
    if len(plain) in (3, 4) and all(one.isdigit() or one == "X" for one in plain):
        return Ready(plain)
    return Misfit("editing-tempo-unread") if any(one.isdigit() for one in text) and len(text) < 20 else None


async def _figures(turn: Turn, screen: EditedExercise, args: Args) -> Ready | AskFigures | Misfit | None:
    exercise = screen.prescription.exercise
    context = await reading_context(turn, None)
    text = str(args["text"])
    if await _names_another(turn, text, exercise):
        return None
    if "order" in args:
        read = in_order(f"{exercise.name}: {text}", context, _order(args))
        wording = None if read is None else wording_of(read, text, context)
    else:
        wording = read_figures(text, exercise.name, context)
    if wording is None:
        return Misfit("editing-figures-unread") if any(one.isdigit() for one in text) else None
    doubt = _doubt(exercise.name, wording, args)
    return Ready(parts=((None, wording),)) if doubt is None else doubt


async def _names_another(turn: Turn, text: str, exercise: Exercise) -> bool:
    """Tell whether a text names another exercise, and so is no figure for this one."""
    reading = read_shorthand(text, await reading_context(turn, None))
    keys = {one.key for one in reading.prescribed} | {one.key for one in reading.exercises}
    rows = await turn.work.exercises.find_by_keys(key for key in keys if key is not None)
    return any(row.root_id != exercise.root_id for row in rows.values())


async def _exercises(turn: Turn, what: What, args: Args) -> Understood | None:
    text = str(args["text"]).strip()
    context = await reading_context(turn, None)
    reads = read_exercises(text, context)
    if not reads:
        if "\n" in text or "?" in text or len(text.split()) > NAME_WORDS or any(one.isdigit() for one in text):
            return None
        return await _bare_name(turn, text, args)
    if len(reads) > 1:
        return await _many(turn, what, reads, text)
    if "key" not in args and _leaves_words(reads[0], text):
        return Misfit("editing-one-by-one", text)
    read = reads[0] if "order" not in args else in_order(text, context, _order(args)) or reads[0]
    wording = wording_of(read, text, context)
    exercise = await _chosen(turn, read, args)
    if exercise is None:
        return await _which(turn, typed_words(read), read)
    doubt = _doubt(exercise.name, wording, args)
    return Ready(parts=((exercise, wording if wording.says_something else None),)) if doubt is None else doubt


async def _bare_name(turn: Turn, text: str, args: Args) -> Ready | AskName:
    exercise = await _chosen(turn, None, args)
    return Ready(parts=((exercise, None),)) if exercise is not None else await _which(turn, text, None)


async def _many(turn: Turn, what: What, reads: Sequence[PrescribedExercise], text: str) -> Ready | Misfit:
    """Take several lines, where every one of them is sure."""
    context = await reading_context(turn, None)
    parts = []
    for read in reads:
        wording = wording_of(read, read.raw, context)
        exercise = await _chosen(turn, read, {})
        is_sure = exercise is not None and wording.is_sure and read.confidence is not Confidence.LOW
        if what != "add" or not is_sure or not wording.fits:
            return Misfit("editing-one-by-one", read.raw.strip())
        parts.append((exercise, wording))
    return Ready(parts=tuple(parts))


def _leaves_words(read: PrescribedExercise, text: str) -> bool:
    """Tell whether words of a text are no part of what was read: they may name another exercise."""
    before, _, behind = text.partition(read.raw.strip())
    return any(len(word) > LONGEST_JOINT for word in WORD.findall(before + behind))


def _order(args: Args) -> Order:
    order: Order = args["order"]
    return order


def _doubt(name: str, wording: Wording, args: Args) -> AskFigures | Misfit | None:
    """Say what stands against figures: more than fits, or something that has to be asked."""
    if not wording.fits:
        return Misfit("editing-too-many-sets" if wording.sets > MOST_SETS else "editing-out-of-bounds", name)
    return None if wording.is_sure or args.get("sure") else AskFigures(name, wording, {})


async def _chosen(turn: Turn, read: PrescribedExercise | None, args: Args) -> Exercise | None:
    """Find the exercise that was chosen by a button, or surely named."""
    key = args.get("key")
    if key is None and read is not None and not any(one.kind == "name" for one in read.doubts):
        key = read.key
    return None if key is None else (await turn.work.exercises.find_by_keys([key])).get(key)


async def _which(turn: Turn, words: str, read: PrescribedExercise | None) -> AskName:
    vocabulary = await vocabulary_of(turn)
    near = [one for one in vocabulary.search(words, MOST_FOUND) if one.score >= LIKELY]
    found = {one.key: one for one in (*(read.candidates if read is not None else ()), *near)}
    return AskName(words, tuple(found.values())[:MOST_FOUND], {})
