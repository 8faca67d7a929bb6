"""Writing what was typed into a plan, once it is sure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from bot.usecases import prescription_edits as edits
from bot.usecases.plan_editing import MOST_EXERCISES, MOST_WORKOUTS, Changed, write
from bot.usecases.plan_questions import Args, What
from bot.usecases.plan_screens import EditedPlan, EditedWorkout, Screen, exercise_screen, plan_screen, workout_screen
from bot.usecases.plan_understanding import Ready
from bot.usecases.plan_wording import Wording
from bot.usecases.program_plan import columns_of, scheme_of
from bot.usecases.targets import Prescribed, Targets, prescribed_by
from storage.drafts import PrescriptionDraft
from storage.models import Exercise

if TYPE_CHECKING:
    from bot.turn import Turn


async def write_typed(turn: Turn, what: What, screen: Screen, said: Ready, args: Args) -> Changed:
    """Change what a screen shows as the text says, and show it anew."""
    row_id, version = UUID(args["id"]), int(args["version"])
    if isinstance(screen, EditedPlan):
        return await _write_in_plan(turn, what, screen, said.words)
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


async def _write_in_plan(turn: Turn, what: What, screen: EditedPlan, words: str) -> Changed:
    plan = screen.plan
    if what == "description":
        await turn.work.plan_editing.amend_plan(plan.id, plan.version, description=words)
        return Changed(await plan_screen(turn, plan.id))
    if len(screen.tree.workouts) >= MOST_WORKOUTS:
        return Changed(screen, "editing-most-workouts")
    workout = await turn.work.plan_editing.add_workout(plan.id, plan.version, words)
    return Changed(await workout_screen(turn, workout.id), "editing-workout-added")


async def _add(turn: Turn, screen: EditedWorkout, said: Ready, args: Args) -> Changed:
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
