"""A model's reading joins a draft that the user may have changed meanwhile: what they touched stays. Pure rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.usecases.program_draft import Draft, DraftDay, Item, draft_of
from parser import PrescribedExercise, Reading

Key = tuple[int, int, int]


def join(draft: Draft, reading: Reading) -> Draft:
    """Give the draft with what the model could read; `reading` is already checked against shorthand's."""
    read = draft_of(reading)
    fresh = replace(
        read, title=read.title or draft.title, renamed=draft.renamed, ignored=draft.ignored, message_id=draft.message_id
    )
    return _joined(draft, fresh) if draft.is_touched else fresh


def _joined(draft: Draft, fresh: Draft) -> Draft:
    waiting: dict[Key, list[Item]] = {}
    for _, item in fresh.items:
        waiting.setdefault(_key(item.read), []).append(item)
    days = tuple(_day(day, waiting) for day in draft.days)
    written = {item.read.line for _, item in draft.items if item.decision.is_rewritten}
    joined = replace(
        draft,
        days=days,
        reader=fresh.reader,
        unread=tuple(line for line in fresh.unread if line.line not in written),
    )
    added = [item.read for items in waiting.values() for item in items if _is_wanted(item, written, draft.ignored)]
    return _with_added(joined, added)


def _day(day: DraftDay, waiting: dict[Key, list[Item]]) -> DraftDay:
    items = []
    for item in day.items:
        same = waiting.get(_key(item.read), [])
        new = same.pop(0) if same else item
        items.append(item if item.is_touched else new)
    return replace(day, items=tuple(items))


def _is_wanted(item: Item, written: set[int], ignored: frozenset[int]) -> bool:
    """Tell whether an exercise that the model found is news: lines that the user dealt with are settled."""
    return item.read.line not in written and item.read.line not in ignored


def _with_added(draft: Draft, added: Sequence[PrescribedExercise]) -> Draft:
    for exercise in sorted(added, key=lambda one: one.line):
        if not draft.days:
            draft = replace(draft, days=(DraftDay(None, None, None, ()),))
        days = list(draft.days)
        at = draft.day_of_line(exercise.line)
        before = sum(1 for item in days[at].items if item.read.line <= exercise.line)
        items = days[at].items
        days[at] = replace(days[at], items=(*items[:before], Item(exercise), *items[before:]))
        draft = replace(draft, days=tuple(days))
    return draft


def _key(exercise: PrescribedExercise) -> Key:
    return (exercise.line, exercise.span.start, exercise.span.end)
