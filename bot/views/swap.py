"""Substitutes to choose from, and a swap that was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias
from uuid import UUID

from bot.answers import Action, Button
from bot.markup import Html, lines
from bot.messages import Messages
from bot.usecases.substitute_choices import Choices, Load, Substitute
from bot.usecases.substitutes import Swapped
from bot.usecases.swap_targets import Ready
from bot.usecases.targets import prescribed_as
from bot.views import figures, pages, prescriptions
from bot.views.program_preview import day_name, page_buttons
from storage.planned_sets import PlannedSet
from storage.repositories.plans import PlanTree, Prescription, WorkoutTree

Shown: TypeAlias = tuple[Html, list[list[Button]]]
ON_A_PAGE = 8
MOST_SHOWN = 18
MOST_READY = 6


def choices(messages: Messages, found: Choices, args: Mapping[str, Any], limit: int) -> Shown:
    """Offer what can be done instead. `args` name the exercise that is to be swapped."""
    rows = [[_choice(messages, one, args)] for one in found.substitutes]
    if len(found.substitutes) == limit < MOST_SHOWN:
        more = {**args, "limit": limit + MOST_SHOWN // 3, "here": True}
        rows.append([Button(messages.label("swap-more"), Action("swap.show", more, once=False))])
    return lines(*_head(messages, found), *_loads(messages, found)), rows


def _head(messages: Messages, found: Choices) -> Iterator[Html]:
    if not found.substitutes:
        yield messages.text("swap-nothing", name=found.lift.name)
    else:
        yield messages.text("swap-instead", name=found.lift.name)
    if found.missing:
        yield needs(messages, found.missing)
    if not found.has_told_kit:
        yield messages.text("swap-any-kit")


def needs(messages: Messages, names: Sequence[str]) -> Html:
    """Say what the user's kit lacks for an exercise."""
    return messages.text("swap-needs", names=", ".join(names))


def _loads(messages: Messages, found: Choices) -> Iterator[Html]:
    """Say where the loads on the buttons come from."""
    for one in found.substitutes:
        if one.load is not None:
            yield messages.text(
                "swap-load-reason",
                name=one.lift.name,
                load=_load(messages, one.load),
                basis=messages.label("swap-basis", basis=one.load.translation.basis),
                after=_best(messages, one.load, is_after=True),
                before=_best(messages, one.load, is_after=False),
            )


def _load(messages: Messages, load: Load) -> str:
    return figures.weight(messages, load.value, load.unit)


def _best(messages: Messages, load: Load, *, is_after: bool) -> str:
    best = load.translation.best_after_kg if is_after else load.translation.best_before_kg
    return figures.weight(messages, load.shown(best), load.unit)


def _choice(messages: Messages, one: Substitute, args: Mapping[str, Any]) -> Button:
    label = one.lift.name
    if one.load is not None:
        label = messages.label("swap-choice-load", name=label, load=_load(messages, one.load))
    kept = {name: value for name, value in args.items() if name not in ("limit", "here")}
    return Button(label, Action("swap.choose", {**kept, "exercise": str(one.lift.id)}))


def done(messages: Messages, swapped: Swapped) -> Shown:
    """Say what was swapped for what, and with which targets."""
    told = [messages.text("swap-done", before=swapped.before.name, after=swapped.after.name)]
    if targets := targets_of(messages, swapped.planned):
        told.append(messages.text("swap-targets", targets=targets))
    if swapped.load is not None and not targets:
        told.append(messages.text("swap-load", load=_load(messages, swapped.load)))
    if swapped.sets_kept:
        told.append(messages.text("swap-sets-kept", count=swapped.sets_kept, name=swapped.before.name))
    if swapped.is_copied:
        told.append(messages.text("swap-copied"))
    rows = [[Button(messages.label("swap-undo"), Action("swap.undo", swapped.undo))]]
    if swapped.plan_id is not None:
        rows[0].append(_open_plan(messages, swapped.plan_id))
    return lines(*told), rows


