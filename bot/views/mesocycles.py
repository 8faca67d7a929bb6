"""A mesocycle: the grid of its weeks, one week in full, the ones that have ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from bot.answers import Action, Button, Text
from bot.markup import Html, bold, escape, lines
from bot.messages import Messages
from bot.usecases.mesocycles import Block, SlotState, Week, weeks_differ
from bot.views import dates, figures, pages
from bot.views.muscle_feedback import sentence
from bot.views.plans import Shown
from bot.views.prescriptions import shortened
from bot.views.program_preview import day_name, page_buttons
from storage.models import Mesocycle, MesocycleStatus, Workout
from storage.paging import Page
from storage.repositories.plans import Prescription

MARKS: Final = {SlotState.DONE: "✓", SlotState.RUNNING: "▶", SlotState.SKIPPED: "✗", SlotState.OPEN: "·"}
ON_A_PAGE: Final = 8
LONGEST_NAME: Final = 40


def grid(messages: Messages, block: Block) -> Shown:
    """Show the weeks and their workouts: done, skipped, to do."""
    letters = _letters(block)
    legend = Html(" · ".join(f"{letter} {escape(name)}" for letter, name in _legend(messages, block, letters)))
    rows = (_row(messages, block, week, letters) for week in block.weeks)
    text = lines(*_head(messages, block), Html(""), *rows, Html(""), legend, _this_week(messages, block))
    return text, [row for row in _buttons(messages, block) if row]


def _head(messages: Messages, block: Block) -> Iterator[Html]:
    mesocycle = block.mesocycle
    yield Html(f"🗓 {bold(mesocycle.name)}")
    if mesocycle.status is not MesocycleStatus.ACTIVE:
        yield messages.text("meso-has-ended")
        return
    week = block.week
    yield messages.text(
        "meso-now",
        week=week.number,
        weeks=mesocycle.duration_weeks,
        rir=figures.number(week.rir),
        kind="deload" if week.is_deload else "hard",
    )
    if mesocycle.start_date is not None:
        key = "meso-begins" if block.is_ahead else "meso-since"
        yield messages.text(key, day=dates.day(messages, mesocycle.start_date))
    if block.is_paused:
        yield messages.text("meso-paused")


def _letters(block: Block) -> Mapping[Any, str]:
    """Letter the workouts in the order of the plan; there are hardly ever more than 26."""
    return {tree.workout.id: chr(ord("A") + place % 26) for place, tree in enumerate(block.tree.workouts)}


def _legend(messages: Messages, block: Block, letters: Mapping[Any, str]) -> Iterator[tuple[str, str]]:
    """Say what the letters stand for; where the weeks differ those of the current one."""
    weeks = [block.week] if weeks_differ(block.tree) else block.weeks
    shown = {slot.workout.id for week in weeks for slot in week.slots}
    for tree in block.tree.workouts:
        if tree.workout.id in shown:
            yield letters[tree.workout.id], workout_name(messages, tree.workout)


def workout_name(messages: Messages, workout: Workout) -> str:
    name = day_name(messages, workout.name, workout.week_number, workout.day_of_week, workout.position)
    return shortened(name, LONGEST_NAME)


def _row(messages: Messages, block: Block, week: Week, letters: Mapping[Any, str]) -> Html:
    slots = " ".join(f"{letters[slot.workout.id]}{MARKS[slot.state]}" for slot in week.slots)
    is_current = week.number == block.mesocycle.current_week and block.mesocycle.status is MesocycleStatus.ACTIVE
    row = messages.text(
        "meso-row",
        week=week.number,
        slots=slots,
        sets=sum(week.sets.values()),
        rir=figures.number(week.rir),
        kind="deload" if week.is_deload else "hard",
    )
    return Html(f"<b>➤ {row}</b>") if is_current else Html(f"    {row}")


def _this_week(messages: Messages, block: Block) -> Html | None:
    if block.mesocycle.status is not MesocycleStatus.ACTIVE or not block.week.sets:
        return None
    return messages.text("meso-sets-this-week", sets=_group_sets(messages, block.week))


def _group_sets(messages: Messages, week: Week) -> str:
    most = sorted(week.sets.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{messages.label('meso-muscle', muscle=group)} {sets}" for group, sets in most)


def _buttons(messages: Messages, block: Block) -> Iterator[list[Button]]:
    mesocycle = block.mesocycle
    args = {"mesocycle": str(mesocycle.id)}
    week = {**args, "week": mesocycle.current_week}
    details = Button(messages.label("meso-details"), Action("meso.week", week, once=False))
    if mesocycle.status is not MesocycleStatus.ACTIVE:
        yield [details, Button(messages.label("meso-to-review"), Action("meso.open", args, once=False))]
        return
    if block.is_paused:
        yield [Button(messages.label("meso-train-again"), Action("meso.train_again", args, once=False), "primary")]
    else:
        yield [Button(messages.label("plan-to-today"), Action("today.show", {}, once=False), "primary")]
    is_last = block.week.is_deload
    key = "meso-go-review" if is_last else "meso-go-next"
    yield [
        details,
        Button(messages.label(key, week=mesocycle.current_week + 1), Action("meso.ask_next", week, once=False)),
    ]
    yield [
        Button(messages.label("meso-repeat"), Action("meso.repeat", args, once=False)),
        Button(messages.label("meso-end"), Action("meso.ask_end", args, once=False)),
        Button(messages.label("meso-delete"), Action("meso.ask_delete", args, once=False), "danger"),
    ]


def started(messages: Messages, block: Block) -> Shown:
    """Say that a mesocycle has begun, and show its weeks."""
    text, rows = grid(messages, block)
    parent = block.mesocycle.copied_from_week
    head = messages.text("meso-started", week=parent or 0, ahead="yes" if block.is_ahead else "no")
    return lines(head, Html(""), text), rows


def week_details(messages: Messages, block: Block, number: int) -> Shown:
    """Show a week in full: each workout's exercises with their sets, and why they have changed."""
    number = max(1, min(number, len(block.weeks)))
    week = block.weeks[number - 1]
    head = messages.text(
        "meso-week-head",
        week=week.number,
        rir=figures.number(week.rir),
        kind="deload" if week.is_deload else "hard",
    )
    packed = pages.pack(
        [
            pages.Block(
                Html(f"{MARKS[slot.state]} {bold(workout_name(messages, slot.workout))}"),
                tuple(_prescription(messages, block, one, number) for one in slot.tree.prescriptions),
            )
            for slot in week.slots
        ]
    )
    args = {"mesocycle": str(block.mesocycle.id)}
    near = [
        Button(messages.label("meso-week-button", week=other), Action("meso.week", {**args, "week": other}, once=False))
        for other in (number - 1, number + 1)
        if 1 <= other <= len(block.weeks)
    ]
    back = Button(messages.label("picker-back"), Action("meso.grid", args, once=False))
    return lines(head, Html(""), *packed), [near, [back]]


