"""The card of the exercise under way, the overview of a workout that is being trained, and the menu behind "More"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.answers import Action, Button, Text
from bot.markup import Html, bold, escape, lines
from bot.messages import Messages
from bot.usecases.guide import Step
from bot.usecases.guide_cards import Card, Overview, ToBeat
from bot.usecases.own_exercises import LONGEST_NAME
from bot.usecases.performed import Performed, from_row
from bot.usecases.targets import prescribed_as
from bot.views import figures, logged, prescriptions
from parser import Candidate
from storage.models import MuscleGroup

Rows = list[list[Button]]
MOST_CHOICES = 12


def card(messages: Messages, shown: Card | None) -> Html:
    """Write what is to be done next; that all is done where there is no card."""
    if shown is None:
        return messages.text("guide-all-done")
    return _whole(messages, shown) if shown.is_whole else _next(messages, shown)


def _whole(messages: Messages, shown: Card) -> Html:
    parts = [title(messages, shown)]
    parts += [Html(f"<i>{escape(shown.reason)}</i>")] if shown.reason else []
    beside = " · ".join(_beside(messages, shown))
    parts += [escape(beside)] if beside else []
    parts += [messages.text("guide-note", note=prescriptions.shortened(note)) for note in shown.notes]
    if shown.done:
        parts.append(messages.text("today-done", sets=figures.sets(messages, shown.done)))
        if shown.planned:
            parts.append(_next(messages, shown))
    if shown.following is None:
        parts.append(messages.text("guide-write", example=_example(messages, shown)))
    return lines(*parts)


def title(messages: Messages, shown: Card) -> Html:
    """Write the head of a card: "2/5 Bench Press: 3×6–8 @ 80 kg, 2 RIR · rest 3 min · tempo 3-1-1"."""
    asked = [prescriptions.amounts(messages, prescribed_as(shown.planned))] if shown.planned else []
    if shown.rest_seconds:
        asked.append(messages.label("guide-rest", rest=prescriptions.rest(messages, shown.rest_seconds)))
    if shown.tempo:
        asked.append(messages.label("prescription-tempo", tempo=shown.tempo))
    name = bold(f"{shown.place}/{shown.count} {shown.name}")
    return Html(f"{name}: {escape(' · '.join(asked))}") if asked else name


def _beside(messages: Messages, shown: Card) -> Iterator[str]:
    if shown.last_time:
        yield messages.label("guide-last-time", sets=figures.sets(messages, shown.last_time))
    if shown.to_beat is not None:
        yield messages.label("guide-to-beat", record=_record(messages, shown.to_beat, shown))


def _record(messages: Messages, record: ToBeat, shown: Card) -> str:
    unit = logged.unit_shown(shown.last_time) if any(one.weight for one in shown.last_time) else shown.unit
    value = logged.record_value(messages, record.record_type, record.value, unit)
    kind = record.record_type.replace("1rm", "e1rm")
    is_help = record.record_type == "max_weight" and record.value < 0
    return messages.label("records-one", kind="least_help" if is_help else kind, value=value)


def _next(messages: Messages, shown: Card) -> Html:
    """Write the next set of the same exercise; that one may go on where nothing is planned."""
    planned = shown.next_planned
    if planned is None:
        return messages.text("guide-next-open", name=shown.name)
    return messages.text(
        "guide-next-set",
        number=str(shown.next_number),
        count=str(len(shown.planned)),
        set=prescriptions.amounts(messages, prescribed_as([planned])).removeprefix("1×"),
    )


def _example(messages: Messages, shown: Card) -> Html:
    planned = shown.next_planned
    if planned is not None and planned.seconds is not None:
        return Html("45s")
    if planned is not None and (planned.weight is not None or planned.weight_kg is not None):
        return Html("8")
    return messages.text("guide-example")


def card_buttons(messages: Messages, shown: Card | None) -> Rows:
    """Give the buttons of a card: as prescribed, skip, swap, more."""
    if shown is None:
        return [
            [Button(messages.label("guide-finish"), Action("session.finish", {}), "success")],
            [Button(messages.label("guide-more"), Action("session.more", {}, once=False))],
        ]
    args = {"entry": str(shown.entry_id), "number": shown.next_number}
    rows: Rows = []
    if shown.following is not None:
        rows.append([Button(_check(messages, [shown.following]), Action("session.check", args), "success")])
        if len(shown.rest_of_it) > 1:
            label = messages.label("guide-check-all", count=len(shown.rest_of_it))
            rows[0].append(Button(label, Action("session.check", {**args, "all": True})))
    skip = "guide-skip" if not shown.done else "guide-next"
    rows.append(
        [
            Button(messages.label(skip), Action("session.skip", args)),
            Button(messages.label("guide-swap"), Action("session.swap", {"entry": str(shown.entry_id)}, once=False)),
            Button(messages.label("guide-more"), Action("session.more", {}, once=False)),
        ]
    )
    return rows


def _check(messages: Messages, sets: Sequence[Performed]) -> str:
    return messages.label("guide-check", sets=figures.sets(messages, sets))


def check_words(messages: Messages, sets: Sequence[Performed]) -> str:
    """Give the words that a press of the button stands for."""
    return _check(messages, sets)


def overview(messages: Messages, shown: Overview) -> Html:
    """Write the whole workout, a line an exercise; the one under way is marked."""
    name = shown.name or messages.label("guide-workout")
    head = Html(f"🏋️ {bold(name)}" + (f" · {escape(shown.plan)}" if shown.plan else ""))
    return lines(head, *(_step(messages, step, step.id == shown.current_id) for step in shown.steps))


def _step(messages: Messages, step: Step, is_current: bool) -> Html:
    mark = "⏭" if step.is_skipped and not step.done else "✓" if step.is_finished else "▶️" if is_current else "•"
    asked = prescriptions.amounts(messages, prescribed_as(step.planned)) if step.planned else ""
    text = Html(f"{mark} {escape(step.name)}" + (f": {escape(asked)}" if asked else ""))
    if not step.done:
        return text
    done = figures.sets(messages, tuple(from_row(one) for one in step.done))
    return lines(text, Html(f"    {messages.text('today-done', sets=done)}"))


def rest_said(messages: Messages, seconds: int) -> Html:
    return messages.text("guide-rest-said", time=figures.duration(messages, seconds))


def rest_over(messages: Messages, shown: Card) -> Html:
    """Write what comes after the rest: "Rest over · set 3: 80 kg × 8"."""
    following = shown.following
    what = figures.one_set(messages, following) if following is not None else ""
    if not what and shown.next_planned is not None:
        what = prescriptions.amounts(messages, prescribed_as([shown.next_planned])).removeprefix("1×")
    key = "guide-rest-over-next" if not shown.done else "guide-rest-over"
    return messages.text(key, name=shown.name, number=str(shown.next_number), set=what or shown.name)


def quiet(messages: Messages) -> Rows:
    """Give the button that ends all such messages."""
    return [[Button(messages.label("guide-rest-off"), Action("session.rest_off", {}))]]


# ---------------------------------------------------------------------- the menu behind "More"


def menu(messages: Messages, entry_id: str | None) -> Rows:
    def open_button(key: str, name: str, args: dict[str, Any] | None = None) -> Button:
        return Button(messages.label(key), Action(name, args or {}, once=False))

    notes = [open_button("guide-note-exercise", "session.note", {"entry": entry_id})] if entry_id else []
    return [
        [open_button("guide-order", "session.order"), open_button("guide-add", "session.add")],
        [*notes, open_button("guide-note-session", "session.note", {"entry": None})],
        [open_button("guide-finish", "session.finish"), open_button("guide-abandon", "session.ask_abandon")],
        [open_button("guide-back", "session.card")],
    ]


def order(messages: Messages, waiting: Sequence[Step], skipped: Sequence[Step]) -> Rows:
    """Give a row for each exercise that is not finished: choose it, move it up, move it down; skipped ones below."""
    rows: Rows = []
    for step in waiting[:MOST_CHOICES]:
        args = {"entry": str(step.id)}
        rows.append(
            [
                Button(step.name, Action("session.choose", args, once=False)),
                Button("⬆️", Action("session.move_entry", {**args, "by": -1}, once=False)),
                Button("⬇️", Action("session.move_entry", {**args, "by": 1}, once=False)),
            ]
        )
    rows += [
        [Button(f"⏭ {step.name}", Action("session.choose", {"entry": str(step.id)}, once=False))]
        for step in skipped[:MOST_CHOICES]
    ]
    return [*rows, *back(messages)]


def found(messages: Messages, words: str, candidates: Sequence[Candidate]) -> Rows:
    """Give a button for each exercise that was found by its name, and one to make the name the user's own."""
    rows = [[Button(one.name, Action("session.add_key", {"key": one.key}))] for one in candidates[:MOST_CHOICES]]
    own = Button(messages.label("picker-own"), Action("session.add_own", {"name": words[:LONGEST_NAME]}, once=False))
    return [*rows, [own], *back(messages)]


