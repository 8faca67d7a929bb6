"""What is asked for while a plan is edited: a name, figures, a note. The next text is taken for the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Literal
from uuid import UUID

from bot.usecases.plan_editing import Changed
from bot.usecases.plan_screens import (
    EditedExercise,
    EditedPlan,
    EditedWorkout,
    Screen,
    exercise_screen,
    plan_screen,
    workout_screen,
)
from bot.usecases.substitute_choices import substitutes
from training.substitution import Lift

if TYPE_CHECKING:
    from bot.turn import Turn

DIALOGUE: Final = "plan_edit"
STAYS_OPEN: Final = timedelta(hours=3)
MOST_INSTEAD: Final = 6

Args = Mapping[str, Any]
What = Literal["add", "replace", "figures", "tempo", "note", "workout_name", "new_workout", "description"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for in the place of a screen. `instead` are likely answers: exercises of the same muscles."""

    what: What
    screen: Screen
    instead: tuple[Lift, ...] = ()


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
    found = await substitutes(turn, screen.prescription.exercise.id, MOST_INSTEAD)
    return tuple(one.lift for one in found)


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
