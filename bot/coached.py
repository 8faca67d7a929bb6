"""A coach's turn on an athlete's plans: the same handlers, run on the athlete's unit of work.

A button that acts for an athlete says so in its arguments, and a question in its data. What such a handler answers goes
to the coach: with the athlete's name above it, and with those buttons alone that a coach may press, each of them for
the same athlete.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from bot.answers import Action, Answer, Answers, Button, CopyButton, Edit, Keyboard, Text, Toast, as_sequence
from bot.markup import Html, lines
from bot.messages import Messages
from bot.turn import Turn
from storage.errors import NotFoundError
from storage.models import User
from storage.repositories.coached import FOR

QUIET: Final = timedelta(minutes=2)
"""An athlete is told of changes when there were no more of them for so long."""

COACHED: Final = frozenset(
    (
        "plan.list", "plan.filter", "plan.open", "plan.rename", "coach.give",
        "edit.plan", "edit.workout", "edit.exercise", "edit.sets", "edit.reps", "edit.load", "edit.set",
        "edit.superset", "edit.field", "edit.move", "edit.remove", "edit.removed", "edit.put_back", "edit.days",
        "edit.workout_day", "edit.workout_move", "edit.workout_copy", "edit.workout_remove", "edit.removed_workouts",
        "edit.workout_put_back", "edit.type", "edit.swap", "edit.tell", "edit.own", "edit.muscle",
        "history.page", "history.session", "history.exercise", "history.name", "records.page", "records.name",
        "meso.grid", "meso.week", "coach.meso",
    )
)  # fmt: skip
"""What a coach may do for an athlete. Policies of the database hold the same border; this one spares the errors."""

Body = Callable[[Turn], Awaitable[Answers]]


def name_of(messages: Messages, full_name: str | None, username: str | None) -> str:
    """Name a coach or an athlete to the other."""
    return full_name or (f"@{username}" if username else messages.label("coach-nameless"))


async def for_athlete(turn: Turn, athlete_id: UUID, body: Body) -> Answers:
    """Run a body on a turn that works for an athlete, as far as a coach may; None stays None."""
    try:
        async with turn.work.as_coach_of(athlete_id, tell_at=turn.now + QUIET) as theirs:
            answers = await body(replace(turn, work=theirs))
            return None if answers is None else _shown(turn.messages, theirs.user, as_sequence(answers))
    except NotFoundError as error:
        if error.what != "athlete":
            raise
        return Toast(turn.messages.label("coach-ended"), alert=True) if turn.press else None


def _shown(messages: Messages, athlete: User, answers: Sequence[Answer]) -> list[Answer]:
    """Make answers about the coach's own training answers about an athlete's."""
    name = name_of(messages, athlete.full_name, athlete.username)
    banner = messages.text("coach-banner", name=name)
    back = Button(messages.label("coach-to-athlete", name=name), home(athlete.id))
    shown: list[Answer] = []
    for answer in answers:
        if isinstance(answer, Text | Edit):
            keyboard: Keyboard = [*_permitted(messages, answer.keyboard, athlete.id), [back]]
            text = lines(banner, Html(""), answer.text)
            # Nothing of what it was about: a reply to it corrects nothing of the coach's own.
            answer = replace(answer, text=text, keyboard=keyboard, about=about_people(athlete.id))
        shown.append(answer)
    return shown


def about_people(*ids: UUID) -> dict[str, list[str]]:
    """Say whom a message names beside its reader: erasing their account takes its words along."""
    return {"people": [str(one) for one in ids]}


def home(athlete_id: UUID) -> Action:
    return Action("coach.athlete", {"athlete": str(athlete_id)}, once=False)


def _permitted(messages: Messages, keyboard: Keyboard, athlete_id: UUID) -> list[list[Button | CopyButton]]:
    offered = [[_as_gift(messages, button) for button in row] for row in keyboard]
    rows = [[_for(button, athlete_id) for button in row if _is_permitted(button)] for row in offered]
    return [row for row in rows if row]


def _as_gift(messages: Messages, button: Button | CopyButton) -> Button | CopyButton:
    """Where athletes make a library plan their own, a coach puts a copy of it among the athlete's plans."""
    if isinstance(button, CopyButton) or button.action.name != "plan.mine":
        return button
    return Button(messages.label("coach-give"), Action("coach.give", {"plan": button.action.args["plan"]}))


def _is_permitted(button: Button | CopyButton) -> bool:
    if isinstance(button, CopyButton):
        return True
    is_closed_shelf = button.action.name == "plan.list" and button.action.args.get("shelf") == "deleted"
    return button.action.name in COACHED and not is_closed_shelf


def _for(button: Button | CopyButton, athlete_id: UUID) -> Button | CopyButton:
    if isinstance(button, CopyButton):
        return button
    args = {**button.action.args, FOR: str(athlete_id)}
    return replace(button, action=replace(button.action, args=args))