def undone(messages: Messages, swapped: Swapped) -> Shown:
    """Say that the exercise before is back."""
    told = [messages.text("swap-undone", name=swapped.after.name)]
    if targets := targets_of(messages, swapped.planned):
        told.append(messages.text("swap-targets", targets=targets))
    return lines(*told), [] if swapped.plan_id is None else [[_open_plan(messages, swapped.plan_id)]]


def _open_plan(messages: Messages, plan_id: UUID) -> Button:
    return Button(messages.label("plan-open"), Action("plan.open", {"plan": str(plan_id)}, once=False))


def targets_of(messages: Messages, planned: Sequence[PlannedSet]) -> str:
    """Write planned sets: "3×8 @ 28 kg"; each for itself where they differ."""
    return prescriptions.amounts(messages, prescribed_as(planned)) if planned else ""


# ------------------------------------------------------------------ finding it in a plan


def workouts(messages: Messages, plan: PlanTree, ready: Sequence[Ready], page: int) -> Shown:
    """List the workouts of a plan, to choose an exercise from; what the kit does not allow comes before them."""
    args = {"plan": str(plan.plan.id)}
    trees, rows, page = _page(messages, plan.workouts, page, "plan.swap", args)
    shown = [[_workout_button(messages, plan, tree)] for tree in trees]
    swaps = [[ready_button(messages, one)] for one in ready[:MOST_READY]]
    told = messages.text("swap-ready", count=len(ready)) if ready else None
    return lines(told, messages.text("swap-which-workout", name=plan.plan.name)), [*swaps, *shown, *rows]


def ready_button(messages: Messages, one: Ready) -> Button:
    row = one.prescription.row
    args = {"prescription": str(row.id), "version": row.version, "exercise": str(one.substitute.id)}
    label = messages.label("program-swap", before=one.prescription.exercise.name, after=one.substitute.name)
    return Button(label, Action("swap.choose", args))


def _workout_button(messages: Messages, plan: PlanTree, tree: WorkoutTree) -> Button:
    workout = tree.workout
    number = plan.workouts.index(tree) + 1
    name = day_name(messages, workout.name, workout.week_number, workout.day_of_week, number)
    return Button(name, Action("swap.workout", {"workout": str(workout.id), "page": 0}, once=False))


def exercises(
    messages: Messages,
    prescriptions_of: Sequence[Prescription],
    lacking: Mapping[UUID, Sequence[str]],
    page: int = 0,
    args: Mapping[str, Any] | None = None,
) -> Shown:
    """List exercises of a plan; those that the user's kit does not allow are marked."""
    shown, rows, page = _page(messages, prescriptions_of, page, "swap.workout", args or {})
    told = [
        messages.text("swap-lacking-line", name=one.exercise.name, names=", ".join(lacking[one.exercise.id]))
        for one in shown
        if one.exercise.id in lacking
    ]
    buttons = [[_exercise_button(one, one.exercise.id in lacking)] for one in shown]
    return lines(messages.text("swap-which-exercise"), *told), [*buttons, *rows]


def _exercise_button(one: Prescription, is_lacking: bool) -> Button:
    args = {"prescription": str(one.row.id), "version": one.row.version}
    mark = "⚠️ " if is_lacking else ""
    return Button(f"{mark}{one.exercise.name}", Action("swap.show", {**args, "here": True}, once=False))


def _page(
    messages: Messages, items: Sequence[Any], page: int, action: str, args: Mapping[str, Any]
) -> tuple[Sequence[Any], list[list[Button]], int]:
    count = max(1, -(-len(items) // ON_A_PAGE))
    page = pages.within(page, count)
    rows = [page_buttons(messages, action, args, page, count)] if count > 1 else []
    return items[page * ON_A_PAGE : (page + 1) * ON_A_PAGE], rows, page