def _prescription(messages: Messages, block: Block, one: Prescription, week: int) -> Html:
    target = block.target(one, week)
    change = target.sets - block.target(one, week - 1).sets if week > 1 and not block.weeks[week - 1].is_deload else 0
    by = messages.label("meso-change", sign="plus" if change > 0 else "minus", count=str(abs(change)))
    text = messages.text(
        "meso-prescription",
        name=one.exercise.name,
        sets=target.sets,
        by=by if change else "none",
        reason=sentence(target.reason or "") or "none",
    )
    return Html(f"• {text}")


def past(messages: Messages, found: Page[Mesocycle], page: int) -> Shown:
    """List the mesocycles that have ended, a button for each."""
    rows = [
        [
            Button(
                messages.label("meso-past-button", name=one.name, status=str(one.status)),
                Action("meso.open", {"mesocycle": str(one.id)}, once=False),
            )
        ]
        for one in found.items
    ]
    if page or found.has_more:
        count = page + 1 + found.has_more
        rows.append(page_buttons(messages, "meso.past", {}, page, count))
    rows.append([Button(messages.label("picker-back"), Action("meso.show", {}, once=False))])
    return messages.text("meso-past" if found.items else "meso-past-none"), rows


def confirm(messages: Messages, mesocycle: Mesocycle, what: str) -> Shown:
    """Ask once more before something ends."""
    args = {"mesocycle": str(mesocycle.id), "version": mesocycle.version, "week": mesocycle.current_week}
    rows = [
        [Button(messages.label(f"meso-confirm-{what}"), Action(f"meso.{what}", args), "danger")],
        [Button(messages.label("picker-back"), Action("meso.grid", {"mesocycle": str(mesocycle.id)}, once=False))],
    ]
    return messages.text(f"meso-sure-{what}", name=mesocycle.name, week=mesocycle.current_week), rows


def put_away(messages: Messages, mesocycle: Mesocycle, what: str) -> Shown:
    """Say that a mesocycle was deleted or archived."""
    rows: list[list[Button]] = []
    if what == "delete":
        args = {"mesocycle": str(mesocycle.id)}
        rows.append([Button(messages.label("meso-restore"), Action("meso.restore", args))])
    rows.append([Button(messages.label("meso-back"), Action("meso.show", {}, once=False))])
    return messages.text(f"meso-done-{what}", name=mesocycle.name), rows


def week_over(messages: Messages, ended: int, block: Block) -> Text:
    """Say that a week is over and what the next one asks."""
    week = block.week
    text = messages.text(
        "meso-week-over",
        ended=ended,
        week=week.number,
        weeks=block.mesocycle.duration_weeks,
        rir=figures.number(week.rir),
        kind="deload" if week.is_deload else "hard",
    )
    show = Button(messages.label("meso-to-weeks"), Action("meso.show", {}, once=False))
    sets = _group_sets(messages, week)
    told: Sequence[Html] = [messages.text("meso-sets-this-week", sets=sets)] if sets else []
    return Text(lines(text, *told), [[show]])
