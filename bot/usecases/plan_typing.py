"""What is typed while a plan is edited: exercises to add, figures, names and notes.

A text is kept before it is read, and what cannot be told for sure is asked: which exercise, or whether the figures are
meant so. What the user answers by a button goes the same way, with the text and the answers given so far.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Literal
from uuid import UUID

from bot.usecases import prescription_edits as edits
from bot.usecases.naming import typed_name
from bot.usecases.own_exercises import create_own, measure_of
from bot.usecases.plan_editing import MOST_EXERCISES, MOST_WORKOUTS, Changed, write
from bot.usecases.plan_screens import (
    EditedExercise,
    EditedPlan,
    EditedWorkout,
    Screen,
    exercise_screen,
    plan_screen,
    workout_screen,
)
from bot.usecases.plan_swapping import swap_in_plan
from bot.usecases.plan_wording import Order, Wording, in_order, read_exercises, read_figures, wording_of
from bot.usecases.program_doubts import typed_words
from bot.usecases.program_limits import MOST_SETS
from bot.usecases.program_plan import columns_of, scheme_of
from bot.usecases.reading_context import reading_context, vocabulary_of
from bot.usecases.substitute_choices import substitutes
from bot.usecases.targets import Prescribed, Targets, prescribed_by
from parser import Candidate, Confidence, PrescribedExercise, read_shorthand
from storage.drafts import PrescriptionDraft
from storage.errors import NotFoundError, StaleVersionError
from storage.models import Exercise, ImportStatus
from training.substitution import Lift

if TYPE_CHECKING:
    from bot.turn import Turn

DIALOGUE: Final = "plan_edit"
KIND: Final = "plan_edit"
"""What an import is whose text changed a plan."""
STAYS_OPEN: Final = timedelta(hours=3)
MOST_FOUND: Final = 6
LIKELY: Final = 0.5
LONGEST_NOTE: Final = 500
LONGEST_DESCRIPTION: Final = 1000
NAME_WORDS: Final = 8
WORD: Final = re.compile(r"[^\W\d_]+")
LONGEST_JOINT: Final = 3
"""Words up to this length may join what was read to what was left: "and", "und", "por"."""
TEMPO_MARKS: Final = str.maketrans("", "", " -–./:,")

Args = Mapping[str, Any]
What = Literal["add", "replace", "figures", "tempo", "note", "workout_name", "new_workout", "description"]


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


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for in the place of a screen. `instead` are likely answers: exercises of the same muscles."""

    what: What
    screen: Screen
    instead: tuple[Lift, ...] = ()


Told = Changed | AskName | AskFigures | Misfit


# ------------------------------------------------------------------ asking


async def begin(turn: Turn, args: Args) -> Asked | Changed:
    """Take the next text for what a button asks for."""
    what: What = args["what"]
    screen = await screen_of(turn, what, UUID(args["id"]))
    if screen is None or version_of(screen, what) != args["version"]:
        return Changed(screen, is_stale=True)
    data = {"what": what, "id": args["id"], "version": args["version"]}
    await turn.work.dialogues.ask(turn.chat_id, DIALOGUE, data, expires_at=turn.now + STAYS_OPEN, asked_at=turn.now)
    return Asked(what, screen, await _instead_of(turn, screen) if what == "replace" else ())


async def _instead_of(turn: Turn, screen: Screen) -> tuple[Lift, ...]:
    """Rank what trains the same muscles with the kit that is there."""
    if not isinstance(screen, EditedExercise):
        return ()
    found = await substitutes(turn, screen.prescription.exercise.id, MOST_FOUND)
    return tuple(one.lift for one in found)


async def swap(turn: Turn, args: Args) -> Changed:
    """Put one of the likely exercises in the place of another; a load is carried over where both have history."""
    prescription_id = UUID(args["p"])
    swapped = await swap_in_plan(turn, prescription_id, args["v"], UUID(args["e"]))
    screen = await exercise_screen(turn, prescription_id)
    if swapped is None:
        return Changed(screen, is_stale=True)
    return Changed(screen, "editing-swapped" if swapped.load is None else "editing-swapped-load")


