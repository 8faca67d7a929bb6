"""The questions about muscle groups, their answers, and what becomes of the sets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from bot.answers import Action, Button, Edit, Text
from bot.markup import Html, escape, join, lines
from bot.messages import Messages
from storage.repositories.muscle_feedback import Question
from training.mesocycle import Feedback, SetsChange, Why

LEVELS: Final = (0, 1, 2, 3)
QUESTIONS: Final[tuple[Question, ...]] = ("soreness", "pump", "challenge")


def question(
    messages: Messages, session_id: UUID, muscle_group: str, asked: Question
) -> tuple[Html, list[list[Button]]]:
    """Ask one question about a muscle group, a button for each answer."""
    args: dict[str, Any] = {"session": str(session_id), "group": muscle_group, "question": asked}
    answers = [
        Button(messages.label(f"meso-answer-{asked}", level=level), Action("meso.answer", {**args, "level": level}))
        for level in LEVELS
    ]
    skip = Button(messages.label("meso-answer-none"), Action("meso.no_answer", args))
    text = messages.text(f"meso-ask-{asked}", muscle=muscle(messages, muscle_group))
    return text, [answers[:2], answers[2:], [skip]]


def asked(messages: Messages, session_id: UUID, muscle_group: str, which: Question) -> Text:
    return Text(*question(messages, session_id, muscle_group, which), silent=True)


def noted(messages: Messages, muscle_group: str, feedback: Feedback, questions: Sequence[Question]) -> Edit:
    """Show what was said. Its buttons go: what is asked or shown above comes within reach again."""
    said = words(messages, feedback, questions)
    name = muscle(messages, muscle_group)
    if not said:
        return Edit(messages.text("meso-nothing-said", muscle=name))
    return Edit(messages.text("meso-said", muscle=name, said=said))


def words(messages: Messages, feedback: Feedback, questions: Sequence[Question]) -> str:
    """Put answers in words: "recovered a while ago, no pump, easy"."""
    return ", ".join(
        messages.label(f"meso-word-{one}", level=level)
        for one in questions
        if (level := getattr(feedback, one)) is not None
    )


def still_open(messages: Messages, session_id: UUID, groups: Sequence[str]) -> Text:
    """Ask which of the muscle groups that nothing was said about the user wants to say something about."""
    return Text(messages.text("meso-still-open", count=len(groups)), _groups(messages, session_id, groups), silent=True)


def answers(messages: Messages, session_id: UUID, said: Mapping[str, Feedback]) -> Text:
    """Show what was said in a session, a button for each muscle group to say it anew."""
    told = (
        messages.text(
            "meso-said",
            muscle=muscle(messages, group),
            said=words(messages, feedback, QUESTIONS) or messages.label("meso-word-nothing"),
        )
        for group, feedback in said.items()
    )
    return Text(lines(messages.text("meso-change-which"), *told), _groups(messages, session_id, list(said)))


def _groups(messages: Messages, session_id: UUID, groups: Sequence[str]) -> list[list[Button]]:
    buttons = [
        Button(
            messages.label("muscle-name", muscle=group),
            Action("meso.ask_anew", {"session": str(session_id), "group": group}, once=False),
        )
        for group in groups
    ]
    return [buttons[start : start + 3] for start in range(0, len(buttons), 3)]


def next_sets(
    messages: Messages, session_id: UUID, week: int, workout: str, changes: Sequence[tuple[str, SetsChange]]
) -> Text:
    """Say what becomes of a workout's sets, and why; with a way to change what was said."""
    told = [line for name, change in changes for line in _change(messages, name, change)]
    kept = sum(change.change == 0 for _, change in changes)
    rest = messages.text("meso-sets-kept", count=kept) if kept and told else None
    change = Button(
        messages.label("meso-answer-change"), Action("meso.answers", {"session": str(session_id)}, once=False)
    )
    if not told:
        return Text(messages.text("meso-sets-all-kept", week=week, workout=workout), [[change]])
    return Text(lines(messages.text("meso-sets-head", week=week, workout=workout), *told, rest), [[change]])


def _change(messages: Messages, name: str, change: SetsChange) -> Iterator[Html]:
    if change.change == 0 and change.why not in (Why.MOST, Why.FEWEST):
        return
    by = messages.label("meso-change", sign="plus" if change.change > 0 else "minus", count=str(abs(change.change)))
    sets = messages.text("meso-sets-changed", name=name, sets=change.after, by=by if change.change else "none")
    yield join(" ", (sets, escape(sentence(reason(messages, change) or ""))))


def reason(messages: Messages, change: SetsChange) -> str | None:
    """Say in words why a prescription has its sets: "chest recovered a while ago, easy"."""
    if change.why is Why.UNKNOWN:
        return None
    feedback = change.feedback
    group = messages.label("meso-muscle", muscle=change.muscle_group)
    said = [
        messages.label("meso-word-soreness", level=feedback.soreness),
        messages.label("meso-word-challenge", level=feedback.challenge),
    ]
    if feedback.is_low_pump:
        said.append(messages.label("meso-word-pump", level=feedback.pump))
    return messages.label(f"meso-reason-{change.why}", muscle=group, said=", ".join(said))


def sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def muscle(messages: Messages, muscle_group: str) -> str:
    return messages.label("muscle-name", muscle=muscle_group)
