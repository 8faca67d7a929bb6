"""The buttons under a plan that is edited, and what is typed about it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from telegram import Update

from bot.answers import Answer, Answers, Edit, Text, Toast
from bot.context import Context
from bot.handling import DialogueHandler, Handler
from bot.turn import Turn
from bot.usecases import plan_editing, plan_questions, plan_screens, plan_typing
from bot.usecases.plan_editing import Change, Changed
from bot.usecases.plan_questions import Asked
from bot.usecases.plan_screens import EditedExercise, EditedPlan, EditedWorkout, Screen
from bot.usecases.plan_typing import Told
from bot.usecases.plan_understanding import AskFigures, AskName, Misfit
from bot.views import edited_exercise
from bot.views import plan_editing as view
from bot.views import plan_questions as questions_view
from bot.views.plans import Shown


def changing(change: Change) -> Handler:
    """Make the handler of a button that changes something and shows what came of it."""

    async def handle(update: Update, context: Context) -> Answers:
        turn = context.turn
        await plan_questions.stop(turn)
        return _changed(turn, await change(turn, turn.pressed_args))

    return handle


def _changed(turn: Turn, changed: Changed) -> Answers:
    answers: list[Answer] = [shown(turn, changed.screen)]
    if changed.is_stale and changed.screen is not None:
        answers.append(Toast(turn.messages.label("plan-moved-on-toast")))
    elif changed.notice is not None:
        answers.append(Toast(turn.messages.label(changed.notice)))
    return answers


def shown(turn: Turn, screen: Screen | None) -> Edit | Toast:
    """Show a screen in the place of the message whose button was pressed."""
    return Toast(turn.messages.label("plan-gone")) if screen is None else Edit(*view.screen(turn.messages, screen))


async def open_workout(update: Update, context: Context) -> Answers:
    turn = context.turn
    await plan_questions.stop(turn)
    return shown(turn, await plan_screens.workout_screen(turn, UUID(turn.pressed_args["w"])))


async def open_exercise(update: Update, context: Context) -> Answers:
    turn = context.turn
    await plan_questions.stop(turn)
    return shown(turn, await plan_screens.exercise_screen(turn, UUID(turn.pressed_args["p"])))


async def choose_field(update: Update, context: Context) -> Answers:
    turn = context.turn
    screen = await plan_screens.exercise_screen(turn, UUID(turn.pressed_args["p"]))
    if not isinstance(screen, EditedExercise):
        return shown(turn, screen)
    return Edit(*edited_exercise.field(turn.messages, screen, turn.pressed_args["field"]))


async def choose_day(update: Update, context: Context) -> Answers:
    turn = context.turn
    screen = await plan_screens.workout_screen(turn, UUID(turn.pressed_args["w"]))
    return Edit(*view.days(turn.messages, screen)) if isinstance(screen, EditedWorkout) else shown(turn, screen)


async def list_removed(update: Update, context: Context) -> Answers:
    turn = context.turn
    screen = await plan_screens.workout_screen(turn, UUID(turn.pressed_args["w"]))
    if not isinstance(screen, EditedWorkout):
        return shown(turn, screen)
    return Edit(*view.removed_exercises(turn.messages, screen))


async def list_removed_workouts(update: Update, context: Context) -> Answers:
    turn = context.turn
    screen = await plan_screens.plan_screen(turn, UUID(turn.pressed_args["plan"]))
    return (
        Edit(*view.removed_workouts(turn.messages, screen)) if isinstance(screen, EditedPlan) else shown(turn, screen)
    )


async def ask_to_type(update: Update, context: Context) -> Answers:
    turn = context.turn
    asked = await plan_questions.begin(turn, turn.pressed_args)
    return Edit(*questions_view.prompt(turn.messages, asked)) if isinstance(asked, Asked) else _changed(turn, asked)


async def typed(turn: Turn) -> Answers:
    """Answer a text in a message of its own, below it."""
    told = await plan_typing.typed(turn)
    if told is None:
        return None
    if isinstance(told, Misfit):
        return Text(turn.messages.text(told.notice, name=told.words))
    if not isinstance(told, Changed):
        return Text(*_question(turn, told))
    if told.screen is None:
        return Text(turn.messages.text("plan-gone"))
    return Text(*view.told(turn.messages, told.screen, _notice(told)))


def _notice(told: Changed) -> str | None:
    return "program-moved-on" if told.is_stale else told.notice


def _question(turn: Turn, asked: AskName | AskFigures) -> Shown:
    return (
        questions_view.which(turn.messages, asked)
        if isinstance(asked, AskName)
        else questions_view.sure(turn.messages, asked)
    )


def _answered(turn: Turn, told: Told | None) -> Answers:
    if told is None or isinstance(told, Misfit):
        notice = "plan-gone" if told is None else told.notice
        name = "" if told is None else told.words
        return Toast(turn.messages.label(notice, name=name), alert=True)
    return _changed(turn, told) if isinstance(told, Changed) else Edit(*_question(turn, told))


async def tell(update: Update, context: Context) -> Answers:
    """Go on with what was typed, now that a question about it is answered."""
    turn = context.turn
    return _answered(turn, await plan_typing.tell(turn, turn.pressed_args))


async def ask_muscle(update: Update, context: Context) -> Answers:
    turn = context.turn
    return Edit(*questions_view.muscles(turn.messages, turn.pressed_args))


async def keep_as_own(update: Update, context: Context) -> Answers:
    turn = context.turn
    return _answered(turn, await plan_typing.keep_as_own(turn, turn.pressed_args))


ACTIONS: Mapping[str, Handler] = {
    "edit.workout": open_workout,
    "edit.exercise": open_exercise,
    "edit.sets": changing(plan_editing.change_sets),
    "edit.reps": changing(plan_editing.change_amount),
    "edit.load": changing(plan_editing.change_load),
    "edit.set": changing(plan_editing.set_field),
    "edit.superset": changing(plan_editing.change_superset),
    "edit.field": choose_field,
    "edit.move": changing(plan_editing.move_exercise),
    "edit.remove": changing(plan_editing.remove_exercise),
    "edit.removed": list_removed,
    "edit.put_back": changing(plan_editing.put_exercise_back),
    "edit.days": choose_day,
    "edit.workout_day": changing(plan_editing.set_day),
    "edit.workout_move": changing(plan_editing.move_workout),
    "edit.workout_copy": changing(plan_editing.copy_workout),
    "edit.workout_remove": changing(plan_editing.remove_workout),
    "edit.removed_workouts": list_removed_workouts,
    "edit.workout_put_back": changing(plan_editing.put_workout_back),
    "edit.type": ask_to_type,
    "edit.swap": changing(plan_editing.swap_exercise),
    "edit.tell": tell,
    "edit.own": ask_muscle,
    "edit.muscle": keep_as_own,
}

DIALOGUES: Mapping[str, DialogueHandler] = {plan_questions.DIALOGUE: typed}