async def stop(turn: Turn) -> None:
    """Drop the question: the user has gone on by a button."""
    if turn.dialogue is not None and turn.dialogue.kind == DIALOGUE:
        await turn.work.dialogues.close(turn.chat_id)


async def screen_of(turn: Turn, what: What, row_id: UUID) -> Screen | None:
    """Look at what a question is about."""
    if what in ("new_workout", "description"):
        return await plan_screen(turn, row_id)
    if what in ("add", "workout_name"):
        return await workout_screen(turn, row_id)
    return await exercise_screen(turn, row_id)


def version_of(screen: Screen, what: What) -> int | None:
    """Give the version that an answer goes by; None where what it is about was removed."""
    if isinstance(screen, EditedPlan) and what in ("new_workout", "description"):
        return screen.plan.version
    if isinstance(screen, EditedWorkout) and what in ("add", "workout_name"):
        return screen.workout.version
    return screen.prescription.row.version if isinstance(screen, EditedExercise) else None


# ------------------------------------------------------------------ what was typed


async def typed(turn: Turn) -> Told | None:
    """Take what was typed; None where it is something else than was asked for."""
    if turn.dialogue is None:
        return None
    return await tell(turn, {**turn.dialogue.data, "text": turn.text})


async def tell(turn: Turn, args: Args) -> Told | None:
    """Do what was typed, with the answers given so far; the state that the question went by must still be there."""
    what: What = args["what"]
    screen = await screen_of(turn, what, UUID(args["id"]))
    if screen is None:
        await stop(turn)
        return None if turn.press is None else Changed(None, is_stale=True)
    said = await _said(turn, what, screen, args)
    if said is None or isinstance(said, Misfit):
        return said
    args = await _kept(turn, screen, args)
    if version_of(screen, what) != args["version"]:
        await stop(turn)
        return Changed(screen, is_stale=True)
    if not isinstance(said, _Ready):
        return replace(said, args={**args, **said.args})
    try:
        changed = await _do(turn, what, screen, said, args)
    except (StaleVersionError, NotFoundError):
        changed = Changed(await screen_of(turn, what, UUID(args["id"])), is_stale=True)
    await stop(turn)
    await _settle(turn, args)
    return changed


@dataclass(frozen=True, slots=True)
class _Ready:
    """What can be done at once: words, or exercises each with its wording."""

    words: str = ""
    parts: tuple[tuple[Exercise | None, Wording | None], ...] = ()


async def _said(turn: Turn, what: What, screen: Screen, args: Args) -> _Ready | AskName | AskFigures | Misfit | None:
    if what in ("workout_name", "new_workout"):
        name = await typed_name(turn)
        return None if name is None else _Ready(name)
    if what in ("note", "description"):
        name = await typed_name(turn) if "\n" not in turn.text.strip() else turn.text
        longest = LONGEST_NOTE if what == "note" else LONGEST_DESCRIPTION
        return None if name is None else _Ready(turn.text.strip()[:longest])
    if what == "tempo":
        return _tempo(turn.text)
    if what == "figures" and isinstance(screen, EditedExercise):
        return await _figures(turn, screen, args)
    return await _exercises(turn, what, args)


def _tempo(text: str) -> _Ready | Misfit | None:
    """Read a tempo such as "3-1-1-0" or "31X0"."""
    plain = text.strip().removeprefix("tempo").translate(TEMPO_MARKS).upper()
    if len(plain) in (3, 4) and all(one.isdigit() or one == "X" for one in plain):
        return _Ready(plain)
    return Misfit("editing-tempo-unread") if any(one.isdigit() for one in text) and len(text) < 20 else None


async def _figures(turn: Turn, screen: EditedExercise, args: Args) -> _Ready | AskFigures | Misfit | None:
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
    return _Ready(parts=((None, wording),)) if doubt is None else doubt


def _order(args: Args) -> Order:
    order: Order = args["order"]
    return order


def _doubt(name: str, wording: Wording, args: Args) -> AskFigures | Misfit | None:
    """Say what stands against figures: more than fits, or something that has to be asked."""
    if not wording.fits:
        return Misfit("editing-too-many-sets" if wording.sets > MOST_SETS else "editing-out-of-bounds", name)
    return None if wording.is_sure or args.get("sure") else AskFigures(name, wording, {})


