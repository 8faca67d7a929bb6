"""/swap: another exercise in the place of one, in the session that is going on or in the plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from telegram import Update

from bot.answers import Answers, Edit, Text, Toast
from bot.context import Context
from bot.handlers.history import words_after_command
from bot.handling import Handler
from bot.turn import Turn
from bot.usecases import plan_swapping, plan_trees, substitute_choices, substitutes, swap_targets
from bot.usecases.plan_swapping import Planned
from bot.usecases.swap_targets import Subject
from bot.views import swap as view
from storage.repositories.plans import PlanTree
from storage.repositories.sessions import SessionEntry


async def swap(update: Update, context: Context) -> Answers:
    turn = context.turn
    subject = await swap_targets.find_subject(turn, words_after_command(turn))
    return Text(*await _asked(turn, subject))


async def _asked(turn: Turn, subject: Subject) -> view.Shown:
    """Offer substitutes of the one exercise that is meant, or what there is to choose from."""
    if subject.entry is not None:
        return await _choices_of(turn, subject.entry, {"entry": str(subject.entry.row.id)}) or _nothing(turn)
    if subject.unknown is not None:
        return turn.messages.text("swap-not-found", words=subject.unknown), []
    if len(subject.prescriptions) == 1:
        return await _choices_in_plan(turn, swap_targets.planned(subject), {}) or _nothing(turn)
    if subject.prescriptions:
        lacking = await swap_targets.lacking(turn, {one.exercise.id for one in subject.prescriptions})
        return view.exercises(turn.messages, subject.prescriptions[: view.ON_A_PAGE], lacking)
    return _nothing(turn) if subject.plan is None else await _workouts(turn, subject.plan, 0)


async def _workouts(turn: Turn, plan: PlanTree, page: int) -> view.Shown:
    return view.workouts(turn.messages, plan, await swap_targets.ready_swaps(turn, plan), page)


def _nothing(turn: Turn) -> view.Shown:
    return turn.messages.text("swap-no-plan"), []


async def show(update: Update, context: Context) -> Answers:
    """Offer substitutes: below the message of the pressed button, or in its place where the button says so."""
    turn = context.turn
    shown = await _choices(turn, turn.pressed_args)
    if shown is None:
        return _moved_on(turn)
    return Edit(*shown) if turn.pressed_args.get("here") else Text(*shown)


async def _choices(turn: Turn, args: Mapping[str, Any]) -> view.Shown | None:
    """Rank for an exercise of the session or of a plan; None where it is no longer there."""
    if "entry" in args:
        entry = await substitutes.find_session_entry(turn, UUID(args["entry"]))
        return None if entry is None else await _choices_of(turn, entry, args)
    return await _choices_in_plan(turn, await plan_swapping.find_planned(turn, UUID(args["prescription"])), args)


async def _choices_of(turn: Turn, entry: SessionEntry, args: Mapping[str, Any]) -> view.Shown | None:
    limit = args.get("limit", substitute_choices.MOST)
    found = await substitutes.choices_for_entry(turn, entry, limit)
    return None if found is None else view.choices(turn.messages, found, {**args, "of": str(entry.exercise.id)}, limit)


async def _choices_in_plan(turn: Turn, planned: Planned | None, args: Mapping[str, Any]) -> view.Shown | None:
    limit = args.get("limit", substitute_choices.MOST)
    found = None if planned is None else await plan_swapping.choices_for(turn, planned, limit)
    if planned is None or found is None:
        return None
    args = {**args, "prescription": str(planned.row.id), "version": planned.row.version}
    return view.choices(turn.messages, found, args, limit)


async def choose(update: Update, context: Context) -> Answers:
    """Put the chosen exercise in the place of the other."""
    turn = context.turn
    args = turn.pressed_args
    exercise_id = UUID(args["exercise"])
    if "entry" in args:
        entry = await substitutes.find_session_entry(turn, UUID(args["entry"]))
        if entry is None or str(entry.exercise.id) != args.get("of", str(entry.exercise.id)):
            return _moved_on(turn)
        swapped = await substitutes.swap_in_session(turn, entry.row.id, exercise_id)
    else:
        swapped = await plan_swapping.swap_in_plan(turn, UUID(args["prescription"]), args["version"], exercise_id)
    return _moved_on(turn) if swapped is None else Edit(*view.done(turn.messages, swapped))


async def undo(update: Update, context: Context) -> Answers:
    turn = context.turn
    args = turn.pressed_args
    undoing = substitutes.undo_in_session if "entry" in args else plan_swapping.undo_in_plan
    swapped = await undoing(turn, args)
    if swapped is None:
        return Toast(turn.messages.label("swap-not-undone"), alert=True)
    return Edit(*view.undone(turn.messages, swapped))


async def list_workouts(update: Update, context: Context) -> Answers:
    """List the workouts of a plan, from the plan's own view or a page of the list."""
    turn = context.turn
    plan = await plan_trees.find_live_plan(turn, UUID(turn.pressed_args["plan"]))
    if plan is None:
        return _moved_on(turn)
    shown = await _workouts(turn, plan, turn.pressed_args.get("page", 0))
    return Edit(*shown) if "page" in turn.pressed_args else Text(*shown)


async def list_exercises(update: Update, context: Context) -> Answers:
    turn = context.turn
    args = turn.pressed_args
    tree = await plan_trees.find_live_workout(turn, UUID(args["workout"]))
    if tree is None:
        return _moved_on(turn)
    lacking = await swap_targets.lacking_in(turn, [tree])
    return Edit(*view.exercises(turn.messages, tree.prescriptions, lacking, args["page"], args))


def _moved_on(turn: Turn) -> Toast:
    return Toast(turn.messages.label("swap-moved-on"))


ACTIONS: Mapping[str, Handler] = {
    "swap.show": show,
    "swap.choose": choose,
    "swap.undo": undo,
    "swap.workout": list_exercises,
    "plan.swap": list_workouts,
}
