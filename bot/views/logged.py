"""The answer to a log: one short line an exercise, the doubts with their buttons, the question that is next."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from bot.answers import Action, Button, Text, Toast
from bot.markup import Html, join, lines
from bot.messages import Messages
from bot.usecases.logged_lines import LoggedLine
from bot.usecases.logging_sets import LogOutcome
from bot.usecases.performed import Performed
from bot.usecases.questions import Asked
from bot.usecases.record_news import RecordNews
from bot.usecases.spoken_names import spoken_name
from bot.usecases.verdicts import Mark, Question
from bot.views import dates, figures, picker
from parser import Candidate
from training.units import from_kg

MOST_NAMES = 3
"""So many other names are offered at once for an exercise that is not sure."""
LOADS = ("max_weight", "1rm", "set_volume", "total_volume")


def line(messages: Messages, logged: LoggedLine) -> Html:
    """Write one exercise: its name, which sets they are, the figures, last time, records."""
    text = messages.text(
        "log-line", name=logged.name, numbers=_numbers(messages, logged), sets=figures.sets(messages, logged.sets)
    )
    if logged.last_time:
        text = messages.text("log-last-time", line=text, sets=figures.sets(messages, logged.last_time))
    unit = unit_shown(logged.sets)
    cups = [record(messages, item, unit) for item in logged.news]
    return join(" ", [text, *cups])


def unit_shown(sets: Sequence[Performed]) -> str:
    """Give the unit in which these sets were written last."""
    return next((one.unit for one in reversed(sets) if one.weight is not None), "kg")


def _numbers(messages: Messages, logged: LoggedLine) -> str:
    """Name the sets: "set 2", "sets 1–3"; nothing where they are all warm-ups."""
    if not logged.numbers:
        return ""
    first, last = logged.numbers[0], logged.numbers[-1]
    if first == last:
        return messages.label("log-number-one", number=str(first))
    return messages.label("log-number-many", first=str(first), last=str(last))


def record(messages: Messages, news: RecordNews, unit: str) -> Html:
    """Write a record that was beaten, in the unit of the set that beat it."""
    return messages.text(
        "record-news",
        kind="least_help"
        if news.is_assisted and news.record_type == "max_weight"
        else news.record_type.replace("1rm", "e1rm"),
        value=record_value(messages, news.record_type, news.value, unit),
    )


def record_value(messages: Messages, record_type: str, value: Decimal, unit: str) -> str:
    """Write a record's value: a load in the unit asked for, a time, or a plain count."""
    if record_type in LOADS:
        # Help from a machine is kept below zero, so that less of it is more.
        value = abs(value)
        shown = value if unit == "kg" else from_kg(value, unit)
        places = Decimal(1) if record_type.endswith("volume") else Decimal("0.1")
        exact = record_type == "max_weight" and unit == "kg"
        return figures.weight(messages, shown if exact else shown.quantize(places, ROUND_HALF_UP), unit)
    if record_type == "max_duration":
        return figures.duration(messages, int(value))
    return figures.number(value)


def says_something(outcome: LogOutcome) -> bool:
    """Tell whether there is more to say than the next question."""
    return bool(outcome.lines or outcome.draft.reading.unread or outcome.notes)


def answer(messages: Messages, outcome: LogOutcome) -> Text:
    """Write the answer to a log: what is stored, what of it is not sure, what could not be read."""
    parts: list[Html] = [line(messages, logged) for logged in outcome.lines]
    if outcome.day is not None:
        parts.insert(0, messages.text("log-day", day=dates.day(messages, outcome.day)))
    if not outcome.lines:
        is_gone = bool(outcome.draft.set_ids)
        parts.append(messages.text("log-nothing-left" if is_gone else "log-nothing-yet"))
    parts += [doubt(messages, outcome, index) for index in marked(outcome)]
    parts += [messages.text("log-unread", line=unread.text.strip()) for unread in outcome.draft.reading.unread]
    parts += [messages.text(f"log-note-{note}") for note in outcome.notes]
    if len(outcome.draft.asked) > 1:
        parts.append(messages.text("log-waiting", count=len(outcome.draft.asked)))
    return Text(lines(*parts), keyboard(messages, outcome), about=outcome.about, id=outcome.draft.answer_id)


def answer_to_one(messages: Messages, outcome: LogOutcome, index: int) -> Text:
    """Write what has come of the one exercise that was asked about."""
    item = outcome.draft.items[index]
    own = [logged for logged in outcome.lines if set(logged.set_ids) & set(item.set_ids)]
    if not own:
        raw = outcome.draft.reading.exercises[index].raw.strip()
        return Text(messages.text("log-left-out" if item.state == "left_out" else "log-nothing-yet", raw=raw))
    about = {**outcome.about, "set_ids": [str(set_id) for set_id in item.set_ids]}
    parts = [line(messages, logged) for logged in own]
    rows: list[list[Button]] = []
    if item.mark is not None:
        parts.append(doubt(messages, outcome, index))
        rows = fixes(messages, outcome, index, is_only=True)
    return Text(lines(*parts), [*rows, set_buttons(messages, about, outcome.is_open)], about=about)


