"""What is asked about an exercise before it is stored, one at a time, and the dialogue that waits for figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.usecases.log_draft import LogDraft
from bot.usecases.performed import Performed, from_reading
from bot.usecases.reading_context import FRESH, NUMBER_ORDERS, reading_context, unit_for
from bot.usecases.short_texts import done_instead_of_planned, read_text
from bot.usecases.verdicts import Question
from parser import LoggedExercise, ReadSet, Span
from parser.reading import NumberOrder

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import Exercise, WorkoutImportLog

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
    exercise = None if item.exercise_id is None else await turn.work.exercises.find(item.exercise_id)
    name = read.name or read.raw if exercise is None else exercise.name
    unit = await unit_for(turn, exercise)
    performed = tuple(from_reading(one, unit) for one in read.sets)
    orders = await read_in_orders(turn, import_row.raw_text, index, exercise) if question is Question.ORDER else {}
    if question is Question.ORDER and len(orders) < 2:
        question = Question.CHECK
    written = {order: tuple(from_reading(one, unit) for one in told.sets) for order, told in orders.items()}
    return Asked(index, question, read, name, performed, tuple(written.items()), len(draft.asked) - 1)


async def read_in_orders(
    turn: Turn, text: str, index: int, exercise: Exercise | None
) -> dict[NumberOrder, LoggedExercise]:
    """Read the text anew in every order that three numbers may stand in; ways that mean the same count once."""
    context = await reading_context(turn, exercise)
    found: dict[NumberOrder, LoggedExercise] = {}
    for order in NUMBER_ORDERS:
        as_ordered = replace(context, habits=replace(context.habits, three_number_order=order))
        reading = read_text(text, as_ordered)
        if reading.kind == "program":
            reading = done_instead_of_planned(text, reading, as_ordered) or reading
        read = reading.exercises[index] if index < len(reading.exercises) else None
        if read is not None and read.sets and not any(_same_figures(read, had) for had in found.values()):
            found[order] = read
    return found


def _same_figures(one: LoggedExercise, other: LoggedExercise) -> bool:
    """Tell whether two readings mean the same sets, wherever in the text they stand."""

    def figures(read: LoggedExercise) -> list[ReadSet]:
        return [replace(performed, span=Span(0, 0)) for performed in read.sets]

    return figures(one) == figures(other)


async def listen_for_figures(turn: Turn, import_row: WorkoutImportLog, index: int) -> None:
    """Take the next text for the figures of this exercise, for as long as a session stays open by itself."""
    data = {"import_id": str(import_row.id), "item": index}
    await turn.work.dialogues.ask(turn.chat_id, FIGURES_DIALOGUE, data, expires_at=turn.now + FRESH, asked_at=turn.now)
