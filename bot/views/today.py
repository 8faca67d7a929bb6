"""Today's workout: each exercise with what it asks for and why, and last time's sets beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answers import Action, Button
from bot.markup import Html, bold, escape, lines
from bot.messages import Messages
from bot.usecases.planning import Skipped
from bot.usecases.targets import prescribed_as, prescribed_by
from bot.usecases.today import NoPlan, Target, Today
from bot.views import dates, figures, pages, planning, prescriptions
from bot.views.plans import MARKS, Shown, prescription_line
from bot.views.program_preview import day_name, page_buttons, superset_labels
from storage.models import Workout, WorkoutPlan
from storage.planned_sets import prescribed

ON_A_PAGE = 8
MOST_UPCOMING = 3
MOST_MISSED = 2


def today(messages: Messages, shown: Today | NoPlan, skipped: Skipped | None = None) -> Shown:
    """Show what comes next, or what to do where no plan is current. `skipped` was left out just now."""
    if isinstance(shown, NoPlan):
        return _no_plan(messages, shown)
    text = lines(*_head(messages, shown), Html(""), *_targets(messages, shown), *_upcoming(messages, shown))
    rows = _buttons(messages, shown)
    if skipped is None:
        return text, rows
    said, undo = planning.skipped(messages, skipped)
    return lines(said, Html(""), text), [*rows, *undo]


def _no_plan(messages: Messages, shown: NoPlan) -> Shown:
    rows = [[Button(messages.label("plans-to-library-plain"), _list("library"))]]
    if shown.own_count:
        rows.insert(0, [Button(messages.label("plans-to-own"), _list("own"))])
    if shown.unsaved:
        return messages.text("today-unsaved", name=shown.unsaved), rows
    return messages.text("today-no-plan", count=shown.own_count), rows


def _list(shelf: str) -> Action:
    return Action("plan.list", {"shelf": shelf, "page": 0}, once=False)


def _head(messages: Messages, shown: Today) -> Iterator[Html]:
    workout = shown.workout
    name = day_name(messages, workout.name, workout.week_number, workout.day_of_week, workout.position)
    yield Html(f"📅 {bold(name)} · {escape(shown.plan.name)}")
    if shown.scheduled is not None:
        at = shown.scheduled.scheduled_time
        yield messages.text("today-scheduled", time="" if at is None else f" {at:%H:%M}")
    elif shown.last_trained is not None:
        yield messages.text("today-last-trained", day=dates.day(messages, shown.last_trained))
    if shown.is_deload:
        yield messages.text("today-deload")


def _targets(messages: Messages, shown: Today) -> Iterator[Html]:
    labels = superset_labels([target.prescription.row.superset_group for target in shown.targets])
    for target, label in zip(shown.targets, labels, strict=True):
        yield _target(messages, target, label)
        yield from _beside(messages, target)


def _target(messages: Messages, target: Target, label: str) -> Html:
    """Write a prescription as it comes out now; as it stands in the plan where nothing is other."""
    row, sets = target.prescription.row, target.prescription.sets
    if target.planned.sets == prescribed(row, sets):
        return prescription_line(messages, target.prescription, label)
    now = prescribed_as(target.planned.sets)
    asked = replace(prescribed_by(row, sets), targets=now.targets, scheme=now.scheme)
    mark = MARKS.get(row.confidence_level, "• ") if row.user_id is not None else "• "
    text = prescriptions.line(messages, asked)
    return Html(f"{mark}{label}{escape(target.prescription.exercise.name)}: {escape(text)}")


def _beside(messages: Messages, target: Target) -> Iterator[Html]:
    if target.planned.reason:
        yield Html(f"    <i>{escape(target.planned.reason)}</i>")
    if target.last_time and target.last_day is not None:
        last = messages.text(
            "today-last-time",
            sets=figures.sets(messages, target.last_time),
            day=dates.short(messages, target.last_day),
        )
        yield Html(f"    {last}")


def _upcoming(messages: Messages, shown: Today) -> Iterator[Html]:
    if shown.upcoming:
        yield Html("")
    for session in shown.upcoming[:MOST_UPCOMING]:
        name, day = planning.named(messages, session), planning.when(messages, session)
        yield messages.text("today-upcoming", name=name, day=day)


def _buttons(messages: Messages, shown: Today) -> list[list[Button]]:
    args = {"workout": str(shown.workout.id)}
    if shown.scheduled is not None:
        args["session"] = str(shown.scheduled.id)
    plan = Button(messages.label("plan-open"), Action("plan.open", {"plan": str(shown.plan.id)}, once=False))
    other = Button(messages.label("today-other"), Action("today.others", {"page": 0}, once=False))
    return [
        [Button(messages.label("today-start"), Action("today.start", args), "primary")],
        [other, Button(messages.label("today-skip"), Action("today.skip", args)), plan],
    ]


def others(messages: Messages, plan: WorkoutPlan, workouts: Sequence[Workout], page: int) -> Shown:
    """List the workouts of a plan, to begin another one than the next."""
    count = max(1, -(-len(workouts) // ON_A_PAGE))
    page = pages.within(page, count)
    rows = [[_workout_button(messages, one)] for one in workouts[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]]
    if count > 1:
        rows.append(page_buttons(messages, "today.others", {}, page, count))
    rows.append([Button(messages.label("picker-back"), Action("today.show", {}, once=False))])
    return messages.text("today-which", name=plan.name), rows


def _workout_button(messages: Messages, workout: Workout) -> Button:
    name = day_name(messages, workout.name, workout.week_number, workout.day_of_week, workout.position)
    return Button(name, Action("today.preview", {"workout": str(workout.id)}, once=False))
