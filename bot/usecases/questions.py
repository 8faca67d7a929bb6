"""What is asked about an exercise before it is stored, one at a time, and the dialogue that waits for figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.usecases.log_draft import LogDraft
from bot.usecases.performed import Performed, from_reading
from bot.usecases.reading_context import FRESH, NUMBER_ORDERS, reading_context, unit_of
from bot.usecases.verdicts import Question
from parser import Habits, LoggedExercise, Span, read_shorthand
from parser.reading import NumberOrder

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import WorkoutImportLog

FIGURES_DIALOGUE: Final = "log_figures"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about the exercise at `index` of a draft; `more` further ones wait behind it.

    `orders` are the ways to read three numbers, each with what it would mean.
    """

    index: int
    question: Question
    read: LoggedExercise
    name: str
    performed: tuple[Performed, ...]
    orders: tuple[tuple[NumberOrder, tuple[Performed, ...]], ...] = ()
    more: int = 0


async def ask_next(turn: Turn, import_row: WorkoutImportLog, draft: LogDraft) -> Asked | None:
    """Find the first exercise that waits for an answer; when figures are missing, listen for them."""
    if not draft.asked:
        return None
    asked = await describe_question(turn, import_row, draft, draft.asked[0])
    if asked.question is Question.FIGURES:
        await listen_for_figures(turn, import_row, asked.index)
    return asked


async def describe_question(turn: Turn, import_row: WorkoutImportLog, draft: LogDraft, index: int) -> Asked:
    """Put together what the question about one exercise shows."""
    item, read = draft.items[index], draft.reading.exercises[index]
    question = item.question or Question.CHECK
    name = read.name or read.raw
    if item.exercise_id is not None and (exercise := await turn.work.exercises.find(item.exercise_id)):
        name = exercise.name
    performed = tuple(from_reading(one, unit_of(turn.user)) for one in read.sets)
    orders = await read_in_orders(turn, import_row.raw_text, index) if question is Question.ORDER else {}
    if question is Question.ORDER and len(orders) < 2:
        question = Question.CHECK
    written = {
        order: tuple(from_reading(one, unit_of(turn.user)) for one in exercise.sets)
        for order, exercise in orders.items()
    }
    return Asked(index, question, read, name, performed, tuple(written.items()), len(draft.asked) - 1)


async def read_in_orders(turn: Turn, text: str, index: int) -> dict[NumberOrder, LoggedExercise]:
    """Read the text anew in every order that three numbers may stand in; ways that mean the same count once."""
    context = await reading_context(turn, None)
    found: dict[NumberOrder, LoggedExercise] = {}
    for order in NUMBER_ORDERS:
        habits = Habits(order, context.habits.last_loads_kg)
        reading = read_shorthand(text, replace(context, habits=habits))
        if index >= len(reading.exercises):
            continue
        exercise = reading.exercises[index]
        figures = [replace(one, span=Span(0, 0)) for one in exercise.sets]
        if figures and not any(
            figures == [replace(one, span=Span(0, 0)) for one in had.sets] for had in found.values()
        ):
            found[order] = exercise
    return found


async def listen_for_figures(turn: Turn, import_row: WorkoutImportLog, index: int) -> None:
    """Take the next text for the figures of this exercise, for as long as a session stays open by itself."""
    data = {"import_id": str(import_row.id), "item": index}
    await turn.work.dialogues.ask(turn.chat_id, FIGURES_DIALOGUE, data, expires_at=turn.now + FRESH, asked_at=turn.now)
