"""A program between reading and saving: what was read, and what the user has decided about it so far.

It is kept as JSON in ``workout_import_log.draft``. The reading in it is lossless; decisions lie over it, item by item,
so that what was read can still be shown beside what it was made into. Indices are good for one version of the row only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, NamedTuple
from uuid import UUID

from parser import Confidence, Day, PrescribedExercise, Reading, UnreadLine, reading_from_json, reading_to_json
from parser.reading import ReaderName

Figures = Literal["confirmed", "split", "noted"]


class Place(NamedTuple):
    """Where an item stands in a draft: its day and its place in the day, both counted from 0."""

    day: int
    item: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What the user said about one exercise. `key` is the chosen exercise; `own_name` a new exercise of their own.

    `instead_of` names the exercise that the text asks for, where another was taken because of the user's kit.
    """

    key: str | None = None
    name: str | None = None
    own_name: str | None = None
    own_muscle: str | None = None
    figures: Figures | None = None
    is_left_out: bool = False
    is_rewritten: bool = False
    instead_of: str | None = None


UNDECIDED = Decision()


@dataclass(frozen=True, slots=True)
class Item:
    """One exercise of the program as it was read, and the decision over it."""

    read: PrescribedExercise
    decision: Decision = UNDECIDED

    @property
    def is_touched(self) -> bool:
        return self.decision != UNDECIDED

    @property
    def name(self) -> str:
        """Name the exercise as it would be saved."""
        decided = self.decision.name or self.decision.own_name
        return decided or self.read.name or self.read.raw.strip()

    @property
    def key(self) -> str | None:
        """Give the key of a known exercise, None where there is none or it becomes one of the user's own."""
        if self.decision.own_name is not None:
            return None
        return self.decision.key or self.read.key

    @property
    def asked(self) -> PrescribedExercise:
        """Give what is asked for. A load was meant for the exercise in the text, so a substitute's is left open."""
        if self.decision.instead_of is None:
            return self.read
        scheme = tuple(replace(one, weight=None, unit=None, load_mode="external") for one in self.read.scheme)
        return replace(self.read, weight=None, unit=None, load_mode="external", scheme=scheme)

    @property
    def has_name(self) -> bool:
        return self.key is not None or self.decision.own_name is not None


@dataclass(frozen=True, slots=True)
class DraftDay:
    """One workout of the program."""

    name: str | None
    week: int | None
    day_of_week: int | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A program that is being previewed.

    `waits_for_model`: a model is reading the rest. `model_failure`: why it could not. `message_id` names the outbox row
    of the preview. Unread lines that were waved aside are in `ignored`, by number; the import keeps them all the same.
    """

    days: tuple[DraftDay, ...]
    unread: tuple[UnreadLine, ...] = ()
    title: str | None = None
    renamed: str | None = None
    notes: tuple[str, ...] = ()
    reader: ReaderName = "shorthand"
    ignored: frozenset[int] = frozenset()
    waits_for_model: bool = False
    model_failure: str | None = None
    message_id: UUID | None = None

    @property
    def name(self) -> str:
        return self.renamed or self.title or ""

    @property
    def items(self) -> tuple[tuple[Place, Item], ...]:
        """Give all exercises with their places, day after day."""
        return tuple((Place(d, i), item) for d, day in enumerate(self.days) for i, item in enumerate(day.items))

    @property
    def kept(self) -> tuple[tuple[Place, Item], ...]:
        return tuple((place, item) for place, item in self.items if not item.decision.is_left_out)

    @property
    def is_touched(self) -> bool:
        return any(item.is_touched for _, item in self.items) or bool(self.ignored)

    def item(self, place: Place) -> Item:
        return self.days[place.day].items[place.item]

    def has(self, place: Place) -> bool:
        return 0 <= place.day < len(self.days) and 0 <= place.item < len(self.days[place.day].items)

    def decide(self, places: Sequence[Place], change: Callable[[Decision], Decision]) -> Draft:
        """Change the decision over some items."""
        wanted = frozenset(places)
        days = tuple(
            replace(
                day,
                items=tuple(
                    replace(item, decision=change(item.decision)) if Place(d, i) in wanted else item
                    for i, item in enumerate(day.items)
                ),
            )
            for d, day in enumerate(self.days)
        )
        return replace(self, days=days)

    def rewrite(self, place: Place, exercises: Sequence[PrescribedExercise]) -> Draft:
        """Put what the user wrote anew in the place of one item; where it stood in the text stays known."""
        old = self.item(place)
        new = tuple(
            Item(replace(one, span=old.read.span, line=old.read.line), Decision(is_rewritten=True)) for one in exercises
        )
        return self._with_items(place.day, lambda items: (*items[: place.item], *new, *items[place.item + 1 :]))

    def insert_for_line(self, line: UnreadLine, exercises: Sequence[PrescribedExercise]) -> Draft:
        """Put what the user wrote for a line that was not read where the line stands among the others."""
        new = tuple(Item(replace(one, line=line.line), Decision(is_rewritten=True)) for one in exercises)
        unread = tuple(other for other in self.unread if other != line)
        if not self.days:
            return replace(self, days=(DraftDay(None, None, None, new),), unread=unread)
        day = self.day_of_line(line.line)
        return replace(self._with_items(day, lambda items: _merged(items, new)), unread=unread)

    def day_of_line(self, line: int) -> int:
        """Find the workout that a line of the text belongs to: the last one that begins before it."""
        starts = [min((item.read.line for item in day.items), default=None) for day in self.days]
        found = [d for d, start in enumerate(starts) if start is not None and start <= line]
        return found[-1] if found else 0

    def _with_items(self, day: int, change: Callable[[tuple[Item, ...]], tuple[Item, ...]]) -> Draft:
        days = list(self.days)
        days[day] = replace(days[day], items=change(days[day].items))
        return replace(self, days=tuple(days))


def _merged(items: tuple[Item, ...], new: tuple[Item, ...]) -> tuple[Item, ...]:
    at = sum(1 for item in items if item.read.line <= new[0].read.line) if new else 0
    return (*items[:at], *new, *items[at:])


def draft_of(reading: Reading) -> Draft:
    """Make a draft of what was read, with nothing decided. A day without exercises is no workout."""
    days = tuple(
        DraftDay(day.name, day.week, day.day_of_week, tuple(Item(one) for one in day.exercises))
        for day in reading.days
        if day.exercises
    )
    return Draft(days, reading.unread, reading.title, notes=reading.notes, reader=reading.reader)


def as_reading(draft: Draft) -> Reading:
    """Give the draft's exercises as a reading again, without the decisions."""
    days = tuple(Day(day.name, day.week, day.day_of_week, tuple(item.read for item in day.items)) for day in draft.days)
    return Reading("program", None, draft.title, days, (), draft.unread, draft.reader, None, draft.notes)