async def _names_another(turn: Turn, text: str, exercise: Exercise) -> bool:
    """Tell whether a text names another exercise, and so is no figure for this one."""
    reading = read_shorthand(text, await reading_context(turn, None))
    keys = {one.key for one in reading.prescribed} | {one.key for one in reading.exercises}
    rows = await turn.work.exercises.find_by_keys(key for key in keys if key is not None)
    return any(row.root_id != exercise.root_id for row in rows.values())


async def _exercises(turn: Turn, what: What, args: Args) -> _Ready | AskName | AskFigures | Misfit | None:
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
    return _Ready(parts=((exercise, wording if wording.says_something else None),)) if doubt is None else doubt


def _leaves_words(read: PrescribedExercise, text: str) -> bool:
    """Tell whether words of a text are no part of what was read: they may name another exercise."""
    before, _, behind = text.partition(read.raw.strip())
    return any(len(word) > LONGEST_JOINT for word in WORD.findall(before + behind))


async def _chosen(turn: Turn, read: PrescribedExercise | None, args: Args) -> Exercise | None:
    """Find the exercise that was chosen by a button, or surely named."""
    key = args.get("key")
    if key is None and read is not None and not any(one.kind == "name" for one in read.doubts):
        key = read.key
    return None if key is None else (await turn.work.exercises.find_by_keys([key])).get(key)


async def _bare_name(turn: Turn, text: str, args: Args) -> _Ready | AskName:
    exercise = await _chosen(turn, None, args)
    return _Ready(parts=((exercise, None),)) if exercise is not None else await _which(turn, text, None)


async def _which(turn: Turn, words: str, read: PrescribedExercise | None) -> AskName:
    vocabulary = await vocabulary_of(turn)
    near = [one for one in vocabulary.search(words, MOST_FOUND) if one.score >= LIKELY]
    found = {one.key: one for one in (*(read.candidates if read is not None else ()), *near)}
    return AskName(words, tuple(found.values())[:MOST_FOUND], {})


async def _many(turn: Turn, what: What, reads: Any, text: str) -> _Ready | Misfit:
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
    return _Ready(parts=tuple(parts))


# ------------------------------------------------------------------ doing it


async def _kept(turn: Turn, screen: Screen, args: Args) -> dict[str, Any]:
    """Keep a text that was typed before anything is made of it; one that was kept stays the receipt."""
    if "import" in args or turn.press is not None:
        return dict(args)
    row = await turn.work.imports.receive(
        turn.text, chat_id=turn.chat_id, message_id=turn.message_id, kind=KIND, status=ImportStatus.PREVIEW
    )
    return {**args, "import": str(row.id)}


async def _settle(turn: Turn, args: Args) -> None:
    if "import" in args:
        await turn.work.imports.update(UUID(args["import"]), status=ImportStatus.SAVED, reader="shorthand")


async def _do(turn: Turn, what: What, screen: Screen, said: _Ready, args: Args) -> Changed:
    row_id, version = UUID(args["id"]), int(args["version"])
    if isinstance(screen, EditedPlan):
        return await _do_in_plan(turn, what, screen, said.words)
    if isinstance(screen, EditedWorkout):
        if what == "add":
            return await _add(turn, screen, said, args)
        await turn.work.plan_editing.amend_workout(row_id, version, name=said.words)
        return Changed(await workout_screen(turn, row_id))
    if what in ("tempo", "note"):
        column = "tempo" if what == "tempo" else "notes"
        await turn.work.plan_editing.amend(row_id, version, **{column: said.words})
        return Changed(await exercise_screen(turn, row_id))
    exercise, wording = said.parts[0]
    return await _retarget(turn, row_id, exercise, wording, args)


