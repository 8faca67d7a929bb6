"""The preview of a program: its workouts line by line, marks on what is unsure, and a button for each doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.answers import Action, Button
from bot.markup import Html, bold, escape, lines
from bot.messages import Messages
from bot.usecases.program_doubts import Question, does_not_fit, questions, unread_lines
from bot.usecases.program_draft import Draft, Item, confidence_of
from bot.usecases.program_kit import Lack
from bot.usecases.program_limits import split_sets
from bot.usecases.targets import prescribed_in
from bot.usecases.weekdays import names_week
from bot.views import pages, prescriptions
from parser import Confidence

MOST_QUESTIONS = 5
MOST_SWAPS = 4
MOST_UNREAD = 8
LONGEST_RAW = 160
LONGEST_UNREAD = 120
LONGEST_NAME = 100
MARKS = {Confidence.MEDIUM: "🟡 ", Confidence.LOW: "🔴 "}


@dataclass(frozen=True, slots=True)
class Preview:
    """What a preview shows. `page` is the page of workouts, `asked` the page of doubts; both count from 0.

    `lacks` says, by the keys of exercises, what of them the user's kit does not allow.
    """

    import_id: str
    version: int
    draft: Draft
    unit: str
    has_model: bool
    page: int = 0
    asked: int = 0
    lacks: Mapping[str, Lack] = field(default_factory=dict)

    @property
    def args(self) -> Mapping[str, Any]:
        return {"import": self.import_id, "version": self.version, "page": self.page, "asked": self.asked}


def text(messages: Messages, preview: Preview) -> Html:
    """Write the message."""
    packed = pages.pack(blocks(messages, preview))
    page = pages.within(preview.page, len(packed))
    is_last = page == len(packed) - 1
    return lines(
        _head(messages, preview),
        Html(""),
        packed[page],
        *(_unread(messages, preview) if is_last else ()),
        *_footer(messages, preview),
    )


def _head(messages: Messages, preview: Preview) -> Html:
    draft = preview.draft
    name = prescriptions.shortened(draft.name, LONGEST_NAME)
    counts = messages.text("program-counts", workouts=len(draft.days), exercises=len(draft.kept))
    asked = len([one for one in questions(draft) if one.kind != "unread"])
    check = messages.text("program-to-check", count=asked) if asked else None
    unread = len(unread_lines(draft))
    missed = messages.text("program-unread-count", count=unread) if unread else None
    rest = " · ".join(part for part in (counts, check, missed) if part)
    return lines(Html(f"📋 {bold(name)}"), Html(rest))


def blocks(messages: Messages, preview: Preview) -> list[pages.Block]:
    """Give a block for each workout."""
    return [
        pages.Block(
            bold(day_name(messages, day.name, day.week, day.day_of_week, number)),
            tuple(_item(messages, item, label, preview) for item, label in labelled(day.items)),
        )
        for number, day in enumerate(preview.draft.days, start=1)
    ]


def day_name(messages: Messages, name: str | None, week: int | None, day_of_week: int | None, number: int) -> str:
    """Name a workout: its own name, its day of the week or its number, with its week before it."""
    shown = prescriptions.shortened(name, LONGEST_NAME) if name else None
    if not shown and day_of_week is not None:
        shown = messages.label("weekday-name", day=day_of_week)
    if not shown:
        shown = messages.label("program-workout-number", number=number)
    if week is None or (name and names_week(name)):
        return shown
    return messages.label("program-week-and-day", week=week, day=shown)


def labelled(items: Sequence[Item]) -> Iterator[tuple[Item, str]]:
    """Give each exercise with its superset label, A1, A2, B1 and so on; an empty one where it is in none."""
    yield from zip(items, superset_labels([item.read.superset for item in items]), strict=True)


def superset_labels(groups: Sequence[str | None]) -> Iterator[str]:
    """Letter the groups in order and number who belongs to them. One alone is in no superset."""
    letters: dict[str, str] = {}
    counts: dict[str, int] = {}
    for group in groups:
        if group is None or groups.count(group) == 1:
            yield ""
            continue
        letter = letters.setdefault(group, chr(ord("A") + len(letters) % 26))
        counts[group] = counts.get(group, 0) + 1
        yield f"{letter}{counts[group]} "


def _item(messages: Messages, item: Item, label: str, preview: Preview) -> Html:
    line = item_line(messages, item, label, preview.unit)
    lack = None if item.decision.is_left_out or item.key is None else preview.lacks.get(item.key)
    if lack is None:
        return line
    return lines(line, Html(f"    {messages.text('swap-needs', names=', '.join(lack.needs))}"))


def item_line(messages: Messages, item: Item, label: str, unit: str) -> Html:
    """Write one exercise: a mark, the name and what is asked for."""
    if item.decision.is_left_out:
        return Html(f"🚫 <s>{escape(prescriptions.shortened(item.read.raw, LONGEST_RAW))}</s>")
    confidence = Confidence.LOW if does_not_fit(item) else confidence_of(item)
    mark = MARKS.get(confidence, "• ")
    if not item.has_name:
        return Html(f"{mark}<i>{escape(prescriptions.shortened(item.read.raw, LONGEST_RAW))}</i>")
    figures = figures_of(messages, item, unit)
    own = Html(" ✍️") if item.decision.own_name is not None else Html("")
    name = f"{mark}{label}{escape(item.name)}{own}"
    if item.decision.instead_of is not None:
        name = f"{name} {messages.text('program-instead-of', name=item.decision.instead_of)}"
    return Html(f"{name}: {escape(figures)}" if figures else name)


def figures_of(messages: Messages, item: Item, unit: str) -> str:
    """Write what is asked of an exercise; in parts where it is split, or as the note it becomes."""
    if item.decision.figures == "noted":
        return prescriptions.shortened(note_of(messages, item, unit), LONGEST_RAW)
    if item.decision.figures == "split":
        parts = (prescribed_in(part, unit) for part in split_sets(item.asked))
        return " + ".join(prescriptions.line(messages, part) for part in parts)
    return prescriptions.line(messages, prescribed_in(item.asked, unit))


def note_of(messages: Messages, item: Item, unit: str) -> str:
    """Write figures that are kept as a note: what was understood, and the words it was read from."""
    figures = prescriptions.line(messages, prescribed_in(item.asked, unit))
    raw = item.read.raw.strip()
    return messages.label("program-note", figures=figures, raw=raw) if figures else raw


def _unread(messages: Messages, preview: Preview) -> Iterator[Html]:
    missed = unread_lines(preview.draft)
    if not missed:
        return
    yield Html("")
    yield messages.text("program-unread-heading")
    for line in missed[:MOST_UNREAD]:
        shown = prescriptions.shortened(line.text, LONGEST_UNREAD)
        yield Html(f"⚪️ {messages.text('program-unread-line', number=str(line.line), text=shown)}")
    if len(missed) > MOST_UNREAD:
        yield messages.text("program-unread-more", count=len(missed) - MOST_UNREAD)


def _footer(messages: Messages, preview: Preview) -> Iterator[Html]:
    draft = preview.draft
    if draft.waits_for_model:
        yield Html("")
        yield messages.text("program-reading-rest")
    elif draft.model_failure is not None:
        yield Html("")
        yield messages.text("program-model-failed", reason=draft.model_failure)
    elif unread_lines(draft) and not preview.has_model:
        yield messages.text("program-unread-hint")


def keyboard(messages: Messages, preview: Preview) -> list[list[Button]]:
    """Lay out the buttons: doubts, pages, and what is done with the program as a whole."""
    draft, args = preview.draft, preview.args
    rows = [*_question_rows(messages, preview), *_swap_rows(messages, preview), *_page_row(messages, preview)]
    if draft.model_failure is not None and preview.has_model:
        rows.append([Button(messages.label("program-retry"), Action("program.retry", args))])
    if draft.kept:
        rows.append([Button(messages.label("program-save"), Action("program.save", args, once=False), "success")])
    rows.append(
        [
            Button(messages.label("program-rename"), Action("program.rename", args, once=False)),
            Button(messages.label("program-correct"), Action("program.items", args, once=False)),
            Button(messages.label("program-discard"), Action("program.discard", args), "danger"),
        ]
    )
    return rows


def _question_rows(messages: Messages, preview: Preview) -> Iterator[list[Button]]:
    asked = questions(preview.draft)
    count = -(-len(asked) // MOST_QUESTIONS)
    page = pages.within(preview.asked, count)
    for at in range(page * MOST_QUESTIONS, min((page + 1) * MOST_QUESTIONS, len(asked))):
        args = {**preview.args, "question": at}
        yield [Button(question_label(messages, asked[at]), Action("program.ask", args, once=False))]
    if count > 1:
        following = {**preview.args, "asked": (page + 1) % count}
        label = messages.label("program-more-questions", page=page + 1, pages=count)
        yield [Button(label, Action("program.show", following, once=False))]


def _swap_rows(messages: Messages, preview: Preview) -> Iterator[list[Button]]:
    """Offer a substitute for what the user's kit does not allow; all at once where there are several."""
    lacks = [(key, lack) for key, lack in preview.lacks.items() if lack.name is not None]
    for key, lack in lacks[:MOST_SWAPS]:
        label = messages.label("program-swap", before=lack.exercise, after=lack.name or "")
        yield [Button(label, Action("program.swap", {**preview.args, "key": key}))]
    if len(lacks) > 1:
        label = messages.label("program-swap-all", count=len(lacks))
        yield [Button(label, Action("program.swap", {**preview.args, "key": None}))]


def question_label(messages: Messages, question: Question) -> str:
    """Name a doubt on its button."""
    words = prescriptions.shortened(question.words, 40)
    mark = "⚪️" if question.kind == "unread" else "🔴" if question.is_low else "🟡"
    if len(question.places) > 1:
        return messages.label("program-question-many", mark=mark, words=words, count=len(question.places))
    return messages.label("program-question", mark=mark, words=words)


def _page_row(messages: Messages, preview: Preview) -> Iterator[list[Button]]:
    count = len(pages.pack(blocks(messages, preview)))
    if count > 1:
        yield page_buttons(messages, "program.show", preview.args, pages.within(preview.page, count), count)


def page_buttons(messages: Messages, action: str, args: Mapping[str, Any], page: int, count: int) -> list[Button]:
    """Give the buttons that turn pages; past the last one comes the first."""
    return [
        Button("«", Action(action, {**args, "page": (page - 1) % count}, once=False)),
        Button(
            messages.label("page-of", page=page + 1, pages=count),
            Action(action, {**args, "page": page}, once=False),
        ),
        Button("»", Action(action, {**args, "page": (page + 1) % count}, once=False)),
    ]
