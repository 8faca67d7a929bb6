"""One question about a program at a time, and the messages around saving and discarding it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.answers import Action, Button, Edit
from bot.markup import Html, code, escape, lines
from bot.messages import Messages
from bot.usecases.program_doubts import Question, typed_words
from bot.usecases.program_draft import Draft, Item, Place
from bot.usecases.program_limits import MOST_SETS, can_split, has_too_many_sets, set_count, split_sets
from bot.usecases.targets import Prescribed
from bot.views import pages, picker, prescriptions
from bot.views.program_preview import Preview, figures_of
from parser.reading import NumberOrder

if TYPE_CHECKING:
    from bot.usecases.exercise_questions import Path, Subject
    from storage.models import WorkoutImportLog

MOST_ITEMS = 12
LONGEST_RAW = 300


@dataclass(frozen=True, slots=True)
class Card:
    """A question, the preview it belongs to, and other ways to read what it is about.

    `orders` are the ways in which three numbers may be meant.
    """

    preview: Preview
    question: Question
    options: Sequence[str] = ()
    orders: Sequence[tuple[NumberOrder, Prescribed]] = ()

    @property
    def item(self) -> Item:
        return self.preview.draft.item(self.question.places[0])

    @property
    def args(self) -> dict[str, Any]:
        return {**self.preview.args, "places": [list(place) for place in self.question.places]}


def name_card(messages: Messages, card: Card, subject: Subject, path: Path) -> Edit:
    """Ask which exercise is meant; what the reader took it for comes first."""
    item = card.item
    picked = {"import": card.preview.import_id, "path": list(path), "version": card.preview.version}
    rows: list[list[Button]] = []
    if item.decision.instead_of is not None:
        label = messages.label("program-swap-back", name=item.decision.instead_of)
        rows.append([Button(label, Action("program.take_back", card.args))])
    elif item.key is not None:
        label = messages.label("program-is-right", name=item.name)
        rows.append([Button(label, Action("picker.choose", {**picked, "key": item.key}), "success")])
    rows += [*_option_rows(card), *_order_rows(messages, card)]
    others = [one for one in subject.candidates if one.key != item.key]
    rows += picker.candidate_buttons(others, picked)
    rows.append(
        [
            Button(messages.label("picker-search"), Action("picker.search", picked, once=False)),
            Button(messages.label("picker-own"), Action("picker.own", picked, once=False)),
        ]
    )
    key = "program-ask-name-again" if item.is_touched or item.key is not None else "program-ask-name"
    asked = messages.text(key, words=card.question.words, name=item.name)
    if item.decision.instead_of is not None:
        asked = messages.text("program-stands-in", name=item.name, before=item.decision.instead_of)
    return Edit(lines(asked, *_evidence(messages, card)), [*rows, *_common_rows(messages, card)])


def figures_card(messages: Messages, card: Card) -> Edit:
    """Ask whether the figures were read as they are meant, or what is to become of those that do not fit."""
    if card.question.kind == "bounds":
        return _bounds_card(messages, card)
    right = Button(
        messages.label("program-figures-right"),
        Action("program.figures", {**card.args, "figures": "confirmed"}),
        "success",
    )
    asked = messages.text("program-ask-figures", name=card.item.name)
    ways = [*_option_rows(card), *_order_rows(messages, card)]
    # Where orders are offered, what was read is one of them.
    rows = [*([] if card.orders else [[right]]), *ways, *_common_rows(messages, card)]
    return Edit(lines(asked, *_evidence(messages, card)), rows)


def _option_rows(card: Card) -> list[list[Button]]:
    return [[Button(option, Action("program.option", {**card.args, "option": option}))] for option in card.options]


def _order_rows(messages: Messages, card: Card) -> list[list[Button]]:
    return [
        [Button(prescriptions.line(messages, asked), Action("program.order", {**card.args, "order": order}))]
        for order, asked in card.orders
    ]


def _bounds_card(messages: Messages, card: Card) -> Edit:
    read = card.item.read
    rows = []
    if has_too_many_sets(read):
        asked = messages.text("program-ask-sets", name=card.item.name, count=set_count(read), most=MOST_SETS)
    else:
        asked = messages.text("program-ask-bounds", name=card.item.name)
    if can_split(read):
        parts = " + ".join(str(set_count(part)) for part in split_sets(read))
        label = messages.label("program-split", parts=parts)
        rows.append([Button(label, Action("program.figures", {**card.args, "figures": "split"}))])
    label = messages.label("program-keep-note")
    rows.append([Button(label, Action("program.figures", {**card.args, "figures": "noted"}))])
    return Edit(lines(asked, *_evidence(messages, card)), [*rows, *_common_rows(messages, card)])


def unread_card(messages: Messages, card: Card) -> Edit:
    """Ask what is to become of a line that was not read."""
    line = card.question.line
    number = 0 if line is None else line.line
    args = {**card.preview.args, "line": number}
    rows = [
        [
            Button(messages.label("program-write-line"), Action("program.rewrite_line", args, once=False)),
            Button(messages.label("program-ignore-line"), Action("program.ignore", args)),
        ],
        [back_button(messages, card.preview)],
    ]
    asked = messages.text("program-ask-line", number=str(number))
    return Edit(lines(asked, code(card.question.words[:LONGEST_RAW])), rows)


def _evidence(messages: Messages, card: Card) -> Sequence[Html]:
    """Show what was written and what was made of it."""
    item, count = card.item, len(card.question.places)
    shown = [code(item.read.raw.strip()[:LONGEST_RAW])]
    if figures := figures_of(messages, item, card.preview.unit):
        shown.append(messages.text("program-understood", figures=figures))
    if count > 1:
        shown.append(messages.text("program-in-places", count=count))
    return shown


def _common_rows(messages: Messages, card: Card) -> list[list[Button]]:
    rewrite = {**card.args, "place": list(card.question.places[0])}
    rows = [
        [
            Button(messages.label("program-rewrite"), Action("program.rewrite", rewrite, once=False)),
            Button(messages.label("picker-leave-out"), Action("program.leave_out", card.args)),
        ]
    ]
    if card.item.decision.is_left_out:
        rows = [[Button(messages.label("program-take-back"), Action("program.take_back", card.args))]]
    return [*rows, [back_button(messages, card.preview)]]


def back_button(messages: Messages, preview: Preview) -> Button:
    return Button(messages.label("picker-back"), Action("program.show", preview.args, once=False))


def items(messages: Messages, preview: Preview, page: int) -> Edit:
    """List the exercises, one button each, to pick one for correction."""
    every = preview.draft.items
    count = max(1, -(-len(every) // MOST_ITEMS))
    page = pages.within(page, count)
    rows = [
        [_item_button(messages, preview, place, item)]
        for place, item in every[page * MOST_ITEMS : (page + 1) * MOST_ITEMS]
    ]
    if count > 1:
        turned = [
            Button("«", Action("program.items", {**preview.args, "items": (page - 1) % count}, once=False)),
            Button("»", Action("program.items", {**preview.args, "items": (page + 1) % count}, once=False)),
        ]
        rows.append(turned)
    rows.append([back_button(messages, preview)])
    return Edit(messages.text("program-which-item", page=page + 1, pages=count), rows)


def _item_button(messages: Messages, preview: Preview, place: Place, item: Item) -> Button:
    figures = figures_of(messages, item, preview.unit)
    left_out = "🚫 " if item.decision.is_left_out else ""
    label = f"{left_out}{item.name} {figures}".strip()
    return Button(label, Action("program.item", {**preview.args, "place": list(place)}, once=False))


def ask_about_open(messages: Messages, preview: Preview, places: Sequence[Place]) -> Edit:
    """Ask what is to become of exercises that are not settled, before the plan is saved."""
    draft = preview.draft
    unknown = [place for place in places if not draft.item(place).has_name]
    shown = [_open_line(messages, draft.item(place)) for place in places[:MOST_ITEMS]]
    if len(places) > MOST_ITEMS:
        shown.append(messages.text("program-unread-more", count=len(places) - MOST_ITEMS))
    as_written = "program-save-own" if unknown else "program-save-as-read"
    rows = [
        [Button(messages.label(as_written), Action("program.save_as_written", preview.args))],
        [Button(messages.label("program-save-without"), Action("program.save_without", preview.args))],
        [back_button(messages, preview)],
    ]
    if len(places) == len(draft.kept):
        rows.pop(1)
    return Edit(lines(messages.text("program-ask-open", count=len(places)), *shown), rows)


def _open_line(messages: Messages, item: Item) -> Html:
    raw = escape(prescriptions.shortened(item.read.raw, LONGEST_RAW))
    if not item.has_name:
        return Html(f"🔴 <i>{raw}</i> → {messages.text('program-would-be-own', name=typed_words(item.read))}")
    return Html(f"🔴 <i>{raw}</i>")


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of a program was saved."""

    workouts: int
    exercises: int
    left_out: int


