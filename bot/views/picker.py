"""The question which exercise is meant, its candidates, the search and the muscles of an exercise of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bot.answers import Action, Button, Edit, Keyboard, Text
from bot.markup import Html, code, lines
from bot.messages import Messages
from parser import Candidate
from storage.models import MuscleGroup

if TYPE_CHECKING:
    from bot.usecases.exercise_questions import Subject

Args = Mapping[str, Any]
LONGEST_RAW = 300


def question(messages: Messages, subject: Subject, args: Args) -> Text:
    """Ask in a new message."""
    about = {"import_id": args["import"], "path": list(args["path"])}
    return Text(_asked(messages, subject), question_buttons(messages, subject, args), about=about)


def question_again(messages: Messages, subject: Subject, args: Args) -> Edit:
    """Ask in the message whose button was pressed."""
    return Edit(_asked(messages, subject), question_buttons(messages, subject, args))


def _asked(messages: Messages, subject: Subject) -> Html:
    raw = code(subject.raw[:LONGEST_RAW]) if subject.raw != subject.words else None
    return lines(messages.text("picker-question", words=subject.words), raw)


def question_buttons(messages: Messages, subject: Subject, args: Args) -> list[list[Button]]:
    """Lay out the candidates, one a row, and the other ways to answer below them."""
    return [
        *candidate_buttons(subject.candidates, args),
        other_ways(messages, args),
        [Button(messages.label("picker-leave-out"), Action("picker.leave_out", args))],
    ]


def other_ways(messages: Messages, args: Args) -> list[Button]:
    """Offer to look for the exercise, or to make it one of the user's own."""
    return [
        Button(messages.label("picker-search"), Action("picker.search", args, once=False)),
        Button(messages.label("picker-own"), Action("picker.own", args, once=False)),
    ]


def candidate_buttons(candidates: Sequence[Candidate], args: Args) -> list[list[Button]]:
    return [[Button(one.name, Action("picker.choose", {**args, "key": one.key}))] for one in candidates]


def ask_for_search(messages: Messages, words: str, args: Args) -> Edit:
    back = Button(messages.label("picker-back"), Action("picker.cancel", args, once=False))
    return Edit(messages.text("picker-ask-search", words=words), [[back]])


def found(messages: Messages, words: str, query: str, candidates: Sequence[Candidate], args: Args) -> Text:
    """Show what a search found, in a new message: the answer belongs below what was typed."""
    below: Keyboard = [
        [
            Button(messages.label("picker-search-again"), Action("picker.search", args, once=False)),
            Button(messages.label("picker-own"), Action("picker.own", args, once=False)),
        ],
        [Button(messages.label("picker-back"), Action("picker.cancel", args, once=False))],
    ]
    if not candidates:
        return Text(messages.text("picker-found-nothing", query=query), below)
    return Text(messages.text("picker-found", words=words), [*candidate_buttons(candidates, args), *below])


def ask_muscle(messages: Messages, words: str, args: Args) -> Edit:
    buttons = [
        Button(
            messages.label("muscle-name", muscle=group.value), Action("picker.muscle", {**args, "muscle": group.value})
        )
        for group in MuscleGroup
    ]
    rows: list[list[Button]] = [buttons[at : at + 3] for at in range(0, len(buttons), 3)]
    rows.append([Button(messages.label("picker-back"), Action("picker.cancel", args, once=False))])
    return Edit(messages.text("picker-ask-muscle", words=words), rows)