def draft_to_json(draft: Draft) -> dict[str, Any]:
    """Give the draft as plain JSON values."""
    return {
        "reading": reading_to_json(as_reading(draft)),
        "decisions": [[asdict(item.decision) if item.is_touched else None for item in day.items] for day in draft.days],
        "renamed": draft.renamed,
        "ignored": sorted(draft.ignored),
        "waits_for_model": draft.waits_for_model,
        "model_failure": draft.model_failure,
        "message_id": None if draft.message_id is None else str(draft.message_id),
    }


def draft_from_json(document: Mapping[str, Any]) -> Draft:
    """Build a draft from what `draft_to_json` gave."""
    reading = reading_from_json(document["reading"])
    days = tuple(
        DraftDay(day.name, day.week, day.day_of_week, _items(day, decisions))
        for day, decisions in zip(reading.days, document["decisions"], strict=True)
    )
    message_id = document.get("message_id")
    return Draft(
        days,
        reading.unread,
        reading.title,
        document.get("renamed"),
        reading.notes,
        reading.reader,
        frozenset(document.get("ignored", ())),
        bool(document.get("waits_for_model")),
        document.get("model_failure"),
        None if message_id is None else UUID(message_id),
    )


def _items(day: Day, decisions: Sequence[Mapping[str, Any] | None]) -> tuple[Item, ...]:
    return tuple(
        Item(one, UNDECIDED if decision is None else Decision(**decision))
        for one, decision in zip(day.exercises, decisions, strict=True)
    )


def confidence_of(item: Item) -> Confidence:
    """Say how sure an item is after what the user decided: a name they chose is certain, figures only if confirmed."""
    if not item.has_name:
        return Confidence.LOW
    if item.decision.figures is not None:
        return Confidence.HIGH if _is_named_surely(item) else item.read.confidence
    if not _is_named_by_user(item):
        return item.read.confidence
    if item.read.confidence is Confidence.HIGH or not _other_doubts(item):
        return Confidence.HIGH
    return Confidence.MEDIUM if item.read.scores.numbers >= 0.5 else Confidence.LOW


def has_name_doubt(item: Item) -> bool:
    """Tell whether the name should be looked at."""
    if item.decision.is_left_out or _is_named_by_user(item):
        return False
    if not item.has_name:
        return True
    unsure = item.read.confidence is not Confidence.HIGH
    return unsure and (any(doubt.kind == "name" for doubt in item.read.doubts) or not _other_doubts(item))


def has_figures_doubt(item: Item) -> bool:
    """Tell whether the figures should be looked at."""
    if item.decision.is_left_out or item.decision.figures is not None:
        return False
    return item.read.confidence is not Confidence.HIGH and _other_doubts(item)


def _is_named_by_user(item: Item) -> bool:
    return item.decision.key is not None or item.decision.own_name is not None


def _is_named_surely(item: Item) -> bool:
    return _is_named_by_user(item) or not any(doubt.kind == "name" for doubt in item.read.doubts)


def _other_doubts(item: Item) -> bool:
    return any(doubt.kind != "name" for doubt in item.read.doubts)
