"""The end of a preview: saved as a plan, put away, or brought back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from bot.answers import Answers, Toast
from bot.usecases import programs
from bot.usecases.own_exercises import GUESSED_TAG, create_own, measure_of
from bot.usecases.program_doubts import open_places, typed_words
from bot.usecases.program_draft import Decision, Draft, Item, Place, draft_from_json, draft_to_json
from bot.usecases.program_plan import plan_of, stays_as_read
from bot.usecases.program_progressions import steps, with_progressions
from bot.usecases.reading_context import unit_of, vocabulary_of
from bot.views import program_cards as cards
from bot.views.program_preview import day_name, note_of
from storage.models import Exercise, ImportStatus, WorkoutImportLog

if TYPE_CHECKING:
    from bot.turn import Turn

LAST_RESORT: Final = ("core",)
"""The muscles of an exercise that nothing is known about and nothing known stands beside."""


async def save(turn: Turn, args: Mapping[str, Any]) -> Answers:
    """Save the program, or ask first what is to become of exercises that are not settled."""
    row = await programs.find_open(turn, args)
    if row is None:
        return await programs.show_current(turn, UUID(args["import"]), is_stale=True)
    draft = draft_from_json(row.draft or {})
    unsettled = open_places(draft)
    if unsettled:
        return cards.ask_about_open(
            turn.messages, await programs.preview_of(turn, row, draft, args.get("page", 0)), unsettled
        )
    return await _store(turn, row, draft)


async def save_without(turn: Turn, args: Mapping[str, Any]) -> Answers:
    """Save what is settled; the rest stays in the import."""
    row = await programs.find_open(turn, args)
    if row is None:
        return await programs.show_current(turn, UUID(args["import"]), is_stale=True)
    draft = draft_from_json(row.draft or {})
    draft = draft.decide(open_places(draft), lambda decision: replace(decision, is_left_out=True))
    return await _store(turn, row, draft)


async def save_as_written(turn: Turn, args: Mapping[str, Any]) -> Answers:
    """Save all: unknown names become exercises of the user's own, and figures that do not fit stay a note."""
    row = await programs.find_open(turn, args)
    if row is None:
        return await programs.show_current(turn, UUID(args["import"]), is_stale=True)
    draft = draft_from_json(row.draft or {})
    for place in open_places(draft):
        item = draft.item(place)
        if not item.has_name:
            draft = draft.decide([place], _own_under(typed_words(item.read)))
    return await _store(turn, row, draft)


def _own_under(name: str) -> Any:
    return lambda decision: replace(decision, own_name=name)


async def _store(turn: Turn, row: WorkoutImportLog, draft: Draft) -> Answers:
    if not draft.kept:
        return Toast(turn.messages.label("program-nothing-to-save"))
    exercises = await _exercises(turn, draft)
    names = tuple(
        day_name(turn.messages, day.name, None, day.day_of_week, number)
        for number, day in enumerate(draft.days, start=1)
    )
    name = draft.name
    unit = unit_of(turn.user)
    notes = {place: note_of(turn.messages, item, unit) for place, item in draft.kept if not stays_as_read(item)}
    read = plan_of(draft, name, names, exercises, notes, unit, row.id)
    plan = await turn.work.plans.save(with_progressions(read, row.raw_text))
    await _settle_steps(turn, steps(read, row.raw_text))
    is_replacing, is_current = await _replace(turn, row), turn.user.current_plan_id is None
    if is_current:
        await turn.work.users.set_current_plan(plan.id)
        await turn.work.plans.mark_used(plan.id)
    await turn.work.imports.update(
        row.id,
        version=row.version,
        status=ImportStatus.SAVED,
        workout_plan_id=plan.id,
        draft=draft_to_json(replace(draft, waits_for_model=False)),
    )
    await _close_dialogue(turn, row.id)
    workouts = len({place.day for place in exercises})
    counts = cards.Counts(workouts, len(exercises), len(draft.items) - len(exercises))
    return cards.saved(turn.messages, draft, str(plan.id), counts, is_current=is_current, is_replacing=is_replacing)


