"""Sets and what follows from them in the same transaction: records, the day's summary, the session's last activity."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from storage.database import Database
from storage.drafts import SetDraft
from storage.errors import NotFoundError, StaleVersionError
from storage.models import ConfidenceLevel, LoadMode, RecordType, SetKind
from storage.repositories.base import found
from storage.repositories.sets import Logged
from storage.unit_of_work import UnitOfWork
from tests.storage.everything import BENCH, NOW, TODAY, all_records
from training.library_types import exercise_id

SQUAT = exercise_id("barbell-back-squat")
PULL_UP = exercise_id("pull-up")


def bench(weight: str | None = None, reps: int | None = None, **more: Any) -> SetDraft:
    return SetDraft(BENCH, reps, None if weight is None else Decimal(weight), **more)


async def log(work: UnitOfWork, *drafts: SetDraft, at: datetime = NOW, import_id: UUID | None = None) -> Logged:
    """Log into the open session, opening one first where there is none."""
    session = await work.sessions.find_open() or await work.sessions.open_free(session_date=at.date(), started_at=at)
    return await work.sets.log(session.id, drafts, at=at, import_id=import_id)


async def records(work: UnitOfWork, root_id: UUID = BENCH) -> dict[str, Decimal]:
    return {row.record_type.value: row.value for row in await work.records.of(root_id)}


async def test_sets_are_numbered_and_keep_what_was_typed(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        typed = {"typed_weight": Decimal("225"), "typed_unit": "lb", "rpe": Decimal("8.5"), "notes": "belt"}
        logged = await log(work, bench("60", 10, kind="warmup"), bench("102.06", 5, **typed), SetDraft(SQUAT, 5))
        assert [row.set_number for row in logged.sets] == [1, 2, 1]
        more = await log(work, bench("102.06", 4))
        assert [row.set_number for row in more.sets] == [3]
        session_id = logged.sets[0].workout_session_id
    async with database.begin(telegram_id=telegram_id) as work:
        tree = await work.sessions.read(session_id)
        assert [(entry.exercise.id, len(entry.sets)) for entry in tree.exercises] == [(BENCH, 3), (SQUAT, 1)]
        row = tree.exercises[0].sets[1]
        assert (row.weight, row.typed_weight, row.typed_unit) == (Decimal("102.06"), Decimal(225), "lb")
        assert (row.rpe, row.notes, row.kind) == (Decimal("8.5"), "belt", SetKind.WORKING)


async def test_a_quick_log_costs_the_same_after_many_sets(
    database: Database, telegram_id: int, statements: list[str]
) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        session = await work.sessions.open_free(session_date=TODAY, started_at=NOW)
        statements.clear()
        await work.sets.log(session.id, [bench("80", 5)], at=NOW)
        assert len(statements) <= 9  # the first: with a new entry and new records
        await work.sets.log(session.id, [bench("60", 5) for _ in range(60)], at=NOW)
        statements.clear()
        await work.sets.log(session.id, [bench("60", 1), bench("60", 1)], at=NOW)
        assert len(statements) <= 8  # only the total of the session is a new record
        assert sum("INSERT INTO exercise_set" in statement for statement in statements) == 1


async def test_a_record_is_told_with_what_it_beat(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        first = await log(work, bench("80", 8))
        assert {change.record_type.value: (change.value, change.previous) for change in first.records} == {
            "1rm": (Decimal("101.33"), None),
            "set_volume": (640, None),
            "total_volume": (640, None),
            "max_weight": (80, None),
            "max_reps": (8, None),
        }
        second = await log(work, bench("82.5", 6))
        assert {change.record_type.value: (change.value, change.previous) for change in second.records} == {
            "total_volume": (1135, 640),
            "max_weight": (Decimal("82.5"), 80),
        }
        assert all(change.is_better and change.set_id == second.sets[0].id for change in second.records)
        assert (await log(work, bench("100", 8, kind="warmup"))).records == []


async def test_records_through_edit_delete_restore_and_undo(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        text = await work.imports.receive("bench 80x8, 90x5")
        logged = await log(work, bench("80", 8), bench("90", 5), import_id=text.id)
        heavy = logged.sets[1]
        as_logged = await records(work)
        assert as_logged["max_weight"] == 90
        # An edit down: the record falls back on the other set.
        amended = await work.sets.amend(heavy.id, heavy.version, weight=Decimal(70))
        assert (await records(work))["max_weight"] == 80
        fallen = {c.record_type: c for c in amended.records}[RecordType.MAX_WEIGHT]
        assert (fallen.value, fallen.previous, fallen.is_better) == (80, 90, False)
        # And up again.
        await work.sets.amend(heavy.id, None, weight=Decimal(90))
        assert await records(work) == as_logged
        # Deleted and restored.
        await work.sets.delete([heavy.id])
        assert (await records(work))["total_volume"] == 640
        await work.sets.restore([heavy.id])
        assert await records(work) == as_logged
        # The import taken back whole: no record is left, and all of them come back.
        undone = await work.sets.undo_import(text.id)
        assert len(undone.sets) == 2
        assert await records(work) == {}
        assert {c.value for c in undone.records} == {None}
        assert found(await work.summaries.of(TODAY), "summary", TODAY).total_sets == 0
        assert len((await work.sets.restore_import(text.id)).sets) == 2
        assert await records(work) == as_logged
        assert found(await work.summaries.of(TODAY), "summary", TODAY).total_volume == 1090


async def test_what_was_deleted_alone_stays_deleted_when_its_import_comes_back(
    database: Database, telegram_id: int
) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        text = await work.imports.receive("bench 80x8, 90x5")
        logged = await log(work, bench("80", 8), bench("90", 5), import_id=text.id)
        await work.sets.delete([logged.sets[0].id])
    async with database.begin(telegram_id=telegram_id) as work:
        await work.sets.undo_import(text.id)
    async with database.begin(telegram_id=telegram_id) as work:
        back = await work.sets.restore_import(text.id)
        assert [row.id for row in back.sets] == [logged.sets[1].id]


async def test_a_set_moves_to_another_exercise_with_its_records(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        logged = await log(work, bench("80", 8), bench("85", 5))
        moved = await work.sets.amend(logged.sets[1].id, 1, exercise_id=SQUAT)
        row = moved.sets[0]
        assert (row.exercise_id, row.exercise_root_id, row.set_number) == (SQUAT, SQUAT, 1)
        assert (await records(work))["max_weight"] == 80
        assert (await records(work, SQUAT))["max_weight"] == 85
        tree = await work.sessions.read(row.workout_session_id)
        assert [(entry.exercise.id, len(entry.sets)) for entry in tree.exercises] == [(BENCH, 1), (SQUAT, 1)]


async def test_a_stale_amendment_is_refused_and_shows_the_set(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        row = (await log(work, bench("80", 8))).sets[0]
        await work.sets.amend(row.id, 1, reps=9)
        with pytest.raises(StaleVersionError) as caught:
            await work.sets.amend(row.id, 1, reps=7)
        assert (caught.value.current.reps, caught.value.current.version) == (9, 2)


async def test_an_edited_message_replaces_its_sets_in_place(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        text = await work.imports.receive("bench 80x8 80x8 80x7")
        logged = await log(work, bench("80", 8), bench("80", 8), bench("80", 7), import_id=text.id)
        session_id = logged.sets[0].workout_session_id
        # "bench 85x8, squat 100x5": one changed, one moved to another exercise, one gone.
        drafts = [bench("85", 8), SetDraft(SQUAT, 5, Decimal(100))]
        replaced = await work.sets.replace_import(text.id, session_id, drafts, at=NOW + timedelta(minutes=5))
        assert [row.id for row in replaced.sets] == [row.id for row in logged.sets[:2]]
        assert [(row.weight, row.version) for row in replaced.sets] == [(85, 2), (100, 2)]
        assert [row.performed_at for row in replaced.sets] == [NOW, NOW]
        assert await records(work) == {
            "1rm": Decimal("107.67"),
            "set_volume": 680,
            "total_volume": 680,
            "max_weight": 85,
            "max_reps": 8,
        }
        assert (await records(work, SQUAT))["max_weight"] == 100
        assert len(await work.sets.of_import(text.id, deleted=True)) == 1
        # And longer again.
        grown = await work.sets.replace_import(text.id, session_id, [*drafts, bench("90", 1)], at=NOW)
        assert len(grown.sets) == 3
        assert (await records(work))["max_weight"] == 90
        assert found(await work.summaries.of(TODAY), "summary", TODAY).total_sets == 3


async def test_assistance_counts_the_other_way_round(database: Database, telegram_id: int) -> None:
    def pull_ups(weight: int | None, reps: int, mode: str) -> SetDraft:
        return SetDraft(PULL_UP, reps, None if weight is None else Decimal(weight), load_mode=mode)

    async with database.begin(telegram_id=telegram_id) as work:
        await log(work, pull_ups(20, 8, "assisted"))
        assert await records(work, PULL_UP) == {"max_weight": -20}
        better = await log(work, pull_ups(15, 8, "assisted"))
        assert [(c.value, c.previous) for c in better.records] == [(-15, -20)]
        await log(work, pull_ups(25, 8, "assisted"))
        assert await records(work, PULL_UP) == {"max_weight": -15}
        free = await log(work, pull_ups(None, 3, "bodyweight"))
        assert {c.record_type.value: c.value for c in free.records} == {"max_weight": 0, "max_reps": 3}
        await log(work, pull_ups(5, 1, "added"))
        assert (await records(work, PULL_UP))["max_weight"] == 5


async def test_the_quick_way_and_the_long_way_agree(database: Database, telegram_id: int) -> None:
    """Comparing each new set with the rows that stand gives what working everything out anew gives."""
    dice = random.Random(7)
    async with database.begin(telegram_id=telegram_id) as work:
        for day in range(40):
            at = NOW + timedelta(days=day)
            session = await work.sessions.open_free(session_date=at.date(), started_at=at)
            drafts = [random_set(dice) for _ in range(dice.randint(1, 5))]
            await work.sets.log(session.id, drafts, at=at)
            await work.sessions.close(session.id, at)
        quick = await state_of(work)
        changes = await work.records.recalculate([BENCH, PULL_UP])
        assert await state_of(work) == quick
        assert [change for change in changes if change.value != change.previous] == []
        assert quick


def random_set(dice: random.Random) -> SetDraft:
    mode = dice.choice(["external", "external", "added", "assisted", "bodyweight"])
    weight = None if mode == "bodyweight" else Decimal(dice.randint(0, 40)) * Decimal("2.5")
    return SetDraft(
        dice.choice([BENCH, PULL_UP]),
        reps=dice.choice([None, 0, 1, 5, 8, 15]),
        duration_seconds=dice.choice([0, 30, 60]),
        weight=weight,
        load_mode=mode,
        kind=dice.choice(["warmup", "working", "working", "drop", "failure"]),
    )


async def state_of(work: UnitOfWork) -> Mapping[tuple[UUID, str], Decimal]:
    return {(one.exercise_root_id, one.record_type.value): one.value for one in await all_records(work)}


async def test_records_are_listed_by_exercise_those_beaten_last_first(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        await log(work, bench("80", 5))
        await log(work, SetDraft(SQUAT, 5, Decimal(100)), at=NOW + timedelta(minutes=5))
        await log(work, SetDraft(PULL_UP, 8), at=NOW + timedelta(minutes=10))
        await log(work, bench("40", 12), at=NOW + timedelta(minutes=15))
    async with database.begin(telegram_id=telegram_id) as work:
        first = await work.records.page(limit=2)
        assert [one.exercise.id for one in first.items] == [BENCH, PULL_UP]
        assert first.has_more
        assert {one.record_type.value: one.value for one in first.items[0].records}["max_reps"] == 12
        rest = await work.records.page(limit=2, offset=2)
        assert [one.exercise.id for one in rest.items] == [SQUAT]
        assert not rest.has_more
        assert (await work.records.page(offset=3)).items == ()


async def test_the_days_summary_follows(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        logged = await log(work, bench("40", 10, kind="warmup"), bench("80", 5), SetDraft(SQUAT, 5, Decimal(100)))
        day = await work.summaries.of(TODAY)
        assert day is not None
        assert (day.total_sets, day.total_exercises, day.total_volume, day.is_completed) == (3, 2, 900, False)
        assert [category.value for category in day.categories] == ["push", "squat"]
        await work.sessions.close(logged.sets[0].workout_session_id, NOW + timedelta(minutes=50))
        day = await work.summaries.of(TODAY)
        assert day is not None
        assert (day.total_duration_minutes, day.completed_exercises, day.is_completed) == (50, 2, True)
        await work.sessions.delete(logged.sets[0].workout_session_id)
        assert (await work.summaries.between(TODAY, TODAY))[0].total_sets == 0
        assert await records(work) == {}
        await work.sessions.restore(logged.sets[0].workout_session_id)
        assert (await work.summaries.between(TODAY, TODAY))[0].total_sets == 3
        assert (await records(work))["max_weight"] == 80


async def test_words_of_enums_do_as_well(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        row = (await log(work, bench("80", 5, kind="drop", load_mode="added", confidence_level="medium"))).sets[0]
        assert (row.kind, row.load_mode, row.confidence_level) == (
            SetKind.DROP,
            LoadMode.ADDED,
            ConfidenceLevel.MEDIUM,
        )
        assert (await work.sets.amend(row.id, None, kind="failure")).sets[0].kind is SetKind.FAILURE


async def test_what_is_not_there(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        nothing = UUID(int=1)
        session = await work.sessions.open_free(session_date=TODAY, started_at=NOW)
        for attempt in (
            work.sets.get(nothing),
            work.sets.amend(nothing, None, reps=1),
            work.sets.log(nothing, [bench("80", 5)], at=NOW),
            work.sets.log(session.id, [SetDraft(nothing, 5)], at=NOW),
            work.sessions.get(nothing),
            work.plans.get(nothing),
            work.plans.read_workout(nothing),
            work.exercises.get(nothing),
            work.exercises.own_copy(nothing),
            work.imports.get(nothing),
            work.outbox.get(nothing),
        ):
            with pytest.raises(NotFoundError):
                await attempt
        assert (await work.sets.log(session.id, [], at=NOW)).sets == []
        assert (await work.sets.delete([nothing])).sets == []
