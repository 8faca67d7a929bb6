"""The state of a logged text in its import row: what was read, and whether each exercise is stored or asked about.

It is kept as JSON in ``workout_import_log.draft``, so that a question outlives a restart and an old button finds the
sets it speaks of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal
from uuid import UUID

from bot.usecases.verdicts import Mark, Question
from parser import Reading, reading_from_json, reading_to_json

ItemState = Literal["saved", "asked", "left_out"]


@dataclass(frozen=True, slots=True)
class Item:
    """One exercise of the text. `set_ids` are its stored sets in order."""

    state: ItemState
    question: Question | None = None
    mark: Mark | None = None
    exercise_id: UUID | None = None
    set_ids: tuple[UUID, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "state": self.state,
            "question": self.question,
            "mark": self.mark,
            "exercise_id": None if self.exercise_id is None else str(self.exercise_id),
            "set_ids": [str(set_id) for set_id in self.set_ids],
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Item:
        question, mark, exercise_id = (document.get(name) for name in ("question", "mark", "exercise_id"))
        return cls(
            state=document["state"],
            question=None if question is None else Question(question),
            mark=None if mark is None else Mark(mark),
            exercise_id=None if exercise_id is None else UUID(exercise_id),
            set_ids=tuple(UUID(set_id) for set_id in document.get("set_ids", ())),
        )


@dataclass(frozen=True, slots=True)
class LogDraft:
    """A reading and the state of each of its exercises, in the same order.

    `answer_id` is the outbox row of the message that tells of it, and is edited when something of it changes.
    """

    reading: Reading
    items: tuple[Item, ...]
    answer_id: UUID | None = None

    def with_item(self, index: int, item: Item) -> LogDraft:
        items = (*self.items[:index], item, *self.items[index + 1 :])
        return replace(self, items=items)

    @property
    def asked(self) -> Sequence[int]:
        """Name the exercises that wait for an answer."""
        return [index for index, item in enumerate(self.items) if item.state == "asked"]

    @property
    def set_ids(self) -> tuple[UUID, ...]:
        return tuple(set_id for item in self.items for set_id in item.set_ids)

    def to_json(self) -> dict[str, Any]:
        return {
            "reading": reading_to_json(self.reading),
            "items": [item.to_json() for item in self.items],
            "answer_id": None if self.answer_id is None else str(self.answer_id),
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> LogDraft:
        return cls(
            reading=reading_from_json(document["reading"]),
            items=tuple(Item.from_json(item) for item in document["items"]),
            answer_id=UUID(document["answer_id"]) if document.get("answer_id") else None,
        )