def ask_muscle(messages: Messages, name: str) -> tuple[Html, Rows]:
    """Ask what an exercise of the user's own trains."""
    buttons = [
        Button(
            messages.label("muscle-name", muscle=group.value),
            Action("session.add_muscle", {"name": name, "muscle": group.value}),
        )
        for group in MuscleGroup
    ]
    rows = [buttons[at : at + 3] for at in range(0, len(buttons), 3)]
    return messages.text("picker-ask-muscle", words=name), [*rows, *back(messages)]


def back(messages: Messages) -> Rows:
    return [[Button(messages.label("guide-back"), Action("session.card", {}, once=False))]]


def abandon(messages: Messages) -> Rows:
    return [
        [Button(messages.label("guide-finish"), Action("session.finish", {}), "success")],
        [Button(messages.label("guide-abandon-sure"), Action("session.abandon", {}), "danger")],
        *back(messages),
    ]


def reopen(messages: Messages, session_id: str) -> Rows:
    return [[Button(messages.label("guide-reopen"), Action("session.reopen", {"session_id": session_id}))]]


def meanings(messages: Messages, import_id: str, options: Sequence[tuple[str, Sequence[Performed]]]) -> Rows:
    """Give a button for each thing that figures may mean; the exercise is named where they differ in it."""
    names = {name for name, _ in options}
    return [
        [
            Button(
                figures.sets(messages, sets)
                if len(names) == 1
                else messages.label("edit-set-label", name=name, set=figures.sets(messages, sets)),
                Action("session.take", {"import": import_id, "option": index}),
            )
        ]
        for index, (name, sets) in enumerate(options)
    ]


def count_meant(messages: Messages, import_id: str, name: str, count: int, done: int) -> Text:
    """Ask whether a number of sets counts those that are done."""
    labels = [
        messages.label("sets-in-all", count=count, more=str(count - done)),
        messages.label("sets-on-top", count=count),
    ]
    rows = [
        [Button(label, Action("session.take", {"import": import_id, "option": index}))]
        for index, label in enumerate(labels)
    ]
    return Text(messages.text("sets-which", name=name, done=done), rows)


def taken(messages: Messages, name: str, sets: Sequence[Performed]) -> Html:
    """Write what figures were said to mean, in the place of the question."""
    return messages.text("guide-taken", name=name, sets=figures.sets(messages, sets))
