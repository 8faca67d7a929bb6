"""Today's workout: each exercise with its targets, what percents come to, and last time's sets beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.answers import Action, Button, Edit, Text
from bot.markup import Html, bold, escape, lines
from bot.messages import Messages
from bot.usecases.today import LoadHint, NoPlan, Target, Today
from bot.views import dates, figures, pages
from bot.views.plans import Shown, prescription_line
from bot.views.program_preview import day_name, page_buttons, superset_labels
from storage.models import Workout, WorkoutPlan

ON_A_PAGE = 8


def today(messages: Messages, shown: Today | NoPlan) -> Shown:
    """Show what comes next, or what to do where no plan is current."""
    if isinstance(shown, NoPlan):
        return _no_plan(messages, shown)
    return lines(*_head(messages, shown), Html(""), *_targets(messages, shown)), _buttons(messages, shown)


def _no_plan(messages: Messages, shown: NoPlan) -> Shown:
    rows = [[Button(messages.label("plans-to-library-plain"), _list("library"))]]
    if shown.own_count:
        rows.insert(0, [Button(messages.label("plans-to-own"), _list("own"))])
    return messages.text("today-no-plan", count=shown.own_count), rows


def _list(shelf: str) -> Action:
    return Action("plan.list", {"shelf": shelf, "page": 0}, once=False)


def _head(messages: Messages, shown: Today) -> Iterator[Html]:
    workout = shown.workout
    name = day_name(messages, workout.name, workout.week_number, workout.day_of_week, workout.position)
    icon = "📅" if shown.session is None else "🏋️"
    yield Html(f"{icon} {bold(name)} · {escape(shown.plan.name)}")
    if shown.session is not None:
        yield messages.text("today-running")
    elif shown.last_trained is not None:
        yield messages.text("today-last-trained", day=dates.day(messages, shown.last_trained))


def _targets(messages: Messages, shown: Today) -> Iterator[Html]:
    labels = superset_labels([target.prescription.row.superset_group for target in shown.targets])
    for target, label in zip(shown.targets, labels, strict=True):
        yield prescription_line(messages, target.prescription, label)
        yield from _beside(messages, target)


def _beside(messages: Messages, target: Target) -> Iterator[Html]:
    if target.hint is not None:
        yield Html(f"    {_hint(messages, target.hint)}")
    if target.done:
        yield Html(f"    {messages.text('today-done', sets=figures.sets(messages, target.done))}")
    if target.last_time and target.last_day is not None:
        last = messages.text(
            "today-last-time",
            sets=figures.sets(messages, target.last_time),
            day=dates.short(messages, target.last_day),
        )
        yield Html(f"    {last}")


def _hint(messages: Messages, hint: LoadHint) -> Html:
    loads = " / ".join(figures.number(load) for load, _ in groupby(hint.loads))
    key = "today-hint-training-max" if hint.is_training_max else "today-hint-record"
    return messages.text(
        key,
        loads=messages.label(f"weight-{hint.unit}", value=loads),
        maximum=figures.weight(messages, hint.maximum, hint.unit),
    )


def _buttons(messages: Messages, shown: Today) -> list[list[Button]]:
    args = {"workout": str(shown.workout.id)}
    plan = Button(messages.label("plan-open"), Action("plan.open", {"plan": str(shown.plan.id)}, once=False))
    other = Button(messages.label("today-other"), Action("today.others", {"page": 0}, once=False))
    if shown.session is not None:
        return [[Button(messages.label("today-refresh"), Action("today.show", {}, once=False)), plan]]
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


def started(messages: Messages, shown: Today, *, was_running: bool) -> list[Edit | Text]:
    """Say that a workout has begun, and how sets get into it."""
    text, keyboard = today(messages, shown)
    hint = messages.text("today-was-running" if was_running else "today-started")
    return [Edit(lines(text, Html(""), hint), keyboard)]
