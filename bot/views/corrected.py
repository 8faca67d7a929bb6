"""What is said when sets were corrected, or when it is not clear which."""

from __future__ import annotations

from bot.answers import Action, Button, Text
from bot.markup import lines
from bot.messages import Messages
from bot.usecases.corrections import Corrected, UnclearNumber, UnknownName, WhichSet
from bot.usecases.incoming import NothingLeft
from bot.views import figures, logged, picker

MOST_NAMES = 5


def done(messages: Messages, corrected: Corrected, import_id: str) -> Text:
    """Say what the sets are now; the button takes the correction back."""
    shown = lines(*(logged.line(messages, line) for line in corrected.lines))
    set_ids = [str(set_id) for line in corrected.lines for set_id in line.set_ids]
    keyboard = [
        [
            Button(messages.label("button-edit"), Action("log.edit", {"set_ids": set_ids}, once=False)),
            Button(messages.label("button-undo"), Action("log.undo", {"import_id": import_id})),
        ]
    ]
    return Text(messages.text("edit-changed", line=shown), keyboard, about={"set_ids": set_ids})


def which(messages: Messages, question: WhichSet, import_id: str) -> Text:
    """Ask which set a correction means; of several exercises first which exercise."""
    if len(question.names) > 1:
        return _which_exercise(messages, question, import_id)
    ids = [str(row.id) for row in question.rows]
    one_each = [
        [
            Button(
                messages.label("correction-set", number=str(number), set=figures.one_set(messages, performed)),
                Action("log.correct", {"import_id": import_id, "set_ids": [set_id]}),
            )
        ]
        for number, (set_id, performed) in enumerate(zip(ids, question.sets, strict=True), start=1)
    ]
    correct_all = Action("log.correct", {"import_id": import_id, "set_ids": ids})
    every = Button(messages.label("correction-all", count=len(ids)), correct_all)
    (name,) = question.names.values()
    return Text(messages.text("correction-which", name=name), [*one_each, [every]])


def _which_exercise(messages: Messages, question: WhichSet, import_id: str) -> Text:
    rows = []
    for root_id, name in question.names.items():
        ids = [str(row.id) for row in question.rows if row.exercise_root_id == root_id]
        args = {"import_id": import_id, "set_ids": ids, "is_narrowing": True}
        rows.append([Button(name, Action("log.correct", args))])
    return Text(messages.text("correction-which-exercise"), rows)


def unknown_name(messages: Messages, unknown: UnknownName, import_id: str) -> Text:
    """Ask which exercise a correction names, where it may mean one; nothing is changed before that."""
    if unknown.asked is not None:
        return picker.found(messages, unknown.words, unknown.words, unknown.candidates, unknown.asked)
    if not unknown.candidates:
        return Text(messages.text("correction-unknown", words=unknown.words))
    args = {"import_id": import_id, "set_ids": [str(one) for one in unknown.set_ids]}
    rows = [
        [Button(one.name, Action("log.correct", {**args, "key": one.key}))] for one in unknown.candidates[:MOST_NAMES]
    ]
    return Text(messages.text("correction-which-name", words=unknown.words), rows)


def unclear(messages: Messages, question: UnclearNumber) -> Text:
    """Ask what of a set a number alone is."""
    distance = question.row.distance_m
    unit = question.row.typed_unit or "kg" if distance is None else "km" if distance >= 1000 else "m"
    kind = "load" if distance is None else "distance"
    text = messages.text(f"correction-unclear-{kind}", number=figures.number(question.number), unit=unit)
    return Text(text, about={"set_ids": [str(question.row.id)]})


def nothing_left(messages: Messages, left: NothingLeft) -> Text:
    """Ask what shall become of the sets of a message that no longer names any."""
    take_back = Button(
        messages.label("button-take-back"), Action("log.undo", {"import_id": str(left.import_id)}), style="danger"
    )
    keep = Button(messages.label("button-keep"), Action("log.keep", {"import_id": str(left.import_id)}))
    return Text(messages.text("edit-nothing-left", count=left.set_count), [[take_back, keep]])