async def _do_in_plan(turn: Turn, what: What, screen: EditedPlan, words: str) -> Changed:
    plan = screen.plan
    if what == "description":
        await turn.work.plan_editing.amend_plan(plan.id, plan.version, description=words)
        return Changed(await plan_screen(turn, plan.id))
    if len(screen.tree.workouts) >= MOST_WORKOUTS:
        return Changed(screen, "editing-most-workouts")
    workout = await turn.work.plan_editing.add_workout(plan.id, plan.version, words)
    return Changed(await workout_screen(turn, workout.id), "editing-workout-added")


async def _add(turn: Turn, screen: EditedWorkout, said: _Ready, args: Args) -> Changed:
    """Add exercises at the end of a workout; one without figures gets what is usual for it."""
    workout = screen.workout
    if len(screen.tree.prescriptions) + len(said.parts) > MOST_EXERCISES:
        return Changed(screen, "editing-most-exercises")
    added, is_usual = None, False
    for exercise, wording in said.parts:
        if exercise is None:
            continue
        draft = _draft(exercise, wording, str(args["text"]))
        is_usual = is_usual or wording is None
        added = await turn.work.plan_editing.add_prescription(workout.id, None, draft, _import_of(turn, args))
    notice = "editing-added-usual" if is_usual else "editing-added"
    if added is not None and len(said.parts) == 1:
        return Changed(await exercise_screen(turn, added.id), notice)
    return Changed(await workout_screen(turn, workout.id), notice)


def _import_of(turn: Turn, args: Args) -> UUID | None:
    """Name the text that a prescription comes of; a coach's text stays the coach's own, no athlete's row names it."""
    return UUID(args["import"]) if "import" in args and turn.work.coach is None else None


def _draft(exercise: Exercise, wording: Wording | None, text: str) -> PrescriptionDraft:
    asked = wording.asked if wording is not None else _usual(exercise)
    raw = text if wording is None else wording.read.raw.strip()
    start = max(text.find(raw), 0)
    return PrescriptionDraft(
        exercise.id,
        **columns_of(asked),
        raw_text=raw,
        confidence_level="high",
        span_start=start,
        span_end=start + len(raw),
        read_by="library" if wording is None else "shorthand",
        scheme=scheme_of(asked),
    )


def _usual(exercise: Exercise) -> Prescribed:
    asked = Prescribed(Targets(), rest_seconds=exercise.default_rest_time_seconds, tempo=exercise.default_tempo)
    return edits.with_usual(asked, exercise.default_sets, exercise.default_reps, exercise.default_duration_seconds)


async def _retarget(
    turn: Turn, prescription_id: UUID, exercise: Exercise | None, wording: Wording | None, args: Args
) -> Changed:
    """Lay what was told over a prescription; another exercise takes over the figures, but not the load."""
    prescription = await turn.work.plan_editing.read_prescription(prescription_id)
    old = prescribed_by(prescription.row, prescription.sets)
    columns: dict[str, Any] = {}
    notice = None
    if exercise is not None and exercise.root_id != prescription.exercise.root_id:
        own = await turn.work.exercises.own_copy(exercise.id)
        columns = {"exercise_id": own.id}
        notice = "editing-replaced-load" if _has_load(old) else "editing-replaced"
        old = edits.without_load(old)
    asked = old if wording is None else edits.merged(old, wording.asked)
    if "import" in args:
        columns |= {"import_id": _import_of(turn, args), "raw_text": str(args["text"]).strip(), "read_by": "shorthand"}
        columns |= {"span_start": 0, "span_end": len(str(args["text"]))}
    await write(turn, prescription, asked, **columns)
    return Changed(await exercise_screen(turn, prescription_id), notice)


def _has_load(asked: Prescribed) -> bool:
    return any(edits.says_load(one) for one in (asked.targets, *asked.scheme))


async def keep_as_own(turn: Turn, args: Args) -> Told | None:
    """Make an exercise of the user's own of the words that were typed, and go on with it."""
    reads = read_exercises(str(args["text"]), await reading_context(turn, None))
    words = typed_words(reads[0]) if reads else str(args["text"]).strip()
    measure = measure_of((reads[0], *reads[0].scheme)) if reads else "weight_reps"
    own = await create_own(turn.work, words, (args["muscle"],), measure)
    return await tell(turn, {**args, "key": str(own.id)})