async def _settle_steps(turn: Turn, told: Mapping[UUID, Decimal]) -> None:
    """Keep the steps by which a text lets loads go up, where the user has chosen no other."""
    rows = await turn.work.exercises.get_many(told)
    settings = await turn.work.exercise_settings.of([row.root_id for row in rows.values()])
    for exercise_id, step in told.items():
        root_id = rows[exercise_id].root_id
        if root_id not in settings or settings[root_id].load_step is None:
            await turn.work.exercise_settings.settle(root_id, load_step=step)


async def _replace(turn: Turn, row: WorkoutImportLog) -> bool:
    """Put the plan away that came of this text before the text was edited; the new one takes its place."""
    if row.workout_plan_id is None:
        return False
    earlier = await turn.work.plans.find(row.workout_plan_id)
    if earlier is None or earlier.deleted_at is not None:
        return False
    await turn.work.plans.delete(earlier.id)
    return True


async def _close_dialogue(turn: Turn, import_id: UUID) -> None:
    if turn.dialogue is not None and turn.dialogue.data.get("import") == str(import_id):
        await turn.work.dialogues.close(turn.chat_id)


async def _exercises(turn: Turn, draft: Draft) -> dict[Place, UUID]:
    """Find the exercise of every item that is kept; those of the user's own are made now."""
    keys = [item.key for _, item in draft.kept if item.key is not None]
    rows = await turn.work.exercises.find_by_keys(dict.fromkeys(keys))
    found = {place: rows[item.key].id for place, item in draft.kept if item.key in rows}
    own: dict[str, UUID] = {}
    for place, item in draft.kept:
        if place in found:
            continue
        name = item.decision.own_name or typed_words(item.read)
        if name.casefold() not in own:
            own[name.casefold()] = (await _make_own(turn, name, draft, item, rows)).id
        found[place] = own[name.casefold()]
    return found


async def _make_own(turn: Turn, name: str, draft: Draft, item: Item, rows: Mapping[str, Exercise]) -> Exercise:
    """Make an exercise of the user's own; what it trains the user said, or its likes or neighbours tell."""
    measure = measure_of((item.read, *item.read.scheme))
    decision: Decision = item.decision
    if decision.own_muscle is not None:
        return await create_own(turn.work, name, (decision.own_muscle,), measure)
    alike = (await vocabulary_of(turn)).search(name, 1)
    known = await turn.work.exercises.find_by_keys([one.key for one in alike])
    neighbours = [rows[other.key] for _, other in draft.kept if other.key is not None and other.key in rows]
    muscles = _muscles(known.values()) or _muscles(neighbours) or LAST_RESORT
    return await create_own(turn.work, name, muscles, measure, (GUESSED_TAG,))


def _muscles(exercises: Iterable[Exercise]) -> Sequence[str]:
    for exercise in exercises:
        return tuple(group.value for group in exercise.primary_muscle_groups)
    return ()


async def discard(turn: Turn, args: Mapping[str, Any]) -> Answers:
    """Put the program away. Its text and its draft stay, and it can be brought back."""
    row = await programs.find_open(turn, args)
    if row is None:
        return await programs.show_current(turn, UUID(args["import"]), is_stale=True)
    kept = await turn.work.imports.update(row.id, version=row.version, status=ImportStatus.DISCARDED)
    await _close_dialogue(turn, row.id)
    return cards.discarded(turn.messages, draft_from_json(row.draft or {}), kept)


async def revive(turn: Turn, args: Mapping[str, Any]) -> Answers:
    """Bring a program back that was put away."""
    row = await turn.work.imports.find(UUID(args["import"]))
    if row is None or row.draft is None or row.status is not ImportStatus.DISCARDED:
        return await programs.show_current(turn, UUID(args["import"]), is_stale=True)
    draft = replace(draft_from_json(row.draft), waits_for_model=False)
    kept = await turn.work.imports.update(row.id, status=ImportStatus.PREVIEW, draft=draft_to_json(draft))
    return await programs.preview_edit(turn, kept, draft)