def saved(
    messages: Messages, draft: Draft, plan_id: str, counts: Counts, *, is_current: bool, is_replacing: bool
) -> Edit:
    """Say what was saved and what comes next."""
    name = draft.name
    told = [
        messages.text("program-saved", name=name, workouts=counts.workouts, exercises=counts.exercises),
        messages.text("program-saved-left-out", count=counts.left_out) if counts.left_out else None,
        messages.text("program-saved-replacing") if is_replacing else None,
        messages.text("program-saved-current") if is_current else None,
    ]
    rows = [[Button(messages.label("plan-open"), Action("plan.open", {"plan": plan_id}, once=False))]]
    if not is_current:
        rows[0].insert(0, Button(messages.label("plan-use"), Action("plan.use", {"plan": plan_id}), "primary"))
    return Edit(lines(*told), rows)


def discarded(messages: Messages, draft: Draft, row: WorkoutImportLog) -> Edit:
    """Say that the program was put away, and how it comes back."""
    args = {"import": str(row.id), "version": row.version}
    revive = Button(messages.label("program-revive"), Action("program.revive", args))
    return Edit(messages.text("program-discarded", name=draft.name), [[revive]])


def prompt(messages: Messages, preview: Preview, text: Html) -> Edit:
    """Ask for something to be typed."""
    return Edit(text, [[back_button(messages, preview)]])