def marked(outcome: LogOutcome) -> list[int]:
    """Name the exercises that are stored and not sure."""
    if not outcome.lines:
        return []
    return [index for index, item in enumerate(outcome.draft.items) if item.state == "saved" and item.mark]


def moved_on(messages: Messages) -> Toast:
    """Say that a button speaks of something that is no longer so."""
    return Toast(messages.label("log-moved-on"))


def doubt(messages: Messages, outcome: LogOutcome, index: int) -> Html:
    """Say what is not sure about an exercise that was stored all the same."""
    read, mark = outcome.draft.reading.exercises[index], outcome.draft.items[index].mark
    return messages.text(f"log-doubt-{mark}", raw=spoken_name(read), name=outcome.names.get(index, read.raw))


def keyboard(messages: Messages, outcome: LogOutcome) -> list[list[Button]]:
    """Put the one-tap fixes of every doubt above the buttons that every log has."""
    if not outcome.lines:
        return []
    doubtful = marked(outcome)
    rows = [row for index in doubtful for row in fixes(messages, outcome, index, is_only=len(doubtful) == 1)]
    return [*rows, set_buttons(messages, outcome.about, outcome.is_open)]


def fixes(messages: Messages, outcome: LogOutcome, index: int, is_only: bool) -> list[list[Button]]:
    """Offer the other names, or to say that it is right."""
    read = outcome.draft.reading.exercises[index]
    item = {"import_id": str(outcome.import_id), "item": index}
    name = outcome.names.get(index, read.raw)
    label = messages.label("button-right") if is_only else messages.label("button-name-right", name=name)
    right = Button(label, Action("log.right", item))
    if outcome.draft.items[index].mark is not Mark.NAME:
        return [[right]]
    others = [one for one in read.candidates if one.key != read.key][:MOST_NAMES]
    asked = {"import": str(outcome.import_id), "path": ["exercises", index]}
    return [*([_other_name(one, item)] for one in others), picker.other_ways(messages, asked), [right]]


def _other_name(candidate: Candidate, item: dict[str, Any]) -> Button:
    return Button(candidate.name, Action("log.name", {**item, "key": candidate.key}))


def set_buttons(messages: Messages, about: dict[str, Any], can_repeat: bool) -> list[Button]:
    """Give the buttons under every log: same again while the session is open, edit, undo."""
    import_id, set_ids = about["import_id"], about["set_ids"]
    again = Button(messages.label("button-again"), Action("log.again", {"set_id": set_ids[-1]}))
    return [
        *([again] if can_repeat else []),
        Button(messages.label("button-edit"), Action("log.edit", {"set_ids": set_ids}, once=False)),
        Button(messages.label("button-undo"), Action("log.undo", {"import_id": import_id})),
    ]


def question(
    messages: Messages, import_id: str, asked: Asked, recent: Sequence[Candidate] = ()
) -> tuple[Html, list[list[Button]]]:
    """Write a question about one exercise, with the buttons that answer it. `recent` are exercises trained lately."""
    item = {"import_id": import_id, "item": asked.index}
    leave_out = Button(messages.label("button-leave-out"), Action("log.leave", item))
    type_it = Button(messages.label("button-type-it"), Action("log.type", item, once=False))
    sets = figures.sets(messages, asked.performed)
    text = messages.text(f"ask-{asked.question}", name=asked.name, raw=asked.read.raw.strip(), sets=sets)
    if asked.question is Question.FIGURES:
        return text, [[type_it, leave_out]]
    if asked.question is Question.NAME:
        key = "ask-name" if recent else "ask-name-first"
        names = [Button(one.name, Action("log.which", {**item, "key": one.key})) for one in recent]
        rows = [names[start : start + 2] for start in range(0, len(names), 2)]
        # Figures that mean nothing yet ("45 45 40") are repeated as they were written.
        return messages.text(key, sets=sets or asked.read.raw.strip()), [*rows, [leave_out]]
    if asked.question is Question.ORDER:
        orders = [
            [Button(figures.sets(messages, performed), Action("log.order", {**item, "order": order}))]
            for order, performed in asked.orders
        ]
        return text, [*orders, [type_it, leave_out]]
    save = Button(messages.label("button-save-it"), Action("log.save", item), style="success")
    return text, [[save], [type_it, leave_out]]
